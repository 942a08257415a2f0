// Pins the one line that an archival adds to a block (FORMAT.md §5 rule 8): Completed with the date, where absent, after
// Created, else after Status, in their style; and which dates the index takes. `/` is a line break.
import { completedOn, createdOn, stampCompleted } from "../../src/core/completed";
import { parseNote } from "../../src/core/note";
import type { TaskBlock } from "../../src/core/task";

const block = (lines: string, id = "TASK-20260204-001") =>
  `## task_begin\n### # [id:${id}][type:x][priority:low] T/${lines}/## task_end`.replaceAll("/", "\n");
const TODAY = "2026-11-23";

function read(lines: string, id?: string, lineEnd = "\n"): { readonly text: string; readonly task: TaskBlock } {
  const text = `intro\n\n${block(lines, id)}\n`.replaceAll("\n", lineEnd);
  return { text, task: parseNote(text).tasks[0] as TaskBlock };
}

test.each([
  [
    "after Created",
    "**Status:** done  /**Created:** 2026-02-04  /**Notes:** x",
    "**Status:** done  /**Created:** 2026-02-04  /**Completed:** 2026-11-23  /**Notes:** x",
  ],
  [
    "after Created, wherever it stands",
    "**Created:** 2026-02-04/**Status:** done",
    "**Created:** 2026-02-04/**Completed:** 2026-11-23/**Status:** done",
  ],
  ["after Status", "**Status:** done  /**Plan:**", "**Status:** done  /**Completed:** 2026-11-23  /**Plan:**"],
  [
    "after a Created without value",
    "**Status:** done/**Created:**  /**Notes:** x",
    "**Status:** done/**Created:**  /**Completed:** 2026-11-23  /**Notes:** x",
  ],
  [
    "after a Created with its value below",
    "**Status:** done/**Created:**/2026-02-04",
    "**Status:** done/**Created:**/2026-02-04/**Completed:** 2026-11-23",
  ],
  [
    "after a Status with its value below",
    "**Status:**/done/**Plan:**",
    "**Status:**/done/**Completed:** 2026-11-23/**Plan:**",
  ],
  [
    "after a Created with more lines",
    "**Status:** done/**Created:** 2026-01-01  /by Bob/**Notes:** x",
    "**Status:** done/**Created:** 2026-01-01  /by Bob/**Completed:** 2026-11-23  /**Notes:** x",
  ],
  [
    "after a Created with a list below, at a distance that keeps it out of the list",
    "**Status:** done/**Created:**//- 2026-01-01",
    "**Status:** done/**Created:**//- 2026-01-01//**Completed:** 2026-11-23",
  ],
  [
    "after a Created with HTML below, at a distance that keeps it out of it",
    "**Status:** done/**Created:** 2026-01-01/<div>/x//**Notes:** x",
    "**Status:** done/**Created:** 2026-01-01/<div>/x//**Completed:** 2026-11-23//**Notes:** x",
  ],
  [
    "after a Created with code below",
    "**Status:** done/**Created:** 2026-01-01/```/**Notes:** x/```/**Notes:** y",
    "**Status:** done/**Created:** 2026-01-01/```/**Notes:** x/```/**Completed:** 2026-11-23/**Notes:** y",
  ],
  [
    "after a comment that spans lines",
    "**Status:** done/**Created:** 2026-01-01 <!-- a/b -->/**Notes:** x",
    "**Status:** done/**Created:** 2026-01-01 <!-- a/b -->/**Completed:** 2026-11-23/**Notes:** x",
  ],
  [
    "after Status where Created ends inside a comment",
    "**Status:** done/**Created:** 2026-01-01 <!-- a/**Notes:** b -->",
    "**Status:** done/**Completed:** 2026-11-23/**Created:** 2026-01-01 <!-- a/**Notes:** b -->",
  ],
  [
    "after what only looks like a comment",
    "**Status:** done <!-- a/**Notes:** b//x -->",
    "**Status:** done <!-- a/**Completed:** 2026-11-23/**Notes:** b//x -->",
  ],
  [
    "as a heading, after all paragraphs",
    "**Status:** done//### Created/2026-01-01//By Bob//### Notes",
    "**Status:** done//### Created/2026-01-01//By Bob//### Completed/2026-11-23//### Notes",
  ],
  [
    "indented as Created is",
    "  **Status:** done/  **Created:**2026-02-04/  **Notes:** x",
    "  **Status:** done/  **Created:**2026-02-04/  **Completed:** 2026-11-23/  **Notes:** x",
  ],
  [
    "as a heading",
    "### Status/done//### Created/2026-02-04//### Plan",
    "### Status/done//### Created/2026-02-04//### Completed/2026-11-23//### Plan",
  ],
  [
    "as a heading, with blank lines",
    "#### Status//done  //### Plan",
    "#### Status//done  //#### Completed//2026-11-23  //### Plan",
  ],
  ["as a heading without blank lines", "## Status/done/## Plan", "## Status/done/## Completed/2026-11-23/## Plan"],
  [
    "as a heading at the end",
    "**Status:** done//### Created/2026-02-04",
    "**Status:** done//### Created/2026-02-04//### Completed/2026-11-23",
  ],
  [
    "as a heading without value",
    "**Status:** done/### Created/### Plan",
    "**Status:** done/### Created/### Completed/2026-11-23/### Plan",
  ],
  [
    "into an empty one",
    "**Status:** done/**Completed:**  /**Plan:**",
    "**Status:** done/**Completed:** 2026-11-23  /**Plan:**",
  ],
  [
    "into an empty heading",
    "**Status:** done/### Completed//### Plan",
    "**Status:** done/### Completed/2026-11-23//### Plan",
  ],
  [
    "nowhere where one is there",
    "**Status:** done/**Completed:** yesterday/x",
    "**Status:** done/**Completed:** yesterday/x",
  ],
  [
    "nowhere where the second one has a value",
    "**Completed:**/**Status:** done/**Completed:** 2026-01-01",
    "**Completed:**/**Status:** done/**Completed:** 2026-01-01",
  ],
])("%s", (_, before, after) => {
  for (const lineEnd of ["\n", "\r\n"]) {
    const { text, task } = read(before, undefined, lineEnd);
    expect(stampCompleted(text, task, TODAY)).toBe(block(after).replaceAll("\n", lineEnd));
  }
});

test("nothing is added where every place lies in a comment", () => {
  const { text, task } = read("**Status:** done <!-- a/**Notes:** b -->");
  expect(stampCompleted(text, task, TODAY)).toBeNull();
});

test("nothing is added where the block reads differently by itself", () => {
  const text = "- x\n  ## task_begin\n  ### # [id:A] A\n  **Status:** done\n  ```\n**Notes:** x\n## task_end\n";
  const task = parseNote(text).tasks[0] as TaskBlock;
  expect(task.closed).toBe(true);
  expect(stampCompleted(text, task, TODAY)).toBeNull();
});

test.each([
  ["**Status:** done/**Completed:** 2026-03-01 by hand", "2026-03-01"],
  ["**Status:** done/**Completed:** yesterday", TODAY],
  ["**Status:** done", TODAY],
])("of %j the day of completion is %s", (lines, day) => {
  const { text, task } = read(lines);
  expect(completedOn(text, task, TODAY)).toBe(day);
});

test.each([
  ["**Created:** 2026-03-01", "TASK-20260204-001", "2026-03-01"],
  ["**Created:** long ago", "TASK-20260204-001", "2026-02-04"],
  ["**Status:** todo", "TASK-20260204-001", "2026-02-04"],
  ["**Status:** todo", "TASK-20261304-001", TODAY],
  ["**Status:** todo", "QT-7", TODAY],
])("of %j and the id %s the day of creation is %s", (lines, id, day) => {
  const { text, task } = read(lines, id);
  expect(createdOn(text, task, TODAY)).toBe(day);
});
