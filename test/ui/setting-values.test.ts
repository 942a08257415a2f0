// Pins the words with which the settings tab refuses a value, and what a control shows and stores: these are the two places
// where what a person sees and what a file holds could part.
import { DEFAULT_NAMES } from "../../src/core/folder";
import { readSettings } from "../../src/settings";
import {
  judgeLabels,
  judgeName,
  judgeNumber,
  showValue,
  storeValue,
  type SettingKey,
} from "../../src/ui/setting-values";

const show = (raw: unknown, key: SettingKey): unknown => showValue(readSettings(raw), raw, key);

describe("a name", () => {
  test.each(["Next.md", "sub/Next.md", "  Next.md ", ""])("“%s” is taken", (name) => {
    expect(judgeName(DEFAULT_NAMES, "todo", name)).toBeUndefined();
  });

  test.each([
    ["Next", "End the name in .md, as in TODO.md."],
    ["../Next.md", "Name a note in the folder or in a folder below it"],
    ["a\\b.md", "Name a note in the folder or in a folder below it"],
    ["backlog.md", "The backlog may be this note already. Choose another name."],
    ["ARCHIVE/archive.md", "The archive may be this note already. Choose another name."],
  ])("“%s” is refused: %s", (name, sentence) => {
    expect(judgeName(DEFAULT_NAMES, "todo", name)).toContain(sentence);
  });

  test("the default is refused where another kind of note has it", () => {
    expect(judgeName({ ...DEFAULT_NAMES, todo: "x.md", index: "TODO.md" }, "todo", "")).toContain("The task index");
  });
});

test.each<[number, number, boolean]>([
  [1, 1, true],
  [0, 1, false],
  [0, 0, true],
  [2.5, 0, false],
  [NaN, 0, false],
  [Infinity, 0, false],
])("%d with at least %d: taken is %s", (value, least, taken) => {
  expect(judgeNumber(value, least)).toBe(taken ? undefined : `Enter a whole number of at least ${least}.`);
});

test.each([
  ["plan, Estimated Effort, notes & summary", undefined],
  ["", undefined],
  ["plan, **effort**", "“**effort**” is no label."],
  ["[plan]", "“[plan]” is no label."],
])("labels “%s”", (written, sentence) => {
  const judged = judgeLabels(written);
  if (sentence === undefined) expect(judged).toBeUndefined();
  else expect(judged).toContain(sentence);
});

describe("a control shows", () => {
  test.each<[SettingKey, unknown]>([
    ["names.archive", "ARCHIVE.md"],
    ["rules.limit", 5],
    ["rules.minimumSteps", 3],
    ["rules.required", "plan, estimated effort, relevant documentation"],
    ["rules.order", "file"],
    ["rules.movedNote", true],
    ["rules.followNotes", true],
    ["cards.livePreview", true],
    ["cards.reading", true],
    ["detailsOpen", true],
    ["statusBar", true],
    ["previewPromotion", true],
  ])("%s: %j where nothing is set", (key, value) => {
    expect(show(null, key)).toBe(value);
  });

  test.each<[unknown, SettingKey, unknown]>([
    [{ rules: { limit: 2 } }, "rules.limit", 2],
    [{ rules: { required: ["effort", "notes"] } }, "rules.required", "estimated effort, notes"],
    [{ rules: { required: [] } }, "rules.required", ""],
    [{ rules: { order: "priority" } }, "rules.order", "priority"],
    [{ rules: { movedNote: false } }, "rules.movedNote", false],
    [{ cards: { reading: false } }, "cards.reading", false],
  ])("what is set: %j", (raw, key, value) => {
    expect(show(raw, key)).toBe(value);
  });

  test.each<[unknown, SettingKey, unknown]>([
    [{ names: { todo: "../x" } }, "names.todo", "../x"],
    [{ rules: { limit: -1 } }, "rules.limit", -1],
  ])("what is wrong as it stands, to be mended: %j", (raw, key, value) => {
    expect(show(raw, key)).toBe(value);
  });

  test.each<[unknown, SettingKey, unknown]>([
    [{ names: { todo: 7 } }, "names.todo", "TODO.md"],
    [{ rules: { limit: "many" } }, "rules.limit", 5],
    [{ rules: { order: "random" } }, "rules.order", "file"],
    [{ rules: { movedNote: 1 } }, "rules.movedNote", true],
  ])("the default where what is wrong could not be shown: %j", (raw, key, value) => {
    expect(show(raw, key)).toBe(value);
  });
});

describe("a control stores", () => {
  test.each<[SettingKey, unknown, unknown]>([
    ["names.todo", " Next.md ", "Next.md"],
    ["names.todo", " ", undefined],
    ["rules.required", "Plan:, effort,, plan", ["plan", "estimated effort"]],
    ["rules.required", "", []],
    ["rules.order", "priority", "priority"],
    ["rules.limit", 3, 3],
    ["statusBar", false, false],
  ])("%s: %j as %j", (key, value, stored) => {
    expect(storeValue(key, value)).toEqual(stored);
  });
});
