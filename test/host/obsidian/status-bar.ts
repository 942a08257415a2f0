/** The status bar: `div.status-bar > div.status-bar-item.plugin-ID`. */

/** A new place in the status bar for a plugin. The bar is made where it is missing. */
export function addStatusBarItem(pluginId: string, parent: HTMLElement = document.body): HTMLElement {
  const bar =
    parent.querySelector<HTMLElement>(".status-bar") ??
    parent.createDiv({ cls: "status-bar", attr: { role: "contentinfo", "aria-label": null } });
  return bar.createDiv(`status-bar-item plugin-${pluginId}`);
}
