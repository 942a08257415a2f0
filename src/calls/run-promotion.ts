import { performMove, type MoveOutcome } from "../core/move";
import { planPromotion } from "../core/promote";
import { readRules, type RulesInForce } from "../core/rules";
import type { Selection } from "../core/select";
import type { Call } from "./call";
import type { CallHost, FoundFolder } from "./host";
import { readFolderRules, runMove } from "./move-call";

/** What is wished of a promotion besides the batch that the rules choose. */
export interface PromotionWishes {
  readonly goal?: string;
  readonly archiveDone: boolean;
}

/** How a promotion ended, and what it was decided by. */
export interface RunPromotion {
  readonly outcome: MoveOutcome;
  readonly rules: RulesInForce;
  /** Null where it was refused before anything was chosen. */
  readonly selection: Selection | null;
}

/** Promotes the next batch of a folder, or only plans it where the call is a dry run. */
export async function runPromotion(
  host: CallHost,
  call: Call,
  folder: FoundFolder,
  wishes: PromotionWishes,
): Promise<RunPromotion> {
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
  return { outcome, rules: seen.rules ?? (await readFolderRules(host, call, folder)), selection: seen.selection };
}
