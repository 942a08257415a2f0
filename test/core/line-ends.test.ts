// Pins how the core reads and writes line ends: CRLF, LF and a lone CR each end a line (FORMAT.md §2).
import {
  dominantLineEnd,
  lineBreakAt,
  lineEndAt,
  lineNumberAt,
  lineStartAt,
  lineStartBefore,
  uniformLineEnd,
  withLineEnds,
} from "../../src/core/line-ends";

test.each([
  ["", "\n", null],
  ["a", "\n", null],
  ["a\nb\n", "\n", "\n"],
  ["a\r\nb\r\n", "\r\n", "\r\n"],
  ["a\r\nb\n", "\n", null],
  ["a\r\nb\r\nc\n", "\r\n", null],
  ["a\rb\n", "\n", null],
  ["a\r\r\n", "\r\n", null],
])("of %j the dominant line end is %j and the uniform one is %j", (text, dominant, uniform) => {
  expect(dominantLineEnd(text)).toBe(dominant);
  expect(uniformLineEnd(text)).toBe(uniform);
});

test("every line break becomes the one asked for", () => {
  expect(withLineEnds("a\r\nb\nc\rd\n\r\n", "\n")).toBe("a\nb\nc\nd\n\n");
  expect(withLineEnds("a\r\nb\nc\rd", "\r\n")).toBe("a\r\nb\r\nc\r\nd");
});

test.each([
  ["a\nb", 1, "\n"],
  ["a\r\nb", 1, "\r\n"],
  ["a\rb", 1, "\r"],
  ["ab", 1, ""],
  ["ab", 2, ""],
])("the line break in %j at %i is %j", (text, at, found) => {
  expect(lineBreakAt(text, at)).toBe(found);
});

test.each([
  ["one\r\ntwo\rthree\nfour", 6, 5, 8, 2],
  ["one\r\ntwo\rthree\nfour", 0, 0, 3, 1],
  ["one\r\ntwo\rthree\nfour", 19, 15, 19, 4],
])("in %j the line around %i starts at %i, ends at %i and is number %i", (text, at, start, end, line) => {
  expect([lineStartAt(text, at), lineEndAt(text, at), lineNumberAt(text, at)]).toEqual([start, end, line]);
});

test.each([
  ["one\r\ntwo", 5, 0],
  ["one\ntwo", 4, 0],
  ["one\rtwo\r", 8, 4],
  ["\n", 1, 0],
])("in %j the line before the one at %i starts at %i", (text, at, start) => {
  expect(lineStartBefore(text, at)).toBe(start);
});
