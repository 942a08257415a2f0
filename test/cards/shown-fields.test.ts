// Pins which parts of a block its details show, under which names: all text that the card does not show closed, once.
import { listFields } from "../../src/cards/shown-fields";
import { readBlock } from "../../src/core/block";

const HEADER = "### # [id:A-1][type:t][priority:low] Title";

function list(...lines: readonly string[]): readonly (readonly [string | null, string])[] {
  const block = readBlock(["## task_begin", ...lines, "## task_end"].join("\n"));
  if (!block) throw new Error("not a block");
  return listFields(block).map(({ name, content }) => [name, content]);
}

test("fields come in the order of the block, named as a sentence begins, the empty ones left out", () => {
  expect(list(HEADER, "**Plan:** 1. a", "**Notes:**", "", "### Acceptance Criteria", "- [ ] b")).toEqual([
    ["Plan", "1. a"],
    ["Acceptance criteria", "- [ ] b"],
  ]);
});

test("what the closed card says is not said again, unless there is more to it", () => {
  const face = [
    "**Status:** todo",
    "**Estimated Effort:** 2 days",
    "**Dependencies:** TASK-20260204-001, TASK-20260204-002",
  ];
  expect(list(HEADER, ...face)).toEqual([]);
  expect(list(HEADER, "**Dependencies:** None")).toEqual([]);
  expect(list(HEADER, "**Status:** todo", "until Friday", "**Dependencies:** TASK-20260204-001 (the schema)")).toEqual([
    ["Status", "todo\nuntil Friday"],
    ["Dependencies", "TASK-20260204-001 (the schema)"],
  ]);
});

test("text before the first label and under a label of its own stands unnamed in its place", () => {
  expect(list(HEADER, "", "Lead.", "**Status:** todo", "**Target:** Q3", "**Plan:**", "1. a")).toEqual([
    [null, "Lead."],
    [null, "**Target:** Q3"],
    ["Plan", "1. a"],
  ]);
});

test("a block without header or fields shows what it holds", () => {
  expect(list("just words")).toEqual([[null, "just words"]]);
  expect(list()).toEqual([]);
});

test("lines that are indented with their label are no code", () => {
  expect(list(HEADER, "    **Plan:**", "    1. a", "       b", "    2. c")).toEqual([["Plan", "1. a\n   b\n2. c"]]);
});

test("%% comments are left out, and double-encoded characters mended", () => {
  expect(list(HEADER, "**Notes:** a â€” b", "%% hidden", "**Plan:** not one", "%%", "c")).toEqual([
    ["Notes", "a — b\n\nc"],
  ]);
});

test("only the fields that name documents and files make links of back-ticked paths", () => {
  const read = readBlock(
    [
      "## task_begin",
      HEADER,
      "**Plan:** `a.md`",
      "**Relevant Files:** `a.ts`",
      "**Relevant Documentation:** `b.md`",
      "## task_end",
    ].join("\n"),
  );
  expect(read && listFields(read).map(({ paths }) => paths)).toEqual([false, true, true]);
});
