import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { basename, dirname, join } from "node:path";
import { isChangedSince, isCutOff, KEPT, readBefore, readKept, setAside } from "../core/kept-note";
import { LOCK } from "../core/lock-owner";
import type { NoteChange } from "../core/plan";
import { STATE_FOLDER } from "../core/state-files";
import { catchRefusal } from "../core/steps";
import { StoreError, type LockResult, type NoteRead, type NoteStore, type WriteResult } from "../core/store";
import { DiskStates } from "./disk-states";
import { nodeFileSystem, unlessAbsent, type FileState, type FileSystem } from "./file-system";
import { settleKeptNote } from "./kept-note";
import { sweepNote } from "./leftovers";
import { nodeProcesses, sweepLocks, takeLock, type ProcessTable } from "./lock";
import { createNote, removeNote, replaceNote, type NoteFile } from "./replace-note";
import { explainFailure } from "./store-failure";

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
  private readonly states: DiskStates;

  constructor(
    private readonly folder: string,
    private readonly fs: FileSystem,
    private readonly processes: ProcessTable,
    private readonly lockWait: number,
  ) {
    this.states = new DiskStates(fs, join(folder, STATE_FOLDER));
  }

  read(path: string): Promise<NoteRead> {
    return this.run(path, "read", (shown): NoteRead => {
      const found = this.locate(path, shown);
      if (!found) return { kind: "absent" };
      if (this.locked) sweepNote(this.fs, found.path, shown);
      const state = unlessAbsent(() => this.fs.inspect(found.path));
      if (state === null) return { kind: "absent" };
      refuseOther(state, shown);
      const bytes = this.fs.readFile(found.path);
      const kept = this.locked ? null : readKept(this.states.read(KEPT));
      if (kept?.path === path && isCutOff(kept, bytes)) return readBefore(kept);
      const text = decode(bytes);
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
        const result = removeNote(this.fs, found, Buffer.from(before));
        if (result === "written" && found.link !== null) this.fs.remove(found.link);
        return result;
      }
      return replaceNote(this.fs, found, Buffer.from(before), after);
    });
  }

  readState(name: string): Promise<string | null> {
    return this.run(`${STATE_FOLDER}/${name}`, "read", () => this.states.read(name));
  }

  writeState(name: string, text: string): Promise<void> {
    return this.run(`${STATE_FOLDER}/${name}`, "written", () => {
      this.states.write(name, text);
    });
  }

  removeState(name: string): Promise<void> {
    return this.run(`${STATE_FOLDER}/${name}`, "written", () => {
      this.states.remove(name);
    });
  }

  listState(folder: string): Promise<readonly string[]> {
    return this.run(`${STATE_FOLDER}/${folder}`, "read", () => this.states.list(folder));
  }

  async lock(): Promise<LockResult> {
    const { folder } = this.states;
    await this.run(STATE_FOLDER, "written", () => {
      this.fs.makeFolder(folder);
    });
    const lock = `${STATE_FOLDER}/${LOCK}`;
    const result = await this.run(lock, "written", () => takeLock(this.fs, folder, this.lockWait, this.processes));
    if (!result.held) return result;
    this.locked = true;
    const release = async (): Promise<void> => {
      this.locked = false;
      await this.run(lock, "written", () => result.release());
    };
    try {
      await this.run(STATE_FOLDER, "written", () => {
        sweepLocks(this.fs, folder, this.processes);
        this.states.tidy();
      });
      await this.settleKept();
    } catch (error) {
      await catchRefusal(release);
      throw error;
    }
    return { held: true, release };
  }

  digest(text: string): Promise<string> {
    return Promise.resolve(createHash("sha256").update(text, "utf8").digest("hex"));
  }

  /** Puts a note back that the app was writing when it was stopped; one that was changed since is set aside, and said. */
  private async settleKept(): Promise<void> {
    const kept = readKept(await this.readState(KEPT));
    if (kept === null) return;
    const end = await this.run(kept.path, "written", (shown) => {
      const found = this.locate(kept.path, shown);
      if (found) return settleKeptNote(this.fs, found, kept);
      return isChangedSince(kept, null) ? "changed" : "settled";
    });
    if (end === "busy") return;
    const changed = end === "changed" ? await setAside(this, kept, (path) => join(this.folder, path)) : null;
    await this.removeState(KEPT);
    if (changed) throw changed;
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
