import { mendDoubleEncoded } from "../core/double-encoding";
import { recoverMove, type RecoverOutcome } from "../core/recover";
import type { Call, CallResult } from "./call";
import type { CallHost } from "./host";
import { describeBlocks, describeMove, readFolderRules, runMove } from "./move-call";
import { showLines, type Paint } from "./paint";
import { describeRules } from "./records";

/** `recover [FOLDER]`: finishes an interrupted move or takes it back; with `discard` drops its journal. */
export async function recover(host: CallHost, call: Call, path: string, discard: boolean): Promise<CallResult> {
  const folder = await host.openFolder(path);
  const outcome = await runMove(host, call, folder, (store, request) =>
    recoverMove(store, folder.names, { ...request, discard }),
  );
  const shown = await describeMove(call, folder, outcome, {
    json: {
      rules: describeRules(await readFolderRules(host, call, folder)),
      tasks: describeBlocks(outcome.plan?.blocks ?? []),
      passedOver: [],
      outcome: outcome.refusal ? "refused" : outcome.kind,
      journal: outcome.journal,
    },
    hint: null,
    renderDone: (paint) => [paint.bold(describeEnd(outcome))],
  });
  return { ...shown, renderText: (paint) => renderJournal(outcome, paint) + shown.renderText(paint) };
}

/** The journal for a person, whatever became of it; "" where there is none. */
function renderJournal({ journal }: RecoverOutcome, paint: Paint): string {
  return journal === null ? "" : `${paint.bold("The journal holds:")}\n${showLines(mendDoubleEncoded(journal))}\n\n`;
}

function describeEnd({ kind }: RecoverOutcome): string {
  switch (kind) {
    case "none":
      return "No move was interrupted: there is nothing to recover.";
    case "finished":
      return "The move is finished.";
    case "taken-back":
      return "The move is taken back: the notes stand as before it.";
    case "dropped":
      return "Nothing of the move had been written: its journal is dropped.";
    case "discarded":
      return "The journal is dropped, and the notes are left as they stand.";
    case "refused":
      return "The move is left as it is.";
  }
}
