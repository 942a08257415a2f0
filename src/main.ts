import { Plugin } from "obsidian";
import { LiveEditors } from "./editor/live-editors";
import { CardLinks } from "./features/card-links";
import { registerLivePreview } from "./features/live-preview";
import { registerNavigation } from "./features/navigation";
import { registerOpenNotes } from "./features/open-notes";
import type { Parts } from "./features/parts";
import { registerReading } from "./features/reading";
import { SettingsStore } from "./features/settings-store";
import { registerStartBacklog } from "./features/start-backlog";
import { registerStatusBar } from "./features/status-bar";
import { Overlays } from "./ui/overlays";
import { SettingsTab } from "./ui/settings-tab";
import { FolderWatch } from "./vault/folder-watch";

/** The plugin: builds the parts and registers the features. Nothing is read before the app has its layout, but the settings. */
export default class BacklogCardsPlugin extends Plugin {
  private readonly store = new SettingsStore(this);

  override async onload(): Promise<void> {
    const { app, store } = this;
    const watch = new FolderWatch(app, () => store.settings);
    const overlays = new Overlays();
    const parts: Parts = { app, plugin: this, store, watch, editors: new LiveEditors(), overlays };
    const links = new CardLinks(parts);
    // Told before the features, which ask the watch.
    this.register(store.subscribe(() => watch.settingsChanged()));
    this.register(() => overlays.closeAll());
    registerLivePreview(parts, links);
    registerReading(parts, links);
    registerStatusBar(parts);
    registerNavigation(parts, links);
    registerOpenNotes(parts);
    registerStartBacklog(parts);
    this.addSettingTab(new SettingsTab(app, this, store));
    await store.load();
    this.addChild(watch);
  }

  override async onExternalSettingsChange(): Promise<void> {
    await this.store.load();
  }
}
