/**
 * The members that the app adds to nodes and windows, as the typings declare them (`declare global` in obsidian.d.ts), for
 * one window. A pop-out window is a realm of its own, so it gets its own.
 */
import { extendEvents } from "./dom-events";
import { extendLanguage } from "./language-extensions";

/** A window with its constructors, which differ from one window to the next. */
export type Realm = Window & typeof globalThis;

/**
 * Gives the prototypes and globals of a window what the app gives them. `main` is the window in which plugins run: its
 * `activeWindow` and `activeDocument` follow the focus. Safe to call twice.
 */
export function installDomExtensions(win: Realm, main: Realm = win): void {
  if ("createDiv" in win.Node.prototype) return;
  extendLanguage(win);
  extendNodes(win);
  extendElements(win);
  extendHtml(win);
  extendEvents(win);
  addGlobals(win);
  const activate = (): void => {
    main.activeWindow = win;
    main.activeDocument = win.document;
    win.activeWindow = win;
    win.activeDocument = win.document;
  };
  activate();
  win.addEventListener("focusin", activate, true);
  win.addEventListener("mousedown", activate, true);
}

/** Defines members that no loop over an object's keys meets. */
export function defineMembers<T extends object>(target: T, members: ThisType<T> & Record<string, unknown>): void {
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(members))) {
    Object.defineProperty(target, name, { ...descriptor, enumerable: false, configurable: true });
  }
}

function extendNodes(win: Realm): void {
  defineMembers(win.Node.prototype, {
    detach() {
      this.parentNode?.removeChild(this);
    },
    empty() {
      while (this.lastChild) this.removeChild(this.lastChild);
    },
    insertAfter<T extends Node>(node: T, child: Node | null): T {
      this.insertBefore(node, child ? child.nextSibling : this.firstChild);
      return node;
    },
    indexOf(other: Node): number {
      return Array.prototype.indexOf.call(this.childNodes, other);
    },
    setChildrenInPlace(children: Node[]) {
      for (const child of [...this.childNodes]) if (!children.includes(child)) child.detach();
      for (const child of children) this.appendChild(child);
    },
    appendText(text: string) {
      this.appendChild(this.doc.createTextNode(text));
    },
    instanceOf(type: { name: string; new (): unknown }): boolean {
      if (this instanceof type) return true;
      const own: unknown = Reflect.get(this.win, type.name);
      return typeof own === "function" && this instanceof own;
    },
    get doc(): Document {
      return this.ownerDocument ?? (this as unknown as Document);
    },
    get win(): Window {
      return this.doc.defaultView ?? win;
    },
    constructorWin: win,
    createEl(tag: string, options?: DomElementInfo | string, callback?: (element: HTMLElement) => void): HTMLElement {
      return buildElement(this.doc, tag, this, options, callback);
    },
    createDiv(options?: DomElementInfo | string, callback?: (element: HTMLElement) => void): HTMLElement {
      return buildElement(this.doc, "div", this, options, callback);
    },
    createSpan(options?: DomElementInfo | string, callback?: (element: HTMLElement) => void): HTMLElement {
      return buildElement(this.doc, "span", this, options, callback);
    },
    createSvg(tag: string, options?: SvgElementInfo | string, callback?: (element: SVGElement) => void): SVGElement {
      return buildSvg(this.doc, tag, this, options, callback);
    },
  });
  for (const prototype of [win.Element.prototype, win.DocumentFragment.prototype]) {
    defineMembers<ParentNode>(prototype, {
      find(selector: string) {
        return this.querySelector(selector);
      },
      findAll(selector: string) {
        return [...this.querySelectorAll(selector)];
      },
    });
  }
}

function extendElements(win: Realm): void {
  defineMembers(win.Element.prototype, {
    getText(): string {
      return this.textContent;
    },
    setText(text: string | DocumentFragment) {
      if (typeof text === "string") this.textContent = text;
      else this.replaceChildren(text);
    },
    addClass(...classes: string[]) {
      this.classList.add(...classes);
    },
    addClasses(classes: string[]) {
      this.classList.add(...classes);
    },
    removeClass(...classes: string[]) {
      this.classList.remove(...classes);
    },
    removeClasses(classes: string[]) {
      this.classList.remove(...classes);
    },
    toggleClass(classes: string | string[], value: boolean) {
      for (const name of typeof classes === "string" ? [classes] : classes) this.classList.toggle(name, value);
    },
    hasClass(name: string): boolean {
      return this.classList.contains(name);
    },
    setAttr(name: string, value: string | number | boolean | null) {
      if (value === null) this.removeAttribute(name);
      else this.setAttribute(name, String(value));
    },
    setAttrs(values: Record<string, string | number | boolean | null>) {
      for (const [name, value] of Object.entries(values)) this.setAttr(name, value);
    },
    getAttr(name: string): string | null {
      return this.getAttribute(name);
    },
    matchParent(selector: string, last?: Element): Element | null {
      if (this.matches(selector)) return this;
      return this === last ? null : (this.parentElement?.matchParent(selector, last) ?? null);
    },
    getCssPropertyValue(property: string, pseudo?: string): string {
      return this.win.getComputedStyle(this, pseudo).getPropertyValue(property).trim();
    },
    isActiveElement(): boolean {
      return this.doc.activeElement === this;
    },
    findAllSelf(selector: string): Element[] {
      return [...(this.matches(selector) ? [this] : []), ...this.querySelectorAll(selector)];
    },
  });
}

function extendHtml(win: Realm): void {
  for (const prototype of [win.HTMLElement.prototype, win.SVGElement.prototype]) {
    defineMembers<HTMLElement | SVGElement>(prototype, {
      setCssStyles(styles: Partial<CSSStyleDeclaration>) {
        Object.assign(this.style, styles);
      },
      setCssProps(props: Record<string, string>) {
        for (const [name, value] of Object.entries(props)) this.style.setProperty(name, value);
      },
    });
  }
  defineMembers(win.HTMLElement.prototype, {
    show() {
      this.style.display = "";
    },
    hide() {
      this.style.display = "none";
    },
    toggle(shown: boolean) {
      if (shown) this.show();
      else this.hide();
    },
    toggleVisibility(visible: boolean) {
      this.style.visibility = visible ? "" : "hidden";
    },
    isShown(): boolean {
      return this.offsetParent !== null;
    },
    get innerWidth(): number {
      const style = this.win.getComputedStyle(this);
      return this.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    },
    get innerHeight(): number {
      const style = this.win.getComputedStyle(this);
      return this.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    },
  });
}

function addGlobals(win: Realm): void {
  const { document } = win;
  defineMembers(win, {
    createEl: (tag: string, options?: DomElementInfo | string, callback?: (element: HTMLElement) => void) =>
      buildElement(document, tag, null, options, callback),
    createDiv: (options?: DomElementInfo | string, callback?: (element: HTMLElement) => void) =>
      buildElement(document, "div", null, options, callback),
    createSpan: (options?: DomElementInfo | string, callback?: (element: HTMLElement) => void) =>
      buildElement(document, "span", null, options, callback),
    createSvg: (tag: string, options?: SvgElementInfo | string, callback?: (element: SVGElement) => void) =>
      buildSvg(document, tag, null, options, callback),
    createFragment(callback?: (fragment: DocumentFragment) => void): DocumentFragment {
      const fragment = document.createDocumentFragment();
      callback?.(fragment);
      return fragment;
    },
    fish: (selector: string) => document.querySelector(selector),
    fishAll: (selector: string) => [...document.querySelectorAll(selector)],
    isBoolean: (value: unknown) => typeof value === "boolean",
    sleep: (milliseconds: number) => new Promise((resolve) => win.setTimeout(resolve, milliseconds)),
    nextFrame: () => new Promise((resolve) => win.requestAnimationFrame(resolve)),
    ready(callback: () => unknown) {
      if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", callback, { once: true });
      else callback();
    },
  });
}

function buildElement(
  doc: Document,
  tag: string,
  parent: Node | null,
  options: DomElementInfo | string | undefined,
  callback: ((element: HTMLElement) => void) | undefined,
): HTMLElement {
  const element = doc.createElement(tag);
  const wanted = typeof options === "string" ? { cls: options } : (options ?? {});
  if (wanted.cls !== undefined) element.className = listClasses(wanted.cls).join(" ");
  if (wanted.text !== undefined) element.setText(wanted.text);
  for (const [name, value] of Object.entries(wanted.attr ?? {})) element.setAttr(name, value);
  for (const name of ["title", "value", "type", "placeholder", "href"] as const) {
    const value = wanted[name];
    if (value !== undefined) Reflect.set(element, name, value);
  }
  place(element, parent ?? wanted.parent ?? null, wanted.prepend === true);
  callback?.(element);
  return element;
}

function buildSvg(
  doc: Document,
  tag: string,
  parent: Node | null,
  options: SvgElementInfo | string | undefined,
  callback: ((element: SVGElement) => void) | undefined,
): SVGElement {
  const element: SVGElement = doc.createElementNS("http://www.w3.org/2000/svg", tag as "svg");
  const wanted: SvgElementInfo = typeof options === "string" ? { cls: options } : (options ?? {});
  if (wanted.cls !== undefined) element.classList.add(...listClasses(wanted.cls));
  for (const [name, value] of Object.entries(wanted.attr ?? {})) element.setAttr(name, value);
  place(element, parent ?? wanted.parent ?? null, wanted.prepend === true);
  callback?.(element);
  return element;
}

function place(element: Node, parent: Node | null, first: boolean): void {
  if (parent && first) parent.insertBefore(element, parent.firstChild);
  else parent?.appendChild(element);
}

function listClasses(classes: string | readonly string[]): readonly string[] {
  return (typeof classes === "string" ? classes.split(" ") : classes).filter((name) => name !== "");
}
