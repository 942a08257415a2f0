/**
 * Icons by name. The app's library is Lucide (docs.obsidian.md, "Icons"), drawn as `svg.svg-icon.lucide-NAME`; names are
 * taken with and without the prefix `lucide-`.
 */
import { icons, type IconNode } from "lucide";

const SVG = "http://www.w3.org/2000/svg";
const added = new Map<string, string>();
const nodes = new Map<string, IconNode>(Object.entries(icons).map(([name, node]) => [kebab(name), node]));

/** A new drawing of an icon; null where no icon has this name. */
export function getIcon(iconId: string): SVGSVGElement | null {
  const name = iconId.replace(/^lucide-/, "");
  const own = added.get(iconId);
  const node = nodes.get(name);
  if (own === undefined && !node) return null;
  const svg = activeDocument.createElementNS(SVG, "svg");
  svg.setAttrs({ width: 24, height: 24, viewBox: own === undefined ? "0 0 24 24" : "0 0 100 100" });
  svg.setAttrs({ fill: "none", stroke: "currentColor", "stroke-width": 2 });
  svg.setAttrs({ "stroke-linecap": "round", "stroke-linejoin": "round" });
  svg.classList.add("svg-icon", own === undefined ? `lucide-${name}` : iconId);
  if (own !== undefined) {
    const parsed = new DOMParser().parseFromString(`<svg xmlns="${SVG}">${own}</svg>`, "image/svg+xml");
    svg.append(...parsed.documentElement.childNodes);
  }
  for (const [tag, attributes] of node ?? []) {
    const child = activeDocument.createElementNS(SVG, tag);
    for (const [key, value] of Object.entries(attributes)) child.setAttribute(key, String(value));
    svg.append(child);
  }
  return svg;
}

/** Puts an icon in the place of what an element holds. Of an unknown name nothing remains. */
export function setIcon(parent: HTMLElement, iconId: string): void {
  const icon = getIcon(iconId);
  parent.empty();
  if (icon) parent.append(parent.doc.adoptNode(icon));
}

/** Adds an icon of one's own, drawn in a square of 100 by 100. */
export function addIcon(iconId: string, svgContent: string): void {
  added.set(iconId, svgContent);
}

/** Removes an icon of one's own. */
export function removeIcon(iconId: string): void {
  added.delete(iconId);
}

/** The names of all icons. */
export function getIconIds(): string[] {
  return [...[...nodes.keys()].map((name) => `lucide-${name}`), ...added.keys()];
}

/** `CircleCheck2` as `circle-check-2`. */
function kebab(name: string): string {
  return name
    .replace(/([a-z])(\d|[A-Z])/g, "$1-$2")
    .replace(/(\d)([A-Z])/g, "$1-$2")
    .replace(/([A-Z])(?=[A-Z][a-z])/g, "$1-")
    .toLowerCase();
}
