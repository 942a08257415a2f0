/** Why a request is not carried out (FORMAT.md §5, rules 6, 8, 9 and 10). */
export type RefusalCode =
  | "no-backlog"
  | "move-in-progress"
  | "damaged-note"
  | "mixed-todo"
  | "finished-in-todo"
  | "batch-full"
  | "type-in-progress"
  | "nothing-promotable"
  | "stale-source"
  | "nothing-finished"
  | "already-archived"
  | "unknown-task"
  | "ambiguous-task"
  | "invalid-value"
  | "nothing-to-undo"
  | "block-changed"
  | "place-lost"
  | "unresolvable-journal"
  | "note-exists";

/** An expected no: nothing is written. */
export interface Refusal {
  readonly code: RefusalCode;
  /** One or two sentences: the reason, with names and line numbers, and the way out. */
  readonly message: string;
}
