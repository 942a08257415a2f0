import { undoMove } from "../../core/undo";
import type { Call, CallResult } from "../call";
import { openFolder } from "../folders";
import { countTasks, describeBlocks, describeMove, readFolderRules, renderBlocks, runMove } from "../move-call";
import { describeRules } from "../records";

/** `undo [FOLDER]`: takes the last move back that was not taken back yet. */
export async function undo(call: Call, path: string): Promise<CallResult> {
  const folder = openFolder(path);
  const outcome = await runMove(call, folder, (store, request) => undoMove(store, folder.names, request));
  const blocks = outcome.plan?.blocks ?? [];
  return describeMove(call, folder, outcome, {
    json: { rules: describeRules(readFolderRules(call, folder)), tasks: describeBlocks(blocks), passedOver: [] },
    hint: null,
    renderDone: (paint) => [
      paint.bold(`Took back the last move, of ${countTasks(blocks.length)}:`),
      ...renderBlocks(blocks),
    ],
  });
}
