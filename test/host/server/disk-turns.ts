/**
 * The order of all that is done to the disk and seen of it by the server: one at a time, each with a number. So a look at a
 * folder never meets a write of the page's half done, and the page can tell what was seen before its own write from what was
 * seen after it.
 */
export class DiskTurns {
  #last = 0;
  #queue: Promise<unknown> = Promise.resolve();

  /** Does something when all before it is done, and gives it its number. */
  take<T>(act: (turn: number) => Promise<T>): Promise<T> {
    const run = this.#queue.then(() => act(++this.#last));
    this.#queue = run.catch(() => undefined);
    return run;
  }
}
