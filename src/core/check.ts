import { checkBacklog } from "./check-backlog";
import { checkIndex } from "./check-index";
import { checkMarkers } from "./check-markers";
import { checkTask } from "./check-task";
import { checkTodo } from "./check-todo";
import type { Finding } from "./finding";
import { severityOf } from "./finding";
import type { BacklogFolder, NoteNames } from "./folder";
import { parseNote, type Note, type NoteKind } from "./note";
import { blockersOf, idKey, knowIds } from "./promotable";
import { missingFields, readRules, type RulesInForce, type RuleSettings } from "./rules";

/** One note of a folder as `checkFolder` takes it; `text` null where it is not valid UTF-8. */
export interface CheckedText {
  readonly path: string;
  readonly kind: NoteKind;
  readonly text: string | null;
}

/** One note of a folder as it was parsed. */
export interface ParsedNote {
  /** Relative to the folder. */
  readonly path: string;
  readonly kind: NoteKind;
  /** Null where the note is not valid UTF-8. */
  readonly note: Note | null;
}

/** What the rules say of one task. */
export interface TaskVerdict {
  readonly complete: boolean;
  /** FORMAT.md §5, rule 2; always false outside the backlog. */
  readonly promotable: boolean;
  /** As `missingFields` says. */
  readonly missing: readonly string[];
}

/** A note with its findings, in the order of the text. */
export interface CheckedNote extends ParsedNote {
  readonly findings: readonly Finding[];
  /** Those of `findings` that take several tasks or notes to see. */
  readonly shared: readonly Finding[];
  /** One for each of `note.tasks`; empty without a note. */
  readonly verdicts: readonly TaskVerdict[];
}

/** A folder's notes checked under the rules in force. */
export interface CheckedFolder {
  readonly notes: readonly CheckedNote[];
  readonly rules: RulesInForce;
}

/**
 * Checks the notes of one backlog folder: every finding of FORMAT.md §6, those included that take several notes to see.
 * The rules in force are read from the backlog among `texts`, under `flags` and above `settings`.
 */
export function checkFolder(
  texts: readonly CheckedText[],
  names: NoteNames,
  flags: RuleSettings,
  settings: RuleSettings,
): CheckedFolder {
  const parsed = texts.map(({ path, kind, text }) => ({ path, kind, note: text === null ? null : parseNote(text) }));
  return checkNotes(parsed, names, flags, settings);
}

/** As `checkFolder`, over notes that were parsed before. */
export function checkNotes(
  parsed: readonly ParsedNote[],
  names: NoteNames,
  flags: RuleSettings,
  settings: RuleSettings,
): CheckedFolder {
  const folder = findCompanions(parsed, names);
  const rules = readRules(folder.backlog, flags, settings);
  const known = knowIds(folder);
  const uses = findUses(parsed);
  const index = folder.index ? checkIndex(folder, folder.index) : null;
  const notes = parsed.map(({ path, kind, note }): CheckedNote => {
    if (!note) return { path, kind, note, findings: [NOT_UTF8], shared: [], verdicts: [] };
    const verdicts = note.tasks.map((task): TaskVerdict => {
      const missing = missingFields(note.text, task, rules);
      const promotable = kind === "backlog" && blockersOf(task, missing, known, rules).length === 0;
      if (missing.length > 0) return { complete: false, promotable, missing };
      return promotable ? PROMOTABLE : COMPLETE;
    });
    const own = [
      ...checkMarkers(note),
      ...verdicts.flatMap(({ missing }, at) => checkTask(note, at, kind, missing, rules)),
    ];
    const shared = [
      ...findDuplicates(note, path, uses),
      ...(kind === "backlog" ? checkBacklog(note, folder) : []),
      ...(kind === "todo" ? checkTodo(note, rules) : []),
      ...(index?.get(kind) ?? []),
    ];
    const kept = kind === "archive" ? [...own, ...shared].map(withoutFix) : [...own, ...shared];
    return { path, kind, note, findings: kept.sort((a, b) => a.from - b.from), shared, verdicts };
  });
  return { notes, rules };
}

/** The companions among the parsed notes of a folder. */
export function findCompanions(parsed: readonly ParsedNote[], names: NoteNames): BacklogFolder {
  const find = (kind: NoteKind): Note | null => parsed.find((one) => one.kind === kind)?.note ?? null;
  return { names, backlog: find("backlog"), todo: find("todo"), archive: find("archive"), index: find("index") };
}

/** Of most tasks: one object for all. */
const COMPLETE: TaskVerdict = { complete: true, promotable: false, missing: [] };
const PROMOTABLE: TaskVerdict = { complete: true, promotable: true, missing: [] };

const NOT_UTF8: Finding = {
  code: "not-utf8",
  severity: "error",
  from: 0,
  to: 0,
  message: "This note is not valid UTF-8: it is left as it is. Save it as UTF-8.",
  task: null,
  fixable: false,
};

/** Nothing in an archive is ever rewritten (FORMAT.md §5, rule 11); an entry added to the index rewrites none of it. */
function withoutFix(finding: Finding): Finding {
  return finding.fixable && finding.code !== "index-missing" ? { ...finding, fixable: false } : finding;
}

const FEW_USES = 3;

interface Use {
  readonly path: string;
  readonly line: number;
}

/** Where each id stands that is used more than once. */
function findUses(
  parsed: readonly { readonly path: string; readonly note: Note | null }[],
): ReadonlyMap<string, readonly Use[]> {
  const seen = new Set<string>();
  const uses = new Map<string, Use[]>();
  for (const { note } of parsed) {
    for (const { id } of note?.tasks ?? []) {
      const key = idKey(String(id));
      if (id !== null && seen.has(key)) uses.set(key, []);
      seen.add(key);
    }
  }
  for (const { path, note } of parsed) {
    for (const { id, line } of note?.tasks ?? []) uses.get(idKey(String(id)))?.push({ path, line });
  }
  return uses;
}

function findDuplicates(note: Note, path: string, uses: ReadonlyMap<string, readonly Use[]>): readonly Finding[] {
  const findings: Finding[] = [];
  note.tasks.forEach((task, at) => {
    const all = uses.get(idKey(String(task.id)));
    if (!all) return;
    // A few name the trouble; all would be as many sentences as there are tasks, each as long.
    const others = all.slice(0, FEW_USES + 1).filter((use) => use.path !== path || use.line !== task.line);
    const more = all.length - 1 - Math.min(others.length, FEW_USES);
    const named = others.slice(0, FEW_USES).map((use) => `${use.path}:${use.line}`);
    const places = `${named.join(", ")}${more > 0 ? ` and ${more} more places` : ""}`;
    const { from, to } = task.place;
    const message = `The id ${String(task.id)} is used at ${places} too: give one of them another.`;
    findings.push({
      code: "duplicate-id",
      severity: severityOf("duplicate-id"),
      from,
      to,
      message,
      task: at,
      fixable: false,
    });
  });
  return findings;
}
