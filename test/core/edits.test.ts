// Pins what every move stands on: edits apply as they say, their inverse gives the text back byte for byte, and two lists
// of edits become one that does the same.
import fc from "fast-check";
import { applyEdits, composeEdits, invertEdits, replaceValue, trimEdit, type Edit } from "../../src/core/edits";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\r\n", "\n", "😀", "\ud83d", "é"), maxLength: 30 });

/** Edits over a text of that length: sorted, not overlapping, touching ones among them. */
function editsOver(length: number): fc.Arbitrary<readonly Edit[]> {
  return fc
    .array(fc.tuple(fc.integer({ min: 0, max: length }), fc.integer({ min: 0, max: length }), text), { maxLength: 5 })
    .map((raw) => {
      const places = raw.flatMap(([a, b]) => [a, b]).sort((a, b) => a - b);
      return raw.map(([, , insert], index) => {
        return { from: Number(places[2 * index]), to: Number(places[2 * index + 1]), insert };
      });
    });
}

const edited = text.chain((before) => editsOver(before.length).map((edits) => ({ before, edits })));

describe("applying", () => {
  test.each([
    ["nothing", [], "abcdef"],
    ["an insertion", [{ from: 3, to: 3, insert: "-" }], "abc-def"],
    ["a removal to the end", [{ from: 3, to: 6, insert: "" }], "abc"],
    [
      "touching edits in their order",
      [
        { from: 0, to: 3, insert: "x" },
        { from: 3, to: 3, insert: "y" },
      ],
      "xydef",
    ],
  ])("%s", (_, edits, after) => {
    expect(applyEdits("abcdef", edits)).toBe(after);
  });

  test.each([
    [
      "overlap",
      [
        { from: 0, to: 3, insert: "" },
        { from: 2, to: 4, insert: "" },
      ],
      "edit [2, 4) after 3 in a text of 6",
    ],
    ["end before they start", [{ from: 3, to: 2, insert: "" }], "edit [3, 2) after 0 in a text of 6"],
    ["reach behind the end", [{ from: 3, to: 7, insert: "" }], "edit [3, 7) after 0 in a text of 6"],
  ])("edits that %s are our bug and throw", (_, edits, message) => {
    expect(() => applyEdits("abcdef", edits)).toThrow(new RangeError(message));
  });
});

test("the inverse of edits gives the text back", () => {
  fc.assert(
    fc.property(edited, ({ before, edits }) => {
      expect(applyEdits(applyEdits(before, edits), invertEdits(before, edits))).toBe(before);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

describe("composing", () => {
  const chained = edited.chain(({ before, edits }) => {
    return editsOver(applyEdits(before, edits).length).map((second) => ({ before, edits, second }));
  });

  test("one list does what two do in turn, and its edits are sorted and never touch", () => {
    fc.assert(
      fc.property(chained, ({ before, edits, second }) => {
        const composed = composeEdits(before, edits, second);
        expect(applyEdits(before, composed)).toBe(applyEdits(applyEdits(before, edits), second));
        for (const [index, edit] of composed.entries()) {
          if (index > 0) expect(edit.from).toBeGreaterThan(Number(composed[index - 1]?.to));
        }
      }),
      { seed: 2, numRuns: 2000 },
    );
  });

  test("edits and their inverse cancel out", () => {
    fc.assert(
      fc.property(edited, ({ before, edits }) => {
        expect(composeEdits(before, edits, invertEdits(before, edits))).toEqual([]);
      }),
      { seed: 3, numRuns: 1000 },
    );
  });

  test("edits far from each other stay apart", () => {
    const first = [{ from: 1, to: 2, insert: "xyz" }];
    const second = [{ from: 7, to: 8, insert: "" }];
    expect(composeEdits("abcdefgh", first, second)).toEqual([
      { from: 1, to: 2, insert: "xyz" },
      { from: 5, to: 6, insert: "" },
    ]);
  });
});

describe("trimming", () => {
  test.each([
    ["a common start and end go", "abcd", { from: 0, to: 4, insert: "abXd" }, [{ from: 2, to: 3, insert: "X" }]],
    ["nothing is left of an edit that changes nothing", "abcd", { from: 1, to: 3, insert: "bc" }, []],
    ["an insertion stays", "aa", { from: 1, to: 1, insert: "a" }, [{ from: 1, to: 1, insert: "a" }]],
    [
      "a pair with the same first half stays whole",
      "😀",
      { from: 0, to: 2, insert: "😁" },
      [{ from: 0, to: 2, insert: "😁" }],
    ],
    [
      "a pair with the same second half stays whole",
      "😀",
      { from: 0, to: 2, insert: "🨀" },
      [{ from: 0, to: 2, insert: "🨀" }],
    ],
  ])("%s", (_, before, edit, trimmed) => {
    expect(trimEdit(before, edit)).toEqual(trimmed);
  });
});

describe("replacing a value", () => {
  test.each([
    ["the value alone", "**Type:** old  ", { from: 10, to: 13 }, "**Type:** new  "],
    ["an absent one, before the blanks that end the line", "**Type:**  ", { from: 11, to: 11 }, "**Type:** new  "],
    ["an absent one at the end of the line", "**Type:**", { from: 9, to: 9 }, "**Type:** new"],
  ])("%s", (_, before, span, after) => {
    expect(applyEdits(before, replaceValue(before, span, "new"))).toBe(after);
  });

  test("a value that stands there already gives no edit", () => {
    expect(replaceValue("type: new", { from: 6, to: 9 }, "new")).toEqual([]);
  });
});
