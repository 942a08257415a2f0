import {
  holdsText,
  isChangedSince,
  isCutOff,
  KEPT,
  readBefore,
  readKept,
  setAside,
  writeKept,
  type KeptNote,
} from "../core/kept-note";
import { toLineFeeds } from "../core/line-ends";
import { catchRefusal } from "../core/steps";
import { StoreError, type NoteRead, type NoteStore, type WriteResult } from "../core/store";
import type { ExpectTexts } from "./expect-texts";
import { processText, trash, waitUntil } from "./note-writing";
import { isTypedIn } from "./save-typed";
import type { VaultDisk } from "./vault-disk";
import type { VaultStates } from "./vault-states";

/**
 * The note that is being written: the app writes into the note itself, so that an app that is stopped half-way leaves a part of
 * the text. What the note was is kept beside it until its writing is over, however it ends.
 */
export class KeptNotes {
  /** Whether a write is over that could not be ended: its note may be cut off. */
  private left = false;

  constructor(
    private readonly disk: VaultDisk,
    private readonly states: VaultStates,
    private readonly store: Pick<NoteStore, "digest" | "writeState">,
    private readonly expectTexts: ExpectTexts,
  ) {}

  /** Writes a note that is kept meanwhile. Where `write` throws, the note is put back as it was. Only under the lock. */
  async whileKept(
    change: Pick<KeptNote, "path" | "before" | "after">,
    write: () => Promise<WriteResult>,
  ): Promise<WriteResult> {
    const text = writeKept(change);
    const failure = await catchRefusal(() => this.states.write(KEPT, text));
    if (failure !== null) {
      // The note is as it was: what is left of this is dropped by the next one.
      await catchRefusal(() => this.drop());
      throw failure;
    }
    const written = this.expect(change, [change.after]);
    let result: WriteResult;
    try {
      result = await write();
    } catch (error) {
      this.left = true;
      const bytes = await this.readBytes(change.path);
      const isOurs = bytes !== null && (holdsText(bytes, change.after) || isCutOff(change, bytes));
      const changed = isOurs ? await this.judge(change, await this.putBack(change, bytes)) : null;
      await this.drop();
      if (changed && error instanceof StoreError) throw new StoreError(`${error.message} ${changed.message}`);
      throw error;
    } finally {
      written();
    }
    await this.drop();
    return result;
  }

  /** What a note was, where its writing was cut off and that has not been made good yet; null where it was not. Only reads. */
  async find(path: string): Promise<NoteRead | null> {
    const kept = readKept(await this.states.read(KEPT));
    if (kept?.path !== path) return null;
    const bytes = await this.readBytes(path);
    return bytes !== null && isCutOff(kept, bytes) ? readBefore(kept) : null;
  }

  /** The note whose writing was cut off, where that has not been made good yet; null where there is none. Only reads. */
  async findCutOff(): Promise<string | null> {
    const kept = readKept(await this.states.read(KEPT));
    return kept !== null && (await this.find(kept.path)) !== null ? kept.path : null;
  }

  /**
   * Puts a note back whose writing was cut off, by this app or the one before it. Where it was changed since, what it held before
   * is set aside, and the StoreError that says so is thrown, once. Only under the lock.
   */
  async settle(): Promise<void> {
    const kept = readKept(await this.states.read(KEPT));
    if (kept === null) {
      this.left = false;
      return;
    }
    const isFolder = (await this.disk.stat(kept.path))?.type === "folder";
    const bytes = isFolder ? null : await this.readBytes(kept.path);
    const left = bytes !== null && isCutOff(kept, bytes) ? await this.putBack(kept, bytes) : bytes;
    const changed = await this.judge(kept, left);
    await this.drop();
    if (changed) throw changed;
  }

  /** Does as `settle` where a write of this store could not be ended. */
  async settleOwn(): Promise<void> {
    if (this.left) await this.settle();
  }

  /** What is to be said where what the note held before may stand nowhere else any more: it is set aside then. */
  private async judge(
    change: Pick<KeptNote, "path" | "before" | "after">,
    bytes: Uint8Array | null,
  ): Promise<StoreError | null> {
    if (!isChangedSince(change, bytes)) return null;
    return setAside(this.store, change, (path) => this.disk.pathOf(path));
  }

  /**
   * Gives what the note holds then; another program may have been faster. Throws a StoreError where the note is still cut off.
   */
  private async putBack(
    change: Pick<KeptNote, "path" | "before" | "after">,
    bytes: Uint8Array,
  ): Promise<Uint8Array | null> {
    const { path, before } = change;
    if (before === null) {
      await trash(this.disk, path);
      return null;
    }
    const shown = this.disk.pathOf(path);
    const half = new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
    // The app may be about to show the part.
    const written = this.expect(change, [half]);
    try {
      const result = await processText(this.disk, path, (text) => (text === half ? before : null));
      const left = await this.readBytes(path);
      if (left !== null && isCutOff(change, left)) {
        const cause = typeof result === "string" ? undefined : result.error;
        const way = "Free some space, and see that it may be written: then `recover` makes it whole again";
        throw new StoreError(`${shown} was cut off: the disk refused while it was written. ${way}.`, { cause });
      }
      await waitUntil(() => !isTypedIn(this.disk, path, before));
      return left;
    } finally {
      written();
    }
  }

  /** Leaves what the app shows of a note, while it is written and put back, out of the undo history of its editors. */
  private expect({ path, before }: Pick<KeptNote, "path" | "before">, texts: readonly string[]): () => void {
    return this.expectTexts(this.disk.pathOf(path), [before ?? "", ...texts].map(toLineFeeds));
  }

  private async drop(): Promise<void> {
    this.left = true;
    await this.states.remove(KEPT);
    this.left = false;
  }

  private async readBytes(path: string): Promise<Uint8Array | null> {
    const bytes = await this.disk.readBytes(path);
    return bytes && new Uint8Array(bytes);
  }
}
