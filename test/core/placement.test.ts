// Pins where blocks go in at a destination (FORMAT.md §5 rule 7, Destination): after the last block, else at the end, a
// `---` between that is never doubled; and which notes take nothing. `[A]` is a block, `/` a line break.
import { applyEdits } from "../../src/core/edits";
import { parseNote } from "../../src/core/note";
import {
  appendBlocks,
  appendLines,
  chooseLineEnds,
  insertBlocks,
  insertLinesBelow,
  refuseAtEnd,
} from "../../src/core/placement";
import { drawn, sketchBlock, sketched, sketchOf } from "../support/sketch";

const NEW = [sketchBlock("X"), sketchBlock("Y")];

function inserted(sketch: string, blocks = NEW): string {
  const note = sketched(sketch);
  return sketchOf(applyEdits(note.text, [insertBlocks(note, blocks, "\n")]));
}

function appended(sketch: string): string {
  const note = sketched(sketch);
  return sketchOf(applyEdits(note.text, [appendBlocks(note, NEW, "\n")]));
}

describe("after the last block", () => {
  test.each([
    ["at the end", "t//[A]/", "t//[A]//---//[X]//---//[Y]/"],
    ["at the end, without a final break", "t//[A]", "t//[A]//---//[X]//---//[Y]"],
    ["at the end, with blank lines behind", "t//[A]//", "t//[A]//---//[X]//---//[Y]//"],
    ["with text below", "t//[A]//text/", "t//[A]//---//[X]//---//[Y]//text/"],
    ["with text directly below", "t//[A]/text/", "t//[A]//---//[X]//---//[Y]//text/"],
    ["a rule below is used, and stays one", "t//[A]//---//text/", "t//[A]//---//[X]//---//[Y]//text/"],
    ["a rule below without blank lines", "t//[A]/---/text/", "t//[A]/---//[X]//---//[Y]//text/"],
    ["a rule below with more blank lines", "t//[A]//---////text/", "t//[A]//---//[X]//---//[Y]///text/"],
    ["a rule at the end", "t//[A]//---/", "t//[A]//---//[X]//---//[Y]/"],
    ["a rule at the end, and a blank line", "t//[A]//---//", "t//[A]//---//[X]//---//[Y]/"],
    ["a rule at the end, without a final break", "t//[A]//---", "t//[A]//---//[X]//---//[Y]"],
    ["a longer rule is text", "t//[A]//----/", "t//[A]//---//[X]//---//[Y]//----/"],
  ])("%s", (_, before, after) => {
    expect(inserted(before)).toBe(after);
  });
});

describe("at the end of a note without blocks", () => {
  test.each([
    ["behind text", "text/", "text//---//[X]//---//[Y]/"],
    ["behind text without a final break", "text", "text//---//[X]//---//[Y]"],
    ["blank lines are used", "text///", "text///---//[X]//---//[Y]/"],
    ["a last line of blanks counts", "text/  ", "text/  /---//[X]//---//[Y]"],
    ["a rule is used", "text//---/", "text//---//[X]//---//[Y]/"],
    ["a rule and a blank line are used", "text//---//", "text//---//[X]//---//[Y]/"],
    ["the underline of a heading is no rule", "text/---/", "text/---//---//[X]//---//[Y]/"],
    ["the end of frontmatter is no rule", "---/a: b//---/", "---/a: b//---//---//[X]//---//[Y]/"],
    ["behind frontmatter a rule is one", "---/a: b/---//---/", "---/a: b/---//---//[X]//---//[Y]/"],
    ["an empty note gets the blocks alone", "", "[X]//---//[Y]/"],
    ["a note of a byte-order mark too", "\ufeff", "\ufeff[X]//---//[Y]/"],
    ["a note of blank lines too", "//", "//[X]//---//[Y]/"],
    ["a note of blanks too", "  ", "  /[X]//---//[Y]/"],
  ])("%s", (_, before, after) => {
    expect(inserted(before)).toBe(after);
    expect(appended(before)).toBe(after);
  });

  test("a rule that is all of the note is none", () => {
    expect(appended("---/")).toBe("---//---//[X]//---//[Y]/");
  });
});

describe("appending never touches what stands there", () => {
  test.each([
    ["behind a block", "[A]/", "[A]//---//[X]//---//[Y]/"],
    ["behind a rule directly below a block", "[A]/---/", "[A]/---//[X]//---//[Y]/"],
    ["behind text below the last block", "[A]//footer/", "[A]//footer//---//[X]//---//[Y]/"],
    ["without a final break", "[A]//footer", "[A]//footer//---//[X]//---//[Y]"],
  ])("%s", (_, before, after) => {
    expect(appended(before)).toBe(after);
    expect(drawn(after).startsWith(drawn(before))).toBe(true);
  });
});

test("line ends are the ones asked for", () => {
  const note = parseNote("text\r\n");
  expect(applyEdits(note.text, [insertBlocks(note, ["a", "b"], "\r\n")])).toBe(
    "text\r\n\r\n---\r\n\r\na\r\n\r\n---\r\n\r\nb\r\n",
  );
  expect(appendLines("text", "lines", "\r\n").insert).toBe("\r\n\r\nlines");
});

test.each([
  ["directly above text", "a/b/", "a//NEW//b/"],
  ["one blank line is there", "a//b/", "a//NEW//b/"],
  ["two are there", "a///b/", "a//NEW//b/"],
  ["more are there", "a/////b/", "a//NEW////b/"],
  ["at the end", "a/", "a//NEW/"],
  ["at the end, without a final break", "a", "a//NEW"],
  ["at the end, with blank lines", "a//", "a//NEW//"],
])("lines below a line have one blank line on each side: %s", (_, before, after) => {
  const text = drawn(before);
  expect(sketchOf(applyEdits(text, [insertLinesBelow(text, 1, "NEW", "\n")]))).toBe(after);
});

describe("behind a lone CR a line feed is no line of its own", () => {
  test.each([
    ["text", "T\r\rtext\r", "T\r\rtext\r\n\nNEW\n"],
    ["a blank line", "text\r\r", "text\r\rNEW\n"],
    ["text without a final break", "T\rtext", "T\rtext\n\nNEW"],
  ])("at the end behind %s", (_, before, after) => {
    expect(applyEdits(before, [appendLines(before, "NEW", "\n")])).toBe(after);
  });

  test("which would underline the text with a `---`", () => {
    const note = parseNote("# T\r\rFooter text\r");
    const after = applyEdits(note.text, [insertBlocks(note, ["a"], "\n")]);
    expect(after).toBe("# T\r\rFooter text\r\n\n---\n\na\n");
  });

  test.each([
    ["a\rb\r", "a\r\n\nNEW\n\nb\r"],
    ["a\r\rb\r", "a\r\rNEW\n\nb\r"],
  ])("below a line of %j", (before, after) => {
    expect(applyEdits(before, [insertLinesBelow(before, 1, "NEW", "\n")])).toBe(after);
  });

  test("with CRLF nothing is added", () => {
    expect(appendLines("text\r", "NEW", "\r\n").insert).toBe("\r\nNEW\r\n");
  });
});

describe("line ends of what moves", () => {
  test.each([
    ["uniform LF are taken", "a\n", "b\r\n", "\n", "x\ny"],
    ["uniform CRLF are taken", "a\r\n", "b\n", "\r\n", "x\r\ny"],
    ["of a mix the block keeps its own, separators the source's", "a\r\nb\n", "b\r\n", "\r\n", "x\r\ny"],
    ["without any the block keeps its own", "", "b\n", "\n", "x\r\ny"],
  ])("%s", (_, destination, source, lineEnd, block) => {
    const chosen = chooseLineEnds(destination, source);
    expect(chosen.lineEnd).toBe(lineEnd);
    expect(chosen.convert("x\r\ny")).toBe(block);
  });
});

describe("a note that takes nothing at its end", () => {
  test.each([
    [
      "a comment",
      "text\n\n<!-- open\n",
      "T.md takes nothing at its end: the comment that begins in line 3 never closes. Close it first.",
    ],
    [
      "a fence",
      "text\n```\ncode\n",
      "T.md takes nothing at its end: the code fence that begins in line 2 never closes. Close it first.",
    ],
    [
      "a <pre>",
      "<pre>\n\ntext\n",
      "T.md takes nothing at its end: the HTML block that begins in line 1 never closes. Close it first.",
    ],
    [
      "a task",
      "## task_begin\n### # [id:A] A\n",
      "T.md takes nothing at its end: A (line 1) has no `## task_end`. Close it first.",
    ],
  ])("%s that nothing closes", (_, text, message) => {
    expect(refuseAtEnd(parseNote(text), "T.md")).toEqual({ code: "damaged-note", message });
  });

  test.each(["", "text\n", drawn("[A]/"), "```\ncode\n```\n", "<div>\n", "<!-- closed -->\n"])(
    "but %j does",
    (text) => {
      expect(refuseAtEnd(parseNote(text), "T.md")).toBeNull();
    },
  );
});

test("a million blank lines are no more than many", () => {
  const blank = "/".repeat(1_000_000);
  expect(inserted(`[A]${blank}/---/`, [sketchBlock("X")])).toBe(`[A]${blank}/---//[X]/`);
  expect(inserted(`text/${blank}`, [sketchBlock("X")])).toBe(`text/${blank}---//[X]/`);
});
