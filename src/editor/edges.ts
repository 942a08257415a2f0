import { EditorSelection, Prec, type EditorState, type Extension, type SelectionRange } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { findHidden } from "./hidden";

/** What is done to a selection: it is deleted, replaced by text, or replaced by a line break. */
type Edit = "delete" | "insert" | "break";

/**
 * Keeps text from being joined to the first or last line behind a figure, where that would break the block unseen.
 *
 * At the edge of a line next to a figure, nothing is deleted: the cursor goes into the figure, whose source then shows.
 * An empty line is deleted, for that joins nothing. Of a selection that ends at the edge of a figure, the line break between the
 * two is left, and of one that ends inside of a figure, all of the figure. Returns whether the key has done its work.
 */
export function guardDeletion(view: EditorView, forward: boolean): boolean {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (!main.empty) return spareEdges(view, "delete") === "nothing left";
  if (ranges.length > 1) return ranges.some((range) => range.empty && joinsFigure(state, range.head, forward) !== null);
  const into = joinsFigure(state, main.head, forward);
  if (into === null) return false;
  view.dispatch({ selection: { anchor: into }, scrollIntoView: true, userEvent: "select" });
  return true;
}

/** Where the figure begins or ends to whose lines a deletion would join text; null where it joins none. */
function joinsFigure(state: EditorState, at: number, forward: boolean): number | null {
  const line = state.doc.lineAt(at);
  const hidden = findHidden(state, at);
  // The source of the figure at the cursor shows as soon as the mouse is up.
  if (hidden) return at;
  if (line.length === 0 || at !== (forward ? line.to : line.from)) return null;
  const figure = findHidden(state, forward ? line.to + 1 : line.from - 1);
  return figure && (forward ? figure.from : figure.to);
}

/**
 * Takes out of the selection what an edit of it would break unseen: the lines of figures that it holds in part, and the line
 * break next to a figure where text would be joined to the figure's lines. A figure that it holds as a whole stays in it.
 */
export function spareEdges(view: EditorView, edit: Edit): "nothing left" | "something left" {
  const { state } = view;
  const ranges = state.selection.ranges.map((range) => spareEdge(state, range, edit));
  if (ranges.some((range, index) => range !== state.selection.ranges[index])) {
    view.dispatch({ selection: EditorSelection.create(ranges, state.selection.mainIndex), userEvent: "select" });
  }
  return ranges.every(({ empty }) => empty) ? "nothing left" : "something left";
}

function spareEdge(state: EditorState, range: SelectionRange, edit: Edit): SelectionRange {
  if (range.empty) return range;
  let { from, to } = range;
  const { doc } = state;
  const first = findHidden(state, from);
  const last = findHidden(state, to);
  if (first && first.from < from && first.to < to) from = first.to;
  if (last && from < last.from && to < last.to) to = last.from;
  if (edit !== "break") {
    // Whole lines are deleted with their line break: what remains is joined to nothing.
    if (last?.from === to && from < to && (edit === "insert" || doc.lineAt(from).from !== from)) to--;
    if (first?.to === from && from < to && (edit === "insert" || doc.lineAt(to).to !== to)) from++;
  }
  if (from === range.from && to === range.to) return range;
  if (from >= to) return EditorSelection.cursor(Math.min(from, to));
  return range.anchor === range.from ? EditorSelection.range(from, to) : EditorSelection.range(to, from);
}

/** Edits that no key of the keymap makes: typing over a selection, paste, cut, dictation and menus. */
export const edgeGuards: Extension = Prec.highest([
  // Handlers come after the editor's own observer, by which newer editors delete what is selected here.
  EditorView.domEventObservers({
    compositionstart: (_event, view) => {
      if (meetsFigure(view.state)) replaceSpared(view, "");
    },
  }),
  EditorView.domEventHandlers({
    paste: (event, view) => {
      const isDone = meetsFigure(view.state) && !makeRoom(view);
      if (isDone) event.preventDefault();
      return isDone;
    },
    cut: (event, view) => {
      // Of an empty selection the editor would cut the line.
      const isDone = meetsFigure(view.state) && spareEdges(view, "delete") === "nothing left";
      if (isDone) event.preventDefault();
      return isDone;
    },
    beforeinput: (event, view) => {
      if (view.composing || !event.cancelable) return false;
      let isDone = false;
      if (event.inputType.startsWith("delete")) isDone = guardDeletion(view, event.inputType.endsWith("Forward"));
      else if (event.inputType === "insertText" && meetsFigure(view.state)) {
        replaceSpared(view, event.data ?? "");
        isDone = true;
      }
      if (isDone) event.preventDefault();
      return isDone;
    },
  }),
]);

/**
 * Whether the selection holds something and ends at a figure. The browser, which knows nothing of the lines behind it, would
 * replace too much or too little of such a selection.
 */
function meetsFigure(state: EditorState): boolean {
  return state.selection.ranges.some(
    ({ empty, from, to }) => !empty && (findHidden(state, from) !== null || findHidden(state, to) !== null),
  );
}

/** Makes the selection one that text may replace; false where all of it is the line break between two figures. */
function makeRoom(view: EditorView): boolean {
  const before = view.state;
  return spareEdges(view, "insert") === "something left" || findHidden(before, view.state.selection.main.head) === null;
}

function replaceSpared(view: EditorView, text: string): void {
  if (!makeRoom(view)) return;
  const { from, to } = view.state.selection.main;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input.type" });
  const handlers = text === "" ? [] : view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
}
