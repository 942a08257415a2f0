import { isDigit, skipBlanks } from "./blanks";
import { BRACKET_CLOSE, BRACKET_OPEN, HASH, skipRun, SPACE } from "./blocks";
import type { MarkerKind } from "./lines";

const LOWER_G = 103;
const LOWER_I = 105;
const LOWER_T = 116;
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
  const kind = readKind(text, at + 3);
  if (kind === null) return null;
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

/** One comparison after the other, and no list of words: every heading of a note comes here. */
function readKind(text: string, at: number): MarkerKind | null {
  const first = text.charCodeAt(at);
  if (first === LOWER_T) {
    if (text.startsWith("task_begin", at)) return "task_begin";
    if (text.startsWith("task_end", at)) return "task_end";
  } else if (first === LOWER_G) {
    if (text.startsWith("group_begin", at)) return "group_begin";
    if (text.startsWith("group_end", at)) return "group_end";
  } else if (first === LOWER_I) {
    if (text.startsWith("index_entry_begin", at)) return "index_entry_begin";
    if (text.startsWith("index_entry_end", at)) return "index_entry_end";
  }
  return null;
}
