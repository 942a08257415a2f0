import { showNotice } from "../ui/move-notice";
import { addFolderCommand, nameNote } from "./at-hand";
import { nameLastMove, sayReturned, showMoved } from "./moved-tasks";
import { sayFailure, sayRefusal, wordForApp } from "./refusals";
import type { Parts } from "./parts";

/** The command that takes the last move back. */
export function registerUndoing(parts: Parts): void {
  const command = {
    id: "undo-move",
    name: "Undo last move",
    icon: "undo-2",
    placeholder: "Undo the last move in…",
    purpose: "to undo it there",
  };
  addFolderCommand(parts, command, (folder) => undoLastMove(parts, folder));
}

/**
 * Takes the last move of a folder back and says so; a notice says why where that is refused or fails.
 *
 * @param number in the ledger: only the move of that number, while it is the last. Left out: whichever is the last.
 */
export async function undoLastMove(parts: Parts, folder: string, number?: number): Promise<void> {
  await parts.requests.doOnce(`undo ${folder} ${number ?? ""}`, async () => {
    try {
      const { plan, refusal, warnings } = await parts.moves.undo(folder, number);
      if (refusal) sayRefusal(refusal);
      if (!plan) return;
      const where = sayReturned(plan.blocks, (note) => nameNote(parts, folder, note));
      showNotice(parts.overlays, {
        sentence: `The last move was taken back: ${where}.`,
        about: nameLastMove(folder),
        details: warnings.map(wordForApp),
        buttons: [{ title: "Open", act: () => void showMoved(parts, folder, plan) }],
      });
    } catch (error) {
      await sayFailure(parts, folder, error, "Nothing was taken back.");
    }
  });
}
