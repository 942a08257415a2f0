import type { Menu, Modal } from "obsidian";

/** What can be taken off the screen. */
interface Overlay {
  close(): void;
}

/** The menus, modals and lasting notices of the plugin that are open, so that none outlives it. */
export class Overlays {
  private readonly open = new Set<Overlay>();
  private readonly named = new Map<string, Overlay>();
  private ended = false;

  /** Shows a menu at the pointer; below the element where a key asked for it. */
  showMenu(menu: Menu, event: MouseEvent | KeyboardEvent, element: HTMLElement): void {
    this.open.add(menu);
    menu.onHide(() => this.open.delete(menu));
    if ("clientX" in event && event.detail > 0) menu.showAtMouseEvent(event);
    else {
      const { left, bottom } = element.getBoundingClientRect();
      menu.showAtPosition({ x: left, y: bottom }, element.doc);
    }
  }

  /** Shows a menu over an element at the lower end of the window, so that the element stays to be read. */
  showMenuAbove(menu: Menu, element: HTMLElement): void {
    this.open.add(menu);
    menu.onHide(() => this.open.delete(menu));
    const { left, top } = element.getBoundingClientRect();
    // Where there is no room below a point, menus open above it.
    menu.showAtPosition({ x: left, y: top }, element.doc);
  }

  /** Opens a modal. After the end of the plugin nothing happens. */
  openModal(modal: Modal): void {
    if (this.ended) return;
    this.open.add(modal);
    modal.setCloseCallback(() => this.open.delete(modal));
    modal.open();
  }

  /** Closes something with the others, at the latest; at once after the end of the plugin. Returns what says that it is closed. */
  keep(overlay: Overlay): () => void {
    if (this.ended) queueMicrotask(() => overlay.close());
    else this.open.add(overlay);
    return () => this.open.delete(overlay);
  }

  /** The same for something that takes the place of what was kept under its name before: that is closed. */
  keepOnly(name: string, overlay: Overlay): () => void {
    this.named.get(name)?.close();
    this.named.set(name, overlay);
    const forget = this.keep(overlay);
    return () => {
      if (this.named.get(name) === overlay) this.named.delete(name);
      forget();
    };
  }

  /** Closes all of them, at the end of the plugin. */
  closeAll(): void {
    this.ended = true;
    for (const overlay of [...this.open]) overlay.close();
  }
}
