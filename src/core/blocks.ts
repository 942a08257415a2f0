// What CommonMark's leaf blocks look like on a line. All functions read `text` between an offset and `to`, the end of the
// line without its break; where they start, white space and container markers are already skipped.

import { isBlank, skipBlanks } from "./blanks";

/** Character codes that block structure is made of. */
export const TAB = 9;
export const SPACE = 32;
export const HASH = 35;
export const PERCENT = 37;
export const ASTERISK = 42;
export const PLUS = 43;
export const DASH = 45;
export const EQUALS = 61;
export const LESS = 60;
export const GREATER = 62;
export const BRACKET_OPEN = 91;
export const BRACKET_CLOSE = 93;
export const UNDERSCORE = 95;
export const BACKTICK = 96;
export const TILDE = 126;
const LF = 10;
const CR = 13;

/** Offset behind the run of `code` that starts at `at`; `at` itself if there is none. */
export function skipRun(text: string, at: number, to: number, code: number): number {
  while (at < to && text.charCodeAt(at) === code) at++;
  return at;
}

/** Whether `needle` stands wholly in `[from, to)`; looks no further than `to`, so that many lines cost one pass. */
export function holds(text: string, needle: string, from: number, to: number): boolean {
  const first = needle.charCodeAt(0);
  for (let at = from, last = to - needle.length; at <= last; at++) {
    if (text.charCodeAt(at) === first && text.startsWith(needle, at)) return true;
  }
  return false;
}

/**
 * Whether an ATX heading starts at `at`.
 *
 * ```markdown
 * > | ## a
 *     ^
 * ```
 */
export function isHeading(text: string, at: number, to: number): boolean {
  const behind = skipRun(text, at, to, HASH);
  return behind > at && behind - at <= 6 && (behind === to || isBlank(text.charCodeAt(behind)));
}

/**
 * Whether the line from `at` on is a setext underline. That a paragraph stands above is the caller's to know.
 *
 * ```markdown
 *   | a
 * > | ===
 *     ^
 * ```
 */
export function isUnderline(text: string, at: number, to: number): boolean {
  const code = text.charCodeAt(at);
  if (code !== DASH && code !== EQUALS) return false;
  return skipBlanks(text, skipRun(text, at, to, code), to) === to;
}

/**
 * Number of markers of the code fence that opens at `at`; 0 if none does. A fence of backticks has none in its info string.
 *
 * ```markdown
 * > | ~~~ js
 *     ^
 * ```
 */
export function openFence(text: string, at: number, to: number): number {
  const code = text.charCodeAt(at);
  const behind = skipRun(text, at, to, code);
  if (behind - at < 3) return 0;
  return code === BACKTICK && holds(text, "`", behind, to) ? 0 : behind - at;
}

/**
 * Whether the line from `at` on closes a code fence of `size` times `code`.
 *
 * ```markdown
 *   | ~~~ js
 * > | ~~~
 *     ^
 * ```
 */
export function closesFence(text: string, at: number, to: number, code: number, size: number): boolean {
  const behind = skipRun(text, at, to, code);
  return behind - at >= size && skipBlanks(text, behind, to) === to;
}

/**
 * Whether the note opens with YAML frontmatter: a first line of `---`, and a later one that closes it. "unclosed" where the
 * second is missing: then there is no frontmatter, but any later edit may make one. A byte-order mark before it is nothing.
 *
 * ```markdown
 * > | ---
 *     ^
 *   | batch-limit: 5
 *   | ---
 * ```
 */
export function readFrontmatter(text: string): "none" | "closed" | "unclosed" {
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  // Not the whole note is asked for a `---` where its first line is none.
  if (!text.startsWith("---", at)) return "none";
  const opened = skipBlanks(text, at + 3, text.length);
  if (opened === text.length || !isLineBreak(text.charCodeAt(opened))) return "none";
  for (at = opened; at < text.length; at++) {
    if (!isLineBreak(text.charCodeAt(at)) || !text.startsWith("---", at + 1)) continue;
    const behind = skipBlanks(text, at + 4, text.length);
    if (behind === text.length || isLineBreak(text.charCodeAt(behind))) return "closed";
  }
  return "unclosed";
}

/** Whether a whole line is the fence that closes frontmatter: `---` and blanks, not indented. */
export function isFrontmatterFence(text: string, from: number, to: number): boolean {
  return text.startsWith("---", from) && skipBlanks(text, from + 3, to) === to;
}

function isLineBreak(code: number): boolean {
  return code === LF || code === CR;
}
