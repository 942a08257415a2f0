/** The members of elements, documents and events that deal with events, as the app adds them. */
import { defineMembers, type Realm } from "./dom-extensions";

interface Delegated {
  readonly type: string;
  readonly selector: string;
  readonly listener: DelegatedListener;
  readonly callback: (event: Event) => void;
}
type DelegatedListener = (this: HTMLElement, event: Event, target: HTMLElement) => unknown;

/** Adds them to a window's prototypes. */
export function extendEvents(win: Realm): void {
  const delegated = new WeakMap<EventTarget, Delegated[]>();
  for (const prototype of [win.HTMLElement.prototype, win.Document.prototype]) {
    defineMembers<HTMLElement | Document>(prototype, {
      on(type: string, selector: string, listener: DelegatedListener, options?: boolean | AddEventListenerOptions) {
        const callback = (event: Event): void => {
          const target = (event.target as Node | null)?.instanceOf(Element) ? (event.target as Element) : null;
          const found = target?.closest<HTMLElement>(selector);
          if (found && this.contains(found)) listener.call(found, event, found);
        };
        delegated.set(this, [...(delegated.get(this) ?? []), { type, selector, listener, callback }]);
        this.addEventListener(type, callback, options);
      },
      off(type: string, selector: string, listener: DelegatedListener, options?: boolean | AddEventListenerOptions) {
        const all = delegated.get(this) ?? [];
        const gone = all.filter((one) => one.type === type && one.selector === selector && one.listener === listener);
        for (const { callback } of gone) this.removeEventListener(type, callback, options);
        delegated.set(
          this,
          all.filter((one) => !gone.includes(one)),
        );
      },
    });
  }
  defineMembers(win.HTMLElement.prototype, {
    onClickEvent(listener: (event: MouseEvent) => unknown, options?: boolean | AddEventListenerOptions) {
      this.addEventListener("click", listener, options);
      this.addEventListener("auxclick", listener, options);
    },
    onNodeInserted(listener: () => unknown, once = false): () => void {
      // As in the app: an animation starts when an element is inserted, and needs no observer of the document.
      this.classList.add("node-insert-event");
      const start = (event: AnimationEvent): void => {
        if (event.animationName !== "node-inserted") return;
        if (once) stop();
        listener();
      };
      const stop = (): void => this.removeEventListener("animationstart", start);
      this.addEventListener("animationstart", start);
      return stop;
    },
    onWindowMigrated(listener: (win: Window) => unknown): () => void {
      let current = this.win;
      return this.onNodeInserted(() => {
        if (this.win === current) return;
        current = this.win;
        listener(current);
      });
    },
    trigger(type: string) {
      this.dispatchEvent(new win.Event(type));
    },
  });
  defineMembers(win.UIEvent.prototype, {
    get targetNode(): Node | null {
      return this.target as Node | null;
    },
    get win(): Window {
      return this.targetNode?.win ?? win;
    },
    get doc(): Document {
      return this.targetNode?.doc ?? win.document;
    },
    instanceOf(type: { name: string; new (): unknown }): boolean {
      if (this instanceof type) return true;
      const own: unknown = Reflect.get(this.win, type.name);
      return typeof own === "function" && this instanceof own;
    },
  });
}
