// Pins the net under every move: a new text that does not hold exactly the expected blocks, groups and entries, or in which
// something is hidden that was not, is refused as `damaged-note`, naming the note and the place.
import { draftNote, type Draft } from "../../src/core/draft";
import { parseNote } from "../../src/core/note";
import { planPromotion } from "../../src/core/promote";
import { readRules } from "../../src/core/rules";
import type { TaskBlock } from "../../src/core/task";
import { finishPlan, verifyDraft } from "../../src/core/verify";
import { folderOf } from "../support/notation";
import { drawn, sketched } from "../support/sketch";

const GROUPED = "## group_begin [type:infra][priority:high]/[A]//---//[B]/## group_end/";

function verdict(before: string, after: string, more: Partial<Draft> = {}): string | null {
  const refusal = verifyDraft({ ...draftNote("N.md", sketched(before)), ...more }, drawn(after));
  if (refusal !== null) expect(refusal.code).toBe("damaged-note");
  return (
    refusal && refusal.message.replace(": the text around it is damaged. Nothing was moved; mend the note first.", "")
  );
}

test.each(["", "text/", GROUPED, "---/a: b/---/[A]/", "## index_entry_begin/x/## index_entry_end/", "[A]/<!-- open/"])(
  "%j holds what it holds",
  (sketch) => {
    expect(verdict(sketch, sketch)).toBeNull();
    expect(verdict(sketch, `${sketch}/text/`)).toBeNull();
  },
);

test.each([
  [
    "a block is gone",
    "[A]//[B]/",
    "[A]/",
    "In N.md B (line 5) of N.md would no longer be read as the block that it is",
  ],
  [
    "a block is another",
    "[A]//[B]/",
    "[A]//[C]/",
    "In N.md B (line 5) of N.md would no longer be read as the block that it is",
  ],
  [
    "blocks change places",
    "[A]//[B]/",
    "[B]//[A]/",
    "In N.md A (line 1) of N.md would no longer be read as the block that it is",
  ],
  [
    "a block is hidden",
    "[A]/",
    "<!--/[A]/-->/",
    "In N.md A (line 1) of N.md would no longer be read as the block that it is",
  ],
  ["a block is longer", "[A]/", "[A] /", "In N.md A (line 1) of N.md would no longer be read as the block that it is"],
  [
    "a block leaves its group",
    GROUPED,
    `[A]/${GROUPED.replace("[A]/", "")}`,
    "In N.md A (line 2) of N.md would no longer be read as the block that it is",
  ],
  ["a block more", "[A]/", "[A]//[B]/", "In N.md a task block would begin in line 5 where none stood"],
  ["a group more", "[A]/", "[A]//## group_begin/", "In N.md the groups would be 1 and no longer 0"],
  [
    "an entry more",
    "",
    "text/## index_entry_begin/",
    "In N.md the index entries would be read differently from line 2 on",
  ],
  [
    "an entry less",
    "## index_entry_begin/",
    "text/",
    "In N.md the index entries would be read differently from line 2 on",
  ],
  [
    "another entry",
    "## index_entry_begin/[id:Q]/",
    "## index_entry_begin/[id:R]/",
    "In N.md the index entries would be read differently from line 1 on",
  ],
  ["an end that hides", "text/", "text/```/", "In N.md frontmatter or hidden text would begin where none was"],
  ["frontmatter", "text/", "---/a: b/---/", "In N.md frontmatter or hidden text would begin where none was"],
  [
    "frontmatter that is gone",
    "---/a: b/---/",
    "text/",
    "In N.md frontmatter or hidden text would begin where none was",
  ],
  [
    "another id",
    "[A]/",
    "[A]/",
    "In N.md A (line 1) of N.md would no longer be read as the block that it is",
    { id: "Z" },
  ],
  [
    "a block that is no longer closed",
    "[A]/",
    "[A]/",
    "In N.md A (line 1) of N.md would no longer be read as the block that it is",
    { closed: false },
  ],
])("%s", (_, before, after, message, task: Partial<TaskBlock> = {}) => {
  const blocks = draftNote("N.md", sketched(before)).blocks.map((block) => ({
    ...block,
    task: { ...block.task, ...task },
  }));
  const seen = verdict(before, after, { blocks });
  expect(seen).toBe(message.replace("A (line 1)", task.id ? "Z (line 1)" : "A (line 1)"));
});

test("a note that is created is verified too", () => {
  expect(verifyDraft(draftNote("N.md", null), "# New\n")).toBeNull();
  expect(verifyDraft(draftNote("N.md", null), "---\na: b\n---\n")?.code).toBe("damaged-note");
});

test("a plan leaves out the notes that it does not change", () => {
  const drafts = [
    draftNote("A.md", sketched("a/")),
    { ...draftNote("B.md", null), edits: [{ from: 0, to: 0, insert: "b\n" }] },
  ];
  const { plan } = finishPlan("edit", drafts, [], ["w"]);
  expect(plan).toEqual({
    kind: "edit",
    changes: [{ path: "B.md", before: null, edits: [{ from: 0, to: 0, insert: "b\n" }], after: "b\n" }],
    blocks: [],
    warnings: ["w"],
  });
});

test("a promotion that would lay bare frontmatter is refused", () => {
  const folder = folderOf("infra/high: a");
  const todo = parseNote("---\n");
  const rules = readRules(folder.backlog, {}, {});
  const { refusal } = planPromotion({ ...folder, todo }, { rules, today: "2026-11-23" });
  expect(refusal?.code).toBe("damaged-note");
  expect(refusal?.message).toMatch(/^In TODO\.md /);
});
