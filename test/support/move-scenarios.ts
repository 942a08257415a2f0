// The moves that the matrices of failures run, from a folder in memory that is ready for each. No test framework here: the
// child process of the kill matrix runs them too.
import { planArchival } from "../../src/core/archive";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { findPlace } from "../../src/core/ledger";
import { performMove, type MoveOutcome } from "../../src/core/move";
import { planPromotion } from "../../src/core/promote";
import { planReturn } from "../../src/core/return";
import { readRules } from "../../src/core/rules";
import type { NoteStore } from "../../src/core/store";
import { undoMove } from "../../src/core/undo";
import { MemoryPlace, MemoryStore } from "./memory-store";
import { idOf, textsOf } from "./notation";

export const NAMES = DEFAULT_NAMES;
const REQUEST = { today: "2026-02-05" };

export type Run = (store: NoteStore) => Promise<MoveOutcome>;

export const promote =
  (wishes: { readonly limit?: number; readonly archiveDone?: boolean } = {}): Run =>
  (store) =>
    performMove(
      store,
      NAMES,
      (folder) => {
        const rules = readRules(folder.backlog, wishes.limit === undefined ? {} : { limit: wishes.limit }, {});
        return planPromotion(folder, { rules, archiveDone: wishes.archiveDone ?? false, ...REQUEST });
      },
      REQUEST,
    );

export const archive: Run = (store) => performMove(store, NAMES, (folder) => planArchival(folder, REQUEST), REQUEST);

export const returnTask =
  (name: string): Run =>
  (store) =>
    performMove(
      store,
      NAMES,
      (folder, entries) => planReturn(folder, idOf(name), { place: findPlace(entries, idOf(name)), ...REQUEST }),
      REQUEST,
    );

export const undo: Run = (store) => undoMove(store, NAMES, REQUEST);

/** A move, and the folder that it starts from: a line of the notation, and moves made before. */
export interface Scenario {
  readonly line: string;
  readonly earlier: readonly Run[];
  readonly run: Run;
}

const WHOLE = "infra/high: a b c; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";
const FINISHED = "infra/high: a b | todo: w+ v+ u~ | index: w/todo v/todo u/todo a/backlog";

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  promotion: { line: WHOLE, earlier: [], run: promote() },
  "promotion that creates the todo note": { line: "infra/high: a b; docs/low: d", earlier: [], run: promote() },
  "promotion that archives first": { line: FINISHED, earlier: [], run: promote({ archiveDone: true }) },
  archival: { line: FINISHED, earlier: [], run: archive },
  return: { line: WHOLE, earlier: [promote()], run: returnTask("b") },
  undo: { line: "infra/high: a b; docs/low: d | index: a/backlog", earlier: [promote()], run: undo },
  "undo of a promotion that archived": { line: FINISHED, earlier: [promote({ archiveDone: true })], run: undo },
  "undo of a return": { line: WHOLE, earlier: [promote(), returnTask("b")], run: undo },
};

/** The texts of the notes that a line of the notation stands for, by path. */
export function notesOf(line: string): Record<string, string> {
  const found = Object.entries(textsOf(line)).map(([kind, text]) => [NAMES[kind as keyof typeof NAMES], text]);
  return Object.fromEntries(found.filter(([, text]) => text !== null)) as Record<string, string>;
}

/** A folder in memory that is ready for the scenario. */
export async function prepareScenario({ line, earlier }: Scenario): Promise<MemoryPlace> {
  const place = new MemoryPlace(notesOf(line));
  for (const run of earlier) {
    const { refusal } = await run(new MemoryStore(place));
    if (refusal) throw new Error(`the scenario is refused: ${refusal.message}`);
  }
  return place;
}
