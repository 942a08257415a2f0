import { isolateHistory } from "@codemirror/commands";
import type { EditorView } from "@codemirror/view";
import type { Edit } from "../core/edits";
import { parseNote, type Group, type Note } from "../core/note";
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

/** The note in an editor, and the group in it that a band stands for; null where it shows that band no more. */
export function findBandGroup(
  view: EditorView,
  root: HTMLElement,
): { readonly note: Note; readonly group: Group } | null {
  if (!view.contentDOM.contains(root)) return null;
  const at = view.posAtDOM(root);
  const note = parseNote(view.state.doc.toString());
  const group = note.groups.find(({ from }) => from === at || (at === 0 && from === 1));
  return group ? { note, group } : null;
}

/** Writes the values of a task: one step to undo, apart from the typing before and after it. Cursor and scroll stay. */
export function writeTaskEdits(view: EditorView, edits: readonly Edit[]): void {
  view.dispatch({
    changes: edits.map(({ from, to, insert }) => ({ from, to, insert })),
    annotations: isolateHistory.of("full"),
    userEvent: "input.task",
  });
}
