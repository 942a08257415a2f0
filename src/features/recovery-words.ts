import { mendDoubleEncoded } from "../core/double-encoding";
import { printable, type JournalRead, type MoveRecord } from "../core/journal";
import { readOwner } from "../core/lock-owner";
import type { PlanKind } from "../core/plan";
import type { RecoverOutcome } from "../core/recover";
import { countTasks, nameFolder } from "../ui/names";
import type { RecoveryWords } from "../ui/recovery-modal";

/** An interrupted move as it was found, and who may be at it. Of journal and lock, at least one is there. */
export interface Interruption {
  /** The journal's own text; null where there is none. */
  readonly text: string | null;
  readonly read: JournalRead;
  /** How it would end. */
  readonly outcome: RecoverOutcome;
  /** What the command line's lock holds; null where it holds none. */
  readonly lock: string | null;
  /** The note that was cut off while it was written, and counts as what it was before; null where none was. */
  readonly cutOff: string | null;
}

/** What a modal says of an interruption, but for its buttons. */
export type Described = Omit<RecoveryWords, "choices" | "status">;

const KINDS: Readonly<Record<PlanKind, string>> = {
  promotion: "A promotion",
  archival: "An archival",
  return: "A return to the backlog",
  undo: "The undoing of a move",
  edit: "A change of notes",
};

/** The interruption for a person: what was interrupted and how it would end. */
export function describeInterruption(folder: string, { read, outcome, lock, cutOff }: Interruption): Described {
  const title = `${read.kind === "none" ? "Locked notes" : "Interrupted move"} in ${nameFolder(folder)}`;
  const move = read.kind === "move" ? read.move : null;
  const sentences = [...(move ? [describeMove(move)] : []), ...(lock === null ? [] : describeLock(lock, read))];
  return {
    title,
    sentences: lock === null ? [...sentences, ...describeCutOff(cutOff), ...describeEnd(outcome)] : sentences,
    tasks: (move?.blocks ?? []).map((block) => ({
      title: mendDoubleEncoded(printable(block.title)),
      id: printable(block.id),
      way: `${block.from} → ${block.to}`,
    })),
    source: read.kind === "unreadable" ? printable(read.text) : null,
    reasons: lock === null ? listReasons(outcome) : [],
  };
}

/** Whether nothing is left to do but to drop the journal, whatever the notes say. */
export function isUnresolvable({ outcome }: Interruption): boolean {
  return outcome.kind === "refused";
}

/** What the button is called that ends the move. */
export function nameEnd({ kind }: RecoverOutcome): string {
  if (kind === "finished") return "Finish the move";
  return kind === "taken-back" ? "Take it back" : "Remove the journal";
}

function describeMove({ kind, date, blocks }: MoveRecord): string {
  const what = blocks.length === 0 ? "" : ` of ${countTasks(blocks.length)}`;
  return `${KINDS[kind]}${what} on ${date} was interrupted.`;
}

function describeCutOff(path: string | null): readonly string[] {
  return path === null ? [] : [`${path} was cut off while it was written. What it held is kept, and put back first.`];
}

function describeLock(lock: string, read: JournalRead): readonly string[] {
  const owner = readOwner(lock);
  const holder = owner ? `Process ${owner.pid} on ${printable(owner.host)}` : "A program that does not say its name";
  const doubt =
    read.kind === "none" ? "Nothing can be moved until it lets go." : "It may be making this move just now.";
  return [`${holder} holds the lock of these notes. ${doubt} If it is running, wait until it is done.`];
}

function describeEnd({ kind, plan }: RecoverOutcome): readonly string[] {
  const notes = plan?.changes.map(({ path }) => path) ?? [];
  switch (kind) {
    case "finished":
      return [
        notes.length === 0
          ? "All of it is written; only its journal is left."
          : `It can be finished: ${list(notes)} ${notes.length === 1 ? "is" : "are"} still to be written.`,
      ];
    case "taken-back":
      return [
        notes.length === 0
          ? "It is taken back already; only its journal is left."
          : `It can't be finished as the notes stand now, but it can be taken back: what it wrote to ${list(notes)} is undone.`,
      ];
    case "refused":
      return [
        "It can be neither finished nor taken back for certain. Look at the notes first. Removing the journal leaves them as they are, and lets tasks move again.",
      ];
    default:
      return ["Nothing of it was written: the notes stand as before. Only its journal is left."];
  }
}

function listReasons({ refusal, warnings }: RecoverOutcome): readonly string[] {
  const reasons = refusal?.message.replace(/ Look at the notes, then drop .*$/s, "");
  return reasons === undefined ? warnings : [reasons, ...warnings];
}

function list(names: readonly string[]): string {
  return names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${String(names.at(-1))}`;
}
