import { performMove } from "../core/move";
import { planPromotion } from "../core/promote";
import { readRules, type RulesInForce } from "../core/rules";
import type { Selection } from "../core/select";
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
import { describeSelection } from "./selection";

/** What is wished of a promotion besides the batch that the rules choose. */
export interface PromotionWishes {
  readonly goal?: string;
  readonly archiveDone: boolean;
}

/** `promote [FOLDER]`: moves the next batch into the todo note. */
export async function promote(host: CallHost, call: Call, path: string, wishes: PromotionWishes): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const seen: { rules: RulesInForce | null; selection: Selection | null } = { rules: null, selection: null };
  const outcome = await runMove(host, call, folder, (store, request) =>
    performMove(
      store,
      folder.names,
      (notes) => {
        const rules = readRules(notes.backlog, call.rules, folder.rules);
        const planned = planPromotion(notes, { rules, today: call.today, ...wishes });
        seen.rules = rules;
        seen.selection = planned.selection;
        return planned;
      },
      request,
    ),
  );
  const blocks = outcome.plan?.blocks ?? [];
  const archived = blocks.filter(({ to }) => to === folder.names.archive);
  const promoted = blocks.filter(({ to }) => to === folder.names.todo);
  return describeMove(call, folder, outcome, {
    json: {
      rules: describeRules(seen.rules ?? (await readFolderRules(host, call, folder))),
      ...describeSelection(seen.selection, outcome.refusal !== null),
      archived: describeBlocks(archived),
    },
    renderDone: (paint) => [
      ...(archived.length > 0
        ? [paint.bold(`Archived ${countTasks(archived.length)} in ${folder.names.archive}:`), ...renderBlocks(archived)]
        : []),
      paint.bold(`Moved ${countTasks(promoted.length, seen.selection?.batch?.type)} to ${folder.names.todo}:`),
      ...renderBlocks(promoted),
    ],
    hint: hintUndo(host, folder),
  });
}
