import type { Reference } from "./task";

/** What may begin a reference, or hide one. */
const START = /[\\`[\]<]|https?:\/\/|(?:\.?\/)?docs\//g;
const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*)>/y;
const TAG =
  /^<(?:\/[A-Za-z][A-Za-z0-9-]*\s*|[A-Za-z][A-Za-z0-9-]*(?:\s+[A-Za-z_:][\w:.-]*(?:\s*=\s*(?:"[^"<]*"|'[^'<]*'|[^\s"'=<>`]+))?)*\s*\/?)>/;
const BARE_DOCS = /(?:\.?\/)?docs\/[^\s`<>()[\]{}"'|,;*]*/y;
const BARE_URL = /https?:[^\s<>`]*/y;
const EXTENSION = /\.[A-Za-z][A-Za-z0-9]{0,9}(?:[#:?]\S*)?$/;
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
  const found = readRun(text.slice(from, to));
  return found.map(({ kind, target, from: start, to: end }) => ({ kind, target, from: from + start, to: from + end }));
}

interface Opener {
  readonly at: number;
  readonly image: boolean;
  /** Links hold no links: behind one, what opened before it opens none. */
  active: boolean;
}

function readRun(run: string): readonly Reference[] {
  const found: Reference[] = [];
  const open: Opener[] = [];
  const unclosedTicks = new Set<number>();
  let at = 0;
  for (;;) {
    START.lastIndex = at;
    const start = START.exec(run);
    if (!start) return found;
    at = start.index;
    switch (start[0]) {
      case "\\":
        at += PUNCTUATION.test(run.charAt(at + 1)) ? 2 : 1;
        break;
      case "`":
        at = readCodeSpan(run, at, unclosedTicks, found);
        break;
      case "[": {
        const wikilink = readWikilink(run, at);
        if (wikilink) found.push(wikilink);
        else open.push({ at, image: run[at - 1] === "!" && run[at - 2] !== "\\", active: true });
        at = wikilink?.to ?? at + 1;
        break;
      }
      case "]":
        at = readLink(run, at, open, found);
        break;
      case "<":
        at = readAngle(run, at, found);
        break;
      default:
        at = readBare(run, at, found);
    }
  }
}

function matchAt(pattern: RegExp, run: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(run)?.[0] ?? null;
}

function readCodeSpan(run: string, at: number, unclosedTicks: Set<number>, found: Reference[]): number {
  const contentFrom = endOfTicks(run, at);
  const length = contentFrom - at;
  if (unclosedTicks.has(length)) return contentFrom;
  for (let next = run.indexOf("`", contentFrom); next !== -1;) {
    const end = endOfTicks(run, next);
    if (end - next === length) {
      const target = run.slice(contentFrom, next).trim();
      if (isPath(target)) found.push({ kind: "path", target, from: at, to: end });
      return end;
    }
    next = run.indexOf("`", end);
  }
  unclosedTicks.add(length);
  return contentFrom;
}

function endOfTicks(run: string, at: number): number {
  let end = at;
  while (run[end] === "`") end++;
  return end;
}

function isPath(code: string): boolean {
  return EXTENSION.test(code) || (/^\S*\/\S*$/.test(code) && code !== "/");
}

function readWikilink(run: string, at: number): Reference | null {
  if (run[at + 1] !== "[") return null;
  for (let end = at + 2; end < run.length - 1; end++) {
    const char = run[end];
    if (char === "\n" || char === "\r" || char === "[") return null;
    if (char === "]") {
      const target = run
        .slice(at + 2, end)
        .replace(/\|.*$/, "")
        .trim();
      return run[end + 1] === "]" && target ? { kind: "wikilink", target, from: at, to: end + 2 } : null;
    }
  }
  return null;
}

/** Reads on from the `]` at `at`, which closes the innermost opener. What stands inside a link or an image is part of it. */
function readLink(run: string, at: number, open: Opener[], found: Reference[]): number {
  const opener = open.pop();
  const end = opener?.active ? readResource(run, at + 1) : null;
  if (!opener || !end) return at + 1;
  while ((found.at(-1)?.from ?? -1) >= opener.at) found.pop();
  if (!opener.image) {
    for (const outer of open) outer.active &&= outer.image;
    found.push({ kind: "link", target: end.target, from: opener.at, to: end.to });
  }
  return end.to;
}

interface Destination {
  readonly target: string;
  readonly to: number;
}

/** `(destination "title")` of an inline link, at its parenthesis. */
function readResource(run: string, at: number): Destination | null {
  if (run[at] !== "(") return null;
  const start = skipSpace(run, at + 1);
  const destination = run[start] === "<" ? readAngled(run, start) : readPlain(run, start);
  if (!destination) return null;
  let end = skipSpace(run, destination.to);
  if (end > destination.to) {
    const title = readTitle(run, end);
    if (title === null) return null;
    end = skipSpace(run, title);
  }
  return run[end] === ")" ? { target: destination.target, to: end + 1 } : null;
}

function skipSpace(run: string, at: number): number {
  let end = at;
  while (/\s/.test(run.charAt(end))) end++;
  return end;
}

function readAngled(run: string, at: number): Destination | null {
  for (let end = at + 1; end < run.length; end++) {
    const char = run[end];
    if (char === "\\") end++;
    else if (char === ">") return { target: run.slice(at + 1, end), to: end + 1 };
    else if (char === "<" || char === "\n" || char === "\r") return null;
  }
  return null;
}

function readPlain(run: string, at: number): Destination | null {
  let depth = 0;
  let end = at;
  for (; end < run.length; end++) {
    const char = run.charAt(end);
    if (char === "\\" && PUNCTUATION.test(run.charAt(end + 1))) end++;
    else if (char === "(" && ++depth > NESTED) return null;
    else if ((char === ")" && depth-- === 0) || /\s/.test(char)) break;
  }
  return depth > 0 ? null : { target: run.slice(at, end), to: end };
}

/** Where a title ends; where it stands if there is none; null for one that is not closed. */
function readTitle(run: string, at: number): number | null {
  const quote = run[at];
  if (quote !== '"' && quote !== "'" && quote !== "(") return at;
  const close = quote === "(" ? ")" : quote;
  for (let end = at + 1; end < run.length; end++) {
    if (run[end] === "\\") end++;
    else if (run[end] === close) return end + 1;
    else if (run[end] === "(" && quote === "(") return null;
  }
  return null;
}

function readAngle(run: string, at: number, found: Reference[]): number {
  const autolink = matchAt(AUTOLINK, run, at);
  if (autolink === null) return at + (TAG.exec(run.slice(at, at + LONGEST_TAG))?.[0].length ?? 1);
  found.push({ kind: "url", target: autolink.slice(1, -1), from: at, to: at + autolink.length });
  return at + autolink.length;
}

function readBare(run: string, at: number, found: Reference[]): number {
  if (/[\p{L}\p{N}_/.-]/u.test(run.charAt(at - 1))) return at + 1;
  const url = matchAt(BARE_URL, run, at);
  const target = String(url ?? matchAt(BARE_DOCS, run, at)).replace(/[.,:;!?)\]'"*_]+$/, "");
  found.push({ kind: url === null ? "path" : "url", target, from: at, to: at + target.length });
  return at + target.length;
}
