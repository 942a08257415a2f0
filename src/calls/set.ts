import { performMove } from "../core/move";
import { planSet } from "../core/values";
import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import { describeMove, runMove } from "./move-call";
import { showLine } from "./paint";

/** A value that a field is to have; the field in lower case. */
export interface WishedValue {
  readonly field: string;
  readonly value: string;
}

/** `set ID FIELD=VALUE…`: changes values of one task and nothing else. */
export async function set(
  host: CallHost,
  call: Call,
  path: string,
  id: string,
  values: readonly WishedValue[],
): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const outcome = await runMove(host, call, folder, (store, request) =>
    performMove(store, folder.names, (notes) => planSet(notes, id, values), request),
  );
  return describeMove(call, folder, outcome, {
    json: { task: id, values },
    hint: null,
    renderDone: () => [
      `Set of ${showLine(id)}: ${values.map(({ field, value }) => showLine(`${field}=${value}`)).join(", ")}`,
    ],
  });
}
