import { diffArrays } from "diff";

/** One stretch of lines that `after` has instead of lines `from` to `to` (0-based, half-open) of the base. */
interface LineChange {
  readonly from: number;
  readonly to: number;
  readonly lines: readonly string[];
}

/** A change of text between two offsets of the old one, as CodeMirror takes it. */
export interface TextChange {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The lines of a text, each with its own line end; together they are the text. */
function splitLines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Beyond this many differing lines the whole stretch is one change: the search for a smaller one takes too long. */
const MOST_EDITS = 4000;

function compareLines(base: readonly string[], after: readonly string[]): LineChange[] {
  let head = 0;
  while (head < base.length && head < after.length && base[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(base.length, after.length) - head;
  while (tail < most && base.at(-1 - tail) === after.at(-1 - tail)) tail++;
  const old = base.slice(head, base.length - tail);
  const text = after.slice(head, after.length - tail);
  if (old.length === 0 && text.length === 0) return [];
  const whole = { from: head, to: base.length - tail, lines: text };
  if (old.length === 0 || text.length === 0) return [whole];
  const pieces = diffArrays(old, text, { maxEditLength: MOST_EDITS }) as readonly Piece[] | undefined;
  return pieces === undefined ? [whole] : joinPieces(pieces, head);
}

interface Piece {
  readonly added: boolean;
  readonly removed: boolean;
  readonly value: readonly string[];
}

function joinPieces(pieces: readonly Piece[], start: number): LineChange[] {
  const changes: LineChange[] = [];
  let line = start;
  let open: { from: number; to: number; lines: string[] } | null = null;
  for (const { added, removed, value } of pieces) {
    if (added || removed) {
      open ??= { from: line, to: line, lines: [] };
      if (added) open.lines.push(...value);
      else open.to = line += value.length;
    } else {
      if (open !== null) changes.push(open);
      open = null;
      line += value.length;
    }
  }
  if (open !== null) changes.push(open);
  return changes;
}

/** An insertion between two replaced lines touches them, one at their edge does not. */
const touches = (a: LineChange, b: LineChange): boolean => a.from < b.to && b.from < a.to;

/**
 * `theirs` with what was typed since `base` (`mine`) put in, line by line. Source: EDITOR.md, "Writing" (an outside change
 * merges with unsaved typing). Assumption: where both changed the same lines, what was typed stays and the other is dropped;
 * where both put lines in at one place, theirs come first.
 */
export function mergeLines(base: string, mine: string, theirs: string): string {
  if (mine === base || mine === theirs) return theirs;
  if (theirs === base) return mine;
  const lines = splitLines(base);
  const typed = compareLines(lines, splitLines(mine));
  const outside = compareLines(lines, splitLines(theirs)).filter(
    (change) => !typed.some((own) => touches(own, change)),
  );
  const all = [
    ...outside.map((change) => ({ ...change, turn: 0 })),
    ...typed.map((change) => ({ ...change, turn: 1 })),
  ].sort((a, b) => a.from - b.from || a.to - b.to || a.turn - b.turn);
  const merged: string[] = [];
  let at = 0;
  for (const { from, to, lines: put } of all) {
    merged.push(...lines.slice(at, Math.max(at, from)), ...put);
    at = Math.max(at, to);
  }
  merged.push(...lines.slice(at));
  return closeInnerLines(merged).join("");
}

/** A last line without an end gets one where something now follows it. */
const closeInnerLines = (lines: readonly string[]): string[] =>
  lines.map((line, index) => (index < lines.length - 1 && !line.endsWith("\n") ? `${line}\n` : line));

/**
 * The changes that make `after` of `before`, whole lines trimmed to the characters that differ; [] for equal texts. Source:
 * EDITOR.md, "Writing": an outside change keeps the cursor and the scroll place, so it replaces no more than it must.
 */
export function describeChanges(before: string, after: string): TextChange[] {
  const lines = splitLines(before);
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  return compareLines(lines, splitLines(after)).map(({ from, to, lines: put }) => {
    const start = starts[from] ?? before.length;
    const end = starts[to] ?? before.length;
    return trimChange(before.slice(start, end), put.join(""), start);
  });
}

function trimChange(old: string, text: string, at: number): TextChange {
  let head = 0;
  while (head < old.length && head < text.length && old[head] === text[head]) head++;
  let tail = 0;
  const most = Math.min(old.length, text.length) - head;
  while (tail < most && old[old.length - 1 - tail] === text[text.length - 1 - tail]) tail++;
  return { from: at + head, to: at + old.length - tail, insert: text.slice(head, text.length - tail) };
}
