import type { Block } from "./block";
import type { GroupHeader } from "./context";
import type { Span } from "./removal";
import { type ScanState, START } from "./scan-state";

/** A text that is read in pieces, e.g. a string. */
export interface TextSource {
  /** UTF-16 code units. */
  readonly length: number;
  slice(from: number, to: number): string;
}

/**
 * What reading on behind a part needs to know of the text before. No place in the note is in it (those in `scan` mean nothing),
 * so that it holds however far an edit elsewhere moves the part.
 */
export interface Boundary {
  readonly scan: ScanState;
  /** A marker or the rules comment stands before: no later comment is the rules comment. */
  readonly afterRules: boolean;
}

interface PartBase {
  /**
   * The state at the start of the line behind the part. Null where what the part is may change with what follows it, so that
   * nobody may read on from there: an unclosed task, a group that still awaits its title, text that no boundary was looked for in.
   */
  readonly after: Boundary | null;
}

/** A group's marker line, and what follows it up to its title. The object is the group: its parts refer to it. */
export interface GroupPart extends PartBase {
  readonly kind: "group";
  readonly header: GroupHeader;
  /** Span of the title's line, from the part's first character on; null where there is none. */
  readonly title: Span | null;
}

/** A task block. */
export interface TaskPart extends PartBase {
  readonly kind: "task";
  /** False where no `task_end` closes it: it then ends before the marker that ends it, or with the note. */
  readonly closed: boolean;
  /** Null where it is unclosed, or begins inside a list or a quote, so that its text by itself says something else: the source shows. */
  readonly block: Block | null;
  /** Null outside every group. */
  readonly group: GroupPart | null;
}

/** A `group_end` line. */
export interface GroupEndPart extends PartBase {
  readonly kind: "group-end";
  /** The group that it closes; null where it closes none: the source shows. */
  readonly group: GroupPart | null;
}

/** The lines of the note's rules comment. */
export interface RulesPart extends PartBase {
  readonly kind: "rules";
  readonly group: null;
}

/** Lines of other text. Blank lines and `---` between parts belong to none; long text is several of these. */
export interface PlainPart extends PartBase {
  readonly kind: "plain";
  /** Nothing but blank lines, `---` and moved notes: a group that holds nothing else is empty. */
  readonly quiet: boolean;
  /** How many ids its moved notes name. */
  readonly movedIds: number;
  readonly group: GroupPart | null;
}

/** A part of a note: whole lines. Knows no place, so that an edit elsewhere moves it without a touch. */
export type Part = GroupPart | TaskPart | GroupEndPart | RulesPart | PlainPart;

/** A part in its place: from the first character of its first line to behind the last of its last line, no line break. */
export interface PlacedPart extends Span {
  readonly part: Part;
}

/** Where reading starts: the start of a line, the state before it, and the group that is open there. */
export interface StartPlace {
  readonly at: number;
  readonly boundary: Boundary;
  readonly group: GroupPart | null;
}

/** What was read of the text before an edit; places are those of the text as it is now. */
export interface EarlierParts {
  /** The boundary of the earlier part that ends in the line before `at`, where the text from there on is unchanged; else null. Asked in order. */
  boundaryAt(at: number): Boundary | null;
  /**
   * An earlier group that said the same and is gone once the line before `at` is read, so that its tasks need no other; else
   * the group itself. Asked in order.
   */
  sameGroup(group: GroupPart, at: number): GroupPart;
}

/** The boundary before the first line of a note. */
export const NOTE_START: Boundary = { scan: START, afterRules: false };

/** The start of a note. */
export const START_PLACE: StartPlace = { at: 0, boundary: NOTE_START, group: null };

/** The group that is open behind a part. */
export function groupAfter(part: Part): GroupPart | null {
  if (part.kind === "group") return part;
  return part.kind === "group-end" ? null : part.group;
}
