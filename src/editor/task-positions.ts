import type { EditorState, Text } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { Badge } from "../core/badge";
import type { NoteContext } from "../core/context";
import type { TaskPart } from "../core/outline";
import type { Span } from "../core/removal";
import { cardField } from "./card-field";
import { createOutline, type Outline } from "./outline";

/** A task block in its place in the note. */
export interface PlacedTask extends Span {
  readonly part: TaskPart;
  /** Null where the block is unclosed or cannot be read by itself. */
  readonly badge: Badge | null;
}

/** The outlines of notes in editors that draw no cards. */
const outlines = new WeakMap<Text, Outline>();

/** The outline of the note in an editor: that of its cards, else one that is read for the purpose. */
function outlineOf(state: EditorState, context: NoteContext): Outline {
  const drawn = state.field(cardField, false)?.outline;
  const known = drawn ?? outlines.get(state.doc);
  if (known && (known === drawn || known.context === context)) return known;
  const outline = createOutline(state.doc, context);
  outlines.set(state.doc, outline);
  return outline;
}

/** All tasks of the note in an editor, in order, in source mode too. */
export function listTasks(state: EditorState, context: NoteContext): readonly PlacedTask[] {
  const tasks: PlacedTask[] = [];
  outlineOf(state, context).parts.between(0, state.doc.length, (from, to, { part, badge }) => {
    // Whole lines, as the figures: a byte-order mark stands before the first one.
    if (part.kind === "task") tasks.push({ from: state.doc.lineAt(from).from, to, part, badge });
  });
  return tasks;
}

/** The task in whose lines an offset is; null where it is in none. */
export function taskAt(state: EditorState, context: NoteContext, at: number): PlacedTask | null {
  return listTasks(state, context).find(({ from, to }) => from <= at && at <= to) ?? null;
}

/** The first task that begins behind an offset and that `accept` takes; null where there is none. */
export function nextTask(
  state: EditorState,
  context: NoteContext,
  at: number,
  accept: (task: PlacedTask) => boolean = () => true,
): PlacedTask | null {
  return listTasks(state, context).find((task) => task.from > at && accept(task)) ?? null;
}

/** The last task that ends before an offset; null where there is none. */
export function previousTask(state: EditorState, context: NoteContext, at: number): PlacedTask | null {
  return (
    listTasks(state, context)
      .filter(({ to }) => to < at)
      .at(-1) ?? null
  );
}

/** The first incomplete task (FORMAT.md §5, rule 1) behind an offset; behind the last one, the first of the note. Null where there is none. */
export function nextIncomplete(state: EditorState, context: NoteContext, at: number): PlacedTask | null {
  const accept = ({ badge }: PlacedTask) => badge?.kind === "incomplete";
  return nextTask(state, context, at, accept) ?? nextTask(state, context, -1, accept);
}

/** Puts the cursor into the header of a task and gives the editor the keyboard: in live preview its source shows. */
export function revealTask(view: EditorView, { from, to, part: { block } }: PlacedTask): void {
  const anchor = block ? to - block.text.length + (block.task.header?.from ?? 0) : from;
  view.dispatch({ selection: { anchor }, scrollIntoView: true, userEvent: "select" });
  view.focus();
}
