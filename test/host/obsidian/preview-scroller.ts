import type { PartList, RenderedPart } from "./part-list";

/** How many heights of the view are rendered above and below what is seen. Assumption. */
const PADDING = 1;

/** The height of a line of a part that was never shown, in CSS pixels. Assumption. */
const LINE_HEIGHT = 24;

/** Rounds of rendering and measuring after which the rest waits for the next scroll. */
const MOST_ROUNDS = 12;

/**
 * Shows those parts of a list that are near what is seen; the others are out of the document, and an element as high as they are
 * stands for them. Source: EDITOR.md, "Reading view" ("rendered lazily and recycled"); the pushing element as seen in the app.
 * Observation: heights are measured when a part is shown and when the view is resized, not when its content changes its size.
 */
export class PreviewScroller {
  private readonly pusher: HTMLElement;
  private readonly footer: HTMLElement;
  private shown: readonly RenderedPart[] = [];
  private width = 0;
  private frame: number | null = null;

  constructor(
    private readonly list: PartList,
    private readonly scroller: HTMLElement,
    private readonly sizer: HTMLElement,
  ) {
    this.pusher = sizer.createDiv("markdown-preview-pusher");
    this.footer = sizer.createDiv("mod-footer mod-ui");
    scroller.addEventListener("scroll", () => this.queue(), { passive: true });
  }

  /** Renders in the next frame of the window that it stands in. */
  queue(): void {
    const win = this.scroller.ownerDocument.defaultView;
    if (win === null) return;
    this.frame ??= win.requestAnimationFrame(() => {
      this.frame = null;
      this.update();
    });
  }

  /** Measures anew what is shown. */
  remeasure(): void {
    this.measure();
    this.queue();
  }

  /** Renders what is near and takes out what is far, while what is seen stays where it is. */
  update(): void {
    if (this.scroller.clientHeight === 0) return;
    if (this.scroller.clientWidth !== this.width) {
      this.width = this.scroller.clientWidth;
      for (const part of this.list.parts) if (!this.shown.includes(part)) part.height = null;
      this.measure();
    }
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const before = this.shown;
      const anchor = this.findAnchor();
      this.place();
      const changed = this.measure();
      this.fitPusher();
      if (anchor !== null && anchor.element?.isConnected === true) {
        this.scroller.scrollTop += this.topOf(anchor.element) - anchor.top;
      }
      if (!changed && before.length === this.shown.length && before.every((part, at) => part === this.shown[at])) break;
    }
  }

  /** The line at the upper edge, counted from 0, with the share of its part that is above. */
  getScroll(): number {
    let top = this.start;
    for (const rendered of this.list.parts) {
      const height = this.heightOf(rendered);
      // A browser scrolls to whole pixels.
      if (top + height > this.scroller.scrollTop + 1) {
        const { lineStart, lineEnd } = rendered.part;
        const share = Math.max(0, this.scroller.scrollTop - top) / Math.max(1, height);
        return lineStart + share * (lineEnd - lineStart + 1);
      }
      top += height;
    }
    return 0;
  }

  /** Scrolls to a line, counted from 0. */
  applyScroll(line: number): void {
    for (let round = 0; round < 3; round++) {
      let top = this.start;
      for (const rendered of this.list.parts) {
        const { lineStart, lineEnd } = rendered.part;
        const height = this.heightOf(rendered);
        if (lineEnd >= line) {
          top += (Math.max(0, line - lineStart) / (lineEnd - lineStart + 1)) * height;
          break;
        }
        top += height;
      }
      this.scroller.scrollTop = line <= 0 ? 0 : top;
      this.update();
    }
  }

  /** Takes everything out. */
  clear(): void {
    this.shown = [];
    this.place([]);
  }

  private get start(): number {
    return this.pusher.offsetTop;
  }

  private heightOf(rendered: RenderedPart): number {
    if (rendered.hidden) return 0;
    const { lineStart, lineEnd } = rendered.part;
    return rendered.height ?? (lineEnd - lineStart + 1) * LINE_HEIGHT;
  }

  private topOf(element: HTMLElement): number {
    return element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }

  /** The first part that is seen, and where. */
  private findAnchor(): { element: HTMLElement | null; top: number } | null {
    for (const { element } of this.shown) {
      if (element?.isConnected !== true) continue;
      const { bottom } = element.getBoundingClientRect();
      if (bottom > this.scroller.getBoundingClientRect().top) return { element, top: this.topOf(element) };
    }
    return null;
  }

  private listNear(): RenderedPart[] {
    const view = this.scroller.clientHeight;
    const { scrollTop } = this.scroller;
    let top = this.start;
    return this.list.parts.filter((rendered) => {
      const height = this.heightOf(rendered);
      const near = top + height >= scrollTop - PADDING * view && top <= scrollTop + (1 + PADDING) * view;
      top += height;
      return near && !rendered.hidden;
    });
  }

  private place(near: readonly RenderedPart[] = this.listNear()): void {
    this.shown = near;
    const wanted = near.map((rendered) => this.list.render(rendered));
    const keep = new Set<Element>(wanted);
    // What stays is not moved: that would take the focus from it and start its images anew.
    for (const child of [...this.sizer.children]) {
      if (child !== this.pusher && child !== this.footer && !keep.has(child) && child.matches("[class^='el-']"))
        child.remove();
    }
    let at: Element | null = this.pusher.nextElementSibling;
    for (const element of wanted) {
      if (element === at) at = at.nextElementSibling;
      else this.sizer.insertBefore(element, at);
    }
    this.pusher.style.height = `${this.heightBefore()}px`;
    const total = this.list.parts.reduce((sum, rendered) => sum + this.heightOf(rendered), 0);
    this.sizer.style.minHeight = `${this.start + total}px`;
  }

  private heightBefore(): number {
    const first = this.shown[0];
    const end = first === undefined ? 0 : this.list.parts.indexOf(first);
    return this.list.parts.slice(0, end).reduce((sum, rendered) => sum + this.heightOf(rendered), 0);
  }

  /** The first part's margin is in the height of the part before it, which is not there. */
  private fitPusher(): void {
    const first = this.shown[0]?.element;
    const height = this.heightBefore();
    if (!first || height === 0) return;
    this.pusher.style.height = `${height}px`;
    const margin = first.getBoundingClientRect().top - this.pusher.getBoundingClientRect().bottom;
    this.pusher.style.height = `${Math.max(0, height - margin)}px`;
  }

  /** Measures what is shown: from the upper edge of each to that of the next. Whether any height is another one. */
  private measure(): boolean {
    if (this.scroller.clientHeight === 0) return false;
    let changed = false;
    const tops = this.shown.map(({ element }) => element?.getBoundingClientRect().top ?? 0);
    tops.push(this.footer.getBoundingClientRect().top);
    this.shown.forEach((rendered, at) => {
      if (rendered.element?.isConnected !== true) return;
      const height = Math.max(0, (tops[at + 1] ?? 0) - (tops[at] ?? 0));
      if (Math.abs(height - (rendered.height ?? -1)) < 0.5) return;
      rendered.height = height;
      changed = true;
    });
    return changed;
  }
}
