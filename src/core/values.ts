import { applyEdits, composeEdits, type Edit } from "./edits";
import { planFieldValue, type ValueLabel } from "./field-lines";
import type { BacklogFolder } from "./folder";
import { planTagValue } from "./header-tags";
import { dominantLineEnd } from "./line-ends";
import { parseNote, type Note } from "./note";
import type { Plan, Planned } from "./plan";
import { idKey, PRIORITIES, STATUSES } from "./promotable";
import type { Refusal, RefusalCode } from "./refusal";
import { keepsStructure } from "./structure";
import { readValue, type Header, type TaskBlock } from "./task";
import { closestWord } from "./typos";

/** A value to set, as a person gives it. */
export interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/** What can be set: a tag of the header or a field of one value, and the values that it takes. */
type Target = { readonly allowed: readonly string[] | "word" | "line" } & (
  | { readonly kind: "tag"; readonly tag: "type" | "priority" | "component" }
  | { readonly kind: "field"; readonly label: ValueLabel }
);

const TARGETS: ReadonlyMap<string, Target> = new Map<string, Target>([
  ["status", { kind: "field", label: "status", allowed: STATUSES }],
  ["priority", { kind: "tag", tag: "priority", allowed: PRIORITIES }],
  ["type", { kind: "tag", tag: "type", allowed: "word" }],
  ["component", { kind: "tag", tag: "component", allowed: "word" }],
  ["effort", { kind: "field", label: "estimated effort", allowed: "line" }],
  ["assignee", { kind: "field", label: "assignee", allowed: "line" }],
]);

/**
 * The plan that sets values of a task in the backlog or the todo note; nothing else changes (FORMAT.md §5, rule 11). A
 * tag, Effort or Assignee that is missing is added at its place. Of a field that is named twice the later value counts;
 * no change where the task says all of it already. Refuses `invalid-value`, `unknown-task` (also for a task that only the
 * archive holds), `ambiguous-task`, and `damaged-note` where the block is unclosed or the value masked.
 */
export function planSet(folder: BacklogFolder, id: string, values: readonly FieldValue[]): Planned {
  const found = findTask(folder, id);
  if (!("place" in found)) return refuse(found);
  const { path, note: before } = found.place;
  let { note, task, header } = found.place;
  let edits: readonly Edit[] = [];
  for (const { field, value } of new Map(values.map((one) => [one.field.trim().toLowerCase(), one])).values()) {
    const target = TARGETS.get(field.trim().toLowerCase());
    if (!target) {
      const names = [...TARGETS.keys()].join(", ");
      return refuse(refusal("invalid-value", `“${field}” is no field that can be set. Set one of ${names}.`));
    }
    const written = readAllowed(value, target.allowed);
    if (written === null) return refuse(refusal("invalid-value", describeAllowed(field, value, target.allowed)));
    const planned =
      target.kind === "tag"
        ? planTagValue(note.text, header, target.tag, written)
        : planFieldValue(note, task, target.label, written, dominantLineEnd(note.text));
    if (planned === null) {
      const where = `the ${field} of ${found.place.id} (${path}:${task.line}) stands in a comment or a code fence`;
      return refuse(refusal("damaged-note", `It can't be set: ${where}. Edit it there.`));
    }
    const after = parseNote(applyEdits(note.text, planned));
    const now = after.tasks[note.tasks.indexOf(task)];
    if (!now?.header || !keepsStructure(note, after) || !says(after, now, target, written)) {
      const what = `“${value}” would be read as something else than the ${field} of this task`;
      return refuse(refusal("invalid-value", `${what}. Give another value, or edit ${path} at line ${task.line}.`));
    }
    edits = composeEdits(before.text, edits, planned);
    note = after;
    task = now;
    header = now.header;
  }
  return { plan: planEdit(path, before.text, edits), refusal: null };
}

/**
 * The plan that ticks the nth criterion of a task, or unticks it: `n` is 1-based, over Acceptance Criteria and Definition
 * of Done in the order of the block. The character in the box alone changes; none where it is so already. Refuses as
 * `planSet` does, `invalid-value` where the task has no nth criterion.
 */
export function planTick(folder: BacklogFolder, id: string, n: number, ticked: boolean): Planned {
  const found = findTask(folder, id);
  if (!("place" in found)) return refuse(found);
  const { path, note, task } = found.place;
  const criterion = Number.isInteger(n) && n > 0 ? task.criteria[n - 1] : undefined;
  if (!criterion) {
    const count = task.criteria.length;
    const has = count === 0 ? "no criteria" : count === 1 ? "one criterion" : `${count} criteria`;
    const way = count === 0 ? "" : ` Give a number from 1 to ${count}.`;
    return refuse(refusal("invalid-value", `${found.place.id} has ${has}, and ${n} was asked for.${way}`));
  }
  const { boxAt: from } = criterion;
  const edits = criterion.ticked === ticked ? [] : [{ from, to: from + 1, insert: ticked ? "x" : " " }];
  return { plan: planEdit(path, note.text, edits), refusal: null };
}

/** A plan that changes one note and moves nothing; without edits no note at all. */
function planEdit(path: string, before: string, edits: readonly Edit[]): Plan {
  const changes = edits.length === 0 ? [] : [{ path, before, edits, after: applyEdits(before, edits) }];
  return { kind: "edit", changes, blocks: [], warnings: [] };
}

interface Place {
  readonly id: string;
  readonly path: string;
  readonly note: Note;
  readonly task: TaskBlock;
  readonly header: Header;
}

function findTask(folder: BacklogFolder, id: string): { readonly place: Place } | Refusal {
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

function placesOf(path: string, note: Note | null): readonly Place[] {
  if (!note) return [];
  return note.tasks.flatMap((task) => {
    const { id, header } = task;
    return header && id !== null ? { id, path, note, task, header } : [];
  });
}

/** The value as it is written; null where it is not allowed. */
function readAllowed(value: string, allowed: Target["allowed"]): string | null {
  const trimmed = value.trim();
  if (allowed === "line") return trimmed !== "" && !/[\p{Cc}\u2028\u2029]/u.test(trimmed) ? trimmed : null;
  if (allowed === "word") return /^[^\s[\]\p{Cc}]+$/u.test(trimmed) ? trimmed : null;
  return allowed.find((one) => one === trimmed.toLowerCase()) ?? null;
}

function describeAllowed(field: string, value: string, allowed: Target["allowed"]): string {
  if (allowed === "line") return `The ${field} must be one line of text, and not empty.`;
  if (allowed === "word") return `The ${field} “${value}” must be one word without brackets.`;
  return `The ${field} “${value}” must be one of ${allowed.join(", ")}.`;
}

/** Whether the task reads back as what was asked for. */
function says({ text }: Note, task: TaskBlock, target: Target, value: string): boolean {
  if (target.kind === "tag") return String(task[target.tag]).toLowerCase() === value.toLowerCase();
  const values = task.fields.filter(({ label }) => label === target.label).map((field) => readValue(text, field));
  return values.slice(0, 1).some((found) => found.endsWith(value));
}

function refusal(code: RefusalCode, message: string): Refusal {
  return { code, message };
}

function refuse(why: Refusal): Planned {
  return { plan: null, refusal: why };
}
