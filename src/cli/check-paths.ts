import type { Call } from "./call";
import { checkNotes, type ShownNote } from "./folder-check";
import { findFolders, tryReading, type FoundFolder, type Unread } from "./folders";
import { describePendingMove } from "./pending-move";

/** What `check` and `list` look at, and what is to be said besides. */
export interface CheckedPaths {
  readonly notes: readonly ShownNote[];
  /** What is there and could not be read; `notices` say it too. */
  readonly unread: readonly Unread[];
  readonly notices: readonly string[];
}

/** Checks the notes of every backlog folder below the paths; no path stands for the current folder. */
export function checkPaths(call: Call, paths: readonly string[]): CheckedPaths {
  const notes: ShownNote[] = [];
  const notices = new Set<string>();
  const search = findFolders(paths.length > 0 ? paths : ["."]);
  const unread = [...search.unread];
  for (const found of search.folders) {
    const checked = checkNotes(found, call.rules);
    notes.push(...checked.notes);
    unread.push(...checked.unread);
    const sentences = tryReading(unread, found.folder.path, () => listNotices(found.folder)) ?? [];
    for (const sentence of sentences) notices.add(sentence);
  }
  for (const { message } of unread) notices.add(message);
  return { notes, unread, notices: [...notices] };
}

/** What is to be said of a folder that is only read: settings that cannot be read, a move that was interrupted. */
function listNotices(folder: FoundFolder): readonly string[] {
  const pending = describePendingMove(folder);
  return [folder.warning, pending].filter((sentence) => sentence !== null);
}
