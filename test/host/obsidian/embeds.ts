import type { TFile } from "./file";
import { findHeading, findLinked, splitLink } from "./links";
import { MarkdownRenderChild } from "./markdown-render-child";
import { type PartOwner, PartList } from "./part-list";
import type { PostProcessorContext } from "./post-processors";

/** Embeds in embeds end here. Observation: the app stops too, so that a note can embed itself. */
const DEEPEST = 5;

/**
 * Fills the embeds of a part: `![[note]]`, `![[note#heading]]`. Sources: EDITOR.md, "Reading view": lines in an embed count from
 * the excerpt; help page "Embed files". The elements as seen in the app.
 */
export function addEmbeds(element: HTMLElement, owner: PartOwner, context: PostProcessorContext): void {
  if (owner.depth >= DEEPEST) return;
  for (const embed of element.querySelectorAll<HTMLElement>("span.internal-embed")) {
    const { path, subpath } = splitLink(embed.getAttribute("src") ?? "");
    const file = findLinked(owner.app, path, owner.sourcePath);
    if (file?.extension === "md") context.addChild(new Embed(embed, owner, file, subpath));
  }
}

/** One note, or the part of it under a heading, inside another. */
class Embed extends MarkdownRenderChild {
  private readonly sizer: HTMLElement;
  private readonly list: PartList;

  constructor(
    element: HTMLElement,
    private readonly outer: PartOwner,
    private readonly file: TFile,
    private readonly subpath: string,
  ) {
    super(element);
    element.classList.add("markdown-embed", "inline-embed", "is-loaded");
    element.createDiv("markdown-embed-title");
    this.sizer = element
      .createDiv("markdown-embed-content")
      .createDiv("markdown-preview-view markdown-rendered")
      .createDiv("markdown-preview-sizer markdown-preview-section");
    element.createDiv("markdown-embed-link");
    this.list = new PartList({
      app: outer.app,
      component: this,
      doc: element.ownerDocument,
      sourcePath: file.path,
      depth: outer.depth + 1,
      places: outer.places,
      onFold: () => this.show(),
    });
  }

  override onload(): void {
    const { vault } = this.outer.app;
    this.registerEvent(vault.on("modify", (file: unknown) => void (file === this.file && this.read())));
    void this.read();
  }

  override onunload(): void {
    this.list.clear();
  }

  private async read(): Promise<void> {
    const text = (await this.outer.app.vault.cachedRead(this.file)).replace(/\r\n?/g, "\n");
    if (!this.isLoaded) return;
    const heading = this.subpath === "" ? null : findHeading(text, this.subpath);
    this.list.set(heading === null ? text : text.split("\n").slice(heading.line, heading.to).join("\n"));
    this.show();
  }

  private show(): void {
    this.sizer.replaceChildren(...this.list.parts.filter((part) => !part.hidden).map((part) => this.list.render(part)));
  }
}
