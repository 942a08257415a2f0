import { setIcon } from "./icons";
import type { PreviewPart } from "./preview-parts";

/** What runs a script, or asks the network for one. Source: the app cleans the HTML of notes (typing `sanitizeHTMLToDom`). */
const UNSAFE = "script, style, iframe, object, embed, link, meta, base, form";

/** HTML as nodes of a document, cleaned, with what the app adds to Markdown's own elements. */
export function createNodes(html: string, doc: Document): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  for (const element of parsed.body.querySelectorAll(UNSAFE)) element.remove();
  for (const element of parsed.body.querySelectorAll("*")) {
    for (const { name, value } of [...element.attributes]) {
      if (name.startsWith("on") || /^\s*javascript:/i.test(value)) element.removeAttribute(name);
    }
  }
  const comments = parsed.createNodeIterator(parsed.body, NodeFilter.SHOW_COMMENT);
  for (let node = comments.nextNode(); node !== null; node = comments.nextNode()) (node as Comment).remove();
  for (const element of parsed.body.querySelectorAll<HTMLElement>("p, h1, h2, h3, h4, h5, h6, ul, ol, li, table")) {
    element.setAttribute("dir", "auto");
  }
  for (const heading of parsed.body.querySelectorAll<HTMLElement>("h1, h2, h3, h4, h5, h6")) {
    heading.dataset["heading"] = heading.textContent;
  }
  for (const link of parsed.body.querySelectorAll("a:not(.internal-link)")) markLink(link);
  for (const box of parsed.body.querySelectorAll<HTMLInputElement>("li input[type=checkbox]")) markTask(box);
  const nodes = doc.createDocumentFragment();
  nodes.append(...[...parsed.body.childNodes].map((node) => doc.importNode(node, true)));
  return nodes;
}

/** The element of a part, not yet in a document. `lines` are given to the boxes of its tasks, in order. */
export function createPartElement(part: PreviewPart, doc: Document): HTMLElement {
  const element = doc.createElement("div");
  element.className = `el-${part.tag}`;
  if (part.lineStart === 0 && /^---\s*\n/.test(part.source) && part.tag === "pre")
    element.className += " mod-frontmatter mod-ui";
  element.append(createNodes(part.renderHtml(), doc));
  const boxes = element.querySelectorAll<HTMLElement>(".task-list-item-checkbox");
  const lines = part.source.split("\n").flatMap((line, at) => (TASK_LINE.test(line) ? [at] : []));
  if (lines.length !== boxes.length) return element;
  boxes.forEach((box, at) => (box.dataset["line"] = String(lines[at])));
  return element;
}

/** Puts a control into a heading that folds what follows it. Observation: it stands in the heading before plugins see it. */
export function addFoldControl(element: HTMLElement, toggle: () => void): void {
  const heading = element.querySelector("h1, h2, h3, h4, h5, h6");
  if (heading === null) return;
  const control = element.ownerDocument.createElement("div");
  control.className = "heading-collapse-indicator collapse-indicator collapse-icon";
  setIcon(control, "chevron-down");
  control.addEventListener("click", (event) => {
    event.preventDefault();
    toggle();
  });
  heading.prepend(control);
}

const TASK_LINE = /^\s*(?:>\s*)*(?:[-*+]|\d+[.)])\s+\[.\]\s/;

function markLink(link: Element): void {
  const href = link.getAttribute("href") ?? "";
  const external = /^[a-z][a-z\d+.-]*:/i.test(href);
  link.className = external ? "external-link" : "internal-link";
  if (!external) link.setAttribute("data-href", decodeLink(href));
  link.setAttribute("target", "_blank");
  link.setAttribute("rel", "noopener nofollow");
}

function decodeLink(href: string): string {
  try {
    return decodeURIComponent(href);
  } catch {
    return href;
  }
}

function markTask(box: HTMLInputElement): void {
  const entry = box.closest("li");
  box.removeAttribute("disabled");
  box.className = "task-list-item-checkbox";
  entry?.classList.add("task-list-item");
  entry?.classList.toggle("is-checked", box.hasAttribute("checked"));
  entry?.setAttribute("data-task", box.hasAttribute("checked") ? "x" : " ");
  entry?.parentElement?.classList.add("contains-task-list");
}
