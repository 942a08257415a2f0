import { skipBlanks } from "./blanks";
import type { Edit } from "./edits";
import { insertBelow } from "./field-lines";
import type { Finding } from "./finding";
import type { NoteToFix } from "./fix";
import { lineBreakAt, lineEndAt, lineStartAt, lineStartBefore } from "./line-ends";
import type { Note } from "./note";
import { isMaskedAt } from "./structure";
import type { Header } from "./task";

const BLANK_OR_RULE = /^[ \t]*(?:---[ \t]*)?$/;

/** Puts a header that is glued to its marker on a line of its own. */
export function splitGlued({ lineEnd }: NoteToFix, { from }: Header): readonly Edit[] {
  return [{ from, to: from, insert: lineEnd }];
}

/** Takes the white space away that a marker or label begins with; the finding spans its line. */
export function dedentLine({ note }: NoteToFix, { from, to }: Finding): readonly Edit[] {
  return [{ from, to: skipBlanks(note.text, from, to), insert: "" }];
}

/** Adds the `## task_end` that a task block lacks, behind its last line: a `---` and blank lines stay below. */
export function closeTask(one: NoteToFix, finding: Finding): readonly Edit[] {
  if (!finding.fixable) return [];
  return one.note.tasks
    .filter(({ from }) => from === finding.from)
    .map(({ to }) => insertBelow(one.note, lastLineEnd(one.note, to), "## task_end", one.lineEnd, false));
}

/** Adds the `## group_end` that a group lacks, a blank line below its last line. */
export function closeGroup(one: NoteToFix, finding: Finding): readonly Edit[] {
  if (!finding.fixable) return [];
  return one.note.groups
    .filter(({ from }) => from === finding.from)
    .map(({ to }) => insertBelow(one.note, lastLineEnd(one.note, to), "## group_end", one.lineEnd, true));
}

/** End of the last line up to `to` that is masked, or neither blank nor `---`: there is one, the block's begin marker. */
function lastLineEnd(note: Note, to: number): number {
  const { text } = note;
  let from = lineStartAt(text, to);
  while (BLANK_OR_RULE.test(text.slice(from, lineEndAt(text, from))) && !isMaskedAt(note, from)) {
    from = lineStartBefore(text, from);
  }
  return lineEndAt(text, from);
}

/**
 * Takes a moved note away, and the blank line below it where one stands above it as well.
 *
 * ```text
 * ## Title⏎⏎<!-- Tasks A moved to TODO.md on 2026-02-04 -->⏎⏎## group_end
 *           ^from                                          ^to: two breaks go
 * ```
 */
export function removeMovedNote({ note }: NoteToFix, { from, to }: Finding): readonly Edit[] {
  const { text } = note;
  const next = to + lineBreakAt(text, to).length;
  const nextTo = lineEndAt(text, next);
  const blankBelow = text.slice(next, nextTo).trim() === "";
  const end = blankBelow && isBelowBlank(text, from) ? nextTo + lineBreakAt(text, nextTo).length : next;
  return [{ from, to: end, insert: "" }];
}

function isBelowBlank(text: string, at: number): boolean {
  if (at === 0) return true;
  const above = lineStartBefore(text, at);
  return text.slice(above, lineEndAt(text, above)).trim() === "";
}
