import { applyEdits, type Edit } from "./edits";
import { toLineFeeds } from "./line-ends";
import { parseNote, type Note } from "./note";
import type { Refusal } from "./refusal";
import type { Status, TaskBlock } from "./task";
import { planCriterion, planTaskValues } from "./task-values";

/** A task block as it is shown to a person, for finding it again by its exact text, whatever was edited around it. */
export interface ShownTask {
  /** The block, from the first character of its first line to the last of its last; its line ends do not matter. */
  readonly text: string;
  /** How many equal blocks stand before it in its note; 0 in almost every note. */
  readonly before: number;
  /** How many equal blocks the note holds, this one among them; 1 in almost every note. */
  readonly equals: number;
}

/** What a person asks of one task. */
export type TaskChange =
  | { readonly kind: "status"; readonly status: Status }
  /** `criterion` is 1-based, over Acceptance Criteria and Definition of Done in the order of the block. */
  | { readonly kind: "criterion"; readonly criterion: number; readonly ticked: boolean };

/** A task of a note as it is shown. */
export function describeShown({ text, tasks }: Note, task: TaskBlock): ShownTask {
  const own = toLineFeeds(text.slice(task.from, task.to));
  const equals = tasks.filter((other) => toLineFeeds(text.slice(other.from, other.to)) === own);
  return { text: own, before: equals.indexOf(task), equals: equals.length };
}

/** The closed task that was shown; null where the note does not hold it as it was, or another number of equal ones. */
export function findShown({ text, tasks }: Note, shown: ShownTask): TaskBlock | null {
  const wanted = toLineFeeds(shown.text);
  const equals = tasks.filter(({ from, to }) => toLineFeeds(text.slice(from, to)) === wanted);
  const task = equals.length === shown.equals ? equals[shown.before] : undefined;
  return task?.closed === true ? task : null;
}

/** A change of one task, planned: edits over the note's text, and the task as it is shown after them; or why there are none. */
export type PlannedChange =
  | { readonly edits: readonly Edit[]; readonly shown: ShownTask; readonly refusal: null }
  | { readonly edits: null; readonly refusal: Refusal };

/**
 * The edits over a note's text that make one change of one task; none where it is so already. Refuses `stale-source` where
 * the note does not hold the task as it was shown, and as `planTaskValues` and `planCriterion` do.
 *
 * @param path the note, as sentences name it.
 */
export function planTaskChange(path: string, text: string, shown: ShownTask, change: TaskChange): PlannedChange {
  const note = parseNote(text);
  const task = findShown(note, shown);
  if (!task) {
    const message = `This task has changed in ${path} meanwhile, so nothing was written. Look at it, then try again.`;
    return { edits: null, refusal: { code: "stale-source", message } };
  }
  const place = { path, note, task };
  const planned =
    change.kind === "status"
      ? planTaskValues(place, [{ field: "status", value: change.status }])
      : planCriterion(place, change.criterion, change.ticked);
  if (planned.refusal) return planned;
  // No edit of a value adds or takes away a task.
  const after = parseNote(applyEdits(text, planned.edits));
  const now = after.tasks[note.tasks.indexOf(task)] as TaskBlock;
  return { ...planned, shown: describeShown(after, now) };
}
