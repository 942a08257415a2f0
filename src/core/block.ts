import { parseNote, type Note } from "./note";
import { idKey } from "./promotable";
import type { TaskBlock } from "./task";

/** A task block by itself; all offsets count from its first character. */
export interface Block {
  readonly text: string;
  readonly note: Note;
  readonly task: TaskBlock;
}

/** The id forms of FORMAT.md §4: letters, a date, and what follows it. */
const ID = /\b[A-Z]+-\d{8}(?:-[A-Z0-9]+)+/gi;

/**
 * Reads a text as a task block; null where it is not exactly one closed block from its first to its last character, be it for
 * a line break behind its end. Then no card is drawn: the source shows.
 */
export function readBlock(text: string): Block | null {
  const note = parseNote(text);
  const [task] = note.tasks;
  return task?.closed && task.from === 0 && task.to === text.length ? { text, note, task } : null;
}

/** The ids that Dependencies names, as they are first written there, once each, in order; those in masked lines are none. */
export function readDependencies({ text, note, task }: Block): readonly string[] {
  const ids = new Map<string, string>();
  for (const field of task.fields) {
    if (field.label !== "dependencies") continue;
    for (const match of text.slice(field.contentFrom, field.to).matchAll(ID)) {
      const at = field.contentFrom + match.index;
      const [id] = match;
      const isMasked = note.masked.some(({ from, to }) => from <= at && at < to);
      if (!isMasked && !ids.has(idKey(id))) ids.set(idKey(id), id);
    }
  }
  return [...ids.values()];
}

/** The number of references in Relevant Files: what would be one in Relevant Documentation (FORMAT.md §4). */
export function countFiles({ text, task }: Block): number {
  let count = 0;
  for (const field of task.fields) {
    if (field.label !== "relevant files") continue;
    const content = text.slice(field.contentFrom, field.to);
    const label = field.style === "bold" ? "**Relevant Documentation:**" : "### Relevant Documentation";
    const reread = parseNote(`## task_begin\n## Files\n${label}${content}\n## task_end`);
    for (const { references } of reread.tasks) count += references.length;
  }
  return count;
}
