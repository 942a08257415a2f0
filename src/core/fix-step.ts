import { checkFolder, type CheckedFolder } from "./check";
import { applyEdits, type Edit } from "./edits";
import type { Finding } from "./finding";
import type { Fix, FixContext } from "./fix";
import type { RulesInForce, RuleSettings } from "./rules";
import { keepsStructure } from "./structure";

/** The fixes that can be applied together: of two that touch the same place the one that begins first. */
export function dropOverlaps(fixes: readonly Fix[]): readonly Fix[] {
  const dropped = new Set<Fix>();
  const last = new Map<string, Edit>();
  const edits = fixes.flatMap((fix) => fix.edits.map((edit) => ({ fix, edit })));
  for (const { fix, edit } of edits.sort((a, b) => a.edit.from - b.edit.from)) {
    const before = last.get(fix.path);
    if (before && (edit.from < before.to || edit.from === before.from)) dropped.add(fix);
    else last.set(fix.path, edit);
  }
  return fixes.filter((fix) => !dropped.has(fix));
}

/** Fixes applied to a checked folder, and the folder checked again. */
export class FixStep {
  readonly after: CheckedFolder;

  constructor(
    readonly before: CheckedFolder,
    readonly fixes: readonly Fix[],
    readonly context: FixContext,
  ) {
    const texts = before.notes.map((one) => {
      const { path, kind, note } = one;
      return { path, kind, text: note ? applyEdits(note.text, this.editsOf(path)) : null };
    });
    this.after = fixes.length === 0 ? before : checkFolder(texts, context.names, flagsOf(before.rules), {});
  }

  editsOf(path: string): readonly Edit[] {
    const own = this.fixes.filter((fix) => fix.path === path);
    return own.flatMap(({ edits }) => edits).sort((a, b) => a.from - b.from);
  }

  /** Whether every finding that it is to mend is gone, and nothing else changed. */
  isSound(): boolean {
    const before = countFixable(this.before);
    for (const { path, finding } of this.fixes.flatMap(({ mends }) => mends)) {
      // What is decoded may be the beginning of another run, which the next round decodes.
      if (finding.code !== "double-encoded") before.set(keyOf(path, finding), count(before, path, finding) - 1);
    }
    const after = countFixable(this.after);
    for (const { path, finding } of this.fixes.flatMap(({ mends }) => mends)) {
      if (count(after, path, finding) > count(before, path, finding)) return false;
    }
    return this.before.notes.every(({ path, note }, at) => {
      const now = this.after.notes[at]?.note;
      const mends = this.fixes.filter((fix) => fix.path === path).flatMap((fix) => fix.mends);
      const comments = mends.filter(({ finding }) => finding.code === "stale-moved-note").length;
      return !note || !now || keepsStructure(note, now, comments);
    });
  }
}

function flagsOf({ limit, minimumSteps, required, order, movedNote }: RulesInForce): RuleSettings {
  return {
    limit: limit.value,
    minimumSteps: minimumSteps.value,
    required: required.value,
    order: order.value,
    movedNote: movedNote.value,
  };
}

function keyOf(path: string, { code, task }: Finding): string {
  return `${code} ${task ?? "-"} ${path}`;
}

function count(counts: ReadonlyMap<string, number>, path: string, finding: Finding): number {
  return counts.get(keyOf(path, finding)) ?? 0;
}

function countFixable({ notes }: CheckedFolder): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { path, findings } of notes) {
    for (const finding of findings) {
      if (finding.fixable) counts.set(keyOf(path, finding), count(counts, path, finding) + 1);
    }
  }
  return counts;
}

/** The sound ones of some fixes: all at once where that is sound, else by halves, each on top of the ones before. */
export function takeSound(taken: FixStep, fixes: readonly Fix[]): FixStep {
  if (fixes.length === 0) return taken;
  const all = new FixStep(taken.before, [...taken.fixes, ...fixes], taken.context);
  if (all.isSound()) return all;
  if (fixes.length === 1) return taken;
  const middle = Math.ceil(fixes.length / 2);
  return takeSound(takeSound(taken, fixes.slice(0, middle)), fixes.slice(middle));
}
