// What has to hold after a move was failed or stopped at any point, and `recover` was run: all of it, or nothing.
import { JOURNAL } from "../../src/core/journal";
import { readLedger } from "../../src/core/ledger";
import { recoverMove } from "../../src/core/recover";
import type { NoteStore } from "../../src/core/store";
import { NAMES, type Scenario } from "./move-scenarios";
import { MemoryStore, type MemoryPlace } from "./memory-store";

/** A scenario with the notes before and after it, and how many moves stand in the ledger, not taken back. */
export interface Reference {
  readonly before: Readonly<Record<string, string>>;
  readonly after: Readonly<Record<string, string>>;
  readonly movesBefore: number;
  readonly movesAfter: number;
}

/** Runs the scenario with nothing in its way. */
export async function makeReference(scenario: Scenario, place: MemoryPlace): Promise<Reference> {
  const store = new MemoryStore(place);
  const before = place.texts();
  const movesBefore = await countMoves(store);
  const { refusal } = await scenario.run(store);
  if (refusal) throw new Error(`the scenario is refused: ${refusal.message}`);
  return { before, after: place.texts(), movesBefore, movesAfter: await countMoves(store) };
}

/** How many moves of the ledger are not taken back. Rejects where a file of it is damaged. */
export async function countMoves(store: NoteStore): Promise<number> {
  const { entries, warnings } = await readLedger(store, NAMES);
  if (warnings.length > 0) throw new Error(warnings.join(" "));
  return entries.filter((entry) => !entry.undone).length;
}

/**
 * Recovers, twice, and looks at what there is: the notes are those before or those after to the byte, the ledger says the
 * same, no journal is left, and recovering again does nothing. Gives which of both it is.
 */
export async function expectWhole(
  store: NoteStore,
  readNotes: () => Readonly<Record<string, string>>,
  reference: Reference,
): Promise<"before" | "after"> {
  const { refusal } = await recoverMove(store, NAMES, {});
  expect(refusal).toBeNull();
  expect((await recoverMove(store, NAMES, {})).kind).toBe("none");
  const notes = readNotes();
  const end = JSON.stringify(notes) === JSON.stringify(reference.after) ? "after" : "before";
  expect(notes).toEqual(reference[end]);
  expect(await countMoves(store)).toBe(end === "after" ? reference.movesAfter : reference.movesBefore);
  expect(await store.readState(JOURNAL)).toBeNull();
  return end;
}
