import * as fs from "node:fs";

/** What the disk says of a file. */
export interface FileState {
  readonly kind: "file" | "folder" | "link" | "other";
  /** Device and number: two names with one identity are one file. */
  readonly identity: string;
  readonly size: number;
  /** When it was written last, in milliseconds since 1970, by the clock of the disk. */
  readonly written: number;
  /** Permission bits. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
}

/**
 * The disk as the store uses it, one operation each, so that tests can fail, stop and disturb every single one. Paths are
 * absolute. Every method throws Node's error, with its `code`, where the operating system refuses.
 */
export interface FileSystem {
  /** The file's bytes; of a longer one than `limit` that many. */
  readFile(path: string, limit?: number): Uint8Array;
  /** Names in a folder, in no order. */
  readFolder(path: string): readonly string[];
  /** Of what a symbolic link leads to. */
  inspect(path: string): FileState;
  /** Of a symbolic link itself. */
  inspectLink(path: string): FileState;
  /** The path with every symbolic link followed. */
  resolve(path: string): string;
  /** Throws where this process may not write the file. */
  checkWritable(path: string): void;
  /** Creates a file that must not exist, and opens it for writing. */
  create(path: string, mode: number): number;
  write(file: number, bytes: Uint8Array): void;
  setMode(file: number, mode: number): void;
  setOwner(file: number, uid: number, gid: number): void;
  /** Waits until the file's bytes are on the disk. */
  flush(file: number): void;
  close(file: number): void;
  /** Waits until a folder's names are on the disk. */
  flushFolder(path: string): void;
  /** Gives a file a second name, which must not exist. */
  link(path: string, name: string): void;
  /** Replaces the file `name`, if it still has that identity, and says whether it did. Null: whatever is there, if anything. */
  replace(path: string, name: string, identity: string | null): boolean;
  remove(path: string): void;
  /** Makes a folder in one that exists; nothing where it is there already. */
  makeFolder(path: string): void;
}

/** The disk of this machine. */
export const nodeFileSystem: FileSystem = {
  readFile: (path, limit) => (limit === undefined ? fs.readFileSync(path) : readStart(path, limit)),
  readFolder: (path) => fs.readdirSync(path),
  inspect: (path) => describeStats(fs.statSync(path, { bigint: true })),
  inspectLink: (path) => describeStats(fs.lstatSync(path, { bigint: true })),
  resolve: (path) => fs.realpathSync.native(path),
  checkWritable: (path) => {
    fs.accessSync(path, fs.constants.W_OK);
  },
  create: (path, mode) => fs.openSync(path, "wx", mode),
  write: (file, bytes) => {
    for (let at = 0; at < bytes.length;) at += fs.writeSync(file, bytes, at);
  },
  setMode: (file, mode) => {
    fs.fchmodSync(file, mode);
  },
  setOwner: (file, uid, gid) => {
    fs.fchownSync(file, uid, gid);
  },
  flush: (file) => {
    fs.fsyncSync(file);
  },
  close: (file) => {
    fs.closeSync(file);
  },
  flushFolder,
  link: (path, name) => {
    fs.linkSync(path, name);
  },
  replace: (path, name, identity) => {
    // Nothing may come between these two lines: what is done in between by another program is lost (README, "Limits").
    if (identity !== null && describeStats(fs.statSync(name, { bigint: true })).identity !== identity) return false;
    fs.renameSync(path, name);
    return true;
  },
  remove: (path) => {
    fs.unlinkSync(path);
  },
  makeFolder: (path) => {
    try {
      fs.mkdirSync(path);
    } catch (error) {
      if (errorCode(error) !== "EEXIST" || !fs.statSync(path).isDirectory()) throw error;
    }
  },
};

/** The `code` of an error of the operating system, such as `ENOENT`; null for every other error. */
export function errorCode(error: unknown): string | null {
  const known = typeof error === "object" && error !== null && "syscall" in error && "code" in error;
  return known && typeof error.code === "string" ? error.code : null;
}

function readStart(path: string, limit: number): Uint8Array {
  const file = fs.openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.min(limit, fs.fstatSync(file).size));
    let length = 0;
    while (length < bytes.length) {
      const read = fs.readSync(file, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    fs.closeSync(file);
  }
}

/** Windows has no folder that can be opened: names are on its disk when the call returns. */
function flushFolder(path: string): void {
  if (process.platform === "win32") return;
  const folder = fs.openSync(path, "r");
  try {
    fs.fsyncSync(folder);
  } catch (error) {
    // Some network file systems can't: there is no more to be done about it.
    if (!["EINVAL", "ENOTSUP", "EBADF"].includes(errorCode(error) ?? "")) throw error;
  } finally {
    fs.closeSync(folder);
  }
}

function describeStats(stats: fs.BigIntStats): FileState {
  return {
    kind: stats.isFile() ? "file" : stats.isDirectory() ? "folder" : stats.isSymbolicLink() ? "link" : "other",
    identity: `${stats.dev}:${stats.ino}`,
    size: Number(stats.size),
    written: Number(stats.mtimeMs),
    mode: Number(stats.mode) & 0o7777,
    uid: Number(stats.uid),
    gid: Number(stats.gid),
  };
}

/** What a file is, links followed; null where nothing is there. */
export function inspectThere(fs: FileSystem, path: string): FileState | null {
  try {
    return fs.inspect(path);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** What an operation gives; null where what it looks for, or a folder on the way there, is not there. */
export function unlessAbsent<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(errorCode(error) ?? "")) return null;
    throw error;
  }
}
