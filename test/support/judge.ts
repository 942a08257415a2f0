// The judge of the line scanner: mdast-util-from-markdown over the whole note (FORMAT.md §2).
import type { ListItem, Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { frontmatterFromMarkdown } from "mdast-util-frontmatter";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { frontmatter } from "micromark-extension-frontmatter";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { type ItemStart, LineScanner, type MarkerKind, type Mask } from "../../src/core/lines";

/** A node of a note, offsets into the note's own text. */
export interface JudgedBlock {
  readonly type: Nodes["type"];
  /** Of a `code` node: whether a fence opens it. */
  readonly fenced: boolean;
  readonly from: number;
  readonly to: number;
}

/** A list item as the judge sees it; `checked` null where it has no box. */
export interface JudgedItem {
  readonly ordered: boolean;
  readonly checked: boolean | null;
  readonly from: number;
  readonly parentFrom: number;
}

/** What mdast says about a note. */
export interface Judgement {
  /** All nodes that are no text of a paragraph, in document order. */
  readonly blocks: readonly JudgedBlock[];
  /** In document order. */
  readonly items: readonly JudgedItem[];
}

/**
 * mdast's tree of a note. micromark-extension-frontmatter reads no list and no quote in a note that opens frontmatter without
 * closing it, because it looks for the closing line as the whole note; there is no frontmatter then, so the judge leaves the
 * extension out: `hasFrontmatter` says whether the note has any.
 */
export function parseTree(text: string, hasFrontmatter: boolean): Root {
  return fromMarkdown(text, {
    extensions: hasFrontmatter ? [frontmatter(), gfmTaskListItem()] : [gfmTaskListItem()],
    mdastExtensions: [frontmatterFromMarkdown(), gfmTaskListItemFromMarkdown()],
  });
}

/** Whether the first line opens frontmatter that a later line closes; found by a regular expression of its own. */
export function hasFrontmatter(text: string): boolean {
  return /^\uFEFF?---[ \t]*(?:\r\n|\n|\r)(?:[^\r\n]*(?:\r\n|\n|\r))*?---[ \t]*(?:[\r\n]|$)/.test(text);
}

/** Judges a note. micromark counts a byte-order mark as nothing: the offsets here count it. */
export function judge(text: string): Judgement {
  const shift = text.startsWith("\uFEFF") ? 1 : 0;
  const blocks: JudgedBlock[] = [];
  const items: JudgedItem[] = [];
  const visit = (node: Nodes, parentFrom: number, ordered: boolean, checked: boolean): void => {
    // mdast-util-gfm-task-list-item leaves the box out of the paragraph that it stands in.
    const from = checked ? text.indexOf("[", parentFrom) : shift + (node.position?.start.offset ?? 0);
    const to = shift + (node.position?.end.offset ?? 0);
    let inner = parentFrom;
    let boxed: Nodes | undefined;
    if (node.type === "listItem") {
      boxed = findBoxed(node);
      items.push({ ordered, checked: boxed === undefined ? null : (node.checked ?? null), from, parentFrom });
      inner = from;
    } else if (node.type === "blockquote") {
      inner = from;
    }
    if (node.type !== "root") blocks.push({ type: node.type, fenced: isFence(node, text, from), from, to });
    if (node.type === "paragraph" || node.type === "heading" || !("children" in node)) return;
    for (const child of node.children) {
      visit(child, inner, node.type === "list" && node.ordered === true, child === boxed);
    }
  };
  visit(parseTree(text, hasFrontmatter(text)), -1, false, false);
  return { blocks, items };
}

/**
 * The paragraph that begins with an item's box. GFM has boxes in an item's first block only, a paragraph; micromark's
 * extension also takes the text that follows an empty item, for the item around both: `- *` and below it `  [x] a`.
 */
function findBoxed(node: ListItem): Nodes | undefined {
  const first = node.children.find(({ type }) => type !== "definition");
  return typeof node.checked === "boolean" && first?.type === "paragraph" ? first : undefined;
}

function isFence(node: Nodes, text: string, from: number): boolean {
  return node.type === "code" && (text.startsWith("```", from) || text.startsWith("~~~", from));
}

/** A line of a note as the scanner reads it. */
export interface ReadLine {
  readonly from: number;
  readonly to: number;
  readonly end: number;
  readonly textFrom: number;
  readonly columns: number;
  readonly mask: Mask | null;
  readonly marker: MarkerKind | null;
  readonly gluedFrom: number;
  readonly items: readonly ItemStart[];
  readonly paragraph: boolean;
  readonly code: boolean;
}

/** The line that a scanner stands on, as a value. */
export function copyLine(scanner: LineScanner): ReadLine {
  const { from, to, end, textFrom, columns, mask, marker, gluedFrom, items, paragraph, code } = scanner;
  return { from, to, end, textFrom, columns, mask, marker, gluedFrom, items, paragraph, code };
}

/** The same line in a text that is longer by `shift` characters before it. */
export function shiftLine(line: ReadLine, shift: number): ReadLine {
  const move = (offset: number): number => (offset < 0 ? offset : offset + shift);
  return {
    ...line,
    from: line.from + shift,
    to: line.to + shift,
    end: line.end + shift,
    textFrom: line.textFrom + shift,
    gluedFrom: move(line.gluedFrom),
    items: line.items.map((item) => ({
      ...item,
      from: item.from + shift,
      parentFrom: move(item.parentFrom),
      boxAt: move(item.boxAt),
    })),
  };
}

/** All lines of a note. */
export function readLines(text: string): readonly ReadLine[] {
  const scanner = new LineScanner(text);
  const lines: ReadLine[] = [];
  while (scanner.next()) lines.push(copyLine(scanner));
  return lines;
}

/** Each way in which the scanner differs from the judge on a note, as a sentence; empty where they agree. */
export function findDifferences(text: string): readonly string[] {
  const { blocks, items } = judge(text);
  const lines = readLines(text);
  const differences: string[] = [];
  const differ = (line: ReadLine, what: string, scanned: unknown, judged: unknown): void => {
    if (scanned !== judged)
      differences.push(`offset ${line.from}: ${what} is ${String(scanned)}, judged ${String(judged)}`);
  };
  lines.forEach((line, index) => {
    const around = blocks.filter((block) => block.from < line.end && line.from < block.to);
    const masking = around.find((block) => block.type === "yaml" || block.type === "html" || block.fenced);
    // A line without text that a masked block does not go beyond may be counted in or out.
    const empty = /^[\s>]*$/.test(text.slice(line.from, line.to));
    const inside =
      masking !== undefined && lines[index + 1] !== undefined && (lines[index + 1]?.from ?? 0) < masking.to;
    const mask = masking === undefined ? null : maskOf(masking, text);
    if (!empty || inside) differ(line, "mask", line.mask, mask);
    if (mask !== null || empty) return;
    const leaf = around.find(
      (block) => block.type === "paragraph" || block.type === "definition" || isSetext(block, text),
    );
    const underline = leaf?.type === "heading" && leaf.to <= line.to;
    differ(line, "paragraph", line.paragraph, leaf !== undefined && !underline);
    differ(
      line,
      "code",
      line.code,
      around.some((block) => block.type === "code"),
    );
    if (line.marker !== null) {
      differ(line, "heading", line.textFrom, around.find((block) => block.type === "heading")?.from);
    }
  });
  const scanned = lines.flatMap((line) => line.items);
  const show = (item: JudgedItem): string =>
    `${item.ordered ? "1." : "-"}${String(item.checked)}@${item.from}<${item.parentFrom}`;
  const ours = scanned
    .map((item) => show({ ...item, checked: item.boxAt < 0 ? null : text[item.boxAt] !== " " }))
    .join(" ");
  const theirs = items.map(show).join(" ");
  if (ours !== theirs) differences.push(`items are ${ours}, judged ${theirs}`);
  return differences;
}

function maskOf(block: JudgedBlock, text: string): Mask {
  if (block.type === "yaml") return "frontmatter";
  if (block.fenced) return "fence";
  return text.slice(block.from).trimStart().startsWith("<!--") ? "comment" : "html";
}

function isSetext(block: JudgedBlock, text: string): boolean {
  return block.type === "heading" && !/^#{1,6}(?:\s|$)/.test(text.slice(block.from, block.from + 7));
}

/**
 * Whether a note holds what the scanner reads otherwise on purpose: a link definition is a paragraph to it. So an underline
 * directly below a definition ends a heading, and a box directly below one is none.
 */
export function isExcepted(text: string): boolean {
  return judge(text).blocks.some(
    (block) =>
      block.type === "definition" &&
      /^[^\r\n]*(?:\r\n|\n|\r)[\t >]*(?:=+[\t ]*(?:[\r\n]|$)|-+[\t ]*(?:[\r\n]|$)|\[)/.test(text.slice(block.to)),
  );
}
