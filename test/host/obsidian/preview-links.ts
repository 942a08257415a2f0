import type { App } from "./app";

/** Lets a click on an internal link below an element lead to its note. Observation: one listener for all, whoever made the link. */
export function followLinks(element: HTMLElement, app: App, sourcePath: () => string): void {
  element.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a.internal-link");
    if (link === null || event.defaultPrevented) return;
    event.preventDefault();
    const target = link.getAttribute("data-href") ?? link.getAttribute("href") ?? "";
    void app.workspace.openLinkText(target, sourcePath(), event.ctrlKey || event.metaKey ? "tab" : false);
  });
}
