import type { Edit } from "./edits";
import {
  BREAK,
  dominantLineEnd,
  lineEndAt,
  lineNumberAt,
  lineStartAt,
  lineStartBefore,
  uniformLineEnd,
  withLineEnds,
  type LineEnd,
} from "./line-ends";
import type { Note } from "./note";
import { nameTask } from "./promotable";
import type { Refusal } from "./refusal";
import { describeMask } from "./select";

const RULE_BELOW = /^[ \t\r\n]*[\r\n] {0,3}---[ \t]*(?=[\r\n]|$)/;
const RULE = /^ {0,3}---[ \t]*$/;
const TEXT_ON_NEXT_LINE = new RegExp(`^[ \\t]*${BREAK}[ \\t]*[^ \\t\\r\\n]`);
const REST_OF_LINE = new RegExp(`[ \\t]*${BREAK}`, "y");
const NO_TEXT = /^[ \t\r\n\ufeff]*$/;
const BLANK = /^[ \t]*$/;
const BYTE_ORDER_MARK = "\ufeff";

/** What separates two blocks: a blank line, `---`, a blank line. */
export function separator(lineEnd: LineEnd): string {
  return `${lineEnd}${lineEnd}---${lineEnd}${lineEnd}`;
}

/**
 * The line ends that text from `source` takes in `destination`: the destination's, where they are uniform (the blocks are
 * then `converted`); else the blocks stay verbatim and what goes between them takes the source's (FORMAT.md §5 rule 7).
 */
export function chooseLineEnds(
  destination: string,
  source: string,
): { readonly lineEnd: LineEnd; readonly convert: (block: string) => string } {
  const uniform = uniformLineEnd(destination);
  if (uniform === null) return { lineEnd: dominantLineEnd(source), convert: (block) => block };
  return { lineEnd: uniform, convert: (block) => withLineEnds(block, uniform) };
}

/**
 * Why a note takes no text at its end: it ends inside a masked block that nothing closes, or inside a task block. Null
 * where it does take it. `path` names the note in the message.
 */
export function refuseAtEnd(note: Note, path: string): Refusal | null {
  const refuse = (what: string): Refusal => ({
    code: "damaged-note",
    message: `${path} takes nothing at its end: ${what}. Close it first.`,
  });
  if (note.openAtEnd) {
    const line = lineNumberAt(note.text, note.openAtEnd.from);
    return refuse(`the ${describeMask(note.openAtEnd.kind)} that begins in line ${line} never closes`);
  }
  const last = note.tasks.at(-1);
  return last && !last.closed ? refuse(`${nameTask(last)} has no \`## task_end\``) : null;
}

/**
 * The edit that puts blocks after the last block of a note, else at its end (FORMAT.md §5 rule 7, *Destination*). A `---`
 * that directly follows the last block is used; what stands below keeps a blank line of distance.
 */
export function insertBlocks(note: Note, blocks: readonly string[], lineEnd: LineEnd): Edit {
  const { text } = note;
  const last = note.tasks.at(-1);
  if (!last) return appendBlocks(note, blocks, lineEnd);
  const below = text.slice(last.to);
  const rule = RULE_BELOW.exec(below);
  const joined = blocks.join(separator(lineEnd));
  if (rule) {
    const at = last.to + rule[0].length;
    if (NO_TEXT.test(text.slice(at))) return appendBlocks(note, blocks, lineEnd);
    return insertLinesBelow(text, at, joined, lineEnd);
  }
  const distance = TEXT_ON_NEXT_LINE.test(below) ? lineEnd : "";
  return { from: last.to, to: last.to, insert: separator(lineEnd) + joined + distance };
}

/**
 * The edit that puts blocks at the end of a note, whatever stands there: the old text stays a prefix. A `---` at the end
 * is used; a note without text gets the blocks alone.
 */
export function appendBlocks(note: Note, blocks: readonly string[], lineEnd: LineEnd): Edit {
  const joined = blocks.join(separator(lineEnd));
  const rule = NO_TEXT.test(note.text) || endsWithRule(note) ? "" : `---${lineEnd}${lineEnd}`;
  return appendLines(note.text, rule + joined, lineEnd);
}

/**
 * The edit that puts lines at the end of a text, a blank line before them. A text without a final line break keeps having
 * none; one without any text gets one.
 */
export function appendLines(text: string, lines: string, lineEnd: LineEnd): Edit {
  const at = text.length;
  const lastFrom = lineStartAt(text, at);
  const ended = lastFrom === at;
  if (NO_TEXT.test(text)) {
    const start = ended || text === BYTE_ORDER_MARK ? "" : lineEnd;
    return { from: at, to: at, insert: start + lines + lineEnd };
  }
  const aboveFrom = ended ? lineStartBefore(text, at) : lastFrom;
  const distance = BLANK.test(text.slice(aboveFrom, lineEndAt(text, aboveFrom))) ? "" : lineEnd;
  return insertAt(text, at, ended ? distance + lines + lineEnd : lineEnd + distance + lines);
}

/**
 * The edit that puts lines below the line that ends at `at`, one blank line on each side; blank lines that are there are
 * used.
 *
 * ```text
 * ## Title⏎⏎## group_end
 *         ^at^
 * ```
 */
export function insertLinesBelow(text: string, at: number, lines: string, lineEnd: LineEnd): Edit {
  if (NO_TEXT.test(text.slice(at))) return { from: at, to: at, insert: lineEnd + lineEnd + lines };
  const next = blankLineEnd(text, at);
  const afterBlank = blankLineEnd(text, next);
  const above = afterBlank === next ? lineEnd : "";
  const below = blankLineEnd(text, afterBlank) === afterBlank ? lineEnd : "";
  return insertAt(text, afterBlank, above + lines + lineEnd + below);
}

/** An insertion of lines. Behind a lone CR one more line break begins it: the CR would make one with its LF. */
function insertAt(text: string, at: number, insert: string): Edit {
  const joins = text.charAt(at - 1) === "\r" && insert.startsWith("\n");
  return { from: at, to: at, insert: joins ? `\n${insert}` : insert };
}

/** Behind the line break where nothing but blanks stands between `at` and it; else `at`. */
function blankLineEnd(text: string, at: number): number {
  REST_OF_LINE.lastIndex = at;
  return REST_OF_LINE.test(text) ? REST_OF_LINE.lastIndex : at;
}

/** Whether the last line with text is a `---` that separates: no frontmatter fence, no underline of a heading. */
function endsWithRule(note: Note): boolean {
  const { text } = note;
  let end = text.length;
  while (NO_TEXT.test(text.charAt(end - 1))) end--;
  const from = lineStartAt(text, end);
  if (!RULE.test(text.slice(from, end)) || from === 0 || from < (note.frontmatter?.to ?? 0)) return false;
  const aboveFrom = lineStartBefore(text, from);
  const aboveTo = lineEndAt(text, aboveFrom);
  return aboveTo === note.tasks.at(-1)?.to || BLANK.test(text.slice(aboveFrom, aboveTo));
}
