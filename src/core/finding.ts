/** Worst first. */
export type Severity = "error" | "incomplete" | "warning";

/** What is wrong with a text (FORMAT.md §6). */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Span in the note's text. */
  readonly from: number;
  readonly to: number;
  /** A sentence that says what to do. */
  readonly message: string;
  /** Index into `Note.tasks` of the task it is about; null for the note or a group. */
  readonly task: number | null;
  /** Whether `fixFinding` has a fix for it. */
  readonly fixable: boolean;
}

/** Every code of FORMAT.md §6, and `bad-property`. */
export type FindingCode =
  | "no-header"
  | "no-id"
  | "no-type"
  | "no-priority"
  | "bad-priority"
  | "bad-status"
  | "duplicate-id"
  | "unclosed-task"
  | "orphan-task-end"
  | "unclosed-group"
  | "orphan-group-end"
  | "mixed-types"
  | "not-done"
  | "unclosed-comment"
  | "unclosed-fence"
  | "not-utf8"
  | "index-phantom"
  | "no-plan"
  | "short-plan"
  | "no-effort"
  | "no-documentation"
  | "no-required"
  | "no-status"
  | "no-component"
  | "glued-marker"
  | "indented-marker"
  | "indented-label"
  | "tag-typo"
  | "tag-order"
  | "unknown-tag"
  | "id-form"
  | "outside-group"
  | "type-differs"
  | "priority-differs"
  | "repeated-label"
  | "effort-unclear"
  | "documentation-elsewhere"
  | "double-encoded"
  | "too-many-tasks"
  | "done-in-backlog"
  | "no-completed"
  | "unticked-criteria"
  | "stale-batch-header"
  | "stale-moved-note"
  | "index-missing"
  | "index-differs"
  | "index-duplicate"
  | "bad-property";

const INCOMPLETE: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "no-plan",
  "short-plan",
  "no-effort",
  "no-documentation",
  "no-required",
]);

const ERRORS: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "no-header",
  "no-id",
  "no-type",
  "no-priority",
  "bad-priority",
  "bad-status",
  "duplicate-id",
  "unclosed-task",
  "orphan-task-end",
  "unclosed-group",
  "orphan-group-end",
  "mixed-types",
  "not-done",
  "unclosed-comment",
  "unclosed-fence",
  "not-utf8",
  "index-phantom",
]);

/** The severity of a code in the backlog; what is `incomplete` there is a warning everywhere else (FORMAT.md §6). */
export function severityOf(code: FindingCode): Severity {
  if (ERRORS.has(code)) return "error";
  return INCOMPLETE.has(code) ? "incomplete" : "warning";
}
