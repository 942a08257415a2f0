import type { NoteNames } from "./folder";
import type { Hunk } from "./hunks";
import type { MoveRecord, NoteRecord } from "./journal";
import type { NoteStore } from "./store";
import type { BlockPlace, MovedBlock } from "./plan";
import { invertHunk, locateHunk } from "./hunks";
import { parseNote } from "./note";

/** A block that a note gains or loses. */
export interface Passage {
  readonly id: string;
  /** The block as it stands, or will stand, in that note. */
  readonly text: string;
  /** Where it belongs in the backlog that gains it; null where that is not known. */
  readonly place: BlockPlace | null;
}

/** One note of a move, read in one direction: what it was, what it becomes, and the blocks that come and go. */
export interface Crossing extends NoteRecord {
  readonly gained: readonly Passage[];
  readonly lost: readonly Passage[];
  /** Whether every other block stays as it is; false of an edit, which changes text inside blocks. */
  readonly conserves: boolean;
}

/** A note as it stands now. */
export interface Standing {
  /** Null where there is none. */
  readonly text: string | null;
  readonly digest: string | null;
  readonly damaged: boolean;
}

/**
 * How far a note is on its way: `done` as the move leaves it, `open` as the move found it, both also where it was edited
 * elsewhere since; `partial` where it holds some of the blocks that came; `gone` where somebody removed it; `unclear` where
 * it is none of these.
 */
export type State = "done" | "open" | "partial" | "gone" | "unclear";

/** One note of a move, read in both directions. */
export interface CrossingPair {
  readonly forward: Crossing;
  readonly backward: Crossing;
}

/** The notes of a move in the order in which they are written. */
export function pairCrossings(move: MoveRecord): readonly CrossingPair[] {
  const placesDestination = move.kind === "undo";
  const conserves = move.kind !== "edit";
  const atSource = (block: MovedBlock, place: BlockPlace | null): Passage => ({
    id: block.id,
    text: block.sourceText,
    place,
  });
  const atDestination = (block: MovedBlock, place: BlockPlace | null): Passage => ({
    id: block.id,
    text: block.destinationText,
    place,
  });
  return move.notes.map((note) => {
    const came = move.blocks.filter((block) => block.to === note.path);
    const went = move.blocks.filter((block) => block.from === note.path);
    const forward: Crossing = {
      ...note,
      gained: came.map((block) => atDestination(block, placesDestination ? block.place : null)),
      lost: went.map((block) => atSource(block, null)),
      conserves,
    };
    const backward: Crossing = {
      path: note.path,
      before: note.after,
      after: note.before,
      hunks: note.hunks.map(invertHunk),
      gained: went.map((block) => atSource(block, placesDestination ? null : block.place)),
      lost: came.map((block) => atDestination(block, null)),
      conserves,
    };
    return { forward, backward };
  });
}

/** The crossings that take a whole move back, in the order of writing: where the blocks return to first, the index last. */
export function listReturns(move: MoveRecord, names: NoteNames): readonly Crossing[] {
  const returns = pairCrossings(move)
    .map(({ backward }) => backward)
    .reverse();
  return [...returns.filter(({ path }) => path !== names.index), ...returns.filter(({ path }) => path === names.index)];
}

/** Reads a note and its digest. */
export async function readStanding(store: NoteStore, path: string): Promise<Standing> {
  const read = await store.read(path);
  if (read.kind !== "text") return { text: null, digest: null, damaged: read.kind === "not-utf8" };
  return { text: read.text, digest: await store.digest(read.text), damaged: false };
}

/** Whether a note is what the crossing starts from, to the byte. An empty note counts as none where none was. */
export function isUntouched(crossing: Crossing, { text, digest, damaged }: Standing): boolean {
  return !damaged && (digest === crossing.before || (crossing.before === null && text === ""));
}

/** How far a note is on its way, by its digest, else by the blocks in it, else by its hunks. */
export function decideState(crossing: Crossing, standing: Standing): State {
  const { text, digest, damaged } = standing;
  const { gained, lost } = crossing;
  if (damaged) return "unclear";
  if (text === null) return digest === crossing.after ? "done" : isUntouched(crossing, standing) ? "open" : "gone";
  const blocks = listBlocks(text);
  const came = gained.filter((passage) => holds(blocks, passage)).length;
  const stayed = lost.filter((passage) => holds(blocks, passage)).length;
  if (digest === crossing.after) return came === gained.length ? "done" : "unclear";
  if (isUntouched(crossing, standing)) return stayed === lost.length ? "open" : "unclear";
  if (gained.length + lost.length === 0) return decideByHunks(text, crossing.hunks);
  if (came === gained.length && stayed === 0) return "done";
  if (lost.length === 0) return came === 0 ? "open" : "partial";
  return came === 0 && stayed > 0 ? "open" : "unclear";
}

/** A task block as it stands in a note. */
export interface StandingBlock {
  /** "" where it has none. */
  readonly id: string;
  readonly text: string;
}

/** The task blocks of a note, in order. */
export function listBlocks(text: string): readonly StandingBlock[] {
  return parseNote(text).tasks.map((task) => ({ id: task.id ?? "", text: text.slice(task.from, task.to) }));
}

/** Whether the block stands among these, changed or not: by its text, else by its id. */
export function holds(blocks: readonly StandingBlock[], { id, text }: Passage): boolean {
  return blocks.some((block) => block.text === text || block.id.toLowerCase() === id.toLowerCase());
}

function decideByHunks(text: string, hunks: readonly Hunk[]): State {
  const states = new Set<State>();
  for (const hunk of hunks) {
    // Nothing, where something was, is found at many a place: so the side with more text is looked for first.
    const sides = [
      { side: invertHunk(hunk), state: "done" },
      { side: hunk, state: "open" },
    ] as const;
    const ordered = hunk.after.text.length >= hunk.before.text.length ? sides : [...sides].reverse();
    const found = ordered.find(({ side }) => locateHunk(text, side, false) !== null);
    if (found) states.add(found.state);
  }
  const [state] = states;
  return state !== undefined && states.size === 1 ? state : "unclear";
}
