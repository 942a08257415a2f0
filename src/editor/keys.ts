import { EditorSelection, Prec, type Extension, type SelectionRange } from "@codemirror/state";
import { type EditorView, keymap, type Command, type KeyBinding } from "@codemirror/view";
import { findHidden } from "./hidden";
import { guardDeletion, spareEdges } from "./edges";

/** What the keys of the editor delete with, and in which direction; on a Mac also those of its text fields. */
const DELETIONS: readonly (readonly [key: string, forward: boolean])[] = [
  ...["Backspace", "Shift-Backspace", "Mod-Backspace", "Ctrl-Backspace", "Alt-Backspace"].map(
    (key) => [key, false] as const,
  ),
  ...["Delete", "Mod-Delete", "Ctrl-Delete", "Alt-Delete"].map((key) => [key, true] as const),
];
const MAC_DELETIONS: readonly (readonly [key: string, forward: boolean])[] = [
  ["Ctrl-h", false],
  ["Ctrl-Alt-h", false],
  ["Ctrl-Alt-Backspace", false],
  ["Ctrl-d", true],
  ["Ctrl-k", true],
  ["Alt-d", true],
  ["Ctrl-t", false],
];

/** Up and Down lead into the figure on the next line: by themselves they would skip it, or stop at the edge of the note. */
function enterFigure(forward: boolean): Command {
  return (view) => {
    const { state } = view;
    const { main, ranges } = state.selection;
    if (!main.empty || ranges.length > 1 || findHidden(state, main.head)) return false;
    const line = state.doc.lineAt(main.head);
    const figure = findHidden(state, forward ? line.to + 1 : line.from - 1);
    if (!figure || !isInLastRow(view, main, forward ? line.to : line.from)) return false;
    const anchor = forward ? figure.from : state.doc.lineAt(figure.to).from;
    view.dispatch({ selection: { anchor }, scrollIntoView: true, userEvent: "select" });
    return true;
  };
}

/** Whether the cursor is in the same row of a wrapped line as an edge of the line. */
function isInLastRow(view: EditorView, cursor: SelectionRange, edge: number): boolean {
  const at = view.coordsAtPos(cursor.head, cursor.assoc < 0 ? -1 : 1);
  const end = view.coordsAtPos(edge, edge > cursor.head ? -1 : 1);
  return !at || !end || (at.top < end.bottom && end.top < at.bottom);
}

/** Shift with Up or Down takes in the figure on the next line as a whole: by itself it would stop at the edge of the note. */
function extendOverFigure(forward: boolean): Command {
  return (view) => {
    const { state } = view;
    const { main, ranges } = state.selection;
    if (ranges.length > 1) return false;
    const inside = findHidden(state, main.head);
    const line = state.doc.lineAt(main.head);
    const edge = inside ? (forward ? inside.to : inside.from) : forward ? line.to : line.from;
    const next = findHidden(state, forward ? edge + 1 : edge - 1);
    let head: number;
    if (next && (inside || isInLastRow(view, main, edge))) head = forward ? next.to : next.from;
    else if (inside && main.head !== edge) head = edge;
    else if (inside)
      head = Math.max(0, Math.min(state.doc.length, forward ? edge + 1 : state.doc.lineAt(Math.max(0, edge - 1)).from));
    else return false;
    view.dispatch({
      selection: EditorSelection.range(main.anchor, head),
      scrollIntoView: true,
      userEvent: "select",
    });
    return true;
  };
}

/** Lets a line break replace the selection, but for what it holds of a figure. */
const breakLine: Command = (view) => {
  spareEdges(view, "break");
  return false;
};

const deletions = (keys: typeof DELETIONS, on: "key" | "mac"): readonly KeyBinding[] =>
  keys.map(([key, forward]) => ({ [on]: key, run: (view) => guardDeletion(view, forward) }));

/** The keys that would pass by a figure, or break the lines behind it without showing them. */
export const figureKeys: Extension = Prec.highest(
  keymap.of([
    { key: "ArrowDown", run: enterFigure(true), shift: extendOverFigure(true) },
    { key: "ArrowUp", run: enterFigure(false), shift: extendOverFigure(false) },
    { mac: "Ctrl-n", run: enterFigure(true), shift: extendOverFigure(true) },
    { mac: "Ctrl-p", run: enterFigure(false), shift: extendOverFigure(false) },
    { key: "Enter", run: breakLine, shift: breakLine },
    ...deletions(DELETIONS, "key"),
    ...deletions(MAC_DELETIONS, "mac"),
  ]),
);
