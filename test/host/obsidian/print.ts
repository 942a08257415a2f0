import type { App } from "./app";
import { Component } from "./component";
import { MarkdownRenderer } from "./markdown-renderer";

/** What the last print holds, until the next one. */
let last: { readonly component: Component; readonly element: HTMLElement } | null = null;

/**
 * Renders a note as for a PDF: the whole document in one call, without places, in an element `.print`. Resolves with that element;
 * it is taken out by the next print. Source: EDITOR.md, "Reading view". Rejects where there is no such note.
 */
export async function printNote(app: App, path: string): Promise<HTMLElement> {
  const file = app.vault.getFileByPath(path);
  if (file === null) throw new Error(`There is no note ${path}`);
  last?.component.unload();
  last?.element.remove();
  const component = new Component();
  component.load();
  const element = document.body.createDiv("print");
  last = { component, element };
  const page = element.createDiv("markdown-preview-view markdown-rendered");
  await MarkdownRenderer.render(app, (await app.vault.read(file)).replace(/\r\n?/g, "\n"), page, path, component);
  return element;
}
