// Pins the words of a group's band and of the rules line, and when two of them are the same.
import { describeBand, equalBands } from "../../src/cards/band";
import { describeRules, equalRules } from "../../src/cards/rules-line";
import { parseNote } from "../../src/core/note";
import { readRules } from "../../src/core/rules";

jest.mock("obsidian", () => ({}), { virtual: true });

const HEADER = { type: "dev", priority: "high", title: "Development â€” High" };
const COUNTS = { tasks: 5, ready: 3, empty: false, movedIds: 2 };

test("a band says what its group is and counts, its title mended", () => {
  expect(describeBand(HEADER, COUNTS, true)).toEqual({
    type: "dev",
    priority: "high",
    title: "Development — High",
    tasks: 5,
    ready: 3,
    next: true,
    empty: false,
    moved: 2,
  });
});

test("bands are the same only where all they show is", () => {
  const band = describeBand(HEADER, COUNTS, false);
  expect(equalBands(band, describeBand({ ...HEADER }, { ...COUNTS }, false))).toBe(true);
  const others = [
    describeBand(HEADER, COUNTS, true),
    ...[{ type: null }, { priority: null }, { title: "" }].map((other) =>
      describeBand({ ...HEADER, ...other }, COUNTS, false),
    ),
    ...[{ tasks: 6 }, { ready: 0 }, { empty: true }, { movedIds: 0 }].map((other) =>
      describeBand(HEADER, { ...COUNTS, ...other }, false),
    ),
  ];
  expect(others.map((other) => equalBands(band, other))).toEqual(others.map(() => false));
});

test.each([
  ["", "5 a batch, 3 steps, plan, effort, documentation (default)"],
  ["<!-- Take up to 4 tasks -->", "4 a batch · 3 steps, plan, effort, documentation (default)"],
  [
    "---\nbatch-order: priority\nmoved-note: false\nrequired-fields: []\nminimum-steps: 1\n---",
    "5 a batch (default) · 1 step, no required fields, groups by priority, no moved notes (properties)",
  ],
  [
    "<!-- Take up to 1 task\nREQUIRED FIELDS\n- **Plan:** Minimum 2 numbered\n- **Owner:** a\n-->",
    "1 a batch, 2 steps, plan, owner",
  ],
])("the rules of %j are said with the source of what the comment leaves open", (note, text) => {
  const rules = describeRules(readRules(parseNote(note), {}, {}));
  expect(rules).toEqual({ text });
  expect(equalRules(rules, { text })).toBe(true);
  expect(equalRules(rules, { text: "" })).toBe(false);
});
