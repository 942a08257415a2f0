import { moveLocation } from "./index-entry";
import { severityOf, type Finding, type FindingCode } from "./finding";
import type { BacklogFolder } from "./folder";
import type { EntryValue, IndexEntry, Note, NoteKind } from "./note";
import { idKey, statusOf } from "./promotable";
import { refuseEntries } from "./task-index";
import type { TaskBlock } from "./task";

/** A value of an entry that is not what the task says. */
export interface Difference {
  readonly value: EntryValue;
  /** What the task says; of a location the last path segment. */
  readonly meant: string;
}

/** Where a task stands, for comparing with its entry. */
export interface PlacedTask {
  readonly kind: NoteKind;
  /** Name of the note. */
  readonly name: string;
  readonly note: Note;
  readonly task: TaskBlock;
  readonly index: number;
}

/** The tasks of a folder's backlog, todo and archive notes by the key of their id. */
export function placeTasks(folder: BacklogFolder): ReadonlyMap<string, readonly PlacedTask[]> {
  const placed = new Map<string, PlacedTask[]>();
  for (const kind of ["backlog", "todo", "archive"] as const) {
    const note = folder[kind];
    note?.tasks.forEach((task, index) => {
      if (task.id === null) return;
      const one = { kind, name: folder.names[kind], note, task, index };
      const known = placed.get(idKey(task.id));
      if (known) known.push(one);
      else placed.set(idKey(task.id), [one]);
    });
  }
  return placed;
}

/**
 * The findings that comparing the index with the other notes gives, by the kind of the note that they belong to
 * (FORMAT.md §6): tasks without an entry stand at the task, all else at the entry.
 */
export function checkIndex(folder: BacklogFolder, index: Note): ReadonlyMap<NoteKind, readonly Finding[]> {
  const found: Record<"backlog" | "todo" | "archive" | "index", Finding[]> = {
    backlog: [],
    todo: [],
    archive: [],
    index: [],
  };
  const placed = placeTasks(folder);
  const entries = new Map<string, IndexEntry>();
  const repeated = new Set<string>();
  for (const entry of index.entries) {
    if (entry.id === null) continue;
    if (entries.has(idKey(entry.id))) repeated.add(idKey(entry.id));
    else entries.set(idKey(entry.id), entry);
  }
  const add = (code: FindingCode, { from, to }: { from: number; to: number }, message: string, fixable: boolean) => {
    found.index.push({ code, severity: severityOf(code), from, to, message, task: null, fixable });
  };
  for (const entry of index.entries) {
    if (entry.id === null) continue;
    const key = idKey(entry.id);
    if (repeated.has(key) && entries.get(key) !== entry) {
      add(
        "index-duplicate",
        entry,
        `There are two entries for ${entry.id}: remove one. Neither is touched until then.`,
        false,
      );
    }
    const tasks = placed.get(key) ?? [];
    const archive = lastSegment(folder.names.archive);
    const location = entry.values.find((value) => value.key === "location");
    const saysArchived = location !== undefined && namesNote(location.value, archive);
    const archived = tasks.some(({ kind }) => kind === "archive");
    if (saysArchived && !archived) {
      add(
        "index-phantom",
        entry,
        `The entry says that ${entry.id} is archived, but ${folder.names.archive} does not hold it: correct the entry, or restore the task.`,
        false,
      );
    } else if (tasks.length === 0) {
      add(
        "index-differs",
        entry,
        `No note of this folder holds ${entry.id}: remove the entry or restore the task.`,
        false,
      );
    }
    const [only] = tasks;
    if (!only || tasks.length > 1 || repeated.has(key)) continue;
    const differences = compareEntry(entry, only);
    const [first] = differences;
    if (!first) continue;
    const what = differences.map(({ value, meant }) => `${value.key} should be ${meant}`).join(", ");
    add("index-differs", first.value, `The entry for ${entry.id} differs from its task: ${what}.`, true);
  }
  for (const [key, tasks] of placed) {
    if (entries.has(key)) continue;
    for (const { kind, task, index: at } of tasks) {
      const { from, to } = task.place;
      const message = `${folder.names.index} has no entry for ${String(task.id)}: add one.`;
      const finding: Finding = {
        code: "index-missing",
        severity: severityOf("index-missing"),
        from,
        to,
        message,
        task: at,
        fixable: refuseEntries(index, folder.names.index) === null,
      };
      found[kind as "backlog"].push(finding);
    }
  }
  return new Map(Object.entries(found) as [NoteKind, Finding[]][]);
}

/** Whether a location names that note, however it is written: as a path, a link or a wiki link. */
function namesNote(location: string, note: string): boolean {
  return moveLocation(location, note).toLowerCase() === location.toLowerCase();
}

/** The values of an entry that differ from its task: type, priority, component, status, location, those that it has. */
export function compareEntry(entry: IndexEntry, { name, task }: PlacedTask): readonly Difference[] {
  const meant = new Map<string, string | null>([
    ["type", task.type],
    ["priority", task.priority],
    ["component", task.component],
    ["status", statusOf(task)],
    ["location", lastSegment(name)],
  ]);
  return entry.values.flatMap((value) => {
    const task = meant.get(value.key) ?? null;
    if (task === null) return [];
    const same =
      value.key === "location" ? namesNote(value.value, task) : value.value.toLowerCase() === task.toLowerCase();
    return same ? [] : [{ value, meant: task }];
  });
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
