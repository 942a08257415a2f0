import { performMove } from "../core/move";
import { planTick } from "../core/values";
import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import { describeMove, runMove } from "./move-call";
import { showLine } from "./paint";

/** Which criterion is to be ticked or not. */
export interface WishedTick {
  /** 1-based, over Acceptance Criteria and Definition of Done in the order of the block. */
  readonly criterion: number;
  readonly ticked: boolean;
}

/** `tick ID N`: ticks one criterion of one task, or takes the tick away, and changes nothing else. */
export async function tick(
  host: CallHost,
  call: Call,
  path: string,
  id: string,
  { criterion, ticked }: WishedTick,
): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const outcome = await runMove(host, call, folder, (store, request) =>
    performMove(store, folder.names, (notes) => planTick(notes, id, criterion, ticked), request),
  );
  return describeMove(call, folder, outcome, {
    json: { task: id, criterion, ticked },
    hint: null,
    renderDone: () => [`${ticked ? "Ticked" : "Unticked"} criterion ${criterion} of ${showLine(id)}.`],
  });
}
