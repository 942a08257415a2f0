import type { Edit } from "./edits";
import type { Note } from "./note";
import type { Refusal } from "./refusal";
import type { Header, TaskBlock } from "./task";

/** What is done to one note: edits over the text that the plan saw. */
export interface NoteChange {
  /** Relative to the backlog folder, `/` between segments. */
  readonly path: string;
  /** The text that the plan saw; null where the note does not exist and is created. */
  readonly before: string | null;
  /** Sorted, not overlapping, over `before` ("" where that is null). */
  readonly edits: readonly Edit[];
  /** The text afterwards, `before` with `edits` applied; null where the note is removed (undo of a creation). */
  readonly after: string | null;
}

/** A block that moves. */
export interface MovedBlock {
  readonly id: string;
  readonly title: string;
  /** Line of the begin marker in the source. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** The block as it stands in the source, and as it will stand in the destination (line ends, a Completed line). */
  readonly sourceText: string;
  readonly destinationText: string;
  /** Where it stood in the backlog, for its return; null where it did not stand in a group of the backlog. */
  readonly place: BlockPlace | null;
}

/** A block's place in a group of the backlog. */
export interface BlockPlace {
  readonly type: string | null;
  readonly priority: string | null;
  readonly title: string;
  /** Ids of the tasks of the group in order, this one among them. */
  readonly ids: readonly string[];
}

/** Kinds of move; `edit` changes values or formatting inside notes and moves nothing. */
export type PlanKind = "promotion" | "archival" | "return" | "undo" | "edit";

/** Edits not yet written. */
export interface Plan {
  readonly kind: PlanKind;
  /** In the order in which they are written: destination before source, index last. */
  readonly changes: readonly NoteChange[];
  readonly blocks: readonly MovedBlock[];
  /** Sentences that the person should read and that forbid nothing (unticked criteria, duplicate index entries). */
  readonly warnings: readonly string[];
}

/** A plan, or why there is none. */
export type Planned<P extends Plan = Plan> =
  { readonly plan: P; readonly refusal: null } | { readonly plan: null; readonly refusal: Refusal };

/** A task block that can be moved: its header has an id. */
export interface MovableTask extends TaskBlock {
  readonly id: string;
  readonly header: Header;
}

/** Where a block of the backlog stands, for its return; null outside every group. */
export function placeOf(backlog: Note, task: TaskBlock): BlockPlace | null {
  const group = task.group === null ? undefined : backlog.groups[task.group];
  if (!group) return null;
  const { type, priority, title } = group;
  const ids = group.tasks.flatMap((index) => (backlog.tasks[index] as TaskBlock).id ?? []);
  return { type, priority, title, ids };
}
