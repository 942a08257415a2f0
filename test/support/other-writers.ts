// Another program that does something to the notes in the middle of a move, and what has to hold then: what it wrote is
// kept, nothing of ours is half done, and no block is lost or doubled but by that program itself.
import { recoverMove } from "../../src/core/recover";
import type { MoveOutcome } from "../../src/core/move";
import { parseNote } from "../../src/core/note";
import { StoreError, type NoteStore } from "../../src/core/store";
import { blockOf, idOf } from "./notation";
import { NAMES } from "./move-scenarios";

/** The notes as the other program reaches them. */
export interface OpenNotes {
  read(path: string): string | null;
  /** Null removes. */
  write(path: string, text: string | null): void;
}

/** What the other program writes somewhere in its text. */
export const MARK = "OTHER";

/** One thing that another program does. */
export interface Interference {
  /** Does it; false where there was nothing to do it to. */
  act(notes: OpenNotes): boolean;
  /** How often a block may stand afterwards that it had to do with; every other stands once. */
  readonly allows?: (id: string) => readonly number[];
}

const A = blockOf("a");
const once = (id: string, others: readonly number[]) => (id === idOf("a") ? others : [1]);

const edit = (path: string, change: (text: string) => string): Interference["act"] => {
  return (notes) => {
    const text = notes.read(path);
    const next = text === null ? null : change(text);
    if (next === null || next === text) return false;
    notes.write(path, next);
    return true;
  };
};

const remove = (path: string): Interference["act"] => {
  return (notes) => {
    if (notes.read(path) === null) return false;
    notes.write(path, null);
    return true;
  };
};

/** Everything that it may do, by name. All of it is about the task `a`, of group `infra/high`, if about one. */
export const INTERFERENCES: Readonly<Record<string, Interference>> = {
  "adds a line to the backlog": { act: edit(NAMES.backlog, (text) => `${text}\n${MARK}\n`) },
  "adds a line to the todo note": { act: edit(NAMES.todo, (text) => `${MARK}\n\n${text}`) },
  "adds a line to the index": { act: edit(NAMES.index, (text) => `${text}\n${MARK}\n`) },
  "changes a block in the backlog": { act: edit(NAMES.backlog, (text) => text.replace("Do a\n", `Do a, ${MARK}\n`)) },
  "changes a block in the todo note": { act: edit(NAMES.todo, (text) => text.replace("Do a\n", `Do a, ${MARK}\n`)) },
  "deletes a block from the backlog": {
    act: edit(NAMES.backlog, (text) => text.replace(A, MARK)),
    allows: (id) => once(id, [0, 1]),
  },
  "doubles a block in the backlog": {
    act: edit(NAMES.backlog, (text) => text.replace(A, `${A}\n\n---\n\n${A}\n\n${MARK}`)),
    allows: (id) => once(id, [1, 2]),
  },
  "moves a block into the archive": {
    act: (notes) => {
      const backlog = notes.read(NAMES.backlog);
      const archive = notes.read(NAMES.archive);
      if (backlog?.includes(A) !== true || archive === null) return false;
      notes.write(NAMES.archive, `${archive}\n---\n\n${A}\n\n${MARK}\n`);
      notes.write(NAMES.backlog, backlog.replace(A, MARK));
      return true;
    },
    allows: (id) => once(id, [1, 2]),
  },
  "deletes the backlog": { act: remove(NAMES.backlog), allows: () => [0, 1] },
  "deletes the todo note": { act: remove(NAMES.todo), allows: () => [0, 1] },
  "deletes the index": { act: remove(NAMES.index) },
  "renames the backlog": {
    act: (notes) => {
      const text = notes.read(NAMES.backlog);
      if (text === null) return false;
      notes.write("OLD.md", text);
      notes.write(NAMES.backlog, null);
      return true;
    },
  },
};

/** How a move ended that was interfered with. */
export interface Interfered {
  readonly outcome: MoveOutcome | StoreError;
  /** Whether the other program did anything. */
  readonly acted: boolean;
}

/** Runs a move; a StoreError is an end too. */
export async function runInterfered(run: () => Promise<MoveOutcome>): Promise<MoveOutcome | StoreError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}

/** Checks what has to hold, and recovers where the move could not take itself back. Gives how it ended, for a count. */
export async function expectKept(
  store: NoteStore,
  { outcome, acted }: Interfered,
  interference: Interference,
  before: Readonly<Record<string, string>>,
  readNotes: () => Readonly<Record<string, string>>,
): Promise<string> {
  const refused = outcome instanceof StoreError || outcome.refusal !== null;
  const pending = (await store.readState("journal.json")) !== null;
  if (refused && !pending) {
    // Nothing half done: what the other left alone is as it was.
    const notes = readNotes();
    const touched = Object.keys({ ...before, ...notes }).filter((path) => notes[path] !== before[path]);
    for (const path of touched) expect(notes[path] ?? MARK).toMatch(path === "OLD.md" ? /./s : MARK);
  }
  if (pending) {
    expect(refused).toBe(true);
    if (!(outcome instanceof StoreError)) expect(outcome.refusal?.message).toMatch(/run `recover`/);
    const recovered = await recoverMove(store, NAMES, {});
    if (recovered.refusal) expect(recovered.refusal.code).toBe("unresolvable-journal");
  }
  const notes = readNotes();
  const ids = Object.values(notes).flatMap((text) => parseNote(text).tasks.map((task) => task.id ?? ""));
  const known = Object.values(before).flatMap((text) => parseNote(text).tasks.map((task) => task.id ?? ""));
  for (const id of known)
    expect(interference.allows?.(id) ?? [1]).toContain(ids.filter((other) => other === id).length);
  if (acted && interference.act(copyOf(before))) {
    const marks = Object.values(notes).join("").split(MARK).length - 1;
    const kept = [...copyOf(before, interference).texts.values()].join("").split(MARK).length - 1;
    expect(marks).toBe(kept);
  }
  return outcome instanceof StoreError ? "error" : (outcome.refusal?.code ?? "moved");
}

function copyOf(notes: Readonly<Record<string, string>>, interference?: Interference) {
  const texts = new Map(Object.entries(notes));
  const open: OpenNotes = {
    read: (path) => texts.get(path) ?? null,
    write: (path, text) => {
      if (text === null) texts.delete(path);
      else texts.set(path, text);
    },
  };
  interference?.act(open);
  return { ...open, texts };
}
