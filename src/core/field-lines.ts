import type { Edit } from "./edits";
import { lineEndAt, lineStartAt, lineStartBefore, type LineEnd } from "./line-ends";
import type { Note } from "./note";
import { isMaskedAt } from "./structure";
import { valueSpan, type Field, type Header, type TaskBlock } from "./task";

/** The fields of one value that are written into a task. */
export type ValueLabel = "status" | "estimated effort" | "assignee";

/** Labels that stand together below the header, one line each. */
const TOP: ReadonlySet<string> = new Set(["status", "created", "completed", "assignee"]);
const BULLET = /^[-*+>][ \t]+/;

/**
 * Edits that give a field of one value its value: in its first occurrence, else in a new line at its place (Status below
 * the header, Assignee below Created and Completed, else below Status, Effort below the Plan, else last), in the task's
 * own style. None where it has that value already; null where its value is masked, or the line to write below, or there
 * is no header to write below.
 */
export function planFieldValue(
  note: Note,
  task: TaskBlock,
  label: ValueLabel,
  value: string,
  lineEnd: LineEnd,
): readonly Edit[] | null {
  const { text } = note;
  const field = findField(task, label);
  if (field) {
    const [from, to] = valueSpan(text, field);
    if (from < to && isMaskedAt(note, from)) return null;
    const written = text.slice(from, to);
    const above = isAboveHeading(text, field, from);
    if (written === "" || above) {
      const gap = field.style === "bold" ? " " : lineEnd;
      return [{ from: field.contentFrom, to: field.contentFrom, insert: gap + value }];
    }
    const bare = label === "status" ? written : written.replace(BULLET, "");
    return bare === value ? [] : [{ from: to - bare.length, to, insert: value }];
  }
  if (!task.header) return null;
  const lines = writeField(text, task, label, value, lineEnd);
  const at = placeBelow(text, task, task.header, label);
  if (at === null) return [insertAtEnd(text, task, [lines], lineEnd)];
  if (label === "assignee" && isMaskedAt(note, at)) return null;
  return [insertBelow(note, at, lines, lineEnd, lines.startsWith("#"))];
}

/** The edit that adds empty fields at the end of a closed task, in its own style: skeletons to fill in. */
export function planEmptyFields(text: string, task: TaskBlock, labels: readonly string[], lineEnd: LineEnd): Edit {
  return insertAtEnd(
    text,
    task,
    labels.map((label) => writeField(text, task, label, "", lineEnd)),
    lineEnd,
  );
}

/**
 * The edit that puts lines below the line that ends at `at`, a blank line between where they are to stand `apart`. An HTML
 * block goes on to the next blank line: below one there is always one.
 */
export function insertBelow(note: Note, at: number, lines: string, lineEnd: LineEnd, apart: boolean): Edit {
  const distance = apart || isMaskedAt(note, at, "html") ? lineEnd : "";
  return { from: at, to: at, insert: lineEnd + distance + lines };
}

/** The first field of that label. */
export function findField(task: TaskBlock, label: string): Field | undefined {
  return task.fields.find((field) => field.label === label);
}

/** An empty field is not given the heading below it as its value. */
function isAboveHeading(text: string, field: Field, valueFrom: number): boolean {
  return text[valueFrom] === "#" && valueFrom > lineEndAt(text, field.contentFrom);
}

/** End of the line that a new field goes below; null where it goes to the end of the task. */
function placeBelow(text: string, task: TaskBlock, header: Header, label: ValueLabel): number | null {
  if (label === "status") return header.to;
  if (label === "estimated effort") return findField(task, "plan")?.to ?? null;
  const dates = task.fields.filter((field) => field.label === "created" || field.label === "completed");
  const above = dates.at(-1) ?? findField(task, "status");
  return above ? lineEndAt(text, valueSpan(text, above)[1]) : header.to;
}

/** In front of the end marker's line, where nothing masks. */
function insertAtEnd(text: string, task: TaskBlock, fields: readonly string[], lineEnd: LineEnd): Edit {
  const at = lineStartAt(text, task.to);
  const above = lineStartBefore(text, at);
  let insert = "";
  let blankAbove = text.slice(above, lineEndAt(text, above)).trim() === "";
  for (const field of fields) {
    insert += (field.startsWith("#") && !blankAbove ? lineEnd : "") + field + lineEnd;
    blankAbove = false;
  }
  return { from: at, to: at, insert };
}

function writeField(text: string, task: TaskBlock, label: string, value: string, lineEnd: LineEnd): string {
  const model = findModel(task, label);
  const name = label.replace(/(^|\s)(?!of\s)(\p{L})/gu, (start) => start.toUpperCase());
  if (model?.style === "heading") {
    const hashes = text.slice(model.from, model.contentFrom).replace(/^[ \t]*(#+)[^]*$/, "$1");
    return `${hashes} ${name}${value && lineEnd + value}`;
  }
  return `**${name}:**${value && ` ${value}`}${endsInBreaks(text, task) ? "  " : ""}`;
}

/** The field whose style a new one takes: of the lines below the header the first, of the others the last. */
function findModel(task: TaskBlock, label: string): Field | undefined {
  const plan = label === "estimated effort" ? findField(task, "plan") : undefined;
  const alike = task.fields.filter((field) => TOP.has(field.label) === TOP.has(label));
  return plan ?? (TOP.has(label) ? alike[0] : alike.at(-1)) ?? task.fields[0];
}

/** Whether lines with a bold label end in two spaces, Markdown's line break: the house form where there are none yet. */
function endsInBreaks(text: string, task: TaskBlock): boolean {
  const bold = task.fields.filter(({ style }) => style === "bold");
  return bold.length === 0 || bold.some(({ contentFrom: at }) => / {2}$/.test(text.slice(at, lineEndAt(text, at))));
}
