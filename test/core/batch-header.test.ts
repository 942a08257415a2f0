// Pins how the batch header of a todo note is written (FORMAT.md §5 rule 7, Batch header): in the style found there, the
// value alone, blanks that end a line kept.
import { planBatchGoal, planBatchType } from "../../src/core/batch-header";
import { applyEdits } from "../../src/core/edits";
import { parseNote } from "../../src/core/note";

const header = (type: string, goal = " Old goal  ") =>
  `# T\n\n## 🎯 Current Batch Focus\n**Batch Type:**${type}\n**Batch Goal:**${goal}\n**Batch Size Target:** 5\n`;

describe("the type", () => {
  const batch = { type: "infra", priority: "high" };

  test.each([
    ["a word", " config  ", " infra  "],
    ["a tag", " [type:config]  ", " [type:infra]  "],
    ["two tags take the group's priority", " [type:config][priority:low]", " [type:infra][priority:high]"],
    ["tags in any case", " [Type:Config] [Priority:Low]", " [type:infra] [priority:high]"],
    ["none yet", " (none)  ", " [type:infra]  "],
    ["a placeholder", " (set when promoting)", " [type:infra]"],
    ["nothing", "", " [type:infra]"],
    ["nothing but blanks", "  ", " [type:infra]  "],
    ["the same in another case stays", " INFRA", " INFRA"],
    ["the same stays", " [type:infra]", " [type:infra]"],
  ])("%s", (_, before, after) => {
    const note = parseNote(header(before));
    expect(applyEdits(note.text, planBatchType(note, batch))).toBe(header(after));
  });

  test("a group without priority leaves no priority", () => {
    const note = parseNote(header(" [type:config][priority:low]"));
    const edits = planBatchType(note, { type: "infra", priority: null });
    expect(applyEdits(note.text, edits)).toBe(header(" [type:infra]"));
  });

  test.each([
    [" [type:config]  ", " (none)  "],
    [" config", " (none)"],
    [" (None)", " (None)"],
  ])("of no batch: %j becomes %j", (before, after) => {
    const note = parseNote(header(before));
    expect(applyEdits(note.text, planBatchType(note, null))).toBe(header(after));
  });

  test("a note without header or without the line is left alone", () => {
    expect(planBatchType(parseNote("# T\n"), batch)).toEqual([]);
    expect(planBatchType(parseNote("## Current Batch Focus\n"), batch)).toEqual([]);
  });
});

describe("the goal", () => {
  test("is the one given, the line kept", () => {
    const note = parseNote(header(" x"));
    expect(applyEdits(note.text, planBatchGoal(note, "$& new") ?? [])).toBe(header(" x", " $& new  "));
  });

  test("that is the same gives no edit", () => {
    expect(planBatchGoal(parseNote(header(" x")), "Old goal")).toEqual([]);
  });

  test("has no place in a note without the line", () => {
    expect(planBatchGoal(parseNote("# T\n"), "g")).toBeNull();
  });
});
