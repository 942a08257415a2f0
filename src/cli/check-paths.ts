import type { Call } from "./call";
import { checkNotes, type ShownNote } from "./folder-check";
import { findFolders, type FoundFolder } from "./folders";
import { describePendingMove } from "./pending-move";

/** What `check` and `list` look at, and what is to be said besides. */
export interface CheckedPaths {
  readonly notes: readonly ShownNote[];
  readonly notices: readonly string[];
}

/** Checks the notes of every backlog folder below the paths; no path stands for the current folder. */
export function checkPaths(call: Call, paths: readonly string[]): CheckedPaths {
  const notes: ShownNote[] = [];
  const notices = new Set<string>();
  for (const found of findFolders(paths.length > 0 ? paths : ["."])) {
    notes.push(...checkNotes(found, call.rules));
    for (const sentence of listNotices(found.folder)) notices.add(sentence);
  }
  return { notes, notices: [...notices] };
}

/** What is to be said of a folder that is only read: settings that cannot be read, a move that was interrupted. */
function listNotices(folder: FoundFolder): readonly string[] {
  const pending = describePendingMove(folder);
  return [folder.warning, pending].filter((sentence) => sentence !== null);
}
