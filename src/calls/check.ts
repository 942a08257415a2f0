import { isOpen } from "../core/promotable";
import type { Call, CallResult } from "./call";
import { checkPaths } from "./check-paths";
import { isIncomplete, listTasks, type ShownNote } from "./folder-check";
import type { CallHost } from "./host";
import { showLine, type Paint } from "./paint";
import { describeFindings, describeGroups, describeTasks, JSON_VERSION } from "./records";

interface Summary {
  readonly notes: number;
  readonly tasks: number;
  /** Tasks of any note whose status is not `done`. */
  readonly open: number;
  /** Tasks of a backlog that are not complete. */
  readonly incomplete: number;
  readonly errors: number;
  readonly warnings: number;
}

/** `check [PATH…]`: the findings of every note of every backlog folder below the paths. */
export async function check(host: CallHost, call: Call, paths: readonly string[]): Promise<CallResult> {
  const { notes, unread, notices } = await checkPaths(host, call, paths);
  const failing = notes.some(({ checked }) => checked.findings.some(({ severity }) => severity !== "warning"));
  return {
    exit: unread.length > 0 ? 2 : failing ? 1 : 0,
    renderText: (paint) => renderText(notes, paint),
    renderJson: () => ({
      version: JSON_VERSION,
      notes: notes.map((shown) => ({
        path: shown.path,
        kind: shown.checked.kind,
        groups: describeGroups(shown.checked.note),
        tasks: describeTasks(shown),
        findings: describeFindings(shown),
      })),
      summary: summarize(notes),
      errors: unread,
    }),
    notices,
  };
}

function summarize(notes: readonly ShownNote[]): Summary {
  let [tasks, open, incomplete, errors, warnings] = [0, 0, 0, 0, 0];
  for (const { checked } of notes) {
    for (const { task, verdict } of listTasks(checked)) {
      tasks++;
      if (isOpen(task)) open++;
      if (isIncomplete(checked, verdict)) incomplete++;
    }
    for (const { severity } of checked.findings) {
      if (severity === "error") errors++;
      else if (severity === "warning") warnings++;
    }
  }
  return { notes: notes.length, tasks, open, incomplete, errors, warnings };
}

function renderText(notes: readonly ShownNote[], paint: Paint): string {
  const blocks: string[] = [];
  for (const shown of notes) {
    const lines = describeFindings(shown).map(({ code, severity, line, column, message }) => {
      const colour = severity === "error" ? paint.red : severity === "incomplete" ? paint.yellow : paint.cyan;
      return `${showLine(shown.path)}:${line}:${column} ${colour(code)} ${showLine(message)}\n`;
    });
    if (lines.length > 0) blocks.push(lines.join(""));
  }
  const { notes: count, tasks, open, incomplete, errors, warnings } = summarize(notes);
  const summary = [
    countOf(count, "note"),
    `${countOf(tasks, "task")} (${open} open, ${incomplete} incomplete)`,
    countOf(errors, "error"),
    countOf(warnings, "warning"),
  ];
  return [...blocks, paint.bold(`${summary.join(", ")}\n`)].join("\n");
}

function countOf(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
