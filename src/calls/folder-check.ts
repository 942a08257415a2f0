import { checkFolder, type CheckedNote, type TaskVerdict } from "../core/check";
import type { RuleSettings } from "../core/rules";
import type { TaskBlock } from "../core/task";
import { showPath, type CallHost, type CheckedFolder, type FoundFolder, type Unread } from "./host";

/** A note of a folder as check found it, to be shown. */
export interface ShownNote {
  readonly folder: FoundFolder;
  /** As it is shown. */
  readonly path: string;
  readonly checked: CheckedNote;
}

/** The notes of a folder to be shown, and those of the folder that could not be read. */
export interface FolderCheck {
  readonly notes: readonly ShownNote[];
  readonly unread: readonly Unread[];
}

/** Checks every note of a folder that can be read and gives those to be shown, in the folder's order (FORMAT.md §6). */
export async function checkNotes(
  host: CallHost,
  { folder, only }: CheckedFolder,
  flags: RuleSettings,
): Promise<FolderCheck> {
  const { texts, unread } = await host.readNotes(folder);
  const notes = checkFolder(texts, folder.names, flags, folder.rules)
    .notes.filter(({ path }) => only === null || only.has(path))
    .map((checked) => ({ folder, path: showPath(folder, checked.path), checked }));
  return { notes, unread };
}

/** The tasks of a note with their verdicts and their indices into `Note.tasks`. Empty for a note that is not UTF-8. */
export function listTasks({
  note,
  verdicts,
}: CheckedNote): readonly { readonly task: TaskBlock; readonly index: number; readonly verdict: TaskVerdict }[] {
  return (note?.tasks ?? []).flatMap((task, index) => {
    const verdict = verdicts[index];
    return verdict ? [{ task, index, verdict }] : [];
  });
}

/** Whether a task is incomplete in the format's own sense: in a backlog and not complete (FORMAT.md §5, rule 1). */
export function isIncomplete({ kind }: CheckedNote, verdict: TaskVerdict): boolean {
  return kind === "backlog" && !verdict.complete;
}
