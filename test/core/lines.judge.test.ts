// Pins that the line scanner sees what mdast-util-from-markdown sees when it reads the whole note (FORMAT.md §2): the same
// masked lines, the same list items with the same boxes, the same paragraphs and indented code, and a heading in every marker.
// Over tables, the corpus, and seeded random notes out of hostile snippets: LINES_NOTES of them (20,000), from LINES_SEED (0).
//
// Where the two differ, and why:
// 1. `%%` comments are Obsidian's; mdast knows none. Notes here hold none; lines.test.ts pins them.
// 2. Link definitions are paragraphs to the scanner. Below a definition alone, an underline is no heading to mdast and a box
//    is one. Nobody writes either, and to know it a definition of many lines would have to be read. (`isExcepted`)
// 3. `]]]>` ends CDATA, as CommonMark says; micromark overlooks it.
// 4. A box holds a space or an x; micromark also takes a line end, and a tab of one column.
// 5. A box stands in the first block of its item, as GFM says; micromark's extension also gives an item the box of the text
//    below an empty item in it. The judge counts it only in the first block.
// 6. In a note that opens frontmatter without closing it micromark-extension-frontmatter reads no container at all. There is
//    no frontmatter then, so the judge reads it without the extension.
// 7. The lines without text at the end of a block that its container ends: mdast gives them to the block or not, for no
//    reason that a reader sees. They are left out.
// 8. Containers deeper than 1,000 are text; micromark needs minutes for such a note.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LineScanner } from "../../src/core/lines";
import { CORPUS, testOnCorpus } from "../support/corpus";
import { createDraw, drawNote, SNIPPETS } from "../support/hostile-notes";
import { findDifferences, isExcepted, judge, parseTree, readLines } from "../support/judge";

const NOTES = Number(process.env["LINES_NOTES"] ?? 20_000);
const SEED = Number(process.env["LINES_SEED"] ?? 0);

describe("the scanner agrees with mdast on", () => {
  test.each([
    ["lists", "- a\n- b\n  - c\n\n    d\n\n  e\n\nf\n1. g\n2. h\n3) i\n10. j\n"],
    ["numbers that may not interrupt a paragraph", "a\n2. b\n1. c\n\nd\n01. e\n\nf\n11. g\n\nh\n1x\n"],
    ["numbers of too many digits", "1234567890. a\n\n123456789. b\n\n12\n\n1"],
    ["empty items", "-\n\n  a\n\n- \n  b\n\n-\n\n-\n\n  c\n\nd\n-\n"],
    ["empty items in containers", "> -\n>\n>   a\n\n- -\n\n  b\n\n    c\n"],
    ["a nested item in a line that interrupts a paragraph", "a\n- 2. b\n- 2. c\n\nd\n> -\n> - e\n"],
    ["indented code that keeps items from interrupting", "    a\n2. b\n\n    c\n\n-\n\n    d\n- e\n"],
    ["indented code on a lazy line", "> a\n>\n\t\t- b\n  > - c\n"],
    ["tabs", "-\ta\n\n\tb\n\n\t\tc\n>\td\n>\t\te\n\t- f\n -\t\tg\n"],
    ["wide markers", "-    a\n\n     b\n\n-     c\n\n      d\n"],
    ["thematic breaks in place of items", "- a\n- - -\n- b\n***\n* * *\n* *\n- * -\n- - b\n_ _ _\n__\n"],
    ["underlines", "a\n===\nb\n---\n\n---\nc\n== =\n\n> d\n---\n> e\n===\n\n- f\n  ---\n"],
    ["headings that are none", "#a\n####### b\n# c\n#\td\n#\n    # e\n"],
    ["fences", "```\n~~~\n```\n~~~ `\n```\n~~~~\n``` a`\n````\n```\n    ````\n   ```` \n```` b\n"],
    [
      "fences in containers",
      "- ```\n  a\n\n  b\nc\n> ```\n> d\ne\n- ~~~\n- f\n1. ```\n   g\n   ```\n> ~~~\n>\n> - h\n",
    ],
    ["blank lines in and behind a fence of a list", "- ```\n\n\n  a\n\n- b\n"],
    ["comments", "<!-- a\n\nb --> c\n- d\n<!-->\n- e\n<!--->\n- f\n<!---->\n- g\n<!- h\n<!-- i -- >\n- j\n"],
    ["a comment in a list", "- <!-- a\n\n  b\nc\n- d\n  <!-- e -->\n- f\n"],
    [
      "HTML of kind 1",
      "<pre>\n\na </pre> b\n<SCRIPT\nc\n</style>\n<pre/>\n\n</pre>\n\n<textarea>\n</pre >\n</b>\n</pres>\n",
    ],
    ["HTML of kinds 3 to 5", "<?\n\n?>\n<!a\n\n>\n<!1>\n\n<![CDATA[\n\n]]>\n<![CDATA\n<?>\n- a\n<!x>\n- b\n"],
    ["HTML of kind 6", "<div\na\n\n- b\n</div>\n\n<p/>c\n\n<p/ >\n\n<divx\n\n<section>d\n\ne\n<hr\n"],
    [
      "HTML of kind 7",
      "<x>\na\n\nb\n<x>\n\n<x y>\n\n</x >\n\n</x y>\n\n<x> a\n\n<x\n\n<1>\n\n<x/>\n\n<x/ >\n\n<a-b>\n\n<x!>\n\n<averylongname>\n- b\n",
    ],
    [
      "attributes",
      '<a b = "c" :d _e.f-g:h=i>\n\n<a b="c"d>\n\n<a b="c>\n\n<a b="c"\n\n<a b=">\n\n<a b=c/d>\n\n<a b=/>\n\n<a 1>\n',
    ],
    [
      "more attributes",
      "<a b=c=d>\n\n<a b=>\n\n<a b= \n\n<a b='c'/>\n\n<a b='c'>\n\n<a b='c' d>\n\n<a b=`>\n\n<a b=c\n\n<a b\n\n<a \n",
    ],
    ["HTML of kind 7 on a lazy line", "> a\n<x>\n> b\nc\n- d\n<x>\n  e\n- f\n"],
    ["HTML of kind 6 on a lazy line", "> a\n<div>\n> b\n\n- c\n</pre>\n- d\n"],
    ["boxes", "- [ ] a\n- [x] b\n1. [X] c\n- [y] d\n- [x]e\n- [ ]\n- [x] \n- a [x] b\n- [\n- [x\n"],
    ["boxes that need the next line", "- [ ]\n  a\n- [x] \nb\n- [ ]\n\n  c\n- [x]\n# d\n- [ ]\n"],
    [
      "boxes below the marker",
      "-\n  [x] a\n\n-\n   [x] b\n\n- \n  [x] c\n\n-\n  [ ]\n  d\n\n-\n  > [x] e\n\n-\n  [f\n\n-",
    ],
    ["boxes in headings and behind quotes", "- [ ] a\n  ---\n- [x] b\n  c\n  ===\n- > [x] d\n- # [x] e\n"],
    ["boxes in lists and quotes in each other", "> - [ ] a\n> - [x]\n>   b\n1. - [ ] c\n\t\t- [x] d\n   -\n>  [x] e\n"],
    ["block quotes", "> a\nb\n> > c\n> d\n\n>e\n    > f\n>     g\n>\n> h\n   > i\n> - j\n>\n> k\n"],
    [
      "markers",
      "## task_begin\n## task_begin### # [id:A]\na\n   ## task_end  \n    ## task_end\n\n    ## task_end\n- b\n  ## group_end\n",
    ],
    ["frontmatter", "---\na: 1\n\n- b\n--- a\n ---\n---\t\n- c\n---\n"],
    ["frontmatter behind a byte-order mark", "\uFEFF---\r\na\r\n---\r\n- b\r\n"],
    ["frontmatter that never closes", "---\n- a\n> b\n```\n"],
    ["a first line that only looks like frontmatter", "----\na\n---\n"],
    ["a first line that is all there is", "---"],
    ["lone carriage returns", "- a\r  b\r\r```\rc\r```\rd\r\n\r- e"],
    ["empty notes", ""],
  ])("%s", (_, text) => {
    expect(findDifferences(text)).toEqual([]);
    expect(findDifferences(text.replaceAll(/\r?\n/g, "\r\n"))).toEqual([]);
    expect(findDifferences(text.replaceAll("\n", "\r"))).toEqual([]);
    expect(findDifferences(`\uFEFF${text.replace("\uFEFF", "")}`)).toEqual([]);
  });

  test.each(Object.entries(SNIPPETS))(
    "every snippet of %s, alone, in a list, in a quote and behind a paragraph",
    (_, lines) => {
      const notes = lines.flatMap((line) => [
        line,
        `- ${line}\n  a`,
        `> ${line}\nb`,
        `c\n${line}\nd`,
        `- e\n${line}\n\nf`,
      ]);
      expect(notes.flatMap((note) => (isExcepted(note) ? [] : findDifferences(note)))).toEqual([]);
    },
  );

  testOnCorpus("every note of the corpus", () => {
    const notes = readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));
    expect(notes.length).toBeGreaterThan(20);
    for (const path of notes)
      expect([path, findDifferences(readFileSync(join(CORPUS, path), "utf8"))]).toEqual([path, []]);
  });

  test(`${NOTES} random notes`, () => {
    let excepted = 0;
    const seen = new Set<string>();
    for (let seed = SEED; seed < SEED + NOTES; seed++) {
      const note = drawNote(createDraw(seed));
      const differences = findDifferences(note);
      if (differences.length === 0) for (const line of readLines(note)) seen.add(`${line.mask} ${line.marker}`);
      else if (isExcepted(note)) excepted++;
      else expect({ seed, note, differences }).toEqual({ seed, note, differences: [] });
    }
    expect(excepted).toBeLessThanOrEqual(NOTES / 500);
    // The notes did hold what they are for.
    const masks = ["frontmatter", "fence", "comment", "html"].map((mask) => `${mask} null`);
    const kinds = ["task_begin", "task_end", "group_begin", "group_end", "index_entry_begin", "index_entry_end"];
    expect([...seen].sort()).toEqual([...masks, ...kinds.map((kind) => `null ${kind}`), "null null"].sort());
  }, 600_000);
});

describe("the listed differences are", () => {
  const paragraphs = (text: string) => readLines(text).map(({ paragraph }) => paragraph);

  test("an underline below a definition, which is no heading to mdast", () => {
    expect(judge("[a]: /b\n===\n<x>").blocks.map(({ type }) => type)).toEqual(["definition", "paragraph"]);
    expect(paragraphs("[a]: /b\n===\n<x>")).toEqual([true, false, false]);
    expect(isExcepted("[a]: /b\n===\n<x>")).toBe(true);
    expect(isExcepted("> [a]: /b\r\n> --\r\n")).toBe(true);
    expect(isExcepted("[a]: /b\n\n===\n")).toBe(false);
  });

  test("a box below a definition", () => {
    expect(judge("- [a]: /b\n  [x] c").items.map(({ checked }) => checked)).toEqual([true]);
    expect(readLines("- [a]: /b\n  [x] c")[0]?.items.map(({ boxAt }) => boxAt)).toEqual([-1]);
    expect(isExcepted("- [a]: /b\n  [x] c")).toBe(true);
  });

  test("three brackets that end CDATA", () => {
    expect(judge("<![CDATA[ ]]]>\na").blocks).toHaveLength(1);
    expect(readLines("<![CDATA[ ]]]>\na").map(({ mask }) => mask)).toEqual(["html", null]);
  });

  test("a tab or a line end in a box", () => {
    expect(judge("1) [\t] a\n- [\n  ] b\n").items.map(({ checked }) => checked)).toEqual([null, false]);
    const scanner = new LineScanner("- [\n  ] b\n");
    expect(scanner.next() && scanner.items).toEqual([{ ordered: false, from: 0, parentFrom: -1, boxAt: -1 }]);
  });

  test("the box of a text below an empty item", () => {
    expect(parseTree("- *\n  [x] a", false).children).toMatchObject([{ children: [{ checked: true }] }]);
    expect(findDifferences("- *\n  [x] a")).toEqual([]);
    expect(readLines("- *\n  [x] a").flatMap(({ items }) => items.map(({ boxAt }) => boxAt))).toEqual([-1, -1]);
  });

  test("containers in frontmatter that never closes", () => {
    expect(parseTree("---\n- a", true).children.map(({ type }) => type)).toEqual(["thematicBreak", "paragraph"]);
    expect(parseTree("---\n- a", false).children.map(({ type }) => type)).toEqual(["thematicBreak", "list"]);
    expect(readLines("---\n- a").map(({ items }) => items.length)).toEqual([0, 1]);
  });
});
