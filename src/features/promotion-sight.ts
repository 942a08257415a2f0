import type { BacklogFolder } from "../core/folder";
import type { PlannedPromotion } from "../core/promote";
import type { Refusal } from "../core/refusal";
import { describePlan, type PreviewStatus, type PromotionModel } from "../ui/promotion-model";
import { joinPath } from "../vault/folders";
import { today } from "./moves";
import type { Parts } from "./parts";
import type { WishedPromotion } from "./promotion-plan";
import { describeRefusal } from "./promotion-refusal";
import { wordForApp } from "./refusals";

/** A folder as a promotion found it. */
export interface Sight {
  /** Null where the notes could not be read. */
  readonly folder: BacklogFolder | null;
  /** What stands in the way whatever is planned: a move under way, a note that can't be read. */
  readonly refusal: Refusal | null;
}

/** What a preview tells of. */
export interface SeenPromotion {
  readonly sight: Sight;
  /** Null where the notes could not be read. */
  readonly planned: WishedPromotion | null;
  /** Why nothing would move; null where something would. */
  readonly refusal: Refusal | null;
  /** What became of the last attempt. */
  readonly status: PreviewStatus;
  /** Whether the person chose the group. */
  readonly chosen: boolean;
}

/** What is shown of a plan where there is none. */
const EMPTY = {
  group: null,
  why: "",
  rules: [],
  batch: [],
  todo: null,
  passedOver: [],
  groupsPassedOver: [],
  notes: [],
  goal: "",
  archiveDone: null,
  warnings: [],
} as const;

/** Reads a folder for a promotion, with what `plan` makes of it; nothing is written. Rejects with a StoreError where the vault refuses. */
export async function lookAtFolder(
  { moves, watch }: Parts,
  path: string,
  plan: (folder: BacklogFolder) => PlannedPromotion,
): Promise<Sight> {
  // What the cards of the folder say, their badges do too.
  await watch.factsOf(path);
  const seen: BacklogFolder[] = [];
  const { refusal } = await moves.preview(path, (notes) => {
    seen.push(notes);
    return plan(notes);
  });
  const folder = seen.at(-1) ?? null;
  return { folder, refusal: folder ? null : refusal };
}

/** All that the preview shows of a promotion from the folder of this path. */
export function describeSight({ moves, store, watch }: Parts, path: string, seen: SeenPromotion): PromotionModel {
  const { sight, planned: wished, refusal, status, chosen } = seen;
  const { folder } = sight;
  const names = folder?.names ?? moves.namesOf(path);
  const shared = { folder: watch.listFolders().length > 1 ? path || "/" : "", status, chosen };
  const selection = wished?.planned.selection ?? null;
  const scene = { folder, names, settings: store.settings.rules, selection, chosen, today: today() };
  const refused = refusal && describeRefusal(refusal, scene);
  if (!folder || !wished) return { ...EMPTY, ...shared, backlog: names.backlog, refusal: refused };
  const context = watch.contextOf(joinPath(path, names.backlog));
  const { planned, rules, archiveDone } = wished;
  const described = describePlan({ folder, rules, context, planned, chosen: wished.chosen, archiveDone });
  const warnings = planned.plan?.warnings.map(wordForApp) ?? [];
  const passedOver = described.passedOver.map((task) => ({ ...task, message: wordForApp(task.message) }));
  return { ...described, ...shared, passedOver, warnings, refusal: refused };
}
