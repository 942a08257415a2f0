import { replaceValue, type Edit } from "./edits";
import type { Note } from "./note";

const NO_TYPE = "(none)";
const TYPE_TAG = /\[type:[^\]]*\]/i;
const PRIORITY_TAG = /\[priority:[^\]]*\]/i;

/** What `**Batch Type:**` is to say: the type of the batch, and the priority of the group that it comes from. */
export interface BatchType {
  readonly type: string;
  /** Null where the group has none. */
  readonly priority: string | null;
}

/**
 * Edits that set `**Batch Type:**` in the style found there (FORMAT.md §5 rule 7); null sets `(none)`. None where the note
 * has no such line, or it says so already.
 */
export function planBatchType(note: Note, batch: BatchType | null): readonly Edit[] {
  const span = note.batchHeader?.type;
  if (!span) return [];
  const value = batch ? styleBatchType(span.value, batch) : NO_TYPE;
  return value.toLowerCase() === span.value.toLowerCase() ? [] : replaceValue(note.text, span, value);
}

/** Edits that set `**Batch Goal:**`; none where it says so already, null where the note has no such line. */
export function planBatchGoal(note: Note, goal: string): readonly Edit[] | null {
  const span = note.batchHeader?.goal;
  return span ? replaceValue(note.text, span, goal) : null;
}

/**
 * ```text
 * config · [type:config] · [type:config][priority:high] · (none)
 * ```
 */
function styleBatchType(found: string, { type, priority }: BatchType): string {
  const tag = `[type:${type}]`;
  if (TYPE_TAG.test(found)) {
    return found
      .replace(TYPE_TAG, () => tag)
      .replace(PRIORITY_TAG, () => (priority === null ? "" : `[priority:${priority}]`));
  }
  return found === "" || found.startsWith("(") ? tag : type;
}
