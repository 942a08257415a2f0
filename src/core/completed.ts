import { trimSpan } from "./blanks";
import { applyEdits } from "./edits";
import { BREAK, lineBreakAt, lineEndAt, lineStartBefore } from "./line-ends";
import { parseNote } from "./note";
import { readValue, valueSpan, type Field, type Label, type TaskBlock } from "./task";

const DATE = /\b\d{4}-\d{2}-\d{2}\b/;
/** A line that would take the one directly below it as its own: of a list, a quote, a table, HTML. */
const TAKES_NEXT_LINE = new RegExp(`${BREAK}[ \\t]*(?:[-*+][ \\t]|\\d+[.)]|[>|]|<(?!!--))`);
const BLANK_LINE = new RegExp(`${BREAK}[ \\t]*${BREAK}`);
const DAY_IN_ID = /(?:^|\D)(\d{4})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?:\D|$)/;

/**
 * The text of a done block as the archive takes it (FORMAT.md §5 rule 8): verbatim where a Completed field has a value,
 * else with `today` as one. A field that stands there empty is filled; a missing one goes after Created, else after
 * Status, in their style. `text` is the note's; the block has a Status. Null where every such place lies in a comment, or
 * the rest of the block would be read differently afterwards.
 */
export function stampCompleted(text: string, task: TaskBlock, today: string): string | null {
  const find = (label: Label) => task.fields.filter((field) => field.label === label);
  const completed = find("completed");
  const block = text.slice(task.from, task.to);
  if (completed.some((field) => readValue(text, field) !== "")) return block;
  const [empty] = completed;
  const insertions = empty
    ? [fillField(text, empty, today)]
    : [...find("created").slice(0, 1), ...find("status").slice(0, 1)].map((model) => addField(text, model, today));
  const expected = describeFields(text, task, [today]);
  for (const { at, insert } of insertions) {
    if (isInComment(text, task, at)) continue;
    const stamped = applyEdits(block, [{ from: at - task.from, to: at - task.from, insert }]);
    const found = parseNote(stamped).tasks.map((read) => describeFields(stamped, read, listCompleted(stamped, read)));
    if (found.join() === expected) return stamped;
  }
  return null;
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
 * The new field as a copy of its model, label and value exchanged, below all that the model holds.
 *
 * ```text
 * **Created:** 2026-02-03··⏎     ### Created⏎2026-02-03⏎⏎By Bob⏎
 *             ^gap        ^at               ^gap               ^at
 * ```
 */
function addField(text: string, model: Field, today: string): Insertion {
  const at = model.to;
  const label = text.slice(model.from, model.contentFrom).replace(/created|status/i, "Completed");
  const lineBreak = lineBreakAt(text, at);
  const isHeading = model.style === "heading";
  const { gap, trailing } = isHeading ? readHeading(text, model, lineBreak) : readBold(text, model);
  const isApart = isBlankLine(text, lineStartBefore(text, model.from)) || isBlankLine(text, at + lineBreak.length);
  const distance = (isHeading ? isApart : TAKES_NEXT_LINE.test(text.slice(model.contentFrom, at))) ? lineBreak : "";
  return { at, insert: lineBreak + distance + label + gap + today + trailing };
}

function readBold(text: string, { contentFrom }: Field) {
  const lineTo = lineEndAt(text, contentFrom);
  const [from, to] = trimSpan(text, contentFrom, lineTo);
  if (from === to) return { gap: " ", trailing: text.slice(contentFrom, lineTo) };
  return { gap: text.slice(contentFrom, from) || " ", trailing: text.slice(to, lineTo) };
}

function readHeading(text: string, field: Field, lineBreak: string) {
  const [from, to] = valueSpan(text, field);
  return { gap: text.slice(field.contentFrom, from) || lineBreak, trailing: text.slice(to, lineEndAt(text, to)) };
}

function isBlankLine(text: string, from: number): boolean {
  return text.slice(from, lineEndAt(text, from)).trim() === "";
}

/** Whether a place lies in a comment within a paragraph, which masks nothing. */
function isInComment(text: string, task: TaskBlock, at: number): boolean {
  const from = text.slice(task.from, at).lastIndexOf("<!--");
  const rest = text.slice(task.from, task.to).slice(Math.max(from, 0));
  const to = rest.indexOf("-->");
  return from !== -1 && task.from + from + to >= at && !BLANK_LINE.test(rest.slice(0, to));
}

/** All that the fields of a block say, for comparing; of Completed only the values given. */
function describeFields(text: string, task: TaskBlock, completed: readonly string[]): string {
  const others = task.fields.filter(({ label }) => label !== "completed");
  const contents = others.map(({ label, contentFrom, to }) => [label, text.slice(contentFrom, to).trim()]);
  return JSON.stringify([task.closed, task.status, completed, contents]);
}

function listCompleted(text: string, task: TaskBlock): readonly string[] {
  const values = task.fields.map((field) => (field.label === "completed" ? readValue(text, field) : ""));
  return values.filter((value) => value !== "");
}
