// Pins what the line scanner says beyond CommonMark, which lines.judge.test.ts pins: where lines begin and end, markers and
// glued headers (FORMAT.md §3), Obsidian's `%%` comments, blocks that nothing closes (FORMAT.md §2), and that no text, however
// odd, makes it look at characters again and again.
import { type ItemStart, LineScanner } from "../../src/core/lines";
import { createDraw, drawNote } from "../support/hostile-notes";
import { hasFrontmatter, readLines, shiftLine } from "../support/judge";

const LETTERS = { frontmatter: "y", fence: "f", comment: "c", html: "h", hidden: "%" };

/** A letter per line: that of its mask, p for a paragraph, k for indented code, - for others. */
function sketch(text: string): string {
  return readLines(text)
    .map(({ mask, paragraph, code }) => (mask === null ? (paragraph ? "p" : code ? "k" : "-") : LETTERS[mask]))
    .join("");
}

/** The kinds, first and last lines (from 1) of the blocks that nothing closes; `!` where the note ends in the last of them. */
function sketchUnclosed(text: string): string {
  const scanner = new LineScanner(text);
  while (scanner.next());
  const lineAt = (offset: number) => text.slice(0, offset).split("\n").length;
  const lines = scanner.unclosed.map(({ kind, from, to }) => `${kind} ${lineAt(from)}-${lineAt(to - 1)}`);
  if (scanner.openAtEnd !== null) expect(scanner.openAtEnd).toBe(scanner.unclosed.at(-1));
  return lines.join(", ") + (scanner.openAtEnd === null ? "" : "!");
}

describe("a line", () => {
  test("ends at LF, CRLF or a lone CR; the rest behind the last break is none", () => {
    const lines = readLines("a\nb\r\nc\rd\n\re\r\n\nf").map(({ from, to, end }) => [from, to, end]);
    expect(lines).toEqual([
      [0, 1, 2],
      [2, 3, 5],
      [5, 6, 7],
      [7, 8, 9],
      [9, 9, 10],
      [10, 11, 13],
      [13, 13, 14],
      [14, 15, 15],
    ]);
    expect(readLines("a\n")).toHaveLength(1);
    expect(readLines("a\r")).toHaveLength(1);
    expect(readLines("\r\n").map(({ from, to, end }) => [from, to, end])).toEqual([[0, 0, 2]]);
    expect(readLines("")).toEqual([]);
  });

  test.each([
    ["a", 0, 0],
    ["  a", 2, 2],
    [" \ta", 2, 4],
    ["\t  \ta", 4, 8],
    ["   ", 3, 3],
    ["\uFEFFa", 1, 0],
    ["\uFEFF  a", 3, 2],
    ["\u00A0a", 0, 0],
  ])("%j has its text at %i, in column %i", (text, textFrom, columns) => {
    expect(readLines(text)[0]).toMatchObject({ textFrom, columns });
  });

  test("a byte-order mark is skipped at the start of a note only", () => {
    expect(readLines("\uFEFF## task_end\n\uFEFF## task_end").map(({ marker }) => marker)).toEqual(["task_end", null]);
  });

  test("keeps its fields when there is no further one", () => {
    const scanner = new LineScanner("  ## task_end");
    expect(scanner.next()).toBe(true);
    expect([scanner.next(), scanner.next()]).toEqual([false, false]);
    expect(scanner).toMatchObject({ from: 0, to: 13, end: 13, marker: "task_end", columns: 2 });
  });
});

describe("a marker", () => {
  test.each([
    ["## task_begin", "task_begin"],
    ["## task_end", "task_end"],
    ["## group_begin", "group_begin"],
    ["## group_end", "group_end"],
    ["## index_entry_begin", "index_entry_begin"],
    ["## index_entry_end", "index_entry_end"],
    ["   ## task_end \t ", "task_end"],
    ["## group_begin [type:a][priority:b]", "group_begin"],
    ["## group_begin\t[type:a] [priority:b]  ", "group_begin"],
    ["## group_begin []", "group_begin"],
  ])("is %j", (text, marker) => {
    expect(readLines(text)[0]).toMatchObject({ marker, gluedFrom: -1 });
  });

  test.each([
    "    ## task_end",
    "\t## task_end",
    "## Task_end",
    "##  task_end",
    "##\ttask_end",
    "##task_end",
    "### task_end",
    "# task_end",
    "## task_end a",
    "## task_ends",
    "## task",
    "## plan",
    "##",
    "#",
    "## group_end [type:a]",
    "## group_begin[type:a]",
    "## group_begin a",
    "## group_begin [type:a] a",
    "## group_begin [type:a",
    "- ## task_end",
    "> ## task_end",
    "#### ## task_end",
  ])("is not %j", (text) => {
    expect(readLines(text)[0]).toMatchObject({ marker: null, gluedFrom: -1 });
  });

  test("counts inside containers, never where it is masked", () => {
    const text = "- a\n  ## task_end\n  ```\n  ## task_end\n  ```\n\n<!--\n## task_end\n-->\n## task_end";
    expect(readLines(text).map(({ marker }) => marker === null)).toEqual(
      [...Array(9)].map((_, at) => at !== 1).concat(false),
    );
  });

  test.each([
    ["## task_begin### # [id:A]", 13],
    ["  ## task_begin  ## [id:A]", 17],
    ["## task_begin## 3. # [id:A]", 13],
    ["## task_begin######[type:a]", 13],
    ["## task_begin ### 12.[id:A]", 14],
  ])("%j is glued to a header at %i", (text, gluedFrom) => {
    expect(readLines(text)[0]).toMatchObject({ marker: "task_begin", gluedFrom });
  });

  test.each([
    "## task_begin ##",
    "## task_begin # [id:A]",
    "## task_begin####### [id:A]",
    "## task_begin### id",
    "## task_begin### 3 [id:A]",
    "## task_begin### 3. # # [id:A]",
    "## task_begin [id:A]",
    "## task_end### # [id:A]",
    "## group_begin### # [id:A]",
  ])("%j is glued to none", (text) => {
    expect(readLines(text)[0]).toMatchObject({ marker: null, gluedFrom: -1 });
  });
});

describe("an item", () => {
  const items = (text: string): readonly ItemStart[] => readLines(text).flatMap((line) => line.items);

  test("knows its offsets, its kind and its container", () => {
    expect(items("> - a\n>   1. [x] b\n\n- - 2) [ ] c")).toEqual([
      { ordered: false, from: 2, parentFrom: 0, boxAt: -1 },
      { ordered: true, from: 10, parentFrom: 2, boxAt: 14 },
      { ordered: false, from: 20, parentFrom: -1, boxAt: -1 },
      { ordered: false, from: 22, parentFrom: 20, boxAt: -1 },
      { ordered: true, from: 24, parentFrom: 22, boxAt: 28 },
    ]);
  });

  test("opens in no more than 1,000 containers; what is deeper is text", () => {
    expect(items(`${"- ".repeat(1200)}a`)).toHaveLength(1000);
    expect(items(`${"> ".repeat(999)}- - a`)).toHaveLength(1);
    expect(readLines(`${"> ".repeat(1001)}- a\nb`)).toMatchObject([
      { items: [], paragraph: true },
      { paragraph: true },
    ]);
  });
});

describe("an Obsidian comment", () => {
  test.each([
    ["hides its lines", "a\n%%\n## task_end\n\n```\n%%\nb", "p%%%%%p"],
    ["ends on the line that holds the next `%%`, wherever", "%% a\nb %% c\nd", "%%p"],
    ["hides one line alone where that holds both", "%% a %%\nb\n%%%%\nc\n%%a%% b\nd", "%p%p%p"],
    ["needs four signs to end on its line", "%%%\na", "%%"],
    ["ends the note where it never ends", "a\n%%\n\nb\n", "p%%%"],
    ["opens at the start of a line only", " %% a\nb %% c\n% %\n", "ppp"],
    ["opens in no fence and no HTML", "```\n%%\n```\n<!--\n%%\n-->\n<div>\n%%\n\na", "fffccchh-p"],
    ["closes the containers of a fence, and so the fence", "- ```\n%%\n  a\n%%\n  b", "f%%%p"],
    ["closes paragraphs and lists", "- a\n%% %%\n  b\n\n> c\n%% %%\nd", "p%p-p%p"],
    ["leaves no empty item behind", "-\n%% %%\n  a\n\n      b", "-%p-k"],
    ["is none in frontmatter", "---\n%%\n---\n%%\n---\n", "yyy%%"],
    ["opens behind a byte-order mark", "\uFEFF%%\na", "%%"],
  ])("%s", (_, text, lines) => {
    expect(sketch(text)).toBe(lines);
    expect(sketch(text.replaceAll("\n", "\r\n"))).toBe(lines);
  });

  test("parts a note in two that know nothing of each other", () => {
    let parted = 0;
    for (let seed = 0; seed < 1000; seed++) {
      const draw = createDraw(seed);
      const before = drawNote(draw).replace(/[\r\n]*$/, "\n");
      const after = drawNote(draw).replaceAll("\uFEFF", "").replace(/^---/, "");
      const comment = draw(2) === 0 ? "%% a %%\n" : "%%\n- b\n```\n<!-- %%\n";
      const note = before + comment + after;
      const first = new LineScanner(before);
      while (first.next());
      const { leaf, containers } = first.state();
      if (
        (containers.length === 0 && (leaf === "fence" || leaf === "html")) ||
        hasFrontmatter(note) !== hasFrontmatter(before)
      )
        continue;
      const lines = readLines(note);
      const hidden = lines.filter(({ mask }) => mask === "hidden");
      const rest = readLines(after).map((line) => shiftLine(line, before.length + comment.length));
      expect({ seed, lines }).toEqual({ seed, lines: [...readLines(before), ...hidden, ...rest] });
      expect(hidden.map(({ from }) => note.slice(from)).at(0)).toMatch(/^%%/);
      parted++;
    }
    expect(parted).toBeGreaterThan(500);
  });
});

describe("a block that nothing closes", () => {
  test.each([
    ["a fence", "a\n```\nb\n", "fence 2-3!"],
    ["a comment", "<!-- a\n\nb", "comment 1-3!"],
    ["raw HTML", "<pre>\n", "html 1-1!"],
    ["an instruction, a declaration, CDATA", "- <?\n\n- <!a\n\n- <![CDATA[\n", "html 1-2, html 3-4, html 5-5!"],
    ["an Obsidian comment", "a\n%%\nb\n", "hidden 2-3!"],
    ["a fence that its list ends", "- ```\n  a\n\nb\n", "fence 1-3"],
    ["a fence that its quote ends", "> ~~~\n> a\n\nb", "fence 1-2"],
    ["a comment that the next item ends", "- <!--\n- a\n", "comment 1-1"],
    ["a fence that a new list ends", "> ```\n- a\n", "fence 1-1"],
    ["a fence that an Obsidian comment ends", "- ```\n%%\n", "fence 1-1, hidden 2-2!"],
    ["a fence in a list that is open at the end", "- ```\n  a", "fence 1-2!"],
    ["one in a closed and one in an open container", "> <!--\n\n1. ~~~", "comment 1-1, fence 3-3!"],
  ])("is noted: %s", (_, text, blocks) => {
    expect(sketchUnclosed(text)).toBe(blocks);
  });

  test.each([
    ["what is closed", "```\n```\n<!-- -->\n<pre></pre>\n%%\n%%\n"],
    ["HTML that a blank line ends", "<div>\na"],
    ["a lone tag", "> <x>\n\na\n\n<x>"],
    ["frontmatter", "---\na\n---"],
    ["nothing", ""],
  ])("is not %s", (_, text) => {
    expect(sketchUnclosed(text)).toBe("");
  });
});

describe("characters are looked at a bounded number of times", () => {
  /** Prose takes about 3. */
  const READS_PER_CHARACTER = 12;

  /** A text that counts how many of its characters are looked at. */
  class CountedText {
    reads = 0;
    constructor(private readonly text: string) {}
    get length(): number {
      return this.text.length;
    }
    charCodeAt(at: number): number {
      this.reads++;
      return this.text.charCodeAt(at);
    }
    charAt(at: number): string {
      this.reads++;
      return this.text.charAt(at);
    }
    startsWith(start: string, at: number): boolean {
      this.reads += start.length;
      return this.text.startsWith(start, at);
    }
    slice(from: number, to: number): string {
      this.reads += to - from;
      return this.text.slice(from, to);
    }
    indexOf(part: string, from: number): number {
      const at = this.text.indexOf(part, from);
      this.reads += (at < 0 ? this.text.length : at) - from;
      return at;
    }
  }

  function countReads(text: string): number {
    const counted = new CountedText(text);
    const scanner = new LineScanner(counted as unknown as string);
    while (scanner.next());
    return counted.reads;
  }

  test.each([
    ..."[*_-+#<>`~%=!&\\ \t\n\r1a".split("").map((character) => [character]),
    ...[
      "> ",
      "- ",
      "* ",
      "-\t",
      "1. ",
      "- * ",
      "> - ",
      "\r\n",
      "- \n",
      "-\n",
      ">\n",
      "> a\n",
      "a\n> ",
      "---\n",
      "```\n",
      "> ```\n",
    ].map((part) => [part]),
    ...[
      "- [ ]\n",
      "- [ ] a\n",
      "- [ ] a\n  b\n",
      "- [ ]\n> ",
      "-\n[ ] a\n",
      "\t\t- [ ]\n",
      "[x] ",
      "[a]: b\n",
      "[a]:\n",
    ].map((part) => [part]),
    ...[
      "<!--",
      "<!--\n",
      "> <!--\n",
      "<pre>",
      "</pre",
      "<pre>\n",
      "<x a=b ",
      "<x a='b' ",
      "</x>\n",
      "<?",
      "<![CDATA[",
      "]]",
    ].map((part) => [part]),
    ...[
      "%%",
      "%%\n",
      "%%\n%",
      "\n---a",
      "a\n===\n",
      "## task_begin### ",
      "## task_begin\n",
      "## group_begin [",
      "## group_begin [a\n",
    ].map((part) => [part]),
  ])("in a note that repeats %j", (part) => {
    const repeat = (length: number) => part.repeat(Math.ceil(length / part.length));
    // Alone, in a comment, in frontmatter that does not close, in an attribute and in deep lists and quotes.
    const starts = [
      "",
      "<!--\n",
      "---\n",
      "<x ",
      "a\n",
      `${"- ".repeat(900)}a\n`,
      `> ${"- ".repeat(900)}a\n`,
      `${"> ".repeat(900)}a\n`,
    ];
    for (const start of starts) {
      const text = start + repeat(6000);
      const worst = countReads(text) / text.length;
      expect({ start: start.slice(0, 8), worst, bounded: worst < READS_PER_CHARACTER }).toMatchObject({
        bounded: true,
      });
    }
  });
});
