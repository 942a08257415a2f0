import { MarkdownView } from "obsidian";
import type { VaultApp } from "./vault-app";

/** The views in which notes are open, the active one first; with a path, that note. */
export function listViews(app: Pick<VaultApp, "workspace">, path: string | null = null): readonly MarkdownView[] {
  const active = app.workspace.getActiveViewOfType(MarkdownView);
  const views: MarkdownView[] = [];
  app.workspace.iterateAllLeaves(({ view }) => {
    // A leaf that was never shown has another view as yet.
    if (!(view instanceof MarkdownView) || (path !== null && view.file?.path !== path)) return;
    if (view === active) views.unshift(view);
    else views.push(view);
  });
  return views;
}

/** Whether a note is being edited in the view. A view in reading view types nothing, and may lag. */
export function isEditing(view: MarkdownView): boolean {
  return view.getMode() === "source";
}

/** The text in a view's editor; null where there is none yet: a view has its file before it has its text. */
export function readEditor(view: MarkdownView): string | null {
  const text = view.editor.getValue();
  return text === "" && view.data === "" ? null : text;
}
