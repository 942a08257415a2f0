import { JOURNAL, readJournal } from "../core/journal";
import { LOCK } from "../core/lock-owner";
import { recoverMove, type RecoverOutcome, type RecoverRequest } from "../core/recover";
import { StoreError } from "../core/store";
import { confirmDone, refuse, reportFailure } from "../ui/notices";
import { countTasks, nameFolder } from "../ui/names";
import { RecoveryModal, type RecoveryChoice, type RecoveryWords } from "../ui/recovery-modal";
import { announceMove } from "./announcing";
import { findFolderAtHand, hasFolders, nameNote } from "./at-hand";
import { sayReturned } from "./moved-tasks";
import { describeInterruption, isUnresolvable, nameEnd, type Interruption } from "./recovery-words";
import { wordForApp } from "./refusals";
import type { Parts } from "./parts";

/** How long a program that holds the lock may take to end its move before it is shown, in milliseconds. */
const PATIENCE = 3000;

/** How often it is looked for meanwhile, in milliseconds. */
const PAUSE = 300;

const LEAVE: RecoveryChoice = { title: "Not now", look: "plain", act: () => Promise.resolve(null) };

/**
 * The command that looks for interrupted moves; gives what has them looked for when the app is ready, to be called once the
 * settings are known. Nothing is written before a person says so.
 */
export function registerRecovery(parts: Parts): () => void {
  const { app, plugin, watch } = parts;
  let ended = false;
  plugin.register(() => (ended = true));
  const offerAll = async (folders: readonly string[], asked: boolean): Promise<boolean> => {
    let found = false;
    for (const folder of folders) {
      if (ended) break;
      try {
        found = (await offerRecovery(parts, folder, { patience: PATIENCE, locksToo: asked })) || found;
      } catch (error) {
        found = true;
        const sentence = error instanceof StoreError ? wordForApp(error.message) : "Something went wrong.";
        reportFailure(`Whether a move was interrupted in ${nameFolder(folder)} can't be told. ${sentence}`, error);
      }
    }
    return found;
  };
  plugin.addCommand({
    id: "recover-move",
    name: "Recover interrupted move",
    icon: "life-buoy",
    checkCallback: (checking) => {
      if (!hasFolders(parts)) return false;
      if (checking) return true;
      const own = findFolderAtHand(parts);
      const folders = watch.listFolders().filter((folder) => folder !== own);
      void offerAll(own === null ? folders : [own, ...folders], true).then((found) => {
        if (!found) confirmDone("No move was interrupted.");
      });
      return true;
    },
  });
  return () => app.workspace.onLayoutReady(() => void offerAll(watch.listFolders(), false));
}

/**
 * Shows the interrupted move of a folder in a modal, and how it can be ended. False where none was interrupted. Resolves when
 * the modal is closed; rejects with a StoreError where the vault refuses.
 *
 * @param patience how long another program may take to end it first, in milliseconds; default 0.
 * @param locksToo whether a lock is shown where there is no journal; default true.
 */
export async function offerRecovery(
  parts: Parts,
  folder: string,
  { patience = 0, locksToo = true }: { readonly patience?: number; readonly locksToo?: boolean } = {},
): Promise<boolean> {
  const end = performance.now() + patience;
  let found = await inspect(parts, folder);
  const store = parts.moves.storeOf(folder);
  // Before this plugin was loaded anew it may have begun a move that goes on.
  const isHeld = async ({ lock }: Interruption) => lock !== null || (await store.findLock()) !== null;
  while (found && performance.now() < end && (await isHeld(found))) {
    await new Promise((resolve) => window.setTimeout(resolve, PAUSE));
    found = await inspect(parts, folder);
  }
  if (!found || (!locksToo && found.text === null)) return false;
  const interruption = found;
  const show = async (): Promise<void> => {
    const modal = new RecoveryModal(parts.app, describe(parts, folder, interruption, ""));
    parts.overlays.openModal(modal);
    await modal.closed;
  };
  await parts.requests.doOnce(`recover ${folder}`, show, 0);
  return true;
}

/** What stands in a folder's way; null where nothing does. Only reads. */
function inspect({ moves }: Parts, folder: string): Promise<Interruption | null> {
  const [store, names] = [moves.storeOf(folder), moves.namesOf(folder)];
  // In one turn: the journal of a move that begins here meanwhile is none of an interrupted one.
  return moves.inTurn(async () => {
    const outcome = await recoverMove(store, names, { dryRun: true });
    const [text, lock] = [await store.readState(JOURNAL), await store.readState(LOCK)];
    if (text === null && lock === null) return null;
    return { text, read: readJournal(text, names), outcome, lock, cutOff: await store.findCutOff() };
  });
}

function describe(parts: Parts, folder: string, found: Interruption, status: string): RecoveryWords {
  const described = describeInterruption(folder, found);
  const shown = JSON.stringify([described, found.lock]);
  /** Does something where what was shown still stands; else that is shown anew. */
  const choice = (title: string, look: RecoveryChoice["look"], act: () => Promise<RecoveryWords | null>) => ({
    title,
    look,
    act: async () => {
      try {
        const now = await inspect(parts, folder);
        if (!now) return sayOver();
        const isShown = JSON.stringify([describeInterruption(folder, now), now.lock]) === shown;
        return isShown
          ? await act()
          : describe(parts, folder, now, "This changed meanwhile. It is shown as it is now.");
      } catch (error) {
        console.error("An interrupted move could not be ended.", error);
        const sentence = error instanceof StoreError ? wordForApp(error.message) : "Something went wrong.";
        return { ...words, status: sentence };
      }
    },
  });
  const recover = (request: RecoverRequest) => () => end(parts, folder, request);
  const words: RecoveryWords = { ...described, status, choices: listChoices(found, choice, recover, parts, folder) };
  return words;
}

function listChoices(
  found: Interruption,
  choice: (title: string, look: RecoveryChoice["look"], act: () => Promise<RecoveryWords | null>) => RecoveryChoice,
  recover: (request: RecoverRequest) => () => Promise<RecoveryWords | null>,
  parts: Parts,
  folder: string,
): readonly RecoveryChoice[] {
  if (found.lock !== null) {
    const unlock = choice("The other program is gone", "warning", () => breakLock(parts, folder, found));
    return found.text === null ? [LEAVE, unlock] : [choice("Try again", "cta", recover({})), unlock, LEAVE];
  }
  if (!isUnresolvable(found)) return [choice(nameEnd(found.outcome), "cta", recover({})), LEAVE];
  const drop = choice("Remove the journal", "warning", recover({ discard: true }));
  return [{ ...LEAVE, title: "Leave it" }, drop];
}

/** Ends the move; gives what is to be shown where it did not end. */
async function end(parts: Parts, folder: string, request: RecoverRequest): Promise<RecoveryWords | null> {
  const outcome = await parts.moves.recover(folder, request);
  if (outcome.kind === "none") return sayOver();
  if (!outcome.refusal) {
    sayEnd(parts, folder, outcome);
    return null;
  }
  const now = await inspect(parts, folder);
  return now ? describe(parts, folder, now, wordForApp(outcome.refusal.message)) : sayOver();
}

/** Takes the lock away that was shown, then ends the move if there is one. */
async function breakLock(parts: Parts, folder: string, found: Interruption): Promise<RecoveryWords | null> {
  const store = parts.moves.storeOf(folder);
  await parts.moves.inTurn(async () => {
    // Only a lock that refused is taken away.
    const lock = await store.lock();
    if (lock.held) await lock.release();
    else await store.breakLock();
  });
  const now = await inspect(parts, folder);
  if (now) return describe(parts, folder, now, now.lock === null ? "The lock is removed." : "");
  if (found.text !== null) return sayOver();
  confirmDone(`The lock is removed. Tasks can move again in ${nameFolder(folder)}.`);
  return null;
}

function sayOver(): null {
  refuse("It is over: another program ended the move meanwhile.");
  return null;
}

function sayEnd(parts: Parts, folder: string, outcome: RecoverOutcome): void {
  const name = (note: string): string => nameNote(parts, folder, note);
  const blocks = outcome.plan?.blocks ?? [];
  const [first] = blocks;
  if (outcome.kind === "finished") {
    const where = first ? `: ${countTasks(blocks.length)} moved to ${name(first.to)}` : "";
    announceMove(parts, folder, outcome, `The interrupted move is finished${where}.`);
  } else if (outcome.kind === "taken-back") {
    const back = blocks.map((block) => ({ ...block, from: block.to, to: block.from }));
    const plan = outcome.plan && { ...outcome.plan, blocks: back };
    const sentence = `The interrupted move was taken back: ${sayReturned(back, name)}.`;
    announceMove(parts, folder, { ...outcome, plan, number: null }, sentence);
  } else confirmDone("The journal is removed. The notes stay as they are.");
}
