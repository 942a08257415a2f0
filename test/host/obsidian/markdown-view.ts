import { openSearchPanel } from "@codemirror/search";
import { EditMode } from "./edit-mode";
import type { Editor } from "./editor";
import type { TFile } from "./file";
import { describeChanges } from "./line-merge";
import { findHeading } from "./links";
import { Menu } from "./menu";
import { MarkdownPreviewView } from "./preview-view";
import { TextFileView } from "./text-file-view";
import type { ViewStateResult } from "./view";
import type { WorkspaceLeaf } from "./leaf";

/** A view of a note: an editor and a reading view, one of them shown. Source: typing `MarkdownView`; the state as seen in the app. */
export class MarkdownView extends TextFileView {
  readonly previewMode: MarkdownPreviewView;
  readonly editMode: EditMode;
  currentMode: EditMode | MarkdownPreviewView;
  hoverPopover: unknown = null;
  private readonly modeButton: HTMLElement;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    this.editMode = new EditMode(this);
    this.previewMode = new MarkdownPreviewView(this);
    this.currentMode = this.editMode;
    this.addChild(this.previewMode);
    this.addAction("more-vertical", "More options", (event) => this.openPaneMenu(event));
    this.modeButton = this.addAction("book-open", "Reading view", () => void this.toggleMode());
    this.showMode();
  }

  get editor(): Editor {
    return this.editMode.editor;
  }

  getViewType(): string {
    return "markdown";
  }

  override canAcceptExtension(extension: string): boolean {
    return extension === "md";
  }

  getMode(): "source" | "preview" {
    return this.currentMode === this.previewMode ? "preview" : "source";
  }

  /** The text of the editor, also while the reading view is shown. */
  getViewData(): string {
    return this.editMode.get();
  }

  setViewData(data: string, clear: boolean): void {
    this.editMode.set(data, clear);
    if (this.getMode() === "preview") this.previewMode.set(data, clear);
  }

  /** Takes a text that was changed in the reading view, as if it had been typed. */
  takeText(text: string): void {
    this.editor.cm.dispatch({ changes: describeChanges(this.getViewData(), text) });
    this.previewMode.set(this.getViewData(), false);
  }

  clear(): void {
    this.editMode.set("", true);
    this.previewMode.clear();
  }

  /** Observation: `source` is true in source mode and false in live preview; `mode` is `source` in both. */
  override getState(): Record<string, unknown> {
    return { ...super.getState(), mode: this.getMode(), source: !this.editMode.livePreview };
  }

  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    const { mode, source } = (state ?? {}) as { mode?: unknown; source?: unknown };
    if (typeof source === "boolean") this.editMode.setLivePreview(!source);
    await super.setState(state, result);
    if (mode === "source" || mode === "preview") this.setMode(mode);
    this.showMode();
    this.app.workspace.requestLayoutChange();
  }

  override getEphemeralState(): Record<string, unknown> {
    const cursor = { from: this.editor.getCursor("anchor"), to: this.editor.getCursor("head") };
    return { ...super.getEphemeralState(), scroll: this.currentMode.getScroll(), cursor };
  }

  /** Observation: `line`, `cursor`, `subpath`, `scroll` and `focus` are what the app's own links and history hand over. */
  override setEphemeralState(state: unknown): void {
    const { line, subpath, scroll, focus, cursor } = (state ?? {}) as {
      line?: number;
      subpath?: string;
      scroll?: number;
      focus?: boolean;
      cursor?: { from: { line: number; ch: number }; to: { line: number; ch: number } };
    };
    const target = line ?? (subpath === undefined ? undefined : findHeading(this.getViewData(), subpath)?.line);
    const reading = this.getMode() === "preview";
    if (target !== undefined && reading) this.previewMode.applyScroll(target);
    if (target !== undefined && !reading) this.editMode.goToLine(target);
    if (cursor !== undefined && !reading) this.editor.setSelection(cursor.from, cursor.to);
    if (scroll !== undefined) this.currentMode.applyScroll(scroll);
    if (focus !== true) return;
    if (reading) this.previewMode.focus();
    else this.editor.focus();
  }

  /** Source: EDITOR.md, "Reading view": who changes the size of its content calls this. */
  override onResize(): void {
    this.editMode.cm.requestMeasure();
    this.previewMode.onResize();
  }

  override onPaneMenu(menu: Menu, source: string): void {
    super.onPaneMenu(menu, source);
    if (this.file !== null) this.app.workspace.trigger("file-menu", menu, this.file, source, this.leaf);
  }

  showSearch(_replace = false): void {
    openSearchPanel(this.editMode.cm);
  }

  /** Exchanges what plugins added to the editor. */
  updateOptions(): void {
    this.editMode.updateOptions();
  }

  override async onLoadFile(file: TFile): Promise<void> {
    await super.onLoadFile(file);
    // CodeMirror looks for its document where the view is made, and a pop-out's is another one.
    this.editMode.cm.setRoot(this.containerEl.ownerDocument);
  }

  protected override async onClose(): Promise<void> {
    await super.onClose();
    this.editMode.destroy();
  }

  private setMode(mode: "source" | "preview"): void {
    if (mode === this.getMode()) return;
    const scroll = this.currentMode.getScroll();
    this.currentMode = mode === "preview" ? this.previewMode : this.editMode;
    this.showMode();
    if (mode === "preview") this.previewMode.set(this.getViewData(), false);
    this.currentMode.applyScroll(scroll);
  }

  private showMode(): void {
    const reading = this.getMode() === "preview";
    this.containerEl.dataset["type"] = "markdown";
    this.containerEl.dataset["mode"] = this.getMode();
    this.editMode.containerEl.toggle(!reading);
    this.previewMode.containerEl.toggle(reading);
    this.previewMode.showIn(reading);
    this.modeButton.setAttribute("aria-pressed", String(reading));
  }

  private async toggleMode(): Promise<void> {
    await this.setState({ mode: this.getMode() === "preview" ? "source" : "preview" }, { history: false });
  }

  private openPaneMenu(event: MouseEvent): void {
    const menu = new Menu();
    this.onPaneMenu(menu, "more-options");
    menu.showAtMouseEvent(event);
  }
}
