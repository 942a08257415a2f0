import type { Note } from "./note";

/** Where the companions of a backlog folder are: paths relative to the folder, `/` between segments. */
export interface NoteNames {
  readonly backlog: string;
  readonly todo: string;
  readonly archive: string;
  readonly index: string;
}

/** The companions of a backlog folder, in the order in which they are read. */
export const COMPANIONS = ["backlog", "todo", "archive", "index"] as const satisfies readonly (keyof NoteNames)[];

/** The names that hold where nothing else is configured (FORMAT.md §1). */
export const DEFAULT_NAMES: NoteNames = {
  backlog: "BACKLOG.md",
  todo: "TODO.md",
  archive: "ARCHIVE.md",
  index: "TASK_INDEX.md",
};

/** Where an archive of the default name is looked for besides; it counts where that alone exists (FORMAT.md §1). */
export const OTHER_ARCHIVE = "ARCHIVE/ARCHIVE.md";

/** The companions of a backlog folder as they stand; null for a note that does not exist. */
export interface BacklogFolder {
  readonly names: NoteNames;
  readonly backlog: Note | null;
  readonly todo: Note | null;
  readonly archive: Note | null;
  readonly index: Note | null;
}
