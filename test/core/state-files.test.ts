// When the next text of a state counts: as soon as it was written to its end, whatever it is cut off at before.
import { isWholeState } from "../../src/core/state-files";

const STATE = JSON.stringify({ version: 1, text: 'with "quotes", { and }', notes: [1, null], last: "😀" });

test("a state counts when it is whole, and at no place before", () => {
  expect(isWholeState(STATE)).toBe(true);
  for (let length = 0; length < STATE.length; length++) expect(isWholeState(STATE.slice(0, length))).toBe(false);
});
