// Pins when two values say the same: a card is drawn again where they do not, and stays stale where they wrongly do.
import { equalValues } from "../../src/core/equal-values";

test.each<[unknown, unknown]>([
  [1, 1],
  [NaN, NaN],
  [null, null],
  [
    [1, { a: [] }],
    [1, { a: [] }],
  ],
  [
    { a: 1, b: undefined },
    { b: undefined, a: 1 },
  ],
  [new Map([["a", [1]]]), new Map([["a", [1]]])],
  [
    new Map([
      ["a", 1],
      ["b", 2],
    ]),
    new Map([
      ["b", 2],
      ["a", 1],
    ]),
  ],
])("%p and %p say the same", (a, b) => {
  expect(equalValues(a, b)).toBe(true);
});

test.each<[unknown, unknown]>([
  [1, 2],
  [1, "1"],
  [null, {}],
  [{}, null],
  [undefined, null],
  [[], {}],
  [{}, new Map()],
  [new Map(), {}],
  [[1], [1, 2]],
  [[1, 2], [1]],
  [{ a: 1 }, { a: 2 }],
  [{ a: undefined }, { b: undefined }],
  [new Map([["a", 1]]), new Map([["a", 2]])],
  [new Map([["a", 1]]), new Map()],
  [new Map([["a", undefined]]), new Map([["b", undefined]])],
])("%p and %p do not", (a, b) => {
  expect(equalValues(a, b)).toBe(false);
});
