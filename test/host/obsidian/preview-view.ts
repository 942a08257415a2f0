import type { App } from "./app";
import type { TFile } from "./file";
import type { MarkdownView } from "./markdown-view";
import { MarkdownRenderer } from "./markdown-renderer";
import { PartList } from "./part-list";
import { followLinks } from "./preview-links";
import { PreviewScroller } from "./preview-scroller";

/** The reading view of a note. Source: typing `MarkdownPreviewView`; the elements as seen in the app. */
export class MarkdownPreviewView extends MarkdownRenderer {
  readonly app: App;
  private readonly scrolled: HTMLElement;
  private readonly sizer: HTMLElement;
  private readonly titleEl: HTMLElement;
  private readonly list: PartList;
  private readonly display: PreviewScroller;
  private text = "";

  constructor(private readonly view: MarkdownView) {
    super(view.contentEl.createDiv("markdown-reading-view"));
    this.app = view.app;
    this.scrolled = this.containerEl.createDiv(
      "markdown-preview-view markdown-rendered node-insert-event is-readable-line-width allow-fold-headings",
    );
    this.scrolled.tabIndex = -1;
    this.sizer = this.scrolled.createDiv("markdown-preview-sizer markdown-preview-section");
    this.titleEl = this.sizer.createDiv("mod-header mod-ui").createDiv("inline-title");
    this.list = this.createList();
    this.display = new PreviewScroller(this.list, this.scrolled, this.sizer);
    followLinks(this.scrolled, this.app, () => this.file.path);
    this.scrolled.addEventListener("click", (event) => this.toggleTask(event));
  }

  get file(): TFile {
    if (this.view.file === null) throw new Error("The view shows no note");
    return this.view.file;
  }

  get(): string {
    return this.text;
  }

  /** Shows a text. Only parts whose text is new are rendered anew. */
  set(text: string, clear: boolean): void {
    this.text = text;
    this.titleEl.textContent = this.view.getDisplayText();
    if (clear) this.list.clear();
    this.list.set(text);
    this.display.queue();
  }

  clear(): void {
    this.text = "";
    this.list.clear();
    this.display.clear();
  }

  /** Source: EDITOR.md, "Reading view". With `full` every part is rendered anew; the scroll place is kept (assumption). */
  rerender(full = false): void {
    const scroll = this.getScroll();
    if (full) this.list.clear();
    this.list.set(this.text);
    this.display.update();
    this.applyScroll(scroll);
  }

  getScroll(): number {
    return this.display.getScroll();
  }

  applyScroll(line: number): void {
    this.display.applyScroll(line);
  }

  onResize(): void {
    this.display.remeasure();
  }

  /** Renders when it comes to be seen. */
  showIn(shown: boolean): void {
    if (shown) this.display.queue();
  }

  focus(): void {
    this.scrolled.focus();
  }

  override onunload(): void {
    this.clear();
  }

  private createList(): PartList {
    const { view, containerEl } = this;
    return new PartList({
      app: view.app,
      component: this,
      get doc() {
        return containerEl.ownerDocument;
      },
      get sourcePath() {
        return view.file?.path ?? "";
      },
      depth: 0,
      places: true,
      onFold: () => this.display.queue(),
    });
  }

  /** A box of a task ticks it in the note. Source: help page "Basic formatting syntax", task lists. */
  private toggleTask(event: MouseEvent): void {
    const box = event.target as HTMLInputElement;
    const line = box.dataset["line"];
    if (line === undefined || !box.classList.contains("task-list-item-checkbox")) return;
    const rendered = this.list.find(box);
    if (rendered === undefined) return;
    const lines = this.text.split("\n");
    const at = rendered.part.lineStart + Number(line);
    lines[at] = (lines[at] ?? "").replace(/\[.\]/, box.checked ? "[x]" : "[ ]");
    this.view.takeText(lines.join("\n"));
  }
}
