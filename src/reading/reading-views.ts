import { MarkdownView, type App } from "obsidian";

/** Renders every note that is open in reading view anew: after cards were switched on or off, and when the plugin comes or goes. */
export function rerenderReading(app: App): void {
  for (const view of listViews(app)) if (view.getMode() === "preview") view.previewMode.rerender(true);
}

/** The view in whose reading view an element stands; null where it stands in none: in an embed of an editor, a hover preview, on paper. */
export function findReadingView(app: App, element: Element): MarkdownView | null {
  return listViews(app).find((view) => view.previewMode.containerEl.contains(element)) ?? null;
}

function listViews(app: App): readonly MarkdownView[] {
  const views: MarkdownView[] = [];
  app.workspace.iterateAllLeaves(({ view }) => {
    if (view instanceof MarkdownView) views.push(view);
  });
  return views;
}
