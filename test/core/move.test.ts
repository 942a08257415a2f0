// The way of a move through a store: what is refused before anything is written, what is written in which order, and what
// becomes of it where a note changes or the store refuses in the middle (FORMAT.md §5).
import { STATE_LIMIT } from "../../src/core/journal";
import { performMove, readFolder, type MoveOutcome } from "../../src/core/move";
import type { NoteChange, Plan } from "../../src/core/plan";
import { recoverMove } from "../../src/core/recover";
import { StoreError, type NoteStore } from "../../src/core/store";
import { undoMove } from "../../src/core/undo";
import { makeFaulty } from "../support/faulty-store";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { NAMES, notesOf, promote, SCENARIOS, prepareScenario, undo } from "../support/move-scenarios";

const LINE = "infra/high: a b; docs/low: d | todo: w~ | index: a/backlog b/backlog w/todo";
const TODAY = "2026-02-05";

const placeOf = (line: string) => new MemoryPlace(notesOf(line));

/** An edit of one note, as a plan. */
function planEdit(path: string, before: string, from: string, to: string): Plan {
  const at = before.indexOf(from);
  const change: NoteChange = {
    path,
    before,
    edits: [{ from: at, to: at + from.length, insert: to }],
    after: before.replace(from, to),
  };
  return { kind: "edit", changes: [change], blocks: [], warnings: ["mind this"] };
}

const perform = (store: NoteStore, plan: Plan): Promise<MoveOutcome> =>
  performMove(store, NAMES, () => ({ plan, refusal: null }), { today: TODAY });

describe("a move that is made", () => {
  test("writes the journal first, the destination before the source, the index last, then the ledger", async () => {
    const store = makeFaulty(new MemoryStore(placeOf(LINE)), null);
    const outcome = await promote()(store);
    expect(outcome).toMatchObject({ refusal: null, written: ["TODO.md", "BACKLOG.md", "TASK_INDEX.md"], warnings: [] });
    expect(outcome.number).toBe(1);
    const writes = store.operations.filter((name) => /^(write|remove|lock|release)/.test(name));
    expect(writes).toEqual([
      "lock",
      "writeState journal.json",
      "write TODO.md",
      "write BACKLOG.md",
      "write TASK_INDEX.md",
      "writeState ledger/000001.json",
      "removeState journal.json",
      "release",
    ]);
  });

  test("of kind edit has a journal and no entry in the ledger", async () => {
    const place = placeOf(LINE);
    const store = makeFaulty(new MemoryStore(place), null);
    const outcome = await perform(store, planEdit("BACKLOG.md", place.texts()["BACKLOG.md"] ?? "", "Do a", "Do A"));
    expect(outcome).toMatchObject({ refusal: null, written: ["BACKLOG.md"], number: null, warnings: ["mind this"] });
    expect(store.operations).toContain("writeState journal.json");
    expect([...place.states.keys()]).toEqual([".gitignore"]);
    expect(place.texts()["BACKLOG.md"]).toContain("Do A");
  });

  test("of kind edit may change any note directly in the folder", async () => {
    const place = placeOf(LINE);
    place.notes.set("NOTES.md", "x");
    await perform(new MemoryStore(place), planEdit("NOTES.md", "x", "x", "y"));
    expect(place.texts()["NOTES.md"]).toBe("y");
  });

  test("that changes nothing writes nothing, not even the folder of the states", async () => {
    const place = placeOf(LINE);
    const text = place.texts()["BACKLOG.md"] ?? "";
    const outcome = await perform(new MemoryStore(place), planEdit("BACKLOG.md", text, "Do a", "Do a"));
    expect(outcome).toMatchObject({ refusal: null, written: [], number: null });
    expect(place.states.size).toBe(0);
    place.states.set(".gitignore", "*\n");
    expect((await perform(new MemoryStore(place), planEdit("BACKLOG.md", text, "Do a", "Do a"))).written).toEqual([]);
  });

  test("as a dry run is planned, takes no lock and writes nothing", async () => {
    const place = placeOf(LINE);
    place.locked = true;
    const outcome = await performMove(
      new MemoryStore(place),
      NAMES,
      () => ({ plan: planEdit("BACKLOG.md", "x", "x", "y"), refusal: null }),
      { today: TODAY, dryRun: true },
    );
    expect(outcome).toMatchObject({ refusal: null, written: [], number: null });
    expect(outcome.plan?.changes).toHaveLength(1);
    expect([place.texts(), place.states.size]).toEqual([notesOf(LINE), 0]);
  });
});

describe("a request that is refused", () => {
  test.each([
    ["without a backlog", "none | todo: w", "no-backlog"],
    ["with nothing to promote", "infra/high: a!", "nothing-promotable"],
  ])("%s leaves no trace", async (_, line, code) => {
    const place = placeOf(line);
    expect((await promote()(new MemoryStore(place))).refusal?.code).toBe(code);
    expect(place.states.size).toBe(0);
  });

  test("with nothing to promote is refused under the lock where states are kept already", async () => {
    const place = placeOf("infra/high: a!");
    place.states.set(".gitignore", "*\n");
    const store = makeFaulty(new MemoryStore(place), null);
    expect((await promote()(store)).refusal?.code).toBe("nothing-promotable");
    expect(store.operations).toContain("release");
  });

  test("is looked at again where another process begins meanwhile", async () => {
    const place = placeOf("infra/high: a!");
    const store = makeFaulty(new MemoryStore(place), null, (count) => {
      if (count === 6) place.states.set(".gitignore", "*\n");
    });
    expect((await promote()(store)).refusal?.code).toBe("nothing-promotable");
    expect(store.operations).toContain("lock");
  });

  test("while another holds the lock says who", async () => {
    const place = placeOf(LINE);
    place.locked = true;
    const { refusal } = await promote()(new MemoryStore(place));
    expect(refusal).toEqual({ code: "move-in-progress", message: expect.stringContaining("Another store") });
    expect(place.locked).toBe(true);
  });

  test.each([false, true])("while a move is interrupted names the way out (dry run: %s)", async (dryRun) => {
    const place = placeOf(LINE);
    place.states.set("journal.json", "{}");
    const { refusal } = await undoMove(new MemoryStore(place), NAMES, { today: TODAY, dryRun });
    expect(refusal).toEqual({ code: "move-in-progress", message: expect.stringContaining("`recover`") });
    expect(place.texts()).toEqual(notesOf(LINE));
    expect(place.locked).toBe(false);
  });

  test.each(["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASK_INDEX.md"])("where %s is no UTF-8 names it", async (path) => {
    const place = placeOf(LINE);
    place.notes.set(path, { odd: "not-utf8" });
    const { refusal } = await promote()(new MemoryStore(place));
    expect(refusal).toEqual({ code: "damaged-note", message: expect.stringContaining(path) });
    expect((await readFolder(new MemoryStore(place), NAMES)).refusal?.code).toBe("damaged-note");
  });

  test("a folder in a note's place is the store's refusal, and the lock is released", async () => {
    const place = placeOf(LINE);
    place.notes.set("TODO.md", { odd: "folder" });
    place.states.set(".gitignore", "*\n");
    await expect(promote()(new MemoryStore(place))).rejects.toThrow(StoreError);
    expect(place.locked).toBe(false);
  });

  test("a plan for a note that is none of the folder's is our bug, and nothing is written", async () => {
    const place = placeOf(LINE);
    await expect(perform(new MemoryStore(place), planEdit("../x.md", "x", "x", "y"))).rejects.toThrow(RangeError);
    expect([place.locked, place.states.has("journal.json")]).toEqual([false, false]);
  });

  test("a move larger than any journal is refused by a sentence", async () => {
    const place = placeOf(LINE);
    const huge = "x".repeat(STATE_LIMIT / 2 + 1);
    const plan = planEdit("BACKLOG.md", place.texts()["BACKLOG.md"] ?? "", "Do a", huge);
    const [change] = plan.changes;
    const both = { ...plan, changes: [change, { ...change, path: "TODO.md" }] } as Plan;
    await expect(perform(new MemoryStore(place), both)).rejects.toThrow(/too large for a journal/);
    expect(place.texts()).toEqual(notesOf(LINE));
  });
});

describe("a note that another program changes in the middle", () => {
  /** A store in which something happens when a note is about to be written. */
  function disturb(place: MemoryPlace, path: string, act: () => void): NoteStore {
    const store = new MemoryStore(place);
    let done = false;
    return Object.assign(Object.create(store) as NoteStore, {
      write: (change: NoteChange) => {
        if (change.path === path && !done) {
          done = true;
          act();
        }
        return store.write(change);
      },
    });
  }

  test("ends the move in stale-source, with what was written taken back", async () => {
    const place = placeOf(LINE);
    const store = disturb(place, "BACKLOG.md", () => place.notes.set("BACKLOG.md", "other"));
    const { plan, refusal, written } = await promote()(store);
    expect(refusal?.code).toBe("stale-source");
    expect(refusal?.message).toMatch(/^BACKLOG\.md was changed by another program .* Nothing was moved: try again\.$/);
    expect([plan, written]).toEqual([null, []]);
    expect(place.texts()).toEqual({ ...notesOf(LINE), "BACKLOG.md": "other" });
    expect([...place.states.keys()]).toEqual([".gitignore"]);
  });

  test("is taken back by hunks where the other wrote into the destination too", async () => {
    const place = placeOf(LINE);
    const store = disturb(place, "BACKLOG.md", () => {
      place.notes.set("TODO.md", `${place.texts()["TODO.md"] ?? ""}\nother\n`);
      place.notes.set("BACKLOG.md", "other");
    });
    expect((await promote()(store)).refusal?.message).toContain("Nothing was moved");
    expect(place.texts()["TODO.md"]).toBe(`${notesOf(LINE)["TODO.md"] ?? ""}\nother\n`);
  });

  test("leaves the journal where the other changed a block that was written, and says so", async () => {
    const place = placeOf(LINE);
    const store = disturb(place, "BACKLOG.md", () => {
      place.notes.set("TODO.md", (place.texts()["TODO.md"] ?? "").replace("Do a", "Do a, changed"));
      place.notes.set("BACKLOG.md", (place.texts()["BACKLOG.md"] ?? "").replace("Do d", "Do d, changed"));
    });
    const { refusal } = await promote()(store);
    expect(refusal?.code).toBe("stale-source");
    expect(refusal?.message).toMatch(/TASK-20260204-A in TODO\.md was changed.*run `recover` before the next move/);
    expect(place.states.has("journal.json")).toBe(true);
    expect((await recoverMove(new MemoryStore(place), NAMES, {})).kind).toBe("finished");
    expect(place.texts()["BACKLOG.md"]).not.toContain("Do a");
  });

  test("is given up on where a note keeps changing while it is taken back", async () => {
    const place = placeOf(LINE);
    const store = new MemoryStore(place);
    let turn = 0;
    const restless = Object.assign(Object.create(store) as NoteStore, {
      write: (change: NoteChange) => {
        if (change.path === "BACKLOG.md") place.notes.set("BACKLOG.md", "other");
        else if (change.path === "TODO.md" && ++turn > 1) {
          place.notes.set("TODO.md", `${place.texts()["TODO.md"] ?? ""}${turn}\n`);
        }
        return store.write(change);
      },
    });
    expect((await promote()(restless)).refusal?.message).toMatch(/TODO\.md keeps changing/);
    expect(turn).toBe(4);
    expect(place.states.has("journal.json")).toBe(true);
  });
});

describe("a store that refuses in the middle", () => {
  test("gets what was written taken back, and its refusal is thrown", async () => {
    const place = placeOf(LINE);
    const at = 1 + (await listOperations()).indexOf("write BACKLOG.md");
    const store = makeFaulty(new MemoryStore(place), { at, when: "before", mode: "once" });
    await expect(promote()(store)).rejects.toThrow(/^write BACKLOG\.md was refused\.$/);
    expect(place.texts()).toEqual(notesOf(LINE));
    expect([...place.states.keys()]).toEqual([".gitignore"]);
  });

  test("for good leaves the journal, and the message says what to do", async () => {
    const place = placeOf(LINE);
    const at = 1 + (await listOperations()).indexOf("write BACKLOG.md");
    const store = makeFaulty(new MemoryStore(place), { at, when: "before", mode: "always" });
    await expect(promote()(store)).rejects.toThrow(/could not be taken back .*run `recover`/);
    expect(place.states.has("journal.json")).toBe(true);
  });

  test("to drop the journal at the end leaves a finished move, and the message says so", async () => {
    const place = placeOf(LINE);
    const at = 1 + (await listOperations()).indexOf("removeState journal.json");
    const store = makeFaulty(new MemoryStore(place), { at, when: "before", mode: "once" });
    await expect(promote()(store)).rejects.toThrow(/The notes are written; run `recover`/);
    expect((await recoverMove(new MemoryStore(place), NAMES, {})).kind).toBe("finished");
    expect((await undo(new MemoryStore(place))).refusal).toBeNull();
    expect(place.texts()).toEqual(notesOf(LINE));
  });

  test.each(["write TODO.md", "write BACKLOG.md", "writeState ledger/000001.json", "removeState journal.json"])(
    "that throws anything else at %s throws it on: it is our bug",
    async (name) => {
      const place = placeOf(LINE);
      const store = new MemoryStore(place);
      const at = 1 + (await listOperations()).indexOf(name);
      const broken = makeFaulty(store, null, (count) => {
        if (count === at) throw new TypeError("a bug");
      });
      await expect(promote()(broken)).rejects.toThrow(TypeError);
      expect(place.locked).toBe(false);
    },
  );

  async function listOperations(): Promise<readonly string[]> {
    const store = makeFaulty(new MemoryStore(placeOf(LINE)), null);
    await promote()(store);
    return store.operations;
  }
});

test.each(Object.keys(SCENARIOS))("the scenario %s is one that works", async (name) => {
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(name);
  const place = await prepareScenario(scenario);
  expect((await scenario.run(new MemoryStore(place))).written.length).toBeGreaterThan(1);
});
