import type { BadgeKind } from "../core/badge";

/** The first letter in upper case: `in-progress` is "In progress". */
export function capitalize(word: string): string {
  const spaced = word.replace(/-/g, " ");
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

/** "1 step", "3 steps". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

/** The word of a badge. */
export const BADGE_WORDS: Readonly<Record<BadgeKind, string>> = {
  ready: "Ready",
  incomplete: "Incomplete",
  valid: "Valid",
  invalid: "Invalid",
};
