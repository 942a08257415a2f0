// Pins the words of the status bar. The explanation is also what a screen reader says instead of the counts, so it has to
// begin with them.
import { explainCounts, sayCounts } from "../../src/ui/status-bar";

jest.mock("obsidian", () => ({}), { virtual: true });

const counts = { open: 12, incomplete: 3 };

test("the counts are said in two words", () => {
  expect(sayCounts(counts)).toBe("12 open, 3 incomplete");
});

test.each([
  ["docs/work", "12 open, 3 incomplete in docs/work."],
  ["", "12 open, 3 incomplete in the vault."],
  [null, "12 open, 3 incomplete in all backlog folders of the vault."],
])("the explanation names what was counted: %j", (folder, words) => {
  expect(explainCounts({ counts, folder }).split("\n")[0]).toBe(words);
});

test("the explanation tells what both words mean", () => {
  const explanation = explainCounts({ counts, folder: null });
  expect(explanation).toMatch(/^Open: .*not done\.$/m);
  expect(explanation).toMatch(/^Incomplete: .*lack a required field/m);
});
