import { checkNotes, findCompanions, type CheckedNote, type ParsedNote } from "./check";
import type { NoteContext } from "./context";
import { equalValues } from "./equal-values";
import type { Finding } from "./finding";
import type { BacklogFolder, NoteNames } from "./folder";
import { idKey, isOpen, knowIds } from "./promotable";
import { missingFields, readRules, type RulesInForce, type RuleSettings } from "./rules";
import { selectBatch, type Selection } from "./select";
import type { TaskBlock } from "./task";

/** What the status bar counts. */
export interface Counts {
  /** Tasks of the backlog and the todo note whose status is not `done`. */
  readonly open: number;
  /** Tasks of the backlog that are not complete (FORMAT.md §5, rule 1). */
  readonly incomplete: number;
}

/** What the notes of one backlog folder say together. */
export interface FolderFacts {
  readonly names: NoteNames;
  readonly rules: RulesInForce;
  readonly counts: Counts;
  /** One for each note, by its path relative to the folder. */
  readonly contexts: ReadonlyMap<string, NoteContext>;
  readonly checked: readonly CheckedNote[];
  /** What promotion would do. */
  readonly selection: Selection;
}

/** The facts of a folder: its notes checked together, counted, and what the card of each task says of the other notes. */
export function readFacts(notes: readonly ParsedNote[], names: NoteNames, settings: RuleSettings): FolderFacts {
  const { notes: checked, rules } = checkNotes(notes, names, {}, settings);
  const folder = findCompanions(notes, names);
  const known = knowIds(folder);
  const selection = selectBatch(folder, rules);
  const next = describeNext(selection);
  const contexts = checked.map((one): readonly [string, NoteContext] => {
    const context = { kind: one.kind, names, rules, known, shared: gatherShared(one) };
    return [one.path, { ...context, next: one.kind === "backlog" ? next : null }];
  });
  return { names, rules, counts: countUnder(folder, rules), contexts: new Map(contexts), checked, selection };
}

/** The counts alone, for a folder of which nothing is shown; of `notes` only backlog and todo note count. */
export function countTasks(notes: readonly ParsedNote[], names: NoteNames, settings: RuleSettings): Counts {
  const folder = findCompanions(notes, names);
  return countUnder(folder, readRules(folder.backlog, {}, settings));
}

/** What several folders count together. */
export function addCounts(all: readonly Counts[]): Counts {
  const add = (a: Counts, b: Counts) => ({ open: a.open + b.open, incomplete: a.incomplete + b.incomplete });
  return all.reduce(add, { open: 0, incomplete: 0 });
}

/**
 * The facts with each context that says what it said in `earlier` taken from there, so that whoever holds one knows by
 * `===` that nothing changed.
 */
export function keepContexts(earlier: FolderFacts, facts: FolderFacts): FolderFacts {
  const contexts = [...facts.contexts].map(([path, context]): readonly [string, NoteContext] => {
    const before = earlier.contexts.get(path);
    return [path, before && equalValues(before, context) ? before : context];
  });
  return { ...facts, contexts: new Map(contexts) };
}

function countUnder({ backlog, todo }: BacklogFolder, rules: RulesInForce): Counts {
  const open = [backlog, todo].flatMap((note) => note?.tasks.filter(isOpen) ?? []).length;
  const incomplete = backlog?.tasks.filter((task) => missingFields(backlog.text, task, rules).length > 0).length ?? 0;
  return { open, incomplete };
}

function describeNext({ batch }: Selection): NoteContext["next"] {
  if (!batch) return null;
  const { type, priority, title } = batch.group;
  return { index: batch.groupIndex, header: { type, priority, title } };
}

/** The shared findings about tasks, by the key of the id, once for each code; spans from the block's first character. */
function gatherShared({ note, shared }: CheckedNote): ReadonlyMap<string, readonly Finding[]> {
  const gathered = new Map<string, Finding[]>();
  for (const finding of shared) {
    const task = finding.task === null ? undefined : note?.tasks[finding.task];
    if (!task || task.id === null) continue;
    const key = idKey(task.id);
    const findings = gathered.get(key) ?? [];
    const twin = findings.findIndex(({ code }) => code === finding.code);
    if (twin === -1) findings.push(placeInBlock(finding, task));
    else if (finding.code === "duplicate-id") {
      // Each of the two names the other's place; under their one id both would be said of both.
      const message = `The id ${task.id} is used more than once in this note: give each task an id of its own.`;
      findings[twin] = { ...placeInBlock(finding, task), message };
    }
    gathered.set(key, findings);
  }
  return gathered;
}

function placeInBlock(finding: Finding, task: TaskBlock): Finding {
  return { ...finding, from: finding.from - task.from, to: finding.to - task.from, task: 0 };
}
