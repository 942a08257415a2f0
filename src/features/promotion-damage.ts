import { checkNotes, type ParsedNote } from "../core/check";
import type { FindingCode } from "../core/finding";
import { fixFindings } from "../core/fixes";
import { COMPANIONS, type BacklogFolder, type NoteNames } from "../core/folder";
import { lineNumberAt } from "../core/line-ends";
import type { Plan } from "../core/plan";
import { nameGroup } from "../core/promotable";
import type { Refusal } from "../core/refusal";
import type { RuleSettings } from "../core/rules";
import { describeDiff } from "../ui/note-diff";
import type { RefusedPromotion } from "../ui/promotion-model";
import { joinPath } from "../vault/folders";
import { today } from "./moves";
import { editNote } from "./note-edits";
import type { Parts } from "./parts";
import { wordForApp } from "./refusals";

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
    .map(({ from, message }) => ({ path, line: lineNumberAt(note.text, from), message: wordForApp(message) }));
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
 * Applies the fix that a refusal offers, as it was shown of a folder, as an edit of the person's: one step that the editor takes
 * back, where the note is open in one. Gives `otherwise` where the note is another by now; nothing is written then. Rejects where
 * the vault refuses.
 */
export async function mendDamage(
  parts: Parts,
  path: string,
  refusal: Refusal,
  shown: BacklogFolder,
  otherwise: Refusal,
): Promise<Refusal | null> {
  const { changes } = planMend(refusal, shown, parts.store.settings.rules, today());
  for (const { path: note, before, edits } of changes) {
    const refused = await editNote(parts, joinPath(path, note), (text) => {
      return text === before ? { edits, refusal: null } : { edits: [], refusal: otherwise };
    });
    if (refused) return refused;
  }
  return null;
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
  return COMPANIONS.flatMap((kind) => {
    const note = notes[kind];
    return note ? [{ path: names[kind], kind, note }] : [];
  });
}
