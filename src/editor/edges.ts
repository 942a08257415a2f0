import { EditorSelection, Prec, type EditorState, type Extension, type SelectionRange } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { findHidden } from "./hidden";

/**
 * Keeps text from being joined to the first or last line behind a figure, where that would break the block unseen.
 *
 * At the edge of a line next to a figure, nothing is deleted: the cursor goes into the figure, whose source then shows.
 * An empty line is deleted, for that joins nothing. Of a selection that ends at the edge of a figure, the line break between the
 * two is left. Returns whether the key has done its work.
 */
export function guardDeletion(view: EditorView, forward: boolean): boolean {
  const { state } = view;
  const { main, ranges } = state.selection;
  if (!main.empty) return spareEdges(view) === "nothing left";
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
 * Takes the line break next to a figure out of the selection, where replacing the selection would join text to the figure's
 * lines. A selection that holds more of these lines stays as it is.
 */
export function spareEdges(view: EditorView): "nothing left" | "something left" {
  const { state } = view;
  const ranges = state.selection.ranges.map((range) => spareEdge(state, range));
  if (ranges.some((range, index) => range !== state.selection.ranges[index])) {
    view.dispatch({ selection: EditorSelection.create(ranges, state.selection.mainIndex), userEvent: "select" });
  }
  return ranges.every(({ empty }) => empty) ? "nothing left" : "something left";
}

function spareEdge(state: EditorState, range: SelectionRange): SelectionRange {
  if (range.empty) return range;
  let { from, to } = range;
  const { doc } = state;
  if (findHidden(state, to)?.from === to && doc.lineAt(from).from !== from) to--;
  if (findHidden(state, from)?.to === from && doc.lineAt(to).to !== to) from++;
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
    paste: (_event, view) => {
      spareEdges(view);
    },
    cut: (_event, view) => {
      spareEdges(view);
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

function replaceSpared(view: EditorView, text: string): void {
  spareEdges(view);
  const { from, to } = view.state.selection.main;
  const insert = () =>
    view.state.update(view.state.replaceSelection(text), { scrollIntoView: true, userEvent: "input.type" });
  const handlers = text === "" ? [] : view.state.facet(EditorView.inputHandler);
  if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
}
