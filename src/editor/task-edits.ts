import { isolateHistory } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import type { Edit } from "../core/edits";
import { parseNote, type Note } from "../core/note";
import type { TaskBlock } from "../core/task";

/** The note in an editor, and the task in it whose card has an element as its root; null where it shows that card no more. */
export function findCardTask(
  view: EditorView,
  root: HTMLElement,
): { readonly note: Note; readonly task: TaskBlock } | null {
  if (!view.contentDOM.contains(root)) return null;
  const at = view.posAtDOM(root);
  const note = parseNote(view.state.doc.toString());
  // A byte-order mark stands before the first line, and is none of it.
  const task = note.tasks.find(({ from }) => from === at || (at === 0 && from === 1));
  return task ? { note, task } : null;
}

/** Which group of the note in an editor a band stands for, 0-based; null where it shows that band no more. */
export function findBandGroup(view: EditorView, root: HTMLElement): number | null {
  if (!view.contentDOM.contains(root)) return null;
  const at = view.posAtDOM(root);
  const { groups } = parseNote(view.state.doc.toString());
  const index = groups.findIndex(({ from }) => from === at || (at === 0 && from === 1));
  return index === -1 ? null : index;
}

/** Writes the values of a task: one step to undo, apart from the typing before and after it. Cursor and scroll stay. */
export function writeTaskEdits(view: EditorView, edits: readonly Edit[]): void {
  view.dispatch({
    changes: edits.map(({ from, to, insert }) => ({ from, to, insert })),
    annotations: isolateHistory.of("full"),
    userEvent: "input.task",
  });
}
