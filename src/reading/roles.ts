import { readBlock, type Block } from "../core/block";
import type { GroupHeader } from "../core/context";
import { hasTextBehind } from "../core/comment-reader";
import { BREAK } from "../core/line-ends";
import { parseNote, type Group, type Note } from "../core/note";

/** What a rendered part of a note is shown as. */
export type Role =
  /** The card of a task: the part with its begin marker. */
  | { readonly kind: "task"; readonly task: number }
  /** The band of a group: the part with its begin marker. */
  | { readonly kind: "group"; readonly group: number }
  /** The end of a group that is not empty. */
  | { readonly kind: "group-end"; readonly group: number }
  /** The line in place of the rules comment. */
  | { readonly kind: "rules" }
  /** Nothing: what it holds is shown by a part above it. */
  | { readonly kind: "hidden" }
  /** As it was rendered. */
  | { readonly kind: "plain" };

export const PLAIN: Role = { kind: "plain" };
export const HIDDEN: Role = { kind: "hidden" };

/** Lines that are shown as one: what their first part is, the others are hidden. 0-based, `to` is the last line. */
interface Piece {
  readonly from: number;
  readonly to: number;
  readonly role: Role;
}

const BREAKS = new RegExp(BREAK, "g");
const RULE = /^ {0,3}(?:-[ \t]*){3,}$/;

/** Whether a text may hold anything that is drawn, by a glance: most notes of a vault hold nothing. */
export function mayHoldMarkers(text: string): boolean {
  return text.includes("## task_begin") || text.includes("## group_begin");
}

/** A note's text read for its rendered parts: which line is shown as what. */
export class NoteRoles {
  readonly note: Note;
  private readonly starts: readonly number[];
  private readonly pieces: readonly Piece[];
  private readonly givenUp = new Set<Role>();
  private readonly blocks: (Block | null | undefined)[] = [];

  constructor(readonly text: string) {
    this.note = parseNote(text);
    this.starts = [0, ...Array.from(text.matchAll(BREAKS), (found) => found.index + found[0].length)];
    this.pieces = [...this.listPieces()].sort((a, b) => a.from - b.from);
  }

  /** The role of a part by its first and last line, 0-based. Plain where it is none, reaches out of a block, or the block cannot be drawn. */
  roleOf(first: number, last: number): Role {
    const piece = this.pieceAt(first);
    if (!piece || last > piece.to || this.givenUp.has(piece.role)) return PLAIN;
    if (piece.role.kind === "task" && !this.blockOf(piece.role.task)) return PLAIN;
    return piece.from === first ? piece.role : HIDDEN;
  }

  /** From now on all parts of a block that cannot be drawn are plain. */
  giveUp(role: Role): void {
    this.givenUp.add(role);
    if (role.kind === "task") this.blocks[role.task] = null;
  }

  /** A task by itself; null where its block is unclosed or its text says something else by itself. */
  blockOf(index: number): Block | null {
    const known = this.blocks[index];
    if (known !== undefined) return known;
    const task = this.note.tasks[index];
    const block = task?.closed ? readBlock(this.text.slice(task.from, task.to)) : null;
    this.blocks[index] = block;
    return block;
  }

  /** The header of the group that a task stands in; null outside every group. */
  groupOf(index: number): GroupHeader | null {
    const group = this.note.tasks[index]?.group ?? null;
    return group === null ? null : (this.note.groups[group] ?? null);
  }

  /** Whether a group holds nothing but blank lines, `---` and moved notes. */
  isEmpty(group: Group): boolean {
    if (group.tasks.length > 0) return false;
    const end = group.closed ? this.startOf(this.lineOf(group.to)) : group.to;
    let rest = "";
    let at = group.titleSpan?.to ?? group.markerTo;
    for (const moved of this.note.movedNotes) {
      if (moved.from < at || moved.to > end) continue;
      rest += this.text.slice(at, moved.from);
      at = moved.to;
    }
    rest += this.text.slice(at, end);
    return rest.split(BREAKS).every((line) => line.trim() === "" || RULE.test(line));
  }

  /** How many ids the moved notes of a group name. */
  countMoved(index: number): number {
    let count = 0;
    for (const { group, ids } of this.note.movedNotes) if (group === index) count += ids.length;
    return count;
  }

  /** A line's text; "" where there is no such line. */
  lineText(line: number): string {
    const from = this.starts[line];
    return from === undefined ? "" : this.text.slice(from, this.starts[line + 1] ?? this.text.length).trimEnd();
  }

  private *listPieces(): Iterable<Piece> {
    const { rulesComment, groups, tasks } = this.note;
    if (rulesComment && !hasTextBehind(this.text.slice(rulesComment.from, rulesComment.to))) {
      yield { from: this.lineOf(rulesComment.from), to: this.lineOf(rulesComment.to), role: { kind: "rules" } };
    }
    for (const [task, { from, to, closed }] of tasks.entries()) {
      if (closed) yield { from: this.lineOf(from), to: this.lineOf(to), role: { kind: "task", task } };
    }
    for (const [index, group] of groups.entries()) {
      const role = { kind: "group", group: index } as const;
      const from = this.lineOf(group.from);
      const end = this.lineOf(group.to);
      if (group.closed && this.isEmpty(group)) {
        yield { from, to: end, role };
        continue;
      }
      yield { from, to: this.lineOf(group.titleSpan?.to ?? group.markerTo), role };
      if (group.closed) yield { from: end, to: end, role: { kind: "group-end", group: index } };
    }
  }

  private pieceAt(line: number): Piece | null {
    const { pieces } = this;
    const at = lastAtMost(pieces.length, (place) => (pieces[place] as Piece).from <= line);
    const piece = pieces[at];
    return piece && line <= piece.to ? piece : null;
  }

  private lineOf(at: number): number {
    return lastAtMost(this.starts.length, (place) => (this.starts[place] as number) <= at);
  }

  private startOf(line: number): number {
    return this.starts[line] ?? this.text.length;
  }
}

/** The last of `count` places that fulfils a condition which holds up to some place and not behind it; -1 if none does. */
function lastAtMost(count: number, holds: (place: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(middle)) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
