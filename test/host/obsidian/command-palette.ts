/** The commands of the app and its plugins, and the palette that finds them. */
import type { Command, Editor, FuzzyMatch, MarkdownView } from "obsidian";
import type { KeyApp } from "./keymap";
import { renderMatches } from "./search";
import { FuzzySuggestModal } from "./suggest";

/** Where commands that need an editor find it. */
export interface CommandApp extends KeyApp {
  readonly workspace: { readonly activeEditor: { readonly editor?: Editor | undefined } | null };
}

/** What the app keeps as `app.commands`. */
export class Commands {
  readonly commands: Record<string, Command> = {};

  constructor(readonly app: CommandApp) {}

  addCommand(command: Command): void {
    this.commands[command.id] = command;
  }

  removeCommand(id: string): void {
    Reflect.deleteProperty(this.commands, id);
  }

  /** The commands that can be run now. */
  listCommands(): Command[] {
    return Object.values(this.commands).filter((command) => this.#run(command, true));
  }

  /** Runs a command; false where there is none of this id or it cannot be run now. */
  executeCommandById(id: string): boolean {
    const command = this.commands[id];
    return command !== undefined && this.#run(command, true) && this.#run(command, false);
  }

  #run(command: Command, checking: boolean): boolean {
    const view = this.app.workspace.activeEditor as MarkdownView | null;
    if (command.editorCheckCallback) {
      return Boolean(view?.editor && command.editorCheckCallback(checking, view.editor, view));
    }
    if (command.checkCallback) return Boolean(command.checkCallback(checking));
    if (command.editorCallback) {
      if (!view) return false;
      if (!checking) command.editorCallback(view.editor, view);
      return true;
    }
    if (!command.callback) return false;
    if (!checking) command.callback();
    return true;
  }
}

/** The palette, at Mod+P. */
export class CommandPalette extends FuzzySuggestModal<Command> {
  constructor(readonly registry: Commands) {
    super(registry.app);
    this.setPlaceholder("Select a command…");
    this.emptyStateText = "No commands found.";
  }

  getItems(): Command[] {
    return this.registry.listCommands().sort((one, other) => one.name.localeCompare(other.name));
  }

  getItemText(command: Command): string {
    return command.name;
  }

  override renderSuggestion(value: FuzzyMatch<Command>, el: HTMLElement): void {
    el.addClass("mod-complex");
    renderMatches(
      el.createDiv("suggestion-content").createDiv("suggestion-title"),
      value.item.name,
      value.match.matches,
    );
  }

  onChooseItem(command: Command): void {
    this.registry.executeCommandById(command.id);
  }
}

/** Opens the palette at Mod+P. */
export function registerCommandPalette(registry: Commands): void {
  registry.app.scope.register(["Mod"], "p", () => {
    new CommandPalette(registry).open();
    return false;
  });
}
