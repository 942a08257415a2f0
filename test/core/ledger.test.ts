// The ledger holds one entry per move; what is damaged in it is left out with a warning, and stops nothing.
import {
  enterMove,
  eraseMove,
  findLastMove,
  findPlace,
  markUndone,
  readLedger,
  type LedgerEntry,
} from "../../src/core/ledger";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { archive, NAMES, notesOf, promote, returnTask, undo, type Run } from "../support/move-scenarios";
import { idOf } from "../support/notation";

async function makeMoved(line: string, ...runs: readonly Run[]) {
  const place = new MemoryPlace(notesOf(line));
  const store = new MemoryStore(place);
  for (const run of runs) expect((await run(store)).refusal).toBeNull();
  return { place, store };
}

const LINE = "infra/high: a b; docs/low: d | todo: w+";

test("every promotion, archival and return is an entry, oldest first", async () => {
  const { store } = await makeMoved(LINE, archive, promote(), returnTask("a"));
  const { entries, nextNumber, warnings } = await readLedger(store, NAMES);
  expect(entries.map(({ number, kind, date, undone }) => [number, kind, date, undone])).toEqual([
    [1, "archival", "2026-02-05", false],
    [2, "promotion", "2026-02-05", false],
    [3, "return", "2026-02-05", false],
  ]);
  expect([nextNumber, warnings]).toEqual([4, []]);
});

test("the last move is the last that was not taken back", async () => {
  const { store } = await makeMoved(LINE, archive, promote(), undo);
  expect(findLastMove((await readLedger(store, NAMES)).entries)?.kind).toBe("archival");
  expect(findLastMove([])).toBeNull();
});

describe("the old place of a task", () => {
  const place = { type: "infra", priority: "high", title: "infra high", ids: [idOf("a"), idOf("b")] };

  test("is that of its promotion, whatever the case of its id", async () => {
    const { store } = await makeMoved(LINE, archive, promote());
    const { entries } = await readLedger(store, NAMES);
    expect(findPlace(entries, idOf("b").toLowerCase())).toMatchObject(place);
    expect(findPlace(entries, idOf("d"))).toBeNull();
    expect(findPlace(entries, idOf("w"))).toBeNull();
  });

  test("is not that of a promotion that was taken back", async () => {
    const { store } = await makeMoved(LINE, archive, promote(), undo);
    expect(findPlace((await readLedger(store, NAMES)).entries, idOf("b"))).toBeNull();
  });
});

describe("a damaged file", () => {
  test.each<readonly [string, string, RegExp]>([
    ["that is garbage", "garbage", /000001\.json is damaged/],
    ["that is empty", "", /damaged/],
    ["of another version", '{"version":2}', /damaged/],
  ])("%s is left out with a warning", async (_, text, warning) => {
    const { place, store } = await makeMoved(LINE, archive, promote());
    place.states.set("ledger/000001.json", text);
    const { entries, warnings, nextNumber } = await readLedger(store, NAMES);
    expect([entries.map(({ number }) => number), warnings, nextNumber]).toEqual([
      [2],
      [expect.stringMatching(warning)],
      3,
    ]);
    expect((await undo(store)).warnings).toEqual(warnings);
    expect((await undo(store)).refusal?.code).toBe("nothing-to-undo");
  });

  test.each<readonly [string, (entry: LedgerEntry) => object, RegExp]>([
    ["with another number than its name", (entry) => ({ ...entry, number: 7 }), /damaged/],
    ["without the flag", ({ undone, ...entry }) => ({ ...entry, undoing: undone }), /damaged/],
    [
      "that names another note",
      (entry) => ({ ...entry, notes: entry.notes.map((note) => ({ ...note, path: "../x.md" })) }),
      /names \.\.\/x\.md, which is no note/,
    ],
  ])("%s too", async (_, change, warning) => {
    const { place, store } = await makeMoved(LINE, archive);
    const [entry] = (await readLedger(store, NAMES)).entries;
    if (!entry) throw new Error("no entry");
    place.states.set("ledger/000001.json", JSON.stringify(change(entry)));
    expect((await readLedger(store, NAMES)).warnings).toEqual([expect.stringMatching(warning)]);
    expect((await undo(store)).refusal?.code).toBe("nothing-to-undo");
  });

  test("and names that are none of ours do not matter", async () => {
    const { place, store } = await makeMoved(LINE, archive);
    place.states.set("ledger/notes.txt", "x");
    place.states.set("ledger/1.json", "x");
    expect(await readLedger(store, NAMES)).toMatchObject({ warnings: [], nextNumber: 2 });
  });

  test("that goes while the ledger is read is none", async () => {
    const { store } = await makeMoved(LINE, archive);
    const hasty = Object.assign(Object.create(store) as MemoryStore, { readState: () => Promise.resolve(null) });
    expect(await readLedger(hasty, NAMES)).toEqual({ entries: [], nextNumber: 2, warnings: [] });
  });
});

describe("entering a move", () => {
  async function makeEntry() {
    const { place, store } = await makeMoved(LINE, archive);
    const [entry] = (await readLedger(store, NAMES)).entries;
    if (!entry) throw new Error("no entry");
    const { undone, ...move } = entry;
    return { place, store, undone, move };
  }
  const list = (place: MemoryPlace) => [...place.states.keys()].filter((name) => name.startsWith("ledger/"));

  test("twice is once", async () => {
    const { place, store, move } = await makeEntry();
    await enterMove(store, move);
    expect(list(place)).toEqual(["ledger/000001.json"]);
  });

  test("under a number that is taken gets the next one", async () => {
    const { place, store, move } = await makeEntry();
    await enterMove(store, { ...move, id: "0".repeat(64) });
    place.states.set("ledger/000001.json", "damaged");
    await enterMove(store, move);
    expect(list(place)).toEqual(["ledger/000001.json", "ledger/000002.json", "ledger/000003.json"]);
    expect((await readLedger(store, NAMES)).entries.map(({ number }) => number)).toEqual([2, 3]);
  });

  test("and taking it out again touches no other", async () => {
    const { place, store, move } = await makeEntry();
    await eraseMove(store, { ...move, id: "0".repeat(64) });
    await eraseMove(store, { ...move, number: 9 });
    expect(list(place)).toHaveLength(1);
    await eraseMove(store, move);
    expect(list(place)).toEqual([]);
  });

  test("marking it writes only what changes, and nothing that is not there", async () => {
    const { place, store } = await makeEntry();
    const before = place.states.get("ledger/000001.json");
    await markUndone(store, 1, false);
    await markUndone(store, 9, true);
    expect([place.states.get("ledger/000001.json"), list(place)]).toEqual([before, ["ledger/000001.json"]]);
    await markUndone(store, 1, true);
    expect((await readLedger(store, NAMES)).entries[0]?.undone).toBe(true);
  });
});
