import type { MoveOutcome } from "../core/move";
import { ChooseGroup } from "../ui/choose-group";
import type { WayOut } from "../ui/promotion-ways";
import { joinPath } from "../vault/folders";
import { announceMove } from "./announcing";
import { addFolderCommand, findFolderAtHand, nameNote } from "./at-hand";
import { today } from "./moves";
import { goToNextIncomplete } from "./next-incomplete";
import { showLine } from "./panes";
import type { Parts } from "./parts";
import { listGroups, sayPromotion, type WantedGroup, type WishedPromotion } from "./promotion-plan";
import { PromotionSession, type SessionHands } from "./promotion-session";
import { offerRecovery } from "./recovery";
import { sayFailure, sayRefusal } from "./refusals";
import { returnToBacklog } from "./returning";
import { startBacklog } from "./start-backlog";

/** The commands that promote. */
export function registerPromotion(parts: Parts): void {
  const next = {
    id: "promote-next",
    name: "Promote next batch",
    icon: "list-start",
    placeholder: "Promote the next batch of…",
    purpose: "to see its next batch",
  };
  addFolderCommand(parts, next, (folder) => promoteFrom(parts, folder, null));
  const fromGroup = {
    id: "promote-group",
    name: "Promote from group…",
    icon: "list-tree",
    placeholder: "Promote from a group of…",
    purpose: "to choose one of its groups",
  };
  addFolderCommand(parts, fromGroup, (folder) => chooseGroup(parts, folder));
}

/**
 * Promotes from a folder's backlog: shows first what would move and moves it where the person says so, or at once where the
 * settings skip that. What is refused is shown with the ways out of it. Never rejects.
 *
 * @param folder path in the vault; "" for the vault itself.
 * @param group the one to take from; null for the one that the rules choose.
 */
export async function promoteFrom(parts: Parts, folder: string, group: WantedGroup | null): Promise<void> {
  await parts.requests.doOnce(`promote ${folder}`, () =>
    guard(parts, folder, () => startPromotion(parts, folder, group)),
  );
}

/** Lists the groups of a folder's backlog, and promotes from the one that is chosen. Never rejects. */
export async function chooseGroup(parts: Parts, folder: string): Promise<void> {
  await parts.requests.doOnce(`choose group ${folder}`, () => guard(parts, folder, () => showGroups(parts, folder)));
}

async function showGroups(parts: Parts, folder: string): Promise<void> {
  const groups = await readGroups(parts, folder);
  // Without a group the preview says what is missing.
  if (groups?.length === 0) return startPromotion(parts, folder, null);
  const choose = ({ wanted }: { readonly wanted: WantedGroup }): void =>
    void guard(parts, folder, () => startPromotion(parts, folder, wanted));
  if (groups) parts.overlays.openModal(new ChooseGroup(parts.app, groups, choose));
}

/** The groups of a folder's backlog; null where they can't be read, which is said. */
async function readGroups(parts: Parts, folder: string): Promise<ReturnType<typeof listGroups> | null> {
  const read = await parts.moves.readFolder(folder);
  if (!read.refusal) return listGroups(read.folder, read.rules);
  sayRefusal(read.refusal);
  return null;
}

async function startPromotion(parts: Parts, folder: string, group: WantedGroup | null): Promise<void> {
  const session = new PromotionSession(parts, folder, group, handsOf(parts, folder));
  await (parts.store.settings.previewPromotion ? session.open() : session.promoteAtOnce());
}

async function guard(parts: Parts, folder: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await sayFailure(parts, folder, error, "Nothing was promoted.");
  }
}

function handsOf(parts: Parts, folder: string): SessionHands {
  return {
    announce: (outcome, promotion) => announce(parts, folder, outcome, promotion),
    mend: async (way) => {
      if (way.kind === "return") await returnToBacklog(parts, folder, way.id);
    },
    leave: (way) => void guard(parts, folder, () => leave(parts, folder, way)),
  };
}

function announce(parts: Parts, folder: string, outcome: MoveOutcome, { planned }: WishedPromotion): void {
  const { plan, selection } = planned;
  if (!plan) return;
  const name = (note: string): string => nameNote(parts, folder, note);
  announceMove(parts, folder, outcome, sayPromotion(plan, selection.batch?.type ?? "", name));
}

async function leave(parts: Parts, folder: string, way: WayOut): Promise<void> {
  switch (way.kind) {
    case "open":
      return showLine(parts, joinPath(folder, way.path), way.line);
    case "next-incomplete":
      return findFolderAtHand(parts) === folder
        ? goToNextIncomplete(parts)
        : showLine(parts, joinPath(folder, way.path), way.line);
    case "recover":
      if (!(await offerRecovery(parts, folder))) await startPromotion(parts, folder, null);
      return;
    case "any-group":
      return startPromotion(parts, folder, null);
    case "choose-group":
      return showGroups(parts, folder);
    case "start-backlog":
      return startBacklog(parts, folder, today());
  }
}
