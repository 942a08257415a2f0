import type { App, Plugin } from "obsidian";
import type { LiveEditors } from "../editor/live-editors";
import type { Overlays } from "../ui/overlays";
import type { FolderWatch } from "../vault/folder-watch";
import type { Moves } from "./moves";
import type { Requests } from "./requests";
import type { SettingsStore } from "./settings-store";

/** What the features are made of and share. */
export interface Parts {
  readonly app: App;
  readonly plugin: Plugin;
  readonly store: SettingsStore;
  readonly watch: FolderWatch;
  /** The editors that have the cards' extension. */
  readonly editors: LiveEditors;
  readonly overlays: Overlays;
  readonly moves: Moves;
  readonly requests: Requests;
}
