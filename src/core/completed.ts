import { trimSpan } from "./blanks";
import { applyEdits } from "./edits";
import { lineBreakAt, lineEndAt, lineStartBefore } from "./line-ends";
import { readValue, valueSpan, type Field, type TaskBlock } from "./task";

const DATE = /\b\d{4}-\d{2}-\d{2}\b/;
const DAY_IN_ID = /(?:^|\D)(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D|$)/;

/**
 * The text of a done block as the archive takes it (FORMAT.md §5 rule 8): verbatim where a Completed field has a value,
 * else with `today` as one. A field that stands there empty is filled; a missing one goes after Created, else after
 * Status, in their style. `text` is the note's; the block has a Status.
 */
export function stampCompleted(text: string, task: TaskBlock, today: string): string {
  const completed = task.fields.filter((field) => field.label === "completed");
  const block = text.slice(task.from, task.to);
  if (completed.some((field) => readValue(text, field) !== "")) return block;
  const empty = completed[0];
  const { at, insert } = empty ? fillField(text, empty, today) : addField(text, task, today);
  return applyEdits(block, [{ from: at - task.from, to: at - task.from, insert }]);
}

/** The day a task was completed, `YYYY-MM-DD`: as its Completed field says it, else `today`. */
export function completedOn(text: string, task: TaskBlock, today: string): string {
  return dateOf(text, task, "completed") ?? today;
}

/** The day a task was created, `YYYY-MM-DD`: as its Created field says it, else the date in its id, else `today`. */
export function createdOn(text: string, task: TaskBlock, today: string): string {
  const inId = DAY_IN_ID.exec(String(task.id));
  return dateOf(text, task, "created") ?? (inId ? inId.slice(1).join("-") : today);
}

function dateOf(text: string, task: TaskBlock, label: "created" | "completed"): string | undefined {
  for (const field of task.fields) {
    const date = field.label === label ? DATE.exec(readValue(text, field)) : null;
    if (date) return date[0];
  }
  return undefined;
}

interface Insertion {
  readonly at: number;
  readonly insert: string;
}

function fillField(text: string, field: Field, today: string): Insertion {
  const gap = field.style === "bold" ? " " : lineBreakAt(text, field.contentFrom);
  return { at: field.contentFrom, insert: gap + today };
}

/**
 * The new field as a copy of its model, label and value exchanged.
 *
 * ```text
 * **Created:** 2026-02-03··⏎     ### Created⏎2026-02-03⏎
 *             ^gap        ^at               ^gap       ^at
 * ```
 */
function addField(text: string, task: TaskBlock, today: string): Insertion {
  const find = (label: string) => task.fields.find((field) => field.label === label);
  // A done task has a Status: it is where `done` was read.
  const model = (find("created") ?? find("status")) as Field;
  const label = text.slice(model.from, model.contentFrom).replace(/created|status/i, "Completed");
  const { gap, at, trailing } = model.style === "bold" ? readBold(text, model) : readHeading(text, model);
  const lineBreak = lineBreakAt(text, at);
  const isApart = isBlankLine(text, lineStartBefore(text, model.from)) || isBlankLine(text, at + lineBreak.length);
  const distance = model.style === "heading" && isApart ? lineBreak : "";
  return { at, insert: lineBreak + distance + label + (gap || " ") + today + trailing };
}

function readBold(text: string, { contentFrom }: Field) {
  const at = lineEndAt(text, contentFrom);
  const [from, to] = trimSpan(text, contentFrom, at);
  if (from === to) return { gap: "", at, trailing: text.slice(contentFrom, at) };
  return { gap: text.slice(contentFrom, from), at, trailing: text.slice(to, at) };
}

function readHeading(text: string, field: Field) {
  const [from, to] = valueSpan(text, field);
  const at = lineEndAt(text, to);
  return { gap: text.slice(field.contentFrom, from) || lineBreakAt(text, at), at, trailing: text.slice(to, at) };
}

function isBlankLine(text: string, from: number): boolean {
  return text.slice(from, lineEndAt(text, from)).trim() === "";
}
