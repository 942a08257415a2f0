import type { AlignType, Definition, ListItem, Node as Tree, Nodes, Parents, RootContent, Table } from "mdast";
import { readContent } from "../core/content";
import { makeElement, makeIcon } from "./elements";
import { decodeDestination } from "./links";
import { drawLink, drawPath, drawText } from "./draw-text";

/** How one field is drawn. */
export interface FieldDrawing {
  /** Whether back-ticked paths are links, as in the fields that name documents and files. */
  readonly paths: boolean;
  /** The boxes that can be ticked: by the offset of the character between the brackets, the number of their criterion. */
  readonly boxes: ReadonlyMap<number, number>;
}

interface Drawing extends FieldDrawing {
  readonly doc: Document;
  readonly markdown: string;
  readonly definitions: ReadonlyMap<string, Definition>;
}

/**
 * Draws one field's Markdown as DOM. Text goes in as text: HTML is shown as it is written, comments are left out, and
 * nothing in it is executed or loaded; an image is a link. Empty where there is nothing to show.
 */
export function drawContent(doc: Document, markdown: string, how: FieldDrawing): readonly (Node | string)[] {
  const root = readContent(markdown);
  const definitions = new Map<string, Definition>();
  for (const node of listNodes(root)) {
    if (node.type === "definition" && !definitions.has(node.identifier)) definitions.set(node.identifier, node);
  }
  return drawAll(root, { ...how, doc, markdown, definitions });
}

function* listNodes(node: Nodes): Generator<Nodes> {
  yield node;
  if ("children" in node) for (const child of node.children) yield* listNodes(child);
}

function drawAll(parent: Parents, drawing: Drawing): (Node | string)[] {
  return parent.children.flatMap((child: RootContent) => drawNode(child, drawing));
}

function drawNode(node: RootContent, drawing: Drawing): (Node | string)[] {
  const { doc } = drawing;
  const make = (tag: keyof HTMLElementTagNameMap, parent: Parents, attributes: Record<string, string> = {}) => [
    makeElement(doc, tag, attributes, ...drawAll(parent, drawing)),
  ];
  switch (node.type) {
    case "text":
      return drawText(doc, node.value);
    case "paragraph":
      return make("p", node, { dir: "auto" });
    case "strong":
    case "delete":
      return make(node.type === "strong" ? "strong" : "del", node);
    case "emphasis":
      return make("em", node);
    case "inlineCode":
      return [drawInlineCode(node.value.replace(/\s*\n\s*/g, " "), drawing)];
    case "break":
      return [makeElement(doc, "br", {})];
    case "link":
      return [drawLink(doc, decodeDestination(node.url), drawAll(node, drawing))];
    case "linkReference": {
      const definition = drawing.definitions.get(node.identifier);
      const words = drawAll(node, drawing);
      return definition ? [drawLink(doc, decodeDestination(definition.url), words)] : words;
    }
    case "image":
      return [drawImage(doc, node.url, node.alt)];
    case "imageReference":
      return [drawImage(doc, drawing.definitions.get(node.identifier)?.url ?? "", node.alt)];
    case "heading":
      return make("div", node, { class: "backlog-card-heading", dir: "auto" });
    case "blockquote":
      return make("blockquote", node, { dir: "auto" });
    case "list": {
      const start = node.ordered === true && typeof node.start === "number" && node.start !== 1;
      return make(node.ordered === true ? "ol" : "ul", node, {
        dir: "auto",
        ...(start ? { start: String(node.start) } : {}),
      });
    }
    case "listItem":
      return [drawListed(node, drawing)];
    case "code":
      return [makeElement(doc, "pre", { dir: "ltr" }, makeElement(doc, "code", {}, node.value))];
    case "html":
      return drawMarkup(doc, node.value);
    case "table":
      return [drawTable(node, drawing)];
    case "thematicBreak":
      return [makeElement(doc, "hr", {})];
    default:
      return [];
  }
}

function drawInlineCode(code: string, { doc, paths }: Drawing): Node {
  return (paths ? drawPath(doc, code) : null) ?? makeElement(doc, "code", {}, code);
}

function drawListed(node: ListItem, drawing: Drawing): HTMLElement {
  const { doc } = drawing;
  const tight = node.spread !== true;
  const children = node.children.flatMap((child) =>
    tight && child.type === "paragraph" ? drawAll(child, drawing) : drawNode(child, drawing),
  );
  if (typeof node.checked !== "boolean") return makeElement(doc, "li", {}, ...children);
  const criterion = findCriterion(node, drawing);
  const box = makeElement(doc, "input", {
    type: "checkbox",
    class: "task-list-item-checkbox",
    "aria-label": readWords(node).trim() || "Criterion",
    ...(criterion === null ? { disabled: "" } : { "data-control": "criterion", "data-criterion": String(criterion) }),
    ...(node.checked ? { checked: "" } : {}),
  });
  // A label around it alone: on a touch screen as large as a finger needs it.
  const target = makeElement(doc, "label", { class: "backlog-card-box" }, box);
  const ticked = node.checked ? " is-checked" : "";
  return makeElement(doc, "li", { class: `task-list-item${ticked}` }, target, ...children);
}

/**
 * The number of the criterion whose box an item has, found by the place of the box; null where it is none, or the scanner of
 * the note reads it otherwise.
 */
export function findCriterion(
  node: ListItem,
  { markdown, boxes }: { readonly markdown: string; readonly boxes: ReadonlyMap<number, number> },
): number | null {
  // Before the box stands nothing but the item's own marker.
  const boxAt = markdown.indexOf("[", node.position?.start.offset ?? 0) + 1;
  const criterion = boxes.get(boxAt);
  const isTicked = /[xX]/.test(markdown.charAt(boxAt));
  return criterion !== undefined && isTicked === node.checked ? criterion : null;
}

/** The words of one line of Markdown, without its markup. */
export function readPlainWords(markdown: string): string {
  return readWords(readContent(markdown)).trim();
}

/** The words of a tree, without those of lists in it. */
function readWords(node: Tree): string {
  if (node.type === "list") return "";
  if ("value" in node && typeof node.value === "string") return node.type === "html" ? "" : node.value;
  return "children" in node ? (node.children as readonly Tree[]).map(readWords).join("") : "";
}

/** A picture would be loaded from wherever the note says: its link is shown. */
function drawImage(doc: Document, url: string, alt: string | null | undefined): Node {
  const target = decodeDestination(url);
  return drawLink(doc, target, [makeIcon(doc, "image"), alt || target]);
}

function drawMarkup(doc: Document, value: string): Node[] {
  const shown = value.replace(/<!--[^]*?(?:-->|$)/g, "").trim();
  return shown === "" ? [] : [makeElement(doc, "code", { class: "backlog-card-markup" }, shown)];
}

function drawTable(table: Table, drawing: Drawing): HTMLElement {
  const { doc } = drawing;
  const rows = table.children.map((row, at) =>
    makeElement(
      doc,
      "tr",
      {},
      ...row.children.map((cell, column) => {
        const align: AlignType | undefined = table.align?.[column];
        const attributes = { dir: "auto", ...(align ? { class: `is-${align}` } : {}) };
        return makeElement(doc, at === 0 ? "th" : "td", attributes, ...drawAll(cell, drawing));
      }),
    ),
  );
  const head = makeElement(doc, "thead", {}, ...rows.slice(0, 1));
  const body = rows.length > 1 ? makeElement(doc, "tbody", {}, ...rows.slice(1)) : null;
  // Wider than a phone: it scrolls by itself, which the keyboard has to reach.
  const frame = { class: "backlog-card-table", tabindex: "0", role: "group" };
  return makeElement(doc, "div", frame, makeElement(doc, "table", {}, head, body));
}
