import { setIcon } from "obsidian";

/** With the name space said, elements are made by the document itself, which works in every window. */
const HTML = "http://www.w3.org/1999/xhtml";

/** Attributes by name. */
export type Attributes = Readonly<Record<string, string>>;

/** A new element of a document, so that a card can stand in a pop-out window. Text goes in as text. */
export function makeElement<Tag extends keyof HTMLElementTagNameMap>(
  doc: Document,
  tag: Tag,
  attributes: Attributes,
  ...children: readonly (Node | string | null)[]
): HTMLElementTagNameMap[Tag] {
  const element = doc.createElementNS(HTML, tag) as HTMLElementTagNameMap[Tag];
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  for (const child of children) if (child !== null) element.append(child);
  return element;
}

/** An icon by its Lucide name. It is never all that says something: text stands beside it, or names the control it is on. */
export function makeIcon(doc: Document, name: string): HTMLElement {
  const icon = makeElement(doc, "span", { class: "backlog-card-icon", "aria-hidden": "true" });
  setIcon(icon, name);
  return icon;
}

/**
 * Makes `old` equal to `next`, node by node, so that what has the focus keeps it; boxes are ticked as `next` says, whatever
 * was done to them. `next` is used up.
 */
export function patchElement(old: Element, next: Element): void {
  patchAll(old, next);
  for (const box of Array.from(old.querySelectorAll("input"))) {
    if (box.checked !== box.defaultChecked) box.checked = box.defaultChecked;
  }
}

function patchAll(old: Element, next: Element): void {
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const fresh = [...next.childNodes];
  const stale = [...old.childNodes];
  const shorter = Math.min(fresh.length, stale.length);
  // Where one came or went in the midst, what stands before and behind it is still what it was.
  let ahead = 0;
  while (ahead < shorter && kindOf(stale[ahead]) === kindOf(fresh[ahead])) ahead++;
  let behind = 0;
  while (behind < shorter - ahead && kindOf(stale.at(-1 - behind)) === kindOf(fresh.at(-1 - behind))) behind++;
  const kept = stale.length - behind;
  const last = stale[kept] ?? null;
  fresh.forEach((node, at) => {
    const isBehind = at >= fresh.length - behind;
    const before = stale[isBehind ? at + stale.length - fresh.length : at];
    if (!before || (!isBehind && at >= kept)) old.insertBefore(node, last);
    else if (!before.isEqualNode(node)) patchNode(before, node);
  });
  for (const node of stale.slice(fresh.length - behind, kept)) node.remove();
}

/** What a node is drawn for, as far as that can be seen of it. */
function kindOf(node: Node | undefined): string | undefined {
  if (node?.nodeType !== node?.ELEMENT_NODE) return node?.nodeName;
  const { nodeName, classList } = node as Element;
  return `${nodeName} ${classList[0] ?? ""} ${(node as Element).getAttribute("data-control") ?? ""}`;
}

function patchNode(old: ChildNode, next: ChildNode): void {
  if (old.nodeName !== next.nodeName) old.replaceWith(next);
  else if (old.nodeType === old.ELEMENT_NODE) patchAll(old as Element, next as Element);
  else old.nodeValue = next.nodeValue;
}
