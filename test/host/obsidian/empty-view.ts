import type { WorkspaceLeaf } from "./leaf";
import { ItemView, View } from "./view";

/** What a new tab shows. Observation: its type in the app is "empty". */
export class EmptyView extends ItemView {
  getViewType(): string {
    return "empty";
  }

  getDisplayText(): string {
    return "New tab";
  }
}

/**
 * Stands for the view of a tab that has not been looked at since the start. Source: the documentation page "Defer views": it
 * answers with the type and the state of the view that it stands for, and is no instance of it.
 */
export class DeferredView extends View {
  constructor(
    leaf: WorkspaceLeaf,
    private readonly type: string,
    private readonly state: Record<string, unknown>,
  ) {
    super(leaf);
  }

  getViewType(): string {
    return this.type;
  }

  getDisplayText(): string {
    return typeof this.state["file"] === "string" ? this.state["file"].replace(/^.*\/|\.md$/g, "") : "";
  }

  override getState(): Record<string, unknown> {
    return this.state;
  }
}
