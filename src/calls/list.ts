import { mendDoubleEncoded } from "../core/double-encoding";
import { isOpen, statusOf } from "../core/promotable";
import type { Call, CallResult } from "./call";
import { checkPaths } from "./check-paths";
import { isIncomplete, listTasks, type ShownNote } from "./folder-check";
import type { CallHost } from "./host";
import { alignColumns, showLine, type Paint } from "./paint";
import { describeTasks, JSON_VERSION } from "./records";

/** Which tasks `list` shows: those that meet every condition given. */
export interface ListFilter {
  readonly open: boolean;
  readonly incomplete: boolean;
  /** Promotable (FORMAT.md §5, rule 2). */
  readonly ready: boolean;
  /** In lower case; null for any. */
  readonly type: string | null;
  readonly status: string | null;
}

/** `list [PATH…]`: the tasks of every note of every backlog folder below the paths, one a line. */
export async function list(
  host: CallHost,
  call: Call,
  paths: readonly string[],
  filter: ListFilter,
): Promise<CallResult> {
  const { notes, unread, notices } = await checkPaths(host, call, paths);
  return {
    exit: unread.length > 0 ? 2 : 0,
    renderText: (paint) => renderText(notes, filter, paint),
    renderJson: () => ({
      version: JSON_VERSION,
      tasks: notes.flatMap((shown) => {
        const records = describeTasks(shown);
        return selectTasks(shown, filter).map(({ index }) => ({ path: shown.path, ...records[index] }));
      }),
      errors: unread,
    }),
    notices,
  };
}

function selectTasks({ checked }: ShownNote, filter: ListFilter): ReturnType<typeof listTasks> {
  return listTasks(checked).filter(
    ({ task, verdict }) =>
      (!filter.open || isOpen(task)) &&
      (!filter.incomplete || isIncomplete(checked, verdict)) &&
      (!filter.ready || verdict.promotable) &&
      (filter.type === null || task.type === filter.type) &&
      (filter.status === null || statusOf(task) === filter.status),
  );
}

function renderText(notes: readonly ShownNote[], filter: ListFilter, paint: Paint): string {
  const rows = notes.flatMap((shown) =>
    selectTasks(shown, filter).map(({ task, verdict }) => [
      `${shown.path}:${task.line}`,
      task.id ?? "(no id)",
      `${task.type ?? "?"}/${task.priority ?? "?"}`,
      statusOf(task),
      verdict.promotable ? "ready" : isIncomplete(shown.checked, verdict) ? "incomplete" : "",
      mendDoubleEncoded(task.title),
    ]),
  );
  const lines = alignColumns(rows.map((row) => row.map(showLine)));
  return lines.map((line, index) => `${rows[index]?.[4] === "ready" ? paint.green(line) : line}\n`).join("");
}
