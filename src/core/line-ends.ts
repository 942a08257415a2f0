/** How a line ends, where the core writes one. */
export type LineEnd = "\n" | "\r\n";

/** One line break, as the source of a regular expression: CRLF, LF or a lone CR. Unambiguous, so repeating it stays linear. */
export const BREAK = String.raw`(?:\r?\n|\r(?!\n))`;

const ALL_BREAKS = new RegExp(BREAK, "g");

/** The line end that occurs most often; LF where there are as many of both, or none. A lone CR counts for neither. */
export function dominantLineEnd(text: string): LineEnd {
  let crlf = 0;
  let lf = 0;
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) {
    if (text[at - 1] === "\r") crlf++;
    else lf++;
  }
  return crlf > lf ? "\r\n" : "\n";
}

/** The one line end of a text; null where it mixes them, has a lone CR, or has no line break at all. */
export function uniformLineEnd(text: string): LineEnd | null {
  let found: string | null = null;
  for (const [lineBreak] of text.matchAll(ALL_BREAKS)) {
    if (lineBreak === "\r" || (found !== null && found !== lineBreak)) return null;
    found = lineBreak;
  }
  if (found === null) return null;
  return found === "\n" ? "\n" : "\r\n";
}

/** The text with a line feed for every line break: as an editor of the app holds it. */
export function toLineFeeds(text: string): string {
  return text.includes("\r") ? withLineEnds(text, "\n") : text;
}

/** The text with every line break replaced by `lineEnd`. */
export function withLineEnds(text: string, lineEnd: LineEnd): string {
  return text.replace(ALL_BREAKS, lineEnd);
}

/** Where the line around `at` ends, its break left out; the text's length on its last line. */
export function lineEndAt(text: string, at: number): number {
  let end = at;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
}

/** The line break at `at`: CRLF, LF or a lone CR; "" where none is. */
export function lineBreakAt(text: string, at: number): string {
  if (text.startsWith("\r\n", at)) return "\r\n";
  return isBreak(text.charCodeAt(at)) ? text.charAt(at) : "";
}

/** Where the line around `at` starts. */
export function lineStartAt(text: string, at: number): number {
  let start = at;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return start;
}

/** Where the line before the one that starts at `at` starts; `at` is not 0. */
export function lineStartBefore(text: string, at: number): number {
  const crlf = text[at - 1] === "\n" && text[at - 2] === "\r";
  return lineStartAt(text, at - (crlf ? 2 : 1));
}

/** Number of the line that holds the offset, 1-based. CRLF, LF and a lone CR each end one. */
export function lineNumberAt(text: string, at: number): number {
  let line = 1;
  for (const found of text.matchAll(ALL_BREAKS)) {
    if (found.index + found[0].length > at) break;
    line++;
  }
  return line;
}

function isBreak(char: number): boolean {
  return char === 10 || char === 13;
}
