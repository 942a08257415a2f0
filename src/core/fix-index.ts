import { compareEntry, placeTasks, type PlacedTask } from "./check-index";
import { completedOn } from "./completed";
import { replaceValue } from "./edits";
import type { Finding, FindingCode } from "./finding";
import type { Fix, Found } from "./fix";
import type { BacklogFolder } from "./folder";
import { moveLocation } from "./index-entry";
import type { IndexEntry, Note } from "./note";
import type { MovableTask } from "./plan";
import { idKey } from "./promotable";
import { describeMove, planIndexEdits } from "./task-index";

/**
 * The fixes of an index note for findings of `index-differs` and `index-missing`: an entry's differing values become the
 * task's own, a missing entry is added after the last. Entries that are there twice, or whose task is, are left alone.
 * Empty where the folder has no index note.
 */
export function planIndexFixes(folder: BacklogFolder, found: readonly Found[], today: string): readonly Fix[] {
  const { index } = folder;
  if (!index) return [];
  const placed = placeTasks(folder);
  const differing = select(found, "index-differs").flatMap((one) =>
    index.entries
      .filter((entry) => entry.from <= one.finding.from && one.finding.from < entry.to)
      .flatMap((entry) => fixEntry(folder.names.index, index, entry, placed, one)),
  );
  return [...differing, ...addEntries(folder, index, placed, select(found, "index-missing"), today)];
}

function select(found: readonly Found[], code: FindingCode): readonly Found[] {
  return found.filter(({ finding }) => finding.code === code && finding.fixable);
}

type Placed = ReadonlyMap<string, readonly PlacedTask[]>;

function fixEntry(path: string, index: Note, entry: IndexEntry, placed: Placed, one: Found): readonly Fix[] {
  const tasks = [...placed].flatMap(([key, tasks]) => (key === idKey(String(entry.id)) ? tasks : []));
  const edits = tasks
    .flatMap((task) => compareEntry(entry, task))
    .flatMap(({ value, meant }) => {
      const written = value.key === "location" ? moveLocation(value.value, meant) : meant;
      return replaceValue(index.text, value, written);
    });
  return [{ path, edits, mends: [one] }];
}

/** Of two tasks with one id the first is entered; that mends both findings. */
function addEntries(
  { names }: BacklogFolder,
  index: Note,
  placed: Placed,
  missing: readonly Found[],
  today: string,
): readonly Fix[] {
  const moves = [...placed.values()].flatMap(([first]) => {
    if (!first || !missing.some(({ path, finding }) => isAbout(finding, path, first))) return [];
    const { kind, name, note, task } = first;
    const completed = kind === "archive" ? completedOn(note.text, task, today) : null;
    // A finding about the index is about a task with an id, and an id stands in a header.
    return [describeMove(note, task as MovableTask, name, completed, today)];
  });
  const { edits, refusal } = planIndexEdits(index, moves, names.index);
  return edits.length === 0 || refusal ? [] : [{ path: names.index, edits, mends: missing }];
}

function isAbout(finding: Finding, path: string, { name, index }: PlacedTask): boolean {
  return finding.task === index && path === name;
}
