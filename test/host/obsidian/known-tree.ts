import { type DiskChange, type DiskEntry, type DiskStat, equalStats } from "../server/disk-protocol";

/** What changed in the tree. A write of this page is `own`. */
export type TreeEvent =
  | { readonly kind: "created" | "modified"; readonly path: string; readonly stat: DiskStat; readonly own: boolean }
  | { readonly kind: "removed"; readonly path: string; readonly own: boolean }
  | { readonly kind: "renamed"; readonly path: string; readonly from: string; readonly own: true };

/**
 * What the page knows of the disk. A write of its own is told of as soon as it is done, before the caller goes on (that is how
 * the app does it: its own writes come back as events); that the disk then tells of it too changes nothing, nor what was
 * seen there before it. What the disk tells of a place while an operation of the page is under way there waits for its end, so
 * that a rename is one event and not two.
 */
export class KnownTree {
  readonly #stats = new Map<string, DiskStat>();
  /** The number of the page's own last operation at a path. */
  readonly #turns = new Map<string, number>();
  readonly #busy = new Map<string, number>();
  #waiting: DiskChange[] = [];

  constructor(private readonly tell: (event: TreeEvent) => void) {}

  /** What is there at the start; each is told of as created. */
  load(entries: readonly DiskEntry[], turn: number): void {
    this.#turns.set("", turn);
    for (const { path, stat } of entries) this.#set(path, stat, false);
  }

  stat(path: string): DiskStat | null {
    return this.#stats.get(path) ?? null;
  }

  /** A path and all below it, folders before what they hold. */
  listWithin(path: string): readonly (readonly [path: string, stat: DiskStat])[] {
    return [...this.#stats].filter(([known]) => known === path || known.startsWith(`${path}/`));
  }

  /** Takes what the disk tells. */
  receive(change: DiskChange): void {
    if ([...this.#busy.keys()].some((path) => overlap(path, change.path))) this.#waiting.push(change);
    else if (change.turn < this.#lastTurn(change.path)) return;
    else if (change.stat === null) this.#remove(change.path, false);
    else this.#set(change.path, change.stat, false);
  }

  /** Does an operation of the page's own at some paths; resolves after the tree has heard of it from `operation`. */
  async operate<T>(paths: readonly string[], operation: () => Promise<T>): Promise<T> {
    for (const path of paths) this.#busy.set(path, (this.#busy.get(path) ?? 0) + 1);
    try {
      return await operation();
    } finally {
      for (const path of paths) {
        const left = (this.#busy.get(path) ?? 1) - 1;
        if (left > 0) this.#busy.set(path, left);
        else this.#busy.delete(path);
      }
      for (const change of this.#waiting.splice(0)) this.receive(change);
    }
  }

  /** An operation of the page's own at a path is never answered: what the disk tells from there is no more waited with. */
  abandon(path: string): void {
    this.#busy.delete(path);
    for (const change of this.#waiting.splice(0)) this.receive(change);
  }

  /** A write of the page's own is done. */
  wrote(path: string, stat: DiskStat, turn: number): void {
    this.#turns.set(path, turn);
    this.#set(path, stat, true);
  }

  removed(path: string, turn: number): void {
    this.#turns.set(path, turn);
    this.#remove(path, true);
  }

  renamed(from: string, path: string, turn: number): void {
    this.#turns.set(from, turn).set(path, turn);
    for (const [known, stat] of [...this.#stats]) {
      if (known !== from && !known.startsWith(`${from}/`)) continue;
      this.#stats.delete(known);
      this.#stats.set(path + known.slice(from.length), stat);
    }
    this.tell({ kind: "renamed", path, from, own: true });
  }

  /** The number of the page's own last operation at a path or at a folder above it. */
  #lastTurn(path: string): number {
    const above = path === "" ? 0 : this.#lastTurn(path.slice(0, Math.max(0, path.lastIndexOf("/"))));
    return Math.max(above, this.#turns.get(path) ?? 0);
  }

  #set(path: string, stat: DiskStat, own: boolean): void {
    const before = this.#stats.get(path);
    if (before !== undefined && before.type !== stat.type) this.#remove(path, own);
    // What lies in a folder may be heard of before the folder.
    const slash = path.lastIndexOf("/");
    const parent = path.slice(0, slash);
    if (slash > 0 && !this.#stats.has(parent)) this.#set(parent, { type: "folder", ctime: 0, mtime: 0, size: 0 }, own);
    this.#stats.set(path, stat);
    if (before?.type !== stat.type) this.tell({ kind: "created", path, stat, own });
    // The app tells of each of its own writes, also of one that leaves the same size within the same tick of the clock.
    else if (stat.type === "file" && (own || !equalStats(before, stat)))
      this.tell({ kind: "modified", path, stat, own });
  }

  #remove(path: string, own: boolean): void {
    if (!this.#stats.has(path)) return;
    for (const known of [...this.#stats.keys()].reverse()) {
      if (known !== path && !known.startsWith(`${path}/`)) continue;
      this.#stats.delete(known);
      this.tell({ kind: "removed", path: known, own });
    }
  }
}

const overlap = (a: string, b: string): boolean => a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
