import { mendDoubleEncoded } from "../core/double-encoding";
import type { NoteNames } from "../core/folder";
import { parseNote } from "../core/note";
import type { MovedBlock, Plan } from "../core/plan";
import { idKey } from "../core/promotable";
import { countTasks } from "../ui/names";
import { reportFailure } from "../ui/notices";
import { joinPath } from "../vault/folders";
import { readNoteText } from "../vault/note-texts";
import { openNote } from "./open-notes";
import { showLine } from "./panes";
import type { Parts } from "./parts";

/** So much of a title is said in a sentence. */
const LONGEST = 80;

/** Shows the first task of those that a plan moved, in the note where its way ends. */
export async function showMoved(parts: Parts, folder: string, plan: Plan): Promise<void> {
  const note = findDestination(plan, parts.moves.namesOf(folder));
  const block = plan.blocks.find(({ to }) => to === note);
  await showTask(parts, joinPath(folder, note), block ? block.id : null);
}

/** Shows a task of a note by its id; the note alone where it has no such task. */
export async function showTask(parts: Parts, path: string, wanted: string | null): Promise<void> {
  try {
    const file = parts.app.vault.getFileByPath(path);
    const text = file && (await readNoteText(parts.app, file));
    const key = wanted === null ? null : idKey(wanted);
    const task = parseNote(text ?? "").tasks.find(({ id }) => id !== null && idKey(id) === key);
    if (task) await showLine(parts, path, task.line);
    else await openNote(parts, path);
  } catch (error) {
    reportFailure(`${path} could not be opened.`, error);
  }
}

/** What the notices of a folder's last move are about: of an earlier move none can be taken back from its notice any more. */
export function nameLastMove(folder: string): string {
  return `last move in ${folder}`;
}

/** A moved task in a sentence: its title, or its id where it has none. */
export function nameMoved({ id, title }: Pick<MovedBlock, "id" | "title">): string {
  const mended = mendDoubleEncoded(title).trim();
  if (mended === "") return id;
  return `“${shortenTitle(mended, LONGEST)}”`;
}

/** A title of at most so many characters, and an ellipsis where there are more. */
export function shortenTitle(title: string, most: number): string {
  const characters = Array.from(title);
  return characters.length > most ? `${characters.slice(0, most).join("").trimEnd()}…` : title;
}

/** Where tasks are again: "“Title” is in TODO.md again", "2 tasks are in TODO.md again, 1 in BACKLOG.md". */
export function sayReturned(blocks: readonly MovedBlock[], nameNote: (note: string) => string): string {
  const [first, second] = blocks;
  if (!first) return "the notes stand as before";
  if (!second) return `${nameMoved(first)} is in ${nameNote(first.to)} again`;
  const notes = [...new Set(blocks.map(({ to }) => to))];
  const counted = notes.map((note) => ({ note, count: blocks.filter(({ to }) => to === note).length }));
  return counted
    .map(({ note, count }, at) => {
      const where = `in ${nameNote(note)}`;
      return at === 0 ? `${countTasks(count)} ${count === 1 ? "is" : "are"} ${where} again` : `${count} ${where}`;
    })
    .join(", ");
}

function findDestination({ kind, blocks, changes }: Plan, names: NoteNames): string {
  if (kind === "promotion") return names.todo;
  return blocks[0]?.to ?? changes[0]?.path ?? names.backlog;
}
