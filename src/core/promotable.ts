import type { BacklogFolder } from "./folder";
import type { Group } from "./note";
import type { RulesInForce } from "./rules";
import type { Priority, Status, TaskBlock } from "./task";

/** Why a task is passed over (FORMAT.md §5, rule 4). */
export type PassOverReason =
  "incomplete" | "not-todo" | "other-type" | "over-limit" | "duplicate-id" | "known-elsewhere" | "damaged";

/** The priorities, highest first: the order of groups under `batch-order: priority`. */
export const PRIORITIES: readonly Priority[] = ["critical", "high", "medium", "low"];

/** The statuses that are known (FORMAT.md §4). */
export const STATUSES: readonly Status[] = ["todo", "in-progress", "blocked", "done"];

/** An id as it is compared: without regard to case. Most are in capitals already, and then no new string is made. */
export function idKey(id: string): string {
  return id.toUpperCase();
}

/** A task's status as the rules count it: absent is `todo`; whatever is none of the four stays as it is. */
export function statusOf(task: TaskBlock): string {
  return task.status ?? "todo";
}

/** Whether a task is open: its status is not `done`. */
export function isOpen(task: TaskBlock): boolean {
  return statusOf(task) !== "done";
}

/** Whether a value is one of the four priorities, in lower case. */
export function isPriority(value: string | null): value is Priority {
  return (PRIORITIES as readonly (string | null)[]).includes(value);
}

/** What a block lacks to be moved at all: closed, with a header, id, type and a known priority. Empty if nothing. */
export function damageOf(task: TaskBlock): readonly string[] {
  const damage: string[] = [];
  if (!task.closed) damage.push("it has no `## task_end`");
  if (!task.header) damage.push("it has no header");
  else {
    if (task.id === null) damage.push("its header has no id");
    if (task.type === null) damage.push("its header has no type");
    if (task.priority === null) damage.push("its header has no priority");
    else if (!isPriority(task.priority))
      damage.push(`its priority “${task.priority}” is none of ${PRIORITIES.join(", ")}`);
  }
  return damage;
}

/** Ids of a folder's notes for FORMAT.md §5, rule 2. */
export interface KnownIds {
  /** How often each id stands in the backlog. */
  readonly backlog: ReadonlyMap<string, number>;
  /** Which of the todo and archive notes hold an id: the note's name. */
  readonly elsewhere: ReadonlyMap<string, string>;
}

/** Counts the ids of a folder's backlog, and where the todo and archive notes hold them. */
export function knowIds(folder: BacklogFolder): KnownIds {
  const backlog = new Map<string, number>();
  const elsewhere = new Map<string, string>();
  for (const { id } of folder.backlog?.tasks ?? []) {
    if (id !== null) backlog.set(idKey(id), (backlog.get(idKey(id)) ?? 0) + 1);
  }
  for (const { id } of folder.archive?.tasks ?? []) if (id !== null) elsewhere.set(idKey(id), folder.names.archive);
  for (const { id } of folder.todo?.tasks ?? []) if (id !== null) elsewhere.set(idKey(id), folder.names.todo);
  return { backlog, elsewhere };
}

/**
 * Why a task of the backlog is not promotable by itself (FORMAT.md §5, rule 2), worst reason first as rule 4 lists them;
 * empty where it is. A task outside every group is `damaged` for promotion.
 */
export function blockersOf(
  task: TaskBlock,
  missing: readonly string[],
  known: KnownIds,
  rules: RulesInForce,
): readonly { readonly reason: PassOverReason; readonly message: string }[] {
  const blockers: { reason: PassOverReason; message: string }[] = [];
  if (missing.length > 0) blockers.push({ reason: "incomplete", message: describeMissing(task, missing, rules) });
  const status = statusOf(task);
  if (status !== "todo") blockers.push({ reason: "not-todo", message: `its status is ${status}` });
  if (task.id !== null) {
    const uses = Number(known.backlog.get(idKey(task.id)));
    if (uses > 1) blockers.push({ reason: "duplicate-id", message: `its id is used ${uses} times in the backlog` });
    const where = known.elsewhere.get(idKey(task.id));
    if (where !== undefined) blockers.push({ reason: "known-elsewhere", message: `its id is already in ${where}` });
  }
  for (const message of damageOf(task)) blockers.push({ reason: "damaged", message });
  if (task.group === null) blockers.push({ reason: "damaged", message: "it stands outside every group" });
  return blockers;
}

/** What a task lacks, for a sentence: "no plan, no effort" or "a plan of 2 steps where 3 are needed". */
export function describeMissing(task: TaskBlock, missing: readonly string[], rules: RulesInForce): string {
  return missing
    .map((name) => {
      const minimum = rules.minimumSteps.value;
      const short = name === "plan" && task.steps > 0;
      return short
        ? `a plan of ${task.steps} ${task.steps === 1 ? "step" : "steps"} where ${minimum} are needed`
        : `no ${name}`;
    })
    .join(", ");
}

/** What it says of a task: "TASK-20260204-121 (line 52)". */
export function nameTask(task: TaskBlock): string {
  return `${task.id ?? (task.title || "a task without id")} (line ${task.line})`;
}

/** What it says of a group: "infra/high (line 49)"; "infra/high" where its line is not known: 0. */
export function nameGroup({ type, priority, line }: Group): string {
  const name = `${type ?? "?"}/${priority ?? "?"}`;
  return line > 0 ? `${name} (line ${line})` : name;
}
