import type { App } from "./app";
import type { Component } from "./component";
import { addEmbeds } from "./embeds";
import type { MarkdownRenderChild } from "./markdown-render-child";
import { addFoldControl, createPartElement } from "./part-dom";
import { type PartPlace, type PostProcessorContext, processElement } from "./post-processors";
import { type PreviewPart, splitParts } from "./preview-parts";

/** A part with what was made of it. */
export interface RenderedPart {
  part: PreviewPart;
  /** null until it was near enough to be seen. */
  element: HTMLElement | null;
  /** As measured when it was last shown, in CSS pixels; null where it never was. */
  height: number | null;
  folded: boolean;
  /** Under a folded heading. */
  hidden: boolean;
  readonly children: MarkdownRenderChild[];
}

/** What a list of parts needs to render one. */
export interface PartOwner {
  readonly app: App;
  readonly component: Component;
  readonly doc: Document;
  readonly sourcePath: string;
  /** Embeds in embeds: 0 for a note by itself. */
  readonly depth: number;
  /** Whether `getSectionInfo` knows lines. */
  readonly places: boolean;
  onFold(): void;
}

/**
 * The parts of a text and their elements. Sources: the typing of `MarkdownPostProcessorContext`; EDITOR.md, "Reading view".
 * Observation: after a change only parts whose text is new are rendered anew, the others keep their elements and children while
 * their lines shift.
 */
export class PartList {
  parts: RenderedPart[] = [];
  text = "";
  private readonly docId = crypto.randomUUID().replaceAll("-", "").slice(0, 16);

  constructor(private readonly owner: PartOwner) {}

  /** Shows another text; the children of parts that are gone are unloaded. */
  set(text: string): void {
    const old = this.parts;
    this.text = text;
    this.parts = matchParts(old, splitParts(text));
    const kept = new Set(this.parts);
    for (const part of old) if (!kept.has(part)) this.drop(part);
    for (const part of this.parts) this.dropStrays(part);
    this.hideFolded();
  }

  /** Forgets what was rendered: the next time every part is rendered anew. */
  clear(): void {
    for (const part of this.parts) this.drop(part);
    this.parts = [];
  }

  /** The element of a part, rendered and processed where it is new. */
  render(rendered: RenderedPart): HTMLElement {
    if (rendered.element !== null) return rendered.element;
    const { owner } = this;
    const element = createPartElement(rendered.part, owner.doc);
    rendered.element = element;
    if (rendered.part.level > 0) addFoldControl(element, () => this.toggleFold(rendered));
    element.classList.toggle("is-collapsed", rendered.folded);
    const context = this.contextOf(rendered);
    addEmbeds(element, owner, context);
    void processElement(element, context);
    return element;
  }

  /** Where an element stands in the text at this moment; null where it belongs to no part of it. */
  place(element: HTMLElement): PartPlace | null {
    const found = this.owner.places ? this.find(element) : undefined;
    return found === undefined
      ? null
      : { text: this.text, lineStart: found.part.lineStart, lineEnd: found.part.lineEnd };
  }

  /** The part that holds an element. */
  find(element: Node): RenderedPart | undefined {
    return this.parts.find((part) => part.element?.contains(element));
  }

  private contextOf(rendered: RenderedPart): PostProcessorContext {
    const { app, component, sourcePath } = this.owner;
    return {
      docId: this.docId,
      sourcePath,
      frontmatter: app.metadataCache.getCache(sourcePath)?.frontmatter ?? null,
      addChild(child) {
        rendered.children.push(child);
        component.addChild(child);
      },
      getSectionInfo: (element) => this.place(element),
    };
  }

  private drop(rendered: RenderedPart): void {
    for (const child of rendered.children.splice(0)) this.owner.component.removeChild(child);
    rendered.element?.remove();
    rendered.element = null;
  }

  /** Source: typing `MarkdownRenderChild`: a child whose element has left the part is unloaded. */
  private dropStrays({ element, children }: RenderedPart): void {
    for (const child of children.filter((child) => element?.contains(child.containerEl) !== true)) {
      children.splice(children.indexOf(child), 1);
      this.owner.component.removeChild(child);
    }
  }

  private toggleFold(rendered: RenderedPart): void {
    rendered.folded = !rendered.folded;
    rendered.element?.classList.toggle("is-collapsed", rendered.folded);
    this.hideFolded();
    this.owner.onFold();
  }

  /** Source: help page "Folding": a folded heading hides what follows it up to the next one of its level or above. */
  private hideFolded(): void {
    let level = 7;
    for (const rendered of this.parts) {
      const own = rendered.part.level;
      if (own > 0 && own <= level) level = 7;
      rendered.hidden = level < 7;
      if (rendered.folded && level === 7) level = own;
    }
  }
}

/** New parts, each with what an old one of the same text had: first from the start, then from the end, then in order. */
function matchParts(old: readonly RenderedPart[], parts: readonly PreviewPart[]): RenderedPart[] {
  const free = new Map<string, RenderedPart[]>();
  const same = (rendered: RenderedPart | undefined, part: PreviewPart | undefined) =>
    rendered !== undefined && part !== undefined && keyOf(rendered.part) === keyOf(part);
  let head = 0;
  while (same(old[head], parts[head])) head++;
  let tail = 0;
  const most = Math.min(old.length, parts.length) - head;
  while (tail < most && same(old.at(-1 - tail), parts.at(-1 - tail))) tail++;
  for (const rendered of old.slice(head, old.length - tail)) {
    const key = keyOf(rendered.part);
    free.set(key, [...(free.get(key) ?? []), rendered]);
  }
  return parts.map((part, at) => {
    const match =
      at < head
        ? old[at]
        : at >= parts.length - tail
          ? old[at + old.length - parts.length]
          : free.get(keyOf(part))?.shift();
    if (match === undefined) return { part, element: null, height: null, folded: false, hidden: false, children: [] };
    match.part = part;
    return match;
  });
}

const keyOf = ({ tag, source }: PreviewPart): string => `${tag} ${source.trimEnd()}`;
