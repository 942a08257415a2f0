import type { MoveOutcome, MoveRequest } from "../core/move";
import type { NoteStore } from "../core/store";
import { parseNote } from "../core/note";
import type { MovedBlock } from "../core/plan";
import type { Refusal } from "../core/refusal";
import { readRules, type RulesInForce } from "../core/rules";
import type { Call, CallResult } from "./call";
import { paintDiff, renderDiff } from "./diff";
import { showPath, type CallHost, type FoundFolder } from "./host";
import { showLine, showTitle, type Paint } from "./paint";
import { JSON_VERSION } from "./records";

/**
 * Carries out a move on a folder, or only plans it where the call is a dry run; that too is refused while another process
 * holds the lock, because what was read may be half of its move. Whatever the refusal `no-backlog` says, it names the
 * backlog folders below.
 */
export async function runMove<Outcome extends MoveOutcome>(
  host: CallHost,
  call: Call,
  folder: FoundFolder,
  perform: (store: NoteStore, request: MoveRequest) => Promise<Outcome>,
): Promise<Outcome> {
  const { today, dryRun } = call;
  const outcome = await perform(await host.storeOf(folder), { today, dryRun });
  if (outcome.refusal?.code === "no-backlog") {
    return { ...outcome, refusal: await explainNoBacklog(host, folder) };
  }
  const locked = dryRun ? await host.findLockRefusal(folder) : null;
  return locked ? { ...outcome, plan: null, refusal: locked } : outcome;
}

/** The rules in force for a folder as its backlog stands. */
export async function readFolderRules(host: CallHost, call: Call, folder: FoundFolder): Promise<RulesInForce> {
  const companions = await host.readCompanions(folder);
  const text = companions.find(({ kind }) => kind === "backlog")?.text ?? null;
  return readRules(text === null ? null : parseNote(text), call.rules, folder.rules);
}

/** The refusal `no-backlog` with the way out that is known here. */
async function explainNoBacklog(host: CallHost, folder: FoundFolder): Promise<Refusal> {
  const below = (await host.findFoldersBelow(folder)).map(({ path }) => path);
  const named = below.length > 5 ? [...below.slice(0, 5), `${below.length - 5} more`] : below;
  const wayOut =
    below.length === 0
      ? `${host.nameStart(folder.path)} starts one.`
      : `Name one of the backlog folders below: ${named.join(", ")}.`;
  return { code: "no-backlog", message: `There is no ${showPath(folder, folder.names.backlog)}. ${wayOut}` };
}

/** What `describeMove` needs to know of a command to show how it ended. */
export interface MoveView {
  /** The names of the JSON besides `version`, `folder`, `refusal`, `written` and `warnings`, in front of them. */
  readonly json: object;
  /** What was done, as lines; called only where it was done. */
  renderDone(paint: Paint): readonly string[];
  /** A last line where it was done; null for none. */
  readonly hint: string | null;
}

/** The result of a call that moves: text, JSON, notices and exit code; of a dry run, with its diff. */
export async function describeMove(
  call: Call,
  folder: FoundFolder,
  outcome: MoveOutcome,
  view: MoveView,
): Promise<CallResult> {
  const { plan, refusal, warnings } = outcome;
  const written = call.dryRun ? [] : outcome.written.map((path) => showPath(folder, path));
  const diff = call.dryRun ? await renderDiff(folder, plan?.changes ?? []) : null;
  return {
    exit: refusal ? 1 : 0,
    renderText: (paint) => {
      if (diff !== null) return paintDiff(diff, paint);
      if (refusal) return "";
      const lines = [...view.renderDone(paint)];
      if (written.length > 0) lines.push(`Written: ${showLine(written.join(", "))}`);
      if (view.hint !== null) lines.push(view.hint);
      return lines.map((line) => `${line}\n`).join("");
    },
    renderJson: () => ({
      version: JSON_VERSION,
      folder: folder.path,
      ...view.json,
      refusal: refusal && { code: refusal.code, message: refusal.message },
      written,
      warnings,
      ...(diff === null ? {} : { diff }),
    }),
    notices: [...listWarnings(folder, warnings), ...(refusal ? [refusal.message] : [])],
  };
}

/** What is to be said of a folder besides what was asked. */
export function listWarnings(folder: FoundFolder, warnings: readonly string[]): readonly string[] {
  return [...(folder.warning === null ? [] : [folder.warning]), ...warnings];
}

/** The moved blocks in the JSON of the moves. */
export function describeBlocks(blocks: readonly MovedBlock[]): readonly object[] {
  return blocks.map(({ id, title, line, from, to }) => ({ id, title, line, from, to }));
}

/** The moved blocks for a person, a line each. */
export function renderBlocks(
  blocks: readonly { readonly id: string | null; readonly title: string }[],
): readonly string[] {
  return blocks.map(({ id, title }) => `  ${showLine(id ?? "(no id)")}  ${showTitle(title)}`);
}

/** The last line of a move that `undo` takes back. */
export function hintUndo(host: CallHost, folder: FoundFolder): string {
  return `Take it back with: ${host.nameCall("undo", folder)}`;
}

/** "1 task", "2 docs tasks". */
export function countTasks(count: number, kind?: string): string {
  return `${count} ${kind === undefined ? "" : `${showLine(kind)} `}task${count === 1 ? "" : "s"}`;
}
