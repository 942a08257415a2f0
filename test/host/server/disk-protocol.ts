/** What the page asks of the disk, one word for each call. */
export type DiskOperation =
  "tree" | "list" | "stat" | "read" | "write" | "append" | "mkdir" | "rename" | "copy" | "remove" | "rmdir" | "trash";

/** The operations that change something. */
export const CHANGING: readonly DiskOperation[] = [
  "write",
  "append",
  "mkdir",
  "rename",
  "copy",
  "remove",
  "rmdir",
  "trash",
];

/** What is known of a file or folder without reading it. Times in milliseconds since 1970, with their fractions. */
export interface DiskStat {
  readonly type: "file" | "folder";
  readonly ctime: number;
  readonly mtime: number;
  /** In bytes; 0 of a folder. */
  readonly size: number;
}

/** A file or folder of the vault, by its path from the vault's root. */
export interface DiskEntry {
  readonly path: string;
  readonly stat: DiskStat;
}

/** Something on the disk is different from before, whoever did it; without a stat it is gone, and all below it. */
export interface DiskChange {
  readonly path: string;
  readonly stat: DiskStat | null;
  /** The number of the look that saw it, in the order of all that the server does and sees. */
  readonly turn: number;
}

/** Why the disk refused, with the code of the system (`ENOENT`, `EACCES`, `ENOSPC`). */
export interface DiskFailure {
  readonly code: string;
  readonly message: string;
}

/** Beside the operation's path: where to, for `rename` and `copy`; times to set; with all below, for `rmdir`. */
export interface DiskOptions {
  readonly to?: string;
  readonly ctime?: number;
  readonly mtime?: number;
  readonly recursive?: boolean;
}

/** Whether two stats tell of one state: the same time of change and size. */
export function equalStats(a: DiskStat, b: DiskStat): boolean {
  return a.type === b.type && (a.type === "folder" || (a.mtime === b.mtime && a.size === b.size));
}

/** Whether a path leads into a folder, or to a file, whose name begins with a dot: the app's vault does not show those. */
export function isHidden(path: string): boolean {
  return path.split("/").some((segment) => segment.startsWith("."));
}
