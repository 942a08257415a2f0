import type { Call, CallResult } from "../../calls/call";
import { paintDiff, renderDiff } from "../../calls/diff";
import { CallFailure } from "../../calls/failure";
import { showPath, type CheckedFolder as ChosenFolder, type FoundFolder, type Unread } from "../../calls/host";
import { listWarnings, runMove } from "../../calls/move-call";
import { showLine, type Paint } from "../../calls/paint";
import { describeFindings, JSON_VERSION, type FindingRecord } from "../../calls/records";
import { checkFolder, type CheckedFolder, type CheckedText } from "../../core/check";
import type { FindingCode } from "../../core/finding";
import { FIXABLE_CODES, fixFindings, FORMATTING_CODES } from "../../core/fixes";
import { performMove, type MoveOutcome } from "../../core/move";
import type { Plan } from "../../core/plan";
import { StoreError } from "../../core/store";
import { diskHost } from "../disk-host";
import { readFolderNotes } from "../folder-notes";
import { findFolders, findStats } from "../folders";

/** How many findings of one code were fixed in a note. */
interface FixedCount {
  /** As it is shown. */
  readonly path: string;
  readonly code: FindingCode;
  readonly count: number;
}

/** How fixing one folder ended. */
interface FolderFixes {
  readonly folder: FoundFolder;
  readonly outcome: MoveOutcome;
  readonly fixed: readonly FixedCount[];
  /** Findings of the codes asked for that are still there. */
  readonly left: readonly (FindingRecord & { readonly path: string })[];
  /** Null where it was done for real. */
  readonly diff: string | null;
}

/** `fix [PATH…]`: applies the fixes of some codes, in one plan for each folder; null stands for those of formatting. */
export async function fix(call: Call, paths: readonly string[], words: readonly string[] | null): Promise<CallResult> {
  const { codes, more } = readCodes(words);
  const named = [...paths, ...more];
  const folders: FolderFixes[] = [];
  const search = findFolders(named.length > 0 ? named : ["."]);
  const failed = [...search.unread];
  for (const chosen of search.folders) {
    const ended = await tryFixing(call, chosen, codes);
    if ("failed" in ended) failed.push(...ended.failed);
    else folders.push(ended);
  }
  const refused = folders.find(({ outcome }) => outcome.refusal);
  const diff = call.dryRun ? folders.map((one) => one.diff ?? "").join("") : null;
  return {
    exit: failed.length > 0 ? 2 : refused ? 1 : 0,
    renderText: (paint) => (diff === null ? renderText(folders, paint) : paintDiff(diff, paint)),
    renderJson: () => ({
      version: JSON_VERSION,
      folders: folders.map(({ folder, fixed, left, outcome }) => ({
        folder: folder.path,
        fixed,
        left,
        refusal: outcome.refusal,
        written: listWritten(folder, outcome),
      })),
      refusal: refused?.outcome.refusal ?? null,
      written: folders.flatMap(({ folder, outcome }) => listWritten(folder, outcome)),
      ...(diff === null ? {} : { diff }),
      errors: failed,
    }),
    notices: [
      ...folders.flatMap(({ folder, outcome }) => [
        ...listWarnings(folder, outcome.warnings),
        ...(outcome.refusal ? [outcome.refusal.message] : []),
      ]),
      ...failed.map(({ message }) => message),
    ],
  };
}

/** Fixes a folder, or says what of it could not be read or written: that leaves the folders after it their turn. */
async function tryFixing(
  call: Call,
  chosen: ChosenFolder,
  codes: ReadonlySet<FindingCode>,
): Promise<FolderFixes | { readonly failed: readonly Unread[] }> {
  try {
    return await fixFolder(call, chosen, codes);
  } catch (error) {
    if (!(error instanceof CallFailure || error instanceof StoreError)) throw error;
    const { unread } = readFolderNotes(chosen.folder);
    return { failed: unread.length > 0 ? unread : [{ path: chosen.folder.path, message: error.message }] };
  }
}

async function fixFolder(
  call: Call,
  { folder, only }: ChosenFolder,
  codes: ReadonlySet<FindingCode>,
): Promise<FolderFixes> {
  const seen: { texts: readonly CheckedText[]; before: CheckedFolder | null } = { texts: [], before: null };
  const outcome = await runMove(diskHost, call, folder, (store, request) =>
    performMove(
      store,
      folder.names,
      () => {
        seen.texts = readAllNotes(folder);
        seen.before = checkFolder(seen.texts, folder.names, call.rules, folder.rules);
        const { plan } = fixFindings(seen.before, codes, { names: folder.names, today: call.today });
        const changes = plan.changes.filter(({ path }) => only === null || only.has(path));
        return { plan: { ...plan, changes }, refusal: null };
      },
      request,
    ),
  );
  const diff = call.dryRun ? await renderDiff(folder, outcome.plan?.changes ?? []) : null;
  if (!outcome.plan || !seen.before) return { folder, outcome, fixed: [], left: [], diff };
  const after = checkFolder(applyPlan(seen.texts, outcome.plan), folder.names, call.rules, folder.rules);
  const left = after.notes
    .filter(({ path }) => only === null || only.has(path))
    .flatMap((checked) => {
      const path = showPath(folder, checked.path);
      const findings = describeFindings({ folder, path, checked });
      return findings.filter(({ code }) => codes.has(code)).map((finding) => ({ path, ...finding }));
    });
  return { folder, outcome, fixed: countFixed(folder, seen.before, after, codes), left, diff };
}

/** The notes of a folder. Fails where one cannot be read: the fixes of the others could be wrong without it. */
function readAllNotes(folder: FoundFolder): readonly CheckedText[] {
  const { texts, unread } = readFolderNotes(folder);
  if (unread[0]) throw new CallFailure("io", unread[0].message);
  return texts;
}

/** The notes with the changes of a plan. */
function applyPlan(texts: readonly CheckedText[], plan: Plan): readonly CheckedText[] {
  return texts.map((one) => ({ ...one, text: plan.changes.find(({ path }) => path === one.path)?.after ?? one.text }));
}

function countFixed(
  folder: FoundFolder,
  before: CheckedFolder,
  after: CheckedFolder,
  codes: ReadonlySet<FindingCode>,
): readonly FixedCount[] {
  return before.notes.flatMap(({ path, findings }, at) =>
    [...codes].flatMap((code) => {
      const there = findings.filter((finding) => finding.code === code).length;
      const still = after.notes[at]?.findings.filter((finding) => finding.code === code).length ?? 0;
      return there > still ? [{ path: showPath(folder, path), code, count: there - still }] : [];
    }),
  );
}

/**
 * The codes that words name. A word may be several codes with commas between; one that is no code but a path stands for
 * that path, as in `--code no-status docs`.
 */
function readCodes(words: readonly string[] | null): {
  readonly codes: ReadonlySet<FindingCode>;
  readonly more: readonly string[];
} {
  const codes = new Set<FindingCode>();
  const more: string[] = [];
  const known = new Map<string, FindingCode>([...FIXABLE_CODES].map((code) => [code, code]));
  for (const word of words ?? FORMATTING_CODES) {
    const read = word.split(",").map((part) => known.get(part.trim().toLowerCase()));
    if (read.every((code) => code !== undefined)) read.forEach((code) => codes.add(code));
    else if (codes.size > 0 && findStats(word)) more.push(word);
    else {
      const allowed = [...known.keys()].sort().join(", ");
      throw new CallFailure("usage", `'${word}' is no code that has a fix. Those that have one: ${allowed}.`);
    }
  }
  return { codes, more };
}

function listWritten(folder: FoundFolder, { written }: MoveOutcome): readonly string[] {
  return written.map((path) => showPath(folder, path));
}

function renderText(folders: readonly FolderFixes[], paint: Paint): string {
  const fixed = folders.flatMap((one) => one.fixed);
  const left = folders.flatMap((one) => one.left);
  const lines = [
    ...fixed.map(({ path, code, count }) => `${showLine(path)} ${paint.green(code)} fixed: ${count}`),
    ...left.map(({ path, line, column, code, message }) => {
      return `${showLine(path)}:${line}:${column} ${paint.yellow(code)} left: ${showLine(message)}`;
    }),
    paint.bold(`${fixed.reduce((sum, { count }) => sum + count, 0)} fixed, ${left.length} left`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}
