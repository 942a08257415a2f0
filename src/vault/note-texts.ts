import type { TFile } from "obsidian";
import { toLineFeeds } from "../core/line-ends";
import { isEditing, listViews, readEditor } from "./note-views";
import type { VaultApp } from "./vault-app";

/**
 * The current text of a note: what is typed in an editor that has it open and not yet on the disk, else what is on the disk,
 * line ends as they are there. Null where the disk's text is not valid UTF-8. Rejects where the disk refuses.
 */
export async function readNoteText(app: VaultApp, file: TFile): Promise<string | null> {
  const text = await app.vault.cachedRead(file);
  // What is not UTF-8 is decoded as U+FFFD; so is U+FFFD itself, so the bytes are looked at only where that occurs.
  if (text.includes("\ufffd") && !isUtf8(await app.vault.readBinary(file))) return null;
  return findTyped(app, file.path, text) ?? text;
}

/** Paths of the notes that are being edited, in any pane. */
export function listEdited(app: VaultApp): readonly string[] {
  const paths = listViews(app).flatMap((view) => (isEditing(view) && view.file ? [view.file.path] : []));
  return [...new Set(paths)];
}

/**
 * What an editor holds of the note that the disk does not; of two such editors the active one's. Null without any.
 *
 * @param disk the text on the disk, line ends as they are there
 */
export function findTyped(app: VaultApp, path: string, disk: string): string | null {
  const saved = toLineFeeds(disk);
  for (const view of listViews(app, path)) {
    const text = isEditing(view) ? readEditor(view) : null;
    if (text !== null && text !== saved) return text;
  }
  return null;
}

function isUtf8(bytes: ArrayBuffer): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch {
    // The one thing that decoding throws for.
    return false;
  }
}
