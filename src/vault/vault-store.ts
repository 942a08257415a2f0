import type { EditorView } from "@codemirror/view";
import type { App, MarkdownView } from "obsidian";
import type { NoteChange } from "../core/plan";
import { STATE_FOLDER } from "../core/state-files";
import { StoreError, type LockResult, type NoteRead, type NoteStore, type WriteResult } from "../core/store";
import { KeptNotes } from "./kept-notes";
import { findTyped } from "./note-texts";
import type { ExpectTexts } from "./expect-texts";
import { findEditors, writeThroughEditors } from "./editor-writing";
import { createNote, describeEdits, removeNote, writeThroughVault, type TextChange } from "./note-writing";
import { isTypedIn, saveTyped } from "./save-typed";
import { explainRefusal } from "./store-refusal";
import { VaultDisk } from "./vault-disk";
import { VaultLock } from "./vault-lock";
import { VaultStates } from "./vault-states";

/** A backlog folder of the app's vault. */
export interface VaultStore extends NoteStore {
  /** Who holds the lock just now, in a sentence; null where nobody does. Nothing is waited for, or written. */
  findLock(): Promise<string | null>;
  /** The note that was cut off when its writing was stopped, and that the next lock puts back; null where none was. Only reads. */
  findCutOff(): Promise<string | null>;
  /**
   * Removes the lock of another program, for a person who knows that it is gone. Nothing happens where the lock is no longer
   * the one that refused last.
   */
  breakLock(): Promise<void>;
}

/**
 * A backlog folder of the app's vault as a store: notes in the editors that have them open, else through the vault; journal,
 * ledger and lock through the adapter. Without the lock a note is read as it is typed; with it, what is typed is saved first,
 * and the disk is read.
 *
 * @param folder path in the vault; "" for the vault itself.
 * @param editorOf the editor of a view; null where it has none that can be reached.
 */
export function createVaultStore(
  app: App,
  folder: string,
  editorOf: (view: MarkdownView) => EditorView | null,
  expectTexts: ExpectTexts = () => () => undefined,
): VaultStore {
  return new FolderStore(new VaultDisk(app, folder), editorOf, expectTexts);
}

class FolderStore implements VaultStore {
  private readonly states: VaultStates;
  private readonly kept: KeptNotes;
  private readonly ownLock: VaultLock;

  constructor(
    private readonly disk: VaultDisk,
    private readonly editorOf: (view: MarkdownView) => EditorView | null,
    expectTexts: ExpectTexts,
  ) {
    this.states = new VaultStates(disk);
    this.kept = new KeptNotes(disk, this.states, this, expectTexts);
    this.ownLock = new VaultLock(disk);
  }

  async read(path: string): Promise<NoteRead> {
    this.checkPath(path);
    if (this.ownLock.held) {
      await this.kept.settleOwn();
      return this.readSaved(path);
    }
    const whole = await this.kept.find(path);
    if (whole !== null) return whole;
    const read = await this.disk.readNote(path);
    const typed = read.kind === "text" ? findTyped(this.disk.app, this.disk.pathOf(path), read.text) : null;
    return typed === null ? read : { kind: "text", text: typed };
  }

  async write({ path, before, after, edits }: NoteChange): Promise<WriteResult> {
    this.checkPath(path);
    this.ownLock.checkTrust();
    // A lone half of a surrogate pair has no UTF-8: another character would be written for it.
    if (after !== null && /\p{Cs}/u.test(after)) {
      const shown = this.disk.pathOf(path);
      throw new StoreError(`${shown} can't be written: the new text holds half a character. Type that place anew.`);
    }
    await this.kept.settleOwn();
    if (!(await this.isStill(path, before))) return "stale";
    if (after === null) return before === null ? "stale" : removeNote(this.disk, path, before);
    if (after === before) return "written";
    return this.kept.whileKept({ path, before, after }, async () => {
      if (before === null) return createNote(this.disk, path, after);
      // Nothing is awaited from the last look at the disk to the transactions in the editors.
      if (!(await this.isStill(path, before))) return "stale";
      return this.replace({ path, before, after, edits: describeEdits(before, after, edits) });
    });
  }

  readState(name: string): Promise<string | null> {
    return this.states.read(name);
  }

  async writeState(name: string, text: string): Promise<void> {
    this.ownLock.checkTrust();
    await this.states.write(name, text);
  }

  async removeState(name: string): Promise<void> {
    this.ownLock.checkTrust();
    await this.states.remove(name);
  }

  listState(folder: string): Promise<readonly string[]> {
    return this.states.list(folder);
  }

  async lock(): Promise<LockResult> {
    await this.disk.makeFolder(STATE_FOLDER);
    const lock = await this.ownLock.take();
    if (!lock.held) return lock;
    try {
      await this.states.tidy();
      await this.kept.settle();
    } catch (error) {
      await lock.release();
      throw error;
    }
    return lock;
  }

  async breakLock(): Promise<void> {
    await this.ownLock.break();
  }

  findLock(): Promise<string | null> {
    return this.ownLock.find();
  }

  findCutOff(): Promise<string | null> {
    return this.kept.findCutOff();
  }

  async digest(text: string): Promise<string> {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  /** Whether a note is as it was seen, on the disk and in every editor of it; null: whether there is none. */
  private async isStill(path: string, before: string | null): Promise<boolean> {
    if (before === null) return (await this.disk.readBytes(path)) === null;
    const read = await this.readSaved(path);
    return read.kind === "text" && read.text === before && !isTypedIn(this.disk, path, before);
  }

  /** The disk's text, after what is typed was saved. */
  private async readSaved(path: string): Promise<NoteRead> {
    const { read, outcome } = await saveTyped(this.disk, path);
    if (outcome.kind === "refused") throw explainRefusal(outcome.error, this.disk.pathOf(path), "written");
    return read;
  }

  private replace(change: TextChange): Promise<WriteResult> {
    const { path, before, after } = change;
    const open = /\r/.test(before + after) ? null : findEditors(this.disk, path, before, this.editorOf);
    return open === null ? writeThroughVault(this.disk, change) : writeThroughEditors(this.disk, change, open);
  }

  private checkPath(path: string): void {
    const leads = path.split("/").some((segment) => ["", ".", ".."].includes(segment)) || /[\\\0]/.test(path);
    if (leads) throw new StoreError(`${this.disk.pathOf(path)} leads out of the folder: name a note in it.`);
  }
}
