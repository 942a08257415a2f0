import type { MarkdownView } from "obsidian";
import { parseNote } from "../core/note";
import { taskAt } from "../editor/task-positions";
import { findEditor, goToLine } from "./panes";
import type { Parts } from "./parts";

/** Where a reading view was sent to: near its end a line cannot come to the top, and the next one is looked for behind it. */
const sent = new WeakMap<MarkdownView, { readonly line: number; readonly scroll: number }>();

/** A task of a note by its lines, 1-based. */
interface TaskLines {
  readonly first: number;
  readonly last: number;
}

/**
 * The line that a person is at: of the cursor, but of a task's first line where the cursor is in one; in reading view that
 * at the top, or the one that it was sent to if it was not scrolled since. 1-based.
 */
export function findLineAtHand(parts: Parts, view: MarkdownView): number {
  const editor = findEditor(parts, view);
  if (editor) {
    const { state } = editor;
    const { head } = state.selection.main;
    const task = taskAt(state, parts.watch.contextOf(view.file?.path ?? ""), head);
    return state.doc.lineAt(task?.from ?? head).number;
  }
  const scroll = view.currentMode.getScroll();
  const last = sent.get(view);
  return last && Math.abs(last.scroll - scroll) < 0.5 ? last.line : Math.floor(scroll) + 1;
}

/** Goes to the next task of the note, or the previous one. False where there is none. */
export function stepToTask(parts: Parts, view: MarkdownView, forward: boolean): boolean {
  const at = findLineAtHand(parts, view);
  const tasks = listTaskLines(view.getViewData());
  const next = forward ? tasks.find(({ first }) => first > at) : tasks.filter(({ last }) => last < at).at(-1);
  if (!next) return false;
  goToLine(parts, view, next.first);
  if (view.getMode() === "preview") {
    sent.set(view, { line: next.first, scroll: view.currentMode.getScroll() });
  }
  return true;
}

function listTaskLines(text: string): readonly TaskLines[] {
  return parseNote(text).tasks.map(({ line, from, to }) => ({
    first: line,
    last: line + text.slice(from, to).split(/\r\n|\n|\r/).length - 1,
  }));
}
