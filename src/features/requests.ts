/** How long after a request the same one counts as the same press of a key, in milliseconds. */
const PAUSE = 400;

/** What people ask for, so that a key that is pressed twice, or held, asks once. */
export class Requests {
  /** By their keys: null while one is under way, else until when it is not begun again, in milliseconds. */
  private readonly known = new Map<string, number | null>();

  /**
   * Does what a person asked for, but not again for a key that is pressed twice: nothing happens while it is under way, and for
   * a moment after it and after each such press. Rejects as the action does.
   *
   * @param key the same for the same request.
   * @param pause how long the moment is, in milliseconds; default 400. 0 for what ends by a press itself.
   */
  async doOnce(key: string, action: () => Promise<void>, pause = PAUSE): Promise<void> {
    const until = this.known.get(key);
    if (until === null) return;
    if (until !== undefined && performance.now() < until) {
      this.known.set(key, performance.now() + pause);
      return;
    }
    this.known.set(key, null);
    try {
      await action();
    } finally {
      this.known.set(key, performance.now() + pause);
    }
  }
}
