import { mendDoubleEncoded } from "./double-encoding";
import { BREAK } from "./line-ends";
import type { Mask } from "./lines";
import type { Note } from "./note";
import type { TaskBlock } from "./task";

const MASKS: readonly Mask[] = ["frontmatter", "fence", "comment", "html", "hidden"];
const ALL_BREAKS = new RegExp(BREAK, "g");

/**
 * Whether an edit that is to change values or formatting left a note's structure alone: the same groups, task blocks,
 * masked lines (but for `comments` one-line comments less) and entries (but for new ones at the end), and in each block
 * the same title, steps, criteria and references, its labels in their order and at most new ones among them. A lost id,
 * a reopened block or a marker that got masked is a change; a missing id or title given or a block closed is none.
 */
export function keepsStructure(before: Note, after: Note, comments = 0): boolean {
  return (
    describe(before) === describe(after) &&
    MASKS.every(
      (mask) => countMasked(before, mask) - (mask === "comment" ? comments : 0) === countMasked(after, mask),
    ) &&
    before.groups.every(({ title }, at) => title === "" || sameText(title, after.groups[at]?.title)) &&
    before.entries.every(({ id }, at) => id === after.entries[at]?.id) &&
    before.tasks.every((task, at) => after.tasks.slice(at, at + 1).some((now) => keepsTask(task, now)))
  );
}

/** Double-encoded characters count as what they mean: mending them changes nothing here. */
function sameText(before: string, after: string | null | undefined): boolean {
  return mendDoubleEncoded(before) === mendDoubleEncoded(String(after));
}

function describe(note: Note): string {
  return JSON.stringify([
    note.groups.map(({ tasks }) => tasks),
    note.tasks.map(({ header, title, steps, criteria, references }) => [
      header === null,
      mendDoubleEncoded(title),
      steps,
      criteria.map(({ ticked }) => ticked),
      references.length,
    ]),
    note.strayMarkers.length,
    note.unclosed.length,
  ]);
}

function countMasked(note: Note, reason: Mask): number {
  let lines = 0;
  for (const { mask, from, to } of note.masked) {
    if (mask === reason) lines += 1 + [...note.text.slice(from, to).matchAll(ALL_BREAKS)].length;
  }
  return lines;
}

function keepsTask(before: TaskBlock, after: TaskBlock): boolean {
  const sameId = before.id === null || sameText(before.id, after.id);
  const labels = after.fields.map(({ label }) => label);
  let at = 0;
  for (const { label } of before.fields) at = labels.indexOf(label, at) + 1 || Infinity;
  return sameId && at !== Infinity && (after.closed || !before.closed);
}

/** Whether the line around an offset is masked (FORMAT.md §2), for a given reason or for any. */
export function isMaskedAt(note: Note, at: number, reason?: Mask): boolean {
  return note.masked.some(({ mask, from, to }) => from <= at && at <= to && (reason === undefined || mask === reason));
}
