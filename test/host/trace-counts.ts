/** A timeout of at most so many milliseconds is waited for before the page counts as being at rest. */
const SHORT = 1000;

/** What runs or listens beyond the life of an element, of all windows that were told to be counted. */
export class TraceCounts {
  readonly #timers = new Map<string, { readonly short: boolean; readonly win: Window }>();
  readonly #listeners = new Map<EventTarget, Set<string>>();
  readonly #keys = new WeakMap<object, number>();
  #nextKey = 0;
  #nextWindow = 0;

  /** Timeouts that have not run, and intervals. */
  get timers(): number {
    return this.#countTimers(() => true);
  }

  /** Timeouts of at most a second that have not run. */
  get shortTimers(): number {
    return this.#countTimers(({ short }) => short);
  }

  /** Listeners at windows, documents, bodies and media queries. */
  get listeners(): number {
    return [...this.#listeners.values()].reduce((sum, those) => sum + those.size, 0);
  }

  /** Counts from now on what a window is given to run or to listen to. */
  count(win: Window & typeof globalThis): void {
    this.#countTimeouts(win, `${this.#nextWindow++}/`);
    this.#countListeners(win);
  }

  #countTimers(test: (timer: { readonly short: boolean }) => boolean): number {
    return [...this.#timers.values()].filter((timer) => !timer.win.closed && test(timer)).length;
  }

  #countTimeouts(win: Window & typeof globalThis, prefix: string): void {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = win;
    const timers = this.#timers;
    win.setTimeout = ((handler: (...values: unknown[]) => void, delay = 0, ...values: unknown[]) => {
      const id = setTimeout.call(
        win,
        () => {
          timers.delete(`${prefix}${id}`);
          handler(...values);
        },
        delay,
      ) as unknown as number;
      timers.set(`${prefix}${id}`, { short: delay <= SHORT, win });
      return id;
    }) as unknown as typeof win.setTimeout;
    win.setInterval = ((handler: (...values: unknown[]) => void, delay = 0, ...values: unknown[]) => {
      const id = setInterval.call(win, () => handler(...values), delay) as unknown as number;
      timers.set(`${prefix}${id}`, { short: false, win });
      return id;
    }) as unknown as typeof win.setInterval;
    const clear = (original: (id?: number) => void) => (id?: number) => {
      timers.delete(`${prefix}${String(id)}`);
      original.call(win, id);
    };
    win.clearTimeout = clear(clearTimeout) as typeof win.clearTimeout;
    win.clearInterval = clear(clearInterval) as typeof win.clearInterval;
  }

  #countListeners(win: Window & typeof globalThis): void {
    const { prototype } = win.EventTarget;
    const { addEventListener, removeEventListener } = prototype;
    const listeners = this.#listeners;
    const isLasting = (target: EventTarget): boolean =>
      target === win || target === win.document || target === win.document.body || target instanceof win.MediaQueryList;
    const nameListener = (type: string, listener: object, options: unknown): string => {
      const capture =
        typeof options === "object" && options !== null && "capture" in options ? options.capture : options;
      return `${type}/${capture === true}/${this.#keyOf(listener)}`;
    };
    prototype.addEventListener = function (this: EventTarget | undefined, type, listener, options) {
      const target = this ?? win;
      const once = typeof options === "object" && options.once === true;
      if (listener !== null && !once && isLasting(target)) {
        const those = listeners.get(target) ?? new Set();
        listeners.set(target, those.add(nameListener(type, listener, options)));
      }
      addEventListener.call(target, type, listener, options);
    };
    prototype.removeEventListener = function (this: EventTarget | undefined, type, listener, options) {
      const target = this ?? win;
      if (listener !== null) listeners.get(target)?.delete(nameListener(type, listener, options));
      removeEventListener.call(target, type, listener, options);
    };
    win.addEventListener("pagehide", () => {
      for (const target of [...listeners.keys()]) if (isLasting(target)) listeners.delete(target);
    });
  }

  #keyOf(listener: object): number {
    const known = this.#keys.get(listener);
    if (known !== undefined) return known;
    this.#keys.set(listener, ++this.#nextKey);
    return this.#nextKey;
  }
}
