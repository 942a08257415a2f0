import type { NoteNames } from "./folder";
import type { LedgerEntry } from "./ledger";
import type { MoveOutcome, MoveRequest } from "./move";
import type { MovedBlock, Planned } from "./plan";
import type { RebaseFailure } from "./rebase";
import type { Refusal } from "./refusal";
import type { NoteStore } from "./store";
import { findLastMove, readLedger } from "./ledger";
import { lineNumberAt } from "./line-ends";
import { refuseDamaged, runMove } from "./move";
import { describeFailure, planCrossings } from "./resolution";
import { listReturns, readStanding } from "./standing";

/** How a move is to be taken back. */
export interface UndoRequest extends MoveRequest {
  /** Only the move of this number in the ledger, and only while it is the last. Default: whichever is the last. */
  readonly number?: number;
}

/**
 * Takes back the last move that was not taken back yet (FORMAT.md §5 rule 10): to the byte where nothing was edited
 * since, else as long as each moved block stands unchanged where it went, and its old place is found. A note that the
 * move created goes with it, if nothing else was written into it. Refused with `nothing-to-undo`, `block-changed`,
 * `place-lost` or `damaged-note`; otherwise like any move.
 */
export function undoMove(store: NoteStore, names: NoteNames, request: UndoRequest): Promise<MoveOutcome> {
  return runMove(store, names, request, async () => {
    const { entries, nextNumber, warnings } = await readLedger(store, names);
    const entry = findLastMove(entries);
    const refusal = refuseEntry(entries, entry, request.number);
    // Where nothing is refused there is an entry.
    const planned = refusal ? { plan: null, refusal } : await planUndo(store, names, entry as LedgerEntry);
    return { planned, number: nextNumber, undoes: entry ? entry.number : null, warnings };
  });
}

/** The plan that takes a move back, from the notes as they stand. */
async function planUndo(store: NoteStore, names: NoteNames, entry: LedgerEntry): Promise<Planned> {
  const crossings = [];
  for (const crossing of listReturns(entry, names)) {
    crossings.push({ crossing, standing: await readStanding(store, crossing.path) });
  }
  const { changes, warnings, failures } = await planCrossings(store, crossings, true);
  const [failure] = failures;
  if (failure) return { plan: null, refusal: refuseFailure(failure) };
  const blocks = crossings.flatMap(({ crossing, standing: { text } }) =>
    text === null ? [] : entry.blocks.filter(({ to }) => to === crossing.path).map((block) => turnBack(block, text)),
  );
  return { plan: { kind: "undo", changes, blocks, warnings }, refusal: null };
}

/** The block on its way back, out of the note where it stands now. */
function turnBack(block: MovedBlock, text: string): MovedBlock {
  return {
    ...block,
    line: lineNumberAt(text, text.indexOf(block.destinationText)),
    from: block.to,
    to: block.from,
    sourceText: block.destinationText,
    destinationText: block.sourceText,
  };
}

function refuseEntry(entries: readonly LedgerEntry[], last: LedgerEntry | null, wanted?: number): Refusal | null {
  const refuse = (message: string): Refusal => ({ code: "nothing-to-undo", message });
  const entry = wanted === undefined ? last : entries.find(({ number }) => number === wanted);
  if (entry && entry.number === last?.number) return null;
  if (wanted === undefined) return refuse("No move is left here that could be taken back.");
  if (!entry) return refuse("The ledger does not know this move any more: what it moved stays where it is.");
  if (entry.undone) return refuse("This move was taken back already.");
  return refuse("Another move was made since: take that back first.");
}

function refuseFailure(failure: RebaseFailure): Refusal {
  switch (failure.kind) {
    case "damaged":
      return refuseDamaged(failure.path);
    case "changed":
      return {
        code: "block-changed",
        message: `${describeFailure(failure)} Move ${failure.id} by hand, or \`return\` it: undo would lose what was changed.`,
      };
    case "no-place":
      return {
        code: "place-lost",
        message: `${describeFailure(failure)} \`return\` takes a task out of the batch without its old place.`,
      };
  }
}
