import type { NoteNames } from "./folder";
import type { JournalRead, MoveRecord } from "./journal";
import type { Plan } from "./plan";
import type { Refusal } from "./refusal";
import type { Resolution } from "./resolution";
import type { NoteStore } from "./store";
import { describeMove, JOURNAL, printable, readJournal } from "./journal";
import { withLock } from "./move";
import { planResolution } from "./resolution";
import { noteDone, noteTakenBack, writeInOrder } from "./steps";

/** How a request to recover ended. */
export interface RecoverOutcome {
  /** `none`: no move was interrupted. `dropped`: nothing of it had been written. `refused`: it is left as it is. */
  readonly kind: "none" | "finished" | "taken-back" | "dropped" | "discarded" | "refused";
  /** The interrupted move in a few lines for a person; null where there is none. */
  readonly journal: string | null;
  /** What was written to end it, or with a dry run would be; null where nothing was to be done, or it was refused. */
  readonly plan: Plan | null;
  readonly refusal: Refusal | null;
  readonly written: readonly string[];
  /** The number in the ledger of the move that was finished; null where none was, or it has no entry (an undo, an edit). */
  readonly number: number | null;
  readonly warnings: readonly string[];
}

/** How to recover. */
export interface RecoverRequest {
  /** True: the journal is dropped and the notes are left as they stand. Default false. */
  readonly discard?: boolean;
  /** True: plan only, take no lock, write nothing. Default false. */
  readonly dryRun?: boolean;
}

const NOTHING = { plan: null, refusal: null, written: [], number: null, warnings: [] } as const;

/**
 * Ends an interrupted move: finishes it where something of it was written and the rest can be, else takes it back. Run
 * again after being interrupted itself, it goes on. What it can't resolve it shows and leaves, with the refusal
 * `unresolvable-journal`; `discard` drops that too. Rejects with a StoreError where the medium refuses.
 */
export async function recoverMove(
  store: NoteStore,
  names: NoteNames,
  request: RecoverRequest,
): Promise<RecoverOutcome> {
  if (request.dryRun) return resolveJournal(store, names, request);
  if ((await store.readState(JOURNAL)) === null) return { kind: "none", journal: null, ...NOTHING };
  return withLock(
    store,
    () => resolveJournal(store, names, request),
    (refusal) => refuse(null, refusal),
  );
}

async function resolveJournal(
  store: NoteStore,
  names: NoteNames,
  { discard = false, dryRun = false }: RecoverRequest,
): Promise<RecoverOutcome> {
  const read = readJournal(await store.readState(JOURNAL), names);
  if (read.kind === "none") return { kind: "none", journal: null, ...NOTHING };
  const journal = describeJournal(read);
  if (discard) {
    if (!dryRun) await store.removeState(JOURNAL);
    return { kind: "discarded", journal, ...NOTHING };
  }
  if (read.kind === "unreadable") return refuse(journal, refuseJournal([`The journal can't be used: ${read.reason}.`]));
  const resolution = await planResolution(store, read.move, null);
  if (resolution.kind === "unresolvable") return refuse(journal, refuseJournal(resolution.reasons));
  const { kind, changes, warnings } = resolution;
  const plan: Plan = { kind: read.move.kind, changes, blocks: read.move.blocks, warnings };
  if (dryRun) return { ...NOTHING, kind, journal, plan, warnings };
  return writeResolution(store, read.move, journal, resolution, plan);
}

async function writeResolution(
  store: NoteStore,
  move: MoveRecord,
  journal: string,
  { kind, changes, warnings }: Exclude<Resolution, { kind: "unresolvable" }>,
  plan: Plan,
): Promise<RecoverOutcome> {
  const stale = await writeInOrder(store, changes, new Set());
  if (stale !== null) {
    const message = `${stale} was changed by another program just now: run \`recover\` again.`;
    return refuse(journal, { code: "stale-source", message });
  }
  let number: number | null = null;
  if (kind === "finished") number = await noteDone(store, move);
  else await noteTakenBack(store, move);
  await store.removeState(JOURNAL);
  const written = changes.map(({ path }) => path);
  return { kind, journal, plan, refusal: null, written, number, warnings };
}

function describeJournal(read: Exclude<JournalRead, { kind: "none" }>): string {
  return read.kind === "move" ? describeMove(read.move) : printable(read.text);
}

function refuseJournal(reasons: readonly string[]): Refusal {
  const wayOut = "Look at the notes, then drop the journal with `recover --discard`.";
  return { code: "unresolvable-journal", message: `${reasons.join(" ")} ${wayOut}` };
}

function refuse(journal: string | null, refusal: Refusal): RecoverOutcome {
  return { ...NOTHING, kind: "refused", journal, refusal };
}
