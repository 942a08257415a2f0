// A backlog folder in memory, which keeps the contract of store-contract.ts as the disk does.
import { createHash } from "node:crypto";
import { STATE_LIMIT } from "../../src/core/journal";
import type { NoteChange } from "../../src/core/plan";
import { StoreError, type LockResult, type NoteRead, type NoteStore, type WriteResult } from "../../src/core/store";

/** Something in a note's place that is no text. */
export type Oddity = "not-utf8" | "folder";

/** A folder's files. Every store over one place sees what the others write. */
export class MemoryPlace {
  readonly notes = new Map<string, string | { readonly odd: Oddity }>();
  readonly states = new Map<string, string>();
  locked = false;

  constructor(notes: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(notes)) this.notes.set(path, text);
  }

  /** The notes that are text, by path. */
  texts(): Record<string, string> {
    const found = [...this.notes].filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return Object.fromEntries(found.sort(([a], [b]) => (a < b ? -1 : 1)));
  }
}

/** A store over a place in memory. A lock that another store over it holds is not waited for. */
export class MemoryStore implements NoteStore {
  constructor(readonly place: MemoryPlace) {}

  read(path: string): Promise<NoteRead> {
    return settle((): NoteRead => {
      const note = this.place.notes.get(path);
      if (note === undefined) return { kind: "absent" };
      if (typeof note === "string") return { kind: "text", text: note };
      if (note.odd === "folder") throw new StoreError(`${path} is a folder where a note should be: rename the folder.`);
      return { kind: "not-utf8" };
    });
  }

  write({ path, before, after }: NoteChange): Promise<WriteResult> {
    return settle((): WriteResult => {
      if (path.split("/").includes("..")) throw new StoreError(`${path} leads out of the folder.`);
      if (after !== null && /\p{Cs}/u.test(after)) throw new StoreError(`${path} can't hold half a character.`);
      const note = this.place.notes.get(path) ?? null;
      if (note !== null && typeof note !== "string" && note.odd === "folder") {
        throw new StoreError(`${path} is a folder where a note should be: rename the folder.`);
      }
      if (note !== before || (before === null && after === null)) return "stale";
      if (after === null) this.place.notes.delete(path);
      else this.place.notes.set(path, after);
      return "written";
    });
  }

  readState(name: string): Promise<string | null> {
    return settle(() => this.place.states.get(name)?.slice(0, STATE_LIMIT + 1) ?? null);
  }

  writeState(name: string, text: string): Promise<void> {
    return settle(() => void this.place.states.set(name, text));
  }

  removeState(name: string): Promise<void> {
    return settle(() => void this.place.states.delete(name));
  }

  listState(folder: string): Promise<readonly string[]> {
    return settle(() => {
      const start = folder === "" ? "" : `${folder}/`;
      const names = [...this.place.states.keys()].filter((name) => name.startsWith(start));
      return [...new Set(names.map((name) => name.slice(start.length).replace(/\/.*/, "")))].sort();
    });
  }

  lock(): Promise<LockResult> {
    return settle((): LockResult => {
      if (this.place.locked)
        return { held: false, owner: "Another store is moving tasks here: try again when it is done." };
      this.place.locked = true;
      this.place.states.set(".gitignore", "*\n");
      return { held: true, release: () => settle(() => void (this.place.locked = false)) };
    });
  }

  digest(text: string): Promise<string> {
    return settle(() => createHash("sha256").update(text, "utf8").digest("hex"));
  }
}

async function settle<T>(action: () => T): Promise<T> {
  await Promise.resolve();
  return action();
}
