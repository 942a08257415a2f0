// CommonMark's seven kinds of HTML blocks (specification 0.31.2, 4.6).
import { isBlank, isDigit, skipBlanks } from "./blanks";
import { BACKTICK, DASH, EQUALS, GREATER, holds, LESS, UNDERSCORE } from "./blocks";

/** 1 `<pre`, `<script`, …; 2 `<!--`; 3 `<?`; 4 `<!X`; 5 `<![CDATA[`; 6 `<div`, …; 7 any other whole tag; 0 none. */
export type HtmlKind = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7;

const DOT = 46;
const SLASH = 47;
const COLON = 58;
const QUESTION = 63;
const EXCLAMATION = 33;

const RAW_NAMES = new Set(["pre", "script", "style", "textarea"]);

const BLOCK_NAMES = new Set(
  (
    "address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt " +
    "fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link " +
    "main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead " +
    "title tr track ul"
  ).split(" "),
);

const LONGEST_NAME = "blockquote".length;

/**
 * Kind of the HTML block that starts at the `<` at `at`; 0 if none does.
 *
 * ```markdown
 * > | <!-- a
 *     ^
 * ```
 */
export function openHtml(text: string, at: number, to: number): HtmlKind {
  if (text.startsWith("<!--", at)) return 2;
  if (text.startsWith("<![CDATA[", at)) return 5;
  const code = text.charCodeAt(at + 1);
  if (code === QUESTION) return 3;
  if (code === EXCLAMATION) return isLetter(text.charCodeAt(at + 2)) ? 4 : 0;
  return openTag(text, at, to, code === SLASH);
}

/**
 * Whether the end of an HTML block of kind 1 to 5 stands in `[from, to)`; for kinds 6 and 7 always false: a blank line ends
 * them. On the opening line `from` is behind the `<`: `<!-->` is a whole comment.
 *
 * ```markdown
 *   | <!-- a
 * > | b --> c
 *     ^
 * ```
 */
export function closesHtml(text: string, kind: HtmlKind, from: number, to: number): boolean {
  switch (kind) {
    case 1:
      return holdsRawEnd(text, from, to);
    case 2:
      return holds(text, "-->", from, to);
    case 3:
      return holds(text, "?>", from, to);
    case 4:
      return holds(text, ">", from, to);
    case 5:
      return holds(text, "]]>", from, to);
    default:
      return false;
  }
}

function holdsRawEnd(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (text.charCodeAt(at) !== LESS || text.charCodeAt(at + 1) !== SLASH) continue;
    const behind = skipName(text, at + 2, to);
    if (text.charCodeAt(behind) === GREATER && RAW_NAMES.has(readName(text, at + 2, behind))) return true;
  }
  return false;
}

function openTag(text: string, at: number, to: number, closing: boolean): HtmlKind {
  const nameFrom = closing ? at + 2 : at + 1;
  if (!isLetter(text.charCodeAt(nameFrom))) return 0;
  const nameTo = skipName(text, nameFrom, to);
  const name = readName(text, nameFrom, nameTo);
  const next = nameTo === to ? GREATER : text.charCodeAt(nameTo);
  const slash = next === SLASH;
  if (next !== GREATER && !slash && !isBlank(next)) return 0;
  if (!slash && !closing && RAW_NAMES.has(name)) return 1;
  if (BLOCK_NAMES.has(name)) return !slash || text.charCodeAt(nameTo + 1) === GREATER ? 6 : 0;
  const close = closing ? skipBlanks(text, nameTo, to) : skipAttributes(text, nameTo, to);
  return close < to && text.charCodeAt(close) === GREATER && skipBlanks(text, close + 1, to) === to ? 7 : 0;
}

/**
 * Offset of the `>` that ends an open tag whose attributes start at `at`; anything else where they are no attributes.
 *
 * ```markdown
 * > | <a b="c" d=e f />
 *       ^
 * ```
 */
function skipAttributes(text: string, at: number, to: number): number {
  for (;;) {
    const next = skipBlanks(text, at, to);
    if (next === to) return to;
    const code = text.charCodeAt(next);
    if (code === SLASH) return next + 1;
    if (!startsAttribute(code)) return next;
    at = skipAttributeName(text, next + 1, to);
    let quoted = false;
    // micromark lets a second value follow one without quotes: `<a b=c=d>`.
    for (let equals = skipBlanks(text, at, to); !quoted && text.charCodeAt(equals) === EQUALS;) {
      const valueFrom = skipBlanks(text, equals + 1, to);
      quoted = isQuote(text.charCodeAt(valueFrom));
      at = quoted ? skipQuoted(text, valueFrom, to) : skipUnquoted(text, valueFrom, to);
      if (at === to) return to;
      equals = skipBlanks(text, at, to);
    }
  }
}

function skipAttributeName(text: string, at: number, to: number): number {
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (!startsAttribute(code) && !isDigit(code) && code !== DASH && code !== DOT) break;
  }
  return at;
}

/** Offset behind the quoted value at `at`; `to` where nothing closes it or no white space, `/` or `>` follows. */
function skipQuoted(text: string, at: number, to: number): number {
  const quote = text.charCodeAt(at);
  for (at++; at < to && text.charCodeAt(at) !== quote;) at++;
  if (at >= to - 1) return to;
  const next = text.charCodeAt(at + 1);
  return next === SLASH || next === GREATER || isBlank(next) ? at + 1 : to;
}

/**
 * Offset behind the value without quotes at `at`; `to` where there is none. A `/` ends it, as micromark has it (CommonMark
 * lets it in), and may stand in for it.
 */
function skipUnquoted(text: string, at: number, to: number): number {
  const from = at;
  while (at < to && !endsUnquoted(text.charCodeAt(at))) at++;
  return at > from || text.charCodeAt(at) === SLASH ? at : to;
}

function endsUnquoted(code: number): boolean {
  return isBlank(code) || isQuote(code) || code === SLASH || (code >= LESS && code <= GREATER) || code === BACKTICK;
}

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

function startsAttribute(code: number): boolean {
  return isLetter(code) || code === COLON || code === UNDERSCORE;
}

function skipName(text: string, at: number, to: number): number {
  for (; at < to; at++) {
    const code = text.charCodeAt(at);
    if (!isLetter(code) && !isDigit(code) && code !== DASH) break;
  }
  return at;
}

function readName(text: string, from: number, to: number): string {
  // A name of megabytes is neither lowered nor looked up.
  return to - from > LONGEST_NAME ? "" : text.slice(from, to).toLowerCase();
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}
