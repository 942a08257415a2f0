import { trimSpan } from "./blanks";

/** `[name:value]` in a header. Name and value are compared without regard to case. */
export interface Tag {
  /** As written, without the blanks around it. */
  readonly name: string;
  readonly value: string;
  /** The whole tag, brackets included. */
  readonly from: number;
  readonly to: number;
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly valueFrom: number;
  readonly valueTo: number;
}

/** The first non-blank line of a task block (FORMAT.md §4), glued to the marker or not. */
export interface Header {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** Read anew each time: a large note would be held several times over by the tags of its tasks. */
  readonly tags: readonly Tag[];
  /** Whether every tag is known and those of the fixed order stand in it (FORMAT.md §4). */
  readonly orderly: boolean;
  readonly title: string;
  readonly titleFrom: number;
}

/** The labels that are fields (FORMAT.md §4), in lower case. */
export type Label =
  | "status"
  | "description"
  | "dependencies"
  | "acceptance criteria"
  | "definition of done"
  | "relevant files"
  | "relevant documentation"
  | "plan"
  | "estimated effort"
  | "created"
  | "completed"
  | "assignee"
  | "notes"
  | "notes & summary"
  | "final summary";

/** One occurrence of a label and what follows it until the next label. A repeated label is several of these. */
export interface Field {
  readonly label: Label;
  readonly style: "bold" | "heading";
  /** Start of the label's line. */
  readonly from: number;
  /** Columns of white space before the label. */
  readonly indent: number;
  /** Where the content begins: behind a bold label, or on the line after a heading label. */
  readonly contentFrom: number;
  /** End of the last line of the field, its line break left out. */
  readonly to: number;
}

/** A bold label or a heading that is no field of its own (FORMAT.md §4), and what follows it until the next label or heading. */
export interface OtherLabel {
  /** Without colon, in lower case, single blanks. */
  readonly name: string;
  readonly contentFrom: number;
  readonly to: number;
}

/** A task-list item of Acceptance Criteria or Definition of Done. */
export interface Criterion {
  readonly label: "acceptance criteria" | "definition of done";
  readonly ticked: boolean;
  /** Offset of the character between the brackets. */
  readonly boxAt: number;
}

/** A pointer to a document in Relevant Documentation. */
export interface Reference {
  readonly kind: "path" | "link" | "wikilink" | "url";
  readonly target: string;
  readonly from: number;
  readonly to: number;
}

/** The four values that Status may have (FORMAT.md §4). */
export type Status = "todo" | "in-progress" | "blocked" | "done";

/** The four priorities (FORMAT.md §4). */
export type Priority = "critical" | "high" | "medium" | "low";

/** One task block: whole lines from its `task_begin` to its `task_end`. */
export interface TaskBlock {
  /** First character of the begin marker's line. */
  readonly from: number;
  /** Behind the last character of the end marker's line (no line break); of an unclosed block, of its last line. */
  readonly to: number;
  /** Line of the begin marker. */
  readonly line: number;
  readonly closed: boolean;
  /** The begin marker and the header share a line. */
  readonly glued: boolean;
  /** Index into `Note.groups`, null outside every group. */
  readonly group: number | null;
  readonly header: Header | null;
  /** Where a finding about the whole block stands: its header, else its begin marker. */
  readonly place: { readonly from: number; readonly to: number };
  /** The values as the header has them, trimmed; null where the tag is absent or empty. Type and priority in lower case. */
  readonly id: string | null;
  readonly type: string | null;
  readonly priority: string | null;
  readonly component: string | null;
  readonly title: string;
  /** Value of the first Status field in lower case; null where there is none or it is empty. May be no `Status`. */
  readonly status: string | null;
  readonly fields: readonly Field[];
  readonly others: readonly OtherLabel[];
  /** Steps of the Plan (FORMAT.md §4). */
  readonly steps: number;
  readonly criteria: readonly Criterion[];
  /** References of Relevant Documentation. */
  readonly references: readonly Reference[];
}

/** The first line of a field's content that is not blank, trimmed; "" where there is none. */
export function readValue(text: string, field: Field): string {
  const [from, to] = valueSpan(text, field);
  return text.slice(from, to);
}

/** Where `readValue` reads: an empty span behind the label where there is no value. */
export function valueSpan(text: string, field: Field): readonly [number, number] {
  let from = field.contentFrom;
  while (from < field.to && /\s/.test(text.charAt(from))) from++;
  if (from >= field.to) return [field.contentFrom, field.contentFrom];
  let to = from;
  while (to < field.to && text[to] !== "\n" && text[to] !== "\r") to++;
  return trimSpan(text, from, to);
}
