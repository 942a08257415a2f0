import type { Edit } from "./edits";
import type { LineEnd } from "./line-ends";
import { groupTopAt } from "./moved-note";
import type { Group, Note } from "./note";
import { appendLines, insertLinesBelow, separator } from "./placement";
import type { BlockPlace, MovableTask } from "./plan";
import { idKey } from "./promotable";
import type { TaskBlock } from "./task";

/** Where in the backlog a block returns to. */
export type ReturnPlace =
  | { readonly kind: "after" | "before"; readonly group: number; readonly task: TaskBlock }
  | { readonly kind: "top"; readonly group: number }
  | { readonly kind: "new" };

/**
 * Where a task returns to (FORMAT.md §5 rule 9): behind its nearest predecessor in its old group, else before its nearest
 * successor, else to the top of that group; else to the top of the first group of its type and priority; else into a new
 * group. Of groups alike, the old one is that with a neighbour. `place` is what the ledger knows; null for nothing.
 */
export function findReturnPlace(backlog: Note, task: MovableTask, place: BlockPlace | null): ReturnPlace {
  const home = place ? findHome(backlog, task.id, place) : null;
  if (home) return home;
  const group = backlog.groups.findIndex(({ type, priority }) => type === task.type && priority === task.priority);
  return group === -1 ? { kind: "new" } : { kind: "top", group };
}

function findHome(backlog: Note, id: string, place: BlockPlace): ReturnPlace | null {
  const homes = findGroupsLike(backlog, place);
  for (const group of homes) {
    const beside = findPlaceBeside(backlog, group, id, place);
    if (beside) return beside;
  }
  return homes[0] === undefined ? null : { kind: "top", group: homes[0] };
}

/** Indices of the groups that have the type, the priority and the title of a place. */
export function findGroupsLike(backlog: Note, place: BlockPlace): readonly number[] {
  return backlog.groups.flatMap(({ type, priority, title }, group) =>
    type === place.type && priority === place.priority && title === place.title ? group : [],
  );
}

/**
 * Behind the nearest predecessor of a block that stands in that group, else before its nearest successor; null where
 * neither is there. `id` is the block's own.
 */
export function findPlaceBeside(backlog: Note, group: number, id: string, place: BlockPlace): ReturnPlace | null {
  const ids = place.ids.map(idKey);
  const own = ids.indexOf(idKey(id));
  const before = ids.slice(0, Math.max(own, 0)).reverse();
  const behind = ids.slice(own + 1);
  const tasks = tasksOf(backlog, group);
  const find = (wanted: string) => tasks.find((found) => found.id !== null && idKey(found.id) === wanted);
  const predecessor = before.flatMap((wanted) => find(wanted) ?? []).find(({ closed }) => closed);
  if (predecessor) return { kind: "after", group, task: predecessor };
  const successor = behind.flatMap((wanted) => find(wanted) ?? [])[0];
  return successor ? { kind: "before", group, task: successor } : null;
}

/** The task blocks of a group, in order. */
export function tasksOf(backlog: Note, group: number): readonly TaskBlock[] {
  return backlog.tasks.filter((task) => task.group === group);
}

/**
 * The edit that puts a block at its place, one separator between it and the block next to it. A new group takes the type
 * and priority of `task`.
 */
export function planReturnEdit(
  backlog: Note,
  place: ReturnPlace,
  block: string,
  task: Pick<MovableTask, "type" | "priority">,
  lineEnd: LineEnd,
): Edit {
  const { text } = backlog;
  const beforeTask = ({ from }: TaskBlock): Edit => ({ from, to: from, insert: block + separator(lineEnd) });
  if (place.kind === "new") {
    const marker = `## group_begin [type:${String(task.type)}][priority:${String(task.priority)}]`;
    const lines = [marker, block, "## group_end"].join(lineEnd + lineEnd);
    return appendLines(text, lines, lineEnd);
  }
  if (place.kind === "after") return { from: place.task.to, to: place.task.to, insert: separator(lineEnd) + block };
  if (place.kind === "before") return beforeTask(place.task);
  const first = tasksOf(backlog, place.group)[0];
  if (first) return beforeTask(first);
  return insertLinesBelow(text, groupTopAt(backlog, backlog.groups[place.group] as Group), block, lineEnd);
}
