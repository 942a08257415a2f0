import { type FSWatcher, watch } from "node:fs";
import { join } from "node:path";
import { type DiskChange, type DiskStat, equalStats } from "./disk-protocol";
import type { DiskTurns } from "./disk-turns";
import type { VaultDisk } from "./vault-disk";

/** How long a folder may go on changing before it is read, in milliseconds. */
const SETTLE = 15;
/** How often everything is looked through for what no notice came of, in milliseconds. */
const SWEEP = 3000;

/**
 * Watches a vault for changes by anyone. Each folder is watched by itself, because watching a tree at once loses changes on
 * Linux; a sweep over everything finds what was missed. Of the hidden folders only the app's own is watched.
 */
export class VaultWatch {
  readonly #disk: VaultDisk;
  readonly #turns: DiskTurns;
  readonly #tell: (change: DiskChange) => void;
  readonly #known = new Map<string, DiskStat>();
  readonly #watchers = new Map<string, FSWatcher>();
  readonly #stale = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #reading: Promise<void> = Promise.resolve();
  #sweep: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(disk: VaultDisk, turns: DiskTurns, tell: (change: DiskChange) => void) {
    this.#disk = disk;
    this.#turns = turns;
    this.#tell = tell;
  }

  /** Learns what there is, and from then on tells what changes. */
  async start(): Promise<void> {
    await this.#readFolder("", false);
    this.#sweep = setInterval(() => void this.readAll(), SWEEP);
    this.#sweep.unref();
  }

  /** Looks through everything; resolves when all that has changed by now was told. */
  readAll(): Promise<void> {
    this.#reading = this.#reading.then(async () => {
      for (const [folder, stat] of [...this.#known]) if (stat.type === "folder") this.#stale.add(folder);
      this.#stale.add("");
      await this.#readStale();
    });
    return this.#reading;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#sweep);
    clearTimeout(this.#timer);
    for (const watcher of this.#watchers.values()) watcher.close();
    await this.#reading;
  }

  #readSoon(): void {
    if (this.#closed || this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#reading = this.#reading.then(() => this.#readStale());
    }, SETTLE);
  }

  async #readStale(): Promise<void> {
    const folders = [...this.#stale].sort();
    this.#stale.clear();
    for (const folder of folders) if (folder === "" || this.#known.has(folder)) await this.#readFolder(folder, true);
  }

  /** Compares a folder with what was known of it; a folder that is new is read to its end. */
  async #readFolder(folder: string, telling: boolean): Promise<void> {
    if (this.#closed) return;
    this.#watchFolder(folder);
    const { entries, turn } = await this.#turns.take(async (turn) => ({
      entries: await this.#disk.list(folder).catch(() => []),
      turn,
    }));
    const tell = (path: string, stat: DiskStat | null): void => {
      if (telling) this.#tell({ path, stat, turn });
    };
    const found = new Map(entries.filter(({ path }) => isWatched(path)).map(({ path, stat }) => [path, stat]));
    for (const path of [...this.#known.keys()]) {
      if (parentOf(path) !== folder) continue;
      const stat = found.get(path);
      if (stat !== undefined && stat.type === this.#known.get(path)?.type) continue;
      this.#forget(path);
      tell(path, null);
    }
    for (const [path, stat] of found) {
      const before = this.#known.get(path);
      this.#known.set(path, stat);
      if (before !== undefined && equalStats(before, stat)) continue;
      tell(path, stat);
      if (stat.type === "folder") await this.#readFolder(path, telling);
    }
  }

  #forget(path: string): void {
    for (const known of [...this.#known.keys()]) {
      if (known !== path && !known.startsWith(`${path}/`)) continue;
      this.#known.delete(known);
      this.#watchers.get(known)?.close();
      this.#watchers.delete(known);
    }
  }

  #watchFolder(folder: string): void {
    if (this.#watchers.has(folder)) return;
    try {
      const watcher = watch(join(this.#disk.root, folder), () => {
        this.#stale.add(folder);
        this.#readSoon();
      });
      // A folder that goes away ends its watcher with an error; its parent tells of it.
      watcher.on("error", () => this.#watchers.delete(folder));
      this.#watchers.set(folder, watcher);
    } catch {
      // Gone already, or the system has no watcher left: the sweep finds what changes there.
    }
  }
}

const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

const isWatched = (path: string): boolean =>
  !path.split("/").some((segment, place) => segment.startsWith(".") && !(place === 0 && segment === ".obsidian"));
