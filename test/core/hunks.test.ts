// A hunk is found again in a text that was edited since, or it is not found: never at a place where it does not belong.
import { applyEdits, type Edit } from "../../src/core/edits";
import { invertHunk, locateHunk, makeHunks, matchHunks, movesBlocks } from "../../src/core/hunks";

const LINES = Array.from({ length: 30 }, (_, line) => `line ${line}`);
const TEXT = `${LINES.join("\n")}\n`;

/** The one hunk of a replacement of `removed` in TEXT. */
function makeHunk(removed: string, inserted: string, text = TEXT) {
  const from = text.indexOf(removed);
  const edits = [{ from, to: from + removed.length, insert: inserted }];
  const after = applyEdits(text, edits);
  const [hunk] = makeHunks(text, after, edits);
  if (!hunk) throw new Error("no hunk");
  return { hunk, after };
}

describe("hunks of edits", () => {
  test("hold both texts, both offsets and what stands around on either side", () => {
    const { hunk } = makeHunk("line 10\n", "new\n");
    const head = LINES.slice(2, 10)
      .map((line) => `${line}\n`)
      .join("");
    const tail = LINES.slice(11, 19)
      .map((line) => `${line}\n`)
      .join("");
    const at = TEXT.indexOf("line 10");
    expect(hunk).toEqual({
      before: { at, text: "line 10\n", head, tail },
      after: { at, text: "new\n", head, tail },
    });
  });

  test("are one where edits touch, and count on after one that grows", () => {
    const edits: Edit[] = [
      { from: 0, to: 2, insert: "wxyz" },
      { from: 2, to: 3, insert: "!" },
      { from: 5, to: 5, insert: "+" },
    ];
    const hunks = makeHunks("abcdef", applyEdits("abcdef", edits), edits);
    expect(hunks.map(({ before, after }) => [before.at, before.text, after.at, after.text])).toEqual([
      [0, "abc", 0, "wxyz!"],
      [5, "", 7, "+"],
    ]);
    expect(makeHunks("abc", "abc", [])).toEqual([]);
  });

  test("keep little of a line that is very long", () => {
    const { hunk } = makeHunk("|", "-", `${"x".repeat(9000)}|${"y".repeat(9000)}`);
    expect([hunk.before.head.length, hunk.before.tail.length]).toEqual([2000, 2000]);
  });

  test("matched to the text that they are from give the edits, inverted those back", () => {
    const { hunk, after } = makeHunk("line 10\n", "new\n");
    expect(applyEdits(TEXT, matchHunks(TEXT, [hunk]) ?? [])).toBe(after);
    expect(applyEdits(after, matchHunks(after, [invertHunk(hunk)]) ?? [])).toBe(TEXT);
  });

  test.each([
    ["another text", `x${TEXT}`, 1],
    ["hunks that overlap", TEXT, 2],
  ])("are not matched to %s", (_, text, times) => {
    const { hunk } = makeHunk("line 10\n", "new\n");
    expect(
      matchHunks(
        text,
        Array.from({ length: times }, () => hunk),
      ),
    ).toBeNull();
  });
});

describe("a side of a hunk is found", () => {
  test.each<readonly [string, (text: string) => string]>([
    ["where nothing changed", (text) => text],
    ["after text in front", (text) => `in front\n${text}`],
    ["after a change five lines above", (text) => text.replace("line 5\n", "other\n")],
    ["after a change five lines below", (text) => text.replace("line 15\n", "other\n")],
    [
      "after changes three lines away on both sides",
      (text) => text.replace("line 7\n", "x\n").replace("line 13\n", "y\n"),
    ],
    ["after a change directly in front", (text) => text.replace("line 9\n", "other\n")],
    ["after a change directly behind", (text) => text.replace("line 11\n", "other\n")],
    [
      "after changes directly in front and behind, by what it is",
      (text) => text.replace("line 9\n", "x\n").replace("line 11\n", "y\n"),
    ],
  ])("%s", (_, change) => {
    const long = `${"a text that is found by what it is, alone in the world, ".repeat(2)}\n`;
    const { hunk, after } = makeHunk("line 10\n", long);
    const text = change(after);
    expect(locateHunk(text, invertHunk(hunk), false)).toBe(text.indexOf(long));
  });

  test.each<readonly [string, (text: string) => string]>([
    ["line 9\nline 11\n", (text) => text],
    ["line 9\nNEW\nline 11\n", (text) => text.replace("line 9\n", "line 9\nNEW\n")],
    ["line 9\nline 10b\n", (text) => text.replace("line 11\n", "line 10b\n")],
  ])("also where nothing was put in: the place between %j", (around, change) => {
    const { hunk, after } = makeHunk("line 10\n", "");
    const text = change(after);
    expect(text).toContain(around);
    expect(locateHunk(text, invertHunk(hunk), false)).toBe(text.indexOf("line 9\n") + "line 9\n".length);
  });

  test("by what stands behind, where everything in front was changed", () => {
    const { hunk, after } = makeHunk("line 10\n", "");
    const text = after.replace(/^[^]*line 9\n/, "other\n");
    expect(locateHunk(text, invertHunk(hunk), false)).toBe("other\n".length);
  });

  test("at the start and at the end of a text", () => {
    const { hunk, after } = makeHunk(TEXT, "everything is new here\n");
    expect(locateHunk(after, invertHunk(hunk), false)).toBe(0);
    const first = makeHunk("\nab\n", "everything is new here", "\nab\n").hunk;
    expect(locateHunk("everything is new here", invertHunk(first), false)).toBe(0);
  });
});

describe("a side of a hunk is not found", () => {
  test.each<readonly [string, (text: string) => string]>([
    ["where it stands twice", (text) => text + text],
    ["where it was changed", (text) => text.replace("new text", "newer text")],
    ["where it is short and nothing around is left", () => "other\nnew text\nother\n"],
    ["in an empty text", () => ""],
  ])("%s", (_, change) => {
    const { hunk, after } = makeHunk("line 10\n", "new text\n");
    expect(locateHunk(change(after), invertHunk(hunk), false)).toBeNull();
  });

  test("where it is nothing, in nothing", () => {
    const nothing = { at: 0, text: "", head: "", tail: "" };
    expect(locateHunk("anything", { before: nothing, after: nothing }, true)).toBeNull();
  });
});

describe("with a little around it", () => {
  const edits: readonly (readonly [string, (text: string) => string])[] = [
    [
      "after changes five lines away on both sides",
      (text) => text.replace("line 5\n", "x\n").replace("line 15\n", "y\n"),
    ],
    [
      "after changes three lines away on both sides",
      (text) => text.replace("line 7\n", "x\n").replace("line 13\n", "y\n"),
    ],
    [
      "after changes two lines away on both sides",
      (text) => text.replace("line 8\n", "x\n").replace("line 12\n", "y\n"),
    ],
    [
      "after changes in front and five lines below",
      (text) => text.replace("line 9\n", "x\n").replace("line 15\n", "y\n"),
    ],
    [
      "after changes five lines above and behind",
      (text) => text.replace("line 5\n", "x\n").replace("line 11\n", "y\n"),
    ],
    [
      "after changes in front and three lines below",
      (text) => text.replace("line 9\n", "x\n").replace("line 14\n", "y\n"),
    ],
    [
      "after changes three lines above and behind",
      (text) => text.replace("line 6\n", "x\n").replace("line 11\n", "y\n"),
    ],
  ];
  test.each(edits)("a place is found only where the result is verified: %s", (_, change) => {
    const long = TEXT.replaceAll("line", "a longer line");
    const { hunk, after } = makeHunk("a longer line 10\n", "", long);
    const text = change(after.replaceAll("a longer line", "line")).replaceAll("line", "a longer line");
    const place = text.indexOf("a longer line 11\n");
    const behind = "a longer line 9\n";
    expect(locateHunk(text, invertHunk(hunk), true)).toBe(place < 0 ? text.indexOf(behind) + behind.length : place);
    expect(locateHunk(text, invertHunk(hunk), false)).toBeNull();
  });

  test("a value is not taken for the same value of another entry", () => {
    const entry = (id: string, value: string) =>
      `[id:${id}]\nstatus: todo\nlocation: ${value}\ncreated: 2026-02-04\n\n`;
    const text = `${entry("A", "BACKLOG.md")}${entry("B", "TODO.md")}`;
    const from = text.indexOf("BACKLOG");
    const after = text.replace("BACKLOG", "TODO");
    const [hunk] = makeHunks(text, after, [{ from, to: from + "BACKLOG".length, insert: "TODO" }]);
    if (!hunk) throw new Error("no hunk");
    const restored = `${text}\nmore\n`;
    expect(locateHunk(restored, invertHunk(hunk), false)).toBeNull();
    expect(locateHunk(`${after}\nmore\n`, invertHunk(hunk), false)).toBe(from);
  });
});

test("a hunk with a marker of a task moves blocks", () => {
  expect(movesBlocks(makeHunk("line 10\n", "## task_begin\n").hunk)).toBe(true);
  expect(movesBlocks(makeHunk("line 10\n", "x").hunk)).toBe(false);
});
