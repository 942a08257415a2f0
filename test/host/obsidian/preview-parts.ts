import { Marked, type MarkedExtension, type Token } from "marked";
import { readBlocks } from "./block-tokens";

/** One block of a note at its root, as the reading view renders it: by itself. */
export interface PreviewPart {
  /** Of its element, as in `el-p`: p, h2, ul, ol, pre, table, blockquote, hr, div. */
  readonly tag: string;
  /** Of a heading, 1 to 6; else 0. */
  readonly level: number;
  /** First and last line, counted from 0. */
  readonly lineStart: number;
  readonly lineEnd: number;
  readonly source: string;
  /** "" for a comment: it shows nothing. Not yet safe to show. */
  renderHtml(): string;
}

const escapeText = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** `%%` to the next `%%`, or to the end: shown in no reading view. Source: help page "Comments". */
const COMMENT = /^%%[\s\S]*?(?:%%|$(?![\s\S]))/;

const comments: MarkedExtension = {
  extensions: [
    {
      name: "comment-block",
      level: "block",
      start: (source) => /^%%/m.exec(source)?.index,
      tokenizer(source) {
        const comment = COMMENT.exec(source)?.[0];
        if (comment === undefined) return undefined;
        const rest = /^[^\n]*/.exec(source.slice(comment.length))?.[0] ?? "";
        if (!comment.includes("\n") && rest.trim() !== "") return undefined;
        const end = comment.length + rest.length;
        return { type: "comment-block", raw: source.slice(0, end) + (/^\n+/.exec(source.slice(end))?.[0] ?? "") };
      },
      renderer: () => "",
    },
    {
      name: "comment",
      level: "inline",
      start: (source) => source.indexOf("%%"),
      tokenizer(source) {
        const raw = COMMENT.exec(source)?.[0];
        return raw === undefined ? undefined : { type: "comment", raw };
      },
      renderer: () => "",
    },
  ],
};

/** Links and embeds as the app writes them into the document. Source: help pages "Internal links", "Embed files"; observation. */
const wikiLinks: MarkedExtension = {
  extensions: [
    {
      name: "wiki-link",
      level: "inline",
      start: (source) => /!?\[\[/.exec(source)?.index,
      tokenizer(source) {
        const match = /^(!?)\[\[([^\]\n|]+)(?:\|([^\]\n]*))?\]\]/.exec(source);
        if (match === null) return undefined;
        const [raw, embed, target = "", alias] = match;
        return { type: "wiki-link", raw, embed: embed !== "", target: target.trim(), alias: alias ?? target.trim() };
      },
      renderer({ embed, target, alias }) {
        const href = escapeText(String(target));
        const shown = escapeText(String(alias));
        return embed === true
          ? `<span class="internal-embed" src="${href}" alt="${shown}"></span>`
          : `<a class="internal-link" data-href="${href}" href="${href}" target="_blank" rel="noopener nofollow">${shown}</a>`;
      },
    },
  ],
};

/** A line end in a paragraph is shown as one. Source: help page "Basic formatting syntax" (strict line breaks are off). */
const lineBreaks: MarkedExtension = { gfm: true, breaks: true, renderer: { br: () => "<br>\n" } };

/** Looking for comments costs time by the square of a text, so it is done where there are any. */
const plain = new Marked(lineBreaks, wikiLinks);
const commented = new Marked(lineBreaks, comments, wikiLinks);

const TAGS: Readonly<Record<string, string>> = {
  paragraph: "p",
  text: "p",
  code: "pre",
  blockquote: "blockquote",
  hr: "hr",
  table: "table",
};

/**
 * The parts of a text, in order; blank lines and link definitions belong to none. Sources: EDITOR.md, "Reading view" (each by
 * itself); the typing `SectionCache` (a block at the root of a note). Assumptions: a comment is a part that shows nothing;
 * properties are one that is hidden; a link whose address is defined in another part is shown as it is written.
 */
export function splitParts(text: string): PreviewPart[] {
  const parts: PreviewPart[] = [];
  const properties = /^---[ \t]*\n(?:[\s\S]*?\n)?---[ \t]*(?:\n|$)/.exec(text)?.[0] ?? "";
  let line = 0;
  if (properties !== "") {
    const lineEnd = countLines(properties);
    parts.push({ tag: "pre", level: 0, lineStart: 0, lineEnd: lineEnd - 1, source: properties, renderHtml: () => "" });
    line = lineEnd;
  }
  const marked = text.includes("%%") ? commented : plain;
  // What is added to the library for lines makes no difference here.
  const options = marked === commented ? commented.defaults : undefined;
  for (const token of readBlocks(text.slice(properties.length), options)) {
    const source = token.raw;
    const before = countBreaks(/^(?:[ \t]*\n)*/.exec(source)?.[0] ?? "");
    if (token.type !== "space" && token.type !== "def") {
      const lineStart = line + before;
      parts.push({
        ...describeToken(token, marked),
        lineStart,
        lineEnd: line + countLines(source.trimEnd()) - 1,
        source,
      });
    }
    line += countBreaks(source);
  }
  return parts;
}

function describeToken(token: Token, marked: Marked): Pick<PreviewPart, "tag" | "level" | "renderHtml"> {
  const renderHtml = () => marked.parse(token.raw, { async: false });
  if (token.type === "heading") {
    const level = Number(token["depth"]);
    return { tag: `h${level}`, level, renderHtml };
  }
  if (token.type === "list") return { tag: token["ordered"] === true ? "ol" : "ul", level: 0, renderHtml };
  return { tag: TAGS[token.type] ?? "div", level: 0, renderHtml };
}

const countBreaks = (text: string): number => text.split("\n").length - 1;

const countLines = (text: string): number => countBreaks(text.replace(/\n$/, "")) + 1;
