import { JOURNAL } from "../core/journal";
import { LOCK } from "../core/lock-owner";
import type { Refusal } from "../core/refusal";
import { StoreError } from "../core/store";
import { refuse, reportFailure } from "../ui/notices";
import type { Parts } from "./parts";

/** What the core says in the words of the command line, and how the app says it. In this order. */
const WORDS: readonly (readonly [string, string])[] = [
  ["`recover --discard`", "“Recover interrupted move”"],
  ["run `recover` again", "try again"],
  ["`recover`", "“Recover interrupted move”"],
  ["or `return` it", "or take it back with “Return task to backlog”"],
  ["`return`", "“Return task to backlog”"],
  ["name a folder that holds one, or start it.", "choose a folder that holds one, or “Start a backlog in a folder”."],
  ["Name the folder that holds it.", "Choose the folder that holds it."],
  [": add it behind its last line, or run fix.", ": add it behind its last line."],
];

/** What the core says of a lock; its file lies where the app shows none. */
const LOCK_HINT = /If you are sure that no move is under way, delete [^\n]*?([^/\n]+)\.$/;

/** Says in a notice why a request is not carried out. */
export function sayRefusal(refusal: Refusal): void {
  refuse(wordForApp(refusal.message));
}

/**
 * A sentence of the core or of a store for people in the app: commands of the command line become the app's, and back-ticks,
 * which mark code, go: no place for such sentences draws code.
 */
export function wordForApp(sentence: string): string {
  const said = WORDS.reduce((words, [from, to]) => words.replaceAll(from, to), sentence);
  return said
    .replace(LOCK_HINT, (_, file: string) => describeUnlocking(file))
    .trimEnd()
    .replace(/`/g, "");
}

/** The app's own lock ends by itself; that of the command line stays where the program did not end well. */
function describeUnlocking(file: string): string {
  return file === LOCK ? "Where that program is gone, “Recover interrupted move” removes its lock." : "";
}

/**
 * Says in a notice that a move failed and what became of the notes.
 *
 * @param nothing what is so where nothing of the move was written, as "Nothing was archived."
 */
export async function sayFailure(parts: Parts, folder: string, error: unknown, nothing: string): Promise<void> {
  const sentence = error instanceof StoreError ? wordForApp(error.message) : "Something went wrong in Backlog Cards.";
  const left = await isJournalLeft(parts, folder);
  // What the core says of a journal that it left, it says itself.
  const said = sentence.includes("“Recover interrupted move”");
  const end = !left ? nothing : said ? "" : "“Recover interrupted move” shows what was written, and ends the move.";
  reportFailure(`${sentence} ${end}`.trimEnd(), error);
}

async function isJournalLeft({ moves }: Parts, folder: string): Promise<boolean> {
  try {
    return (await moves.storeOf(folder).readState(JOURNAL)) !== null;
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
    // Where it can't be read, it can't be told: the command will say why.
    return true;
  }
}
