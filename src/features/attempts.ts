import type { MoveOutcome } from "../core/move";
import type { Plan } from "../core/plan";
import type { Refusal } from "../core/refusal";
import { offerRecovery } from "./recovery";
import { sayFailure, sayRefusal } from "./refusals";
import type { Parts } from "./parts";

/** A move that was planned or made. */
export type MadeMove = MoveOutcome & { readonly plan: Plan };

/**
 * Tries a move. Where it is refused or fails, a notice says why and what became of the notes; where an earlier one was
 * interrupted, that is shown. Null then.
 *
 * @param nothing what is so where nothing of it was written, as "Nothing was archived."
 */
export async function attemptMove(
  parts: Parts,
  folder: string,
  nothing: string,
  move: () => Promise<MoveOutcome>,
): Promise<MadeMove | null> {
  const outcome = await attempt(parts, folder, nothing, move);
  if (!outcome) return null;
  const { plan, refusal } = outcome;
  if (refusal) await answerRefusal(parts, folder, refusal);
  return plan && { ...outcome, plan };
}

/** Does something that may fail; a notice then says what became of the notes. Null then. */
export async function attempt<T>(
  parts: Parts,
  folder: string,
  nothing: string,
  action: () => Promise<T>,
): Promise<T | null> {
  try {
    return await action();
  } catch (error) {
    await sayFailure(parts, folder, error, nothing);
    return null;
  }
}

/** Says why a request is not carried out; where a move was interrupted or another program holds the folder, shows that. */
export async function answerRefusal(parts: Parts, folder: string, refusal: Refusal): Promise<void> {
  const look = () => offerRecovery(parts, folder);
  const shown = refusal.code === "move-in-progress" && (await attempt(parts, folder, "", look));
  // Where that failed it was said.
  if (shown === false) sayRefusal(refusal);
}
