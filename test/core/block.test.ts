// Pins what a task block says by itself: when a text is one at all (only then is a card drawn), which tasks it waits for, and
// how many files it names.
import { type Block, countFiles, readBlock, readDependencies } from "../../src/core/block";

const HEADER = "### # [id:TASK-20260204-001][type:infra][priority:high][component:core] Title";

function blockWith(...lines: readonly string[]): Block {
  const block = readBlock(["## task_begin", HEADER, ...lines, "## task_end"].join("\n"));
  if (!block) throw new Error("no block");
  return block;
}

describe("a text is a block", () => {
  test("with offsets that count from its first character", () => {
    const block = blockWith("**Status:** todo");
    expect(block.task).toMatchObject({ from: 0, to: block.text.length, id: "TASK-20260204-001", status: "todo" });
    expect(block.note.tasks).toEqual([block.task]);
  });

  test.each([
    ["with an indented marker", `  ## task_begin\n${HEADER}\n ## task_end`],
    ["with a header on the marker's line", `## task_begin${HEADER}\n## task_end`],
    ["with line ends of any kind", `## task_begin\r\n${HEADER}\r## task_end`],
    ["without anything between its markers", "## task_begin\n## task_end"],
  ])("%s", (_, text) => {
    expect(readBlock(text)?.text).toBe(text);
  });

  test.each([
    ["where nothing closes it", `## task_begin\n${HEADER}`],
    ["where a comment hides its end", "## task_begin\n<!--\n## task_end"],
    ["with a line break behind its end", "## task_begin\n## task_end\n"],
    ["with a line before it", "\n## task_begin\n## task_end"],
    ["behind a byte-order mark", "\uFEFF## task_begin\n## task_end"],
    ["where it is two", "## task_begin\n## task_end\n## task_begin\n## task_end"],
    ["where it begins twice", "## task_begin\n## task_begin\n## task_end"],
    ["where there is none", ""],
  ])("not %s", (_, text) => {
    expect(readBlock(text)).toBeNull();
  });
});

describe("dependencies", () => {
  test.each([
    [
      "of every form that occurs",
      "TASK-20260204-002, QT-20260204-001 and `TASK-20260203-014-A`; [[TASK-20260204-XP01]].",
      4,
    ],
    ["that say there are none", "None (blocks all other work)", 0],
    ["that name no whole id", "TASK-20260204, TASK-2026-01, 20260204-001", 0],
  ])("%s", (_, value, count) => {
    expect(readDependencies(blockWith(`**Dependencies:** ${value}`))).toHaveLength(count);
  });

  test("come in order, once each, as they are first written, from every field of that label", () => {
    const block = blockWith(
      "**Dependencies:** TASK-20260204-003 (a), task-20260204-002",
      "**Notes:** TASK-20260204-009",
      "### Dependencies",
      "- TASK-20260204-002",
      "- TASK-20260204-004",
    );
    expect(readDependencies(block)).toEqual(["TASK-20260204-003", "task-20260204-002", "TASK-20260204-004"]);
  });

  test("in a comment are none", () => {
    const block = blockWith("**Dependencies:**", "<!-- TASK-20260204-002 -->", "- TASK-20260204-003", "<!-- a -->");
    expect(readDependencies(block)).toEqual(["TASK-20260204-003"]);
  });
});

describe("files are counted", () => {
  test.each([
    ["on the label's line", ["**Relevant Files:** `src/a.ts`, `b.json`"], 2],
    [
      "in a list, what is said of them aside",
      ["**Relevant Files:**", "- `src/a.ts`: the main one", "- [b](c/d.ts)", "- see a"],
      2,
    ],
    ["below a heading", ["### Relevant Files", "", "`a/b.ts`"], 1],
    ["in every field of that label", ["**Relevant Files:** `a/b.ts`", "**Relevant Files:** `c/d.ts`"], 2],
    ["but not in a fence", ["**Relevant Files:**", "```", "`a/b.ts`", "```"], 0],
    ["but not in other fields", ["**Relevant Documentation:** `docs/a.md`"], 0],
    ["and nothing is none", ["**Relevant Files:**"], 0],
  ])("%s", (_, lines, count) => {
    expect(countFiles(blockWith(...lines))).toBe(count);
  });
});
