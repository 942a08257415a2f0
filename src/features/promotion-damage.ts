import { checkNotes, type ParsedNote } from "../core/check";
import type { FindingCode } from "../core/finding";
import { fixFindings } from "../core/fixes";
import type { BacklogFolder, NoteNames } from "../core/folder";
import { lineNumberAt } from "../core/line-ends";
import type { MoveOutcome } from "../core/move";
import type { NoteKind } from "../core/note";
import type { Plan } from "../core/plan";
import { nameGroup } from "../core/promotable";
import type { Refusal } from "../core/refusal";
import type { RuleSettings } from "../core/rules";
import { describeDiff, digestDiff } from "../ui/note-diff";
import type { RefusedPromotion } from "../ui/promotion-model";
import { today } from "./moves";
import type { Parts } from "./parts";

/** What is wrong in a note that is damaged, each with its place, and what the fix would change. */
export type Damage = Pick<RefusedPromotion, "findings" | "fix">;

/** Where nothing is known to be wrong. */
export const NO_DAMAGE: Damage = { findings: [], fix: [] };

/** Codes of what may stand in the way of a move, because blocks can't be told apart for certain. */
const STRUCTURAL: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "no-header",
  "no-id",
  "unclosed-task",
  "orphan-task-end",
  "unclosed-group",
  "orphan-group-end",
  "unclosed-comment",
  "unclosed-fence",
]);

/** Those of them that the preview offers to fix. */
const MENDED: ReadonlySet<FindingCode> = new Set<FindingCode>(["unclosed-task", "unclosed-group"]);

/** What stands in the way in the note that a refusal is about; in the group alone that it names, where it names one. */
export function describeDamage(refusal: Refusal, folder: BacklogFolder, settings: RuleSettings, day: string): Damage {
  const path = findDamaged(refusal, folder.names);
  const checked = checkNotes(listParsed(folder), folder.names, {}, settings).notes.find((one) => one.path === path);
  const note = checked?.note;
  if (!note) return NO_DAMAGE;
  const group = note.groups.find((one) => refusal.message.includes(nameGroup(one)));
  const findings = checked.findings
    .filter(({ code, from }) => STRUCTURAL.has(code) && (!group || (group.from <= from && from <= group.to)))
    .map(({ from, message }) => ({ path, line: lineNumberAt(note.text, from), message }));
  const { changes } = planMend(refusal, folder, settings, day);
  return { findings, fix: changes.map(describeDiff) };
}

/** The name of the note that a refusal is about; the backlog where it names none. */
export function findDamaged({ message }: Refusal, { backlog, todo, archive, index }: NoteNames): string {
  const found = [backlog, todo, archive, index].find(
    (name) => message.startsWith(`${name} `) || message.includes(`In ${name} `),
  );
  return found ?? backlog;
}

/**
 * Applies the fix that a refusal offers, as it was shown of a folder; where the notes are such by now that it would do something
 * else, `otherwise` is answered and nothing is written. Rejects with a StoreError where the vault refuses.
 */
export async function mendDamage(
  { moves, store }: Parts,
  path: string,
  refusal: Refusal,
  shown: BacklogFolder,
  otherwise: Refusal,
): Promise<MoveOutcome> {
  const plan = (folder: BacklogFolder): Plan => planMend(refusal, folder, store.settings.rules, today());
  const digest = ({ changes }: Plan) => JSON.stringify(changes.map((change) => digestDiff(describeDiff(change))));
  const expected = digest(plan(shown));
  return moves.perform(path, (fresh) => {
    const mend = plan(fresh);
    return digest(mend) === expected ? { plan: mend, refusal: null } : { plan: null, refusal: otherwise };
  });
}

/** The plan of a fix: of the note that is damaged, and of what stands in the way there alone. */
function planMend(refusal: Refusal, folder: BacklogFolder, settings: RuleSettings, day: string): Plan {
  const { names } = folder;
  const { notes, rules } = checkNotes(listParsed(folder), names, {}, settings);
  const path = findDamaged(refusal, names);
  const damaged = notes.filter((note) => note.path === path);
  return fixFindings({ notes: damaged, rules }, MENDED, { names, today: day }).plan;
}

function listParsed({ names, backlog, todo, archive, index }: BacklogFolder): readonly ParsedNote[] {
  const notes = { backlog, todo, archive, index };
  return (["backlog", "todo", "archive", "index"] as const satisfies readonly NoteKind[]).flatMap((kind) => {
    const note = notes[kind];
    return note ? [{ path: names[kind], kind, note }] : [];
  });
}
