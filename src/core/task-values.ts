import { applyEdits, composeEdits, type Edit } from "./edits";
import { planFieldValue, type ValueLabel } from "./field-lines";
import { planTagValue } from "./header-tags";
import { dominantLineEnd } from "./line-ends";
import { parseNote, type Note } from "./note";
import { PRIORITIES, STATUSES } from "./promotable";
import type { Refusal, RefusalCode } from "./refusal";
import { keepsStructure } from "./structure";
import { readValue, type TaskBlock } from "./task";

/** A value to set, as a person gives it. */
export interface FieldValue {
  readonly field: string;
  readonly value: string;
}

/** A closed task block in its note. */
export interface TaskPlace {
  /** The note, as sentences name it. */
  readonly path: string;
  readonly note: Note;
  /** One of the note's tasks. */
  readonly task: TaskBlock;
}

/** Edits over the text of one note, none where it says all of it already; or why there are none. */
export type PlannedEdits =
  { readonly edits: readonly Edit[]; readonly refusal: null } | { readonly edits: null; readonly refusal: Refusal };

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
 * The edits that set values of one task; nothing else changes (FORMAT.md §5, rule 11). A tag, Status, Effort or Assignee
 * that is missing is added at its place. Of a field that is named twice the later value counts. Refuses `invalid-value`,
 * and `damaged-note` where the value is masked or there is no header to write it in or below.
 */
export function planTaskValues(place: TaskPlace, values: readonly FieldValue[]): PlannedEdits {
  const { path, note: before } = place;
  let { note, task } = place;
  let edits: readonly Edit[] = [];
  for (const { field, value } of new Map(values.map((one) => [one.field.trim().toLowerCase(), one])).values()) {
    const target = TARGETS.get(field.trim().toLowerCase());
    if (!target) {
      const names = [...TARGETS.keys()].join(", ");
      return refuse("invalid-value", `“${field}” is no field that can be set. Set one of ${names}.`);
    }
    const written = readAllowed(value, target.allowed);
    if (written === null) return refuse("invalid-value", describeAllowed(field, value, target.allowed));
    const planned = planTarget(note, task, target, written);
    if (planned === null) {
      const at = `(${path}:${task.line})`;
      const why = task.header
        ? `the ${field} of ${nameIn(task)} ${at} stands in a comment or a code fence. Edit it there.`
        : `${nameIn(task)} has no header ${at}. Give it one, then try again.`;
      return refuse("damaged-note", `It can't be set: ${why}`);
    }
    const after = parseNote(applyEdits(note.text, planned));
    const now = after.tasks[note.tasks.indexOf(task)];
    if (!now || !keepsStructure(note, after) || !says(after, now, target, written)) {
      const what = `“${value}” would be read as something else than the ${field} of this task`;
      return refuse("invalid-value", `${what}. Give another value, or edit ${path} at line ${task.line}.`);
    }
    edits = composeEdits(before.text, edits, planned);
    note = after;
    task = now;
  }
  return { edits, refusal: null };
}

/**
 * The edit that ticks the nth criterion of one task, or unticks it: `n` is 1-based, over Acceptance Criteria and Definition
 * of Done in the order of the block. The character in the box alone changes. Refuses `invalid-value` where there is no nth.
 */
export function planCriterion({ task }: TaskPlace, n: number, ticked: boolean): PlannedEdits {
  const criterion = Number.isInteger(n) && n > 0 ? task.criteria[n - 1] : undefined;
  if (!criterion) {
    const count = task.criteria.length;
    const has = count === 0 ? "no criteria" : count === 1 ? "one criterion" : `${count} criteria`;
    const way = count === 0 ? "" : ` Give a number from 1 to ${count}.`;
    return refuse("invalid-value", `${nameIn(task)} has ${has}, and ${n} was asked for.${way}`);
  }
  const { boxAt: from } = criterion;
  const edits = criterion.ticked === ticked ? [] : [{ from, to: from + 1, insert: ticked ? "x" : " " }];
  return { edits, refusal: null };
}

/** How a sentence names a task in its midst. */
function nameIn({ id }: TaskBlock): string {
  return id ?? "this task";
}

/** Null where the value is masked, or there is no header to write it in or below. */
function planTarget(note: Note, task: TaskBlock, target: Target, value: string): readonly Edit[] | null {
  if (target.kind === "field") return planFieldValue(note, task, target.label, value, dominantLineEnd(note.text));
  return task.header && planTagValue(note.text, task.header, target.tag, value);
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

function refuse(code: RefusalCode, message: string): PlannedEdits {
  return { edits: null, refusal: { code, message } };
}
