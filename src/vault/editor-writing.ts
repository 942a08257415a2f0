import { Transaction, type ChangeSpec } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { MarkdownView } from "obsidian";
import { invertEdits, trimEdit, type Edit } from "../core/edits";
import { StoreError, type WriteResult } from "../core/store";
import type { TextChange } from "./note-writing";
import { isEditing, listViews, readEditor } from "./note-views";
import { saveTyped, saveViews } from "./save-typed";
import { explainRefusal, refusing } from "./store-refusal";
import type { VaultDisk } from "./vault-disk";

/** A view in which a note is edited, with its editor. */
export interface OpenEditor {
  readonly view: MarkdownView;
  readonly editor: EditorView;
}

/**
 * Replaces the text of a note that is being edited: in every editor of it, in one transaction that its undo history leaves out,
 * then the app saves it. All editors hold `before`, and it has no carriage return. Where it does not get to the disk, the
 * editors get `before` back, and where it throws, the note may be cut off.
 */
export async function writeThroughEditors(
  disk: VaultDisk,
  change: TextChange,
  open: readonly OpenEditor[],
): Promise<WriteResult> {
  const { path, before, after } = change;
  const shown = disk.pathOf(path);
  try {
    for (const { editor } of open) {
      // The app may have shown in this one already what was changed in another.
      if (readDoc(editor) === before) dispatch(editor, change.edits);
      if (readDoc(editor) !== after) throw refuseInterference(shown);
    }
  } catch (error) {
    for (const { editor } of open) setBack(editor, before);
    throw explainRefusal(error, shown, "written");
  }
  const failure = await saveViews(open.map(({ view }) => view));
  const refuse = (error: unknown): never => {
    // Before anything is awaited: what is typed goes on from there.
    for (const { editor } of open) takeBack(editor, change);
    throw explainRefusal(error, shown, "written");
  };
  if (failure !== null) return refuse(failure.error);
  const { read, outcome } = await saveTyped(disk, path);
  // Whether somebody typed on, or wrote on, since: it was written.
  if (read.kind === "text" && (read.text === after || (outcome.kind !== "refused" && read.text !== before))) {
    return "written";
  }
  if (outcome.kind === "refused") return refuse(outcome.error);
  for (const { editor } of open) takeBack(editor, change);
  // Renamed or removed meanwhile. What was saved under its new name is saved again as it was.
  const moved = open.filter(({ view }) => view.file !== null && view.file.path !== shown);
  for (const { view } of moved) await refusing(view.file?.path ?? shown, "written", () => view.save());
  return "stale";
}

/** The editors of a note that all hold `before`; null where it is open in none, or in one that can't be reached. */
export function findEditors(
  disk: VaultDisk,
  path: string,
  before: string,
  editorOf: (view: MarkdownView) => EditorView | null,
): readonly OpenEditor[] | null {
  const open: OpenEditor[] = [];
  for (const view of listViews(disk.app, disk.pathOf(path)).filter(isEditing)) {
    if (readEditor(view) === null) continue;
    const editor = editorOf(view);
    if (editor === null || readDoc(editor) !== before) return null;
    open.push({ view, editor });
  }
  return open.length === 0 ? null : open;
}

function refuseInterference(shown: string): StoreError {
  const way = "Switch that off, then try again";
  return new StoreError(`${shown} can't be written: another plugin changes what is put into its editor. ${way}.`);
}

function dispatch(editor: EditorView, edits: readonly Edit[]): void {
  const changes: ChangeSpec = edits.map(({ from, to, insert }) => ({ from, to, insert }));
  editor.dispatch({ changes, annotations: Transaction.addToHistory.of(false) });
}

/** Takes a change out of an editor that holds it; what was typed elsewhere since stays. */
function takeBack(editor: EditorView, change: TextChange): void {
  const edits = describeReturn(readDoc(editor), change);
  if (edits !== null) dispatch(editor, edits);
}

/**
 * The edits that take a change out of a text; null where the text differs from what the change left in more than one place, or
 * in one that the change touched: then nobody can say.
 */
function describeReturn(now: string, { before, after, edits }: TextChange): readonly Edit[] | null {
  const back = invertEdits(before, edits);
  const [typed] = trimEdit(after, { from: 0, to: after.length, insert: now });
  if (typed === undefined) return back;
  const grown = typed.insert.length - (typed.to - typed.from);
  const moved: Edit[] = [];
  for (const edit of back) {
    if (edit.to < typed.from) moved.push(edit);
    else if (edit.from > typed.to) moved.push({ ...edit, from: edit.from + grown, to: edit.to + grown });
    else return null;
  }
  return moved;
}

/** Gives an editor a text back, by the smallest change. */
function setBack(editor: EditorView, before: string): void {
  const now = readDoc(editor);
  const edits = trimEdit(now, { from: 0, to: now.length, insert: before });
  if (edits.length > 0) dispatch(editor, edits);
}

function readDoc(editor: EditorView): string {
  return editor.state.doc.toString();
}
