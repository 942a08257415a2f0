// Undo takes back the last move: to the byte where nothing was edited since, else as long as every block stands unchanged
// where it went and its old place can be found; otherwise it refuses and names the block (FORMAT.md §5 rule 10).
import { StoreError } from "../../src/core/store";
import { undoMove } from "../../src/core/undo";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { blockOf } from "../support/notation";
import { archive, NAMES, notesOf, promote, returnTask, undo, type Run } from "../support/move-scenarios";

const LINE = "infra/high: a b; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";
const FINISHED = "infra/high: a b | todo: w+ v+ u~ | index: w/todo v/todo u/todo a/backlog";

async function makeMoved(line: string, ...runs: readonly Run[]): Promise<MemoryPlace> {
  const place = new MemoryPlace(notesOf(line));
  for (const run of runs) expect((await run(new MemoryStore(place))).refusal).toBeNull();
  return place;
}

function edit(place: MemoryPlace, path: string, change: (text: string) => string): void {
  const text = place.texts()[path] ?? "";
  const next = change(text);
  if (next === text) throw new Error(`the edit of ${path} changes nothing`);
  place.notes.set(path, next);
}

describe("where nothing was edited since, every byte comes back", () => {
  const dresses: readonly (readonly [string, (text: string) => string])[] = [
    ["plain notes", (text) => text],
    ["notes with CRLF", (text) => text.replaceAll("\n", "\r\n")],
    ["notes with a byte-order mark", (text) => `\ufeff${text}`],
    ["notes without a final line break", (text) => text.replace(/\n+$/, "")],
    ["notes with an astral title", (text) => text.replaceAll("Do a", "Do 😀")],
  ];
  test.each(dresses)("of %s", async (_, dress) => {
    for (const line of [LINE, FINISHED, "infra/high: a b c d e f"]) {
      for (const run of [promote(), promote({ archiveDone: true }), archive]) {
        const before = Object.fromEntries(Object.entries(notesOf(line)).map(([path, text]) => [path, dress(text)]));
        const place = new MemoryPlace(before);
        const { refusal } = await run(new MemoryStore(place));
        if (refusal) continue;
        expect(place.texts()).not.toEqual(before);
        expect((await undo(new MemoryStore(place))).refusal).toBeNull();
        expect(place.texts()).toEqual(before);
      }
    }
  });

  test("one move after the other, the last first, until there is none", async () => {
    const place = await makeMoved(LINE, promote());
    const promoted = place.texts();
    await returnTask("a")(new MemoryStore(place));
    expect((await undo(new MemoryStore(place))).plan?.blocks.map(({ from, to }) => [from, to])).toEqual([
      ["BACKLOG.md", "TODO.md"],
    ]);
    expect(place.texts()).toEqual(promoted);
    await undo(new MemoryStore(place));
    expect(place.texts()).toEqual(notesOf(LINE));
    expect((await undo(new MemoryStore(place))).refusal?.code).toBe("nothing-to-undo");
  });

  test("a move made again after it was taken back is taken back again", async () => {
    const place = await makeMoved(LINE, promote(), undo, promote(), undo);
    expect(place.texts()).toEqual(notesOf(LINE));
    expect([...place.states.keys()].filter((name) => name.startsWith("ledger/"))).toEqual([
      "ledger/000001.json",
      "ledger/000002.json",
    ]);
  });

  test("a dry run says what would be written, and writes nothing", async () => {
    const place = await makeMoved(LINE, promote());
    const promoted = place.texts();
    const { plan, written } = await undoMove(new MemoryStore(place), NAMES, { today: "2026-02-06", dryRun: true });
    expect(plan?.changes.map(({ path }) => path)).toEqual(["BACKLOG.md", "TODO.md", "TASK_INDEX.md"]);
    expect([written, place.texts()]).toEqual([[], promoted]);
  });

  test("the lines of the blocks are those where they stand now", async () => {
    const place = await makeMoved(LINE, promote());
    const { plan } = await undo(new MemoryStore(place));
    for (const { line, from, sourceText } of plan?.blocks ?? []) {
      const before = plan?.changes.find(({ path }) => path === from)?.before ?? "";
      expect(
        before
          .split("\n")
          .slice(line - 1)
          .join("\n")
          .startsWith(sourceText),
      ).toBe(true);
    }
    expect(plan?.blocks).toHaveLength(2);
  });
});

describe("a move named by its number is taken back", () => {
  const undoNumber = (place: MemoryPlace, number: number) =>
    undoMove(new MemoryStore(place), NAMES, { today: "2026-02-06", number });

  test("while it is the last, and the number is that of its outcome", async () => {
    const place = new MemoryPlace(notesOf(LINE));
    const { number } = await promote()(new MemoryStore(place));
    expect(number).toBe(1);
    expect(await undoNumber(place, Number(number))).toMatchObject({ refusal: null, number: null });
    expect(place.texts()).toEqual(notesOf(LINE));
  });

  test.each<readonly [string, readonly Run[], number, RegExp]>([
    ["another was made since", [promote(), returnTask("a")], 1, /Another move was made since/],
    ["it was taken back already", [promote(), undo], 1, /taken back already/],
    ["it was taken back and another stands", [promote(), undo, promote()], 1, /taken back already/],
    ["the ledger does not know it", [promote()], 7, /does not know this move/],
  ])("but not where %s", async (_, runs, number, message) => {
    const place = await makeMoved(LINE, ...runs);
    const before = place.texts();
    const { refusal } = await undoNumber(place, number);
    expect(refusal).toEqual({ code: "nothing-to-undo", message: expect.stringMatching(message) });
    expect(place.texts()).toEqual(before);
  });
});

describe("where other text was edited since, the blocks go back and the edits stay", () => {
  test.each<readonly [string, string, (text: string) => string]>([
    ["above the backlog's group", "BACKLOG.md", (text) => text.replace("# ", "# New ")],
    ["in another group of the backlog", "BACKLOG.md", (text) => text.replace("Do d", "Do d, new")],
    ["directly below the moved note", "BACKLOG.md", (text) => text.replace("-->\n", "-->\n\nNew line.\n")],
    ["below the blocks of the todo note", "TODO.md", (text) => `${text}\nNew line.\n`],
    ["in another block of the todo note", "TODO.md", (text) => text.replace("Do w", "Do w, new")],
    ["between two moved blocks", "TODO.md", (text) => text.replace(/(A\][^]*?## task_end\n)/, "$1\nNew line.\n")],
    ["in the index", "TASK_INDEX.md", (text) => `${text}\nNew line.\n`],
    [
      "in the backlog by a new task in the old place",
      "BACKLOG.md",
      (text) =>
        text.replace("-->\n", "-->\n\n## task_begin\n### # [id:NEW][type:infra][priority:high] New\n## task_end\n"),
    ],
  ])("%s", async (_, path, change) => {
    const place = await makeMoved(LINE, promote());
    edit(place, path, change);
    const { refusal } = await undo(new MemoryStore(place));
    expect(refusal).toBeNull();
    const texts = place.texts();
    for (const name of ["a", "b"]) {
      expect(texts["BACKLOG.md"]?.split(`Do ${name}\n`)).toHaveLength(2);
      expect(texts["TODO.md"]).not.toContain(`Do ${name}\n`);
    }
    expect(texts[path]?.toLowerCase()).toContain("new");
    const others = Object.keys(texts).filter((other) => other !== path);
    expect(others.map((other) => texts[other])).toEqual(others.map((other) => notesOf(LINE)[other]));
  });

  test("a value beside the blocks that was changed too is left, with a warning", async () => {
    const place = await makeMoved("infra/high: a b | todo: | index: a/backlog", promote());
    edit(place, "TODO.md", (text) => text.replace(/\*\*Batch Type:\*\*.*/, "**Batch Type:** mine"));
    const { refusal, warnings } = await undo(new MemoryStore(place));
    expect(refusal).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/^TODO\.md was edited since: .*left as it stands/)]);
    expect(place.texts()["TODO.md"]).toContain("mine");
    expect(place.texts()["BACKLOG.md"]).toBe(notesOf("infra/high: a b")["BACKLOG.md"]);
  });

  test("an index that was deleted is no hindrance", async () => {
    const place = await makeMoved(LINE, promote());
    place.notes.delete("TASK_INDEX.md");
    const { refusal, warnings } = await undo(new MemoryStore(place));
    expect([refusal, warnings]).toEqual([null, ["TASK_INDEX.md is not there any more: nothing is done to it."]]);
    expect(place.texts()["BACKLOG.md"]).toBe(notesOf(LINE)["BACKLOG.md"]);
  });
});

describe("where the comment on the move is not found, the blocks go back by their neighbours", () => {
  const FIRST_END = "## group_end\n\n## group_begin";
  const COMMENT = /<!-- Tasks .* -->\n\n/;
  const remove = (text: string): string => text.replace(COMMENT, "");
  const cut = (text: string, before: string): string => {
    const rest = remove(text);
    const at = before === FIRST_END ? rest.indexOf(FIRST_END) : rest.lastIndexOf(before);
    return rest.slice(0, at) + (COMMENT.exec(text)?.[0] ?? "") + rest.slice(at);
  };
  const LEFT = expect.stringMatching(/^BACKLOG\.md was edited since: .*left as it stands/) as string;

  async function takeBack(line: string, change: (text: string) => string, dress = (text: string) => text) {
    const before = dress(notesOf(line)["BACKLOG.md"] ?? "");
    const place = new MemoryPlace({ ...notesOf(line), "BACKLOG.md": before });
    expect((await promote()(new MemoryStore(place))).refusal).toBeNull();
    edit(place, "BACKLOG.md", change);
    const edited = place.texts();
    const { refusal, warnings } = await undo(new MemoryStore(place));
    if (refusal) expect(place.texts()).toEqual(edited);
    return { before, after: place.texts()["BACKLOG.md"] ?? "", refusal, warnings };
  }

  test.each([
    ["in front of the one that stayed", "infra/high: a b z!; docs/low: d"],
    ["behind the one that stayed", "infra/high: z! a b; docs/low: d"],
    ["between those that stayed", "infra/high: a z! b y! c; docs/low: d"],
    ["into a group that is empty", "docs/low: d!; infra/high: a b; ops/low: e"],
    ["into the one of two groups with a neighbour", "infra/high: y!; infra/high: a b z!"],
  ])("%s: %s", async (_, line) => {
    for (const dress of [(text: string) => text, (text: string) => text.replaceAll("\n", "\r\n")]) {
      const taken = await takeBack(line, (text) => text.replace(/<!-- Tasks .* -->\r?\n\r?\n/, ""), dress);
      expect(taken.refusal).toBeNull();
      expect(taken.after).toBe(taken.before);
      expect(taken.warnings).toEqual([LEFT]);
    }
  });

  test("a comment that was edited stays, with a warning", async () => {
    const { refusal, before, after, warnings } = await takeBack("infra/high: a b z!", (text) =>
      text.replace(" -->", ", by me -->"),
    );
    expect([refusal, warnings]).toEqual([null, [LEFT]]);
    expect(after.replace(/<!-- .*, by me -->\n\n/, "")).toBe(before);
    expect(after).not.toBe(before);
  });

  test("a comment that is hidden by another stays, with a warning", async () => {
    const { refusal, before, after, warnings } = await takeBack(LINE, (text) =>
      text.replace("## infra high\n", "## infra high\n\n<!--\n"),
    );
    expect([refusal, warnings]).toEqual([null, [LEFT]]);
    expect(listIds(after)).toEqual(listIds(before));
  });

  test("a comment that was put into another group goes, and the blocks go to their own", async () => {
    for (const line of [
      "infra/high: a b z!; infra/high: y! x!",
      "infra/high: y!; infra/high: a z! b",
      "infra/high: a b z!; infra/high: ",
    ]) {
      const last = line.startsWith("infra/high: y!;") ? FIRST_END : "## group_end";
      const { refusal, before, after, warnings } = await takeBack(line, (text) => cut(text, last));
      expect([refusal, warnings]).toEqual([null, []]);
      expect(after).toBe(before);
    }
  });

  test("a comment that was put below another block of the group goes, and the order is as it was", async () => {
    for (const change of [
      (text: string) => cut(text, "## group_end"),
      (text: string) => cut(text, "## group_end").replace("\n\n<!--", "\n<!--"),
    ]) {
      const { refusal, before, after, warnings } = await takeBack("infra/high: a b z! y!", change);
      expect([refusal, warnings]).toEqual([null, []]);
      expect(after.trimEnd().replace(/\n+## group_end$/, "\n\n## group_end")).toBe(
        before.trimEnd().replace(/\n+## group_end$/, "\n\n## group_end"),
      );
    }
  });

  test("a comment that stands there twice stays, with a warning", async () => {
    const { refusal, after, warnings } = await takeBack("infra/high: a b z!; docs/low: d!", (text) => {
      const comment = COMMENT.exec(text)?.[0] ?? "";
      return remove(text).replace("## docs low\n\n", `## docs low\n\n${comment}${comment}`);
    });
    expect([refusal, warnings]).toEqual([null, [LEFT]]);
    expect(after.match(/<!-- Tasks/g)).toHaveLength(2);
    expect(listIds(after)).toEqual(["A", "B", "Z", "D"]);
  });

  test("a block without an id in the group is no hindrance", async () => {
    const { refusal, after } = await takeBack("infra/high: a b z!", (text) =>
      remove(text).replace("## group_end", "## task_begin\n### No tags\n## task_end\n\n## group_end"),
    );
    expect(refusal).toBeNull();
    expect(listIds(after)).toEqual(["A", "B", "Z"]);
  });

  const retitle = (text: string): string => text.replace("## infra high", "## First");

  test("of two groups without a neighbour the title decides", async () => {
    const { refusal, before, after } = await takeBack("infra/high: a b; infra/high: y!", remove, retitle);
    expect(refusal).toBeNull();
    expect(after).toBe(before);
  });

  test.each<readonly [string, string, (text: string) => string, (text: string) => string]>([
    ["two groups are alike", "infra/high: a b; infra/high: y!", remove, (text) => text],
    ["the title is another", "infra/high: a b z!", (text) => retitle(remove(text)), (text) => text],
    [
      "the neighbours stand in two groups",
      "infra/high: a z! y!; infra/high: x!",
      (text) =>
        remove(text).replace(
          /(## task_begin[^]*?task_end\n)\n---\n\n([^]*## group_begin.*\n## infra high\n\n)/,
          "$2$1\n",
        ),
      (text) => text,
    ],
    [
      "the neighbours stand in a group of another title",
      "infra/high: a z!; infra/high: x!",
      (text) => remove(text).replace("## First", "## Third").replace("## infra high", "## First"),
      retitle,
    ],
  ])("refused where %s", async (_, line, change, dress) => {
    const { refusal } = await takeBack(line, change, dress);
    expect(refusal?.code).toBe("place-lost");
  });
});

function listIds(text: string): readonly string[] {
  return [...text.matchAll(/\[id:TASK-20260204-(\w+)\]/g)].map(([, name = ""]) => name);
}

test("a note that somebody put back already is left, and a block without an id is no hindrance", async () => {
  const place = await makeMoved(LINE, promote());
  place.notes.set("TASK_INDEX.md", `${notesOf(LINE)["TASK_INDEX.md"] ?? ""}\nNew line.\n`);
  edit(place, "BACKLOG.md", (text) => `${text}\n## task_begin\n### No tags\n## task_end\n`);
  const { refusal, warnings, written } = await undo(new MemoryStore(place));
  expect([refusal, written]).toEqual([null, ["BACKLOG.md", "TODO.md"]]);
  expect(warnings).toEqual([expect.stringMatching(/^TASK_INDEX\.md was edited since/)]);
});

describe("a note that the move created", () => {
  const ALONE = "infra/high: a b";

  test("goes with it", async () => {
    const place = await makeMoved(ALONE, promote(), undo);
    expect(Object.keys(place.texts())).toEqual(["BACKLOG.md"]);
  });

  test("goes with it where only blank lines were added", async () => {
    const place = await makeMoved(ALONE, promote());
    edit(place, "TODO.md", (text) => `${text}\n\n`);
    expect((await undo(new MemoryStore(place))).warnings).toEqual([]);
    expect(Object.keys(place.texts())).toEqual(["BACKLOG.md"]);
  });

  test.each<readonly [string, (text: string) => string]>([
    ["below", (text) => `${text}\nMine.\n`],
    ["in its header", (text) => text.replace(/\*\*Batch Goal:\*\*.*/, "**Batch Goal:** Mine.")],
  ])("stays without the tasks where something was written into it, %s", async (_, change) => {
    const place = await makeMoved(ALONE, promote());
    edit(place, "TODO.md", change);
    const { refusal, warnings } = await undo(new MemoryStore(place));
    expect(refusal).toBeNull();
    expect(warnings).toEqual([expect.stringMatching(/^TODO\.md was edited since: the tasks leave it/)]);
    expect(place.texts()["TODO.md"]).toContain("Mine.");
    expect(place.texts()["TODO.md"]).not.toContain("task_begin");
    expect(place.texts()["TODO.md"]).toContain("**Batch Type:** (none)");
  });

  test("keeps its type where a task remains in it", async () => {
    const place = await makeMoved(ALONE, promote());
    edit(place, "TODO.md", (text) => `${text}\n---\n\n${blockOf("w")}\n`);
    expect((await undo(new MemoryStore(place))).refusal).toBeNull();
    expect(place.texts()["TODO.md"]).toContain("**Batch Type:** [type:infra]");
  });
});

describe("it is refused, and nothing is written", () => {
  test.each<readonly [string, string, (text: string) => string | null, string, string]>([
    [
      "a moved block was changed",
      "TODO.md",
      (text) => text.replace("Do b\n", "Do b, new\n"),
      "block-changed",
      "20260204-B in TODO",
    ],
    [
      "a moved block was taken away",
      "TODO.md",
      (text) => text.replace(/## task_begin\n### # \[id:TASK-20260204-B[^]*?## task_end\n/, ""),
      "block-changed",
      "20260204-B in TODO",
    ],
    [
      "a moved block was doubled",
      "TODO.md",
      (text) => `${text}\n${/## task_begin\n### # \[id:TASK-20260204-B[^]*?## task_end\n/.exec(text)?.[0] ?? ""}`,
      "block-changed",
      "20260204-B in TODO",
    ],
    ["the todo note was deleted", "TODO.md", () => null, "block-changed", "20260204-A in TODO"],
    [
      "the old group was deleted",
      "BACKLOG.md",
      (text) => text.replace(/## group_begin \[type:infra[^]*?## group_end\n/, ""),
      "place-lost",
      "20260204-A",
    ],
    [
      "the old group has another type",
      "BACKLOG.md",
      (text) => text.replace("[type:infra][priority:high]\n", "[type:ops][priority:high]\n"),
      "place-lost",
      "20260204-A",
    ],
    [
      "the old group is masked",
      "BACKLOG.md",
      (text) => text.replace("## group_begin [type:infra", "<!--\n## group_begin [type:infra"),
      "place-lost",
      "20260204-A",
    ],
    ["a block is back already", "BACKLOG.md", () => notesOf(LINE)["BACKLOG.md"] ?? "", "place-lost", "20260204-A"],
  ])("where %s", async (_, path, change, code, named) => {
    const place = await makeMoved(LINE, promote());
    const next = change(place.texts()[path] ?? "");
    if (next === null) place.notes.delete(path);
    else edit(place, path, () => next);
    const before = place.texts();
    const { refusal, plan, written } = await undo(new MemoryStore(place));
    expect(refusal).toEqual({ code, message: expect.stringContaining(named) });
    expect([plan, written, place.texts()]).toEqual([null, [], before]);
  });

  test("where a note is no UTF-8 any more", async () => {
    const place = await makeMoved(LINE, promote());
    place.notes.set("TASK_INDEX.md", { odd: "not-utf8" });
    expect((await undo(new MemoryStore(place))).refusal?.code).toBe("damaged-note");
  });

  test("where the backlog is gone", async () => {
    const place = await makeMoved(LINE, promote());
    place.notes.delete("BACKLOG.md");
    expect((await undo(new MemoryStore(place))).refusal?.code).toBe("no-backlog");
  });

  test("where the folder is not readable any more the store's refusal is thrown", async () => {
    const place = await makeMoved(LINE, promote());
    place.notes.set("TODO.md", { odd: "folder" });
    await expect(undo(new MemoryStore(place))).rejects.toThrow(StoreError);
  });
});
