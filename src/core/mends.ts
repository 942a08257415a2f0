import { KNOWN_TAGS } from "./header";
import { PRIORITIES, STATUSES } from "./promotable";
import type { Priority, Status } from "./task";
import { closestWord } from "./typos";

const STATUS_WORDS: ReadonlyMap<string, Status> = new Map([
  ["open", "todo"],
  ["pending", "todo"],
  ["not-started", "todo"],
  ["wip", "in-progress"],
  ["doing", "in-progress"],
  ["started", "in-progress"],
  ["complete", "done"],
  ["completed", "done"],
  ["finished", "done"],
  ["closed", "done"],
]);

const PRIORITY_WORDS: ReadonlyMap<string, Priority> = new Map([
  ["p0", "critical"],
  ["p1", "high"],
  ["p2", "medium"],
  ["p3", "low"],
  ["urgent", "critical"],
  ["crit", "critical"],
  ["med", "medium"],
  ["normal", "medium"],
]);

/** The Status that a bad value clearly means, e.g. `In Progress`, `✅ Done`, `finished`, `bloked`; null where it is not clear. */
export function mendStatus(value: string): Status | null {
  const word = bareWord(value);
  return STATUS_WORDS.get(word) ?? closestOf(word, STATUSES);
}

/** The priority that a bad value clearly means, e.g. `P1`, `urgent`, `hihg`; null where it is not clear. */
export function mendPriority(value: string): Priority | null {
  const word = bareWord(value);
  return PRIORITY_WORDS.get(word) ?? closestOf(word, PRIORITIES);
}

/**
 * The tag name that an unknown one is an obvious typo of; null where it is none, or where it is among the names
 * `present`, in lower case, (FORMAT.md §5, rule 11).
 */
export function mendTagName(name: string, present: ReadonlySet<string>): string | null {
  const closest = closestOf(name.toLowerCase(), KNOWN_TAGS);
  return closest !== null && !present.has(closest) ? closest : null;
}

/** In lower case, words joined by `-`, without symbols around or between them. */
function bareWord(value: string): string {
  const bare = value.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, "");
  return bare.trim().replace(/[\s_-]+/g, "-");
}

/** One slip in three letters is still a typo, more is another word. */
function closestOf<T extends string>(word: string, words: readonly T[]): T | null {
  const closest = closestWord(word, words, Math.min(2, Math.floor(word.length / 3)));
  return words.find((other) => other === closest) ?? null;
}
