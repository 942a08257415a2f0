import type { Draft, ExpectedBlock } from "./draft";
import { applyEdits } from "./edits";
import { lineNumberAt } from "./line-ends";
import { blockText, parseNote, type Note } from "./note";
import type { MovedBlock, NoteChange, PlanKind, Planned } from "./plan";
import { nameTask } from "./promotable";
import type { Refusal } from "./refusal";
import type { TaskBlock } from "./task";

/**
 * The plan that drafts make up, in their order. It is the net under every odd context: each new text is parsed, and where
 * it does not hold exactly the expected blocks, groups, entries and the old frontmatter, the answer is `damaged-note`,
 * naming the note and the block or line.
 */
export function finishPlan(
  kind: PlanKind,
  drafts: readonly Draft[],
  blocks: readonly MovedBlock[],
  warnings: readonly string[],
): Planned {
  const changes: NoteChange[] = [];
  for (const draft of drafts) {
    if (draft.edits.length === 0) continue;
    const before = draft.note ? draft.note.text : null;
    const after = applyEdits(before ?? "", draft.edits);
    const refusal = verifyDraft(draft, after);
    if (refusal) return { plan: null, refusal };
    changes.push({ path: draft.path, before, edits: draft.edits, after });
  }
  return { plan: { kind, changes, blocks, warnings }, refusal: null };
}

/** Why a note would not hold afterwards what the draft expects; null where it would. */
export function verifyDraft(draft: Draft, after: string): Refusal | null {
  const what = findDifference(draft, parseNote(after));
  if (what === null) return null;
  const message = `In ${draft.path} ${what}: the text around it is damaged. Nothing was moved; mend the note first.`;
  return { code: "damaged-note", message };
}

function findDifference(draft: Draft, after: Note): string | null {
  const { note, blocks, groups, entries } = draft;
  for (const [index, block] of blocks.entries()) {
    const found = after.tasks[index];
    if (!found || !isExpected(block, found, after)) {
      return `${nameTask(block.task)} of ${block.source} would no longer be read as the block that it is`;
    }
  }
  const extra = after.tasks[blocks.length];
  if (extra) return `a task block would begin in line ${extra.line} where none stood`;
  if (after.groups.length !== groups) return `the groups would be ${after.groups.length} and no longer ${groups}`;
  const entry = after.entries.findIndex(({ id }, index) => id !== entries[index]);
  if (entry !== -1 || after.entries.length !== entries.length) {
    const line = after.entries[entry]?.line ?? lineNumberAt(after.text, after.text.length);
    return `the index entries would be read differently from line ${line} on`;
  }
  const hidden = (note?.openAtEnd ?? null) === null && after.openAtEnd !== null;
  if (hidden || frontmatterOf(after) !== frontmatterOf(note))
    return "frontmatter or hidden text would begin where none was";
  return null;
}

function isExpected(block: ExpectedBlock, found: TaskBlock, after: Note): boolean {
  const { task, group } = block;
  const inGroup = group === undefined || found.group === group;
  return inGroup && found.id === task.id && found.closed === task.closed && blockText(after, found) === block.text;
}

function frontmatterOf(note: Note | null): string | null {
  const span = note?.frontmatter;
  return span ? note.text.slice(span.from, span.to) : null;
}
