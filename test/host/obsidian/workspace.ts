import type { Extension } from "@codemirror/state";
import type { App } from "./app";
import type { MarkdownFileInfo } from "./editor-fields";
import { Events } from "./events";
import type { TFile } from "./file";
import { LAYOUT_STYLES } from "./layout-styles";
import { type OpenViewState, WorkspaceLeaf } from "./leaf";
import { resolveLink } from "./links";
import { MarkdownView } from "./markdown-view";
import { OpenNotes } from "./saving";
import { FileView, type View } from "./view";
import { type WorkspaceContainer, WorkspaceRoot, WorkspaceTabs } from "./workspace-parts";
import { type WindowPlace, WorkspaceWindow } from "./workspace-window";

type PaneType = "tab" | "split" | "window";

/** The panes of the app. Source: typing `Workspace`; when each event comes is said where it is sent. */
export class Workspace extends Events {
  readonly rootSplit = new WorkspaceRoot();
  readonly openNotes: OpenNotes;
  /** What plugins added to every editor, in the order of their loading. */
  readonly editorExtensions: Extension[] = [];
  activeLeaf: WorkspaceLeaf | null = null;
  layoutReady = false;
  private readonly windows: WorkspaceWindow[] = [];
  private readonly waiting: (() => unknown)[] = [];
  private fileAtHand: TFile | null = null;
  private layoutTimer: number | null = null;
  private readonly closing = new Set<Promise<void>>();

  constructor(
    readonly app: App,
    readonly containerEl: HTMLElement,
  ) {
    super();
    this.openNotes = new OpenNotes(app);
    document.head.createEl("style", { text: LAYOUT_STYLES });
    containerEl.addClass("workspace");
    containerEl.append(this.rootSplit.containerEl);
    app.vault.on("delete", (file: TFile) => {
      // Assumption: the tab of a deleted note becomes an empty one.
      this.iterateAllLeaves((leaf) => {
        if (leaf.view instanceof FileView && leaf.view.file === file) void leaf.setViewState({ type: "empty" });
      });
    });
  }

  /** Source: typing: at once where the layout is ready, else when it is. */
  onLayoutReady(callback: () => unknown): void {
    if (this.layoutReady) callback();
    else this.waiting.push(callback);
  }

  /** Says that the layout is ready. */
  becomeReady(): void {
    this.layoutReady = true;
    for (const callback of this.waiting.splice(0)) callback();
    this.requestLayoutChange();
  }

  get activeEditor(): MarkdownFileInfo | null {
    const view = this.activeLeaf?.view;
    return view instanceof MarkdownView ? view : null;
  }

  getActiveViewOfType<T extends View>(type: abstract new (...given: never[]) => T): T | null {
    const view = this.activeLeaf?.view;
    return view instanceof type ? view : null;
  }

  /** Source: typing: the file of the active view, else the one that was active most recently. */
  getActiveFile(): TFile | null {
    const view = this.activeLeaf?.view;
    return view instanceof FileView ? view.file : this.fileAtHand;
  }

  iterateRootLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    listLeaves(this.rootSplit).forEach((leaf) => callback(leaf));
  }

  iterateAllLeaves(callback: (leaf: WorkspaceLeaf) => unknown): void {
    [this.rootSplit, ...this.windows].flatMap(listLeaves).forEach((leaf) => callback(leaf));
  }

  getLeavesOfType(type: string): WorkspaceLeaf[] {
    return [this.rootSplit, ...this.windows].flatMap(listLeaves).filter((leaf) => leaf.view.getViewType() === type);
  }

  detachLeavesOfType(type: string): void {
    for (const leaf of this.getLeavesOfType(type)) leaf.detach();
  }

  getMostRecentLeaf(): WorkspaceLeaf | null {
    return this.activeLeaf;
  }

  getLeafById(id: string): WorkspaceLeaf | null {
    return [this.rootSplit, ...this.windows].flatMap(listLeaves).find((leaf) => leaf.id === id) ?? null;
  }

  /** Source: typing: false for a leaf to navigate in, or a new tab, a pane beside the active one, a window. */
  getLeaf(newLeaf: PaneType | boolean = false): WorkspaceLeaf {
    if (newLeaf === "window") return this.openPopoutLeaf();
    const { activeLeaf } = this;
    if (newLeaf === false && activeLeaf !== null && !activeLeaf.pinned) return activeLeaf;
    const near = activeLeaf?.parent instanceof WorkspaceTabs ? activeLeaf.parent : null;
    if (newLeaf === "split") return this.addPane(near?.getContainer() ?? this.rootSplit, near);
    return near === null ? this.addPane(this.rootSplit, null) : this.addLeaf(near);
  }

  openPopoutLeaf(place: WindowPlace = {}): WorkspaceLeaf {
    const popout = new WorkspaceWindow(place, (closed) => this.closeWindow(closed));
    this.windows.push(popout);
    const leaf = this.addPane(popout, null);
    this.trigger("window-open", popout, popout.win);
    return leaf;
  }

  /** A tab behind the active one whose view is not made before it is looked at (documentation page "Defer views"). */
  openDeferred(file: TFile): WorkspaceLeaf {
    const leaf = this.getLeaf("tab");
    leaf.defer({ type: "markdown", state: { file: file.path, mode: "source", source: false } });
    return leaf;
  }

  setActiveLeaf(leaf: WorkspaceLeaf, params: { focus?: boolean } = {}): void {
    if (leaf.parent instanceof WorkspaceTabs) leaf.parent.show(leaf);
    window.activeWindow = leaf.getContainer().win;
    window.activeDocument = leaf.getContainer().doc;
    const changed = leaf !== this.activeLeaf;
    if (changed) {
      this.activeLeaf?.containerEl.removeClass("mod-active");
      this.activeLeaf = leaf;
      leaf.containerEl.addClass("mod-active");
    }
    if (params.focus === true) leaf.setEphemeralState({ focus: true });
    if (!changed) return;
    this.trigger("active-leaf-change", leaf);
    this.followLeaf(leaf);
  }

  /** Source: typing: "`await` this function to ensure your view has been fully loaded and is not deferred". */
  async revealLeaf(leaf: WorkspaceLeaf): Promise<void> {
    if (leaf.parent instanceof WorkspaceTabs) leaf.parent.show(leaf);
    await leaf.loadIfDeferred();
    this.requestLayoutChange();
  }

  /** Opens what a link leads to; a note that does not exist is made, as in the app. */
  async openLinkText(
    linktext: string,
    sourcePath: string,
    newLeaf: PaneType | boolean = false,
    openState: OpenViewState = {},
  ): Promise<void> {
    const { file, subpath } = await resolveLink(this.app, linktext, sourcePath);
    const eState = subpath === "" ? openState.eState : { ...openState.eState, subpath };
    await this.getLeaf(newLeaf).openFile(file, { ...openState, ...(eState === undefined ? {} : { eState }) });
  }

  registerEditorExtension(extension: Extension): void {
    this.editorExtensions.push(extension);
    this.updateOptions();
  }

  unregisterEditorExtension(extension: Extension): void {
    this.editorExtensions.splice(this.editorExtensions.indexOf(extension), 1);
    this.updateOptions();
  }

  /** Source: typing: reconfigures all Markdown views. */
  updateOptions(): void {
    this.iterateAllLeaves((leaf) => {
      if (leaf.view instanceof MarkdownView) leaf.view.updateOptions();
    });
    this.trigger("update-options");
  }

  /** Tells of another file at hand, once it is loaded, and of the layout. */
  followLeaf(leaf: WorkspaceLeaf): void {
    this.requestLayoutChange();
    if (leaf !== this.activeLeaf) return;
    const file = leaf.view instanceof FileView ? leaf.view.file : null;
    if (file === this.fileAtHand) return;
    this.fileAtHand = file;
    this.trigger("file-open", file);
  }

  /** Tells that a leaf is gone; the next one becomes active. */
  forgetLeaf(leaf: WorkspaceLeaf, closed: Promise<void>): void {
    this.closing.add(closed);
    void closed.finally(() => this.closing.delete(closed));
    if (leaf === this.activeLeaf) {
      this.activeLeaf = null;
      const next = [this.rootSplit, ...this.windows].flatMap(listLeaves).find((other) => other.isShown());
      if (next !== undefined) this.setActiveLeaf(next);
      else this.trigger("active-leaf-change", null);
    }
    this.requestLayoutChange();
  }

  /** Resolves when the leaves that were detached have saved. */
  async settle(): Promise<void> {
    await Promise.all(this.closing);
  }

  /** Observation: `layout-change` comes after the change, several changes at once make one. */
  requestLayoutChange(): void {
    this.layoutTimer ??= window.setTimeout(() => {
      this.layoutTimer = null;
      this.trigger("layout-change");
    });
  }

  private addPane(container: WorkspaceContainer, beside: WorkspaceTabs | null): WorkspaceLeaf {
    const pane = new WorkspaceTabs();
    container.insertChild(pane, beside === null ? undefined : container.children.indexOf(beside) + 1);
    return this.addLeaf(pane);
  }

  private addLeaf(pane: WorkspaceTabs): WorkspaceLeaf {
    const leaf = new WorkspaceLeaf(this.app);
    pane.insertChild(leaf);
    this.requestLayoutChange();
    return leaf;
  }

  private closeWindow(closed: WorkspaceWindow): void {
    this.windows.splice(this.windows.indexOf(closed), 1);
    for (const leaf of listLeaves(closed)) leaf.detach();
    this.trigger("window-close", closed, closed.win);
  }
}

const listLeaves = (container: WorkspaceContainer): WorkspaceLeaf[] =>
  container.children.flatMap((pane) =>
    pane instanceof WorkspaceTabs ? (pane.leaves as readonly WorkspaceLeaf[]) : [],
  );
