import { BRACKET_CLOSE, BRACKET_OPEN, HASH, isDigit, skipBlanks, skipRun, SPACE } from "./blocks";
import type { MarkerKind } from "./lines";

/** The words by their first letter: a note holds many headings, and each is asked. */
const KINDS: Readonly<Record<string, readonly MarkerKind[] | undefined>> = {
  t: ["task_begin", "task_end"],
  g: ["group_begin", "group_end"],
  i: ["index_entry_begin", "index_entry_end"],
};

const TASK_BEGIN = "## task_begin";

/**
 * Marker that stands alone on the line from the `#` at `at` on (FORMAT.md §3), trailing blanks allowed; null if none does. A
 * `group_begin` may carry tags.
 *
 * ```markdown
 * > | ## group_begin [type:infra][priority:high]
 *     ^
 * ```
 */
export function readMarker(text: string, at: number, to: number): MarkerKind | null {
  if (text.charCodeAt(at + 1) !== HASH || text.charCodeAt(at + 2) !== SPACE) return null;
  const kind = KINDS[text.charAt(at + 3)]?.find((word) => text.startsWith(word, at + 3));
  if (kind === undefined) return null;
  const wordTo = at + 3 + kind.length;
  const behind = skipBlanks(text, wordTo, to);
  if (behind === to) return kind;
  return kind === "group_begin" && behind > wordTo && holdsOnlyTags(text, behind, to) ? kind : null;
}

/**
 * Offset of the first `#` of a header that is glued to a `task_begin` at `at` (FORMAT.md §3), blanks between them allowed;
 * -1 if there is none. What glues is the beginning of a header, up to its first tag.
 *
 * ```markdown
 * > | ## task_begin### # [id:TASK-20260204-121]
 *     ^
 * ```
 */
export function findGluedHeader(text: string, at: number, to: number): number {
  if (!text.startsWith(TASK_BEGIN, at)) return -1;
  const from = skipBlanks(text, at + TASK_BEGIN.length, to);
  let behind = skipRun(text, from, to, HASH);
  if (behind - from < 2 || behind - from > 6) return -1;
  behind = skipBlanks(text, behind, to);
  const number = behind;
  while (behind < to && isDigit(text.charCodeAt(behind))) behind++;
  if (behind > number) {
    if (text.charCodeAt(behind) !== 46) return -1;
    behind = skipBlanks(text, behind + 1, to);
  }
  if (text.charCodeAt(behind) === HASH) behind = skipBlanks(text, behind + 1, to);
  return text.charCodeAt(behind) === BRACKET_OPEN ? from : -1;
}

function holdsOnlyTags(text: string, at: number, to: number): boolean {
  while (at < to) {
    if (text.charCodeAt(at) !== BRACKET_OPEN) return false;
    while (at < to && text.charCodeAt(at) !== BRACKET_CLOSE) at++;
    if (at === to) return false;
    at = skipBlanks(text, at + 1, to);
  }
  return true;
}
