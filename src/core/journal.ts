import type { NoteNames } from "./folder";
import type { Hunk, HunkSide } from "./hunks";
import type { BlockPlace, MovedBlock, NoteChange, PlanKind } from "./plan";
import { makeHunks } from "./hunks";
import { isCount, isText, listOf, objectOf, oneOf, orNull, textLike } from "./shape";

/** What a move does to one note: enough to finish it, to take it back, and to tell which of both is there. */
export interface NoteRecord {
  /** Relative to the backlog folder, `/` between segments. */
  readonly path: string;
  /** SHA-256 of the note before and after, in hexadecimal; null where it does not exist. */
  readonly before: string | null;
  readonly after: string | null;
  readonly hunks: readonly Hunk[];
}

/** One move as journal and ledger hold it, with the texts that it takes out and puts in. */
export interface MoveRecord {
  readonly version: 1;
  /** The move's number in the ledger, from 1. */
  readonly number: number;
  /** The same for one move only, at any time. */
  readonly id: string;
  readonly kind: PlanKind;
  /** The day of the move, YYYY-MM-DD. */
  readonly date: string;
  /** In the order in which they are written. */
  readonly notes: readonly NoteRecord[];
  readonly blocks: readonly MovedBlock[];
  /** The number of the move that an undo takes back; null of every other kind. */
  readonly undoes: number | null;
}

/** A journal as it was found: a move under way, or why nothing can be done by it. */
export type JournalRead =
  | { readonly kind: "none" }
  | { readonly kind: "move"; readonly move: MoveRecord }
  | { readonly kind: "unreadable"; readonly reason: string; readonly text: string };

/** Name of the journal among the states of a store. */
export const JOURNAL = "journal.json";

/**
 * The longest journal or ledger entry that is read or written, in UTF-16 code units. A store need not give more of a
 * state than one unit over it.
 */
export const STATE_LIMIT = 64 * 1024 * 1024;

const isDigest = textLike(/^[0-9a-f]{64}$/);

const isSide = objectOf<HunkSide>({ at: isCount, text: isText, head: isText, tail: isText });

const isNote = objectOf<NoteRecord>({
  path: isText,
  before: orNull(isDigest),
  after: orNull(isDigest),
  hunks: listOf(objectOf<Hunk>({ before: isSide, after: isSide })),
});

const isBlock = objectOf<MovedBlock>({
  id: textLike(/\S/),
  title: isText,
  line: isCount,
  from: isText,
  to: isText,
  sourceText: isText,
  destinationText: isText,
  place: orNull(
    objectOf<BlockPlace>({ type: orNull(isText), priority: orNull(isText), title: isText, ids: listOf(isText) }),
  ),
});

/** Whether a value from outside has the shape of a move; what it names is not looked at. */
export const isMove = objectOf<MoveRecord>({
  version: oneOf(1),
  number: isCount,
  id: isDigest,
  kind: oneOf<PlanKind>("promotion", "archival", "return", "undo", "edit"),
  date: textLike(/^\d{4}-\d\d-\d\d$/),
  notes: listOf(isNote),
  blocks: listOf(isBlock),
  undoes: orNull(isCount),
});

/**
 * The record of a move that is about to be made. `digest` is the store's. The id is made from all that the move is, its
 * number among it: the same move made again has another one.
 */
export async function recordMove(
  move: {
    readonly kind: PlanKind;
    readonly changes: readonly NoteChange[];
    readonly blocks: readonly MovedBlock[];
    readonly number: number;
    readonly date: string;
    readonly undoes: number | null;
  },
  digest: (text: string) => Promise<string>,
): Promise<MoveRecord> {
  const notes: NoteRecord[] = [];
  for (const { path, before, after, edits } of move.changes) {
    notes.push({
      path,
      before: before === null ? null : await digest(before),
      after: after === null ? null : await digest(after),
      hunks: makeHunks(before ?? "", after ?? "", edits),
    });
  }
  const { kind, number, date, blocks, undoes } = move;
  const rest = { kind, date, notes, blocks, undoes };
  return { version: 1, number, id: await digest(JSON.stringify([number, rest])), ...rest };
}

/**
 * What a journal's text says; `none` for null. Total: a journal is data from outside. Only a move that names
 * notes of the folder and nothing else is one (FORMAT.md §1); of an edit, that may be any note directly in it.
 */
export function readJournal(text: string | null, names: NoteNames): JournalRead {
  if (text === null) return { kind: "none" };
  const move = parseState(text);
  if (move === undefined) return { kind: "unreadable", reason: describeUnparsed(text), text };
  if (!isMove(move)) return { kind: "unreadable", reason: "it is no journal of a move that this version knows", text };
  const alien = findAlien(move, names);
  return alien === null
    ? { kind: "move", move }
    : { kind: "unreadable", reason: `it names ${printable(alien)}, which is no note of this folder`, text };
}

/** The value that a state's text holds; undefined where it is too long or no JSON. */
export function parseState(text: string): unknown {
  if (text.length > STATE_LIMIT) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof RangeError) return undefined;
    throw error;
  }
}

/** The first path of a move that is not one that its kind may write, or that it names twice; null if there is none. */
export function findAlien(move: Pick<MoveRecord, "kind" | "notes" | "blocks">, names: NoteNames): string | null {
  const seen = new Set<string>();
  for (const { path } of move.notes) {
    if (seen.has(path) || !isOwnNote(path, move.kind, names)) return path;
    seen.add(path);
  }
  for (const { from, to } of move.blocks) {
    if (!seen.has(from)) return from;
    if (!seen.has(to) || to === from) return to;
  }
  return null;
}

/** A move in a few lines for a person: kind, day, tasks, notes. Control characters are shown as codes. */
export function describeMove(move: MoveRecord): string {
  const lines = [`${move.kind} of ${move.date}`];
  for (const { id, title, from, to } of move.blocks) {
    lines.push(`  ${printable(id)} ${printable(title)}: ${printable(from)} -> ${printable(to)}`);
  }
  for (const { path, before, after } of move.notes) {
    lines.push(`  ${printable(path)}${before === null ? " (created)" : after === null ? " (removed)" : ""}`);
  }
  return lines.join("\n");
}

/** A text from outside on one line, cut to 200 characters, with control characters as codes. */
export function printable(text: string): string {
  const start = text.slice(0, 200).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, escapeUnits);
  return text.length > 200 ? `${start}…` : start;
}

function escapeUnits(char: string): string {
  const units = char.split("").map((unit) => unit.charCodeAt(0).toString(16).padStart(4, "0"));
  return units.map((unit) => `\\u${unit}`).join("");
}

function describeUnparsed(text: string): string {
  return text.length > STATE_LIMIT ? "it is longer than any journal of a move" : "it is no JSON";
}

function isOwnNote(path: string, kind: PlanKind, names: NoteNames): boolean {
  if (Object.values<string>({ ...names }).includes(path)) return true;
  return kind === "edit" && /^[^./\\\p{C}][^/\\\p{C}]*\.md$/u.test(path);
}
