import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import { countTasks, describeBlocks, describeMove, hintUndo, renderBlocks } from "./move-call";
import { runPromotion, type PromotionWishes } from "./run-promotion";
import { describeRules } from "./records";
import { describeSelection } from "./selection";

/** `promote [FOLDER]`: moves the next batch into the todo note. */
export async function promote(host: CallHost, call: Call, path: string, wishes: PromotionWishes): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const { outcome, rules, selection } = await runPromotion(host, call, folder, wishes);
  const blocks = outcome.plan?.blocks ?? [];
  const archived = blocks.filter(({ to }) => to === folder.names.archive);
  const promoted = blocks.filter(({ to }) => to === folder.names.todo);
  return describeMove(call, folder, outcome, {
    json: {
      rules: describeRules(rules),
      ...describeSelection(selection, outcome.refusal !== null),
      archived: describeBlocks(archived),
    },
    renderDone: (paint) => [
      ...(archived.length > 0
        ? [paint.bold(`Archived ${countTasks(archived.length)} in ${folder.names.archive}:`), ...renderBlocks(archived)]
        : []),
      paint.bold(`Moved ${countTasks(promoted.length, selection?.batch?.type)} to ${folder.names.todo}:`),
      ...renderBlocks(promoted),
    ],
    hint: hintUndo(host, folder),
  });
}
