import type { CheckedFolder, CheckedNote } from "./check";
import { applyEdits, composeEdits, type Edit } from "./edits";
import type { Finding, FindingCode } from "./finding";
import type { Fix, FixContext, Found, NoteToFix } from "./fix";
import { addEmptyFields, EMPTY_FIELD_CODES, fixBatchHeader, fixEncoding } from "./fix-fields";
import { fixPriority, fixStatus, fixTagName } from "./fix-fields";
import { planIndexFixes } from "./fix-index";
import { closeGroup, closeTask, dedentLine, removeMovedNote, splitGlued } from "./fix-markers";
import { dropOverlaps, FixStep, takeSound } from "./fix-step";
import type { BacklogFolder, NoteNames } from "./folder";
import { planTagOrder, planTagValue } from "./header-tags";
import { dominantLineEnd } from "./line-ends";
import type { Note, NoteKind } from "./note";
import type { NoteChange, Plan } from "./plan";
import type { Header, TaskBlock } from "./task";

/** Codes whose fixes change formatting only: those that are fixed where no code is named (FORMAT.md §6). */
export const FORMATTING_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "glued-marker",
  "indented-marker",
  "indented-label",
  "tag-order",
]);

/** Codes of findings that may have a fix (FORMAT.md §6, `*`). */
export const FIXABLE_CODES: ReadonlySet<FindingCode> = new Set<FindingCode>([
  ...FORMATTING_CODES,
  ...EMPTY_FIELD_CODES,
  "no-id",
  "bad-priority",
  "bad-status",
  "unclosed-task",
  "unclosed-group",
  "no-status",
  "tag-typo",
  "double-encoded",
  "stale-batch-header",
  "stale-moved-note",
  "index-missing",
  "index-differs",
]);

/** The plan that fixes findings. It is never refused: where nothing can be fixed it changes no note. */
export interface PlannedFixes {
  readonly plan: Plan;
  readonly refusal: null;
  /** How many findings it fixes. */
  readonly fixed: number;
  /** Findings that have a fix which is not in the plan, because more than what it is for would change. */
  readonly left: readonly Found[];
}

/** A fix may be the ground of another (a tag put right, then put in its place); more rounds than these no text needs. */
const MAX_ROUNDS = 8;

/**
 * The plan that fixes a checked folder's findings of these codes; null stands for `FORMATTING_CODES`. Nothing in an
 * archive is touched (FORMAT.md §5, rule 11), nor masked text, but for moved notes and for the double-encoded characters
 * in a comment. One change a note, in the order of the notes, the index last; each fix makes its finding go away and
 * leaves the structure of the note alone, or is left out. An empty field is there afterwards as something to fill in.
 */
export function fixFindings(
  checked: CheckedFolder,
  codes: ReadonlySet<FindingCode> | null,
  context: FixContext,
): PlannedFixes {
  const chosen = codes ?? FORMATTING_CODES;
  const edits = new Map<string, readonly Edit[]>();
  let now = checked;
  let fixed = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const step = takeSound(new FixStep(now, [], context), dropOverlaps(planFixes(now, chosen, context)));
    if (step.fixes.length === 0) break;
    for (const note of checked.notes) {
      const done = edits.get(note.path) ?? [];
      edits.set(note.path, composeEdits(textOf(note), done, step.editsOf(note.path)));
    }
    fixed += step.fixes.flatMap(({ mends }) => mends).length;
    now = step.after;
  }
  const changes = checked.notes.flatMap((note): NoteChange[] => {
    const done = edits.get(note.path) ?? [];
    const before = textOf(note);
    return done.length === 0 ? [] : [{ path: note.path, before, edits: done, after: applyEdits(before, done) }];
  });
  changes.sort((a, b) => Number(a.path === context.names.index) - Number(b.path === context.names.index));
  const left = listFound(now, chosen).filter(({ finding }) => finding.fixable);
  return { plan: { kind: "edit", changes, blocks: [], warnings: [] }, refusal: null, fixed, left };
}

/** The text of a note; "" of one that is not valid UTF-8, which has no fixes. */
function textOf({ note }: CheckedNote): string {
  return note?.text ?? "";
}

/** The findings that may be fixed: of the archive only those that another note is edited for. */
function listFound({ notes }: CheckedFolder, codes: ReadonlySet<FindingCode>): readonly Found[] {
  return notes.flatMap(({ path, kind, findings }) =>
    findings
      .filter(({ code }) => codes.has(code) && (kind !== "archive" || code === "index-missing"))
      .map((finding) => ({ path, finding })),
  );
}

/** A fix for every finding that has one, in the order of the findings, those of the index last. */
function planFixes(checked: CheckedFolder, codes: ReadonlySet<FindingCode>, context: FixContext): readonly Fix[] {
  const fixes: Fix[] = [];
  const ids = new FreeIds(checked, context.today);
  const found = listFound(checked, codes);
  for (const { path, note, verdicts } of checked.notes) {
    if (!note) continue;
    const one = { note, lineEnd: dominantLineEnd(note.text) };
    const own = found.filter((other) => other.path === path);
    for (const each of own) {
      const edits = fixOne(one, each.finding, ids);
      if (edits.length > 0) fixes.push({ path, edits, mends: [each] });
    }
    verdicts.forEach(({ missing }, at) => {
      const mends = own.filter(({ finding }) => finding.task === at && mendsEmpty(finding));
      if (mends.length === 0) return;
      for (const task of note.tasks.slice(at, at + 1)) {
        fixes.push({ path, edits: addEmptyFields(one, task, missing, codes), mends });
      }
    });
  }
  return [...fixes, ...planIndexFixes(folderOf(checked, context.names), found, context.today)];
}

function mendsEmpty({ code, fixable }: Finding): boolean {
  return fixable && EMPTY_FIELD_CODES.has(code);
}

function folderOf({ notes }: CheckedFolder, names: NoteNames): BacklogFolder {
  const find = (kind: NoteKind): Note | null => notes.find((one) => one.kind === kind)?.note ?? null;
  return { names, backlog: find("backlog"), todo: find("todo"), archive: find("archive"), index: find("index") };
}

type FixHeader = (one: NoteToFix, task: TaskBlock, header: Header, finding: Finding) => readonly Edit[];
type FixSpan = (one: NoteToFix, finding: Finding) => readonly Edit[];

/** Fixes of a header. */
const HEADER_FIXES: ReadonlyMap<FindingCode, FixHeader> = new Map<FindingCode, FixHeader>([
  ["glued-marker", (one, _, header) => splitGlued(one, header)],
  ["tag-order", ({ note }, _, header) => planTagOrder(note.text, header)],
  ["tag-typo", (_, __, header, finding) => fixTagName(header, finding)],
  ["bad-priority", fixPriority],
]);

/** Fixes of what a finding spans. */
const SPAN_FIXES: ReadonlyMap<FindingCode, FixSpan> = new Map<FindingCode, FixSpan>([
  ["indented-marker", dedentLine],
  ["indented-label", dedentLine],
  ["unclosed-task", closeTask],
  ["unclosed-group", closeGroup],
  ["double-encoded", fixEncoding],
  ["stale-batch-header", fixBatchHeader],
  ["stale-moved-note", removeMovedNote],
]);

function fixOne(one: NoteToFix, finding: Finding, ids: FreeIds): readonly Edit[] {
  const { code, task: at } = finding;
  const task = at === null ? undefined : one.note.tasks[at];
  if (task && (code === "bad-status" || code === "no-status")) return fixStatus(one, task);
  if (task?.header) {
    if (code === "no-id") return planTagValue(one.note.text, task.header, "id", ids.next());
    const edits = HEADER_FIXES.get(code)?.(one, task, task.header, finding);
    if (edits) return edits;
  }
  return SPAN_FIXES.get(code)?.(one, finding) ?? [];
}

/** Ids of today that no task and no entry of the folder has, beginning behind the highest. */
class FreeIds {
  private readonly day: string;
  private last = 0;

  constructor({ notes }: CheckedFolder, today: string) {
    this.day = `TASK-${today.replaceAll("-", "")}-`;
    const form = new RegExp(`^${this.day}(\\d{1,6})$`, "i");
    for (const { note } of notes) {
      for (const { id } of [...(note?.tasks ?? []), ...(note?.entries ?? [])]) {
        this.last = Math.max(this.last, Number(form.exec(id ?? "")?.[1] ?? 0));
      }
    }
  }

  next(): string {
    this.last++;
    return this.day + String(this.last).padStart(3, "0");
  }
}
