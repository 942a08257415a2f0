import type { Edit } from "./edits";
import type { IndexedMove } from "./index-entry";
import { blockText, type Note } from "./note";
import type { Refusal } from "./refusal";
import { removeBlocks } from "./removal";
import { planIndexEdits } from "./task-index";
import type { TaskBlock } from "./task";

/** A block that a note has to hold after a plan. */
export interface ExpectedBlock {
  /** The block where it stands before the plan, and the note that it stands in. */
  readonly task: TaskBlock;
  readonly source: string;
  /** Its text afterwards. */
  readonly text: string;
  /** Index of its group afterwards; null outside every group, undefined where any will do. */
  readonly group: number | null | undefined;
}

/** What a plan does to one note, and what the note has to hold afterwards. */
export interface Draft {
  readonly path: string;
  /** Null for a note that is created. */
  readonly note: Note | null;
  /** Sorted, not overlapping; none where the note is left alone. */
  readonly edits: readonly Edit[];
  /** Every task block afterwards, in order. */
  readonly blocks: readonly ExpectedBlock[];
  /** Number of groups afterwards. */
  readonly groups: number;
  /** Ids of the index entries afterwards, in order. */
  readonly entries: readonly (string | null)[];
}

/** A draft that expects the note as it is: what changes is spread over it. Null for a note that is created. */
export function draftNote(path: string, note: Note | null): Draft {
  if (!note) return { path, note, edits: [], blocks: [], groups: 0, entries: [] };
  const blocks = note.tasks.map((task) => ({ task, source: path, text: blockText(note, task), group: task.group }));
  return { path, note, edits: [], blocks, groups: note.groups.length, entries: note.entries.map(({ id }) => id) };
}

/** A draft that takes blocks out of a note; of `removed` those count that stand in it. */
export function draftRemoval(path: string, note: Note, removed: readonly TaskBlock[]): Draft {
  const draft = draftNote(path, note);
  const gone = new Set(removed);
  const indices = new Set(note.tasks.flatMap((task, index) => (gone.has(task) ? index : [])));
  const blocks = draft.blocks.filter((_, index) => !indices.has(index));
  return { ...draft, edits: removeBlocks(note.text, note.tasks, indices), blocks };
}

/** What becomes of the index note: a draft where there is one, and what planning it gave. */
export interface IndexDraft {
  readonly drafts: readonly Draft[];
  readonly warnings: readonly string[];
  readonly refusal: Refusal | null;
}

/** A draft of the index note for tasks that move; none where the folder has no such note. */
export function draftIndex(path: string, index: Note | null, moves: readonly IndexedMove[]): IndexDraft {
  if (!index) return { drafts: [], warnings: [], refusal: null };
  const { edits, added, warnings, refusal } = planIndexEdits(index, moves, path);
  const draft = draftNote(path, index);
  return { drafts: [{ ...draft, edits, entries: [...draft.entries, ...added] }], warnings, refusal };
}

/** Edits of two kinds over one text, in order. */
export function sortEdits(...edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.from - b.from);
}
