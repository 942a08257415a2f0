import type { EditorView } from "@codemirror/view";
import { editorInfoField, MarkdownView, type WorkspaceLeaf } from "obsidian";
import { revealTask, taskAt } from "../editor/task-positions";
import { refuse } from "../ui/notices";
import type { Parts } from "./parts";

/** The editor of a pane; null in reading view, and where the pane has none. */
export function findEditor({ editors }: Pick<Parts, "editors">, view: MarkdownView): EditorView | null {
  if (view.getMode() !== "source") return null;
  for (const editor of editors) if (editor.state.field(editorInfoField, false)?.editor === view.editor) return editor;
  return null;
}

/** The pane that has the note at hand; null where no note is shown. */
export function findPane({ app }: Parts): MarkdownView | null {
  return app.workspace.getActiveViewOfType(MarkdownView);
}

/** The pane in which an element is drawn as a part of its note; null in a preview or another view. */
export function findPaneOf({ app }: Parts, element: HTMLElement): MarkdownView | null {
  let found: MarkdownView | null = null;
  app.workspace.iterateAllLeaves(({ view }) => {
    if (view instanceof MarkdownView && view.contentEl.contains(element)) found = view;
  });
  return found;
}

/**
 * Shows a line of a note: in a pane that has the note already, else in the active one. In an editor the cursor goes there,
 * in reading view the line comes to the top. Where there is no such note, a notice says so.
 *
 * @param line 1-based.
 */
export async function showLine(parts: Parts, path: string, line: number): Promise<void> {
  const { workspace, vault } = parts.app;
  const file = vault.getFileByPath(path);
  if (!file) {
    refuse(`${path} is not there any more.`);
    return;
  }
  const known = findLeaf(parts, path);
  const leaf = known ?? workspace.getLeaf(false);
  if (known) await workspace.revealLeaf(known);
  else await leaf.openFile(file, { eState: { line: line - 1 } });
  workspace.setActiveLeaf(leaf, { focus: true });
  if (leaf.view instanceof MarkdownView) goToLine(parts, leaf.view, line);
}

/** Goes to a line of the note that a pane shows; a line behind its end is its last. */
export function goToLine(parts: Parts, view: MarkdownView, line: number): void {
  const editor = findEditor(parts, view);
  if (!editor) return view.currentMode.applyScroll(line - 1);
  const { state } = editor;
  const { from } = state.doc.line(Math.min(line, state.doc.lines));
  const task = taskAt(state, parts.watch.contextOf(view.file?.path ?? ""), from);
  if (task) return revealTask(editor, task);
  editor.dispatch({ selection: { anchor: from }, scrollIntoView: true, userEvent: "select" });
  editor.focus();
}

/** A pane that shows a note or would if it were looked at, the active one first. */
function findLeaf({ app: { workspace } }: Parts, path: string): WorkspaceLeaf | null {
  const holds = (leaf: WorkspaceLeaf): boolean => leaf.getViewState().state?.["file"] === path;
  const active = workspace.getActiveViewOfType(MarkdownView)?.leaf;
  if (active && holds(active)) return active;
  return workspace.getLeavesOfType("markdown").find(holds) ?? null;
}
