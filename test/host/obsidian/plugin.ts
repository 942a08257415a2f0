import type { Extension } from "@codemirror/state";
import type * as api from "obsidian";
import type { App } from "./app";
import { Component } from "./component";
import { MarkdownPreviewRenderer, type PostProcessor } from "./post-processors";
import type { SettingTab } from "./setting-tab";
import { addStatusBarItem } from "./status-bar";

/** Source: typing `Plugin`. All that is added or registered goes with the unload. */
export abstract class Plugin
  extends Component
  implements
    Pick<
      api.Plugin,
      | "addCommand"
      | "removeCommand"
      | "addStatusBarItem"
      | "registerMarkdownPostProcessor"
      | "registerEditorExtension"
      | "registerCliHandler"
      | "loadData"
      | "saveData"
      | "onUserEnable"
    >
{
  settings?: unknown;
  /** Called when another program has written `data.json`. */
  onExternalSettingsChange?(): unknown;
  /** What this page wrote into `data.json` last. */
  #saved: string | null = null;

  constructor(
    readonly app: App,
    readonly manifest: api.PluginManifest,
  ) {
    super();
    this.register(
      this.app.vault.adapter.onChange((event) => {
        if (event.path === this.#place && !event.own) void this.#followFile();
      }),
    );
  }

  override onload(): Promise<void> | void {
    // For subclasses.
  }

  onUserEnable(): void {
    // For subclasses.
  }

  /** The command gets the plugin's id before its own, and the plugin's name before its name. */
  addCommand(command: api.Command): api.Command {
    const { id, name } = this.manifest;
    Object.assign(command, { id: `${id}:${command.id}`, name: `${name}: ${command.name}` });
    this.app.commands.addCommand(command);
    this.register(() => this.app.commands.removeCommand(command.id));
    return command;
  }

  removeCommand(commandId: string): void {
    this.app.commands.removeCommand(`${this.manifest.id}:${commandId}`);
  }

  addStatusBarItem(): HTMLElement {
    const element = addStatusBarItem(this.manifest.id);
    this.register(() => element.remove());
    return element;
  }

  addSettingTab(tab: SettingTab): void {
    this.app.setting.addSettingTab(tab);
    this.register(() => this.app.setting.removeSettingTab(tab));
  }

  registerMarkdownPostProcessor(processor: api.MarkdownPostProcessor, sortOrder?: number): api.MarkdownPostProcessor {
    MarkdownPreviewRenderer.registerPostProcessor(processor as PostProcessor, sortOrder);
    this.register(() => MarkdownPreviewRenderer.unregisterPostProcessor(processor as PostProcessor));
    return processor;
  }

  /** An array may be changed later; `Workspace.updateOptions` then makes it count. */
  registerEditorExtension(extension: Extension): void {
    this.app.workspace.registerEditorExtension(extension);
    this.register(() => this.app.workspace.unregisterEditorExtension(extension));
  }

  registerCliHandler(command: string, description: string, flags: api.CliFlags | null, handler: api.CliHandler): void {
    if (this.app.cli.has(command)) throw new Error(`The command "${command}" is registered already.`);
    this.app.cli.set(command, { description, flags, handler });
    this.register(() => this.app.cli.delete(command));
  }

  /** What `data.json` holds; null where there is none. Rejects where it is not JSON. */
  async loadData(): Promise<unknown> {
    const { adapter } = this.app.vault;
    if (!(await adapter.exists(this.#place))) return null;
    return JSON.parse(await adapter.read(this.#place)) as unknown;
  }

  async saveData(data: unknown): Promise<void> {
    const { adapter } = this.app.vault;
    this.#saved = JSON.stringify(data, null, 2);
    await adapter.mkdir(this.#place.slice(0, this.#place.lastIndexOf("/")));
    await adapter.write(this.#place, this.#saved);
  }

  async #followFile(): Promise<void> {
    const text = await this.app.vault.adapter.read(this.#place).catch(() => null);
    if (text === null || text === this.#saved || !this.isLoaded) return;
    this.#saved = text;
    this.onExternalSettingsChange?.();
  }

  get #place(): string {
    return `${this.manifest.dir ?? `.obsidian/plugins/${this.manifest.id}`}/data.json`;
  }
}
