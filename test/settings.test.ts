// Pins that settings read from a file can never send a move outside the folder, or two kinds of note into one file, and
// that one wrong value costs only itself: the file is edited by hand, synced, and written by other versions.
import fc from "fast-check";
import { DEFAULT_NAMES, type NoteNames } from "../src/core/folder";
import { changeSetting, DEFAULT_SETTINGS, findClash, findSetting, readSettings } from "../src/settings";

const names = (raw: Partial<Record<keyof NoteNames, unknown>>): NoteNames => readSettings({ names: raw }).names;
const rules = (raw: Record<string, unknown>): unknown => readSettings({ rules: raw }).rules;

test.each([
  [undefined],
  [null],
  [0],
  ["settings"],
  [true],
  [[]],
  [{}],
  [{ names: 1, rules: "x" }],
  [{ names: null, rules: [] }],
])("%j gives the defaults", (raw) => {
  expect(readSettings(raw)).toEqual(DEFAULT_SETTINGS);
});

describe("names", () => {
  test("are taken where they stay inside the folder", () => {
    const set = { backlog: "tasks/Open.md", todo: "Now.md", archive: "old/Done tasks.md", index: "Übersicht.md" };
    expect(names(set)).toEqual(set);
  });

  test.each([
    ["a path from the root", "/TODO2.md"],
    ["a drive", "C:/TODO2.md"],
    ["the folder above", "../TODO2.md"],
    ["a way up in the middle", "a/../../TODO2.md"],
    ["the folder itself", "./TODO2.md"],
    ["a backslash", "a\\TODO2.md"],
    ["a dot folder", ".backlog-cards/TODO2.md"],
    ["no name before the extension", ".md"],
    ["an empty segment", "a//TODO2.md"],
    ["blanks around a segment", "a /TODO2.md"],
    ["a line break", "TO\nDO.md"],
    ["a null character", "TODO2.md\0.md"],
    ["another extension", "TODO2.txt"],
    ["nothing", ""],
    ["a number", 7],
    ["a list", ["TODO2.md"]],
  ])("with %s fall back alone", (_case, todo) => {
    expect(names({ todo, index: "Index.md" })).toEqual({ ...DEFAULT_NAMES, index: "Index.md" });
  });

  test.each<[string, Partial<NoteNames>, Partial<NoteNames>]>([
    ["two set to one note both fall back", { todo: "x.md", archive: "x.md" }, {}],
    ["case makes no other note", { todo: "Notes.md", index: "NOTES.md" }, {}],
    ["nor does the way an umlaut is written", { todo: "\u00fc.md", index: "u\u0308.md" }, {}],
    ["a third one stays", { todo: "x.md", archive: "x.md", index: "i.md" }, { index: "i.md" }],
    ["one set to another's default falls back", { todo: "Backlog.md" }, {}],
    [
      "two that change places stay",
      { backlog: "TODO.md", todo: "BACKLOG.md" },
      { backlog: "TODO.md", todo: "BACKLOG.md" },
    ],
    ["a fall back that meets a third takes it along", { todo: "ARCHIVE.md", archive: "x.md", index: "x.md" }, {}],
    ["the second place of the default archive is taken", { todo: "archive/Archive.md" }, {}],
    [
      "it is free where the archive is elsewhere",
      { todo: "ARCHIVE/ARCHIVE.md", archive: "a.md" },
      { todo: "ARCHIVE/ARCHIVE.md", archive: "a.md" },
    ],
  ])("%s", (_case, raw, expected) => {
    expect(names(raw)).toEqual({ ...DEFAULT_NAMES, ...expected });
  });
});

describe("rules", () => {
  test("are taken where they are valid", () => {
    const set = {
      limit: 3,
      minimumSteps: 0,
      required: ["plan"],
      order: "priority",
      movedNote: false,
      followNotes: false,
    };
    expect(rules(set)).toEqual(set);
  });

  test("hold nothing that is not set, so that the next source is asked", () => {
    expect(Object.keys(readSettings({ rules: { limit: 2 } }).rules)).toEqual(["limit"]);
  });

  test.each<[string, unknown]>([
    ["limit", 0],
    ["limit", -1],
    ["limit", 2.5],
    ["limit", "5"],
    ["limit", Infinity],
    ["minimumSteps", -1],
    ["minimumSteps", null],
    ["required", "plan"],
    ["required", ["plan", 1]],
    ["required", ["plan", " "]],
    ["order", "File"],
    ["order", 1],
    ["movedNote", "true"],
    ["movedNote", 0],
    ["followNotes", "false"],
    ["followNotes", null],
    ["other", 1],
  ])("%s: %j is left out, and nothing else", (key, value) => {
    expect(rules({ limit: 4, order: "file", [key]: value })).toEqual(
      Object.fromEntries(Object.entries({ limit: 4, order: "file" }).filter(([name]) => name !== key)),
    );
  });

  test("required labels are read in their one form, each once", () => {
    expect(rules({ required: ["Plan:", "effort", "Estimated  Effort", "Assignee"] })).toEqual({
      required: ["plan", "estimated effort", "assignee"],
    });
  });

  test("no required label at all is a choice too", () => {
    expect(rules({ required: [] })).toEqual({ required: [] });
  });
});

test("whatever a file holds, the names are four notes of the folder", () => {
  const name = fc.oneof(
    fc.constantFrom(
      "TODO.md",
      "todo.md",
      "BACKLOG.md",
      "ARCHIVE.md",
      "ARCHIVE/ARCHIVE.md",
      "TASK_INDEX.md",
      "a/b.md",
      "../x.md",
    ),
    fc.anything(),
  );
  const raw = fc.oneof(
    fc.record({ names: fc.record({ backlog: name, todo: name, archive: name, index: name }), rules: fc.anything() }),
    fc.anything(),
  );
  fc.assert(
    fc.property(raw, (value) => {
      const paths = Object.values(readSettings(value).names).map((path: string) => path.toLowerCase());
      expect(new Set(paths).size).toBe(4);
      for (const path of paths) expect(path).toMatch(/^(?:[^./\\][^/\\]*\/)*[^./\\][^/\\]*\.md$/);
    }),
    { seed: 20261123, numRuns: 2000 },
  );
});

describe("what is shown", () => {
  test.each([
    [{ cards: { livePreview: false } }, { cards: { livePreview: false, reading: true } }],
    [{ cards: { reading: false } }, { cards: { livePreview: true, reading: false } }],
    [{ detailsOpen: false }, { detailsOpen: false }],
    [{ statusBar: false }, { statusBar: false }],
    [{ previewPromotion: false }, { previewPromotion: false }],
    [{ cards: false, detailsOpen: "no", statusBar: 0 }, {}],
  ])("%j is read, and what is wrong falls back alone", (raw, expected) => {
    expect(readSettings(raw)).toEqual({ ...DEFAULT_SETTINGS, ...expected });
  });
});

describe("a change", () => {
  test.each<[unknown, string, unknown, unknown]>([
    [null, "statusBar", false, { statusBar: false }],
    [{ a: 1 }, "rules.limit", 2, { a: 1, rules: { limit: 2 } }],
    [{ rules: { limit: "x", b: 1 } }, "rules.order", "file", { rules: { limit: "x", b: 1, order: "file" } }],
    [{ rules: "x" }, "rules.limit", 2, { rules: { limit: 2 } }],
    [{ rules: [1] }, "rules.limit", 2, { rules: { limit: 2 } }],
    [{ names: { todo: "x.md", index: "i.md" } }, "names.todo", undefined, { names: { index: "i.md" } }],
    [{ statusBar: false, b: null }, "statusBar", undefined, { b: null }],
  ])("of %j, %s to %j, gives %j", (raw, key, value, expected) => {
    const before = JSON.stringify(raw);
    expect(changeSetting(raw, key, value)).toEqual(expected);
    expect(JSON.stringify(raw)).toBe(before);
  });

  test("is found again under its key, whatever the file held", () => {
    const key = fc.constantFrom("statusBar", "rules.limit", "names.todo");
    fc.assert(
      fc.property(fc.anything(), key, fc.jsonValue(), (raw, key, value) => {
        expect(findSetting(changeSetting(raw, key, value), key)).toEqual(value);
      }),
      { seed: 20261123 },
    );
  });
});

test("of a key that the file does not hold nothing is found", () => {
  expect([findSetting(null, "rules.limit"), findSetting({ rules: 3 }, "rules.limit")]).toEqual([undefined, undefined]);
});

test.each<[keyof NoteNames, string, keyof NoteNames | null]>([
  ["todo", "x.md", null],
  ["todo", "TODO.md", null],
  ["todo", "Archive.md", "archive"],
  ["todo", "ARCHIVE/ARCHIVE.md", "archive"],
  ["archive", "ARCHIVE/ARCHIVE.md", null],
  ["index", "backlog.md", "backlog"],
])("%s named %s meets %s", (kind, name, other) => {
  expect(findClash(DEFAULT_NAMES, kind, name)).toBe(other);
});
