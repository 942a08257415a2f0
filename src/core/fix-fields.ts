import { planBatchType } from "./batch-header";
import { staleBatchType } from "./check-todo";
import { mendDoubleEncoded } from "./double-encoding";
import type { Edit } from "./edits";
import { findField, planEmptyFields, planFieldValue } from "./field-lines";
import type { Finding, FindingCode } from "./finding";
import type { NoteToFix } from "./fix";
import { planTagValue } from "./header-tags";
import { mendPriority, mendStatus, mendTagName } from "./mends";
import { isOpen } from "./promotable";
import type { Header, TaskBlock } from "./task";

const NONE: readonly Edit[] = [];

/** Sets the priority that a bad one clearly means. */
export function fixPriority({ note }: NoteToFix, task: TaskBlock, header: Header): readonly Edit[] {
  const meant = mendPriority(String(task.priority));
  return meant === null ? NONE : planTagValue(note.text, header, "priority", meant);
}

/** Sets the status that a bad one clearly means; `todo` where there is none and a header that it goes below. */
export function fixStatus({ note, lineEnd }: NoteToFix, task: TaskBlock): readonly Edit[] {
  const meant = task.status === null ? "todo" : mendStatus(task.status);
  return (meant !== null && planFieldValue(note, task, "status", meant, lineEnd)) || NONE;
}

/** Puts the name right that a tag is a typo of; of two typos of one name only the first. */
export function fixTagName(header: Header, finding: Finding): readonly Edit[] {
  const names = new Set(header.tags.map(({ name }) => name.toLowerCase()));
  const meant = header.tags.map(({ name }) => mendTagName(name, names));
  return header.tags.flatMap(({ from, nameFrom, nameTo }, at) => {
    const name = meant[at];
    if (from !== finding.from || !name || meant.indexOf(name) !== at) return [];
    return [{ from: nameFrom, to: nameTo, insert: name }];
  });
}

/** Decodes the run of characters that a finding spans. */
export function fixEncoding({ note }: NoteToFix, { from, to }: Finding): readonly Edit[] {
  return [{ from, to, insert: mendDoubleEncoded(note.text.slice(from, to)) }];
}

/** Sets `**Batch Type:**` to the type of the note's tasks, in the style found there. */
export function fixBatchHeader({ note }: NoteToFix): readonly Edit[] {
  const meant = staleBatchType(note)?.meant;
  if (meant === undefined || meant === "(none)") return planBatchType(note, null);
  const task = note.tasks.find(isOpen) ?? note.tasks[0];
  return planBatchType(note, { type: meant, priority: task?.priority ?? null });
}

/** The findings that an empty field mends: afterwards they are still there, as something to fill in. */
export const EMPTY_FIELD_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "no-plan",
  "no-effort",
  "no-documentation",
  "no-required",
]);

const FIELDS: ReadonlyMap<string, { readonly label: string; readonly code: FindingCode }> = new Map([
  ["plan", { label: "plan", code: "no-plan" }],
  ["effort", { label: "estimated effort", code: "no-effort" }],
  ["documentation", { label: "relevant documentation", code: "no-documentation" }],
]);

/** Adds the labels that a task lacks, empty, for those of `codes`; `missing` is as `missingFields` says. */
export function addEmptyFields(
  { note, lineEnd }: NoteToFix,
  task: TaskBlock,
  missing: readonly string[],
  codes: ReadonlySet<FindingCode>,
): readonly Edit[] {
  const labels = missing.flatMap((name) => {
    const { label, code } = FIELDS.get(name) ?? { label: name, code: "no-required" };
    const present = findField(task, label) ?? task.others.find((other) => other.name === label);
    return present || !codes.has(code) ? [] : [label];
  });
  return [planEmptyFields(note.text, task, labels, lineEnd)];
}
