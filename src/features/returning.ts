import { findPlace } from "../core/ledger";
import { planReturn } from "../core/return";
import { refuse } from "../ui/notices";
import { announceMove } from "./announcing";
import { findTaskAtHand, nameNote } from "./at-hand";
import { attemptMove } from "./attempts";
import { nameMoved } from "./moved-tasks";
import { today } from "./moves";
import type { Parts } from "./parts";

/** The command that takes the task at hand out of the batch. */
export function registerReturning(parts: Parts): void {
  parts.plugin.addCommand({
    id: "return-task",
    name: "Return task to backlog",
    icon: "corner-up-left",
    checkCallback: (checking) => {
      const task = findTaskAtHand(parts);
      if (task?.place?.kind !== "todo") return false;
      if (checking) return true;
      if (task.id !== null) void returnToBacklog(parts, task.place.folder, task.id);
      else refuse("This task has no id that could be read. Give its header a tag [id:…].");
      return true;
    },
  });
}

/** Takes a task of a folder's todo note back into its backlog, and says so; a notice says why where that is refused. */
export async function returnToBacklog(parts: Parts, folder: string, id: string): Promise<void> {
  const { moves } = parts;
  await parts.requests.doOnce(`return ${folder} ${id}`, async () => {
    const made = await attemptMove(parts, folder, "Nothing was moved.", () =>
      moves.perform(folder, (notes, entries) => {
        return planReturn(notes, id, { today: today(), place: findPlace(entries, id) });
      }),
    );
    const [block] = made?.plan.blocks ?? [];
    if (!made || !block) return;
    announceMove(parts, folder, made, `Task ${nameMoved(block)} returned to ${nameNote(parts, folder, block.to)}.`);
  });
}
