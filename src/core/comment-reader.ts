import type { Mask } from "./lines";

const MOVED_TO = " moved to ";
const MOVED_ON = / on \d{4}-\d{2}-\d{2}\s*-->\s*$/;

/** Follows the comments of a note from line to line, `<!-- … -->` and `%% … %%`: where one opens, and where it closes. */
export class CommentReader {
  /** First character of the line that opened the comment which was read last; -1 before the first. */
  from = -1;
  /** The line that was read last closes its comment. */
  closed = false;

  private isOpen = false;
  private last: Mask | null = null;

  /**
   * Reads a masked line, be it of a comment or not: true where a comment opens on it. `from` is what is kept as the begin of
   * that comment, `line` the line without the blanks before it.
   */
  readLine(mask: Mask, from: number, line: string): boolean {
    const follows = this.last === mask;
    this.last = mask;
    this.closed = false;
    if (mask !== "comment" && mask !== "hidden") return false;
    const opens = !this.isOpen || !follows;
    if (opens) this.from = from;
    this.closed = line.includes(mask === "comment" ? "-->" : "%%", opens ? 2 : 0);
    this.isOpen = !this.closed;
    return opens;
  }

  /** To be called for lines that are not masked: one is enough for several. */
  leave(): void {
    this.last = null;
  }
}

/** Whether text stands behind a comment, which shows where the comment does not. `lines` are those of the comment, as a whole. */
export function hasTextBehind(lines: string): boolean {
  const comment = lines.trim();
  const mark = comment.startsWith("%%") ? "%%" : "-->";
  return comment.indexOf(mark, 2) !== comment.length - mark.length;
}

/**
 * The ids of a moved note's line; empty where the line is none.
 *
 * ```text
 * <!-- Tasks TASK-20260204-001, TASK-20260204-002 moved to TODO.md on 2026-02-04 -->
 *            ^id                ^id
 * ```
 */
export function readMovedIds(line: string): readonly string[] {
  const begin = /^<!--\s*Tasks?\s/.exec(line);
  const moved = line.indexOf(MOVED_TO);
  if (!begin || moved === -1 || !MOVED_ON.test(line.slice(moved))) return [];
  return line
    .slice(begin[0].length, moved)
    .split(/[\s,]+/)
    .filter((id) => id !== "");
}
