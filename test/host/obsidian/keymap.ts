/** Scopes and the stack of them that receives every key of a window before the page does. */
import type { KeymapContext, KeymapEventListener, Modifier, PaneType, UserEvent } from "obsidian";

interface Handler {
  readonly scope: Scope;
  readonly modifiers: string | null;
  readonly key: string | null;
  readonly func: KeymapEventListener;
}

/** What the parts of the user interface need of the app. */
export interface KeyApp {
  readonly keymap: Keymap;
  readonly scope: Scope;
}

const IS_MAC = navigator.platform.startsWith("Mac");

/** Key handlers that hold together: those of a modal, of a menu, of the app. */
export class Scope {
  readonly #handlers: Handler[] = [];
  readonly #parent: Scope | undefined;

  constructor(parent?: Scope) {
    this.#parent = parent;
  }

  /** Adds a handler; `modifiers` null takes the key with any, `key` null takes every key. */
  register(modifiers: Modifier[] | null, key: string | null, func: KeymapEventListener): Handler {
    const handler = { scope: this, modifiers: modifiers && compile(modifiers), key, func };
    this.#handlers.push(handler);
    return handler;
  }

  /** Removes a handler. */
  unregister(handler: Handler): void {
    const at = this.#handlers.indexOf(handler);
    if (at >= 0) this.#handlers.splice(at, 1);
  }

  /** Lets the handlers see a key, the latest first, then those of the parent; false where one of them took it. */
  handleKey(event: KeyboardEvent, context: KeymapContext): unknown {
    for (const handler of [...this.#handlers].reverse()) {
      const same = handler.key === null || handler.key.toLowerCase() === context.key?.toLowerCase();
      if (!same || (handler.modifiers !== null && handler.modifiers !== context.modifiers)) continue;
      const result: unknown = handler.func(event, context);
      if (result === false) event.preventDefault();
      if (result !== undefined) return result;
    }
    return this.#parent?.handleKey(event, context);
  }
}

/** The stack of scopes. Only the topmost receives keys. */
export class Keymap {
  readonly #scopes: Scope[] = [];

  /** Makes a scope the one that receives keys. */
  pushScope(scope: Scope): void {
    this.#scopes.push(scope);
  }

  /** Takes a scope out of the stack, wherever in it it is. */
  popScope(scope: Scope): void {
    const at = this.#scopes.lastIndexOf(scope);
    if (at >= 0) this.#scopes.splice(at, 1);
  }

  /** Listens to the keys of a window before its elements do. */
  listenTo(win: Window): void {
    win.addEventListener("keydown", (event) => this.#receive(event), true);
  }

  #receive(event: KeyboardEvent): void {
    if (event.isComposing) return;
    const context = { modifiers: readModifiers(event), key: event.key, vkey: event.key };
    if (this.#scopes.at(-1)?.handleKey(event, context) === false) event.stopPropagation();
  }

  /** Whether a modifier is held: `Mod` is Cmd on macOS and Ctrl elsewhere. */
  static isModifier(event: MouseEvent | TouchEvent | KeyboardEvent, modifier: Modifier): boolean {
    if (modifier === "Shift") return event.shiftKey;
    if (modifier === "Alt") return event.altKey;
    return modifier === "Meta" || (modifier === "Mod" && IS_MAC) ? event.metaKey : event.ctrlKey;
  }

  /** Where a click opens a note: `tab` with Mod or the middle button, with Alt too `split`, with Shift too `window`. */
  static isModEvent(event?: UserEvent | null): PaneType | boolean {
    if (!event) return false;
    const middle = "button" in event && event.button === 1;
    if (!middle && !Keymap.isModifier(event, "Mod")) return false;
    if (!event.altKey) return "tab";
    return event.shiftKey ? "window" : "split";
  }
}

/** Modifiers as one word each, `Mod` resolved, in one order. */
function compile(modifiers: readonly Modifier[]): string {
  const resolved = modifiers.map((modifier) => (modifier === "Mod" ? (IS_MAC ? "Meta" : "Ctrl") : modifier));
  return [...new Set(resolved)].sort().join(",");
}

function readModifiers(event: KeyboardEvent): string {
  const held = [event.altKey && "Alt", event.ctrlKey && "Ctrl", event.metaKey && "Meta", event.shiftKey && "Shift"];
  return held.filter((name) => name !== false).join(",");
}
