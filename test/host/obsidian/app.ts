import type * as api from "obsidian";
import type { Commands } from "./command-palette";
import type { DataAdapter } from "./data-adapter";
import type { Realm } from "./dom-extensions";
import { FileManager } from "./file-manager";
import { Keymap, Scope } from "./keymap";
import { MetadataCache } from "./metadata-cache";
import type { SettingWindow } from "./setting-window";
import { joinWindow, startUserInterface } from "./user-interface";
import { Vault } from "./vault";
import { Workspace } from "./workspace";

/** What answers a command of the app's command line. */
export interface CliCommand {
  readonly description: string;
  readonly flags: api.CliFlags | null;
  readonly handler: api.CliHandler;
}

/** The app: what a plugin is given. Sources: typing `App`; `commands` and `setting` are what plugins use undocumented. */
export class App {
  readonly keymap = new Keymap();
  readonly scope = new Scope();
  readonly vault: Vault;
  readonly metadataCache: MetadataCache;
  readonly fileManager: FileManager;
  readonly workspace: Workspace;
  readonly commands: Commands;
  readonly setting: SettingWindow;
  /** The commands of the command line, by name. */
  readonly cli = new Map<string, CliCommand>();
  lastEvent: api.UserEvent | null = null;

  constructor(adapter: DataAdapter, container: HTMLElement) {
    joinWindow(this, window);
    this.vault = new Vault(adapter);
    this.metadataCache = new MetadataCache(this.vault);
    this.fileManager = new FileManager(this.vault, this.metadataCache);
    this.workspace = new Workspace(this, container);
    ({ commands: this.commands, setting: this.setting } = startUserInterface(this));
    this.workspace.on("window-open", (_container: unknown, win: Realm) => joinWindow(this, win));
    for (const type of ["mousedown", "keydown", "touchstart"] as const) {
      window.addEventListener(type, (event) => (this.lastEvent = event), true);
    }
  }

  isDarkMode(): boolean {
    return document.body.classList.contains("theme-dark");
  }

  loadLocalStorage(key: string): unknown {
    return JSON.parse(localStorage.getItem(this.#nameStored(key)) ?? "null");
  }

  saveLocalStorage(key: string, value: unknown): void {
    if (value === null || value === undefined) localStorage.removeItem(this.#nameStored(key));
    else localStorage.setItem(this.#nameStored(key), JSON.stringify(value));
  }

  #nameStored(key: string): string {
    return `${this.vault.getName()}-${key}`;
  }
}
