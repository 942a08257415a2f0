import { TFile, type Menu } from "obsidian";
import { isOpen } from "../core/promotable";
import { countTasks } from "../ui/names";
import { archiveFinished } from "./archival";
import type { Parts } from "./parts";
import { chooseGroup, promoteFrom } from "./promotion";
import { undoLastMove } from "./undoing";

/** Adds the moves of a backlog folder to the menus of its companions. */
export function registerNoteMenu(parts: Parts): void {
  const { app, plugin, watch } = parts;
  plugin.registerEvent(
    app.workspace.on("file-menu", (menu, file) => {
      const place = file instanceof TFile ? watch.placeOf(file.path) : null;
      if (place && place.kind !== "other") addMoves(menu, parts, place.folder, "backlog-cards");
    }),
  );
}

/** Adds the moves of a folder to a section of a menu; archival only where a task is known to be done, or nothing is known. */
export function addMoves(menu: Menu, parts: Parts, folder: string, section: string): void {
  const add = (title: string, icon: string, act: () => Promise<void>): void => {
    menu.addItem((entry) =>
      entry
        .setSection(section)
        .setTitle(title)
        .setIcon(icon)
        .onClick(() => void act()),
    );
  };
  add("Promote next batch", "list-start", () => promoteFrom(parts, folder, null));
  add("Promote from group…", "list-tree", () => chooseGroup(parts, folder));
  const finished = countFinished(parts, folder);
  const what = finished === null ? "finished tasks" : countTasks(finished).replace(" ", " finished ");
  if (finished !== 0) add(`Archive ${what}`, "archive", () => archiveFinished(parts, folder));
  add("Undo last move", "undo-2", () => undoLastMove(parts, folder));
}

/** The done tasks of a folder's todo note; null where it was not read yet. */
function countFinished({ watch }: Parts, folder: string): number | null {
  const facts = watch.knownFacts(folder);
  if (!facts) return null;
  const todo = facts.checked.find(({ kind }) => kind === "todo");
  return todo?.note?.tasks.filter((task) => !isOpen(task)).length ?? 0;
}
