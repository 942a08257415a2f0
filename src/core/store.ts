import type { NoteChange } from "./plan";

/** What a store finds at a path. */
export type NoteRead =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "absent" } | { readonly kind: "not-utf8" };

/** How one write ended: `stale` where the note was not what the plan saw; nothing is written then. */
export type WriteResult = "written" | "stale";

/** A lock held, or the sentence that says who holds it. */
export type LockResult =
  { readonly held: true; release(): Promise<void> } | { readonly held: false; readonly owner: string };

/**
 * The one port through which notes are read and changed. Paths are relative to the backlog folder, `/` between segments.
 * Every method rejects with a `StoreError` where the medium refuses (no permission, no space, a folder in a note's place).
 */
export interface NoteStore {
  read(path: string): Promise<NoteRead>;
  /** Compares with `change.before`, then replaces by `change.after` (null: the note is absent, or is removed). */
  write(change: NoteChange): Promise<WriteResult>;
  /**
   * Files of `.backlog-cards/`: journal and ledger. Null where there is none; of one that is longer than `STATE_LIMIT`
   * the first part, which is longer than that too. A write is atomic and durable when it resolves.
   */
  readState(name: string): Promise<string | null>;
  writeState(name: string, text: string): Promise<void>;
  /** Nothing happens where there is none. */
  removeState(name: string): Promise<void>;
  /** Names of the files in a folder of `.backlog-cards/` ("" for that folder itself), sorted; none where it is absent. */
  listState(folder: string): Promise<readonly string[]>;
  /** Takes the lock, waiting a short time for a live owner. */
  lock(): Promise<LockResult>;
  /** SHA-256 of the text's UTF-8 bytes, in hexadecimal. */
  digest(text: string): Promise<string>;
}

/** The medium refused. The message names the note and says what to do. */
export class StoreError extends Error {
  override readonly name = "StoreError";
}
