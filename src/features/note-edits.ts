import type { EditorView } from "@codemirror/view";
import { applyEdits, type Edit } from "../core/edits";
import { toLineFeeds } from "../core/line-ends";
import type { Refusal } from "../core/refusal";
import { writeTaskEdits } from "../editor/task-edits";
import { readNoteText } from "../vault/note-texts";
import { listViews } from "../vault/note-views";
import { saveTyped } from "../vault/save-typed";
import { VaultDisk } from "../vault/vault-disk";
import { findEditor } from "./panes";
import type { Parts } from "./parts";

/** What is to be changed in a text, or why nothing is. */
export interface PlannedEdits {
  readonly edits: readonly Edit[];
  readonly refusal: Refusal | null;
}

/** Thrown inside of the vault's own read and write, so that it writes nothing. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/**
 * Changes a note where a person asks for it: through an editor that has it open, as one step to undo, else in the file; a note
 * with carriage returns in the file, which an editor would take out (FORMAT.md §2). `plan` is asked about the text as it stands
 * there; it may be asked twice. Gives why nothing was written, null where it was. Rejects where the vault refuses.
 *
 * @param asking the editor that it is asked for in, if any. Of several editors of the note it is that one; one that is no pane's,
 *   as in a canvas, is written in whatever it holds.
 */
export async function editNote(
  parts: Parts,
  path: string,
  plan: (text: string) => PlannedEdits,
  asking: EditorView | null = null,
): Promise<Refusal | null> {
  const editors = listViews(parts.app, path).flatMap((view) => findEditor(parts, view) ?? []);
  if (asking && !editors.includes(asking)) return editIn(asking, plan);
  const { vault } = parts.app;
  const file = vault.getFileByPath(path);
  if (!file) return refuseStale(`${path} is not there any more.`);
  if ((await readNoteText(parts.app, file)) === null) {
    return refuseStale(`${path} is not valid UTF-8, so nothing was written.`);
  }
  const disk = await vault.cachedRead(file);
  const editor = asking ?? editors[0];
  // An editor knows no carriage returns: those of the note stay where the vault writes it.
  const isSaved = disk.includes("\r") && toLineFeeds(disk) === editor?.state.doc.toString();
  if (editor && !isSaved) return editIn(editor, plan);
  // What was typed before the note came to be read is not on the disk yet.
  const { outcome } = await saveTyped(new VaultDisk(parts.app, ""), path);
  if (outcome.kind === "refused") throw outcome.error;
  try {
    await vault.process(file, (text) => {
      const { edits, refusal } = plan(text);
      if (refusal) throw new Refused(refusal);
      return applyEdits(text, edits);
    });
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.refusal;
    throw error;
  }
}

/** The same in one editor. */
function editIn(editor: EditorView, plan: (text: string) => PlannedEdits): Refusal | null {
  const { edits, refusal } = plan(editor.state.doc.toString());
  if (!refusal && edits.length > 0) writeTaskEdits(editor, edits);
  return refusal;
}

function refuseStale(message: string): Refusal {
  return { code: "stale-source", message };
}
