import { planArchival } from "../core/archive";
import { performMove } from "../core/move";
import { readRules, type RulesInForce } from "../core/rules";
import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import {
  countTasks,
  describeBlocks,
  describeMove,
  hintUndo,
  readFolderRules,
  renderBlocks,
  runMove,
} from "./move-call";
import { describeRules } from "./records";

/** `archive [FOLDER]`: moves every done task of the todo note, and if wished of the backlog, to the archive. */
export async function archive(host: CallHost, call: Call, path: string, fromBacklog: boolean): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const seen: { rules: RulesInForce | null } = { rules: null };
  const outcome = await runMove(host, call, folder, (store, request) =>
    performMove(
      store,
      folder.names,
      (notes) => {
        seen.rules = readRules(notes.backlog, call.rules, folder.rules);
        return planArchival(notes, { today: call.today, fromBacklog });
      },
      request,
    ),
  );
  const blocks = outcome.plan?.blocks ?? [];
  return describeMove(call, folder, outcome, {
    json: {
      rules: describeRules(seen.rules ?? (await readFolderRules(host, call, folder))),
      tasks: describeBlocks(blocks),
      passedOver: [],
    },
    renderDone: (paint) => [
      paint.bold(`Archived ${countTasks(blocks.length)} in ${folder.names.archive}:`),
      ...renderBlocks(blocks),
    ],
    hint: hintUndo(host, folder),
  });
}
