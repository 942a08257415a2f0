import type { TFile } from "obsidian";
import { listNewNotes, type NewNote } from "../core/new-backlog";
import { ChooseFolder } from "../ui/choose-folder";
import { nameFolder } from "../ui/names";
import { confirmDone, refuse, reportFailure } from "../ui/notices";
import { folderOf, joinPath } from "../vault/folders";
import { today } from "./moves";
import { openNote } from "./open-notes";
import type { Parts } from "./parts";

/** The command that starts a backlog: the same notes as `backlog-cards init` creates. */
export function registerStartBacklog(parts: Parts): void {
  const { app, overlays, plugin } = parts;
  plugin.addCommand({
    id: "start-backlog",
    name: "Start a backlog in a folder",
    icon: "list-plus",
    callback: () => {
      const folders = app.vault.getAllFolders(true).map(({ path }) => (path === "/" ? "" : path));
      const active = app.workspace.getActiveFile();
      const own = active ? folderOf(active.path) : "";
      const others = folders.filter((folder) => folder !== own).sort((a, b) => a.localeCompare(b));
      overlays.openModal(
        new ChooseFolder(app, {
          placeholder: "Start a backlog in…",
          purpose: "to start a backlog there",
          folders: [own, ...others],
          choose: (folder) => void startBacklog(parts, folder, today()),
        }),
      );
    },
  });
}

/**
 * Creates the notes of a new backlog in a folder and opens it. Where one of them exists nothing is written; where one
 * cannot be created, those created before it are taken away again.
 *
 * @param date `YYYY-MM-DD`.
 */
export async function startBacklog(parts: Parts, folder: string, date: string): Promise<void> {
  const { app, store } = parts;
  const notes = listNewNotes(store.settings.names, date);
  try {
    const existing: string[] = [];
    // The adapter knows of files that differ in case only, and of those that the app does not list.
    for (const { path } of notes) if (await app.vault.adapter.exists(joinPath(folder, path))) existing.push(path);
    if (existing.length > 0) {
      const there = existing.length === 1 ? "is there already" : "are there already";
      refuse(
        `${existing.join(", ")} ${there} in ${nameFolder(folder)}, so nothing was written. Choose another folder.`,
      );
      return;
    }
    await createNotes(parts, folder, notes);
    confirmDone(`Started a backlog in ${nameFolder(folder)} with one example task.`);
    await openNote(parts, joinPath(folder, store.settings.names.backlog));
  } catch (error) {
    reportFailure(`A backlog could not be started in ${nameFolder(folder)}. No note of it was left there.`, error);
  }
}

async function createNotes({ app }: Parts, folder: string, notes: readonly NewNote[]): Promise<void> {
  const created: TFile[] = [];
  try {
    for (const { path, text } of notes) {
      const target = joinPath(folder, path);
      const parent = folderOf(target);
      if (parent !== "" && !app.vault.getFolderByPath(parent)) await app.vault.createFolder(parent);
      created.push(await app.vault.create(target, text));
    }
  } catch (error) {
    for (const file of created) await app.fileManager.trashFile(file);
    throw error;
  }
}
