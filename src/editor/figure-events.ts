import { EditorState, type Extension, type StateEffect } from "@codemirror/state";
import { runScopeHandlers, type EditorView } from "@codemirror/view";
import { readHistoryKey } from "../cards/history-keys";
import type { Span } from "../core/removal";

/** Where editors are scrolled to whose figure has the keyboard, while an edit is taken back from there. */
const held = new WeakMap<EditorState, Span & { readonly place: StateEffect<unknown> }>();

/**
 * Whoever takes an edit back goes to the cursor that was there before it. What is taken back from a figure and concerns it
 * alone is here: the editor stays where it is, or the figure would go, and the keyboard with it.
 */
export const stayAtFigure: Extension = EditorState.transactionExtender.of(({ startState, changes, docChanged }) => {
  const figure = docChanged ? held.get(startState) : undefined;
  if (!figure) return null;
  const around = changes.touchesRange(0, figure.from - 1) || changes.touchesRange(figure.to + 1, startState.doc.length);
  const place = around ? undefined : figure.place.map(changes);
  return place ? { effects: place } : null;
});

/**
 * Listens in the root of a figure, whose events the editor leaves alone: a press does not give the keyboard to the editor
 * (the source at the cursor would show and move the figure away from the pointer), and keys that take an edit back are the
 * editor's. The listeners go with the element.
 *
 * @param readSource the lines that the figure stands for by now
 */
export function listenInFigure(root: HTMLElement, view: EditorView, readSource: () => string | undefined): void {
  root.addEventListener("mousedown", (event) => {
    if (view.root.activeElement !== view.contentDOM) event.preventDefault();
  });
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || readHistoryKey(event) === null) return;
    const { state } = view;
    const from = view.posAtDOM(root);
    held.set(state, { from, to: from + (readSource()?.length ?? 0), place: view.scrollSnapshot() });
    const isDone = runScopeHandlers(view, event, "editor");
    held.delete(state);
    if (!isDone) return;
    event.preventDefault();
    if (!root.isConnected) view.focus();
  });
}
