import { severityOf, type Finding, type FindingCode } from "./finding";
import { readTags, tagValue } from "./header";
import type { Note } from "./note";
import { isOpen } from "./promotable";
import type { RulesInForce } from "./rules";

/** The findings that only a todo note has: more than one type, too many tasks, a batch header that says something else. */
export function checkTodo(note: Note, rules: RulesInForce): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (
    code: FindingCode,
    span: { readonly from: number; readonly to: number },
    message: string,
    task: number | null,
  ) => {
    const fixable = code === "stale-batch-header";
    findings.push({ code, severity: severityOf(code), from: span.from, to: span.to, message, task, fixable });
  };
  const open = note.tasks.filter(isOpen);
  const batchType = open[0]?.type ?? null;
  for (const task of open) {
    if (task.type === batchType) continue;
    const message = `This task is ${task.type ?? "of no type"} and the batch is ${batchType ?? "of no type"}: a batch has one type, so return one of them.`;
    add("mixed-types", task.place, message, note.tasks.indexOf(task));
  }
  const limit = rules.limit.value;
  const over = open[limit];
  if (over)
    add(
      "too-many-tasks",
      over.place,
      `The batch holds ${open.length} open tasks and the limit is ${limit}: finish or return some.`,
      null,
    );
  const stale = staleBatchType(note);
  if (stale) add("stale-batch-header", stale, `The tasks of the batch say otherwise: write ${stale.meant}.`, null);
  return findings;
}

/**
 * The value of `**Batch Type:**` where it is not the type of the note's tasks (or `(none)` without tasks), and what it
 * should be; null where it is right, where there is none, or where the tasks have no one type.
 */
export function staleBatchType(
  note: Note,
): { readonly from: number; readonly to: number; readonly meant: string } | null {
  const written = note.batchHeader?.type;
  if (!written) return null;
  const open = note.tasks.filter(isOpen);
  const types = new Set((open.length > 0 ? open : note.tasks).map((task) => task.type));
  if (types.size > 1) return null;
  const [type] = types;
  if (type === null) return null;
  const meant = type ?? "(none)";
  const tags = readTags(note.text, written.from, written.to);
  const said = (tagValue(tags, "type") ?? written.value).toLowerCase();
  return said === meant ? null : { from: written.from, to: written.to, meant };
}
