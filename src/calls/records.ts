import type { FindingCode, Severity } from "../core/finding";
import type { Note } from "../core/note";
import { statusOf } from "../core/promotable";
import type { RulesInForce } from "../core/rules";
import type { TaskBlock } from "../core/task";
import { listTasks, type ShownNote } from "./folder-check";
import { createLocator } from "./positions";

/** Version of every object that `--json` prints. A name that goes or changes its meaning makes it 2. */
export const JSON_VERSION = 1;

/** A task in the JSON of `check` and `list`. */
export interface TaskRecord {
  readonly id: string | null;
  readonly title: string;
  readonly type: string | null;
  readonly priority: string | null;
  readonly component: string | null;
  /** In lower case; `todo` where the task states none. */
  readonly status: string;
  readonly line: number;
  /** Index into the note's groups. */
  readonly group: number | null;
  readonly complete: boolean;
  readonly promotable: boolean;
  readonly missing: readonly string[];
  /** Codes of the task's findings, each once. */
  readonly findings: readonly string[];
}

/** A finding in the JSON of `check`. */
export interface FindingRecord {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly line: number;
  readonly column: number;
  readonly message: string;
  /** Id of the task that it is about; null for a task without one, the note or a group. */
  readonly task: string | null;
  readonly fixable: boolean;
}

/** The tasks of a note as records, in file order. */
export function describeTasks({ checked }: ShownNote): readonly TaskRecord[] {
  const codes = new Map<number, Set<string>>();
  for (const { task, code } of checked.findings) {
    if (task === null) continue;
    const known = codes.get(task);
    if (known) known.add(code);
    else codes.set(task, new Set([code]));
  }
  return listTasks(checked).map(({ task, index, verdict }) => ({
    id: task.id,
    title: task.title,
    type: task.type,
    priority: task.priority,
    component: task.component,
    status: statusOf(task),
    line: task.line,
    group: task.group,
    complete: verdict.complete,
    promotable: verdict.promotable,
    missing: verdict.missing,
    findings: [...(codes.get(index) ?? [])],
  }));
}

/** The groups of a note as records, in file order. */
export function describeGroups(note: Note | null): readonly object[] {
  return (note?.groups ?? []).map(({ line, type, priority, title, tasks }) => ({
    line,
    type,
    priority,
    title,
    tasks: tasks.map((index) => note?.tasks[index]?.id ?? null),
  }));
}

/** The findings of a note as records, in the order of their places. */
export function describeFindings({ checked }: ShownNote): readonly FindingRecord[] {
  const locate = createLocator(checked.note?.text ?? "");
  return checked.findings.map(({ code, severity, from, message, task, fixable }) => ({
    code,
    severity,
    ...locate(from),
    message,
    task: task === null ? null : (checked.note?.tasks[task]?.id ?? null),
    fixable,
  }));
}

/** A task where only its name and place matter. */
export function describePlace({ id, title, line }: TaskBlock): object {
  return { id, title, line };
}

/** The rules in force with their sources, under the names of the JSON. */
export function describeRules({ limit, minimumSteps, required, order, movedNote }: RulesInForce): object {
  return { limit, minimumSteps, required, order, movedNote };
}
