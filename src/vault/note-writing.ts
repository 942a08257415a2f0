import { applyEdits, trimEdit, type Edit } from "../core/edits";
import { holdsText } from "../core/kept-note";
import { toLineFeeds } from "../core/line-ends";
import { StoreError, type WriteResult } from "../core/store";
import { folderOf } from "./folders";
import { isEditing, listViews, readEditor } from "./note-views";
import { isTypedIn } from "./save-typed";
import { explainRefusal, readCode, refusing } from "./store-refusal";
import type { VaultDisk } from "./vault-disk";

/** A note's text and the one that takes its place. */
export interface TextChange {
  /** Relative to the backlog folder. */
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly edits: readonly Edit[];
}

/** How long an editor may take to show what `Vault.process` wrote, in milliseconds. */
const FOLLOW = 1000;

/**
 * Replaces the text of a note on the disk, if it still is `before` there and in every editor of it. Where it throws, the note
 * may be cut off.
 */
export async function writeThroughVault(disk: VaultDisk, change: TextChange): Promise<WriteResult> {
  const { path, before, after } = change;
  const shown = disk.pathOf(path);
  const result = await processText(disk, path, (text) =>
    text === before && !isTypedIn(disk, path, before) ? after : null,
  );
  if (result === "stale") return "stale";
  const read = await disk.readNote(path);
  // Renamed or removed while the vault was about to read it: there was nothing to be written into.
  if (result !== "written" && read.kind === "absent") return "stale";
  const left = read.kind === "text" ? read.text : null;
  if (result !== "written" && left !== after) throw explainRefusal(result.error, shown, "written");
  if (left === before) throw new StoreError(`${shown} can't be written: the app left it as it was. Try again.`);
  await waitForEditors(disk, path, before);
  return "written";
}

/** Creates a note, and the folders that it lies in. Where it throws, a part of the note may be there. */
export async function createNote(disk: VaultDisk, path: string, after: string): Promise<WriteResult> {
  const shown = disk.pathOf(path);
  const folder = folderOf(path);
  if (folder !== "") await disk.makeFolder(folder);
  if ((await disk.readBytes(path)) !== null) return "stale";
  try {
    await disk.app.vault.create(shown, after);
    return "written";
  } catch (error) {
    const bytes = await disk.readBytes(path);
    if (bytes !== null && holdsText(new Uint8Array(bytes), after)) return "written";
    // The app itself has no code for a note that is there; the disk has one where it stopped half-way.
    const ours = ![null, "EEXIST"].includes(readCode(error));
    if (bytes !== null && !ours) return "stale";
    throw explainRefusal(error, shown, "written");
  }
}

/** Puts a note that holds `before` into the bin. */
export async function removeNote(disk: VaultDisk, path: string, before: string): Promise<WriteResult> {
  if (isTypedIn(disk, path, before)) return "stale";
  await trash(disk, path);
  const read = await disk.readNote(path);
  if (read.kind === "text" && read.text === before) {
    throw new StoreError(`${disk.pathOf(path)} can't be removed: the app left it where it was. Remove it by hand.`);
  }
  return "written";
}

/** The edits of a change, where they are what makes `after` of `before`; else the smallest one that does. */
export function describeEdits(before: string, after: string, edits: readonly Edit[]): readonly Edit[] {
  const given = edits.length > 0 && applyEdits(before, edits) === after;
  return given ? edits : trimEdit(before, { from: 0, to: before.length, insert: after });
}

class NotAsSeen extends Error {}

/** Has the app change a note's text; `change` gives null for a text that is not to be changed: `stale`. */
export async function processText(
  disk: VaultDisk,
  path: string,
  change: (text: string) => string | null,
): Promise<"written" | "stale" | { readonly error: unknown }> {
  const { vault } = disk.app;
  const shown = disk.pathOf(path);
  const compare = (text: string): string => {
    const changed = change(text);
    if (changed === null) throw new NotAsSeen();
    return changed;
  };
  try {
    const file = vault.getFileByPath(shown);
    if (file === null) await vault.adapter.process(shown, compare);
    else await vault.process(file, compare);
    return "written";
  } catch (error) {
    return error instanceof NotAsSeen ? "stale" : { error };
  }
}

/** Puts a note into the bin that the person chose; one that the app does not know, into the system's, else the vault's. */
export async function trash(disk: VaultDisk, path: string): Promise<void> {
  const { vault, fileManager } = disk.app;
  const shown = disk.pathOf(path);
  const file = vault.getFileByPath(shown);
  await refusing(shown, "removed", async () => {
    if (file !== null) await fileManager.trashFile(file);
    else if (!(await vault.adapter.trashSystem(shown))) await vault.adapter.trashLocal(shown);
  });
}

/** Waits until no editor shows the text any more that was replaced on the disk; after a while it is left to the app. */
async function waitForEditors(disk: VaultDisk, path: string, before: string): Promise<void> {
  const old = toLineFeeds(before);
  await waitUntil(
    () => !listViews(disk.app, disk.pathOf(path)).some((view) => isEditing(view) && readEditor(view) === old),
  );
}

/** Waits for what an editor is to show; after a while it is left to the app. */
export async function waitUntil(done: () => boolean): Promise<void> {
  const end = Date.now() + FOLLOW;
  while (!done() && Date.now() < end) await new Promise((resolve) => window.setTimeout(resolve, 10));
}
