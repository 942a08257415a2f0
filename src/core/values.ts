import { applyEdits } from "./edits";
import type { BacklogFolder } from "./folder";
import type { Note } from "./note";
import type { Planned } from "./plan";
import { idKey } from "./promotable";
import type { Refusal, RefusalCode } from "./refusal";
import { planCriterion, planTaskValues, type FieldValue, type PlannedEdits, type TaskPlace } from "./task-values";
import { closestWord } from "./typos";

/**
 * The plan that sets values of a task in the backlog or the todo note; nothing else changes (FORMAT.md §5, rule 11): no
 * note where the task says all of it already. Refuses as `planTaskValues` does, `unknown-task` (also for a task that only
 * the archive holds), `ambiguous-task`, and `damaged-note` where the block is unclosed.
 */
export function planSet(folder: BacklogFolder, id: string, values: readonly FieldValue[]): Planned {
  const found = findTask(folder, id);
  return "place" in found ? planEdit(found.place, planTaskValues(found.place, values)) : refuse(found);
}

/**
 * The plan that ticks the nth criterion of a task, or unticks it, as `planCriterion` does; no note where it is so
 * already. Refuses as `planSet` does.
 */
export function planTick(folder: BacklogFolder, id: string, n: number, ticked: boolean): Planned {
  const found = findTask(folder, id);
  return "place" in found ? planEdit(found.place, planCriterion(found.place, n, ticked)) : refuse(found);
}

/** A plan that changes one note and moves nothing; without edits no note at all. */
function planEdit({ path, note: { text: before } }: TaskPlace, { edits, refusal: why }: PlannedEdits): Planned {
  if (why) return refuse(why);
  const changes = edits.length === 0 ? [] : [{ path, before, edits, after: applyEdits(before, edits) }];
  return { plan: { kind: "edit", changes, blocks: [], warnings: [] }, refusal: null };
}

interface NamedPlace extends TaskPlace {
  readonly id: string;
}

function findTask(folder: BacklogFolder, id: string): { readonly place: NamedPlace } | Refusal {
  const { names, backlog, todo, archive } = folder;
  if (!backlog) return refusal("no-backlog", `There is no ${names.backlog} here. Run init to start one.`);
  const places = [...placesOf(names.backlog, backlog), ...placesOf(names.todo, todo)];
  const wanted = idKey(id.trim());
  const [place, ...others] = places.filter((one) => idKey(one.id) === wanted);
  if (!place) {
    const archived = placesOf(names.archive, archive).some((one) => idKey(one.id) === wanted);
    if (archived) return refusal("unknown-task", `${id} is in ${names.archive}: archived tasks are never rewritten.`);
    const keys = places.map((one) => idKey(one.id));
    const closest = places[keys.indexOf(closestWord(wanted, keys, 2) ?? "")];
    const hint = closest ? `Did you mean ${closest.id}?` : "Run list to see the tasks.";
    return refusal("unknown-task", `Neither ${names.backlog} nor ${names.todo} holds a task ${id}. ${hint}`);
  }
  if (others.length > 0) {
    const where = [place, ...others].map(({ path, task }) => `${path}:${task.line}`).join(", ");
    return refusal(
      "ambiguous-task",
      `There are ${others.length + 1} tasks ${id}: ${where}. Give them ids of their own.`,
    );
  }
  if (!place.task.closed) {
    const where = `${id} (${place.path}:${place.task.line})`;
    return refusal("damaged-note", `${where} has no \`## task_end\`: add it behind its last line, or run fix.`);
  }
  return { place };
}

function placesOf(path: string, note: Note | null): readonly NamedPlace[] {
  if (!note) return [];
  return note.tasks.flatMap((task) => (task.id === null ? [] : [{ id: task.id, path, note, task }]));
}

function refusal(code: RefusalCode, message: string): Refusal {
  return { code, message };
}

function refuse(why: Refusal): Planned {
  return { plan: null, refusal: why };
}
