import { createdOn } from "./completed";
import type { Edit } from "./edits";
import { copyEntry, planEntryEdits, writeEntry, type IndexedMove } from "./index-entry";
import { dominantLineEnd, lineBreakAt, lineEndAt } from "./line-ends";
import type { Note } from "./note";
import type { MovableTask } from "./plan";
import { appendLines, refuseAtEnd } from "./placement";
import { idKey, statusOf } from "./promotable";
import type { Refusal } from "./refusal";

/** Edits of an index note. */
export interface IndexEdits {
  /** Sorted, not overlapping. */
  readonly edits: readonly Edit[];
  /** Ids of the entries that are added behind the last one, in order. */
  readonly added: readonly string[];
  readonly warnings: readonly string[];
  /** Why the entries cannot be added; null where they can. */
  readonly refusal: Refusal | null;
}

/**
 * What happens to an index note when tasks move (FORMAT.md §5 rule 7, *Index*): their entries get `location`, `status` and
 * `completed`; a missing entry is added after the last one, in its style. Of entries with one id none is touched, and a
 * warning says so. `path` names the note in messages.
 */
export function planIndexEdits(index: Note, moved: readonly IndexedMove[], path: string): IndexEdits {
  const edits: Edit[] = [];
  const missing: IndexedMove[] = [];
  const warnings: string[] = [];
  for (const move of moved) {
    const [entry, ...others] = index.entries.filter(({ id }) => id !== null && idKey(id) === idKey(move.id));
    if (!entry) missing.push(move);
    else if (others.length === 0) edits.push(...planEntryEdits(index.text, entry, move));
    else {
      const lines = [entry, ...others].map(({ line }) => line).join(", ");
      warnings.push(
        `${path} has ${others.length + 1} entries for ${move.id} (lines ${lines}); none of them was changed.`,
      );
    }
  }
  if (missing.length > 0) edits.push(addEntries(index, missing));
  const refusal = missing.length > 0 ? refuseEntries(index, path) : null;
  return { edits: edits.sort((a, b) => a.from - b.from), added: missing.map(({ id }) => id), warnings, refusal };
}

/** What the index is to say of a task that moves from `note` to `location`. */
export function describeMove(
  note: Note,
  task: MovableTask,
  location: string,
  completed: string | null,
  today: string,
): IndexedMove {
  const facts = new Map([...task.header.tags].reverse().map(({ name, value }) => [name.toLowerCase(), value]));
  facts.set("title", task.title).set("created", createdOn(note.text, task, today));
  return { id: task.id, location, status: statusOf(task), completed, facts };
}

/** Why an index note takes no new entry; null where it does. `path` names the note in the message. */
export function refuseEntries(index: Note, path: string): Refusal | null {
  const last = index.entries.at(-1);
  if (last && !last.closed) {
    const message = `${path} takes no entry at its end: the one in line ${last.line} has no \`## index_entry_end\`. Close it first.`;
    return { code: "damaged-note", message };
  }
  return refuseAtEnd(index, path);
}

function addEntries(index: Note, missing: readonly IndexedMove[]): Edit {
  const { text, entries } = index;
  const last = entries.at(-1);
  if (!last) {
    const lineEnd = dominantLineEnd(text);
    return appendLines(text, missing.map((move) => writeEntry(move, lineEnd)).join(lineEnd + lineEnd), lineEnd);
  }
  const lineBreak = lineBreakAt(text, lineEndAt(text, last.from));
  const model = entries.filter(({ id, closed }) => id !== null && closed).at(-1);
  const added = missing.map((move) => (model ? copyEntry(text, model, move) : null) ?? writeEntry(move, lineBreak));
  return { from: last.to, to: last.to, insert: added.map((entry) => lineBreak + lineBreak + entry).join("") };
}
