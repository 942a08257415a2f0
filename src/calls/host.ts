import type { CheckedText } from "../core/check";
import type { NoteNames } from "../core/folder";
import type { Refusal } from "../core/refusal";
import type { RuleSettings } from "../core/rules";
import type { NoteStore } from "../core/store";

/** A folder with what holds in it. */
export interface FoundFolder {
  /** As it is shown, `/` between segments: it begins as the person gave it. `.` for where the person is. */
  readonly path: string;
  readonly names: NoteNames;
  /** What the settings of the vault around it state. */
  readonly rules: RuleSettings;
  /** A sentence about settings that cannot be read; null where all is well. */
  readonly warning: string | null;
}

/** A folder or note that is there and cannot be read. */
export interface Unread {
  /** As it is shown. */
  readonly path: string;
  /** Why, as one sentence that names it. */
  readonly message: string;
}

/** What a search finds, and what it cannot look into. */
export interface Search<Found> {
  readonly folders: readonly Found[];
  readonly unread: readonly Unread[];
}

/** A backlog folder to be checked. */
export interface CheckedFolder {
  readonly folder: FoundFolder;
  /** Paths of the notes to show, relative to the folder; null for all of them. */
  readonly only: ReadonlySet<string> | null;
}

/** The notes of a folder that exist, as far as they can be read. */
export interface FolderNotes {
  /** Backlog, todo, archive, index, then every other note directly in the folder by name (FORMAT.md §1). */
  readonly texts: readonly CheckedText[];
  readonly unread: readonly Unread[];
}

/** Commands that a sentence of a call may name. */
export type NamedCommand = "undo" | "recover";

/**
 * Where calls are made: the disk of the command line, or the app's vault. A path is as the person gave it. Every method that
 * reads rejects with a `CallFailure` or a `StoreError` where a path leads nowhere or the medium refuses.
 */
export interface CallHost {
  /** The folder at a path, whether or not it holds a backlog. Rejects where it does not exist or is a note. */
  openFolder(path: string): Promise<FoundFolder>;
  /**
   * The backlog folders at and below some paths, sorted by path, each once; a path that is a note stands for that note
   * alone. Rejects where a path does not exist, or has no backlog folder below it though all of it can be read.
   */
  findFolders(paths: readonly string[]): Promise<Search<CheckedFolder>>;
  /** The backlog folders at and below a folder, sorted by path. What cannot be read is passed over. */
  findFoldersBelow(folder: FoundFolder): Promise<readonly FoundFolder[]>;
  /** The notes of a folder that exist. Does not reject for a note that cannot be read: that is among `unread`. */
  readNotes(folder: FoundFolder): Promise<FolderNotes>;
  /** The companions that exist. Rejects where one cannot be read. */
  readCompanions(folder: FoundFolder): Promise<readonly CheckedText[]>;
  storeOf(folder: FoundFolder): Promise<NoteStore>;
  /** Whether a move was interrupted in a folder, or is under way. */
  isMovePending(folder: FoundFolder): Promise<boolean>;
  /** The refusal where another program holds the lock of a folder just now; null where none does. Nothing is taken or waited for. */
  findLockRefusal(folder: FoundFolder): Promise<Refusal | null>;
  /** A call on a folder as a person would type it: "backlog-cards undo docs". */
  nameCall(command: NamedCommand, folder: FoundFolder): string;
  /** What starts a backlog at a path, quoted: "`backlog-cards init docs`". Null for no place in particular. */
  nameStart(path: string | null): string;
}

/** A path below a folder as it is shown: relative to where the person is, `/` between segments. */
export function showPath({ path: folder }: Pick<FoundFolder, "path">, path: string): string {
  if (folder === ".") return path;
  return folder.endsWith("/") ? `${folder}${path}` : `${folder}/${path}`;
}

/** The order of paths in every output: by code units. Both as they are shown. */
export function comparePaths(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
