import type { Edit } from "./edits";
import type { NoteChange } from "./plan";
import type { Crossing, Passage, Standing } from "./standing";
import type { Hunk } from "./hunks";
import { planBatchType } from "./batch-header";
import { applyEdits, composeEdits } from "./edits";
import { locateHunk, matchHunks, movesBlocks } from "./hunks";
import { parseNote } from "./note";
import { findMisplaced, findWrittenComment, planCommentRemoval, planOldPlaces } from "./old-place";
import { removeBlocks } from "./removal";
import { holds, isUntouched, listBlocks } from "./standing";

/** A crossing brought to a note as it stands now; `change` null where nothing is left to do. */
export type Rebased =
  | { readonly change: NoteChange | null; readonly warnings: readonly string[]; readonly failure: null }
  | { readonly failure: RebaseFailure };

/** Why a crossing does not fit a note any more. */
export type RebaseFailure =
  /** The note is not valid UTF-8, or not what the record of the move says. */
  | { readonly kind: "damaged"; readonly path: string }
  /** A block that has to leave the note does not stand there unchanged, and once. */
  | { readonly kind: "changed"; readonly path: string; readonly id: string }
  /** The place of a block that the note has to gain is not there. */
  | { readonly kind: "no-place"; readonly path: string; readonly id: string };

/**
 * Brings a crossing to the note as it stands now: to the byte where nothing was edited since; else hunk by hunk, and the
 * blocks that leave one by one. The result is read again: it holds the blocks that the note held, less those that leave,
 * and those that come, each verbatim, or the crossing fails. What else was edited since is left, with a warning.
 * `strict`: every block that leaves must be there; otherwise one that somebody took out already is no failure.
 */
export function rebaseCrossing(crossing: Crossing, standing: Standing, strict: boolean): Rebased {
  const { path, gained, lost } = crossing;
  const { text, damaged } = standing;
  if (damaged) return { failure: { kind: "damaged", path } };
  if (isUntouched(crossing, standing)) return replayCrossing(crossing, text);
  if (text !== null) return reshapeCrossing(crossing, text, strict);
  const [coming] = gained;
  if (coming) return { failure: { kind: "no-place", path, id: coming.id } };
  const [leaving] = lost;
  if (leaving && strict) return { failure: { kind: "changed", path, id: leaving.id } };
  return { change: null, warnings: [`${path} is not there any more: nothing is done to it.`], failure: null };
}

/** The crossing over the very text that it was made from. */
function replayCrossing(crossing: Crossing, text: string | null): Rebased {
  const edits = matchHunks(text ?? "", crossing.hunks);
  return edits === null
    ? { failure: { kind: "damaged", path: crossing.path } }
    : verifyChange(crossing, text, edits, { removed: crossing.after === null, strict: true, warnings: [] });
}

/** The crossing over a text that was edited since. */
function reshapeCrossing(crossing: Crossing, text: string, strict: boolean): Rebased {
  const { path, lost } = crossing;
  const unfit = findUnfit(crossing, text, strict);
  if (unfit) return { failure: { kind: "changed", path, id: unfit.id } };
  if (crossing.after !== null) return reshapeNote(crossing, text, strict);
  const between = applyEdits(text, locateHunks(text, crossing).edits);
  if (between.trim() === "") {
    const edits = [{ from: 0, to: text.length, insert: "" }];
    return verifyChange(crossing, text, edits, { removed: true, strict, warnings: [] });
  }
  const warnings = [`${path} was edited since: the tasks leave it, and the rest stays.`];
  return verifyChange(crossing, text, emptyCreated(text, lost), { removed: false, strict, warnings });
}

/** The crossing of a note that stays, by its hunks; where these lead a block to no place or a wrong one, by the places. */
function reshapeNote(crossing: Crossing, text: string, strict: boolean): Rebased {
  const { path, gained, lost } = crossing;
  const { edits, left } = locateHunks(text, crossing);
  const finish = (edits: readonly Edit[], missed: boolean): Rebased => {
    const warnings = missed
      ? [`${path} was edited since: a line beside the tasks, which the move changed too, is left as it stands.`]
      : [];
    const whole = composeEdits(text, edits, takeOut(applyEdits(text, edits), lost));
    const rebased = verifyChange(crossing, text, whole, { removed: false, strict, warnings });
    const misplaced = rebased.failure ? null : findMisplaced(applyEdits(text, whole), gained);
    return misplaced ? { failure: { kind: "no-place", path, id: misplaced.id } } : rebased;
  };
  const byHunks = finish(
    edits,
    left.some((hunk) => !movesBlocks(hunk)),
  );
  if (byHunks.failure?.kind !== "no-place") return byHunks;
  const placed = placeBlocks(crossing, text);
  return placed ? finish(placed.edits, placed.missed) : byHunks;
}

/** The edits that put every block back by its place, and those of the other hunks; null where a block has none. */
function placeBlocks(
  crossing: Crossing,
  text: string,
): { readonly edits: readonly Edit[]; readonly missed: boolean } | null {
  const blockHunks = crossing.hunks.filter(movesBlocks);
  const beside = locateHunks(text, { ...crossing, hunks: crossing.hunks.filter((hunk) => !movesBlocks(hunk)) });
  let { edits } = beside;
  let missed = false;
  for (const hunk of [...blockHunks, ...beside.left]) {
    const comment = findWrittenComment(hunk);
    const removal = comment === null ? null : planCommentRemoval(applyEdits(text, edits), comment);
    if (removal) edits = composeEdits(text, edits, [removal]);
    else if (comment !== null || !movesBlocks(hunk)) missed = true;
  }
  const places = planOldPlaces(applyEdits(text, edits), crossing.gained);
  return places && { edits: composeEdits(text, edits, places), missed };
}

/** The edits that take blocks out of a note that the move created; with its last task goes the type of its batch. */
function emptyCreated(text: string, lost: readonly Passage[]): readonly Edit[] {
  const edits = takeOut(text, lost);
  const note = parseNote(applyEdits(text, edits));
  return note.tasks.length > 0 ? edits : composeEdits(text, edits, planBatchType(note, null));
}

/** The change, if the blocks of its result are what they have to be. */
function verifyChange(
  crossing: Crossing,
  before: string | null,
  edits: readonly Edit[],
  how: { readonly removed: boolean; readonly strict: boolean; readonly warnings: readonly string[] },
): Rebased {
  const { path } = crossing;
  const after = applyEdits(before ?? "", edits);
  const failure = crossing.conserves ? findImbalance(crossing, before ?? "", after, how.strict) : null;
  if (failure) return { failure };
  const change = { path, before, edits, after: how.removed ? null : after };
  return { change, warnings: how.warnings, failure: null };
}

/** A block that has to leave and does not stand there as often as it leaves, unchanged; null where all do. */
function findUnfit({ lost }: Crossing, text: string, strict: boolean): Passage | null {
  const blocks = listBlocks(text);
  const unfit = lost.find((passage) => {
    const found = blocks.filter((block) => block.text === passage.text).length;
    const wanted = lost.filter((other) => other.text === passage.text).length;
    return found > wanted || (found < wanted && (strict || holds(blocks, passage)));
  });
  return unfit ?? null;
}

/** The edits of those hunks that are found, and the hunks that are not. */
function locateHunks(
  text: string,
  { hunks, conserves }: Crossing,
): { readonly edits: readonly Edit[]; readonly left: readonly Hunk[] } {
  const edits: Edit[] = [];
  const left: Hunk[] = [];
  let last = 0;
  for (const hunk of hunks) {
    const { before, after } = hunk;
    const at = locateHunk(text, hunk, conserves && movesBlocks(hunk));
    if (at !== null && at >= last) {
      last = at + before.text.length;
      edits.push({ from: at, to: last, insert: after.text });
    } else {
      left.push(hunk);
    }
  }
  return { edits, left };
}

/** The edits that take out those of the blocks that still stand in the text. */
function takeOut(text: string, lost: readonly Passage[]): readonly Edit[] {
  const { tasks } = parseNote(text);
  const texts = new Set(lost.map((passage) => passage.text));
  const removed = tasks.flatMap((task, index) => (texts.has(text.slice(task.from, task.to)) ? [index] : []));
  return removeBlocks(text, tasks, new Set(removed));
}

/**
 * Why the blocks of `after` are not those of `before`, less the lost, and the gained, in a group like the one that they
 * came from; null where they are.
 */
function findImbalance(crossing: Crossing, before: string, after: string, strict: boolean): RebaseFailure | null {
  const { path, gained, lost } = crossing;
  const balance = new Map<string, number>();
  const held = (text: string): number => balance.get(text) ?? 0;
  for (const { text } of listBlocks(before)) balance.set(text, held(text) + 1);
  for (const { text } of lost) if (strict || held(text) > 0) balance.set(text, held(text) - 1);
  for (const { text } of gained) balance.set(text, held(text) + 1);
  for (const { text } of listBlocks(after)) balance.set(text, held(text) - 1);
  const homeless = gained.find((passage) => held(passage.text) !== 0 || !isAtPlace(after, passage));
  if (homeless) return { kind: "no-place", path, id: homeless.id };
  return [...balance.values()].some((count) => count !== 0) ? { kind: "damaged", path } : null;
}

function isAtPlace(text: string, { text: block, place }: Passage): boolean {
  if (place === null) return true;
  const { groups, tasks } = parseNote(text);
  return tasks.some((task) => {
    const group = groups.find((_, index) => index === task.group);
    return text.slice(task.from, task.to) === block && group?.type === place.type && group.priority === place.priority;
  });
}
