import { APP_LOCK_LIFE } from "../core/lock-owner";
import type { VaultDisk } from "./vault-disk";

/** How often the lock is written again while it is held, in milliseconds. */
const BEAT = 2000;

/** How old the lock may be, in milliseconds, for anything to be written under it: others take it for dead soon after. */
const TRUST = APP_LOCK_LIFE - 3000;

/** A lock on the disk that is written again and again until it is released. */
export class LockBeat {
  private timer: number | null = null;
  private writing: Promise<void> = Promise.resolve();
  private last = 0;
  private written = false;

  constructor(
    private readonly disk: VaultDisk,
    private readonly path: string,
    private readonly text: string,
    private readonly releasePage: () => void,
  ) {}

  /** Whether it is young enough for anything to be written under it. */
  get trusted(): boolean {
    return Date.now() - this.last < TRUST;
  }

  /** Writes it, and from now on again and again. */
  async start(): Promise<void> {
    this.written = true;
    await this.write();
    this.timer = window.setInterval(() => {
      // Too old, it may be another's by now.
      if (!this.trusted) return;
      this.writing = this.writing.then(() => this.write()).catch(keepOld);
    }, BEAT);
  }

  /** Removes it, and frees the page's lock whatever becomes of that. */
  async stop(): Promise<void> {
    if (this.timer !== null) window.clearInterval(this.timer);
    this.timer = null;
    try {
      await this.writing;
      if (this.written) await this.disk.remove(this.path);
    } finally {
      this.releasePage();
    }
  }

  private async write(): Promise<void> {
    const now = Date.now();
    await this.disk.write(this.path, this.text);
    this.last = now;
  }
}

/** What could not be written again grows old, until nothing is written under it any more. */
function keepOld(error: unknown): void {
  console.warn("The lock could not be written again.", error);
}
