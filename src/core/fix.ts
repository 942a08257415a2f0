import type { Edit } from "./edits";
import type { Finding } from "./finding";
import type { NoteNames } from "./folder";
import type { LineEnd } from "./line-ends";
import type { Note } from "./note";

/** A note that is being fixed. */
export interface NoteToFix {
  readonly note: Note;
  /** Of the lines that are added. */
  readonly lineEnd: LineEnd;
}

/** A finding and the note that it is about. */
export interface Found {
  readonly path: string;
  readonly finding: Finding;
}

/** What mends one or several findings: edits of one note, which need not be the one that the findings are about. */
export interface Fix {
  /** The note that is edited. */
  readonly path: string;
  /** Sorted, not overlapping, at least one. */
  readonly edits: readonly Edit[];
  /** What it mends, at least one. */
  readonly mends: readonly Found[];
}

/** What fixing takes besides the findings. */
export interface FixContext {
  readonly names: NoteNames;
  /** `YYYY-MM-DD`. */
  readonly today: string;
}
