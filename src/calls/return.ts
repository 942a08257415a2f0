import { findPlace } from "../core/ledger";
import { performMove } from "../core/move";
import { planReturn } from "../core/return";
import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import { countTasks, describeBlocks, describeMove, hintUndo, renderBlocks, runMove } from "./move-call";

/** `return ID`: takes a task out of the batch, back into the backlog. */
export async function returnTask(host: CallHost, call: Call, path: string, id: string): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const outcome = await runMove(host, call, folder, (store, request) =>
    performMove(
      store,
      folder.names,
      (notes, entries) => planReturn(notes, id, { today: call.today, place: findPlace(entries, id) }),
      request,
    ),
  );
  const blocks = outcome.plan?.blocks ?? [];
  return describeMove(call, folder, outcome, {
    json: { tasks: describeBlocks(blocks) },
    renderDone: (paint) => [
      paint.bold(`Returned ${countTasks(blocks.length)} to ${folder.names.backlog}:`),
      ...renderBlocks(blocks),
    ],
    hint: hintUndo(host, folder),
  });
}
