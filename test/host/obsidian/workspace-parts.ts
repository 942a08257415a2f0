import { Events } from "./events";

/** A part of the workspace's tree. Source: typing `WorkspaceItem`. */
export abstract class WorkspaceItem extends Events {
  abstract parent: WorkspaceParent | null;

  getRoot(): WorkspaceItem {
    return this.parent?.getRoot() ?? this;
  }

  /** The main window's root or the pop-out window that it stands in. */
  getContainer(): WorkspaceContainer {
    if (this instanceof WorkspaceContainer) return this;
    if (this.parent === null) throw new Error("This part of the workspace stands in no window");
    return this.parent.getContainer();
  }
}

/** Source: typing `WorkspaceParent`. */
export abstract class WorkspaceParent extends WorkspaceItem {
  readonly children: WorkspaceItem[] = [];
  readonly containerEl: HTMLElement;

  constructor(className: string) {
    super();
    this.containerEl = document.createElement("div");
    this.containerEl.className = className;
  }

  /** Adds a child; at the end where `at` is left out. */
  insertChild(child: WorkspaceItem & { containerEl: HTMLElement }, at = this.children.length): void {
    this.children.splice(at, 0, child);
    child.parent = this;
    this.containerEl.insertBefore(child.containerEl, this.containerEl.children[at] ?? null);
  }

  /** Takes a child out; a parent that is then empty leaves its own, a window closes. */
  removeChild(child: WorkspaceItem & { containerEl: HTMLElement }): void {
    this.children.splice(this.children.indexOf(child), 1);
    child.containerEl.remove();
    child.parent = null;
    if (this.children.length === 0) this.leaveEmpty();
  }

  protected leaveEmpty(): void {
    this.parent?.removeChild(this);
  }
}

/** Panes side by side. Source: typing `WorkspaceSplit`. Assumption of this host: every split is one row. */
export class WorkspaceSplit extends WorkspaceParent {
  parent: WorkspaceParent | null = null;
}

/** The top of a window. Source: typing `WorkspaceContainer`. */
export abstract class WorkspaceContainer extends WorkspaceSplit {
  abstract readonly win: Window;
  abstract readonly doc: Document;
}

/** The main window's panes. Source: typing `WorkspaceRoot`. */
export class WorkspaceRoot extends WorkspaceContainer {
  readonly win = window;
  readonly doc = document;

  constructor() {
    super("workspace-split mod-vertical mod-root");
  }

  protected override leaveEmpty(): void {
    // The main window stays, with nothing in it.
  }
}

/** A pane: leaves behind each other, one of them shown. Source: typing `WorkspaceTabs`. */
export class WorkspaceTabs extends WorkspaceParent {
  parent: WorkspaceParent | null = null;
  private readonly headerEl: HTMLElement;
  private readonly tabsEl: HTMLElement;
  private shown: TabLeaf | null = null;

  constructor() {
    super("workspace-tabs mod-active");
    this.headerEl = this.containerEl.createDiv("workspace-tab-header-container");
    this.tabsEl = this.containerEl.createDiv("workspace-tab-container");
  }

  get leaves(): readonly TabLeaf[] {
    return this.children as unknown as readonly TabLeaf[];
  }

  override insertChild(child: TabLeaf): void {
    this.children.push(child);
    child.parent = this;
    this.headerEl.append(child.tabHeaderEl);
    this.tabsEl.append(child.containerEl);
    this.show(this.shown ?? child);
  }

  override removeChild(child: TabLeaf): void {
    const at = this.children.indexOf(child);
    child.tabHeaderEl.remove();
    super.removeChild(child);
    if (this.shown !== child) return;
    this.shown = null;
    const next = this.leaves[Math.min(at, this.leaves.length - 1)];
    if (next !== undefined) this.show(next);
  }

  /** Whether a leaf is the one that is seen. */
  shows(leaf: TabLeaf): boolean {
    return this.shown === leaf;
  }

  show(leaf: TabLeaf): void {
    this.shown = leaf;
    for (const other of this.leaves) {
      other.containerEl.style.display = other === leaf ? "" : "none";
      other.tabHeaderEl.classList.toggle("is-active", other === leaf);
    }
  }
}

/** What a pane needs of its leaves. */
export interface TabLeaf extends WorkspaceItem {
  readonly containerEl: HTMLElement;
  readonly tabHeaderEl: HTMLElement;
}
