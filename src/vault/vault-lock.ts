import {
  describeOwner,
  isAppLock,
  isAppLockLive,
  LOCK,
  nameAppLock,
  readOwner,
  writeOwner,
  type LockOwner,
} from "../core/lock-owner";
import { STATE_FOLDER } from "../core/state-files";
import { StoreError, type LockResult } from "../core/store";
import { LockBeat } from "./lock-beat";
import { takePageLock } from "./page-lock";
import type { VaultDisk } from "./vault-disk";

/** How long a live owner of the lock is waited for, in milliseconds. */
const WAIT = 2000;

/** How often a held lock is looked at, in milliseconds; up to twice as long, so that two apps do not keep pace. */
const PAUSE = 30;

/** Under which key the device keeps its name in the app's storage. */
const DEVICE = "backlog-cards-device";

/** Who holds the lock, as far as can be read, and the file that says so. */
interface Holder {
  readonly owner: LockOwner | null;
  readonly path: string;
}

/**
 * The app's lock on a backlog folder (core/lock-owner.ts): first among the pages of this app, then on the disk, against the
 * command line and other devices. What a page left there that was closed or crashed is the next page's to replace.
 */
export class VaultLock {
  private beating: LockBeat | null = null;
  /** What the command line's lock held when it refused last. */
  private seen: string | null = null;

  constructor(private readonly disk: VaultDisk) {}

  get held(): boolean {
    return this.beating !== null;
  }

  /** Takes the lock, waiting a short time for a live owner. Its folder must be there. */
  async take(): Promise<LockResult> {
    const end = Date.now() + WAIT;
    for (;;) {
      const attempt = await this.tryTake();
      if (attempt instanceof LockBeat) {
        this.beating = attempt;
        return {
          held: true,
          release: async () => {
            this.beating = null;
            // What was done under it stands, and the next lock of this app replaces what is left.
            await attempt.stop().catch((error: unknown) => console.warn("The lock could not be removed.", error));
          },
        };
      }
      if (Date.now() >= end) return { held: false, owner: describeOwner(attempt.owner, attempt.path) };
      await sleep(PAUSE * (1 + Math.random()));
    }
  }

  /** Throws a StoreError where the app slept while it held the lock, so that another may have taken it for dead. */
  checkTrust(): void {
    if (this.beating === null || this.beating.trusted) return;
    throw new StoreError("The app was asleep in the middle of a move: another program may have gone on in its place.");
  }

  /** Who has the lock just now, this page included, in a sentence; null where nobody has. Nothing is taken or waited for. */
  async find(): Promise<string | null> {
    const device = this.readDevice();
    const own = nameAppLock(device);
    const holder = await this.findOther(own, Date.now());
    if (holder !== null) return describeOwner(holder.owner, holder.path);
    const releasePage = await takePageLock(this.namePageLock(device));
    releasePage?.();
    return releasePage === null ? describeOwner(this.makeOwner(device), this.disk.pathOf(pathOf(own))) : null;
  }

  /** See `VaultStore.breakLock`. */
  async break(): Promise<void> {
    const { seen } = this;
    this.seen = null;
    if (seen !== null && (await this.readText(LOCK)) === seen) await this.disk.remove(pathOf(LOCK));
  }

  private async tryTake(): Promise<LockBeat | Holder> {
    const device = this.readDevice();
    const own = nameAppLock(device);
    const owner = this.makeOwner(device);
    const releasePage = await takePageLock(this.namePageLock(device));
    if (releasePage === null) return { owner, path: this.disk.pathOf(pathOf(own)) };
    const beat = new LockBeat(this.disk, pathOf(own), writeOwner(owner), releasePage);
    try {
      // Looked at first only so that nobody has to wait for a lock that is given up again.
      const holder = (await this.findOther(own, Date.now())) ?? (await this.writeAndLook(beat, own));
      if (holder === null) return beat;
      await beat.stop();
      return holder;
    } catch (error) {
      await beat.stop().catch(() => undefined);
      throw error;
    }
  }

  /** Writes first, and looks then: so does everyone else. */
  private async writeAndLook(beat: LockBeat, own: string): Promise<Holder | null> {
    await beat.start();
    const written = await this.disk.stat(pathOf(own));
    const holder = await this.findOther(own, written?.mtime ?? Date.now());
    // The command line may have taken it for one that was left over, and cleared it away.
    if (holder !== null || (await this.disk.stat(pathOf(own))) !== null) return holder;
    return { owner: null, path: this.disk.pathOf(pathOf(own)) };
  }

  /** Another's live lock; null where there is none. The command line's can't be asked from here: it counts as live. */
  private async findOther(own: string, now: number): Promise<Holder | null> {
    for (const name of await this.disk.list(STATE_FOLDER)) {
      if (name !== LOCK && (name === own || !isAppLock(name))) continue;
      const stat = await this.disk.stat(pathOf(name));
      const text = await this.readText(name);
      if (stat === null || text === null || (name !== LOCK && !isAppLockLive(stat.mtime, now))) continue;
      if (name === LOCK) this.seen = text;
      return { owner: readOwner(text), path: this.disk.pathOf(pathOf(name)) };
    }
    return null;
  }

  private makeOwner(device: string): LockOwner {
    return { pid: 0, host: "app", token: randomToken(), started: device };
  }

  /** The device's name is another for each vault, and all vaults of the app share the locks of its pages. */
  private namePageLock(device: string): string {
    return `backlog-cards ${device} ${this.disk.folder}`;
  }

  private async readText(name: string): Promise<string | null> {
    const bytes = await this.disk.readBytes(pathOf(name));
    return bytes && new TextDecoder().decode(bytes);
  }

  /** The name of this device for this vault, made when it is first asked for. */
  private readDevice(): string {
    const { app } = this.disk;
    const known: unknown = app.loadLocalStorage(DEVICE);
    if (typeof known === "string" && /^[0-9a-f]{12}$/.test(known)) return known;
    const device = randomToken();
    app.saveLocalStorage(DEVICE, device);
    return device;
  }
}

function randomToken(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(6)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function pathOf(name: string): string {
  return `${STATE_FOLDER}/${name}`;
}

function sleep(time: number): Promise<void> {
  return new Promise((resolve) => window.setTimeout(resolve, time));
}
