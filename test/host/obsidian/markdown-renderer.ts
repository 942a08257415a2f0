import type { App } from "./app";
import type { Component } from "./component";
import { addEmbeds } from "./embeds";
import { MarkdownRenderChild } from "./markdown-render-child";
import { createNodes } from "./part-dom";
import { type PostProcessorContext, processElement } from "./post-processors";
import { splitParts } from "./preview-parts";

/** Source: typing `MarkdownRenderer`. */
export abstract class MarkdownRenderer extends MarkdownRenderChild {
  abstract readonly app: App;
  hoverPopover: unknown = null;

  /**
   * Renders a text into an element, and lets post processors have that whole element in one call without places. Sources: typing
   * `MarkdownRenderer.render`; EDITOR.md, "Reading view". Assumption: an embed in it is
   * rendered part by part, without places too.
   */
  static async render(
    app: App,
    markdown: string,
    element: HTMLElement,
    sourcePath: string,
    component: Component,
  ): Promise<void> {
    const html = splitParts(markdown).map((part) => part.renderHtml());
    element.append(createNodes(html.join(""), element.ownerDocument));
    const context: PostProcessorContext = {
      docId: crypto.randomUUID().replaceAll("-", "").slice(0, 16),
      sourcePath,
      frontmatter: app.metadataCache.getCache(sourcePath)?.frontmatter ?? null,
      addChild: (child) => void component.addChild(child),
      getSectionInfo: () => null,
    };
    const doc = element.ownerDocument;
    addEmbeds(element, { app, component, doc, sourcePath, depth: 0, places: false, onFold: () => undefined }, context);
    await processElement(element, context);
  }
}
