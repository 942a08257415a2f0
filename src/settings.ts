import { DEFAULT_NAMES, type NoteNames } from "./core/folder";
import { normalizeRequired, type RuleSettings } from "./core/rules";

/** What a person sets for a whole vault. */
export interface Settings {
  /** Where the companions of every backlog folder are. */
  readonly names: NoteNames;
  /** The rules that are set, and only those: what is left out is for the defaults (FORMAT.md §5). */
  readonly rules: RuleSettings;
}

/** The settings of a vault in which nothing was set. */
export const DEFAULT_SETTINGS: Settings = { names: DEFAULT_NAMES, rules: {} };

const KINDS = ["backlog", "todo", "archive", "index"] as const satisfies readonly (keyof NoteNames)[];

/** Where an archive of the default name is looked for besides (FORMAT.md §1). */
const OTHER_ARCHIVE = "ARCHIVE/ARCHIVE.md";

/**
 * The settings that a file holds, whatever it holds: a value that is unknown or wrong falls back by itself, the others stay.
 * Null, undefined and anything that is no object give the defaults. Never throws.
 */
export function readSettings(raw: unknown): Settings {
  const fields = readObject(raw);
  return { names: readNames(readObject(fields["names"])), rules: readRuleSettings(readObject(fields["rules"])) };
}

function readNames(raw: Readonly<Record<string, unknown>>): NoteNames {
  const names: { -readonly [Kind in keyof NoteNames]: string } = { ...DEFAULT_NAMES };
  for (const kind of KINDS) {
    const name = raw[kind];
    if (typeof name === "string" && isNoteName(name)) names[kind] = name;
  }
  // A name that falls back may meet the next one there, so this goes on until no two meet; the defaults never do.
  for (let clashing = findClashing(names); clashing.length > 0; clashing = findClashing(names)) {
    for (const kind of clashing) names[kind] = DEFAULT_NAMES[kind];
  }
  return names;
}

/** The kinds whose name, not the default, is the note of another kind too. */
function findClashing(names: NoteNames): readonly (keyof NoteNames)[] {
  return KINDS.filter((kind) => {
    const paths = listPaths(names, kind);
    const others = KINDS.filter((other) => other !== kind).flatMap((other) => listPaths(names, other));
    return names[kind] !== DEFAULT_NAMES[kind] && paths.some((path) => others.includes(path));
  });
}

/** Where a companion may be, in the form in which two paths of one note are equal on every file system. */
function listPaths(names: NoteNames, kind: keyof NoteNames): readonly string[] {
  const paths =
    kind === "archive" && names.archive === DEFAULT_NAMES.archive ? [names.archive, OTHER_ARCHIVE] : [names[kind]];
  return paths.map((path) => path.normalize("NFC").toLowerCase());
}

/**
 * Whether a name leads to a note inside the folder: `/` between segments, none of them empty or a dot folder (so no `..`),
 * no backslash, no drive, no control character, and `.md` at the end (FORMAT.md §1).
 */
function isNoteName(name: string): boolean {
  const segments = name.split("/");
  return (
    name.endsWith(".md") &&
    !/[\\:\p{Cc}]/u.test(name) &&
    segments.every((segment) => segment !== "" && segment === segment.trim() && !segment.startsWith("."))
  );
}

function readRuleSettings(raw: Readonly<Record<string, unknown>>): RuleSettings {
  const { limit, minimumSteps, required, order, movedNote } = raw;
  return {
    ...(isWholeNumber(limit, 1) ? { limit } : {}),
    ...(isWholeNumber(minimumSteps, 0) ? { minimumSteps } : {}),
    ...(isLabels(required) ? { required: [...new Set(required.map(normalizeRequired))] } : {}),
    ...(order === "file" || order === "priority" ? { order } : {}),
    ...(typeof movedNote === "boolean" ? { movedNote } : {}),
  };
}

function isWholeNumber(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isLabels(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((label) => typeof label === "string" && normalizeRequired(label) !== "");
}

function readObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
