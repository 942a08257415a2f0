import type { App } from "obsidian";
import { ChooseList } from "./choose-list";
import { nameFolder } from "./names";

/** What the list of folders is for. */
export interface FolderChoice {
  /** In the empty field. */
  readonly placeholder: string;
  /** Behind the Enter key, in the line below the list. */
  readonly purpose: string;
  /** Paths in the vault; "" for the vault itself. */
  readonly folders: readonly string[];
  choose(folder: string): void;
}

/** A list of folders that is searched while one types. */
export class ChooseFolder extends ChooseList<string> {
  constructor(
    app: App,
    private readonly choice: FolderChoice,
  ) {
    super(app);
    this.setPlaceholder(choice.placeholder);
    this.emptyStateText = "No folder of this name.";
    this.setInstructions([
      { command: "↑↓", purpose: "to move" },
      { command: "↵", purpose: choice.purpose },
      { command: "esc", purpose: "to leave" },
    ]);
  }

  override getItems(): string[] {
    return [...this.choice.folders];
  }

  override getItemText(folder: string): string {
    return nameFolder(folder);
  }

  override onChooseItem(folder: string): void {
    this.choice.choose(folder);
  }
}
