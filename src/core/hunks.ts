import type { Edit } from "./edits";

/** What stands at a hunk's place on one side of a move, and what stands around it there. */
export interface HunkSide {
  /** Offset of `text` in the note on this side. */
  readonly at: number;
  /** What the move takes out (before) or puts in (after); "" for nothing. */
  readonly text: string;
  /** Up to eight lines directly in front of it, and directly behind. A line cut by the hunk counts as one. */
  readonly head: string;
  readonly tail: string;
}

/** One stretch of a note that a move replaces, with enough around it to be found again after other edits. */
export interface Hunk {
  readonly before: HunkSide;
  readonly after: HunkSide;
}

/** Lines kept on each side, and the most characters of them. */
const CONTEXT_LINES = 8;
const CONTEXT_LENGTH = 2000;

/**
 * How many lines in front and behind have to be found again, tried in this order. `weight` is how many characters other
 * than white space must stand in what is looked for: little of it could be found in a place where it never stood.
 */
interface Attempt {
  readonly head: number;
  readonly tail: number;
  readonly weight: number;
}

/** At least one side has to be all there: lines of an index, or of a header, are much alike. */
const STRICT: readonly Attempt[] = [
  { head: CONTEXT_LINES, tail: CONTEXT_LINES, weight: 1 },
  { head: CONTEXT_LINES, tail: 0, weight: 16 },
  { head: 0, tail: CONTEXT_LINES, weight: 16 },
  { head: 0, tail: 0, weight: 60 },
];

/** For a hunk with task blocks: of its result it is known which blocks it has to hold, and in which group. */
const LOOSE: readonly Attempt[] = [
  { head: CONTEXT_LINES, tail: CONTEXT_LINES, weight: 1 },
  { head: 4, tail: 4, weight: 1 },
  { head: 2, tail: 2, weight: 8 },
  { head: 1, tail: 1, weight: 16 },
  { head: CONTEXT_LINES, tail: 0, weight: 16 },
  { head: 0, tail: CONTEXT_LINES, weight: 16 },
  { head: 4, tail: 0, weight: 16 },
  { head: 0, tail: 4, weight: 16 },
  { head: 2, tail: 0, weight: 16 },
  { head: 0, tail: 2, weight: 16 },
  { head: 0, tail: 0, weight: 60 },
];

/**
 * The hunks of `edits` over `before`, in order: edits that touch are one. `after` is the text with the edits applied.
 * None where there are no edits.
 */
export function makeHunks(before: string, after: string, edits: readonly Edit[]): readonly Hunk[] {
  const joined: { from: number; to: number; insert: string }[] = [];
  for (const { from, to, insert } of edits) {
    const last = joined.at(-1);
    if (last?.to === from) {
      last.to = to;
      last.insert += insert;
    } else {
      joined.push({ from, to, insert });
    }
  }
  let shift = 0;
  return joined.map(({ from, to, insert }) => {
    const at = from + shift;
    shift += insert.length - (to - from);
    return { before: takeSide(before, from, to), after: takeSide(after, at, at + insert.length) };
  });
}

/** The same hunk read backwards: what it put in is taken out again. */
export function invertHunk({ before, after }: Hunk): Hunk {
  return { before: after, after: before };
}

/**
 * The edits that the hunks stand for, over a text that is exactly the one that they were made from; null where it
 * is not: nothing of it is then known.
 */
export function matchHunks(text: string, hunks: readonly Hunk[]): readonly Edit[] | null {
  const edits: Edit[] = [];
  let at = 0;
  for (const { before, after } of hunks) {
    if (before.at < at || !text.startsWith(before.text, before.at)) return null;
    at = before.at + before.text.length;
    edits.push({ from: before.at, to: at, insert: after.text });
  }
  return edits;
}

/** Whether a hunk takes out or puts in task blocks, or part of one. */
export function movesBlocks({ before, after }: Hunk): boolean {
  return /task_(?:begin|end)/.test(before.text + after.text);
}

/**
 * Where the `before` side of a hunk stands in a text that was edited since: the offset of its `text`, found by what stands
 * around it, all of it first, then by less. Null where it is not found, or at more than one place. `loose`: a little around
 * it is enough, because the result is verified.
 */
export function locateHunk(text: string, { before }: Hunk, loose: boolean): number | null {
  for (const attempt of loose ? LOOSE : STRICT) {
    const head = takeLastLines(before.head, attempt.head);
    const needle = head + before.text + takeFirstLines(before.tail, attempt.tail);
    if (!weighs(needle, attempt.weight)) continue;
    const at = text.indexOf(needle);
    if (at >= 0 && !text.includes(needle, at + 1)) return at + head.length;
  }
  return null;
}

function takeSide(text: string, from: number, to: number): HunkSide {
  return {
    at: from,
    text: text.slice(from, to),
    head: takeLastLines(text.slice(Math.max(0, from - CONTEXT_LENGTH), from), CONTEXT_LINES),
    tail: takeFirstLines(text.slice(to, to + CONTEXT_LENGTH), CONTEXT_LINES),
  };
}

/**
 * The end of a text from where its last lines begin.
 *
 *     ## group_begin␊<!-- moved -->␊␊
 *                    ^ two lines
 */
function takeLastLines(text: string, lines: number): string {
  let from = text.length;
  for (let line = 0; line < lines && from > 0; line++) from = from === 1 ? 0 : text.lastIndexOf("\n", from - 2) + 1;
  return text.slice(from);
}

/**
 * The start of a text up to where its first lines end.
 *
 *     ␊## task_begin␊### # [id:…␊
 *                   ^ two lines
 */
function takeFirstLines(text: string, lines: number): string {
  let to = 0;
  for (let line = 0; line < lines && to < text.length; line++) {
    const end = text.indexOf("\n", to);
    to = end < 0 ? text.length : end + 1;
  }
  return text.slice(0, to);
}

/** Whether at least `weight` characters of the text are no white space. */
function weighs(text: string, weight: number): boolean {
  let found = 0;
  for (let at = 0; at < text.length && found < weight; at++) {
    if (text.charCodeAt(at) > 32) found++;
  }
  return found >= weight;
}
