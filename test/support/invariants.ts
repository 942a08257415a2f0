// What holds of every plan, on whatever folder (FORMAT.md §5 rule 7 and §7): no block is lost, doubled or rewritten, nothing
// but the moved blocks and the lines that a rule names changes, and the edits give every byte back.
import { applyEdits, invertEdits } from "../../src/core/edits";
import type { BacklogFolder } from "../../src/core/folder";
import { withLineEnds } from "../../src/core/line-ends";
import { blockText, type Note } from "../../src/core/note";
import type { Plan } from "../../src/core/plan";
import { folderAfter } from "./notation";

/** The day of the moves that are checked. */
export const TODAY = "2026-11-23";

const notesOf = ({ backlog, todo, archive, index }: BacklogFolder) => ({ backlog, todo, archive, index });
/** The ids of a note's tasks, in order; none of a note that does not exist. */
export const idsOf = (note: Note | null) => (note?.tasks ?? []).map(({ id }) => String(id));
const withoutStamp = (block: string) =>
  block.replace(/\n(?:\*\*Completed:\*\* 2026-11-23 *|\n?### Completed\n2026-11-23)(?=\n)/, "");

/** All blocks of a folder with LF, without the Completed lines that an archival adds, sorted. */
export function blocksOf(folder: BacklogFolder): readonly string[] {
  return Object.values(notesOf(folder))
    .flatMap((note) => (note?.tasks ?? []).map((task) => blockText(note as Note, task)))
    .map((block) => withoutStamp(withLineEnds(block, "\n")))
    .sort();
}

/** What stands around the blocks of a note but blank lines and `---` lines, and what the rules say is written there. */
export function surroundings(note: Note | null): readonly string[] {
  let text = note?.text ?? "";
  const mark = text.startsWith("\ufeff") ? "with a byte-order mark" : "without a byte-order mark";
  for (const task of [...(note?.tasks ?? [])].reverse()) text = text.slice(0, task.from) + text.slice(task.to);
  const lines = withLineEnds(text.replace(/^\ufeff/, ""), "\n").split("\n");
  return [mark, ...lines]
    .filter((line) => !/^[ \t]*(?:---[ \t]*)?$/.test(line))
    .filter((line) => !/^\*\*Batch (?:Type|Goal):|2026-11-23 -->$/.test(line));
}

/** Checks all that holds of every plan; returns the folder afterwards. */
export function checkPlan(folder: BacklogFolder, plan: Plan): BacklogFolder {
  for (const { before, edits, after } of plan.changes) {
    expect(applyEdits(before ?? "", edits)).toBe(after);
    expect(applyEdits(String(after), invertEdits(before ?? "", edits))).toBe(before ?? "");
  }
  const result = folderAfter(folder, plan.changes);
  expect(blocksOf(result)).toEqual(blocksOf(folder));
  for (const [kind, note] of Object.entries(notesOf(folder))) {
    if (!note || kind === "index") continue;
    expect(surroundings(notesOf(result)[kind as "todo"])).toEqual(surroundings(note));
  }
  for (const { sourceText, destinationText } of plan.blocks) {
    expect(withoutStamp(withLineEnds(destinationText, "\n"))).toBe(withLineEnds(sourceText, "\n"));
  }
  const moved = new Set(plan.blocks.map(({ id }) => id));
  for (const [place, entry] of (folder.index?.entries ?? []).entries()) {
    if (moved.has(String(entry.id))) continue;
    expect(result.index?.entries[place]?.values.map(({ value }) => value)).toEqual(
      entry.values.map(({ value }) => value),
    );
  }
  if (folder.index) {
    const known = new Set(result.index?.entries.map(({ id }) => id));
    for (const id of moved) expect(known.has(id)).toBe(true);
  }
  return result;
}
