// Pins how one task block is read (FORMAT.md §4): header and tags, labels in both styles, fields, steps, criteria. Whether
// a task may be promoted is decided by what stands here.
import { readHeader, readTags, tagValue } from "../../src/core/header";
import { lineNumberAt } from "../../src/core/line-ends";
import { parseNote } from "../../src/core/note";
import { readValue, type TaskBlock } from "../../src/core/task";

const read = (...body: readonly string[]): TaskBlock => {
  const [task] = parseNote(["## task_begin", ...body, "## task_end"].join("\n")).tasks;
  if (!task) throw new Error("no task");
  return task;
};
const HEADER = "### # [id:A-1][type:t][priority:low][component:c] Title";

describe("the header", () => {
  test.each([
    ["### # [id:A-1][type:t] Title", "A-1", "Title"],
    ["## 3. # [id:A-1] Title", "A-1", "Title"],
    ["## 3. [id:A-1] Title", "A-1", "Title"],
    ["###### [id: A-1 ] Title  ", "A-1", "Title"],
    ["###[id:A-1]Title", "A-1", "Title"],
    ["   ### [id:A-1] [type:t] Title", "A-1", "Title"],
    ["### 3 monkeys", null, "3 monkeys"],
    ["### [WIP] Title", null, "[WIP] Title"],
    ["### [a:b](c) Title", null, "[a:b](c) Title"],
    ["### [:b] Title", null, "[:b] Title"],
    ["### [ :b] Title", null, "[ :b] Title"],
    ["### [[a:b]] Title", null, "[[a:b]] Title"],
    ["### [id:] Title", null, "Title"],
    ["### [id:A-1", null, "[id:A-1"],
    ["### #", null, ""],
  ])("%j", (line, id, title) => {
    const task = read("", line);
    expect(task.header).not.toBeNull();
    expect([task.id, task.title]).toEqual([id, title]);
  });

  test.each(["# [id:A-1] One", "####### [id:A-1] Seven", "[id:A-1] None", "    ### [id:A-1] Code"])(
    "is not %j",
    (line) => {
      expect(read(line)).toMatchObject({ header: null, id: null, title: "" });
    },
  );

  test("is the first line that is not blank, masked lines aside", () => {
    expect(read("", "<!-- imported -->", "", HEADER).id).toBe("A-1");
    expect(read("text", HEADER).header).toBeNull();
  });

  test("tags are spans; names in any case, the first of a name counts", () => {
    const text = "### [ID: A-1 ][Type:X][type:y] T";
    const header = readHeader(text, 0, text.length, 1);
    expect(header?.tags.map(({ from, to }) => text.slice(from, to))).toEqual(["[ID: A-1 ]", "[Type:X]", "[type:y]"]);
    expect(header?.tags.map(({ valueFrom, valueTo }) => text.slice(valueFrom, valueTo))).toEqual(["A-1", "X", "y"]);
    expect(tagValue(header?.tags ?? [], "type")).toBe("X");
    expect(tagValue(header?.tags ?? [], "priority")).toBeNull();
  });

  test("type and priority are compared in lower case", () => {
    expect(read("### [id:a][type:Infra][priority:HIGH] T")).toMatchObject({ type: "infra", priority: "high" });
  });

  test("tags end where the span does", () => {
    expect(readTags("[a:b][c:d]", 0, 5)).toHaveLength(1);
    expect(readTags("[a:b][c:d]", 0, 8)).toHaveLength(1);
  });
});

describe("labels", () => {
  test.each([
    ["**Plan:** x", "plan", "bold"],
    ["      **Plan:** x", "plan", "bold"],
    ["**plan:** x", "plan", "bold"],
    ["** Notes  &  Summary:** x", "notes & summary", "bold"],
    ["### Plan", "plan", "heading"],
    ["## PLAN ##", "plan", "heading"],
    ["### Plan:", "plan", "heading"],
    ["   #### Acceptance criteria", "acceptance criteria", "heading"],
  ])("%j", (line, label, style) => {
    expect(read(HEADER, line).fields).toMatchObject([{ label, style }]);
  });

  test.each([
    "       **Plan:** x",
    "- **Plan:** x",
    "> **Plan:** x",
    "**Plan** x",
    "**Plan: x",
    "**a** b:** x",
    "# Plan",
    "###Plan",
    "    ### Plan",
    "####### Plan",
    "*Plan:* x",
    "### Planning",
    "**Target:** x",
  ])("%j is none", (line) => {
    expect(read(HEADER, line).fields).toEqual([]);
  });

  test("in masked text are none", () => {
    expect(read(HEADER, "```", "**Plan:** x", "```", "<!--", "### Plan", "-->").fields).toEqual([]);
  });

  test("a field runs to the next label and keeps other headings and bold labels", () => {
    const body = [
      HEADER,
      "**Description:** a",
      "# One",
      "**Target:** b",
      "",
      "```",
      "c",
      "```",
      "",
      "**Plan:**",
      "1. x",
    ];
    const text = ["## task_begin", ...body, "## task_end"].join("\n");
    const [task] = parseNote(text).tasks;
    expect(task?.fields.map(({ contentFrom, to }) => text.slice(contentFrom, to))).toEqual([
      " a\n# One\n**Target:** b\n\n```\nc\n```",
      "\n1. x",
    ]);
    expect(task?.others.map(({ name, contentFrom, to }) => [name, text.slice(contentFrom, to)])).toEqual([
      ["one", ""],
      ["target", " b\n\n```\nc\n```"],
    ]);
  });

  test("an unknown bold label ends a field of one value, a heading does not", () => {
    const text = [
      "## task_begin",
      HEADER,
      "**Estimated Effort:**",
      "2 days",
      "**Target:** x",
      "y",
      "**Assignee:**",
      "# h",
      "me",
      "## task_end",
    ].join("\n");
    const [task] = parseNote(text).tasks;
    expect(task?.fields.map(({ contentFrom, to }) => text.slice(contentFrom, to))).toEqual(["\n2 days", "\n# h\nme"]);
  });
});

describe("values", () => {
  test.each([
    [["**Status:** Done  "], "done"],
    [["### Status", "", "in-progress"], "in-progress"],
    [["**Status:**", "todo"], "todo"],
    [["**Status:** todo", "**Status:** done"], "todo"],
    [["**Status:**"], null],
    [["**Notes:** x"], null],
  ])("status of %j is %j", (body, status) => {
    expect(read(HEADER, ...body).status).toBe(status);
  });

  test("a value is the first line that is not blank", () => {
    const note = parseNote(
      ["## task_begin", HEADER, "**Estimated Effort:**  ", "", "  2 days  ", "x", "## task_end"].join("\n"),
    );
    expect(note.tasks.flatMap(({ fields }) => fields.map((field) => readValue(note.text, field)))).toEqual(["2 days"]);
  });
});

describe("steps", () => {
  test.each([
    ["numbered lines", ["**Plan:**  ", "1. a", "2. b", "3) c"], 3],
    ["a heading label", ["### Plan", "1. a", "2. b"], 2],
    ["nested ones do not count", ["**Plan:**", "1. a", "   1. x", "   2. y", "2. b"], 2],
    ["bullets do not count", ["**Plan:**", "- a", "- b", "  1. c"], 0],
    ["headings", ["### Plan", "#### Step 1: a", "text", "#### Step 2", "- x", "#### Stepping"], 2],
    ["headings with lists below count once", ["### Plan", "#### Step 1", "1. a", "#### Step 2", "1. b"], 2],
    ["two Plans are one", ["**Plan:**", "1. a", "**Status:** todo", "**Plan:**", "1. b"], 2],
    ["not in masked text", ["**Plan:**", "1. a", "", "```", "2. b", "```"], 1],
    ["a step that begins with a fence or a comment", ["**Plan:**", "1. ```", "   2. x", "   ```", "2. <!-- a -->"], 2],
    ["not beginning with 2 below the label, as CommonMark has it", ["**Plan:**", "2. a"], 0],
    ["below an indented label at its own depth", ["**Notes:**", "- x", "  **Plan:**", "  1. a", "  2. b"], 2],
    ["not of another field", ["**Notes:**", "1. a", "2. b"], 0],
    ["step headings of another field", ["**Notes:**", "### Step 1"], 0],
  ])("%s", (_name, body, steps) => {
    expect(read(HEADER, ...body).steps).toBe(steps);
  });
});

test("criteria are the boxes of both lists, nested ones too, with their state and place", () => {
  const body = [
    HEADER,
    "**Acceptance Criteria:**",
    "- [ ] a",
    "  - [x] b",
    "* text",
    "### Definition of Done",
    "1. [X] c",
    "**Notes:**",
    "- [ ] no",
  ];
  const text = ["## task_begin", ...body, "## task_end"].join("\n");
  const criteria = parseNote(text).tasks.flatMap((task) => task.criteria);
  expect(criteria.map(({ label, ticked, boxAt }) => [label, ticked, lineNumberAt(text, boxAt), text[boxAt]])).toEqual([
    ["acceptance criteria", false, 4, " "],
    ["acceptance criteria", true, 5, "x"],
    ["definition of done", true, 8, "X"],
  ]);
});

test("a box is none where an underline makes its text a heading", () => {
  const { criteria } = read(HEADER, "**Acceptance Criteria:**", "- [ ] a", "  ---", "- [x] b");
  expect(criteria).toMatchObject([{ ticked: true }]);
});

describe("references", () => {
  test.each([
    ["behind a bold label", ["**Relevant Documentation:** `a.md`, `b.md`"], ["a.md", "b.md"]],
    ["in a list below a heading", ["### Relevant Documentation", "- `a.md` — why", "- [b](c.md)"], ["a.md", "c.md"]],
    ["across the lines of a paragraph", ["**Relevant Documentation:** [a", "b](c.md)"], ["c.md"]],
    [
      "not across list lines or headings",
      ["### Relevant Documentation", "- `a", "- b.md`", "", "`c", "#### d.md`"],
      [],
    ],
    ["not in masked text", ["### Relevant Documentation", "```", "`a.md`", "```"], []],
    ["up to an unknown bold label", ["**Relevant Documentation:** `a.md`", "**Target:** `b.md`"], ["a.md"]],
    ["none in other fields", ["**Relevant Files:** `a.md`"], []],
  ])("%s", (_name, body, targets) => {
    expect(read(HEADER, ...body).references.map(({ target }) => target)).toEqual(targets);
  });
});
