import type { MoveOutcome } from "../core/move";
import { showNotice, type NoticeButton } from "../ui/move-notice";
import { rememberFolder } from "./at-hand";
import { nameLastMove, showMoved } from "./moved-tasks";
import { wordForApp } from "./refusals";
import { undoLastMove } from "./undoing";
import type { Parts } from "./parts";

/**
 * Says in a notice what a move did, with its warnings. The button Undo takes back that move and no other, Open shows the first
 * task where it went.
 *
 * @param outcome of a move that was written.
 * @param sentence as "5 docs tasks moved to TODO.md".
 */
export function announceMove(
  parts: Parts,
  folder: string,
  outcome: Pick<MoveOutcome, "plan" | "number" | "warnings">,
  sentence: string,
): void {
  const { plan, number, warnings } = outcome;
  rememberFolder(parts, folder);
  const buttons: NoticeButton[] = [];
  if (number !== null) buttons.push({ title: "Undo", act: () => void undoLastMove(parts, folder, number) });
  if (plan) buttons.push({ title: "Open", act: () => void showMoved(parts, folder, plan) });
  showNotice(parts.overlays, { sentence, about: nameLastMove(folder), details: warnings.map(wordForApp), buttons });
}
