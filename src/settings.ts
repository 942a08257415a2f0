import { COMPANIONS, DEFAULT_NAMES, OTHER_ARCHIVE, type NoteNames } from "./core/folder";
import { normalizeRequired, type RuleSettings } from "./core/rules";

/** What a person sets for a whole vault. */
export interface Settings {
  /** Where the companions of every backlog folder are. */
  readonly names: NoteNames;
  /** The rules that are set, and only those: what is left out is for the defaults (FORMAT.md §5). */
  readonly rules: RuleSettings;
  /** Where task blocks are drawn as cards; both by default. */
  readonly cards: { readonly livePreview: boolean; readonly reading: boolean };
  /** Whether the details of a card are open in reading view until a person closes them; true by default. */
  readonly detailsOpen: boolean;
  /** Whether the status bar counts tasks; true by default. */
  readonly statusBar: boolean;
  /** Whether a promotion is shown before it is made; true by default. */
  readonly previewPromotion: boolean;
}

/** The settings of a vault in which nothing was set. */
export const DEFAULT_SETTINGS: Settings = {
  names: DEFAULT_NAMES,
  rules: {},
  cards: { livePreview: true, reading: true },
  detailsOpen: true,
  statusBar: true,
  previewPromotion: true,
};

/**
 * The settings that a file holds, whatever it holds: a value that is unknown or wrong falls back by itself, the others stay.
 * Null, undefined and anything that is no object give the defaults. Never throws.
 */
export function readSettings(raw: unknown): Settings {
  const fields = readObject(raw);
  const cards = readObject(fields["cards"]);
  return {
    names: readNames(readObject(fields["names"])),
    rules: readRuleSettings(readObject(fields["rules"])),
    cards: { livePreview: cards["livePreview"] !== false, reading: cards["reading"] !== false },
    detailsOpen: fields["detailsOpen"] !== false,
    statusBar: fields["statusBar"] !== false,
    previewPromotion: fields["previewPromotion"] !== false,
  };
}

/**
 * A file's settings with one of them changed: all else stays as it is there, unknown keys and wrong values included. What
 * is no object where one is needed gives way to one.
 *
 * @param key as `rules.limit`; at most two names deep.
 * @param value undefined takes the setting out, for the default.
 */
export function changeSetting(raw: unknown, key: string, value: unknown): Readonly<Record<string, unknown>> {
  const [first = "", ...rest] = key.split(".");
  const fields = { ...readObject(raw) };
  fields[first] = rest.length > 0 ? changeSetting(fields[first], rest.join("."), value) : value;
  if (fields[first] === undefined) Reflect.deleteProperty(fields, first);
  return fields;
}

/** What a file holds under a key as `changeSetting` takes it; undefined where nothing. */
export function findSetting(raw: unknown, key: string): unknown {
  return key.split(".").reduce<unknown>((value, name) => readObject(value)[name], raw);
}

function readNames(raw: Readonly<Record<string, unknown>>): NoteNames {
  const names: { -readonly [Kind in keyof NoteNames]: string } = { ...DEFAULT_NAMES };
  for (const kind of COMPANIONS) {
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
  return COMPANIONS.filter((kind) => {
    const paths = listPaths(names, kind);
    const others = COMPANIONS.filter((other) => other !== kind).flatMap((other) => listPaths(names, other));
    return names[kind] !== DEFAULT_NAMES[kind] && paths.some((path) => others.includes(path));
  });
}

/** Where a companion may be, in the form in which two paths of one note are equal on every file system. */
function listPaths(names: NoteNames, kind: keyof NoteNames): readonly string[] {
  const paths =
    kind === "archive" && names.archive === DEFAULT_NAMES.archive ? [names.archive, OTHER_ARCHIVE] : [names[kind]];
  return paths.map((path) => path.normalize("NFC").toLowerCase());
}

/** Another kind of note that may be the same one if a kind had that name; null where none. Case makes no other note. */
export function findClash(names: NoteNames, kind: keyof NoteNames, name: string): keyof NoteNames | null {
  const changed = { ...names, [kind]: name };
  const paths = listPaths(changed, kind);
  const meets = (other: keyof NoteNames) => listPaths(changed, other).some((path) => paths.includes(path));
  return COMPANIONS.find((other) => other !== kind && meets(other)) ?? null;
}

/**
 * Whether a name leads to a note inside the folder: `/` between segments, none of them empty or a dot folder (so no `..`),
 * no backslash, no drive, no control character, and `.md` at the end (FORMAT.md §1).
 */
export function isNoteName(name: string): boolean {
  const segments = name.split("/");
  return (
    name.endsWith(".md") &&
    !/[\\:\p{Cc}]/u.test(name) &&
    segments.every((segment) => segment !== "" && segment === segment.trim() && !segment.startsWith("."))
  );
}

function readRuleSettings(raw: Readonly<Record<string, unknown>>): RuleSettings {
  const { limit, minimumSteps, required, order, movedNote, followNotes } = raw;
  return {
    ...(isWholeNumber(limit, 1) ? { limit } : {}),
    ...(isWholeNumber(minimumSteps, 0) ? { minimumSteps } : {}),
    ...(isLabels(required) ? { required: [...new Set(required.map(normalizeRequired))] } : {}),
    ...(order === "file" || order === "priority" ? { order } : {}),
    ...(typeof movedNote === "boolean" ? { movedNote } : {}),
    ...(typeof followNotes === "boolean" ? { followNotes } : {}),
  };
}

function isWholeNumber(value: unknown, least: number): value is number {
  return Number.isSafeInteger(value) && Number(value) >= least;
}

function isLabels(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((label) => typeof label === "string" && normalizeRequired(label) !== "");
}

function readObject(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
