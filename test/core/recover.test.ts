// Recovery of a move that was interrupted: forward where something was written and the rest can be, else back, whatever
// was edited in between; and a journal that it can't act on, whoever wrote it, is shown and left.
import { JOURNAL, STATE_LIMIT, type MoveRecord } from "../../src/core/journal";
import { parseNote } from "../../src/core/note";
import { recoverMove, type RecoverOutcome } from "../../src/core/recover";
import type { NoteChange } from "../../src/core/plan";
import { makeFaulty } from "../support/faulty-store";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { NAMES, notesOf, prepareScenario, promote, SCENARIOS, undo, type Run } from "../support/move-scenarios";
import { idOf } from "../support/notation";
import { Stopped } from "../support/watched-file-system";
import { performMove } from "../../src/core/move";

const LINE = "infra/high: a b; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";

/** A place where a move was killed when it was about to do `operation`. */
async function makeKilled(operation: string, run: Run = promote(), line = LINE, earlier: readonly Run[] = []) {
  const place = new MemoryPlace(notesOf(line));
  for (const before of earlier) await before(new MemoryStore(place));
  const store = makeFaulty(new MemoryStore(place), null);
  const faulty = makeFaulty(new MemoryStore(place), null, () => {
    if (faulty.operations.at(-1) === operation) throw new Stopped("killed");
  });
  await expect(run(faulty)).rejects.toThrow(Stopped);
  place.locked = false;
  expect(place.states.has(JOURNAL)).toBe(true);
  return { place, store };
}

const recover = (place: MemoryPlace, request = {}): Promise<RecoverOutcome> =>
  recoverMove(new MemoryStore(place), NAMES, request);

function edit(place: MemoryPlace, path: string, change: (text: string) => string): void {
  const text = place.texts()[path] ?? "";
  const next = change(text);
  if (next === text) throw new Error(`the edit of ${path} changes nothing`);
  place.notes.set(path, next);
}

/** How often a task stands in which note. */
function where(place: MemoryPlace, name: string): readonly string[] {
  return Object.entries(place.texts()).flatMap(([path, text]) =>
    parseNote(text).tasks.flatMap((task) => (task.id === idOf(name) ? [path] : [])),
  );
}

const withoutBlock = (name: string) => (text: string) =>
  text.replace(new RegExp(`## task_begin\\n### # \\[id:${idOf(name)}[^]*?## task_end\\n`), "");

describe("with nothing edited in between", () => {
  test.each([
    ["write TODO.md", "dropped", []],
    ["write BACKLOG.md", "finished", ["BACKLOG.md", "TASK_INDEX.md"]],
    ["write TASK_INDEX.md", "finished", ["TASK_INDEX.md"]],
    ["writeState ledger/000001.json", "finished", []],
    ["removeState journal.json", "finished", []],
  ])("a promotion killed before %s is %s", async (operation, kind, written) => {
    const { place } = await makeKilled(operation);
    const outcome = await recover(place);
    expect(outcome).toMatchObject({ kind, written, refusal: null, warnings: [] });
    expect(outcome.journal).toMatch(/^promotion of 2026-02-05\n {2}TASK-20260204-A/);
    expect(outcome.plan).toMatchObject({ kind: "promotion", blocks: [{ id: idOf("a") }, { id: idOf("b") }] });
    expect(where(place, "a")).toEqual([kind === "dropped" ? "BACKLOG.md" : "TODO.md"]);
    expect(await recover(place)).toMatchObject({ kind: "none", journal: null });
    expect([...place.states.keys()].filter((name) => name.startsWith("ledger")).length).toBe(
      kind === "dropped" ? 0 : 1,
    );
  });

  test("a move finished by recovery is undone to the byte", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    const { number } = await recover(place);
    expect(number).toBe(1);
    expect((await undo(new MemoryStore(place))).refusal).toBeNull();
    expect(place.texts()).toEqual(notesOf(LINE));
  });

  test("an undo that was killed is finished, and the move counts as taken back", async () => {
    const { place } = await makeKilled("write TODO.md", undo, "infra/high: a b", [promote()]);
    expect(await recover(place)).toMatchObject({ kind: "finished", written: ["TODO.md"], number: null });
    expect(place.texts()).toEqual(notesOf("infra/high: a b"));
    expect((await undo(new MemoryStore(place))).refusal?.code).toBe("nothing-to-undo");
  });

  test("a dry run says what would be done, and does nothing", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    const before = place.texts();
    const outcome = await recover(place, { dryRun: true });
    expect(outcome).toMatchObject({ kind: "finished", written: [] });
    expect(outcome.plan?.changes.map(({ path }) => path)).toEqual(["BACKLOG.md", "TASK_INDEX.md"]);
    expect([place.texts(), place.states.has(JOURNAL)]).toEqual([before, true]);
    expect(await recover(new MemoryPlace(), { dryRun: true })).toMatchObject({ kind: "none" });
  });

  test("while another process holds the lock nothing is done", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    place.locked = true;
    expect(await recover(place)).toMatchObject({ kind: "refused", refusal: { code: "move-in-progress" }, written: [] });
  });

  test("another process may have recovered while the lock was waited for", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    const store = makeFaulty(new MemoryStore(place), null, (count) => {
      if (count === 3) place.states.delete(JOURNAL);
    });
    expect((await recoverMove(store, NAMES, {})).kind).toBe("none");
  });

  test("an empty note where one was to be created counts as none", async () => {
    const { place } = await makeKilled("write TODO.md", promote(), "infra/high: a b");
    place.notes.set("TODO.md", "");
    expect((await recover(place)).kind).toBe("dropped");
  });
});

describe("with notes edited in between", () => {
  test.each<readonly [string, string, string, (text: string) => string]>([
    ["the destination, elsewhere", "write BACKLOG.md", "TODO.md", (text) => `${text}\nnew\n`],
    ["a block in the destination", "write BACKLOG.md", "TODO.md", (text) => text.replace("Do a\n", "Do a, new\n")],
    ["the source, elsewhere", "write BACKLOG.md", "BACKLOG.md", (text) => text.replace("Do d", "Do d, new")],
    [
      "the source, directly beside the block",
      "write BACKLOG.md",
      "BACKLOG.md",
      (text) => text.replace("## infra high\n", "## infra high, new\n"),
    ],
    [
      "the source, where one block was taken out",
      "write BACKLOG.md",
      "BACKLOG.md",
      (text) => `${withoutBlock("b")(text)}new\n`,
    ],
    [
      "the source, where all blocks were taken out",
      "write BACKLOG.md",
      "BACKLOG.md",
      (text) => `${withoutBlock("b")(withoutBlock("a")(text))}new\n`,
    ],
    ["the index", "write BACKLOG.md", "TASK_INDEX.md", (text) => `${text}\nnew\n`],
    ["the index, after it was written", "writeState ledger/000001.json", "TASK_INDEX.md", (text) => `${text}\nnew\n`],
    ["the source, after it was written", "write TASK_INDEX.md", "BACKLOG.md", (text) => `${text}\nnew\n`],
  ])("it goes forward: %s", async (_, operation, path, change) => {
    const { place } = await makeKilled(operation);
    edit(place, path, change);
    expect(await recover(place)).toMatchObject({ kind: "finished", refusal: null });
    expect([where(place, "a"), where(place, "b")]).toEqual([["TODO.md"], ["TODO.md"]]);
    expect(place.texts()[path]).toContain("new");
    expect(place.texts()["TASK_INDEX.md"]).toContain("TODO.md");
  });

  test("it goes back where a block in the source was changed", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    edit(place, "BACKLOG.md", (text) => text.replace("Do a\n", "Do a, new\n"));
    expect(await recover(place)).toMatchObject({ kind: "taken-back", written: ["TODO.md"] });
    expect(where(place, "a")).toEqual(["BACKLOG.md"]);
    expect(place.texts()["TODO.md"]).toBe(notesOf(LINE)["TODO.md"]);
    expect([...place.states.keys()]).toEqual([".gitignore"]);
  });

  test.each(["write BACKLOG.md", "write TASK_INDEX.md"])(
    "it goes back where one of two blocks was taken out of the destination by hand, killed before %s",
    async (operation) => {
      const { place } = await makeKilled(operation);
      edit(place, "TODO.md", withoutBlock("a"));
      expect(await recover(place)).toMatchObject({ kind: "taken-back" });
      expect([where(place, "a"), where(place, "b")]).toEqual([["BACKLOG.md"], ["BACKLOG.md"]]);
    },
  );

  test("it goes back where a block in the source was doubled", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    edit(place, "BACKLOG.md", (text) => text.replace(/## task_begin[^]*?## task_end\n/, "$&\n---\n\n$&"));
    expect(await recover(place)).toMatchObject({ kind: "taken-back" });
    expect(where(place, "a")).toEqual(["BACKLOG.md", "BACKLOG.md"]);
  });

  test("it is dropped where the destination is as it was, or gone, and the source too", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    place.notes.delete("TODO.md");
    expect((await recover(place)).kind).toBe("dropped");
    expect(where(place, "a")).toEqual(["BACKLOG.md"]);
    const other = await makeKilled("write BACKLOG.md");
    other.place.notes.set("TODO.md", notesOf(LINE)["TODO.md"] ?? "");
    expect((await recover(other.place)).kind).toBe("dropped");
  });

  test("it is dropped where the source was changed before anything was written", async () => {
    const { place } = await makeKilled("write TODO.md");
    edit(place, "BACKLOG.md", (text) => text.replace("Do a\n", "Do a, new\n"));
    edit(place, "TODO.md", (text) => `${text}new\n`);
    expect((await recover(place)).kind).toBe("dropped");
  });

  test("the blocks come back where the destination was deleted or restored after both were written", async () => {
    for (const text of [null, notesOf(LINE)["TODO.md"] ?? "", `${notesOf(LINE)["TODO.md"] ?? ""}new\n`]) {
      const { place } = await makeKilled("write TASK_INDEX.md");
      if (text === null) place.notes.delete("TODO.md");
      else place.notes.set("TODO.md", text);
      expect((await recover(place)).refusal).toBeNull();
      expect(where(place, "a")).toHaveLength(1);
      expect(where(place, "b")).toHaveLength(1);
    }
  });

  test("the source may be gone: the blocks are in the destination", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    place.notes.delete("BACKLOG.md");
    const outcome = await recover(place);
    expect(outcome).toMatchObject({ kind: "finished" });
    expect(outcome.warnings).toEqual(["BACKLOG.md is not there any more: nothing is done to it."]);
    expect(where(place, "a")).toEqual(["TODO.md"]);
  });

  test("an index that is unclear, or no UTF-8, is left with a warning", async () => {
    const { place } = await makeKilled("write TASK_INDEX.md");
    place.notes.set("TASK_INDEX.md", "something else");
    expect((await recover(place)).warnings).toEqual([expect.stringMatching(/^TASK_INDEX\.md was changed since/)]);
    const other = await makeKilled("write TASK_INDEX.md");
    other.place.notes.set("TASK_INDEX.md", { odd: "not-utf8" });
    expect((await recover(other.place)).warnings).toHaveLength(1);
    expect(other.place.notes.get("TASK_INDEX.md")).toEqual({ odd: "not-utf8" });
  });

  test("an edit is finished, dropped, or left, note by note", async () => {
    const change = (path: string, before: string, to: string): NoteChange => {
      const from = before.indexOf("here");
      return { path, before, edits: [{ from, to: from + 4, insert: to }], after: before.replace("here", to) };
    };
    const text = "one line of a text\nanother one: here\nand one more line below\n";
    const fix: Run = (store) =>
      performMove(
        store,
        NAMES,
        () => ({
          plan: {
            kind: "edit",
            changes: [change("ONE.md", text, "there"), change("TWO.md", text, ""), change("TODO.md", text, "x")],
            blocks: [],
            warnings: [],
          },
          refusal: null,
        }),
        { today: "2026-02-05" },
      );
    const make = async (operation: string) => {
      const place = new MemoryPlace({ ...notesOf("infra/high: a"), "ONE.md": text, "TWO.md": text, "TODO.md": text });
      const faulty = makeFaulty(new MemoryStore(place), null, () => {
        if (faulty.operations.at(-1) === operation) throw new Stopped("killed");
      });
      await expect(fix(faulty)).rejects.toThrow(Stopped);
      place.locked = false;
      return place;
    };
    const plain = await make("write TWO.md");
    expect(await recover(plain)).toMatchObject({ kind: "finished", written: ["TWO.md", "TODO.md"] });
    const edited = await make("write TODO.md");
    for (const path of ["ONE.md", "TWO.md", "TODO.md"]) edit(edited, path, (before) => `new\n${before}`);
    expect(await recover(edited)).toMatchObject({ kind: "finished", written: ["TODO.md"] });
    expect(edited.texts()["TODO.md"]).toBe(`new\n${text.replace("here", "x")}`);
    const lost = await make("write TWO.md");
    for (const path of ["ONE.md", "TWO.md", "TODO.md"]) lost.notes.set(path, "nothing of it\n");
    const outcome = await recover(lost);
    expect(outcome).toMatchObject({ kind: "dropped", written: [] });
    expect(outcome.warnings).toHaveLength(3);
    expect([...lost.states.keys()]).toEqual([".gitignore"]);
  });

  test("a note that changes while recovery writes it ends it in stale-source; run again, it goes on", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    const store = makeFaulty(new MemoryStore(place), null, () => {
      if (store.operations.at(-1) === "write BACKLOG.md") edit(place, "BACKLOG.md", (text) => `${text}new\n`);
    });
    expect(await recoverMove(store, NAMES, {})).toMatchObject({ kind: "refused", refusal: { code: "stale-source" } });
    expect(place.states.has(JOURNAL)).toBe(true);
    expect((await recover(place)).kind).toBe("finished");
    expect(place.texts()["BACKLOG.md"]).toContain("new");
  });
});

describe("what can't be resolved is shown and left, until it is discarded", () => {
  async function expectLeft(place: MemoryPlace, named: RegExp): Promise<void> {
    const before = place.texts();
    const journal = place.states.get(JOURNAL);
    const outcome = await recover(place);
    expect(outcome).toMatchObject({
      kind: "refused",
      plan: null,
      written: [],
      refusal: { code: "unresolvable-journal" },
    });
    expect(outcome.refusal?.message).toMatch(named);
    expect(outcome.refusal?.message).toMatch(/`recover --discard`\.$/);
    expect(outcome.journal).not.toBeNull();
    expect([place.texts(), place.states.get(JOURNAL)]).toEqual([before, journal]);
    expect((await recover(place, { discard: true, dryRun: true })).kind).toBe("discarded");
    expect(place.states.has(JOURNAL)).toBe(true);
    expect(await recover(place, { discard: true })).toMatchObject({ kind: "discarded", journal: outcome.journal });
    expect([place.texts(), place.states.has(JOURNAL)]).toEqual([before, false]);
  }

  test("where a block was changed in both notes", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    edit(place, "BACKLOG.md", (text) => text.replace("Do a\n", "Do a, new\n"));
    edit(place, "TODO.md", (text) => text.replace("Do a\n", "Do a, newer\n"));
    await expectLeft(place, /20260204-A in BACKLOG\.md .*20260204-A in TODO\.md/);
  });

  test("where the one block that is left of two in the destination was changed", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    edit(place, "TODO.md", (text) => withoutBlock("a")(text).replace("Do b\n", "Do b, new\n"));
    await expectLeft(place, /TODO\.md was changed since.*20260204-B in TODO\.md/);
  });

  test("where a note that gains and loses blocks has them half", async () => {
    const finished = "infra/high: a b | todo: w+ v+ u~";
    const { place } = await makeKilled("write BACKLOG.md", promote({ archiveDone: true }), finished);
    edit(place, "TODO.md", withoutBlock("a"));
    await expectLeft(place, /TODO\.md was changed since/);
  });

  test("where all its notes are gone", async () => {
    const { place } = await makeKilled("write TASK_INDEX.md");
    place.notes.delete("BACKLOG.md");
    place.notes.delete("TODO.md");
    await expectLeft(place, /None of its notes/);
  });

  test("where a note is no UTF-8", async () => {
    const { place } = await makeKilled("write BACKLOG.md");
    place.notes.set("TODO.md", { odd: "not-utf8" });
    await expectLeft(place, /TODO\.md was changed since/);
  });

  test("where the place that a block came from is gone, and the destination too", async () => {
    const { place } = await makeKilled("write TASK_INDEX.md");
    place.notes.delete("TODO.md");
    edit(place, "BACKLOG.md", (text) => text.replace(/## group_begin \[type:infra[^]*?## group_end\n/, ""));
    await expectLeft(place, /BACKLOG\.md has no place for TASK-20260204-A/);
  });

  test.each<readonly [string, (move: MoveRecord, text: string) => string, RegExp]>([
    ["garbage", () => "\u001b]0;garbage\u0007", /no JSON/],
    ["a journal longer than any", () => " ".repeat(STATE_LIMIT + 1), /longer/],
    ["one of another version", (move) => JSON.stringify({ ...move, version: 2 }), /no journal of a move/],
    ["one nested deeply", () => "[".repeat(500_000), /no JSON/],
    [
      "one that leads out of the folder",
      (_, text) => text.replaceAll('"TODO.md"', '"../../etc/passwd"'),
      /no note of this folder/,
    ],
    ["one that names another note", (_, text) => text.replaceAll('"TODO.md"', '"DIARY.md"'), /DIARY\.md/],
    [
      "one whose hunks are others",
      (_, text) => text.replaceAll("Do b", "Do evil"),
      /not what the record of the move says/,
    ],
    [
      "one whose blocks are others",
      (move) =>
        JSON.stringify({
          ...move,
          blocks: move.blocks.map((block) => ({ ...block, id: "EVIL", destinationText: "## task_begin\n## task_end" })),
        }),
      /TODO\.md was changed since/,
    ],
    [
      "one whose blocks stood elsewhere",
      (move) =>
        JSON.stringify({
          ...move,
          blocks: move.blocks.map((block) => ({ ...block, id: "EVIL", sourceText: "## task_begin\n## task_end" })),
        }),
      /BACKLOG\.md was changed since/,
    ],
    [
      "one that would drop a block",
      (move) => JSON.stringify({ ...move, blocks: move.blocks.slice(1) }),
      /BACKLOG\.md is not valid UTF-8, or not what/,
    ],
    [
      "one whose result is another",
      (move) =>
        JSON.stringify({
          ...move,
          notes: move.notes.map((note) => ({
            ...note,
            after: note.path === "BACKLOG.md" ? "0".repeat(64) : note.after,
          })),
        }),
      /BACKLOG\.md is not valid UTF-8, or not what/,
    ],
    ["one whose hunks lie elsewhere", (_, text) => text.replace(/"at":\d+/g, '"at":3'), /not what the record/],
  ])("where the journal is %s", async (name, change, named) => {
    const { place } = await makeKilled("write BACKLOG.md");
    const text = place.states.get(JOURNAL) ?? "";
    const next = change(JSON.parse(text) as MoveRecord, text);
    expect(next).not.toBe(text);
    place.states.set(JOURNAL, next);
    // The destination is not to be taken back either: then a journal that can't go forward is left as it is.
    const todo = place.texts()["TODO.md"] ?? "";
    if (/not what/.test(named.source) && !name.includes("drop"))
      place.notes.set("TODO.md", todo.replace("**Status:** todo", "**Status:** blocked"));
    await expectLeft(place, named);
  });
});

test("every scenario that a move can be killed in is one that recovery knows", async () => {
  for (const scenario of Object.values(SCENARIOS)) {
    const place = await prepareScenario(scenario);
    const before = place.texts();
    const faulty = makeFaulty(new MemoryStore(place), null, () => {
      if (faulty.operations.at(-1)?.startsWith("write ") === true) throw new Stopped("killed");
    });
    await expect(scenario.run(faulty)).rejects.toThrow(Stopped);
    place.locked = false;
    expect([(await recover(place)).kind, place.texts()]).toEqual(["dropped", before]);
  }
});
