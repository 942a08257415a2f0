/** Tabs of the settings window, drawn from their definitions (1.13.0). */
import type * as api from "obsidian";
import type {
  SettingControl,
  SettingDefinition,
  SettingDefinitionGroup,
  SettingDefinitionItem,
  SettingDefinitionList,
  SettingDefinitionPage,
} from "obsidian";
import type { KeyApp } from "./keymap";
import { Setting, SettingGroup } from "./setting";
import { drawControl, type ControlValues } from "./setting-controls";

type Predicate = boolean | (() => boolean) | undefined;

/** What a tab needs of the app. */
export interface SettingApp extends KeyApp {
  readonly vault: { getAllLoadedFiles?(): readonly { readonly path: string; readonly children?: unknown }[] };
}

/** A plugin, as its tab knows it. */
export interface SettingPlugin {
  readonly manifest: { readonly id: string; readonly name: string };
  settings?: unknown;
  saveData(data: unknown): Promise<void>;
}

/** A page below a tab that draws itself. */
export abstract class SettingPage {
  readonly rootEl = createDiv("setting-page");
  readonly titlebarEl = this.rootEl.createDiv("setting-page-titlebar");
  readonly containerEl = this.rootEl.createDiv("setting-page-content");
  title = "";

  abstract display(): void;

  hide(): void {
    this.containerEl.empty();
  }
}

/** A tab. */
export abstract class SettingTab implements ControlValues {
  icon = "settings";
  name = "";
  id = "";
  readonly containerEl = createDiv("vertical-tab-content");
  settingItems: SettingDefinitionItem[] = [];
  #states: (() => void)[] = [];
  #endings: (() => void)[] = [];
  #path: string[] = [];
  #shown = false;

  constructor(readonly app: SettingApp) {}

  getSettingDefinitions(): SettingDefinitionItem[] {
    return [];
  }

  /** Asks for the definitions anew, and draws them anew where the tab is shown. */
  update(): void {
    this.settingItems = this.getSettingDefinitions();
    if (this.#shown) this.#draw();
  }

  /** A tab of the app itself reads and writes its configuration, which the host has none of. */
  abstract getControlValue(key: string): unknown;
  abstract setControlValue(key: string, value: unknown): void | Promise<void>;

  refreshDomState(): void {
    for (const state of this.#states) state();
  }

  display(): void {
    // For tabs that draw themselves.
  }

  hide(): void {
    this.containerEl.empty();
  }

  listPaths(control: SettingControl): readonly string[] {
    const folders = control.type === "folder";
    const all = this.app.vault.getAllLoadedFiles?.() ?? [];
    return all.filter((file) => (file.children !== undefined) === folders).map((file) => file.path);
  }

  /** What the window does when the tab is chosen. */
  show(): void {
    this.#shown = true;
    this.#path = [];
    this.settingItems = this.getSettingDefinitions();
    if (this.settingItems.length > 0) this.#draw();
    else this.display();
  }

  /** What the window does when it closes or another tab is chosen. */
  leave(): void {
    if (!this.#shown) return;
    this.#shown = false;
    this.#end();
    this.hide();
  }

  #end(): void {
    for (const end of this.#endings.splice(0)) end();
    this.#states = [];
  }

  #draw(): void {
    this.#end();
    this.containerEl.empty();
    let definitions = this.settingItems;
    for (const name of this.#path) {
      const page = definitions.flatMap(flatten).find((one) => isPage(one) && one.name === name);
      definitions = (page as SettingDefinitionPage | undefined)?.items ?? [];
      const bar = this.containerEl.createDiv("setting-page-titlebar");
      bar.createEl("button", { text: "Back" }).addEventListener("click", () => this.#open(this.#path.slice(0, -1)));
      bar.createSpan({ text: name });
    }
    let loose: SettingGroup | null = null;
    for (const definition of definitions) {
      if ("type" in definition && definition.type !== "page") {
        loose = null;
        this.#drawGroup(definition);
      } else {
        loose ??= new SettingGroup(this.containerEl);
        this.#drawRow(loose, definition, 0, null);
      }
    }
    this.refreshDomState();
  }

  #drawGroup(definition: SettingDefinitionGroup | SettingDefinitionList): void {
    const group = new SettingGroup(this.containerEl);
    if (definition.heading !== undefined) group.setHeading(definition.heading);
    if (definition.cls !== undefined) group.addClass(definition.cls);
    if (definition.type === "list") group.addClass("mod-list");
    for (const extra of definition.extraButtons ?? []) group.addExtraButton(extra);
    const list = definition.type === "list" ? (definition as SettingDefinitionList) : null;
    const adding = list?.addItem;
    if (adding) {
      group.addExtraButton((button) => {
        button.setIcon("plus").setTooltip(adding.name);
        button.onClick(() => adding.action(button.extraSettingsEl));
      });
    }
    this.#states.push(() => group.groupEl.toggle(holds(definition.visible, true)));
    const rows = (definition.items ?? []).map((row, at) => ({ row, el: this.#drawRow(group, row, at, list) }));
    if (list?.emptyState !== undefined && rows.length === 0) {
      group.listEl.createDiv("setting-item-empty-state").setText(list.emptyState);
    }
    const { search } = definition;
    if (!search) return;
    group.addSearch((field) => {
      field.setPlaceholder(search.placeholder ?? "").onChange((query) => {
        for (const { row, el } of rows) {
          if (!isPage(row)) el.toggleClass("is-filtered", holds(row.searchable, true) && !search.match(row, query));
        }
      });
    });
  }

  #drawRow(
    group: SettingGroup,
    definition: SettingDefinition | SettingDefinitionPage,
    at: number,
    list: SettingDefinitionList | null,
  ): HTMLElement {
    const setting = new Setting(group.listEl).setName(definition.name);
    const row = setting.settingEl;
    if (definition.desc !== undefined) {
      setting.setDesc(
        typeof definition.desc === "string" ? definition.desc : (definition.desc.cloneNode(true) as DocumentFragment),
      );
    }
    this.#states.push(() => row.toggle(holds(definition.visible, true)));
    if (isPage(definition)) this.#drawPage(setting, definition);
    else if (definition.control) {
      const { control } = definition;
      drawControl(setting, control, this);
      this.#states.push(() => {
        setting.setDisabled(holds(control.disabled, false));
      });
    } else if (definition.action) {
      const { action } = definition;
      this.#makeClickable(row, () => action(row, [...group.listEl.children].indexOf(row)));
      this.#states.push(() => row.toggleClass("is-disabled", holds(definition.disabled, false)));
    } else if (definition.render) {
      const end = definition.render(setting as unknown as api.Setting, group as unknown as api.SettingGroup);
      if (end) this.#endings.push(end);
    }
    if (list?.onDelete) {
      const remove = list.onDelete;
      setting.addExtraButton((button) =>
        button
          .setIcon("trash-2")
          .setTooltip("Delete")
          .onClick(() => {
            remove(at);
          }),
      );
    }
    return row;
  }

  #drawPage(setting: Setting, definition: SettingDefinitionPage): void {
    const { displayValue, status } = definition;
    setting.addDisplayValue((value) => {
      value.setValue((typeof displayValue === "function" ? displayValue() : displayValue) ?? null);
      value.setStatus((typeof status === "function" ? status() : status) ?? null);
    });
    this.#makeClickable(setting.settingEl, () => this.#open([...this.#path, definition.name]));
  }

  #makeClickable(row: HTMLElement, callback: () => void): void {
    row.addClass("mod-clickable");
    row.setAttrs({ role: "button", tabindex: 0 });
    row.addEventListener("click", () => !row.hasClass("is-disabled") && callback());
    row.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target === row && !row.hasClass("is-disabled")) callback();
    });
  }

  #open(path: string[]): void {
    this.#path = path;
    this.#draw();
  }
}

/** The tab of a plugin: its controls read and write `plugin.settings`. */
export abstract class PluginSettingTab extends SettingTab {
  constructor(
    app: SettingApp,
    readonly plugin: SettingPlugin,
  ) {
    super(app);
    this.id = plugin.manifest.id;
    this.name = plugin.manifest.name;
  }

  override getControlValue(key: string): unknown {
    return (this.plugin.settings as Record<string, unknown> | undefined)?.[key];
  }

  override async setControlValue(key: string, value: unknown): Promise<void> {
    const settings = (this.plugin.settings ?? {}) as Record<string, unknown>;
    settings[key] = value;
    this.plugin.settings = settings;
    await this.plugin.saveData(settings);
  }
}

function isPage(definition: SettingDefinitionItem): definition is SettingDefinitionPage {
  return "type" in definition && definition.type === "page";
}

function flatten(definition: SettingDefinitionItem): readonly SettingDefinitionItem[] {
  return "type" in definition && definition.type !== "page" ? (definition.items ?? []) : [definition];
}

function holds(predicate: Predicate, otherwise: boolean): boolean {
  return (typeof predicate === "function" ? predicate() : predicate) ?? otherwise;
}
