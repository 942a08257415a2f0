/** Tooltips: the app writes them to `aria-label` and shows the label of what the pointer rests on. */
import type { TooltipOptions } from "obsidian";

const DELAY = 300;
const GAP = 4;

/** Gives an element its tooltip, which is its label too; "" takes it away. */
export function setTooltip(el: HTMLElement, tooltip: string, options: TooltipOptions = {}): void {
  el.setAttr("aria-label", tooltip === "" ? null : tooltip);
  el.setAttr("data-tooltip-position", options.placement ?? null);
  el.setAttr("data-tooltip-delay", options.delay ?? null);
}

/** Shows a tooltip at an element at once. */
export function displayTooltip(
  target: HTMLElement,
  content: string | DocumentFragment,
  options: TooltipOptions = {},
): void {
  hideTooltip(target.doc);
  const box = target.doc.body.createDiv({ cls: ["tooltip", ...(options.classes ?? [])], attr: { role: "tooltip" } });
  box.setText(content);
  const place = target.getBoundingClientRect();
  const own = box.getBoundingClientRect();
  const gap = options.gap ?? GAP;
  const above =
    (options.placement ?? readPlacement(target)) === "top" || place.bottom + own.height + gap > target.win.innerHeight;
  const left = place.left + place.width / 2 - own.width / 2;
  box.setCssStyles({
    top: `${above ? place.top - own.height - gap : place.bottom + gap}px`,
    left: `${Math.max(GAP, Math.min(left, target.win.innerWidth - own.width - GAP))}px`,
  });
}

/** Shows the labels of a window's elements to a pointer that rests on them. */
export function installTooltips(win: Window): void {
  let timer = 0;
  win.document.addEventListener("mouseover", (event) => {
    // The app shows nothing over the text of a note. That the host names its editors is for the sake of axe-core.
    const target = (event.target as Element | null)?.closest<HTMLElement>("[aria-label]:not(.cm-content)") ?? null;
    win.clearTimeout(timer);
    hideTooltip(win.document);
    const label = target?.getAttribute("aria-label") ?? "";
    if (!target || label === "") return;
    const delay = Number(target.getAttribute("data-tooltip-delay") ?? DELAY);
    timer = win.setTimeout(() => target.isConnected && displayTooltip(target, label), delay);
  });
  for (const type of ["mousedown", "keydown"]) {
    win.document.addEventListener(type, () => {
      win.clearTimeout(timer);
      hideTooltip(win.document);
    });
  }
}

function hideTooltip(doc: Document): void {
  for (const box of doc.querySelectorAll("body > .tooltip")) box.remove();
}

function readPlacement(target: HTMLElement): string {
  return target.getAttribute("data-tooltip-position") ?? "bottom";
}
