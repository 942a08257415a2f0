// Pins the one-line notation of the tests: it reads what it writes, so that a case says what it seems to say.
import { blockOf, folderOf, notationOf } from "./notation";

test.each([
  "infra/high: a b! c | todo:",
  "infra/high: a@docs b+ c~ d? e^; docs/low: | todo: f@docs+ | archive: g",
  "infra/high: (x) (y z) a; -: b c@docs! | archive: | index: a/backlog b/todo+",
  "none | todo: a",
])("reads and writes %s", (line) => {
  expect(notationOf(folderOf(line))).toBe(line);
});

test("every closed task of the notation but the incomplete ones has what the rules ask for", () => {
  const tasks = folderOf("infra/high: a b!").backlog?.tasks ?? [];
  expect(tasks.map(({ steps, closed, references }) => [steps, closed, references.length])).toEqual([
    [3, true, 1],
    [0, true, 1],
  ]);
});

test("a word that is no task is an error of the test", () => {
  expect(() => blockOf("a b")).toThrow('no task in the notation: "a b"');
});
