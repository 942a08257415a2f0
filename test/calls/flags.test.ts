/*
 * The flags of the app's command line: what is read of them, and what is said of those that say nothing. An agent reads
 * these sentences and mends its call by them, so they are pinned; that each call then does what the shell's does is pinned
 * in test/browser/app-calls.test.ts.
 */
import { FLAG_CALLS } from "../../src/calls/flag-calls";
import { readCall, readFlags, wantsJson, type GivenFlags, type ReadFlags } from "../../src/calls/flags";

const read = (name: string, given: GivenFlags): ReadFlags => {
  const call = FLAG_CALLS.find((one) => one.name === name);
  if (!call) throw new RangeError(`there is no call ${name}`);
  return readFlags(call.flags, given);
};

test("there is a call for each that was promised, and for the one that refusals name", () => {
  const names = ["check", "list", "next", "promote", "set", "tick", "archive", "return", "undo", "recover"];
  expect(FLAG_CALLS.map(({ name }) => name)).toEqual(names);
});

test.each(FLAG_CALLS)(
  "$name says in the app's help what it does, and what each flag means",
  ({ description, flags }) => {
    expect(description).toMatch(/^[A-Z]/);
    for (const { description: meaning, value } of Object.values(flags)) {
      expect(meaning).toMatch(/^(?:[A-Z]|todo|critical)/);
      if (value !== undefined) expect(value).toMatch(/^<\w+>$/);
    }
  },
);

test("values and flags without one are told apart", () => {
  const flags = read("promote", { folder: "work", "dry-run": "true", goal: "Ship it" });
  expect([flags.find("folder"), flags.find("goal"), flags.find("limit")]).toEqual(["work", "Ship it", null]);
  expect([flags.has("dry-run"), flags.has("archive-done")]).toEqual([true, false]);
});

test("the flags that every call takes are read as the shell's are", () => {
  const call = readCall(read("next", { order: "priority", limit: "3", today: "2026-02-04" }), "2026-11-23");
  expect(call).toEqual({ rules: { order: "priority", limit: 3 }, today: "2026-02-04", dryRun: false });
  expect(readCall(read("undo", { "dry-run": "true" }), "2026-11-23")).toEqual({
    rules: {},
    today: "2026-11-23",
    dryRun: true,
  });
});

test("a flag may be written as in the shell, with hyphens in front", () => {
  expect(read("promote", { "--dry-run": "true" }).has("dry-run")).toBe(true);
  expect(wantsJson({ "--json": "true" })).toBe(true);
});

test("what is the app's own is passed over", () => {
  expect(read("next", { vault: "notes", copy: "true" }).given).toEqual([]);
});

test("JSON is answered with JSON also where another flag is wrong", () => {
  expect([wantsJson({ json: "true", nope: "true" }), wantsJson({ nope: "true" })]).toEqual([true, false]);
});

const WRONG: readonly (readonly [string, GivenFlags, string])[] = [
  ["next", { nope: "true" }, "Unknown flag 'nope'."],
  ["next", { constructor: "true" }, "Unknown flag 'constructor'."],
  ["next", { goal: "x" }, "Unknown flag 'goal'."],
  ["promote", { "dry-rum": "true" }, "Unknown flag 'dry-rum' (Did you mean dry-run?)"],
  ["promote", { "--gaol": "x" }, "Unknown flag '--gaol' (Did you mean goal?)"],
  ["promote", { goal: "true" }, "Flag 'goal=<text>' argument missing."],
  ["promote", { "dry-run": "false" }, "Flag 'dry-run' takes no value."],
  ["promote", { json: "" }, "Flag 'json' takes no value."],
  ["next", { limit: "0" }, "Flag 'limit=<n>' argument '0' is invalid. It must be a whole number of at least 1."],
  ["next", { limit: "1.5" }, "Flag 'limit=<n>' argument '1.5' is invalid. It must be a whole number of at least 1."],
  ["next", { order: "foo" }, "Flag 'order=<order>' argument 'foo' is invalid. Allowed choices are file, priority."],
  [
    "next",
    { today: "2026-02-30" },
    "Flag 'today=<date>' argument '2026-02-30' is invalid. It must be a day of the calendar, YYYY-MM-DD.",
  ],
];

test.each(WRONG)("%s with %j is refused: %s", (name, given, sentence) => {
  const call = () => readCall(read(name, given), "2026-11-23");
  expect(call).toThrow(expect.objectContaining({ code: "usage", message: sentence }) as Error);
});
