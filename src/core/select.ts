import type { BacklogFolder } from "./folder";
import type { Mask } from "./lines";
import type { Group, Note } from "./note";
import type { Refusal, RefusalCode } from "./refusal";
import { missingFields, type RulesInForce } from "./rules";
import {
  blockersOf,
  isOpen,
  isPriority,
  knowIds,
  nameGroup,
  nameTask,
  PRIORITIES,
  type PassOverReason,
} from "./promotable";
import type { TaskBlock } from "./task";

/** A task that stays, and why. */
export interface PassedOver {
  readonly task: TaskBlock;
  readonly reason: PassOverReason;
  readonly message: string;
}

/** A group that is not the one chosen, and why. */
export interface GroupPassedOver {
  readonly group: Group;
  readonly message: string;
}

/** The batch that promotion takes. */
export interface Batch {
  readonly group: Group;
  readonly groupIndex: number;
  /** In lower case. */
  readonly type: string;
  /** In listed order, at least one. */
  readonly tasks: readonly TaskBlock[];
}

/** What promotion would do: a batch, or a refusal, and what is passed over either way. */
export interface Selection {
  readonly batch: Batch | null;
  readonly refusal: Refusal | null;
  /** Tasks of the chosen group; where nothing is promotable, every open task of the backlog's groups. */
  readonly passedOver: readonly PassedOver[];
  readonly groupsPassedOver: readonly GroupPassedOver[];
}

interface Candidate {
  readonly group: Group;
  readonly groupIndex: number;
  readonly promotable: readonly TaskBlock[];
  readonly blocked: ReadonlyMap<TaskBlock, { readonly reason: PassOverReason; readonly message: string }>;
}

/**
 * What promotion takes from a folder: which group, which tasks, and why not the others (FORMAT.md §5, rules 2–6). With
 * `groupIndex` that group alone is considered. Refusals come in the order of rule 6, but for `move-in-progress` and those
 * that only a place of insertion or a write can give.
 */
export function selectBatch(folder: BacklogFolder, rules: RulesInForce, groupIndex?: number): Selection {
  const { backlog, names } = folder;
  if (!backlog) {
    return refuse("no-backlog", `There is no ${names.backlog} here. Start one, or name the folder that holds it.`);
  }
  const candidates = listCandidates(backlog, folder, rules);
  const todo = readTodo(folder, rules);
  if (todo.mixed) return { ...NOTHING, refusal: todo.mixed };
  const ordered = orderCandidates(candidates, rules).filter(
    (candidate) => groupIndex === undefined || candidate.groupIndex === groupIndex,
  );
  const chosen = ordered.find(({ promotable }) =>
    promotable.some((task) => todo.type === null || task.type === todo.type),
  );
  const type = todo.type ?? chosen?.promotable[0]?.type ?? null;
  const inTodo = findFinished(folder, type) ?? todo.full;
  if (!chosen) return refuseAll(ordered, todo.type, names.todo, inTodo);
  const refusal = findGroupDamage(backlog, chosen.groupIndex) ?? inTodo;
  const fitting = chosen.promotable.filter((task) => task.type === type);
  const tasks = fitting.slice(0, todo.room);
  const over = new Set(fitting.slice(todo.room));
  const passedOver: PassedOver[] = [];
  for (const index of chosen.group.tasks) {
    const task = backlog.tasks[index] as TaskBlock;
    const blocked = chosen.blocked.get(task);
    if (blocked) passedOver.push({ task, ...blocked });
    else if (over.has(task)) {
      const message = describeFull(todo.room, rules.limit.value);
      passedOver.push({ task, reason: "over-limit", message });
    } else if (task.type !== type) {
      passedOver.push({
        task,
        reason: "other-type",
        message: `its type is ${String(task.type)}, the batch is ${String(type)}`,
      });
    }
  }
  const groupsPassedOver = ordered
    .filter((candidate) => candidate !== chosen)
    .map((candidate) => ({
      group: candidate.group,
      message: describeGroup(candidate, todo.type, `it comes after ${nameGroup(chosen.group)}`),
    }));
  if (refusal) return { batch: null, refusal, passedOver, groupsPassedOver };
  const batch = { group: chosen.group, groupIndex: chosen.groupIndex, type: String(type), tasks };
  return { batch, refusal: null, passedOver, groupsPassedOver };
}

const NOTHING = { batch: null, passedOver: [], groupsPassedOver: [] } as const;

/** Stands for the type of tasks that have none. */
const UNTYPED = "(none)";

function refuse(code: RefusalCode, message: string): Selection {
  return { ...NOTHING, refusal: { code, message } };
}

function listCandidates(backlog: Note, folder: BacklogFolder, rules: RulesInForce): readonly Candidate[] {
  const known = knowIds(folder);
  return backlog.groups.map((group, groupIndex) => {
    const promotable: TaskBlock[] = [];
    const blocked = new Map<TaskBlock, { reason: PassOverReason; message: string }>();
    for (const index of group.tasks) {
      const task = backlog.tasks[index] as TaskBlock;
      const blockers = blockersOf(task, missingFields(backlog.text, task, rules), known, rules);
      const worst = blockers[0];
      if (worst)
        blocked.set(task, { reason: worst.reason, message: blockers.map(({ message }) => message).join("; ") });
      else promotable.push(task);
    }
    return { group, groupIndex, promotable, blocked };
  });
}

function orderCandidates(candidates: readonly Candidate[], rules: RulesInForce): readonly Candidate[] {
  if (rules.order.value === "file") return candidates;
  const rank = ({ group }: Candidate) =>
    isPriority(group.priority) ? PRIORITIES.indexOf(group.priority) : PRIORITIES.length;
  return [...candidates].sort((a, b) => rank(a) - rank(b));
}

interface TodoState {
  /** Open tasks of more than one type. */
  readonly mixed: Refusal | null;
  /** No place is free. */
  readonly full: Refusal | null;
  /** Type of the open tasks; null where there are none. */
  readonly type: string | null;
  /** Places free under the limit, at least 0. */
  readonly room: number;
}

function readTodo(folder: BacklogFolder, rules: RulesInForce): TodoState {
  const name = folder.names.todo;
  const tasks = folder.todo?.tasks ?? [];
  const open = tasks.filter(isOpen);
  const types = [...new Set(open.map((task) => task.type ?? UNTYPED))];
  const type = types[0] ?? null;
  const limit = rules.limit.value;
  const room = Math.max(0, limit - open.length);
  const count = `${open.length} open ${open.length === 1 ? "task" : "tasks"}`;
  const mixed: Refusal = {
    code: "mixed-todo",
    message: `${name} holds open tasks of ${types.length} types (${types.join(", ")}): finish or return those of all but one type first.`,
  };
  const full: Refusal = {
    code: "batch-full",
    message: `${name} holds ${count} and the limit is ${limit} (${rules.limit.source}): finish and archive some first.`,
  };
  return { mixed: types.length > 1 ? mixed : null, full: room === 0 ? full : null, type, room };
}

/** Done tasks of another type than the batch wait in the todo note; null where none do. */
function findFinished(folder: BacklogFolder, type: string | null): Refusal | null {
  if (type === null) return null;
  const finished = (folder.todo?.tasks ?? []).filter((task) => !isOpen(task) && task.type !== type);
  if (finished.length === 0) return null;
  const names = finished.map(nameTask).join(", ");
  const message = `${folder.names.todo} still holds finished tasks of another type than ${type}: ${names}. Archive them first.`;
  return { code: "finished-in-todo", message };
}

/** No group is eligible: `inTodo` is what stands in the way in the todo note, which comes before all that is said here. */
function refuseAll(
  candidates: readonly Candidate[],
  type: string | null,
  todo: string,
  inTodo: Refusal | null,
): Selection {
  const passedOver = candidates.flatMap(({ blocked }) => [...blocked].map(([task, blocked]) => ({ task, ...blocked })));
  const groupsPassedOver = candidates.map((candidate) => ({
    group: candidate.group,
    message: describeGroup(candidate, type, "it was not reached"),
  }));
  const lacks = passedOver.slice(0, 5).map(({ task, message }) => `${nameTask(task)}: ${message}`);
  const rest = passedOver.length > lacks.length ? ` — and ${passedOver.length - lacks.length} more` : "";
  const candidatesLack = passedOver.length === 0 ? "" : ` ${lacks.join(". ")}${rest}.`;
  const nothing: Refusal =
    type === null
      ? {
          code: "nothing-promotable",
          message:
            passedOver.length === 0
              ? "No group holds a task. Add tasks to a group first."
              : `No task can be promoted.${candidatesLack} Complete one of them first.`,
        }
      : {
          code: "type-in-progress",
          message:
            type === UNTYPED
              ? `The open tasks in ${todo} have no type, so no group can match them: give them one.`
              : `The batch in ${todo} is ${type} and no group has a promotable ${type} task: finish and archive the batch first.${candidatesLack}`,
        };
  return { batch: null, refusal: inTodo ?? nothing, passedOver, groupsPassedOver };
}

function describeGroup({ group, promotable }: Candidate, type: string | null, otherwise: string): string {
  if (group.tasks.length === 0) return "it is empty";
  if (promotable.length === 0) return "none of its tasks can be promoted";
  if (type !== null && !promotable.some((task) => task.type === type)) {
    return `it has no promotable task of the type in progress, ${type}`;
  }
  return otherwise;
}

function describeFull(room: number, limit: number): string {
  return `the batch is full: ${room < limit ? `only ${room} of ${limit} places were free` : `it takes ${limit} at most`}`;
}

/** What is damaged inside a group so that its blocks cannot be told apart for certain; null where nothing is. */
function findGroupDamage(backlog: Note, groupIndex: number): Refusal | null {
  const group = backlog.groups[groupIndex] as Group;
  const refuse = (message: string): Refusal => ({ code: "damaged-note", message });
  const tasks = group.tasks.map((index) => backlog.tasks[index] as TaskBlock);
  const unclosed = tasks.find((task) => !task.closed);
  if (unclosed)
    return refuse(`In the group ${nameGroup(group)} ${nameTask(unclosed)} has no \`## task_end\`: close it first.`);
  const stray = backlog.strayMarkers.find((marker) => marker.kind === "task_end" && marker.group === groupIndex);
  if (stray) {
    return refuse(
      `In the group ${nameGroup(group)} the \`## task_end\` in line ${stray.line} ends no task: mend it first.`,
    );
  }
  const open = backlog.unclosed.find(({ from, to }) => {
    const inBlock = tasks.some((task) => task.from <= from && to <= task.to);
    return from >= group.from && from <= group.to && !inBlock;
  });
  if (open)
    return refuse(
      `In the group ${nameGroup(group)} a ${describeMask(open.kind)} opens and never closes: close it first.`,
    );
  return null;
}

/** What is damaged in the groups that are not taken from: it warns and forbids nothing (FORMAT.md §5, rule 6). */
export function warnOfDamage(backlog: Note, groupIndex: number): readonly string[] {
  const others = backlog.groups.keys();
  return [...others].flatMap((other) => {
    const damage = other === groupIndex ? null : findGroupDamage(backlog, other);
    return damage ? [`${damage.message.replace(/: [^:]*$/, "")}; it stays as it is.`] : [];
  });
}

/** What a masked block is called in a sentence. */
export function describeMask(mask: Mask): string {
  switch (mask) {
    case "fence":
      return "code fence";
    case "html":
      return "HTML block";
    case "frontmatter":
      return "frontmatter";
    default:
      return "comment";
  }
}
