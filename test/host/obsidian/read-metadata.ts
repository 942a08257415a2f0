import type { Token } from "marked";
import type * as api from "obsidian";
import { readBlocks } from "./block-tokens";
import { readFrontmatter } from "./frontmatter";

/** What the app calls a block that the library calls so; every other has the same name in both. */
const KINDS: Readonly<Record<string, string>> = { hr: "thematicBreak", def: "definition" };

/** Where a place of the text is, of an offset into it. */
type Locate = (offset: number) => api.Loc;

/**
 * What the app's cache tells of a note: its blocks at the root, headings, list rows, links and properties. Source: typing
 * `CachedMetadata`. Of what lies in other blocks only links are told, and rows of lists; nothing of tags and footnotes.
 */
export function readMetadata(text: string): api.CachedMetadata {
  const locate = createLocator(text);
  const place = (from: number, to: number): api.Pos => ({ start: locate(from), end: locate(to) });
  const metadata: api.CachedMetadata = {};
  const sections: api.SectionCache[] = [];
  const frontmatter = readFrontmatter(text);
  if (frontmatter !== null) {
    metadata.frontmatterPosition = place(0, frontmatter.to);
    if (frontmatter.properties !== null) metadata.frontmatter = frontmatter.properties;
    sections.push({ type: "yaml", position: place(0, frontmatter.to) });
  }
  const start = frontmatter === null ? 0 : Math.min(text.length, frontmatter.to + 1);
  let from = start;
  // The library reads a text with one kind of line end; blanks of the same number keep every offset.
  for (const token of readBlocks(text.slice(start).replaceAll("\r\n", " \n").replaceAll("\r", "\n"))) {
    const to = from + token.raw.length;
    const end = from + token.raw.trimEnd().length;
    if (token.type !== "space") sections.push({ type: nameKind(token), position: place(from, end) });
    if (token.type === "heading") {
      const { text: heading, depth: level } = token as { text: string; depth: number } & Token;
      (metadata.headings ??= []).push({ heading, level, position: place(from, end) });
    }
    if (token.type === "list") (metadata.listItems ??= []).push(...readRows(token.raw.trimEnd(), from, place));
    if (token.type !== "code" && token.type !== "html") {
      for (const [kind, link] of readLinks(token.raw, from, place)) (metadata[kind] ??= []).push(link);
    }
    from = to;
  }
  if (sections.length > 0) metadata.sections = sections;
  return metadata;
}

function nameKind(token: Token): string {
  if (token.type === "blockquote" && /^>\s*\[!/.test(token.raw)) return "callout";
  return KINDS[token.type] ?? token.type;
}

/** The rows of a list, by their indentation; a row's parent is the line of the row above it, or the list's own, negated. */
function readRows(raw: string, from: number, place: (from: number, to: number) => api.Pos): api.ListItemCache[] {
  const rows: api.ListItemCache[] = [];
  const open: { readonly indent: number; readonly line: number }[] = [];
  const first = place(from, from).start.line;
  for (const match of raw.matchAll(/^([ \t]*)(?:[-*+]|\d+[.)])[ \t]+(?:\[(.)\][ \t])?.*$/gm)) {
    const indent = (match[1] ?? "").length;
    const position = place(from + match.index + indent, from + match.index + match[0].trimEnd().length);
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop();
    const parent = open.at(-1)?.line ?? (first === 0 ? -1 : -first);
    open.push({ indent, line: position.start.line });
    rows.push({ parent, position, ...(match[2] === undefined ? {} : { task: match[2] }) });
  }
  return rows;
}

function* readLinks(
  raw: string,
  from: number,
  place: (from: number, to: number) => api.Pos,
): Generator<[kind: "links" | "embeds", link: api.LinkCache]> {
  const links = /`[^`]*`|(!?)\[\[([^\]|\n]+)(?:\|([^\]\n]*))?\]\]|(!?)\[([^\]\n]*)\]\(<?([^)>\s]+)>?\)/g;
  for (const match of raw.matchAll(links)) {
    const [original, wikiEmbed, target, alias, embed, words, address] = match;
    const link = target ?? address;
    if (link === undefined || /^[a-z][a-z0-9+.-]*:/i.test(link)) continue;
    const position = place(from + match.index, from + match.index + original.length);
    const displayText = alias ?? words ?? link;
    yield [(wikiEmbed ?? embed) === "!" ? "embeds" : "links", { link, original, displayText, position }];
  }
}

function createLocator(text: string): Locate {
  const starts = [0];
  for (const match of text.matchAll(/\r\n?|\n/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low, col: offset - (starts[low] ?? 0), offset };
  };
}
