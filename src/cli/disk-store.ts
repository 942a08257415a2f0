import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { STATE_LIMIT } from "../core/journal";
import { LOCK } from "../core/lock-owner";
import type { NoteChange } from "../core/plan";
import { StoreError, type LockResult, type NoteRead, type NoteStore, type WriteResult } from "../core/store";
import { errorCode, nodeFileSystem, type FileState, type FileSystem } from "./file-system";
import { sweepNote } from "./leftovers";
import { nodeProcesses, sweepLocks, takeLock, type ProcessTable } from "./lock";
import { createNote, removeNote, replaceNote, type NoteFile } from "./replace-note";
import { STATE_FOLDER } from "./state-folder";
import { explainFailure } from "./store-failure";
import { removeQuietly, TEMPORARY, writeWholeFile } from "./temporary-file";

/** The longest note that is read, in bytes: twice as much is no string any more. */
const NOTE_LIMIT = 256 * 1024 * 1024;

const LOCK_WAIT = 2000;

/** What the store works with; every default is this machine's. */
export interface DiskStoreParts {
  readonly fs?: FileSystem;
  readonly processes?: ProcessTable;
  /** How long a live owner of the lock is waited for, in milliseconds. Default 2000. */
  readonly lockWait?: number;
}

/**
 * A backlog folder on the disk. Symbolic links are followed: what they lead to is replaced. Every message names a note by
 * `folder` and its path in it.
 */
export function createDiskStore(
  folder: string,
  { fs = nodeFileSystem, processes = nodeProcesses, lockWait = LOCK_WAIT }: DiskStoreParts = {},
): NoteStore {
  return new DiskStore(folder, fs, processes, lockWait);
}

class DiskStore implements NoteStore {
  private locked = false;
  private readonly states: string;

  constructor(
    private readonly folder: string,
    private readonly fs: FileSystem,
    private readonly processes: ProcessTable,
    private readonly lockWait: number,
  ) {
    this.states = join(folder, STATE_FOLDER);
  }

  read(path: string): Promise<NoteRead> {
    return this.run(path, "read", (shown): NoteRead => {
      const found = this.locate(path, shown);
      if (!found) return { kind: "absent" };
      if (this.locked) sweepNote(this.fs, found.path, shown);
      const state = unlessAbsent(() => this.fs.inspect(found.path));
      if (state === null) return { kind: "absent" };
      refuseOther(state, shown);
      const text = decode(this.fs.readFile(found.path));
      return text === null ? { kind: "not-utf8" } : { kind: "text", text };
    });
  }

  write({ path, before, after }: NoteChange): Promise<WriteResult> {
    return this.run(path, "written", (shown): WriteResult => {
      // A lone half of a surrogate pair has no UTF-8: Node would write another character for it.
      if (after !== null && /\p{Cs}/u.test(after)) {
        throw new StoreError(`${shown} can't be written: the new text holds half a character. Type that place anew.`);
      }
      if (before === null) this.makeParents(path);
      const found = this.locate(path, shown);
      if (!found) return "stale";
      if (this.locked) sweepNote(this.fs, found.path, shown);
      const state = unlessAbsent(() => this.fs.inspect(found.path));
      if (state !== null) refuseOther(state, shown);
      if (before === null) return after === null || state !== null ? "stale" : createNote(this.fs, found, after);
      if (after === null) {
        const result = removeNote(this.fs, found, before);
        if (result === "written" && found.link !== null) this.fs.remove(found.link);
        return result;
      }
      return replaceNote(this.fs, found, before, after);
    });
  }

  readState(name: string): Promise<string | null> {
    return this.run(`${STATE_FOLDER}/${name}`, "read", () => {
      // A unit of UTF-16 is at most three bytes: so a longer state still gives a longer text.
      const bytes = unlessAbsent(() => this.fs.readFile(join(this.states, name), 3 * STATE_LIMIT + 3));
      return bytes && new TextDecoder().decode(bytes);
    });
  }

  writeState(name: string, text: string): Promise<void> {
    return this.run(`${STATE_FOLDER}/${name}`, "written", () => {
      const path = join(this.states, name);
      if (dirname(path) !== this.states) this.fs.makeFolder(dirname(path));
      writeWholeFile(this.fs, dirname(path), basename(path), text);
    });
  }

  removeState(name: string): Promise<void> {
    return this.run(`${STATE_FOLDER}/${name}`, "written", () => {
      const path = join(this.states, name);
      const removed = unlessAbsent(() => {
        this.fs.remove(path);
        return true;
      });
      if (removed) this.fs.flushFolder(dirname(path));
    });
  }

  listState(folder: string): Promise<readonly string[]> {
    return this.run(`${STATE_FOLDER}/${folder}`, "read", () =>
      this.readNames(join(this.states, folder))
        .filter((name) => !name.endsWith(TEMPORARY))
        .sort(),
    );
  }

  async lock(): Promise<LockResult> {
    await this.run(STATE_FOLDER, "written", () => {
      this.fs.makeFolder(this.states);
    });
    const lock = `${STATE_FOLDER}/${LOCK}`;
    const result = await this.run(lock, "written", () => takeLock(this.fs, this.states, this.lockWait, this.processes));
    if (!result.held) return result;
    this.locked = true;
    const release = async (): Promise<void> => {
      this.locked = false;
      await this.run(lock, "written", () => result.release());
    };
    try {
      await this.run(STATE_FOLDER, "written", () => {
        this.tidy();
      });
    } catch (error) {
      await release();
      throw error;
    }
    return { held: true, release };
  }

  digest(text: string): Promise<string> {
    return Promise.resolve(createHash("sha256").update(text, "utf8").digest("hex"));
  }

  /** Removes what killed processes left here; keeps the folder out of version control. */
  private tidy(): void {
    sweepLocks(this.fs, this.states, this.processes);
    for (const folder of [this.states, join(this.states, "ledger")]) {
      for (const name of this.readNames(folder)) {
        if (name.endsWith(TEMPORARY) && !name.startsWith("lock.")) removeQuietly(this.fs, join(folder, name));
      }
    }
    if (unlessAbsent(() => this.fs.inspect(join(this.states, ".gitignore"))) === null) {
      writeWholeFile(this.fs, this.states, ".gitignore", "*\n");
    }
  }

  /** The file that a note is or would be, links followed, and the link; null where its folder is not there. */
  private locate(path: string, shown: string): (NoteFile & { readonly link: string | null }) | null {
    if (path.split(/[/\\]/).some((segment) => segment === ".." || segment === "") || path.includes("\0")) {
      throw new StoreError(`${shown} leads out of the folder: name a note in it.`);
    }
    const full = join(this.folder, path);
    const folder = unlessAbsent(() => this.fs.resolve(dirname(full)));
    if (folder === null) return null;
    const own = join(folder, basename(full));
    if (unlessAbsent(() => this.fs.inspectLink(own))?.kind !== "link") return { path: own, shown, link: null };
    const target = unlessAbsent(() => this.fs.resolve(own));
    if (target === null) throw new StoreError(`${shown} is a link that leads nowhere: remove it, or mend it.`);
    return { path: target, shown, link: own };
  }

  private readNames(folder: string): readonly string[] {
    return unlessAbsent(() => this.fs.readFolder(folder)) ?? [];
  }

  /** Makes the folders between the backlog's and the note's. */
  private makeParents(path: string): void {
    const segments = path.split("/").slice(0, -1);
    for (const [index] of segments.entries()) this.fs.makeFolder(join(this.folder, ...segments.slice(0, index + 1)));
  }

  /** Does something to a file, known to people as `shown`; the system's refusal becomes a StoreError. */
  private async run<T>(path: string, deed: "read" | "written", action: (shown: string) => T | Promise<T>): Promise<T> {
    const shown = join(this.folder, path);
    try {
      return await action(shown);
    } catch (error) {
      throw explainFailure(error, shown, deed);
    }
  }
}

/** Null where the bytes are not valid UTF-8. A byte-order mark is part of the text. */
function decode(bytes: Uint8Array): string | null {
  if (!isUtf8(bytes)) return null;
  return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
}

function refuseOther({ kind, size }: FileState, shown: string): void {
  if (kind === "folder") throw new StoreError(`${shown} is a folder where a note should be: rename the folder.`);
  if (kind !== "file") throw new StoreError(`${shown} is no ordinary file: remove it, or name another note.`);
  if (size > NOTE_LIMIT) throw new StoreError(`${shown} is larger than 256 MB: split it.`);
}

function isAbsence(error: unknown): boolean {
  return errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR";
}

/** What an operation gives; null where what it looks for is not there. */
function unlessAbsent<T>(look: () => T): T | null {
  try {
    return look();
  } catch (error) {
    if (isAbsence(error)) return null;
    throw error;
  }
}
