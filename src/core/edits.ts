import { isBlank } from "./blanks";

/** A replacement of `[from, to)` by `insert`; offsets are UTF-16 code units of the text before any edit. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * The text with all edits applied. Edits are sorted and do not overlap; they may touch, and two insertions at one place
 * keep their order. None gives the text itself. Throws a RangeError where an edit lies outside the text or out of order.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { from, to, insert } of edits) {
    if (from < at || to < from || to > text.length) {
      throw new RangeError(`edit [${from}, ${to}) after ${at} in a text of ${text.length}`);
    }
    parts.push(text.slice(at, from), insert);
    at = to;
  }
  parts.push(text.slice(at));
  return parts.join("");
}

/** The edits over `applyEdits(text, edits)` that give `text` back, byte for byte. */
export function invertEdits(text: string, edits: readonly Edit[]): readonly Edit[] {
  let shift = 0;
  return edits.map((edit) => {
    const from = edit.from + shift;
    shift += growth(edit);
    return { from, to: from + edit.insert.length, insert: text.slice(edit.from, edit.to) };
  });
}

/**
 * The edits over `text` that do at once what `first` and then `second` (over the text after `first`) do in turn. Sorted,
 * never touching, each without a common start or end with what it replaces; none where the two cancel out.
 */
export function composeEdits(text: string, first: readonly Edit[], second: readonly Edit[]): readonly Edit[] {
  const between = applyEdits(text, first);
  const after = applyEdits(between, second);
  const back = invertEdits(text, first);
  const composed: Edit[] = [];
  let backShift = 0;
  let shift = 0;
  for (const region of joinRegions(back, second)) {
    const from = region.from + backShift;
    const insertFrom = region.from + shift;
    for (const edit of region.first) backShift += growth(edit);
    for (const edit of region.second) shift += growth(edit);
    const insert = after.slice(insertFrom, region.to + shift);
    composed.push(...trimEdit(text, { from, to: region.to + backShift, insert }));
  }
  return composed;
}

/**
 * The smallest edit that does the same: without a common start or end with what it replaces, never between the halves of
 * a surrogate pair. None where the edit changes nothing.
 */
export function trimEdit(text: string, edit: Edit): readonly Edit[] {
  const { insert } = edit;
  const longest = Math.min(edit.to - edit.from, insert.length);
  let start = 0;
  while (start < longest && text.charCodeAt(edit.from + start) === insert.charCodeAt(start)) start++;
  if (start > 0 && isHighSurrogate(insert.charCodeAt(start - 1))) start--;
  let end = 0;
  while (end < longest - start && text.charCodeAt(edit.to - 1 - end) === insert.charCodeAt(insert.length - 1 - end))
    end++;
  if (end > 0 && isLowSurrogate(insert.charCodeAt(insert.length - end))) end--;
  const trimmed = { from: edit.from + start, to: edit.to - end, insert: insert.slice(start, insert.length - end) };
  return trimmed.from === trimmed.to && trimmed.insert === "" ? [] : [trimmed];
}

/**
 * The edit that writes a value over the one at a span; none where it is there already. Behind a label without a value it
 * goes with one blank before it, and the blanks that end the line stay.
 *
 * ```text
 * **Batch Type:** [type:config]··      **Batch Type:**··
 *                 ^from        ^to                    ^from, to
 * ```
 */
export function replaceValue(text: string, span: ValueSpan, value: string): readonly Edit[] {
  const { from, to } = span;
  if (text.slice(from, to) === value) return [];
  if (from < to) return [{ from, to, insert: value }];
  let at = from;
  while (isBlank(text.charCodeAt(at - 1))) at--;
  return [{ from: at, to: at, insert: ` ${value}` }];
}

/** Where a value stands; empty, behind the blanks after its label, where there is none. */
export interface ValueSpan {
  readonly from: number;
  readonly to: number;
}

interface Region {
  readonly from: number;
  to: number;
  readonly first: Edit[];
  readonly second: Edit[];
}

/** The spans that either list touches, overlapping and touching ones joined, in order. */
function joinRegions(first: readonly Edit[], second: readonly Edit[]): readonly Region[] {
  const all = [
    ...first.map((edit) => ({ edit, list: "first" as const })),
    ...second.map((edit) => ({ edit, list: "second" as const })),
  ].sort((a, b) => a.edit.from - b.edit.from);
  const regions: Region[] = [];
  for (const { edit, list } of all) {
    let region = regions.at(-1);
    if (!region || edit.from > region.to) {
      region = { from: edit.from, to: edit.to, first: [], second: [] };
      regions.push(region);
    }
    region.to = Math.max(region.to, edit.to);
    region[list].push(edit);
  }
  return regions;
}

function growth(edit: Edit): number {
  return edit.insert.length - (edit.to - edit.from);
}

function isHighSurrogate(char: number): boolean {
  return char >= 0xd800 && char < 0xdc00;
}

function isLowSurrogate(char: number): boolean {
  return char >= 0xdc00 && char < 0xe000;
}
