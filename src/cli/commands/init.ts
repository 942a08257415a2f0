import { join } from "node:path";
import type { Call, CallResult } from "../../calls/call";
import { showPath, type FoundFolder } from "../../calls/host";
import { describeMove } from "../../calls/move-call";
import { showLine } from "../../calls/paint";
import { listNewNotes, type NewNote } from "../../core/new-backlog";
import type { Refusal } from "../../core/refusal";
import { createNotes } from "../create-notes";
import { findStats, nameCall, planFolder } from "../folders";

/** `init [FOLDER]`: starts a backlog. Refused where one of its notes exists; nothing is written then. */
export async function init(call: Call, path: string): Promise<CallResult> {
  const folder = planFolder(path);
  const notes = listNewNotes(folder.names, call.today);
  const refusal = findExisting(folder, notes);
  const written = refusal || call.dryRun ? [] : createNotes(folder, notes);
  const changes = notes.map((note) => ({ path: note.path, before: null, edits: [], after: note.text }));
  const plan = refusal ? null : { kind: "edit" as const, changes, blocks: [], warnings: [] };
  return describeMove(
    call,
    folder,
    { plan, refusal, written, warnings: [], number: null },
    {
      json: {},
      renderDone: (paint) => [paint.bold(`Started a backlog in ${showLine(folder.path)} with one example task.`)],
      hint: `See what comes next with: ${nameCall("next", folder)}`,
    },
  );
}

function findExisting(folder: FoundFolder, notes: readonly NewNote[]): Refusal | null {
  const existing = notes.filter(({ path }) => findStats(join(folder.path, path)) !== null);
  if (existing.length === 0) return null;
  const names = existing.map(({ path }) => showPath(folder, path)).join(", ");
  const there = existing.length === 1 ? "is there already" : "are there already";
  return { code: "note-exists", message: `${names} ${there}, so nothing was written: name another folder.` };
}
