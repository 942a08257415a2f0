import { undoMove } from "../core/undo";
import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import { countTasks, describeBlocks, describeMove, readFolderRules, renderBlocks, runMove } from "./move-call";
import { describeRules } from "./records";

/** `undo [FOLDER]`: takes the last move back that was not taken back yet. */
export async function undo(host: CallHost, call: Call, path: string): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const outcome = await runMove(host, call, folder, (store, request) => undoMove(store, folder.names, request));
  const blocks = outcome.plan?.blocks ?? [];
  return describeMove(call, folder, outcome, {
    json: {
      rules: describeRules(await readFolderRules(host, call, folder)),
      tasks: describeBlocks(blocks),
      passedOver: [],
    },
    hint: null,
    renderDone: (paint) => [
      paint.bold(`Took back the last move, of ${countTasks(blocks.length)}:`),
      ...renderBlocks(blocks),
    ],
  });
}
