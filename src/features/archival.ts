import { planArchival } from "../core/archive";
import { mendDoubleEncoded } from "../core/double-encoding";
import { equalValues } from "../core/equal-values";
import type { BacklogFolder } from "../core/folder";
import type { MoveOutcome, PlanMaker } from "../core/move";
import { isOpen } from "../core/promotable";
import type { Refusal } from "../core/refusal";
import { ArchivePreview, type UntickedTask } from "../ui/archive-preview";
import { countTasks } from "../ui/names";
import { joinPath } from "../vault/folders";
import { announceMove } from "./announcing";
import { addFolderCommand, nameNote } from "./at-hand";
import { answerRefusal, attempt } from "./attempts";
import { showTask } from "./moved-tasks";
import { today } from "./moves";
import type { Parts } from "./parts";

/** What a person is asked about, or was. */
interface Doubts {
  /** How many tasks are done. */
  readonly count: number;
  readonly unticked: readonly UntickedTask[];
}

/** Stands for a plan that is not made since it would do something else than what was shown. */
const CHANGED: Refusal = { code: "stale-source", message: "The notes changed meanwhile." };

/** The command that archives. */
export function registerArchival(parts: Parts): void {
  const command = {
    id: "archive-finished",
    name: "Archive finished tasks",
    icon: "archive",
    placeholder: "Archive the finished tasks of…",
    purpose: "to archive there",
  };
  addFolderCommand(parts, command, (folder) => archiveFinished(parts, folder));
}

/**
 * Moves the done tasks of a folder's todo note to its archive, and says so. Where criteria of one are not ticked it asks
 * first. A notice says why where it is refused or fails.
 */
export async function archiveFinished(parts: Parts, folder: string): Promise<void> {
  await parts.requests.doOnce(`archive ${folder}`, async () => {
    const found = await plan(parts, folder, "preview", () => true);
    if (!found) return;
    if (found.doubts.unticked.length > 0) ask(parts, folder, found.doubts, false);
    else await archive(parts, folder, null);
  });
}

function ask(parts: Parts, folder: string, doubts: Doubts, changed: boolean): void {
  const { todo, archive: note } = parts.moves.namesOf(folder);
  const name = (path: string): string => nameNote(parts, folder, path);
  const archival = { ...doubts, todo: name(todo), archive: name(note), changed };
  const answer = {
    archive: () => void archive(parts, folder, doubts),
    show: (task: UntickedTask) => void showTask(parts, joinPath(folder, todo), task.id),
  };
  parts.overlays.openModal(new ArchivePreview(parts.app, archival, answer));
}

/** Archives what was shown; null where nothing had to be shown. Where it is something else by now, that is shown. */
async function archive(parts: Parts, folder: string, shown: Doubts | null): Promise<void> {
  const accept = (doubts: Doubts): boolean => (shown ? equalValues(doubts, shown) : doubts.unticked.length === 0);
  const made = await plan(parts, folder, "perform", accept);
  if (!made) return;
  const { outcome, doubts } = made;
  if (outcome === null) {
    ask(parts, folder, doubts, true);
    return;
  }
  const note = nameNote(parts, folder, parts.moves.namesOf(folder).archive);
  // Of criteria that are not ticked, the person was asked.
  const warnings = outcome.warnings.filter((warning) => !/criteria (?:is|are) not ticked/.test(warning));
  const count = countTasks(outcome.plan?.blocks.length ?? 0);
  announceMove(parts, folder, { ...outcome, warnings }, `${count} archived in ${note}.`);
}

/** Plans or makes the archival. The outcome is null where `accept` did not take what was found; null where it is refused. */
async function plan(
  parts: Parts,
  folder: string,
  deed: "perform" | "preview",
  accept: (doubts: Doubts) => boolean,
): Promise<{ readonly outcome: MoveOutcome | null; readonly doubts: Doubts } | null> {
  const seen: { doubts: Doubts; accepted: boolean } = { doubts: { count: 0, unticked: [] }, accepted: true };
  const makePlan: PlanMaker = (notes) => {
    const planned = planArchival(notes, { today: today() });
    seen.doubts = findDoubts(notes);
    seen.accepted = planned.plan === null || accept(seen.doubts);
    return seen.accepted ? planned : { plan: null, refusal: CHANGED };
  };
  const outcome = await attempt(parts, folder, "Nothing was archived.", () => parts.moves[deed](folder, makePlan));
  if (!outcome || !seen.accepted) return outcome && { outcome: null, doubts: seen.doubts };
  if (outcome.refusal) await answerRefusal(parts, folder, outcome.refusal);
  return outcome.refusal ? null : { outcome, doubts: seen.doubts };
}

function findDoubts({ todo }: BacklogFolder): Doubts {
  const done = todo?.tasks.filter((task) => !isOpen(task)) ?? [];
  const unticked = done.map(({ id, title, criteria }): UntickedTask => {
    const open = criteria.filter(({ ticked }) => !ticked);
    const texts = open.map(({ boxAt }) => (todo?.text.slice(boxAt + 2).split(/[\r\n]/, 1)[0] ?? "").trim());
    return { id: id ?? "", title: mendDoubleEncoded(title), criteria: texts.map(mendDoubleEncoded) };
  });
  return { count: done.length, unticked: unticked.filter(({ criteria }) => criteria.length > 0) };
}
