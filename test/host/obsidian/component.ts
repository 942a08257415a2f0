import type * as api from "obsidian";
import { detachEvent } from "./events";

/**
 * Something with a life: what is registered between `load` and `unload` ends with the unload, in reverse order; children load
 * after their parent's `onload` and unload before its `onunload`.
 */
export class Component implements api.Component {
  #loaded = false;
  #children: Component[] = [];
  #endings: (() => unknown)[] = [];
  #loading: unknown;

  /** Whether it is between `load` and `unload`. */
  get isLoaded(): boolean {
    return this.#loaded;
  }

  load(): void {
    if (this.#loaded) return;
    this.#loaded = true;
    // An `onload` may be asynchronous in a subclass; who needs its end waits for `loadFully`.
    const { onload }: { onload: () => unknown } = this;
    this.#loading = onload.call(this);
    for (const child of [...this.#children]) child.load();
  }

  /** Loads, and waits for an `onload` that is asynchronous. Rejects where that rejects. */
  async loadFully(): Promise<void> {
    this.load();
    await this.#loading;
  }

  onload(): void {
    // For subclasses.
  }

  unload(): void {
    if (!this.#loaded) return;
    this.#loaded = false;
    for (const child of this.#children.splice(0).reverse()) child.unload();
    for (const end of this.#endings.splice(0).reverse()) end();
    this.onunload();
  }

  onunload(): void {
    // For subclasses.
  }

  addChild<T extends api.Component>(component: T): T {
    const child = component as unknown as Component;
    this.#children.push(child);
    if (this.#loaded) child.load();
    return component;
  }

  removeChild<T extends api.Component>(component: T): T {
    const child = component as unknown as Component;
    this.#children = this.#children.filter((other) => other !== child);
    child.unload();
    return component;
  }

  register(callback: () => unknown): void {
    this.#endings.push(callback);
  }

  registerEvent(ref: api.EventRef): void {
    this.register(() => detachEvent(ref));
  }

  registerDomEvent(
    target: Window | Document | HTMLElement,
    type: string,
    // The typing promises the event of the name; a listener takes any.
    callback: (this: HTMLElement, event: never) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void {
    const listener = callback as unknown as EventListener;
    target.addEventListener(type, listener, options);
    this.register(() => target.removeEventListener(type, listener, options));
  }

  registerInterval(id: number): number {
    this.register(() => window.clearInterval(id));
    return id;
  }
}
