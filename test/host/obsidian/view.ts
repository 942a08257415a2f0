import type { App } from "./app";
import { Component } from "./component";
import type { TFile } from "./file";
import { setIcon } from "./icons";
import type { WorkspaceLeaf } from "./leaf";
import type { Menu } from "./menu";

/** What a view tells about a change of its state. Source: typing `ViewStateResult`. */
export interface ViewStateResult {
  history: boolean;
}

/** What stands in a leaf. Source: typing `View`. */
export abstract class View extends Component {
  readonly app: App;
  readonly containerEl: HTMLElement;
  icon = "file";
  navigation = false;
  scope: unknown = null;

  constructor(readonly leaf: WorkspaceLeaf) {
    super();
    this.app = leaf.app;
    this.containerEl = document.createElement("div");
    this.containerEl.className = "workspace-leaf-content";
  }

  abstract getViewType(): string;
  abstract getDisplayText(): string;

  getState(): Record<string, unknown> {
    return {};
  }

  async setState(_state: unknown, _result: ViewStateResult): Promise<void> {
    // For subclasses.
  }

  getEphemeralState(): Record<string, unknown> {
    return {};
  }

  setEphemeralState(_state: unknown): void {
    // For subclasses.
  }

  getIcon(): string {
    return this.icon;
  }

  /** Source: typing: called when the size of the view has changed. */
  onResize(): void {
    // For subclasses.
  }

  onPaneMenu(_menu: Menu, _source: string): void {
    // For subclasses.
  }

  /** Puts the view into its leaf. */
  async open(parent: HTMLElement): Promise<void> {
    parent.append(this.containerEl);
    this.load();
    await this.onOpen();
  }

  /** Takes it out; what it had unsaved is saved before. */
  async close(): Promise<void> {
    await this.onClose();
    this.unload();
    this.containerEl.remove();
  }

  protected async onOpen(): Promise<void> {
    // For subclasses.
  }

  protected async onClose(): Promise<void> {
    // For subclasses.
  }
}

/** A view with a header and a place for its content. Source: typing `ItemView`; the classes as seen in the app's style sheet. */
export abstract class ItemView extends View {
  readonly contentEl: HTMLElement;
  protected readonly titleEl: HTMLElement;
  private readonly actionsEl: HTMLElement;

  constructor(leaf: WorkspaceLeaf) {
    super(leaf);
    const header = this.containerEl.createDiv("view-header");
    this.titleEl = header.createDiv("view-header-title");
    this.actionsEl = header.createDiv("view-actions");
    this.contentEl = this.containerEl.createDiv("view-content");
  }

  addAction(icon: string, title: string, callback: (event: MouseEvent) => unknown): HTMLElement {
    const button = this.actionsEl.createEl("button", {
      cls: "clickable-icon view-action",
      attr: { "aria-label": title },
    });
    setIcon(button, icon);
    button.addEventListener("click", callback);
    this.actionsEl.prepend(button);
    return button;
  }
}

/** A view that shows a file. Source: typing `FileView`. */
export abstract class FileView extends ItemView {
  allowNoFile = false;
  file: TFile | null = null;
  override navigation = true;

  override onload(): void {
    super.onload();
    this.registerEvent(
      this.app.vault.on("rename", (file: unknown) => {
        if (file === this.file && this.file !== null) void this.onRename(this.file);
      }),
    );
  }

  getDisplayText(): string {
    return this.file?.basename ?? "No file";
  }

  override getState(): Record<string, unknown> {
    return { file: this.file?.path };
  }

  override async setState(state: unknown, result: ViewStateResult): Promise<void> {
    await super.setState(state, result);
    const path = (state as { file?: unknown } | null)?.file;
    if (typeof path !== "string" || path === this.file?.path) return;
    const file = this.app.vault.getFileByPath(path);
    if (file !== null) await this.loadFile(file);
  }

  async onLoadFile(_file: TFile): Promise<void> {
    // For subclasses.
  }

  async onUnloadFile(_file: TFile): Promise<void> {
    // For subclasses.
  }

  async onRename(_file: TFile): Promise<void> {
    this.showTitle();
  }

  canAcceptExtension(_extension: string): boolean {
    return false;
  }

  protected override async onClose(): Promise<void> {
    const { file } = this;
    if (file !== null) await this.onUnloadFile(file);
    this.file = null;
  }

  private async loadFile(file: TFile): Promise<void> {
    if (this.file !== null) await this.onUnloadFile(this.file);
    this.file = file;
    await this.onLoadFile(file);
    this.showTitle();
  }

  private showTitle(): void {
    this.titleEl.textContent = this.getDisplayText();
    this.leaf.showTitle();
  }
}

/** Source: typing `EditableFileView`. */
export abstract class EditableFileView extends FileView {}
