import { normalizeLabel } from "./labels";
import type { Note } from "./note";
import { readProperties, type Property } from "./properties";
import type { TaskBlock } from "./task";

/** Where a rule in force came from (FORMAT.md §5), strongest first. */
export type RuleSource = "flag" | "properties" | "rules comment" | "settings" | "default";

/** A value with its source. */
export interface Sourced<T> {
  readonly value: T;
  readonly source: RuleSource;
}

/** In which order groups are considered. */
export type GroupOrder = "file" | "priority";

/** The rules in force for one backlog folder. */
export interface RulesInForce {
  /** Size of a batch, at least 1. */
  readonly limit: Sourced<number>;
  readonly minimumSteps: Sourced<number>;
  /** Labels in lower case, e.g. `["plan", "estimated effort", "relevant documentation"]`. */
  readonly required: Sourced<readonly string[]>;
  readonly order: Sourced<GroupOrder>;
  readonly movedNote: Sourced<boolean>;
}

/** Rules as one source states them; what it leaves out is for the next source. */
export interface RuleSettings {
  readonly limit?: number;
  readonly minimumSteps?: number;
  readonly required?: readonly string[];
  readonly order?: GroupOrder;
  readonly movedNote?: boolean;
  /** Whether the backlog's own properties and rules comment count; they do where no source says otherwise. */
  readonly followNotes?: boolean;
}

/** What a task must have, unless a source says otherwise (FORMAT.md §5, rule 1). */
export const DEFAULT_REQUIRED: readonly string[] = ["plan", "estimated effort", "relevant documentation"];

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["effort", "estimated effort"],
  ["documentation", "relevant documentation"],
  ["docs", "relevant documentation"],
]);

/** A property whose value cannot be read as the rule that it is for. */
export interface BadProperty {
  readonly property: Property;
  /** What the rule takes, for a sentence: "a whole number of at least 1". */
  readonly takes: string;
}

/**
 * The rules in force for a folder, each from the first source that names it: flags, the backlog's properties, its rules
 * comment, the settings, the defaults (FORMAT.md §5). A property that cannot be read counts as not there; `badProperties`
 * lists those. Where flags or settings say that notes are not followed, neither properties nor comment count.
 */
export function readRules(backlog: Note | null, flags: RuleSettings, settings: RuleSettings): RulesInForce {
  const followed = (flags.followNotes ?? settings.followNotes ?? true) ? backlog : null;
  const sources: readonly (readonly [RuleSource, RuleSettings])[] = [
    ["flag", flags],
    ["properties", followed ? readRuleProperties(followed).rules : {}],
    ["rules comment", followed ? readRulesComment(followed) : {}],
    ["settings", settings],
  ];
  function first<K extends keyof RuleSettings>(key: K, otherwise: Required<RuleSettings>[K]) {
    for (const [source, rules] of sources) {
      const value = rules[key];
      if (value !== undefined) return { value, source };
    }
    return { value: otherwise, source: "default" as const };
  }
  return {
    limit: first("limit", 5),
    minimumSteps: first("minimumSteps", 3),
    required: first("required", DEFAULT_REQUIRED),
    order: first("order", "file"),
    movedNote: first("movedNote", true),
  };
}

/** The properties of the backlog that FORMAT.md §5 names and that hold no value for their rule. */
export function badProperties(backlog: Note): readonly BadProperty[] {
  return readRuleProperties(backlog).bad;
}

/** A required label in the one form that the rules compare: lower case, `effort` and `documentation` in full. */
export function normalizeRequired(name: string): string {
  const label = normalizeLabel(name.replace(/:$/, ""));
  return SHORT_NAMES.get(label) ?? label;
}

function readRuleProperties(backlog: Note): { readonly rules: RuleSettings; readonly bad: readonly BadProperty[] } {
  const rules: { -readonly [Key in keyof RuleSettings]: RuleSettings[Key] } = {};
  const bad: BadProperty[] = [];
  for (const property of readProperties(backlog)) {
    const value = property.values.join(",").toLowerCase();
    const number = !property.list && /^\d{1,6}$/.test(value) ? Number(value) : null;
    switch (property.key) {
      case "batch-limit":
        if (number !== null && number >= 1) rules.limit = number;
        else bad.push({ property, takes: "a whole number of at least 1" });
        break;
      case "minimum-steps":
        if (number !== null) rules.minimumSteps = number;
        else bad.push({ property, takes: "a whole number" });
        break;
      case "batch-order":
        if (value === "file" || value === "priority") rules.order = value;
        else bad.push({ property, takes: "`file` or `priority`" });
        break;
      case "moved-note":
        if (value === "true" || value === "false") rules.movedNote = value === "true";
        else bad.push({ property, takes: "`true` or `false`" });
        break;
      case "required-fields":
        if (property.list || property.values.length > 0) rules.required = splitNames(property);
        else bad.push({ property, takes: "a list of labels (`[]` for none)" });
        break;
    }
  }
  return { rules, bad };
}

function splitNames(property: Property): readonly string[] {
  const names = property.list ? property.values : property.values.flatMap((value) => value.split(","));
  return uniqueNames(names.map(normalizeRequired));
}

/** Labels once each; beyond sixty-four nobody means them. */
function uniqueNames(names: readonly string[]): readonly string[] {
  return [...new Set(names.filter((name) => name !== ""))].slice(0, 64);
}

/**
 * What the rules comment states: `Take up to N tasks`, `Minimum N numbered`, and the bold names that begin the list
 * lines under `REQUIRED FIELDS`.
 *
 * ```text
 * 6) REQUIRED FIELDS (per TASKS.md):
 *    - **Plan:** Minimum 3 numbered implementation steps
 *        ^name
 * ```
 */
function readRulesComment(backlog: Note): RuleSettings {
  if (!backlog.rulesComment) return {};
  const comment = backlog.text.slice(backlog.rulesComment.from, backlog.rulesComment.to);
  const limit = Number(/take up to (\d{1,6}) tasks?\b/i.exec(comment)?.[1] ?? 0);
  const minimumSteps = /minimum (?:of )?(\d{1,6}) numbered/i.exec(comment)?.[1];
  const required = readRequired(comment);
  return {
    ...(limit >= 1 ? { limit } : {}),
    ...(minimumSteps === undefined ? {} : { minimumSteps: Number(minimumSteps) }),
    ...(required.length > 0 ? { required } : {}),
  };
}

function readRequired(comment: string): readonly string[] {
  const names: string[] = [];
  let reading = false;
  for (const line of comment.split(/\r\n|\n|\r/)) {
    if (/\bREQUIRED FIELDS\b/.test(line)) reading = true;
    else if (reading && !/^\s*(?:[-*+]\s|$)/.test(line)) {
      if (/^\s*(?:\d+[.)]\s|#|\S*-->)/.test(line)) break;
    } else if (reading) {
      const name = /^\s*[-*+]\s+\*\*([^*]+)\*\*/.exec(line)?.[1];
      if (name !== undefined) names.push(normalizeRequired(name));
    }
  }
  return uniqueNames(names);
}

/**
 * What a task lacks under the rules in force, in the order of the rule: "plan", "effort", "documentation", or another
 * required label in lower case. Empty for a complete task (FORMAT.md §5, rule 1).
 */
export function missingFields(text: string, task: TaskBlock, rules: RulesInForce): readonly string[] {
  const missing: string[] = [];
  for (const label of rules.required.value) {
    if (label === "plan") {
      const none = task.steps === 0 && !hasContent(text, task, label);
      if (none || task.steps < rules.minimumSteps.value) missing.push("plan");
    } else if (label === "relevant documentation") {
      if (task.references.length === 0) missing.push("documentation");
    } else if (!hasContent(text, task, label)) {
      missing.push(label === "estimated effort" ? "effort" : label);
    }
  }
  return missing;
}

/** Whether a label of that name (lower case) has more behind it than blanks, comments, bare bullets and empty boxes. */
export function hasContent(text: string, task: TaskBlock, label: string): boolean {
  for (const field of task.fields) {
    if (field.label === label && holdsText(text.slice(field.contentFrom, field.to))) return true;
  }
  for (const other of task.others) {
    if (other.name === label && holdsText(text.slice(other.contentFrom, other.to))) return true;
  }
  return false;
}

function holdsText(content: string): boolean {
  let rest = "";
  let at = 0;
  for (let open = content.indexOf("<!--"); open !== -1; open = content.indexOf("<!--", at)) {
    const close = content.indexOf("-->", open + 4);
    if (close === -1) break;
    rest += content.slice(at, open);
    at = close + 3;
  }
  rest += content.slice(at);
  return /[^\s*+>-]/.test(rest.replace(/\[[ \t]\]/g, ""));
}
