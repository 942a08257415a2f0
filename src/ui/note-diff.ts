import type { Edit } from "../core/edits";
import type { NoteChange } from "../core/plan";

/** One line of a diff. */
export interface DiffLine {
  readonly kind: "kept" | "added" | "removed";
  /** Without its line break. */
  readonly text: string;
}

/** Lines in a row of which some change, with a little of what stands around. */
export interface DiffHunk {
  /** Of its first line: in the note before, or in a created one. 1-based. */
  readonly line: number;
  readonly lines: readonly DiffLine[];
}

/** What changes in one note, line by line. */
export interface NoteDiff {
  /** Relative to the folder. */
  readonly path: string;
  readonly created: boolean;
  readonly added: number;
  readonly removed: number;
  readonly hunks: readonly DiffHunk[];
}

/** Lines that stay and are shown before and behind those that change. */
const CONTEXT = 2;

/** Up to so many pairs of lines are compared with each other. */
const MOST_CELLS = 250_000;

/** Lines that change, as indices into the lines before, and what takes their place. */
interface Window {
  first: number;
  /** Behind the last one. */
  last: number;
  after: readonly string[];
}

/**
 * What a change does to the lines of its note. It is told from the edits, so that it says what is written and not the shortest
 * way between two texts; the end of a line counts for nothing.
 */
export function describeDiff({ path, before, edits, after }: NoteChange): NoteDiff {
  const old = splitLines(before ?? "");
  const all: Window = { first: 0, last: old.length, after: [] };
  const windows = after === null ? [all] : listWindows(before ?? "", old, edits);
  const changed = windows.map((window) => toLines(old, window));
  const sum = (kind: DiffLine["kind"]) => changed.flat().filter((line) => line.kind === kind).length;
  const hunks = joinHunks(old, windows, changed);
  return { path, created: before === null, added: sum("added"), removed: sum("removed"), hunks };
}

/** What a diff changes, without where: the same for two diffs of which a person would say that they do the same. */
export function digestDiff({ path, created, hunks }: NoteDiff): unknown {
  const lines = hunks.flatMap((hunk) => hunk.lines.filter(({ kind }) => kind !== "kept"));
  return [path, created, lines.map(({ kind, text }) => [kind, text])];
}

/** The lines of a text; a break at its end begins no further line. */
function splitLines(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}

/** Edits by whole lines: those that touch the same line, or lines beside each other, are one. */
function listWindows(before: string, old: readonly string[], edits: readonly Edit[]): readonly Window[] {
  const starts = listStarts(before);
  const merged: { first: number; last: number; edits: Edit[] }[] = [];
  for (const edit of edits) {
    const first = lineOf(starts, edit.from);
    const last = lineOf(starts, edit.to) + 1;
    const open = merged.at(-1);
    if (open && first <= open.last) {
      open.last = Math.max(open.last, last);
      open.edits.push(edit);
    } else merged.push({ first, last, edits: [edit] });
  }
  const windows = merged.map(({ first, last, edits: own }) => {
    const from = starts[first] ?? before.length;
    const to = starts[last] ?? before.length;
    const after = splitLines(rewrite(before, from, to, own));
    return slide(old, trim(old, { first, last: Math.min(last, old.length), after }));
  });
  return windows.filter(({ first, last, after }) => last > first || after.length > 0);
}

function rewrite(text: string, from: number, to: number, edits: readonly Edit[]): string {
  let at = from;
  let result = "";
  for (const edit of edits) {
    result += text.slice(at, edit.from) + edit.insert;
    at = edit.to;
  }
  return result + text.slice(at, to);
}

/** Without the lines at its start and end that are the same before and after. */
function trim(old: readonly string[], { first, last, after }: Window): Window {
  let [start, end] = [0, 0];
  const most = Math.min(last - first, after.length);
  while (start < most && old[first + start] === after[start]) start++;
  while (end < most - start && old[last - 1 - end] === after[after.length - 1 - end]) end++;
  return { first: first + start, last: last - end, after: after.slice(start, after.length - end) };
}

/** Blocks that go begin with their first line, though the one behind begins alike. */
function slide(old: readonly string[], window: Window): Window {
  const { first, last, after } = window;
  const alike = after.length === 0 && last > first && first > 0 && old[first - 1] === old[last - 1];
  return alike && /^## \w+_begin/.test(old[first - 1] ?? "") ? { first: first - 1, last: last - 1, after } : window;
}

/** Where each line of a text begins. */
function listStarts(text: string): readonly number[] {
  const starts = [0];
  for (const { 0: end, index } of text.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return starts;
}

/** The index of the line that holds an offset. */
function lineOf(starts: readonly number[], at: number): number {
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The lines of a window: what goes before what comes. */
function toLines(old: readonly string[], { first, last, after }: Window): readonly DiffLine[] {
  const gone = old.slice(first, last);
  // Between two changes that lie close, lines may stand that stay. Blocks are shown whole: what two of them share is chance.
  const isBlock = (lines: readonly string[]) => lines.some((line) => /^## task_(?:begin|end)/.test(line));
  const alike = gone.length * after.length <= MOST_CELLS && !(isBlock(gone) && isBlock(after));
  const kept = alike ? findKept(gone, after) : [];
  const lines: DiffLine[] = [];
  let [at, next] = [0, 0];
  for (const [before, behind] of [...kept, [gone.length, after.length] as const]) {
    lines.push(...gone.slice(at, before).map((text) => ({ kind: "removed", text }) as const));
    lines.push(...after.slice(next, behind).map((text) => ({ kind: "added", text }) as const));
    const stays = gone[before];
    if (stays !== undefined) lines.push({ kind: "kept", text: stays });
    [at, next] = [before + 1, behind + 1];
  }
  return lines;
}

/** The longest row of lines that two texts share: pairs of their indices. */
function findKept(a: readonly string[], b: readonly string[]): readonly (readonly [number, number])[] {
  const width = b.length + 1;
  const longest = new Uint32Array((a.length + 1) * width);
  const at = (i: number, j: number): number => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (a[i] === b[j]) pairs.push([i++, j++]);
    else if (at(i + 1, j) >= at(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}

/** Windows with what stands around them; those that lie close make one hunk. */
function joinHunks(
  old: readonly string[],
  windows: readonly Window[],
  changed: readonly (readonly DiffLine[])[],
): readonly DiffHunk[] {
  const hunks: { line: number; lines: DiffLine[] }[] = [];
  const keep = (from: number, to: number) => old.slice(from, to).map((text): DiffLine => ({ kind: "kept", text }));
  let behind = 0;
  windows.forEach(({ first, last }, index) => {
    const near = index > 0 && first - behind <= 2 * CONTEXT;
    const from = near ? behind : Math.max(behind, first - CONTEXT);
    const until = windows[index + 1]?.first ?? old.length;
    const far = until - last > 2 * CONTEXT || index === windows.length - 1;
    const lines = [...keep(from, first), ...(changed[index] ?? []), ...(far ? keep(last, last + CONTEXT) : [])];
    const open = near ? hunks.at(-1) : undefined;
    if (open) open.lines.push(...lines);
    else hunks.push({ line: from + 1, lines });
    behind = last;
  });
  return hunks;
}
