import { equalValues } from "./equal-values";
import type { Finding } from "./finding";
import type { NoteNames } from "./folder";
import type { NoteKind } from "./note";
import { idKey, type KnownIds } from "./promotable";
import { readRules, type RulesInForce, type RuleSettings } from "./rules";

/** What a group's marker and title say. */
export interface GroupHeader {
  /** In lower case; null where the tag is absent or empty. */
  readonly type: string | null;
  readonly priority: string | null;
  /** "" where no heading follows the marker. */
  readonly title: string;
}

/** What a card says beyond its own text: what the note is in its folder, the rules in force, and what the folder's other notes hold. */
export interface NoteContext {
  readonly kind: NoteKind;
  readonly names: NoteNames;
  readonly rules: RulesInForce;
  readonly known: KnownIds;
  /** Findings about a task that take several tasks or notes to see, by `idKey`; their spans count from its block's first character. */
  readonly shared: ReadonlyMap<string, readonly Finding[]>;
  /** The group that promotion would choose: its place among the note's groups, 0-based. Null where there is none. */
  readonly next: { readonly index: number; readonly header: GroupHeader } | null;
}

/** The context of a note in no backlog folder, or of one whose folder was not read yet: the rules are those of the settings, and nothing is known of other notes. */
export function bareContext(kind: NoteKind, names: NoteNames, settings: RuleSettings): NoteContext {
  const known: KnownIds = { backlog: new Map(), elsewhere: new Map() };
  return { kind, names, rules: readRules(null, {}, settings), known, shared: new Map(), next: null };
}

/**
 * Whether two contexts differ in what the badge of a task says, by the task's id: null for one without. A note holds thousands
 * of tasks, and most contexts that follow one another differ in one of them.
 */
export function compareContexts(a: NoteContext, b: NoteContext): (id: string | null) => boolean {
  if (a === b) return () => false;
  if (a.kind !== b.kind || !equalValues(a.rules, b.rules)) return () => true;
  return (id) => {
    if (id === null) return false;
    const key = idKey(id);
    return (
      a.known.backlog.get(key) !== b.known.backlog.get(key) ||
      a.known.elsewhere.get(key) !== b.known.elsewhere.get(key) ||
      !equalValues(a.shared.get(key), b.shared.get(key))
    );
  };
}
