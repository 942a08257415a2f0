import { trimEdit, type Edit } from "./edits";
import { BREAK, lineBreakAt, lineEndAt, lineStartBefore } from "./line-ends";

/** Half-open span of a text. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

// No group is repeated in these: a note of a million blank lines would exhaust the stack of the regular expressions.
const RULE = String.raw` {0,3}---[ \t]*`;
/** A blank line, the rest of a line, or a `---` line. */
const GAP_LINE = new RegExp(`(?:[ \\t]*|${RULE})${BREAK}`, "y");
const GAP_AT_END = new RegExp(`(?:[ \\t]*|${RULE})$`, "y");
const BLANK_OR_RULE = new RegExp(`^(?:[ \\t]*|${RULE})$`);
/** Blank lines and a `---` line, then the blank lines after it. */
const FOLLOWING_RULE = new RegExp(`^([ \\t\\r\\n]*[\\r\\n]${RULE})(?:[ \\t\\r\\n]*[\\r\\n]|$)`);
const PRECEDING_RULE = /^[ \t\r\n]*[\r\n](?: {0,3}---[ \t\r\n]*[\r\n])?$/;
const FIRST_BREAK = new RegExp(`^[ \\t]*${BREAK}`);
const BLANK_LINE_AT_END = new RegExp(`${BREAK}[ \\t]*${BREAK}$`);

/**
 * Edits that take blocks out of a text (FORMAT.md §5 rule 7, *Source*). `blocks` are the spans of all task blocks in
 * order, `removed` the indices of those that go. With each goes the separator that follows, else, behind a block that
 * stays, the one that precedes; else the blank lines after it, where a blank line stands before it as well. At the end of
 * the text the blank lines before go, and what followed the last block (a final line break, or none) stays.
 */
export function removeBlocks(text: string, blocks: readonly Span[], removed: ReadonlySet<number>): readonly Edit[] {
  const edits: Edit[] = [];
  let run: Run | null = null;
  let previous: Span | null = null;
  for (const [index, block] of blocks.entries()) {
    if (removed.has(index)) {
      run ??= openRun(text, previous, block);
      const to = gapEnd(text, block.to);
      run.gap = closeGap(run, text.slice(block.to, to), to === text.length);
      if (!removed.has(index + 1) || blocks[index + 1]?.from !== to) {
        // A `---` that came to stand in the first line would open frontmatter.
        const guard = run.atStart && run.gap.startsWith("---") ? lineBreakAt(text, block.to) : "";
        edits.push(...trimEdit(text, { from: run.from, to, insert: guard + run.gap }));
        run = null;
      }
    }
    previous = block;
  }
  return edits;
}

/** Removed blocks with nothing but blank lines and `---` lines between them. */
interface Run {
  /** End of what stands before: of a block that stays, or of other text. */
  readonly from: number;
  readonly afterBlock: boolean;
  readonly atStart: boolean;
  /** What stands between that and what follows, without the blocks removed so far. */
  gap: string;
}

/**
 * Reads backwards to the end of what stands before a block.
 *
 * ```text
 * text⏎⏎---⏎⏎## task_begin
 *     ^from  ^block.from
 * ```
 */
function openRun(text: string, previous: Span | null, block: Span): Run {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const bound = previous?.to ?? start;
  let from = block.from;
  while (from > bound) {
    const lineFrom = Math.max(lineStartBefore(text, from), bound);
    const lineTo = lineEndAt(text, lineFrom);
    if (!BLANK_OR_RULE.test(text.slice(lineFrom, lineTo))) {
      from = lineTo;
      break;
    }
    from = lineFrom;
  }
  return { from, afterBlock: from === previous?.to, atStart: from === start, gap: text.slice(from, block.from) };
}

/**
 * Reads over blank lines and `---` lines to the start of what follows a block; the text's length where nothing does.
 *
 * ```text
 * ## task_end⏎⏎---⏎## group_end
 *            ^from  ^returned
 * ```
 */
function gapEnd(text: string, from: number): number {
  let end = from;
  GAP_LINE.lastIndex = from;
  while (GAP_LINE.test(text)) end = GAP_LINE.lastIndex;
  GAP_AT_END.lastIndex = end;
  return GAP_AT_END.test(text) ? text.length : end;
}

/** What remains of the gap before a block and of the one after it when the block is gone. */
function closeGap(run: Run, after: string, atEnd: boolean): string {
  const before = run.gap;
  const following = FOLLOWING_RULE.exec(after);
  const preceding = run.afterBlock && !following && PRECEDING_RULE.test(before);
  if (atEnd) {
    const rule = preceding ? -1 : before.lastIndexOf("---");
    const kept = rule === -1 ? "" : before.slice(0, lineEndAt(before, rule));
    return kept + after.slice(following?.[1]?.length ?? 0);
  }
  if (following) return before + after.slice(following[0].length);
  if (preceding) return after;
  if (before === "" || BLANK_LINE_AT_END.test(before)) return before;
  const rest = after.replace(FIRST_BREAK, "");
  // A lone CR and the LF behind it would become one line break.
  return before + (before.endsWith("\r") && rest.startsWith("\n") ? "\n" : "") + rest;
}
