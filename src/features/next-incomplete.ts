import type { WatchedFacts } from "../vault/watched-folder";
import { joinPath } from "../vault/folders";
import { refuse, reportFailure } from "../ui/notices";
import { nameFolder } from "../ui/names";
import { findPane, showLine } from "./panes";
import type { Parts } from "./parts";
import { findLineAtHand } from "./task-lines";

/** The backlog folders that a command is about: that of the note at hand, else all of them. */
export function listFoldersAtHand({ app, watch }: Parts): readonly string[] {
  const file = app.workspace.getActiveFile();
  const place = file && watch.placeOf(file.path);
  return place ? [place.folder] : watch.listFolders();
}

/**
 * Goes to the next task of the backlog that is not complete: behind the cursor where the backlog is the note at hand, and
 * from its start again behind the last one. Where the note at hand is in no backlog folder, to the first one of the vault.
 */
export async function goToNextIncomplete(parts: Parts): Promise<void> {
  const folders = listFoldersAtHand(parts);
  try {
    for (const folder of folders) {
      const facts = await parts.watch.factsOf(folder);
      const path = facts && joinPath(folder, facts.names.backlog);
      const line = facts && path !== null && findNext(facts, lineAtHandIn(parts, path));
      if (path !== null && typeof line === "number") {
        await showLine(parts, path, line);
        return;
      }
    }
    const [only] = folders;
    const where =
      folders.length === 1 && only !== undefined ? `the backlog of ${nameFolder(only)}` : "every backlog of the vault";
    refuse(`Every task in ${where} is complete.`);
  } catch (error) {
    reportFailure("The next incomplete task could not be looked up.", error);
  }
}

function lineAtHandIn(parts: Parts, path: string): number {
  const pane = findPane(parts);
  return pane?.file?.path === path ? findLineAtHand(parts, pane) : 0;
}

function findNext({ checked }: WatchedFacts, behind: number): number | null {
  const backlog = checked.find(({ kind }) => kind === "backlog");
  const lines = (backlog?.note?.tasks ?? []).flatMap(({ line }, at) =>
    backlog?.verdicts[at]?.complete === false ? [line] : [],
  );
  return lines.find((line) => line > behind) ?? lines[0] ?? null;
}
