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

/** Makes `old` equal to `next`, node by node, so that what has the focus keeps it. `next` is used up. */
export function patchElement(old: Element, next: Element): void {
  for (const { name } of [...old.attributes]) if (!next.hasAttribute(name)) old.removeAttribute(name);
  for (const { name, value } of next.attributes) if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  const fresh = [...next.childNodes];
  const stale = [...old.childNodes];
  fresh.forEach((node, at) => {
    const before = stale[at];
    if (!before) old.append(node);
    else if (!before.isEqualNode(node)) patchNode(before, node);
  });
  for (const node of stale.slice(fresh.length)) node.remove();
}

function patchNode(old: ChildNode, next: ChildNode): void {
  if (old.nodeName !== next.nodeName) old.replaceWith(next);
  else if (old.nodeType === old.ELEMENT_NODE) patchElement(old as Element, next as Element);
  else old.nodeValue = next.nodeValue;
}
