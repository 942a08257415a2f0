import { applyEdits, composeEdits, type Edit } from "./edits";
import type { Hunk } from "./hunks";
import { dominantLineEnd, lineBreakAt, lineEndAt } from "./line-ends";
import { parseNote, type Note } from "./note";
import type { BlockPlace } from "./plan";
import { idKey } from "./promotable";
import { findGroupsLike, findPlaceBeside, planReturnEdit, tasksOf } from "./return-place";
import { holds, listBlocks, type Passage } from "./standing";

const BLANK_LINE_ABOVE = /(?:\n|\r(?!\n))[ \t]*(?:\r\n|\r|\n)$/;
const BLANK_LINE = /^[ \t]*(?:\r\n|\r|\n)/;

/**
 * The edits that put blocks back to where they stood, each beside its old neighbours, else at the top of its old group
 * (FORMAT.md §5 rule 10). Null where the old group of one is not found for certain, or it stands in the text already.
 */
export function planOldPlaces(text: string, gained: readonly Passage[]): readonly Edit[] | null {
  const moved = listKeys(gained);
  let edits: readonly Edit[] = [];
  let current = text;
  for (const passage of gained) {
    const { id, text: block, place } = passage;
    if (place === null || holds(listBlocks(current), passage)) return null;
    const note = parseNote(current);
    const group = findOldGroup(note, place, moved);
    if (group === null) return null;
    const at = findPlaceBeside(note, group, id, place) ?? { kind: "top", group };
    edits = composeEdits(text, edits, [planReturnEdit(note, at, block, place, dominantLineEnd(current))]);
    current = applyEdits(text, edits);
  }
  return edits;
}

/** The one group of that type, priority and title with an old neighbour; where none has any, the one that is like it. */
function findOldGroup(note: Note, place: BlockPlace, moved: ReadonlySet<string>): number | null {
  const alike = findGroupsLike(note, place);
  const known = alike.filter((group) => hasNeighbour(note, group, place, moved));
  const [group, ...others] = known.length > 0 ? known : alike;
  return group === undefined || others.length > 0 ? null : group;
}

/**
 * A block that stands in a group which is less like its old one than another of that type and priority (an old neighbour
 * counts more than the title), or on the wrong side of a neighbour; null where none does.
 */
export function findMisplaced(text: string, gained: readonly Passage[]): Passage | null {
  const note = parseNote(text);
  const moved = listKeys(gained);
  const misplaced = gained.find(({ text: block, place }) => {
    if (place === null) return false;
    const own = note.groups.findIndex((_, group) => {
      return tasksOf(note, group).some(({ from, to }) => text.slice(from, to) === block);
    });
    const rank = (group: number): number =>
      (hasNeighbour(note, group, place, moved) ? 2 : 0) + (note.groups[group]?.title === place.title ? 1 : 0);
    const better = note.groups.some(({ type, priority }, group) => {
      return type === place.type && priority === place.priority && rank(group) > rank(own);
    });
    return better || isOutOfOrder(note, own, place, moved);
  });
  return misplaced ?? null;
}

/** Whether a group has its blocks out of their old order, though those that stayed are in it. */
function isOutOfOrder(note: Note, group: number, place: BlockPlace, moved: ReadonlySet<string>): boolean {
  const ids = place.ids.map(idKey);
  const standing = tasksOf(note, group).flatMap(({ id }) => (id === null ? [] : idKey(id)));
  const isSorted = (keys: readonly string[]): boolean => {
    const order = keys.map((key) => ids.indexOf(key)).filter((at) => at !== -1);
    return order.every((at, index) => index === 0 || at >= (order[index - 1] as number));
  };
  return !isSorted(standing) && isSorted(standing.filter((key) => !moved.has(key)));
}

function hasNeighbour(note: Note, group: number, place: BlockPlace, moved: ReadonlySet<string>): boolean {
  const ids = new Set(place.ids.map(idKey));
  return tasksOf(note, group).some(({ id }) => id !== null && ids.has(idKey(id)) && !moved.has(idKey(id)));
}

function listKeys(gained: readonly Passage[]): ReadonlySet<string> {
  return new Set(gained.map(({ id }) => idKey(id)));
}

/** The moved note that a hunk takes out, as it was written; null for none. */
export function findWrittenComment({ before }: Hunk): string | null {
  return /<!-- Tasks .*? -->/.exec(before.text)?.[0] ?? null;
}

/** The edit that takes out a moved note that stands there exactly as written, and once; null where it does not. */
export function planCommentRemoval(text: string, comment: string): Edit | null {
  const [found, ...others] = parseNote(text).movedNotes.filter(
    ({ from, to }) => text.slice(from, to).trim() === comment,
  );
  if (!found || others.length > 0) return null;
  const end = lineEndAt(text, found.to);
  const below = end + lineBreakAt(text, end).length;
  const blank = BLANK_LINE_ABOVE.test(text.slice(0, found.from)) ? BLANK_LINE.exec(text.slice(below)) : null;
  return { from: found.from, to: below + (blank?.[0].length ?? 0), insert: "" };
}
