// A journal is data from outside: whatever it holds, reading it gives a move of this folder's notes, or says why not.
import {
  describeMove,
  findAlien,
  parseState,
  printable,
  readJournal,
  recordMove,
  STATE_LIMIT,
  type MoveRecord,
} from "../../src/core/journal";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { NAMES, notesOf, promote } from "../support/move-scenarios";

/** The journal of a real promotion. */
async function makeMove(): Promise<MoveRecord> {
  const store = new MemoryStore(new MemoryPlace(notesOf("infra/high: a | index: a/backlog")));
  const { plan } = await promote()(store);
  if (!plan) throw new Error("no plan");
  const { kind, changes, blocks } = plan;
  return recordMove({ kind, changes, blocks, number: 1, date: "2026-02-05", undoes: null }, (text) =>
    store.digest(text),
  );
}

const read = (value: unknown) => readJournal(typeof value === "string" ? value : JSON.stringify(value), NAMES);

test("none is none", () => {
  expect(readJournal(null, NAMES)).toEqual({ kind: "none" });
});

test("a move is read as it was written", async () => {
  const move = await makeMove();
  expect(read(move)).toEqual({ kind: "move", move });
});

test("the id of a move depends on its number", async () => {
  const { kind, date, notes, blocks } = await makeMove();
  const store = new MemoryStore(new MemoryPlace());
  const ids = [];
  for (const number of [1, 2, 1]) {
    const move = await recordMove({ kind, date, blocks, changes: [], number, undoes: null }, (text) =>
      store.digest(text),
    );
    ids.push(move.id);
  }
  expect(ids[0]).toBe(ids[2]);
  expect(ids[0]).not.toBe(ids[1]);
  expect(notes).toHaveLength(3);
});

describe("a text that is no move is unreadable", () => {
  test.each([
    ["empty", "", /no JSON/],
    ["garbage", "\u0000\u{1f600}garbage{", /no JSON/],
    ["cut off", '{"version":1,"kind":"promo', /no JSON/],
    ["deeply nested", `${"[".repeat(2_000_000)}${"]".repeat(2_000_000)}`, /no JSON|no journal/],
    ["too long", " ".repeat(STATE_LIMIT + 1), /longer/],
    ["null", "null", /no journal/],
    ["a number", "1", /no journal/],
    ["a list", "[]", /no journal/],
  ])("%s", (_, text, reason) => {
    const found = read(text);
    expect(found).toMatchObject({ kind: "unreadable", text });
    expect(found.kind === "unreadable" && found.reason).toMatch(reason);
  });

  test.each<readonly [string, object]>([
    ["another version", { version: 2 }],
    ["no number", { number: "1" }],
    ["a broken number", { number: 1.5 }],
    ["a negative number", { number: -1 }],
    ["a number beyond all", { number: 1e300 }],
    ["no id", { id: undefined }],
    ["an id that is no digest", { id: "x" }],
    ["another kind", { kind: "destruction" }],
    ["no date", { date: "yesterday" }],
    ["no notes", { notes: {} }],
    ["a note without a path", { notes: [{ before: null, after: null, hunks: [] }] }],
    [
      "a note with a digest that is none",
      { notes: [{ path: "TODO.md", before: "A".repeat(64), after: null, hunks: [] }] },
    ],
    ["a hunk without sides", { notes: [{ path: "TODO.md", before: null, after: null, hunks: [{}] }] }],
    [
      "a hunk with half a side",
      { notes: [{ path: "TODO.md", before: null, after: null, hunks: [{ before: { at: 0, text: "" } }] }] },
    ],
    ["a block that is none", { blocks: [null] }],
    ["a block without an id", { blocks: [{ id: " " }] }],
    ["something to undo that is no number", { undoes: "1" }],
  ])("a move with %s", async (_, change) => {
    expect(read({ ...(await makeMove()), ...change })).toMatchObject({
      kind: "unreadable",
      reason: expect.stringMatching(/no journal of a move/),
    });
  });

  test("a move that has its keys from its prototype", () => {
    expect(read('{"__proto__":{"version":1,"number":1}}')).toMatchObject({ kind: "unreadable" });
  });
});

describe("a move names the folder's own notes only", () => {
  test.each([
    "../BACKLOG.md",
    "/etc/passwd",
    "C:\\BACKLOG.md",
    "sub/BACKLOG.md",
    "NOTES.md",
    ".backlog-cards/journal.json",
    ".hidden.md",
    "BACKLOG.md\u0000.md",
    "BACKLOG.md/../x.md",
    "..",
    "",
  ])("and not %j", async (path) => {
    const move = await makeMove();
    const notes = [...move.notes.slice(1), { path, before: null, after: null, hunks: [] }];
    const found = read({ ...move, notes, blocks: [] });
    expect(found).toMatchObject({ kind: "unreadable", reason: expect.stringContaining("no note of this folder") });
  });

  test.each([
    ["NOTES.md", true],
    ["Über uns (2).md", true],
    ["sub/NOTES.md", false],
    ["..\\NOTES.md", false],
    ["../NOTES.md", false],
    [".NOTES.md", false],
    ["NOTES.txt", false],
    ["a\u202eb.md", false],
  ])("but an edit may be of any note directly in it: %j %s", (path, fits) => {
    const note = { path, before: null, after: null, hunks: [] };
    expect(findAlien({ kind: "edit", notes: [note], blocks: [] }, NAMES)).toBe(fits ? null : path);
  });

  test("each once, and blocks between two of them", async () => {
    const move = await makeMove();
    const [block] = move.blocks;
    if (!block) throw new Error("no block");
    expect(findAlien({ ...move, notes: [...move.notes, ...move.notes] }, NAMES)).toBe("TODO.md");
    expect(findAlien({ ...move, blocks: [{ ...block, from: "ARCHIVE.md" }] }, NAMES)).toBe("ARCHIVE.md");
    expect(findAlien({ ...move, blocks: [{ ...block, to: "ARCHIVE.md" }] }, NAMES)).toBe("ARCHIVE.md");
    expect(findAlien({ ...move, blocks: [{ ...block, to: block.from }] }, NAMES)).toBe("BACKLOG.md");
    expect(findAlien(move, NAMES)).toBeNull();
  });
});

describe("for a person", () => {
  test("a move is a few lines", async () => {
    const move = await makeMove();
    expect(describeMove(move)).toBe(
      [
        "promotion of 2026-02-05",
        "  TASK-20260204-A Do a: BACKLOG.md -> TODO.md",
        "  TODO.md (created)",
        "  BACKLOG.md",
        "  TASK_INDEX.md",
      ].join("\n"),
    );
    const [note] = move.notes;
    const removal = { ...move, notes: [{ ...note, path: "TODO.md", before: move.id, after: null, hunks: [] }] };
    expect(describeMove(removal)).toContain("  TODO.md (removed)");
  });

  test("no control character reaches the terminal, and no text is endless", () => {
    expect(printable("a\u001b[31m\u0085\u202e\u2028\u{e0001}b")).toBe(
      "a\\u001b[31m\\u0085\\u202e\\u2028\\udb40\\udc01b",
    );
    expect(printable("x".repeat(300))).toBe(`${"x".repeat(200)}…`);
  });
});

test("an error that is none of the parser's is not swallowed", () => {
  const parse = jest.spyOn(JSON, "parse").mockImplementation(() => {
    throw new TypeError("a bug");
  });
  try {
    expect(() => parseState("1")).toThrow(TypeError);
    parse.mockImplementation(() => {
      throw new RangeError("too deep");
    });
    expect(parseState("1")).toBeUndefined();
  } finally {
    parse.mockRestore();
  }
});
