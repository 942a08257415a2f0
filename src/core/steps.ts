import type { NoteNames } from "./folder";
import type { MoveRecord } from "./journal";
import type { NoteStore } from "./store";
import type { NoteChange, Plan } from "./plan";
import type { Refusal } from "./refusal";
import { findAlien, JOURNAL, recordMove, STATE_LIMIT } from "./journal";
import { enterMove, eraseMove, markUndone } from "./ledger";
import { planResolution } from "./resolution";
import { StoreError } from "./store";

/** How the writing of a plan ended. */
export type StepsOutcome =
  | {
      readonly written: readonly string[];
      /** Of the entry in the ledger that was made; null where none was. */
      readonly number: number | null;
      readonly refusal: null;
    }
  | { readonly refusal: Refusal };

/** A plan with what journal and ledger note beside it. */
export interface PlannedMove {
  readonly plan: Plan;
  /** Its number in the ledger. */
  readonly number: number;
  readonly date: string;
  /** The number of the move that an undo takes back; null of every other kind. */
  readonly undoes: number | null;
}

/** How often notes that change while a move is taken back are looked at anew. */
const ATTEMPTS = 3;

/**
 * Writes a plan under a lock that is held: journal, notes in order, ledger; then the journal goes. Where a note is not
 * what the plan saw, what was written is taken back and the move ends in `stale-source`. Where the medium refuses, it is
 * taken back too, and the StoreError is thrown. What can't be taken back stays in the journal, and the message says so.
 */
export async function carryOut(store: NoteStore, names: NoteNames, planned: PlannedMove): Promise<StepsOutcome> {
  const { kind, blocks } = planned.plan;
  const changes = planned.plan.changes.filter(({ before, after }) => before !== after);
  if (changes.length === 0) return { written: [], number: null, refusal: null };
  const { number, date, undoes } = planned;
  const move = await recordMove({ kind, changes, blocks, number, date, undoes }, (text) => store.digest(text));
  const alien = findAlien(move, names);
  if (alien !== null) throw new RangeError(`a plan of kind ${kind} names ${alien}`);
  await openJournal(store, move);
  const attempted = new Set<string>();
  const end = await writeChanges(store, move, changes, attempted);
  if (end.failure === null) {
    await closeJournal(store);
    return { written: changes.map(({ path }) => path), number: end.number, refusal: null };
  }
  const { failure } = end;
  const left = await takeBack(store, move, attempted);
  if (failure instanceof StoreError) throw left === null ? failure : new StoreError(`${failure.message} ${left}`);
  const message = `${failure.stale} was changed by another program while the move was under way.`;
  return { refusal: { code: "stale-source", message: `${message} ${left ?? "Nothing was moved: try again."}` } };
}

/**
 * Writes changes in order until one finds its note changed; gives that note's path, else null. No block leaves a note
 * while the note that it went to is not as it was written: that is looked at before every write but the first.
 */
export async function writeInOrder(
  store: NoteStore,
  changes: readonly NoteChange[],
  written: Set<string>,
): Promise<string | null> {
  let last: NoteChange | null = null;
  for (const change of changes) {
    if (last !== null && !(await isStill(store, last))) return last.path;
    written.add(change.path);
    if ((await store.write(change)) === "stale") {
      written.delete(change.path);
      return change.path;
    }
    last = change;
  }
  return null;
}

async function isStill(store: NoteStore, { path, after }: NoteChange): Promise<boolean> {
  const read = await store.read(path);
  return after === null ? read.kind === "absent" : read.kind === "text" && read.text === after;
}

/** Notes in the ledger that a move is made. Once is as good as twice. Gives the number of its entry; null where it has none. */
export async function noteDone(store: NoteStore, move: MoveRecord): Promise<number | null> {
  if (move.undoes === null) return move.kind === "edit" ? null : enterMove(store, move);
  await markUndone(store, move.undoes, true);
  return null;
}

/** Notes in the ledger that a move is not made, or was taken back. Once is as good as twice. */
export async function noteTakenBack(store: NoteStore, move: MoveRecord): Promise<void> {
  if (move.undoes !== null) await markUndone(store, move.undoes, false);
  else if (move.kind !== "edit") await eraseMove(store, move);
}

/** The StoreError in which an action ends; null where it ends well. Anything else that it throws is thrown. */
export async function catchRefusal(action: () => Promise<unknown>): Promise<StoreError | null> {
  try {
    await action();
    return null;
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
}

async function openJournal(store: NoteStore, move: MoveRecord): Promise<void> {
  const text = JSON.stringify(move);
  if (text.length > STATE_LIMIT) {
    throw new StoreError(`The move is too large for a journal (${text.length} characters): move fewer tasks at once.`);
  }
  const failure = await catchRefusal(() => store.writeState(JOURNAL, text));
  if (failure === null) return;
  // It may have been written all the same; nothing else was, so that a journal left here is dropped by `recover`.
  await catchRefusal(() => store.removeState(JOURNAL));
  throw failure;
}

async function closeJournal(store: NoteStore): Promise<void> {
  const failure = await catchRefusal(() => store.removeState(JOURNAL));
  if (failure) throw new StoreError(`${failure.message} The notes are written; run \`recover\` to close the move.`);
}

async function writeChanges(
  store: NoteStore,
  move: MoveRecord,
  changes: readonly NoteChange[],
  attempted: Set<string>,
): Promise<
  | { readonly failure: null; readonly number: number | null }
  | { readonly failure: StoreError | { readonly stale: string } }
> {
  try {
    const stale = await writeInOrder(store, changes, attempted);
    if (stale !== null) return { failure: { stale } };
    return { failure: null, number: await noteDone(store, move) };
  } catch (error) {
    if (error instanceof StoreError) return { failure: error };
    throw error;
  }
}

/** Takes back what was written of a move; null where nothing of it is left, else what is to be done about it. */
async function takeBack(store: NoteStore, move: MoveRecord, attempted: ReadonlySet<string>): Promise<string | null> {
  let reasons: readonly string[] = [];
  const failure = await catchRefusal(async () => {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const resolution = await planResolution(store, move, attempted);
      if (resolution.kind === "unresolvable") {
        reasons = resolution.reasons;
        return;
      }
      const stale = await writeInOrder(store, resolution.changes, new Set());
      reasons = stale === null ? [] : [`${stale} keeps changing.`];
      if (stale === null) break;
    }
    if (reasons.length > 0) return;
    await noteTakenBack(store, move);
    await store.removeState(JOURNAL);
  });
  if (failure) reasons = [failure.message];
  return reasons.length === 0
    ? null
    : `What was written could not be taken back (${reasons.join(" ")}): run \`recover\` before the next move.`;
}
