import { COMPANIONS, type BacklogFolder, type NoteNames } from "./folder";
import type { LedgerEntry } from "./ledger";
import type { Note } from "./note";
import type { Plan, Planned } from "./plan";
import type { Refusal } from "./refusal";
import type { NoteStore } from "./store";
import { JOURNAL } from "./journal";
import { readLedger } from "./ledger";
import { parseNote } from "./note";
import { carryOut, catchRefusal } from "./steps";

/** How a request for a move ended. */
export interface MoveOutcome {
  /** What was written, or with a dry run would be; null where the request was refused. */
  readonly plan: Plan | null;
  readonly refusal: Refusal | null;
  /** Paths of the notes that were written, in order. */
  readonly written: readonly string[];
  /** The number in the ledger of what was written; null where the ledger has no entry for it (a dry run, an undo, an edit). */
  readonly number: number | null;
  /** Sentences that the person should read: the plan's, and those on the ledger. */
  readonly warnings: readonly string[];
}

/** How a move is to be made. */
export interface MoveRequest {
  /** The day that the ledger notes, YYYY-MM-DD. */
  readonly today: string;
  /** True: plan only, take no lock, write nothing. Default false. */
  readonly dryRun?: boolean;
}

/** Makes a plan from the folder as it stands and the moves made in it, oldest first. It may be called twice. */
export type PlanMaker = (folder: BacklogFolder, ledger: readonly LedgerEntry[]) => Planned;

/** The notes of a backlog folder as they stand; refused where there is no backlog, or a note is not valid UTF-8. */
export async function readFolder(
  store: NoteStore,
  names: NoteNames,
): Promise<
  { readonly folder: BacklogFolder; readonly refusal: null } | { readonly folder: null; readonly refusal: Refusal }
> {
  const notes: { -readonly [K in keyof NoteNames]: Note | null } = {
    backlog: null,
    todo: null,
    archive: null,
    index: null,
  };
  for (const kind of COMPANIONS) {
    const read = await store.read(names[kind]);
    if (read.kind === "not-utf8") return { folder: null, refusal: refuseDamaged(names[kind]) };
    if (read.kind === "text") notes[kind] = parseNote(read.text);
  }
  if (notes.backlog === null) return { folder: null, refusal: refuseNoBacklog(names) };
  return { folder: { names, ...notes }, refusal: null };
}

/**
 * Makes a plan of the folder and writes it (FORMAT.md §5): under the lock, with a journal, each note compared with what
 * the plan saw, and the move noted in the ledger. Refused, nothing is written; where it can be known in advance, not even
 * `.backlog-cards/`. Rejects with a StoreError where the medium refuses: what was written is then taken back.
 */
export function performMove(
  store: NoteStore,
  names: NoteNames,
  makePlan: PlanMaker,
  request: MoveRequest,
): Promise<MoveOutcome> {
  return runMove(store, names, request, async () => {
    const { folder, refusal } = await readFolder(store, names);
    if (refusal) return { planned: { plan: null, refusal }, number: 0, undoes: null, warnings: [] };
    const { entries, nextNumber, warnings } = await readLedger(store, names);
    return { planned: makePlan(folder, entries), number: nextNumber, undoes: null, warnings };
  });
}

/** A plan, or why there is none, with what the ledger says. */
export interface PreparedMove {
  readonly planned: Planned;
  readonly number: number;
  /** The number of the move that an undo takes back; null of every other kind. */
  readonly undoes: number | null;
  readonly warnings: readonly string[];
}

/** Prepares a move and carries it out under the lock, or as a dry run without. `prepare` only reads; it may be called twice. */
export async function runMove(
  store: NoteStore,
  names: NoteNames,
  request: MoveRequest,
  prepare: () => Promise<PreparedMove>,
): Promise<MoveOutcome> {
  const { kind } = await store.read(names.backlog);
  if (kind === "absent") return refuseMove(refuseNoBacklog(names));
  const attempt = async (write: boolean): Promise<MoveOutcome> => {
    if ((await store.readState(JOURNAL)) !== null) return refuseMove(refusePending());
    const { planned, number, undoes, warnings } = await prepare();
    if (planned.refusal) return refuseMove(planned.refusal, warnings);
    const { plan } = planned;
    const steps = write
      ? await carryOut(store, names, { plan, number, date: request.today, undoes })
      : { written: [], number: null, refusal: null };
    if (steps.refusal) return refuseMove(steps.refusal, warnings);
    const { written, number: entered } = steps;
    return { plan, refusal: null, written, number: entered, warnings: [...plan.warnings, ...warnings] };
  };
  if (request.dryRun) return attempt(false);
  if (await isUnused(store)) {
    const preview = await attempt(false);
    // Another process may have begun a move meanwhile: then what was read may be half of it.
    if (isIdle(preview) && (await isUnused(store))) return preview;
  }
  return withLock(store, () => attempt(true), refuseMove);
}

/** Does something under the lock; `refuse` says how it ends where another process holds it. The lock is always released. */
export async function withLock<T>(
  store: NoteStore,
  action: () => Promise<T>,
  refuse: (refusal: Refusal) => T,
): Promise<T> {
  const lock = await store.lock();
  if (!lock.held) return refuse({ code: "move-in-progress", message: lock.owner });
  let outcome: T;
  try {
    outcome = await action();
  } catch (error) {
    await catchRefusal(() => lock.release());
    throw error;
  }
  await lock.release();
  return outcome;
}

/** The outcome of a request that is refused. */
export function refuseMove(refusal: Refusal, warnings: readonly string[] = []): MoveOutcome {
  return { plan: null, refusal, written: [], number: null, warnings };
}

/** Why a note that is not valid UTF-8 takes part in no move (FORMAT.md §2). */
export function refuseDamaged(path: string): Refusal {
  return { code: "damaged-note", message: `${path} is not valid UTF-8: save it as UTF-8, then try again.` };
}

/** Why nothing moves where there is no backlog. */
export function refuseNoBacklog(names: NoteNames): Refusal {
  return {
    code: "no-backlog",
    message: `There is no ${names.backlog} here: name a folder that holds one, or start it.`,
  };
}

/** Why nothing else moves before an interrupted move is ended. */
export function refusePending(): Refusal {
  return {
    code: "move-in-progress",
    message: "An earlier move was interrupted: run `recover` to finish it or take it back, then try again.",
  };
}

/** Whether no process ever kept a state, a lock or a journal here. */
async function isUnused(store: NoteStore): Promise<boolean> {
  return (await store.listState("")).length === 0;
}

function isIdle({ plan }: MoveOutcome): boolean {
  return plan === null || plan.changes.every(({ before, after }) => before === after);
}
