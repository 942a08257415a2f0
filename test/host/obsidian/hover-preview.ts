import type { App } from "./app";
import { Component } from "./component";
import { MarkdownRenderer } from "./markdown-renderer";

/**
 * Shows a note as when a link to it is hovered: rendered without places, in a popover. Resolves with the popover; taking it out of
 * the document is the caller's. Source: EDITOR.md, "Reading view" ("hover and embeds come without info"). Rejects where there is
 * no such note.
 */
export async function openHoverPreview(app: App, path: string): Promise<HTMLElement> {
  const file = app.vault.getFileByPath(path);
  if (file === null) throw new Error(`There is no note ${path}`);
  const component = new Component();
  component.load();
  const popover = document.body.createDiv("popover hover-popover");
  const page = popover
    .createDiv("markdown-embed is-loaded")
    .createDiv("markdown-embed-content")
    .createDiv("markdown-preview-view markdown-rendered");
  await MarkdownRenderer.render(app, (await app.vault.read(file)).replace(/\r\n?/g, "\n"), page, path, component);
  return popover;
}
