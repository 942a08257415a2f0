// Pins what counts as an obvious slip: the fixes of tags, statuses and priorities rest on it, so a tie must give nothing.
import fc from "fast-check";
import { closestWord } from "../../src/core/typos";

const WORDS = ["todo", "in-progress", "blocked", "done"];

test.each([
  ["the word itself", "done", 0, "done"],
  ["a letter missing", "bloked", 1, "blocked"],
  ["a letter too many", "blockked", 1, "blocked"],
  ["a wrong letter", "blacked", 1, "blocked"],
  ["two neighbours swapped", "blokced", 1, "blocked"],
  ["two neighbours swapped at the end", "doen", 1, "done"],
  ["two slips", "in-prgres", 2, "in-progress"],
  ["two slips where one is allowed", "in-prgres", 1, null],
  ["a letter missing at the end", "don", 1, "done"],
  ["one slip where none is allowed", "bloked", 0, null],
  ["another length, far off", "finished-long-ago", 2, null],
  ["another word of that length", "open", 1, null],
  ["no word", "", 2, null],
])("%s: %s", (_, word, distance, expected) => {
  expect(closestWord(word, WORDS, distance)).toBe(expected);
});

test("two words equally near give none, a nearer one after them does", () => {
  expect(closestWord("tone", ["tune", "done"], 1)).toBeNull();
  expect(closestWord("tone", ["tune", "done", "tone"], 1)).toBe("tone");
  expect(closestWord("tone", ["tone", "tune", "done"], 1)).toBe("tone");
});

test("a single slip of any kind is always found", () => {
  const at = fc.nat({ max: 10 });
  fc.assert(
    fc.property(at, fc.constantFrom("delete", "insert", "swap", "replace"), (index, kind) => {
      const word = "in-progress";
      const [before, after] = [word.slice(0, index), word.slice(index)];
      const slipped = {
        delete: before + after.slice(1),
        insert: `${before}q${after}`,
        replace: `${before}q${after.slice(1)}`,
        swap: before + after.slice(1, 2) + after.slice(0, 1) + after.slice(2),
      }[kind];
      expect(closestWord(slipped, WORDS, 1)).toBe(word);
    }),
    { seed: 20261123 },
  );
});
