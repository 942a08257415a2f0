import type { MarkerKind, Mask, Unclosed } from "./lines";
import { NoteReader } from "./note-reader";
import type { Tag, TaskBlock } from "./task";

/** What a note is in its backlog folder (FORMAT.md §1). */
export type NoteKind = "backlog" | "todo" | "archive" | "index" | "other";

/** A group of a backlog: from its `group_begin` to its `group_end`, or to where it is closed without one. */
export interface Group {
  /** First character of the begin marker's line. */
  readonly from: number;
  /** Behind the last character of the end marker's line (no line break); of an unclosed group, of its last line. */
  readonly to: number;
  readonly line: number;
  /** Behind the last character of the begin marker's line. */
  readonly markerTo: number;
  /** Whether a `group_end` closes it. */
  readonly closed: boolean;
  readonly tags: readonly Tag[];
  /** In lower case; null where the tag is absent or empty. */
  readonly type: string | null;
  readonly priority: string | null;
  /** Text of the heading that directly follows the marker; "" if there is none. */
  readonly title: string;
  /** Span of the title's line, null if there is none. */
  readonly titleSpan: { readonly from: number; readonly to: number } | null;
  /** Indices into `Note.tasks`, in order. */
  readonly tasks: readonly number[];
}

/** `<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->`, a comment on one line. */
export interface MovedNote {
  readonly from: number;
  readonly to: number;
  readonly line: number;
  readonly ids: readonly string[];
  /** Index into `Note.groups`; null outside every group. */
  readonly group: number | null;
}

/** One `**Batch …:**` line: its value as a span. */
export interface BatchValue {
  readonly value: string;
  readonly from: number;
  readonly to: number;
}

/** The block under the heading `… Current Batch Focus` of a todo note. */
export interface BatchHeader {
  readonly from: number;
  readonly line: number;
  readonly type: BatchValue | null;
  readonly goal: BatchValue | null;
}

/** One `key: value` line of an index entry; `[id:X]` counts as key `id`. Keys in lower case. */
export interface EntryValue {
  readonly key: string;
  readonly value: string;
  readonly from: number;
  readonly to: number;
  readonly lineFrom: number;
  readonly lineTo: number;
}

/** One entry of an index note. */
export interface IndexEntry {
  readonly from: number;
  /** Behind the last character of the end marker's line (no line break). */
  readonly to: number;
  readonly line: number;
  readonly closed: boolean;
  readonly id: string | null;
  readonly values: readonly EntryValue[];
}

/** A marker that opens or closes nothing. */
export interface StrayMarker {
  readonly kind: MarkerKind;
  readonly from: number;
  readonly to: number;
  readonly line: number;
  /** Index into `Note.groups`; null outside every group. */
  readonly group: number | null;
}

/** A marker line with leading spaces. */
export interface IndentedMarker {
  readonly from: number;
  /** Where the marker itself begins. */
  readonly markerFrom: number;
  readonly to: number;
  readonly line: number;
  /** Index into `Note.tasks` of the task that the marker belongs to; null if to none. */
  readonly task: number | null;
}

/** Lines in a row that are masked for the same reason. */
export interface MaskedLines {
  readonly mask: Mask;
  readonly from: number;
  readonly to: number;
}

/** A note as spans over its text. Total: every string is a note. */
export interface Note {
  readonly text: string;
  /** Span of the YAML frontmatter, its fences included; null if there is none. */
  readonly frontmatter: { readonly from: number; readonly to: number } | null;
  /** The first comment before any marker (FORMAT.md §5); null if there is none. */
  readonly rulesComment: { readonly from: number; readonly to: number } | null;
  readonly groups: readonly Group[];
  /** All task blocks in file order. */
  readonly tasks: readonly TaskBlock[];
  readonly movedNotes: readonly MovedNote[];
  readonly batchHeader: BatchHeader | null;
  readonly entries: readonly IndexEntry[];
  readonly strayMarkers: readonly StrayMarker[];
  readonly indentedMarkers: readonly IndentedMarker[];
  /** All masked lines, in order. */
  readonly masked: readonly MaskedLines[];
  readonly unclosed: readonly Unclosed[];
  /** The masked block in which the note ends and which only its end closes; null if there is none. A `html` of CommonMark's kinds 6 and 7 ends at any blank line and is none. */
  readonly openAtEnd: Unclosed | null;
}

/**
 * Reads a note into spans over its text: groups, task blocks, batch header, index entries, and what is wrong with its
 * markers. Total: every string is a note, damaged ones too (FORMAT.md §2–§4).
 */
export function parseNote(text: string): Note {
  return new NoteReader(text).read();
}

/** The text of a task block, markers included. */
export function blockText(note: Note, task: TaskBlock): string {
  return note.text.slice(task.from, task.to);
}
