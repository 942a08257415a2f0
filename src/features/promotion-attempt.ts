import type { BacklogFolder } from "../core/folder";
import type { MoveOutcome } from "../core/move";
import type { Refusal } from "../core/refusal";
import type { Moves } from "./moves";
import { digestPromotion, type WishedPromotion } from "./promotion-plan";

/** Why what was shown is not moved. */
export const CHANGED: Refusal = {
  code: "stale-source",
  message: "The notes changed meanwhile. Nothing was written: this is what would move now.",
};

/** A promotion that was tried, and how that ended. */
export interface TriedPromotion {
  readonly outcome: MoveOutcome;
  /** As it was planned last; null where it was refused before anything was planned. */
  readonly promotion: WishedPromotion | null;
}

/**
 * Promotes what `plan` makes of the folder as it stands under the lock. Rejects with a StoreError where the vault refuses.
 *
 * @param shown the digest of what the person was shown: anything else is refused as `CHANGED`; null where nothing was shown.
 */
export async function tryPromotion(
  moves: Moves,
  folder: string,
  plan: (folder: BacklogFolder) => WishedPromotion,
  shown: string | null,
): Promise<TriedPromotion> {
  let promotion: WishedPromotion | null = null;
  const outcome = await moves.perform(folder, (notes) => {
    promotion = plan(notes);
    const { planned } = promotion;
    const isOther = shown !== null && planned.plan !== null && digestPromotion(planned) !== shown;
    return isOther ? { plan: null, refusal: CHANGED } : planned;
  });
  return { outcome, promotion };
}
