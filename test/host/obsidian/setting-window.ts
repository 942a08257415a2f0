/** The window of all settings: tabs at the side, a search over what they define, one tab shown. */
import type { SettingDefinitionItem } from "obsidian";
import type { KeyApp } from "./keymap";
import { Modal } from "./modal";
import type { SettingTab } from "./setting-tab";

/** What the app keeps as `app.setting`. */
export class SettingWindow extends Modal {
  readonly tabs: SettingTab[] = [];
  activeTab: SettingTab | null = null;
  readonly #header: HTMLElement;
  readonly #shown: HTMLElement;
  readonly #list: HTMLElement;

  constructor(app: KeyApp) {
    super(app);
    this.modalEl.addClass("mod-settings", "mod-sidebar-layout");
    this.setTitle("Settings");
    this.#header = this.contentEl.createDiv("vertical-tab-header");
    const search = this.#header.createEl("input", { type: "search", attr: { "aria-label": "Search settings" } });
    this.#list = this.#header.createDiv({
      cls: "vertical-tab-header-group",
      attr: { role: "group", "aria-label": "Tabs" },
    });
    this.#shown = this.contentEl.createDiv({ cls: "vertical-tab-content-container", attr: { tabindex: 0 } });
    search.addEventListener("input", () => this.#drawTabs(search.value));
  }

  /** Adds a tab; its definitions are asked for once, for the search. */
  addSettingTab(tab: SettingTab): void {
    this.tabs.push(tab);
    tab.update();
    this.#drawTabs("");
  }

  removeSettingTab(tab: SettingTab): void {
    const at = this.tabs.indexOf(tab);
    if (at >= 0) this.tabs.splice(at, 1);
    if (this.activeTab === tab) this.#leave();
    this.#drawTabs("");
  }

  /** Shows the tab of a plugin, by its id; null where there is none. */
  openTabById(id: string): SettingTab | null {
    const tab = this.tabs.find((one) => one.id === id) ?? null;
    if (!tab) return null;
    this.#leave();
    this.activeTab = tab;
    this.#shown.append(tab.containerEl);
    tab.show();
    this.#drawTabs("");
    return tab;
  }

  override onOpen(): void {
    const first = this.activeTab ?? this.tabs[0];
    if (first) this.openTabById(first.id);
  }

  override onClose(): void {
    this.activeTab?.leave();
  }

  #leave(): void {
    this.activeTab?.leave();
    this.activeTab?.containerEl.detach();
    this.activeTab = null;
  }

  #drawTabs(query: string): void {
    this.#list.empty();
    const found = this.tabs.filter(
      (tab) => query === "" || listTerms(tab.settingItems).some((term) => contains(term, query)),
    );
    for (const tab of found) {
      const button = this.#list.createEl("button", { cls: "vertical-tab-nav-item", text: tab.name });
      button.toggleClass("is-active", tab === this.activeTab);
      button.setAttr("aria-current", tab === this.activeTab ? true : null);
      button.addEventListener("click", () => this.openTabById(tab.id));
    }
  }
}

/** What settings can be found by: names, descriptions and other terms. */
function listTerms(definitions: readonly SettingDefinitionItem[]): readonly string[] {
  return definitions.flatMap((definition) => {
    if ("type" in definition) {
      const own = definition.type === "page" ? [definition.name] : [definition.heading ?? ""];
      return [...own, ...listTerms(definition.items ?? [])];
    }
    const searchable = typeof definition.searchable === "function" ? definition.searchable() : definition.searchable;
    const visible = typeof definition.visible === "function" ? definition.visible() : definition.visible;
    if (searchable === false || visible === false) return [];
    const desc = typeof definition.desc === "string" ? definition.desc : (definition.desc?.textContent ?? "");
    return [definition.name, desc, ...(definition.aliases ?? [])];
  });
}

function contains(term: string, query: string): boolean {
  return term.toLowerCase().includes(query.toLowerCase());
}
