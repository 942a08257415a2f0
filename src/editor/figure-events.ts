import { runScopeHandlers, type EditorView } from "@codemirror/view";

/** Whether a key takes an edit back or brings it again. */
function isHistoryKey({ key, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): boolean {
  if (altKey || !(ctrlKey || metaKey)) return false;
  const letter = key.toLowerCase();
  return letter === "z" || (letter === "y" && !shiftKey);
}

/**
 * Listens in the root of a figure, whose events the editor leaves alone: a press does not give the keyboard to the editor
 * (the source at the cursor would show and move the figure away from the pointer), and keys that take an edit back are the
 * editor's. The listeners go with the element.
 */
export function listenInFigure(root: HTMLElement, view: EditorView): void {
  root.addEventListener("mousedown", (event) => {
    if (view.root.activeElement !== view.contentDOM) event.preventDefault();
  });
  root.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || !isHistoryKey(event) || !runScopeHandlers(view, event, "editor")) return;
    event.preventDefault();
    if (!root.isConnected) view.focus();
  });
}
