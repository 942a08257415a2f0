import { MarkdownView, type TFile } from "obsidian";
import type { VaultApp } from "./vault-app";

/**
 * The current text of a note: what is typed in an editor that has it open and not yet on the disk, else what is on the disk,
 * line ends as they are there. Null where the disk's text is not valid UTF-8. Rejects where the disk refuses.
 */
export async function readNoteText(app: VaultApp, file: TFile): Promise<string | null> {
  const text = await app.vault.cachedRead(file);
  // What is not UTF-8 is decoded as U+FFFD; so is U+FFFD itself, so the bytes are looked at only where that occurs.
  if (text.includes("\ufffd") && !isUtf8(await app.vault.readBinary(file))) return null;
  return findTyped(app, file, text) ?? text;
}

/** Paths of the notes that are being edited, in any pane. */
export function listEdited(app: VaultApp): readonly string[] {
  const paths = listEditors(app).flatMap(({ file }) => (file ? [file.path] : []));
  return [...new Set(paths)];
}

/** What an editor holds of the note that the disk does not; of two such editors the active one's. Null without any. */
function findTyped(app: VaultApp, file: TFile, disk: string): string | null {
  const saved = disk.includes("\r") ? disk.replace(/\r\n?/g, "\n") : disk;
  for (const view of listEditors(app)) {
    if (view.file?.path !== file.path) continue;
    const text = view.editor.getValue();
    // A view has its file before it has its text.
    const loading = text === "" && view.data === "";
    if (text !== saved && !loading) return text;
  }
  return null;
}

/** The views in which a note is being edited, the active one first. A view in reading view types nothing, and may lag. */
function listEditors(app: VaultApp): readonly MarkdownView[] {
  const active = app.workspace.getActiveViewOfType(MarkdownView);
  const views: MarkdownView[] = [];
  app.workspace.iterateAllLeaves(({ view }) => {
    // A leaf that was never shown has another view as yet.
    if (!(view instanceof MarkdownView) || view.getMode() !== "source") return;
    if (view === active) views.unshift(view);
    else views.push(view);
  });
  return views;
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
