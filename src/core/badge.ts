import type { Block } from "./block";
import { checkMarkers } from "./check-markers";
import { checkTask } from "./check-task";
import type { GroupHeader, NoteContext } from "./context";
import type { Finding, Severity } from "./finding";
import type { Group, Note } from "./note";
import { blockersOf, describeMissing, idKey } from "./promotable";
import { missingFields } from "./rules";
import type { TaskBlock } from "./task";

/** What a card says of its task at a glance. */
export type BadgeKind = "ready" | "incomplete" | "valid" | "invalid";

/** A task's badge, and what stands behind it. */
export interface Badge {
  readonly kind: BadgeKind;
  /**
   * Of an invalid task the first error's sentence; of an incomplete one what is missing: "no plan, no effort"; of a valid one in
   * the backlog why it is not promotable: "its status is blocked". Otherwise "".
   */
  readonly reason: string;
  /** All findings about the task, errors first, then what is missing; spans count from the block's first character. */
  readonly findings: readonly Finding[];
  /** How many of the findings are warnings. */
  readonly warnings: number;
  /** FORMAT.md §5, rule 2; what counts as ready in a group's band. Always false outside a backlog. */
  readonly promotable: boolean;
}

const SEVERITIES: readonly Severity[] = ["error", "incomplete", "warning"];

/** The badge of a task, under the group that it stands in, null for none, and all that its note's context tells. */
export function readBadge(block: Block, group: GroupHeader | null, context: NoteContext): Badge {
  const { kind, rules, known } = context;
  const [note, task] = placeInGroup(block, group);
  const missing = missingFields(block.text, task, rules);
  const own = [
    ...checkTask(note, 0, kind, missing, rules),
    ...checkMarkers(note).filter((finding) => finding.task === 0),
  ];
  // Nothing in an archive is ever rewritten.
  const offered = kind === "archive" ? own.map((finding) => ({ ...finding, fixable: false })) : own;
  const shared = task.id === null ? undefined : context.shared.get(idKey(task.id));
  const findings = [...offered, ...(shared ?? [])].sort(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.from - b.from,
  );
  const warnings = findings.filter(({ severity }) => severity === "warning").length;
  const blockers = kind === "backlog" ? blockersOf(task, missing, known, rules) : [];
  const promotable = kind === "backlog" && blockers.length === 0;
  const about = { findings, warnings, promotable };
  const [first] = findings;
  if (first?.severity === "error") return { kind: "invalid", reason: first.message, ...about };
  if (kind !== "backlog" || promotable) return { kind: promotable ? "ready" : "valid", reason: "", ...about };
  if (missing.length > 0) return { kind: "incomplete", reason: describeMissing(task, missing, rules), ...about };
  return { kind: "valid", reason: String(blockers[0]?.message), ...about };
}

/** Whether two badges show the same. */
export function equalBadges(a: Badge, b: Badge): boolean {
  return (
    a.kind === b.kind &&
    a.reason === b.reason &&
    a.promotable === b.promotable &&
    a.findings.length === b.findings.length &&
    a.findings.every((finding, at) => {
      const other = b.findings[at];
      return finding.code === other?.code && finding.severity === other.severity && finding.message === other.message;
    })
  );
}

/** The block's note as if the block stood in a group; its line is 0: nobody knows it here. */
function placeInGroup({ note, task }: Block, header: GroupHeader | null): readonly [Note, TaskBlock] {
  if (!header) return [note, task];
  const span = { from: 0, to: task.to, line: 0, markerTo: 0, closed: true };
  const group: Group = { ...span, ...header, tags: [], titleSpan: null, tasks: [0] };
  const placed = { ...task, group: 0 };
  return [{ ...note, groups: [group], tasks: [placed] }, placed];
}
