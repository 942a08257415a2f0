// Pins how a text typed in an editor and a text written by another program become one: what was typed is never lost, and no more
// is changed than differs (EDITOR.md, "Writing"; `line-merge.ts` says what is assumed).
import fc from "fast-check";
import { describeChanges, mergeLines } from "./obsidian/line-merge";

const lines = fc
  .array(fc.constantFrom("a", "b", "c", "", "## task_begin"), { maxLength: 12 })
  .map((all) => all.join("\n"));

function apply(text: string, changes: ReturnType<typeof describeChanges>): string {
  return [...changes]
    .reverse()
    .reduce((before, { from, to, insert }) => before.slice(0, from) + insert + before.slice(to), text);
}

test.each([
  ["changes in different lines", "a\nb\nc\n", "A\nb\nc\n", "a\nb\nC\n", "A\nb\nC\n"],
  ["lines put in at different places", "a\nb\n", "a\nx\nb\n", "a\nb\ny\n", "a\nx\nb\ny\n"],
  ["lines put in at one place", "a\nb\n", "a\nmine\nb\n", "a\ntheirs\nb\n", "a\ntheirs\nmine\nb\n"],
  ["the same line changed twice", "a\nb\nc\nd\n", "a\nmine\nc\nd\n", "a\ntheirs\nc\nD\n", "a\nmine\nc\nD\n"],
  ["a line typed into a stretch that was deleted", "a\nb\nc\nd\n", "a\nb\nx\nc\nd\n", "a\nd\n", "a\nb\nx\nc\nd\n"],
  ["a line put in behind a last line without an end", "a", "a\nmine", "b\na", "b\na\nmine"],
])("a merge of %s", (_case, base, mine, theirs, merged) => {
  expect(mergeLines(base, mine, theirs)).toBe(merged);
});

test("where only one side changed, a merge is that side", () => {
  fc.assert(
    fc.property(lines, lines, (base, other) => {
      expect(mergeLines(base, base, other)).toBe(other);
      expect(mergeLines(base, other, base)).toBe(other);
      expect(mergeLines(base, other, other)).toBe(other);
    }),
    { seed: 1 },
  );
});

test("changes lead from one text to the other, in order and apart", () => {
  fc.assert(
    fc.property(lines, lines, (before, after) => {
      const changes = describeChanges(before, after);
      expect(apply(before, changes)).toBe(after);
      changes.slice(1).forEach(({ from }, at) => expect(from).toBeGreaterThanOrEqual(changes[at]?.to ?? 0));
    }),
    { seed: 2 },
  );
});

test("a change is as small as the characters that differ", () => {
  expect(describeChanges("one\ntwo\nthree\n", "one\ntwelve\nthree\n")).toEqual([{ from: 6, to: 7, insert: "elve" }]);
});
