import type { MarkdownView } from "obsidian";
import { toLineFeeds } from "../core/line-ends";
import { StoreError, type NoteRead } from "../core/store";
import { isEditing, listViews, readEditor } from "./note-views";
import type { VaultDisk } from "./vault-disk";

/** A note after the app was asked to save what is typed in it. */
export interface SavedNote {
  /** What the disk holds. */
  readonly read: NoteRead;
  /**
   * `saved`: every editor of the note holds what the disk does; `typing`: somebody types on, all else was saved; `refused`: why
   * an editor still holds something that the disk does not.
   */
  readonly outcome: { readonly kind: "saved" | "typing" } | { readonly kind: "refused"; readonly error: unknown };
}

/** How long disk and editors may differ, in milliseconds. */
const PATIENCE = 3000;

/** How often they are looked at, in milliseconds. */
const PAUSE = 25;

/**
 * How long a difference may be the app's, which is about to show what another program wrote, in milliseconds: only what lasts
 * is typed. Longer with carriage returns, which a save that nobody needs would take out of the note.
 */
const GRACE = 50;
const GRACE_WITH_RETURNS = 300;

/** How often a view in reading view is saved: it may lag behind, and is not waited for. */
const READING_SAVES = 2;

/**
 * Has the app save what is typed in a note and not on the disk, and waits until the disk holds what every editor does, longer than
 * the app takes to save by itself. A view without a difference is not saved: that could change line ends. Nor is one while the disk
 * holds something that the app does not know yet: it would be overwritten; the app merges it first.
 */
export async function saveTyped(disk: VaultDisk, path: string): Promise<SavedNote> {
  const start = Date.now();
  let failure: { readonly error: unknown } | null = null;
  let readingSaves = 0;
  let typed = "";
  for (;;) {
    const read = await disk.readNote(path);
    if (failure !== null) return { read, outcome: { kind: "refused", error: failure.error } };
    if (read.kind !== "text") return { read, outcome: { kind: "saved" } };
    const views = listDiffering(disk, path, read.text);
    const editing = views.filter(isEditing);
    const isOpen = editing.length > 0 || hasEmpty(disk, path, read.text);
    if (!isOpen && (views.length === 0 || readingSaves === READING_SAVES)) {
      return { read, outcome: { kind: "saved" } };
    }
    const now = editing.map(readEditor).join("\0");
    const age = Date.now() - start;
    if (age > PATIENCE) {
      const shown = disk.pathOf(path);
      const error = new StoreError(`${shown} is not saved, and the app does not save it. Save it, then try again.`);
      return { read, outcome: now === typed ? { kind: "refused", error } : { kind: "typing" } };
    }
    typed = now;
    const grace = read.text.includes("\r") ? GRACE_WITH_RETURNS : GRACE;
    if (age >= grace && (await isKnown(disk, path))) {
      if (editing.length === 0 && views.length > 0) readingSaves++;
      failure = await saveViews(views);
    }
    await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
  }
}

/** Whether a note is being edited with another text than the disk's; also where that can't be told yet. */
export function isTypedIn(disk: VaultDisk, path: string, text: string): boolean {
  return hasEmpty(disk, path, text) || listDiffering(disk, path, text).some(isEditing);
}

/**
 * Whether a view shows nothing of a note that is not empty: it was emptied, and the app will save that; or it does not have its
 * text yet. Which of both can't be told, so it is neither saved, which would empty the note, nor passed over.
 */
function hasEmpty(disk: VaultDisk, path: string, text: string): boolean {
  const views = /^\ufeff?$/.test(text) ? [] : listViews(disk.app, disk.pathOf(path));
  return views.some((view) => (isEditing(view) ? readEditor(view) : readShown(view)) === null);
}

/** The views of a note that show another text than the disk's. */
function listDiffering(disk: VaultDisk, path: string, text: string): readonly MarkdownView[] {
  const saved = toLineFeeds(text);
  return listViews(disk.app, disk.pathOf(path)).filter((view) => {
    const shown = isEditing(view) ? readEditor(view) : readShown(view);
    return shown !== null && shown !== saved;
  });
}

/** The text of a view in reading view; null where it has none yet. */
function readShown(view: MarkdownView): string | null {
  const text = view.getViewData();
  return text === "" ? null : toLineFeeds(text);
}

/** Whether the app knows the disk's text: its index has the same time and size. */
async function isKnown(disk: VaultDisk, path: string): Promise<boolean> {
  const file = disk.app.vault.getFileByPath(disk.pathOf(path));
  const stat = await disk.stat(path);
  return file !== null && stat !== null && stat.mtime === file.stat.mtime && stat.size === file.stat.size;
}

/** Has the app save views, one after the other; gives what it refused with, null where it did not. */
export async function saveViews(views: readonly MarkdownView[]): Promise<{ readonly error: unknown } | null> {
  try {
    for (const view of views) await view.save();
    return null;
  } catch (error) {
    return { error };
  }
}
