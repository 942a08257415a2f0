import type { Reference } from "./task";

const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/y;
const TAG =
  /^<(?:\/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*\s*\/?)>/;
const URL_START = /https?:\/\//y;
const BARE_DOCS = /(?:\.?\/)?docs\/[^\s`<>()[\]{}"'|,;*]*/y;
const EXTENSION = /\.[A-Za-z][A-Za-z0-9]{0,9}(?:[#:?]\S*)?$/;
const URL_END = /[^\s<>`]*/y;
const PUNCTUATION = /[!-/:-@[-`{-~]/;
/** Characters of inline HTML that are read as one tag: the attributes of millions would exhaust the expression above. */
const LONGEST_TAG = 1000;
/** Nested parentheses in a link's destination, as micromark limits them. */
const NESTED = 32;

/**
 * The references of one run of text, in order: back-ticked paths (with a `/` or an extension), Markdown links, wiki
 * links, URLs and bare `docs/…` paths (FORMAT.md §4). `[from, to)` is one paragraph or one list item's text: code spans
 * and links may cross its line breaks, never its ends. Images, reference links and inline HTML are none.
 *
 * ```text
 * see `docs/api.md`, [the plan](plan.md) and https://example.org
 *     ^path          ^link                   ^url
 * ```
 */
export function findReferences(text: string, from: number, to: number): readonly Reference[] {
  const found: Reference[] = [];
  const open: { at: number; image: boolean; active: boolean }[] = [];
  const unclosedRuns = new Set<number>();
  let at = from;
  while (at < to) {
    const char = text[at];
    if (char === "\\" && PUNCTUATION.test(text.charAt(at + 1))) {
      at += 2;
    } else if (char === "`") {
      at = readCodeSpan(text, at, to, unclosedRuns, found);
    } else if (char === "[") {
      const wikilink = readWikilink(text, at, to);
      if (wikilink) {
        found.push(wikilink);
        at = wikilink.to;
      } else {
        open.push({ at, image: text[at - 1] === "!" && at > from && text[at - 2] !== "\\", active: true });
        at++;
      }
    } else if (char === "]") {
      const opener = open.pop();
      const end = opener?.active ? readResource(text, at + 1, to) : null;
      if (opener && end) {
        dropInside(found, opener.at);
        if (!opener.image) {
          for (const outer of open) outer.active &&= outer.image;
          found.push({ kind: "link", target: end.target, from: opener.at, to: end.to });
        }
        at = end.to;
      } else {
        at++;
      }
    } else if (char === "<") {
      const autolink = matchAt(AUTOLINK, text, at, to);
      if (autolink) found.push({ kind: "url", target: autolink.slice(1, -1), from: at, to: at + autolink.length });
      at += (autolink ?? TAG.exec(text.slice(at, Math.min(to, at + LONGEST_TAG)))?.[0] ?? char).length;
    } else if ((char === "h" || char === "d" || char === "." || char === "/") && startsWord(text, at, from)) {
      at = readBare(text, at, to, found);
    } else {
      at++;
    }
  }
  return found;
}

/** What stands inside the text of a link or an image is part of it. */
function dropInside(found: Reference[], from: number): void {
  while ((found.at(-1)?.from ?? -1) >= from) found.pop();
}

function matchAt(pattern: RegExp, text: string, at: number, to: number): string | null {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match && at + match[0].length <= to ? match[0] : null;
}

function startsWord(text: string, at: number, from: number): boolean {
  return at === from || !/[\p{L}\p{N}_/.-]/u.test(text.charAt(at - 1));
}

function readCodeSpan(text: string, at: number, to: number, unclosedRuns: Set<number>, found: Reference[]): number {
  const contentFrom = endOfRun(text, at, to);
  const length = contentFrom - at;
  if (unclosedRuns.has(length)) return contentFrom;
  for (let next = text.indexOf("`", contentFrom); next !== -1 && next < to;) {
    const end = endOfRun(text, next, to);
    if (end - next === length) {
      const target = text.slice(contentFrom, next).trim();
      if (isPath(target)) found.push({ kind: "path", target, from: at, to: end });
      return end;
    }
    next = text.indexOf("`", end);
  }
  unclosedRuns.add(length);
  return contentFrom;
}

function endOfRun(text: string, at: number, to: number): number {
  let end = at;
  while (end < to && text[end] === "`") end++;
  return end;
}

function isPath(code: string): boolean {
  return EXTENSION.test(code) || (/^\S*\/\S*$/.test(code) && code !== "/");
}

function readWikilink(text: string, at: number, to: number): Reference | null {
  if (text[at + 1] !== "[") return null;
  for (let end = at + 2; end < to - 1; end++) {
    const char = text[end];
    if (char === "\n" || char === "\r" || char === "[") return null;
    if (char === "]") {
      const target = text
        .slice(at + 2, end)
        .replace(/\|.*$/, "")
        .trim();
      return text[end + 1] === "]" && target ? { kind: "wikilink", target, from: at, to: end + 2 } : null;
    }
  }
  return null;
}

/** `(destination "title")` of an inline link, at its parenthesis. */
function readResource(text: string, at: number, to: number): { readonly target: string; readonly to: number } | null {
  if (text[at] !== "(" || at >= to) return null;
  const start = skipBlanks(text, at + 1, to);
  const destination = text[start] === "<" ? readAngled(text, start, to) : readPlain(text, start, to);
  if (!destination) return null;
  let end = skipBlanks(text, destination.to, to);
  if (end > destination.to) {
    const title = readTitle(text, end, to);
    if (title === null) return null;
    end = skipBlanks(text, title, to);
  }
  return end < to && text[end] === ")" ? { target: destination.target, to: end + 1 } : null;
}

function skipBlanks(text: string, at: number, to: number): number {
  let end = at;
  while (end < to && /\s/.test(text.charAt(end))) end++;
  return end;
}

function readAngled(text: string, at: number, to: number): { readonly target: string; readonly to: number } | null {
  for (let end = at + 1; end < to; end++) {
    const char = text[end];
    if (char === "\\") end++;
    else if (char === ">") return { target: text.slice(at + 1, end), to: end + 1 };
    else if (char === "<" || char === "\n" || char === "\r") return null;
  }
  return null;
}

function readPlain(text: string, at: number, to: number): { readonly target: string; readonly to: number } | null {
  let depth = 0;
  let end = at;
  for (; end < to; end++) {
    const char = text.charAt(end);
    if (char === "\\" && PUNCTUATION.test(text.charAt(end + 1))) end++;
    else if (char === "(" && ++depth > NESTED) return null;
    else if ((char === ")" && depth-- === 0) || /\s/.test(char)) break;
  }
  return depth > 0 ? null : { target: text.slice(at, end), to: end };
}

/** Where a title ends; where it stands if there is none; null for one that is not closed. */
function readTitle(text: string, at: number, to: number): number | null {
  const quote = text[at];
  if (quote !== '"' && quote !== "'" && quote !== "(") return at;
  const close = quote === "(" ? ")" : quote;
  for (let end = at + 1; end < to; end++) {
    if (text[end] === "\\") end++;
    else if (text[end] === close) return end + 1;
    else if (text[end] === "(" && quote === "(") return null;
  }
  return null;
}

function readBare(text: string, at: number, to: number, found: Reference[]): number {
  const isUrl = matchAt(URL_START, text, at, to) !== null;
  const match = matchAt(isUrl ? URL_END : BARE_DOCS, text, at, to);
  if (match === null) return at + 1;
  const target = match.replace(/[.,:;!?)\]'"*_]+$/, "");
  found.push({ kind: isUrl ? "url" : "path", target, from: at, to: at + target.length });
  return at + target.length;
}
