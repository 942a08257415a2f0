/** Resolves when the app has had its turn, so that long work in parts leaves it responsive. */
export function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    window.setTimeout(resolve, 0);
  });
}
