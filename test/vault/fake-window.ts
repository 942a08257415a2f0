// What code that runs in the app takes from its window: here the functions of the process, which a test may replace.
Object.assign(globalThis, { window: globalThis });

export {};
