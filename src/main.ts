import { Plugin } from "obsidian";
import { LiveEditors } from "./editor/live-editors";
import { MovedTexts, movedTexts } from "./editor/moved-texts";
import { registerAppCalls } from "./features/app-calls";
import { registerArchival } from "./features/archival";
import { CardLinks } from "./features/card-links";
import { registerLivePreview } from "./features/live-preview";
import { Moves } from "./features/moves";
import { registerNavigation } from "./features/navigation";
import { registerNoteMenu } from "./features/note-menu";
import { registerOpenNotes } from "./features/open-notes";
import type { Parts } from "./features/parts";
import { registerPromotion } from "./features/promotion";
import { registerReading } from "./features/reading";
import { registerRecovery } from "./features/recovery";
import { Requests } from "./features/requests";
import { registerReturning } from "./features/returning";
import { SettingsStore } from "./features/settings-store";
import { registerStartBacklog } from "./features/start-backlog";
import { registerStatusBar } from "./features/status-bar";
import { registerTaskValues } from "./features/task-value-commands";
import { TaskValues } from "./features/task-values";
import { registerUndoing } from "./features/undoing";
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
    const editors = new LiveEditors();
    const texts = new MovedTexts();
    const moves = new Moves({ app, store, editors, texts });
    const parts: Parts = { app, plugin: this, store, watch, editors, overlays, moves, requests: new Requests() };
    const links = new CardLinks(parts);
    const values = new TaskValues(parts);
    // Told before the features, which ask the watch.
    this.register(store.subscribe(() => watch.settingsChanged()));
    this.register(() => overlays.closeAll());
    this.registerEditorExtension(movedTexts(texts));
    registerLivePreview(parts, links, values);
    registerReading(parts, links, values);
    registerStatusBar(parts);
    registerNavigation(parts, links);
    registerTaskValues(parts, values);
    registerOpenNotes(parts);
    registerPromotion(parts);
    registerArchival(parts);
    registerReturning(parts);
    registerUndoing(parts);
    registerNoteMenu(parts);
    const lookForInterrupted = registerRecovery(parts);
    registerStartBacklog(parts);
    registerAppCalls(parts);
    this.addSettingTab(new SettingsTab(app, this, store));
    await store.load();
    this.addChild(watch);
    lookForInterrupted();
  }

  override async onExternalSettingsChange(): Promise<void> {
    await this.store.load();
  }
}
