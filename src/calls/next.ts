import { nameGroup } from "../core/promotable";
import type { RulesInForce } from "../core/rules";
import type { Selection } from "../core/select";
import type { Call, CallResult } from "./call";
import { showPath, type CallHost, type FoundFolder } from "./host";
import { countTasks, describeMove } from "./move-call";
import { alignColumns, showLine, showTitle, type Paint } from "./paint";
import { runPromotion } from "./run-promotion";
import { describeRules } from "./records";
import { describeSelection } from "./selection";

/** `next [FOLDER]`: the batch that would be promoted, and a reason for every task and every group passed over. */
export async function next(host: CallHost, call: Call, path: string): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const { outcome, rules, selection } = await runPromotion(host, { ...call, dryRun: true }, folder, {
    archiveDone: false,
  });
  const refused = outcome.refusal !== null;
  const json = { rules: describeRules(rules), ...describeSelection(selection, refused) };
  const shown = await describeMove(
    { ...call, dryRun: false },
    folder,
    { ...outcome, written: [] },
    { json, hint: null, renderDone: () => [] },
  );
  return { ...shown, renderText: (paint) => renderNext(folder, rules, selection, refused, paint) };
}

function renderNext(
  folder: FoundFolder,
  rules: RulesInForce,
  selection: Selection | null,
  refused: boolean,
  paint: Paint,
): string {
  const backlog = showPath(folder, folder.names.backlog);
  const blocks: string[][] = [];
  const batch = refused ? null : selection?.batch;
  if (batch) {
    const title = batch.group.title === "" ? "" : ` “${showTitle(batch.group.title)}”`;
    const { value: order, source } = rules.order;
    const why = order === "file" ? "in the order of the file" : "by priority";
    blocks.push([
      paint.bold(`Next: ${countTasks(batch.tasks.length, batch.type)} from ${nameOf(batch.group)}${title}`),
      `The first group ${why} (${source}) with a task to promote; at most ${rules.limit.value} open at a time (${rules.limit.source}).`,
      ...alignColumns(
        batch.tasks.map(({ id, title, line }) => [
          showLine(`  ${id ?? ""}`),
          showLine(`${backlog}:${line}`),
          showTitle(title),
        ]),
      ).map(paint.green),
    ]);
  }
  const passedOver = (selection?.passedOver ?? []).map(({ task, reason, message }) =>
    [`  ${task.id ?? "(no id)"}`, `${backlog}:${task.line}`, reason, message].map(showLine),
  );
  if (passedOver.length > 0) blocks.push([paint.bold("Tasks passed over"), ...alignColumns(passedOver)]);
  const groups = (selection?.groupsPassedOver ?? []).map(({ group, message }) =>
    [`  ${nameOf(group)}`, message].map(showLine),
  );
  if (groups.length > 0) blocks.push([paint.bold("Groups passed over"), ...alignColumns(groups)]);
  blocks.push([paint.bold("Rules in force"), ...alignColumns(listRules(rules))]);
  return blocks.map((lines) => lines.map((line) => `${line}\n`).join("")).join("\n");
}

function nameOf(group: Parameters<typeof nameGroup>[0]): string {
  return showLine(nameGroup(group));
}

function listRules({ limit, minimumSteps, required, order, movedNote }: RulesInForce): readonly string[][] {
  return [
    ["  limit", String(limit.value), limit.source],
    ["  required", required.value.join(", ") || "nothing", required.source],
    ["  minimum steps", String(minimumSteps.value), minimumSteps.source],
    ["  order", order.value, order.source],
    ["  moved note", movedNote.value ? "yes" : "no", movedNote.source],
  ].map((row) => row.map(showLine));
}
