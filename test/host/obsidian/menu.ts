/** Menus: `div.menu > div.menu-scroll > div.menu-item[data-section]`, moved through by keys that the page does not see. */
import type { MenuPositionDef } from "obsidian";
import { Component } from "./component";
import { setIcon } from "./icons";
import { Scope, type Keymap } from "./keymap";

/** Where menus push their keys; the app gives it when it starts. */
export const menuKeys: { keymap: Keymap | null } = { keymap: null };

/** One line of a menu. */
export class MenuItem {
  readonly dom = createDiv({ cls: "menu-item tappable", attr: { role: "menuitem" } });
  readonly #icon: HTMLElement;
  readonly #title: HTMLElement;
  #callback: ((event: MouseEvent | KeyboardEvent) => unknown) | null = null;
  section = "";

  constructor(readonly menu: Menu) {
    this.#icon = this.dom.createDiv("menu-item-icon");
    this.#title = this.dom.createDiv("menu-item-title");
    this.dom.addEventListener("mouseenter", () => menu.select(this));
    this.dom.addEventListener("click", (event) => this.choose(event));
  }

  get canBeChosen(): boolean {
    return !this.dom.matches(".is-disabled, .is-label");
  }

  setTitle(title: string | DocumentFragment): this {
    this.#title.setText(title);
    return this;
  }

  setIcon(icon: string | null): this {
    if (icon === null) this.#icon.empty();
    else setIcon(this.#icon, icon);
    return this;
  }

  setChecked(checked: boolean | null): this {
    this.dom.toggleClass("mod-checked", checked === true);
    this.dom.setAttrs({ role: checked === null ? "menuitem" : "menuitemcheckbox", "aria-checked": checked });
    return this;
  }

  setDisabled(disabled: boolean): this {
    this.dom.toggleClass("is-disabled", disabled);
    this.dom.setAttr("aria-disabled", disabled ? true : null);
    return this;
  }

  setWarning(isWarning: boolean): this {
    this.dom.toggleClass("is-warning", isWarning);
    return this;
  }

  setIsLabel(isLabel: boolean): this {
    this.dom.toggleClass("is-label", isLabel);
    this.dom.setAttr("aria-disabled", isLabel ? true : null);
    return this;
  }

  onClick(callback: (event: MouseEvent | KeyboardEvent) => unknown): this {
    this.#callback = callback;
    return this;
  }

  setSection(section: string): this {
    this.section = section;
    return this;
  }

  /** Closes the menu, then does what the line is for. */
  choose(event: MouseEvent | KeyboardEvent): void {
    if (!this.canBeChosen) return;
    this.menu.hide();
    this.#callback?.(event);
  }
}

/** A menu. It closes at a choice, at Escape and at a click elsewhere. */
export class Menu extends Component {
  readonly dom = createDiv({ cls: "menu", attr: { role: "menu", "aria-label": "Menu" } });
  readonly #entries: (MenuItem | "separator")[] = [];
  readonly #scope = new Scope();
  #selected: MenuItem | null = null;
  #onHide: (() => unknown) | null = null;
  #parent: HTMLElement | null = null;

  constructor() {
    super();
    this.#scope.register([], "ArrowDown", () => this.#move(1));
    this.#scope.register([], "ArrowUp", () => this.#move(-1));
    this.#scope.register([], "Home", () => this.#move(1, -1));
    this.#scope.register([], "End", () => this.#move(-1, 0));
    this.#scope.register(null, "Enter", (event) => {
      this.#selected?.choose(event);
      return false;
    });
    this.#scope.register([], "Escape", () => {
      this.hide();
      return false;
    });
  }

  setNoIcon(): this {
    this.dom.addClass("mod-no-icon");
    return this;
  }

  setUseNativeMenu(): this {
    return this;
  }

  addItem(callback: (item: MenuItem) => unknown): this {
    const entry = new MenuItem(this);
    this.#entries.push(entry);
    callback(entry);
    return this;
  }

  addSeparator(): this {
    this.#entries.push("separator");
    return this;
  }

  setParentElement(el: HTMLElement): this {
    this.#parent = el;
    el.addClass("has-active-menu");
    return this;
  }

  showAtMouseEvent(event: MouseEvent): this {
    return this.showAtPosition({ x: event.clientX, y: event.clientY }, event.doc);
  }

  showAtPosition(position: MenuPositionDef, doc: Document = activeDocument): this {
    if (this.dom.isConnected) return this;
    this.#draw();
    doc.body.append(this.dom);
    const { width, height } = this.dom.getBoundingClientRect();
    const win = doc.win;
    const below = position.y + height <= win.innerHeight;
    this.dom.setCssStyles({
      left: `${Math.max(0, Math.min(position.left === true ? position.x - width : position.x, win.innerWidth - width))}px`,
      top: `${Math.max(0, below ? position.y : position.y - height)}px`,
    });
    menuKeys.keymap?.pushScope(this.#scope);
    this.load();
    this.registerDomEvent(
      doc,
      "mousedown",
      (event: MouseEvent) => {
        if (!this.dom.contains(event.target as Node)) this.hide();
      },
      true,
    );
    return this;
  }

  hide(): this {
    if (!this.dom.isConnected) return this;
    this.dom.remove();
    menuKeys.keymap?.popScope(this.#scope);
    this.#parent?.removeClass("has-active-menu");
    this.unload();
    this.#onHide?.();
    return this;
  }

  close(): void {
    this.hide();
  }

  onHide(callback: () => unknown): void {
    this.#onHide = callback;
  }

  /** Marks the line that Enter would choose. */
  select(entry: MenuItem): void {
    this.#selected?.dom.removeClass("selected");
    this.#selected = entry;
    entry.dom.addClass("selected");
  }

  /** Lines of one section stand together, in the order in which the sections came, parted by separators. */
  #draw(): void {
    const scroll = this.dom.createDiv({ cls: "menu-scroll", attr: { role: "presentation" } });
    const sections = new Map<string, (MenuItem | "separator")[]>();
    let current = "";
    for (const entry of this.#entries) {
      if (entry !== "separator") current = entry.section;
      sections.set(current, [...(sections.get(current) ?? []), entry]);
    }
    for (const [section, entries] of sections) {
      if (scroll.childElementCount > 0) drawSeparator(scroll);
      for (const entry of entries) {
        if (entry === "separator") {
          drawSeparator(scroll);
          continue;
        }
        entry.dom.setAttr("data-section", section);
        scroll.append(entry.dom);
      }
    }
  }

  #move(step: 1 | -1, from?: number): false {
    const all = this.#entries.filter((entry) => entry !== "separator").filter((entry) => entry.canBeChosen);
    const at = from ?? (this.#selected ? all.indexOf(this.#selected) : step > 0 ? -1 : 0);
    const next = all[(at + step + all.length) % Math.max(all.length, 1)];
    if (next) this.select(next);
    next?.dom.scrollIntoView({ block: "nearest" });
    return false;
  }

  /** The menu of an event, one for all who ask; it shows when they are done. */
  static forEvent(event: MouseEvent): Menu {
    const known = ofEvents.get(event);
    if (known) return known;
    const menu = new Menu();
    ofEvents.set(event, menu);
    event.preventDefault();
    window.setTimeout(() => menu.showAtMouseEvent(event), 0);
    return menu;
  }
}

const ofEvents = new WeakMap<MouseEvent, Menu>();

function drawSeparator(parent: HTMLElement): void {
  if (parent.lastElementChild?.hasClass("menu-separator") === false) {
    parent.createDiv({ cls: "menu-separator", attr: { role: "separator" } });
  }
}
