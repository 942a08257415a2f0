// Pins what a source looks like when blocks have gone (FORMAT.md §5 rule 7, Source): one separator goes with each, and
// what remains is spaced as if the block had never been there. A block is written `[A]`, a line break `/`.
import { applyEdits } from "../../src/core/edits";
import { removeBlocks } from "../../src/core/removal";

const written = (text: string) => text.replaceAll("/", "\n");

function remove(text: string, names: string, lineEnd = "\n"): string {
  const source = written(text).replaceAll("\n", lineEnd);
  const found = [...source.matchAll(/\[(\w)\]/g)];
  const blocks = found.map(({ index, 0: { length } }) => ({ from: index, to: index + length }));
  const removed = new Set(found.flatMap(([, name = ""], index) => (names.includes(name) ? index : [])));
  return applyEdits(source, removeBlocks(source, blocks, removed));
}

describe("a separator goes with the block", () => {
  test.each([
    ["the one that follows", "title//[A]//---//[B]//end/", "A", "title//[B]//end/"],
    ["the one that follows, not the one before", "[A]//---//[B]//---//[C]/", "B", "[A]//---//[C]/"],
    ["the one that follows the last", "title//[A]//---/end/", "A", "title//end/"],
    ["the one that follows, without blank lines", "title/[A]/---/[B]/", "A", "title/[B]/"],
    ["only one of several that follow", "title//[A]//---//---//end/", "A", "title//---//end/"],
    ["the one that precedes where none follows", "title//[A]//---//[B]//end/", "B", "title//[A]//end/"],
    ["the one that precedes, with more blank lines", "[A]///  /---////[B]/end/", "B", "[A]/end/"],
    ["blank lines that precede", "title//[A]//[B]////end/", "B", "title//[A]////end/"],
    ["not one that stands before no block", "intro//---//[A]//end/", "A", "intro//---//end/"],
    ["not two that precede", "[A]//---//---//[B]//end/", "B", "[A]//---//---//end/"],
    ["not a longer rule", "[A]//----//[B]//end/", "A", "----//[B]//end/"],
    ["not a rule in indented code", "x//[A]//    ---//end/", "A", "x//    ---//end/"],
  ])("%s", (_, before, names, after) => {
    expect(remove(before, names)).toBe(written(after));
    expect(remove(before, names, "\r\n")).toBe(written(after).replaceAll("\n", "\r\n"));
    expect(remove(before, names, "\r")).toBe(written(after).replaceAll("\n", "\r"));
  });
});

describe("several blocks go one after another", () => {
  test.each([
    ["the first ones", "t//[A]//---//[B]//---//[C]//end/", "AB", "t//[C]//end/"],
    ["the last ones", "t//[A]//---//[B]//---//[C]//end/", "BC", "t//[A]//end/"],
    ["all, none follows the last", "t//[A]//---//[B]//end/", "AB", "t//end/"],
    ["all, one follows the last", "t//[A]//---//[B]//---/end/", "AB", "t//end/"],
    ["first and last", "t//[A]//---//[B]//---//[C]//end/", "AC", "t//[B]//end/"],
    ["with text between them", "t//[A]//---//text//[B]//end/", "AB", "t//text//end/"],
    ["directly below each other", "t/[A]/[B]/end/", "AB", "t/end/"],
    ["directly below each other, one stays", "t/[A]/[B]/end/", "B", "t/[A]/end/"],
    ["of two groups", "g//[A]//---//[B]//e//g//[C]//e/", "BC", "g//[A]//e//g//e/"],
  ])("%s", (_, before, names, after) => {
    expect(remove(before, names)).toBe(written(after));
  });

  test("none leaves the text alone", () => {
    expect(remove("t//[A]//---//[B]/", "")).toBe(written("t//[A]//---//[B]/"));
  });
});

describe("without a separator", () => {
  test.each([
    ["the blank lines after it go where one stands before", "t//[A]////end/", "A", "t//end/"],
    ["the blank lines after it stay where none stands before", "t/[A]////end/", "A", "t////end/"],
    ["the blank lines after it go at the start", "[A]//end/", "A", "end/"],
    ["a byte-order mark at the start stays", "\ufeff[A]//end/", "A", "\ufeffend/"],
    ["blank lines at the start stay", "//[A]//end/", "A", "//end/"],
  ])("%s", (_, before, names, after) => {
    expect(remove(before, names)).toBe(written(after));
  });
});

test.each([
  ["a blank line keeps it from opening frontmatter", "[A]//---//---//[B]/", "A", "/---//[B]/"],
  ["behind a byte-order mark too", "\ufeff[A]//---//---//[B]/", "A", "\ufeff/---//[B]/"],
  ["which is none in another line", "//[A]//---//---//[B]/", "A", "//---//[B]/"],
])("a `---` that would come to stand in the first line: %s", (_, before, names, after) => {
  expect(remove(before, names)).toBe(written(after));
  expect(remove(before, names, "\r\n")).toBe(written(after).replaceAll("\n", "\r\n"));
});

describe("at the end of the note", () => {
  test.each([
    ["the blank lines before go, the final break stays", "text//[A]/", "A", "text/"],
    ["without a final break there is none afterwards", "text//[A]", "A", "text"],
    ["the blank lines behind stay", "text//[A]//", "A", "text//"],
    ["the separator that follows goes", "text//[A]//---/", "A", "text/"],
    ["the separator that follows goes, without a final break", "text//[A]//---", "A", "text"],
    ["the separator that precedes goes", "t//[A]//---//[B]/", "B", "t//[A]/"],
    ["one that stands before no block stays", "text//---//[A]/", "A", "text//---/"],
    ["the separator that follows goes, not the one before", "[A]//---//[B]//---/", "B", "[A]//---/"],
    ["all blocks go", "text//---//[A]//---//[B]//---//[C]/", "ABC", "text//---/"],
    ["nothing else was there", "[A]/", "A", "/"],
    ["nothing at all was there", "[A]", "A", ""],
    ["blanks behind the last rule stay", "text//---  //[A]/", "A", "text//---  /"],
    ["a last line of blanks stays", "text//[A]//  ", "A", "text//  "],
  ])("%s", (_, before, names, after) => {
    expect(remove(before, names)).toBe(written(after));
  });
});

test.each([
  ["a blank line that would become part of a lone CR stays", "t\r[A]\n\n\nend\n", "t\r\n\n\nend\n"],
  ["no other line break is added", "t\r[A]\r\rend\n", "t\r\rend\n"],
  ["nor behind a line feed", "t\n[A]\n\nend\n", "t\n\nend\n"],
])("where line ends are mixed %s", (_, before, after) => {
  expect(remove(before, "A")).toBe(after);
});

test("a million blank lines around a block are no more than many", () => {
  const blank = "/".repeat(1_000_000);
  expect(remove(`t/${blank}[A]${blank}//---//end/`, "A")).toBe(written(`t/${blank}end/`));
  expect(remove(`t/${blank}[A]${blank}`, "A")).toBe(written(`t${blank}`));
});
