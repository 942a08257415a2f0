import type { NoteNames } from "./folder";
import type { MoveRecord } from "./journal";
import type { NoteStore } from "./store";
import type { BlockPlace } from "./plan";
import type { Shape } from "./shape";
import { findAlien, isMove, parseState, printable } from "./journal";
import { isFlag, objectOf } from "./shape";

/** One move that was made: a promotion, an archival or a return. */
export interface LedgerEntry extends MoveRecord {
  /** Whether it was taken back since. */
  readonly undone: boolean;
}

/** The moves made in a folder, oldest first. */
export interface Ledger {
  readonly entries: readonly LedgerEntry[];
  /** The number of the next move: one more than the largest in use. */
  readonly nextNumber: number;
  /** One sentence for each file that could not be read; such a move cannot be taken back any more. */
  readonly warnings: readonly string[];
}

const FOLDER = "ledger";

const hasFlag = objectOf<Pick<LedgerEntry, "undone">>({ undone: isFlag });

const isEntry: Shape<LedgerEntry> = (value): value is LedgerEntry => isMove(value) && hasFlag(value);

/** The ledger as it stands. Total: a file that is damaged or names other notes is left out, with a warning. */
export async function readLedger(store: NoteStore, names: NoteNames): Promise<Ledger> {
  const entries: LedgerEntry[] = [];
  const warnings: string[] = [];
  let nextNumber = 1;
  for (const number of await listNumbers(store)) {
    nextNumber = number + 1;
    const entry = await readEntry(store, number);
    if (entry === "gone") continue;
    if (entry === "damaged") {
      warnings.push(`.backlog-cards/${entryName(number)} is damaged: that move is left out, and can't be undone.`);
      continue;
    }
    const alien = findAlien(entry, names);
    if (alien === null) entries.push(entry);
    else {
      warnings.push(
        `.backlog-cards/${entryName(number)} names ${printable(alien)}, which is no note of this folder: ` +
          "that move is left out, and can't be undone.",
      );
    }
  }
  return { entries, nextNumber, warnings };
}

/** Enters a move that was made, and gives the number that it has there. A second call with the same move changes nothing. */
export async function enterMove(store: NoteStore, move: MoveRecord): Promise<number> {
  const numbers = await listNumbers(store);
  let number = move.number;
  if (numbers.includes(number)) {
    const entry = await readEntry(store, number);
    if (typeof entry === "object" && entry.id === move.id) return number;
    number = Math.max(...numbers) + 1;
  }
  await writeEntry(store, { ...move, number, undone: false });
  return number;
}

/** Takes a move out again that was entered though it was then taken back. Nothing where it was not entered. */
export async function eraseMove(store: NoteStore, move: MoveRecord): Promise<void> {
  const entry = await readEntry(store, move.number);
  if (typeof entry === "object" && entry.id === move.id) await store.removeState(entryName(move.number));
}

/** Marks the move of that number as taken back, or not. Nothing where the ledger does not know it. */
export async function markUndone(store: NoteStore, number: number, undone: boolean): Promise<void> {
  const entry = await readEntry(store, number);
  if (typeof entry === "object" && entry.undone !== undone) await writeEntry(store, { ...entry, undone });
}

/**
 * Where the task stood in the backlog before the latest promotion of it that was not taken back; null where there is
 * none, or where it stood in no group. Ids compare without regard to case (FORMAT.md §5 rule 9).
 */
export function findPlace(entries: readonly LedgerEntry[], id: string): BlockPlace | null {
  for (const entry of [...entries].reverse()) {
    if (entry.undone || entry.kind !== "promotion") continue;
    const block = entry.blocks.find((moved) => moved.place !== null && moved.id.toLowerCase() === id.toLowerCase());
    if (block) return block.place;
  }
  return null;
}

/** The latest move that was not taken back; null where there is none. */
export function findLastMove(entries: readonly LedgerEntry[]): LedgerEntry | null {
  return [...entries].reverse().find((entry) => !entry.undone) ?? null;
}

async function listNumbers(store: NoteStore): Promise<readonly number[]> {
  const names = await store.listState(FOLDER);
  return names
    .filter((name) => /^\d{6,15}\.json$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

async function readEntry(store: NoteStore, number: number): Promise<LedgerEntry | "gone" | "damaged"> {
  const text = await store.readState(entryName(number));
  if (text === null) return "gone";
  const entry = parseState(text);
  return isEntry(entry) && entry.number === number ? entry : "damaged";
}

async function writeEntry(store: NoteStore, entry: LedgerEntry): Promise<void> {
  await store.writeState(entryName(entry.number), JSON.stringify(entry));
}

function entryName(number: number): string {
  return `${FOLDER}/${String(number).padStart(6, "0")}.json`;
}
