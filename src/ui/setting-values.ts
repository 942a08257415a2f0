import { DEFAULT_NAMES, type NoteNames } from "../core/folder";
import { DEFAULT_REQUIRED, normalizeRequired } from "../core/rules";
import { findClash, findSetting, isNoteName, type Settings } from "../settings";

/** The keys of the settings tab, as `changeSetting` takes them. */
export type SettingKey =
  | `names.${keyof NoteNames}`
  | "rules.limit"
  | "rules.minimumSteps"
  | "rules.required"
  | "rules.order"
  | "rules.movedNote"
  | "rules.followNotes"
  | "cards.livePreview"
  | "cards.reading"
  | "detailsOpen"
  | "statusBar"
  | "previewPromotion";

/** What a kind of note is called in a sentence. */
const KIND_WORDS: Readonly<Record<keyof NoteNames, string>> = {
  backlog: "backlog",
  todo: "todo note",
  archive: "archive",
  index: "task index",
};

/** The rules that hold where neither note nor settings say anything (FORMAT.md §5). */
export const RULE_DEFAULTS = {
  "rules.limit": 5,
  "rules.minimumSteps": 3,
  "rules.order": "file",
  "rules.movedNote": true,
  "rules.followNotes": true,
} as const;

/** What is wrong with a name for a kind of note, as a sentence that says what to do; undefined where nothing is. */
export function judgeName(names: NoteNames, kind: keyof NoteNames, written: string): string | undefined {
  const name = written.trim() === "" ? DEFAULT_NAMES[kind] : written.trim();
  if (!name.endsWith(".md")) return `End the name in .md, as in ${DEFAULT_NAMES[kind]}.`;
  if (!isNoteName(name)) {
    return "Name a note in the folder or in a folder below it, without “..”, backslashes, colons or names that begin with a dot.";
  }
  const other = findClash(names, kind, name);
  return other ? `The ${KIND_WORDS[other]} may be this note already. Choose another name.` : undefined;
}

/** What is wrong with a number; undefined where it is whole and not below `least`. */
export function judgeNumber(value: number, least: number): string | undefined {
  return Number.isSafeInteger(value) && value >= least ? undefined : `Enter a whole number of at least ${least}.`;
}

/** What is wrong with a list of labels; undefined where nothing is. */
export function judgeLabels(written: string): string | undefined {
  const odd = splitLabels(written).find((label) => !/^[\p{L}\p{N}][\p{L}\p{M}\p{N} &/'-]*$/u.test(label));
  return odd === undefined
    ? undefined
    : `“${odd}” is no label. Write plan, assignee and the like, separated by commas.`;
}

/**
 * What a control shows for a key: what the file holds where that is of the control's kind, be it wrong, so that it can be
 * seen and mended; else the value in force.
 */
export function showValue(settings: Settings, raw: unknown, key: SettingKey): unknown {
  const stored = findSetting(raw, key);
  if (key === "rules.required") return (settings.rules.required ?? DEFAULT_REQUIRED).join(", ");
  if (key === "rules.limit" || key === "rules.minimumSteps") {
    return typeof stored === "number" ? stored : RULE_DEFAULTS[key];
  }
  if (key.startsWith("names.")) return typeof stored === "string" ? stored : findSetting(settings, key);
  return findSetting(settings, key) ?? findSetting(RULE_DEFAULTS, key) ?? readDefault(key);
}

/** What is stored for what a control gives; undefined where the default is meant. */
export function storeValue(key: SettingKey, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (key === "rules.required") return splitLabels(value);
  if (key.startsWith("names.")) return value.trim() === "" ? undefined : value.trim();
  return value;
}

/** Labels as a person lists them, between commas, each once in its one form. */
function splitLabels(value: string): readonly string[] {
  const labels = value.split(",").map(normalizeRequired);
  return [...new Set(labels.filter((label) => label !== ""))];
}

function readDefault(key: SettingKey): unknown {
  return key in RULE_DEFAULTS ? RULE_DEFAULTS[key as keyof typeof RULE_DEFAULTS] : undefined;
}
