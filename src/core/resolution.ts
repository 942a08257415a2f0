import type { MoveRecord } from "./journal";
import type { NoteStore } from "./store";
import type { NoteChange } from "./plan";
import type { RebaseFailure } from "./rebase";
import type { Crossing, CrossingPair, Standing, State } from "./standing";
import { rebaseCrossing } from "./rebase";
import { decideState, isUntouched, pairCrossings, readStanding } from "./standing";

/** The changes that bring crossings to their notes as these stand; they hold only where `failures` is empty. */
export interface CrossingPlan {
  readonly changes: readonly NoteChange[];
  readonly warnings: readonly string[];
  readonly failures: readonly RebaseFailure[];
}

/** What becomes of a move under way: changes still to be written, in order. */
export type Resolution =
  | {
      /** Finished, taken back, or dropped because nothing of it was written. */
      readonly kind: "finished" | "taken-back" | "dropped";
      readonly changes: readonly NoteChange[];
      readonly warnings: readonly string[];
    }
  | { readonly kind: "unresolvable"; readonly reasons: readonly string[] };

interface Row extends CrossingPair {
  readonly standing: Standing;
  readonly state: State;
}

/**
 * How a move under way ends. It goes forward where something of it was written and the rest can be, else back; nothing
 * that it moves is then in no note, or in two. `attempted`: only these notes can have been written, and the move goes
 * back; null: whatever the notes say.
 */
export async function planResolution(
  store: NoteStore,
  move: MoveRecord,
  attempted: ReadonlySet<string> | null,
): Promise<Resolution> {
  const rows: Row[] = [];
  for (const pair of pairCrossings(move)) {
    if (attempted !== null && !attempted.has(pair.forward.path)) continue;
    const standing = await readStanding(store, pair.forward.path);
    rows.push({ ...pair, standing, state: decideState(pair.forward, standing) });
  }
  const vital = rows.filter(({ forward }) => forward.gained.length + forward.lost.length > 0);
  const unclear = describeRows(vital, "unclear");
  if (unclear.length > 0) return { kind: "unresolvable", reasons: unclear };
  if (attempted === null && vital.length > 0 && vital.every(({ state }) => state === "gone")) {
    return { kind: "unresolvable", reasons: ["None of its notes is there any more."] };
  }
  const decisive = vital.length > 0 ? vital : rows;
  const beside = describeRows(rows, "unclear");
  if (!decisive.some(({ state }) => state === "done" || state === "partial")) {
    return { kind: "dropped", changes: [], warnings: beside };
  }
  const reasons: string[] = [];
  for (const direction of attempted === null ? (["forward", "backward"] as const) : (["backward"] as const)) {
    const plan = await planDirection(store, rows, direction);
    const partial = direction === "forward" ? describeRows(rows, "partial") : [];
    if (plan.failures.length + partial.length === 0) {
      const kind = direction === "forward" ? "finished" : "taken-back";
      return { kind, changes: plan.changes, warnings: [...plan.warnings, ...beside] };
    }
    reasons.push(...partial, ...plan.failures.map(describeFailure));
  }
  return { kind: "unresolvable", reasons: [...new Set(reasons)] };
}

/** The notes that still have to be written in one direction. */
function planDirection(
  store: NoteStore,
  rows: readonly Row[],
  direction: "forward" | "backward",
): Promise<CrossingPlan> {
  const ahead: readonly State[] = direction === "forward" ? ["open", "gone"] : ["done", "partial", "gone"];
  const left = rows.filter(({ state }) => ahead.includes(state));
  const ordered = direction === "forward" ? left : left.reverse();
  const crossings = ordered.map((row) => ({ crossing: row[direction], standing: row.standing }));
  return planCrossings(store, crossings, false);
}

/**
 * Brings crossings to their notes, in order. What a record says is data from outside: where a note is what it starts from
 * to the byte, the result has to have the digest that it names.
 */
export async function planCrossings(
  store: NoteStore,
  crossings: readonly { readonly crossing: Crossing; readonly standing: Standing }[],
  strict: boolean,
): Promise<CrossingPlan> {
  const changes: NoteChange[] = [];
  const warnings: string[] = [];
  const failures: RebaseFailure[] = [];
  for (const { crossing, standing } of crossings) {
    const rebased = rebaseCrossing(crossing, standing, strict);
    if (rebased.failure) {
      failures.push(rebased.failure);
      continue;
    }
    const { change } = rebased;
    warnings.push(...rebased.warnings);
    if (change === null) continue;
    const digest = change.after === null ? null : await store.digest(change.after);
    if (isUntouched(crossing, standing) && digest !== crossing.after) {
      failures.push({ kind: "damaged", path: crossing.path });
    } else if (change.before !== change.after) {
      changes.push(change);
    }
  }
  return { changes, warnings, failures };
}

/** Why a crossing does not fit its note, in a sentence. */
export function describeFailure(failure: RebaseFailure): string {
  switch (failure.kind) {
    case "damaged":
      return `${failure.path} is not valid UTF-8, or not what the record of the move says.`;
    case "changed":
      return `${failure.id} in ${failure.path} was changed, taken away or doubled since.`;
    case "no-place":
      return `${failure.path} has no place for ${failure.id} any more.`;
  }
}

function describeRows(rows: readonly Row[], state: State): readonly string[] {
  return rows
    .filter((row) => row.state === state)
    .map(
      ({ forward }) =>
        `${forward.path} was changed since, and stands neither as the move found it nor as the move leaves it.`,
    );
}
