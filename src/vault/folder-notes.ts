import { TFile } from "obsidian";
import { COMPANIONS, type NoteNames } from "../core/folder";
import type { NoteKind } from "../core/note";
import { joinPath } from "./folders";
import type { VaultApp } from "./vault-app";

/** A note of a folder, not yet read. */
export interface FolderNote {
  /** Relative to the folder. */
  readonly path: string;
  readonly kind: NoteKind;
  readonly file: TFile;
}

/** The companions of a folder that exist: backlog, todo, archive, index. */
export function listCompanions(app: VaultApp, folder: string, names: NoteNames): readonly FolderNote[] {
  return COMPANIONS.flatMap((kind) => {
    const path = names[kind];
    const file = app.vault.getFileByPath(joinPath(folder, path));
    return file ? [{ path, kind, file }] : [];
  });
}

/**
 * The other notes directly in a folder that may hold tasks, by name: those in whose headings the app has seen a task, and
 * those of `shown`. A folder may hold thousands of notes, so the rest is not worth a reading.
 *
 * @param shown paths relative to the folder.
 */
export function listOthers(
  app: VaultApp,
  folder: string,
  names: NoteNames,
  shown: ReadonlySet<string>,
): readonly FolderNote[] {
  const companions = new Set<string>(Object.values(names));
  const parent = folder === "" ? app.vault.getRoot() : app.vault.getFolderByPath(folder);
  const files = (parent?.children ?? []).filter((child) => child instanceof TFile);
  return files
    .filter((file) => file.extension === "md" && !companions.has(file.name))
    .filter((file) => shown.has(file.name) || hasTasks(app, file))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((file) => ({ path: file.name, kind: "other", file }));
}

/** Whether the app's index has a task marker among the headings of a note; false where it is not indexed yet. */
export function hasTasks(app: VaultApp, file: TFile): boolean {
  // A marker may be glued to its task's header.
  return (app.metadataCache.getFileCache(file)?.headings ?? []).some(({ heading }) =>
    /^task_begin(?!\w)/.test(heading),
  );
}
