// Pins how a note is read into groups, task blocks, batch header and index entries (FORMAT.md §2–§4): every move and every
// count stands on these spans. Damaged notes are read too; nothing throws.
import fc from "fast-check";
import { blockText, parseNote } from "../../src/core/note";

const HEADER = "### # [id:TASK-20260204-001][type:infra][priority:high][component:platform] Title";
const lines = (...all: readonly string[]) => all.join("\n");

describe("task blocks", () => {
  test("are whole lines from begin to end, with header, values and group", () => {
    const text = lines(
      "# B",
      "## group_begin [type:infra][priority:high]",
      "",
      "## task_begin",
      HEADER,
      "**Status:** todo",
      "## task_end",
      "## group_end",
    );
    const note = parseNote(text);
    const [task] = note.tasks;
    expect(task).toMatchObject({
      line: 4,
      closed: true,
      glued: false,
      group: 0,
      id: "TASK-20260204-001",
      type: "infra",
      priority: "high",
      component: "platform",
      title: "Title",
      status: "todo",
    });
    expect(note.tasks.map((one) => blockText(note, one))).toEqual([
      lines("## task_begin", HEADER, "**Status:** todo", "## task_end"),
    ]);
    expect(note.groups).toMatchObject([
      { line: 2, closed: true, type: "infra", priority: "high", title: "", tasks: [0] },
    ]);
  });

  test.each([
    [
      "a begin inside an open task",
      lines("## task_begin", HEADER, "## task_begin", HEADER, "## task_end"),
      [false, true],
      [],
    ],
    [
      "a group begin inside an open task",
      lines("## task_begin", HEADER, "## group_begin [type:a][priority:low]", "## group_end"),
      [false],
      [],
    ],
    ["a group end inside an open task", lines("## group_begin", "## task_begin", HEADER, "## group_end"), [false], []],
    ["the note's end", lines("## task_begin", HEADER, "text"), [false], []],
    ["an end without a beginning", lines("## task_end", "## task_begin", HEADER, "## task_end"), [true], ["task_end"]],
    ["a group end without a beginning", "## group_end", [], ["group_end"]],
    ["an entry end without a beginning", "## index_entry_end", [], ["index_entry_end"]],
  ])("%s", (_name, text, closed, stray) => {
    const note = parseNote(text);
    expect(note.tasks.map((task) => task.closed)).toEqual(closed);
    expect(note.strayMarkers.map(({ kind }) => kind)).toEqual(stray);
  });

  test("an unclosed block ends with its last line", () => {
    const note = parseNote(lines("## task_begin", HEADER, "text", "## task_begin", HEADER, "## task_end"));
    expect(note.tasks.map((task) => blockText(note, task))).toEqual([
      lines("## task_begin", HEADER, "text"),
      lines("## task_begin", HEADER, "## task_end"),
    ]);
  });

  test("a marker and a header on one line are read as both", () => {
    const note = parseNote(lines(`## task_begin${HEADER}`, "**Status:** done", "## task_end"));
    expect(note.tasks).toMatchObject([
      { glued: true, id: "TASK-20260204-001", title: "Title", status: "done", closed: true },
    ]);
  });

  test("everything up to the end marker belongs to the task, headings, rules and index markers included", () => {
    const body = lines(
      "## task_begin",
      HEADER,
      "# One",
      "---",
      "## Two",
      "## index_entry_begin",
      "| a |",
      "## task_end",
    );
    const note = parseNote(lines("before", body, "after"));
    expect(note.tasks.map((task) => blockText(note, task))).toEqual([body]);
    expect(note.entries).toEqual([]);
  });

  test("a byte-order mark is no part of a block that begins the note", () => {
    const body = lines("## task_begin", HEADER, "## task_end");
    const note = parseNote(`\uFEFF${body}\n`);
    expect(note.tasks.map((task) => blockText(note, task))).toEqual([body]);
  });

  test.each(["\n", "\r\n", "\r"])("line break %j", (lineBreak) => {
    const body = ["## task_begin", HEADER, "", "**Plan:**  ", "1. a", "2. b", "## task_end"].join(lineBreak);
    const note = parseNote(`x${lineBreak}${body}${lineBreak}y`);
    expect(note.tasks).toMatchObject([{ line: 2, steps: 2 }]);
    expect(note.tasks.map((task) => blockText(note, task))).toEqual([body]);
  });

  test("markers in masked text are none", () => {
    const block = lines("## task_begin", HEADER, "## task_end");
    for (const text of [
      `<!--\n${block}\n-->`,
      `\`\`\`\n${block}\n\`\`\``,
      `%%\n${block}\n%%`,
      `---\na: 1\n${block}\n---\n`,
    ]) {
      expect(parseNote(text)).toMatchObject({ tasks: [], groups: [], strayMarkers: [] });
    }
  });

  test("indented markers are read and told of", () => {
    const note = parseNote(lines(" ## task_begin", HEADER, "  ## task_end", "   ## group_begin", "", " ## task_end"));
    expect(note.tasks).toMatchObject([{ closed: true }]);
    expect(note.indentedMarkers.map(({ line, task }) => [line, task])).toEqual([
      [1, 0],
      [3, 0],
      [4, null],
      [6, null],
    ]);
    const second = parseNote(lines("## task_begin", HEADER, "  ## task_begin", HEADER, "## task_end"));
    expect(second.indentedMarkers.map(({ task }) => task)).toEqual([1]);
  });
});

describe("groups", () => {
  test("a begin inside an open group closes it", () => {
    const note = parseNote(
      lines("## group_begin [type:a][priority:low]", "x", "## group_begin [type:B][priority:HIGH]", "## group_end"),
    );
    expect(note.groups).toMatchObject([
      { type: "a", closed: false },
      { type: "b", priority: "high", closed: true },
    ]);
    expect(note.groups.map(({ from, to }) => note.text.slice(from, to))).toEqual([
      "## group_begin [type:a][priority:low]\nx",
      "## group_begin [type:B][priority:HIGH]\n## group_end",
    ]);
  });

  test.each([
    ["the heading behind blank lines", lines("## group_begin [type:a]", "", "## Title ##", "x"), "Title"],
    ["no text", lines("## group_begin [type:a]", "text", "## Title"), ""],
    ["no comment", lines("## group_begin [type:a]", "<!-- a -->", "## Title"), ""],
    ["no task", lines("## group_begin [type:a]", "## task_begin", HEADER, "## task_end", "## Title"), ""],
    ["no deeply indented heading", lines("## group_begin [type:a]", "     ## Title"), ""],
  ])("a title is %s", (_name, text, title) => {
    expect(parseNote(text).groups.map((group) => group.title)).toEqual([title]);
  });

  test("the same type and priority twice are two groups", () => {
    const note = parseNote(
      lines(
        "## group_begin [type:a][priority:low]",
        "## group_end",
        "## group_begin [type:a][priority:low]",
        "## group_end",
      ),
    );
    expect(note.groups).toHaveLength(2);
  });
});

describe("moved notes", () => {
  test.each([
    ["<!-- Tasks A-1, A-2 moved to TODO.md on 2026-02-04 -->", [["A-1", "A-2"]]],
    ["  <!-- Task A-1 moved to tasks/TODO.md on 2026-02-04-->  ", [["A-1"]]],
    ["<!-- Tasks moved to TODO.md on 2026-02-04 -->", []],
    ["<!-- Tasks A-1 moved to TODO.md -->", []],
    ["<!-- Remember A-1 moved to TODO.md on 2026-02-04 -->", []],
    ["<!-- a\n<!-- Tasks A-1 moved to TODO.md on 2026-02-04 -->", []],
    ["<!-- a -->\n<!-- Tasks A-1 moved to TODO.md on 2026-02-04 -->", [["A-1"]]],
    ["<!--\nTasks A-1 moved to TODO.md on 2026-02-04 -->", []],
  ])("%j", (text, ids) => {
    expect(parseNote(text).movedNotes.map((moved) => moved.ids)).toEqual(ids);
  });

  test("know their group", () => {
    const comment = "<!-- Tasks A moved to TODO.md on 2026-02-04 -->";
    const note = parseNote(lines(comment, "", "## group_begin", "## T", "", comment, "", "## group_end"));
    expect(note.movedNotes.map(({ group, line }) => [group, line])).toEqual([
      [null, 1],
      [0, 6],
    ]);
  });
});

describe("the batch header", () => {
  test("holds type and goal, of the first heading of that name", () => {
    const text = lines(
      "## 🎯 Current Batch Focus",
      "**Batch Type:** [type:config]  ",
      "text",
      "**Batch Goal:** Do it",
      "**Batch Size Target:** 5",
      "**Batch Goal:** no",
      "",
      "---",
      "## Current batch focus",
      "**Batch Type:** x",
    );
    const header = parseNote(text).batchHeader;
    expect(header).toMatchObject({ line: 1, type: { value: "[type:config]" }, goal: { value: "Do it" } });
    expect(text.slice(header?.type?.from, header?.type?.to)).toBe("[type:config]");
  });

  test("ends at the next heading or marker", () => {
    expect(parseNote(lines("## Current Batch Focus", "## Other", "**Batch Type:** x")).batchHeader?.type).toBeNull();
    expect(
      parseNote(lines("## Current Batch Focus", "## group_end", "**Batch Type:** x")).batchHeader?.type,
    ).toBeNull();
    expect(parseNote(lines("## Something", "**Batch Type:** x")).batchHeader).toBeNull();
  });
});

describe("index entries", () => {
  test("hold their values as spans", () => {
    const text = lines(
      "## index_entry_begin",
      "[id:TASK-1]  ",
      "Type: config  ",
      "prose",
      "title: a: b",
      "",
      "## index_entry_end",
    );
    const note = parseNote(text);
    expect(note.entries).toMatchObject([{ id: "TASK-1", line: 1, closed: true }]);
    const values = note.entries.flatMap((entry) => entry.values);
    expect(values.map(({ key, value, from, to }) => [key, value, text.slice(from, to)])).toEqual([
      ["id", "TASK-1", "TASK-1"],
      ["type", "config", "config"],
      ["title", "a: b", "a: b"],
    ]);
  });

  test.each([
    ["- **Status:** todo  ", "status", "todo"],
    ["**Status**: todo", "status", "todo"],
    ["__Status__ : 'todo'", "status", "todo"],
    ["+ status: `todo`", "status", "todo"],
    ["**Status:**", "status", ""],
    ['title: "a" and "b"', "title", '"a" and "b"'],
    ['title: ""', "title", '""'],
    ["## [type:x][id:A] T", "id", "A"],
  ])("decoration belongs to neither key nor value: %s", (line, key, value) => {
    const text = lines("## index_entry_begin", line, "## index_entry_end");
    const values = parseNote(text).entries.flatMap((entry) => entry.values);
    expect(values.map(({ key, value, from, to }) => [key, value, text.slice(from, to)])).toEqual([[key, value, value]]);
  });

  test.each([
    [
      "another entry",
      lines("## index_entry_begin", "[id:A]", "## index_entry_begin", "## index_entry_end"),
      ["A", null],
      [false, true],
    ],
    ["a task", lines("## index_entry_begin", "[id:]", "## task_begin", HEADER, "## task_end"), [null], [false]],
    ["the note's end", lines("## index_entry_begin", "[id:A]", "<!-- [id:B] -->"), ["A"], [false]],
  ])("an entry that is not closed ends at %s", (_name, text, ids, closed) => {
    const { entries } = parseNote(text);
    expect(entries.map(({ id }) => id)).toEqual(ids);
    expect(entries.map((entry) => entry.closed)).toEqual(closed);
  });
});

describe("comments and frontmatter", () => {
  test.each([
    ["the first comment", lines("# B", "<!-- one", "two -->", "", "<!-- three -->"), "<!-- one\ntwo -->"],
    ["an Obsidian comment", lines("%%", "rules", "%%", "<!-- x -->"), "%%\nrules\n%%"],
    ["one of one line", lines("%% rules %%"), "%% rules %%"],
    ["one of two that touch", lines("<!-- a -->", "<!-- b -->"), "<!-- a -->"],
    ["none behind a marker", lines("## group_begin", "<!-- a -->"), null],
    ["none that never closes", lines("<!-- a"), null],
  ])("the rules comment is %s", (_name, text, comment) => {
    const { rulesComment } = parseNote(text);
    expect(rulesComment && text.slice(rulesComment.from, rulesComment.to)).toBe(comment);
  });

  test("the frontmatter is a span, behind a byte-order mark too", () => {
    const { frontmatter, text } = parseNote("\uFEFF---\nbatch-limit: 3\n---\nx");
    expect(frontmatter && text.slice(frontmatter.from, frontmatter.to)).toBe("---\nbatch-limit: 3\n---");
  });

  test("masked lines stand in order, those of one kind in a row together", () => {
    const { masked } = parseNote(lines("---", "a: 1", "---", "<!-- a -->", "<!-- b -->", "x", "```", "```"));
    expect(masked.map(({ mask }) => mask)).toEqual(["frontmatter", "comment", "fence"]);
  });

  test("what never closes is told of", () => {
    const note = parseNote(lines("x", "", "<!-- a", "## task_begin"));
    expect(note.unclosed).toMatchObject([{ kind: "comment", from: 3 }]);
    expect(note.openAtEnd).toMatchObject({ kind: "comment" });
    expect(parseNote("x").openAtEnd).toBeNull();
  });
});

test("every string is a note, and its spans lie inside it", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "## task_begin",
      "## task_end",
      "## group_begin [type:a]",
      "## group_end",
      "## index_entry_begin",
      "## index_entry_end",
      HEADER,
      "\n",
      "\r",
      "**Plan:**",
      "- [ ] a",
      "1. x",
      "```",
      "<!--",
      "-->",
      "%%",
      "---",
      "\uFEFF",
      "### Status",
      "  ",
    ),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      const note = parseNote(text);
      let last = 0;
      for (const task of note.tasks) {
        expect(task.from).toBeGreaterThanOrEqual(last);
        expect(task.to).toBeLessThanOrEqual(text.length);
        expect(text.slice(task.from)).toMatch(/^ {0,3}## task_begin/);
        if (task.closed) expect(blockText(note, task)).toMatch(/## task_end[ \t]*$/);
        for (const field of task.fields) expect([field.from >= task.from, field.to <= task.to]).toEqual([true, true]);
        last = task.to;
      }
      expect(text.slice(0, last).length).toBe(last);
    }),
    { numRuns: 3000, seed: 7 },
  );
});

describe.each([
  ["a documentation field", "## task_begin\n### # [id:A] T\n**Relevant Documentation:** "],
  ["a plan", "## task_begin\n### # [id:A] T\n**Plan:**\n"],
  ["a header", "## task_begin\n### # "],
  ["a group", "## group_begin "],
  ["an entry", "## index_entry_begin\n"],
  ["a batch header", "## Current Batch Focus\n**"],
])("in %s", (_name, start) => {
  test.each([
    "[a:",
    "[",
    "`a",
    "<a b ",
    "<a b\n",
    "**a\n",
    "**a:",
    "### a  ",
    "1. ",
    "docs/ ",
    "[](",
    "[x](y 'z",
    "- [ ] ",
    ":\n",
    "(",
    "\\",
    "# ",
    " ",
  ])(
    "a megabyte of %j is read, and not in the square of its time",
    (piece) => {
      const text = start + piece.repeat(Math.floor(1_000_000 / piece.length));
      expect(parseNote(text).text).toBe(text);
    },
    20_000,
  );
});

test.each([
  "[",
  "*",
  " ",
  "# ",
  "`",
  "<",
  "- ",
  "> ",
  "\n",
  "<!--",
  "- <!--\n",
  "%%\n",
  "## task_begin\n",
  "a\n",
  "Â",
  "<!-- Tasks a moved to b on 2 ",
])(
  "ten megabytes of %j are read in the time that prose takes, and not in its square",
  (piece) => {
    const text = piece.repeat(Math.floor(10_000_000 / piece.length));
    expect(parseNote(text).text).toBe(text);
  },
  20_000,
);
