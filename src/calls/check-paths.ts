import { StoreError } from "../core/store";
import type { Call } from "./call";
import { CallFailure } from "./failure";
import { checkNotes, type ShownNote } from "./folder-check";
import type { CallHost, FoundFolder, Unread } from "./host";

/** What `check` and `list` look at, and what is to be said besides. */
export interface CheckedPaths {
  readonly notes: readonly ShownNote[];
  /** What is there and could not be read; `notices` say it too. */
  readonly unread: readonly Unread[];
  readonly notices: readonly string[];
}

/** Checks the notes of every backlog folder below the paths; no path stands for where the person is. */
export async function checkPaths(host: CallHost, call: Call, paths: readonly string[]): Promise<CheckedPaths> {
  const notes: ShownNote[] = [];
  const notices = new Set<string>();
  const search = await host.findFolders(paths.length > 0 ? paths : ["."]);
  const unread = [...search.unread];
  for (const found of search.folders) {
    const checked = await checkNotes(host, found, call.rules);
    notes.push(...checked.notes);
    unread.push(...checked.unread);
    const { folder } = found;
    try {
      const pending = await describePendingMove(host, folder);
      for (const sentence of [folder.warning, pending]) if (sentence !== null) notices.add(sentence);
    } catch (error) {
      if (!(error instanceof CallFailure || error instanceof StoreError)) throw error;
      unread.push({ path: folder.path, message: error.message });
    }
  }
  for (const { message } of unread) notices.add(message);
  return { notes, unread, notices: [...notices] };
}

/** A sentence where a move was interrupted in a folder, or is under way; null where none is. */
async function describePendingMove(host: CallHost, folder: FoundFolder): Promise<string | null> {
  if (!(await host.isMovePending(folder))) return null;
  const call = host.nameCall("recover", folder);
  return `A move in ${folder.path} is under way or was interrupted: \`${call}\` finishes it or takes it back.`;
}
