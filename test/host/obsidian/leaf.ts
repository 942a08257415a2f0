import type { App } from "./app";
import { DeferredView, EmptyView } from "./empty-view";
import type { TFile } from "./file";
import { MarkdownView } from "./markdown-view";
import type { View } from "./view";
import { WorkspaceItem, type WorkspaceParent, WorkspaceTabs } from "./workspace-parts";

/** Source: typing `ViewState`. */
export interface ViewState {
  type: string;
  state?: Record<string, unknown>;
  active?: boolean;
  pinned?: boolean;
}

/** Source: typing `OpenViewState`. */
export interface OpenViewState {
  state?: Record<string, unknown>;
  eState?: Record<string, unknown>;
  active?: boolean;
}

/** A tab: it holds one view at a time. Source: typing `WorkspaceLeaf`. */
export class WorkspaceLeaf extends WorkspaceItem {
  parent: WorkspaceParent | null = null;
  view: View;
  hoverPopover: unknown = null;
  readonly id = crypto.randomUUID();
  readonly containerEl = document.createElement("div");
  readonly tabHeaderEl = document.createElement("div");
  pinned = false;
  private readonly resizes: ResizeObserver;

  constructor(readonly app: App) {
    super();
    this.containerEl.className = "workspace-leaf";
    this.tabHeaderEl.className = "workspace-tab-header";
    this.tabHeaderEl.addEventListener("click", () => void app.workspace.revealLeaf(this).then(() => this.activate()));
    this.containerEl.addEventListener("focusin", () => this.activate());
    this.containerEl.addEventListener("mousedown", () => this.activate());
    this.view = new EmptyView(this);
    void this.view.open(this.containerEl);
    // Observation: the app resizes a view when its pane changes its size, not when its content does.
    this.resizes = new ResizeObserver(() => this.onResize());
    this.resizes.observe(this.containerEl);
  }

  /** Opens a file and, unless `active` is false, makes this the active leaf. Source: typing; the default is an observation. */
  async openFile(file: TFile, openState: OpenViewState = {}): Promise<void> {
    const { state, eState, active = true } = openState;
    await this.setViewState({ type: "markdown", state: { ...state, file: file.path }, active }, eState);
  }

  async open(view: View): Promise<View> {
    await this.view.close();
    this.view = view;
    await view.open(this.containerEl);
    this.showTitle();
    return view;
  }

  getViewState(): ViewState {
    return { type: this.view.getViewType(), state: this.view.getState(), pinned: this.pinned };
  }

  /** Gives it a view of a type and a state; a view of that type that is there already is kept. Only notes and nothing here. */
  async setViewState(viewState: ViewState, eState?: unknown): Promise<void> {
    if (viewState.type === "markdown") {
      if (!(this.view instanceof MarkdownView)) await this.open(new MarkdownView(this));
    } else if (!(this.view instanceof EmptyView)) {
      await this.open(new EmptyView(this));
    }
    await this.view.setState(viewState.state ?? {}, { history: false });
    this.showTitle();
    if (viewState.active === true) this.app.workspace.setActiveLeaf(this, { focus: true });
    if (eState !== undefined && eState !== null) this.setEphemeralState(eState);
    this.app.workspace.followLeaf(this);
  }

  /** Makes it wait for its view, as the tabs in the background do after a start. */
  defer(viewState: Required<Pick<ViewState, "type" | "state">>): void {
    void this.view.close();
    this.view = new DeferredView(this, viewState.type, viewState.state);
    void this.view.open(this.containerEl);
    this.showTitle();
  }

  get isDeferred(): boolean {
    return this.view instanceof DeferredView;
  }

  async loadIfDeferred(): Promise<void> {
    if (this.isDeferred) await this.setViewState({ type: this.view.getViewType(), state: this.view.getState() });
  }

  getEphemeralState(): Record<string, unknown> {
    return this.view.getEphemeralState();
  }

  setEphemeralState(state: unknown): void {
    this.view.setEphemeralState(state);
  }

  togglePinned(): void {
    this.setPinned(!this.pinned);
  }

  setPinned(pinned: boolean): void {
    this.pinned = pinned;
    this.trigger("pinned-change", pinned);
  }

  /** Closes it; what is unsaved in it is saved. */
  detach(): void {
    const { parent } = this;
    if (parent === null) return;
    this.resizes.disconnect();
    const closed = this.view.close();
    parent.removeChild(this);
    this.app.workspace.forgetLeaf(this, closed);
  }

  getIcon(): string {
    return this.view.getIcon();
  }

  getDisplayText(): string {
    return this.view.getDisplayText();
  }

  onResize(): void {
    if (this.isShown()) this.view.onResize();
  }

  /** Whether it is the tab that is seen in its pane. */
  isShown(): boolean {
    return this.parent instanceof WorkspaceTabs && this.parent.shows(this);
  }

  /** Writes the name of what it shows on its tab. */
  showTitle(): void {
    this.tabHeaderEl.textContent = this.getDisplayText();
  }

  private activate(): void {
    this.app.workspace.setActiveLeaf(this);
  }
}
