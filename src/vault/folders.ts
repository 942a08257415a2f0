import type { Vault } from "obsidian";
import { COMPANIONS, DEFAULT_NAMES, OTHER_ARCHIVE, type NoteNames } from "../core/folder";
import type { NoteKind } from "../core/note";

/** What is asked of the app's vault here: its list of files, which it holds in memory. Nothing is read. */
export type VaultFiles = Pick<Vault, "getFileByPath" | "getMarkdownFiles">;

/** A note in its backlog folder. */
export interface NotePlace {
  /** Path in the vault, without a slash at its end; "" for the vault itself. */
  readonly folder: string;
  /** The note's path relative to the folder. */
  readonly note: string;
  readonly kind: NoteKind;
  /** The companions of the folder, as `findNames` says. */
  readonly names: NoteNames;
}

/**
 * The backlog folder of a note, which need not exist itself: the folder that it lies in, else the nearest one above that
 * it is a companion of (FORMAT.md §1). Null where there is none.
 *
 * @param path the note's path in the vault.
 * @param names the names as configured.
 */
export function findPlace(files: VaultFiles, path: string, names: NoteNames): NotePlace | null {
  const own = folderOf(path);
  for (let folder = own; ; folder = folderOf(folder)) {
    const note = folder === "" ? path : path.slice(folder.length + 1);
    const found = findNames(files, folder, names);
    const kind = COMPANIONS.find((kind) => found[kind] === note) ?? "other";
    const belongs = kind !== "other" || (folder === own && note.endsWith(".md"));
    if (belongs && holdsBacklog(files, folder, names)) return { folder, note, kind, names: found };
    if (folder === "") return null;
  }
}

/** The names that hold in a folder: as configured, but `ARCHIVE/ARCHIVE.md` where the archive has the default name and only that exists. */
export function findNames(files: VaultFiles, folder: string, names: NoteNames): NoteNames {
  if (names.archive !== DEFAULT_NAMES.archive) return names;
  const there = (name: string) => files.getFileByPath(joinPath(folder, name)) !== null;
  return !there(names.archive) && there(OTHER_ARCHIVE) ? { ...names, archive: OTHER_ARCHIVE } : names;
}

/** Whether a folder is a backlog folder. */
export function holdsBacklog(files: VaultFiles, folder: string, names: NoteNames): boolean {
  return files.getFileByPath(joinPath(folder, names.backlog)) !== null;
}

/**
 * All backlog folders of the vault in the order of their paths, or those at and below one folder: dot folders and
 * `node_modules` below it aside.
 */
export function listBacklogFolders(files: VaultFiles, names: NoteNames, top = ""): readonly string[] {
  const folders = files.getMarkdownFiles().flatMap(({ path }) => {
    const folder = stripName(path, names.backlog);
    if (folder === null || !isBelow(folder, top)) return [];
    return folder.slice(top.length).split("/").some(isPassedOver) ? [] : [folder];
  });
  return folders.sort((a, b) => (a < b ? -1 : 1));
}

/** The folders, backlog folders or not, that a path is a companion of if they are, and as which kind. */
export function listOwners(
  path: string,
  names: NoteNames,
): readonly { readonly folder: string; readonly kind: keyof NoteNames }[] {
  return COMPANIONS.flatMap((kind) => {
    const places = kind === "archive" && names.archive === DEFAULT_NAMES.archive ? [OTHER_ARCHIVE] : [];
    return [names[kind], ...places].flatMap((name) => {
      const folder = stripName(path, name);
      return folder === null ? [] : [{ folder, kind }];
    });
  });
}

/** The path of a note in the vault from its path in a folder. */
export function joinPath(folder: string, name: string): string {
  return folder === "" ? name : `${folder}/${name}`;
}

/** The path of the folder that a note or folder lies in; "" for the vault itself. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}

/** Whether a path is that folder or lies in it, at any depth. */
export function isBelow(path: string, folder: string): boolean {
  return folder === "" || path === folder || path.startsWith(`${folder}/`);
}

/** What stands before a name at the end of a path; null where the path does not end so. */
function stripName(path: string, name: string): string | null {
  if (path === name) return "";
  return path.endsWith(`/${name}`) ? path.slice(0, -name.length - 1) : null;
}

function isPassedOver(segment: string): boolean {
  return segment.startsWith(".") || segment === "node_modules";
}
