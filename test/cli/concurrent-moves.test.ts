// Twenty real processes promote at once from a backlog of a hundred tasks: what comes out is what some order of them gives,
// one after another.
import { createDiskStore } from "../../src/cli/disk-store";
import { parseNote } from "../../src/core/note";
import { countMoves } from "../support/after-failure";
import { bundleChild, runChild } from "../support/child-process";
import { listLeftovers, makeFolder, readNotes, removeFolders, writePlace } from "../support/disk-place";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { notesOf, promote, undo } from "../support/move-scenarios";
import { idOf } from "../support/notation";

jest.setTimeout(240_000);

const PROCESSES = 20;
const GROUPS = Array.from({ length: 20 }, (_, group) => Array.from({ length: 5 }, (_, task) => `g${group}t${task}`));
const LINE = GROUPS.map((names) => `infra/high: ${names.join(" ")}`).join("; ");

let script: string;
beforeAll(() => {
  script = bundleChild();
});
afterAll(removeFolders);

function promoteAtOnce(folder: string, move: string) {
  return Promise.all(Array.from({ length: PROCESSES }, () => runChild(script, folder, move)));
}

test("twenty that take a group each move all hundred tasks, in the order of the backlog", async () => {
  const folder = makeFolder();
  writePlace(folder, new MemoryPlace(notesOf(LINE)));
  const ends = await promoteAtOnce(folder, "with room for all");

  const expected = new MemoryPlace(notesOf(LINE));
  for (let turn = 0; turn < PROCESSES; turn++) await promote({ limit: 1000 })(new MemoryStore(expected));
  expect(readNotes(folder)).toEqual(expected.texts());

  expect(ends.map(({ refusal }) => refusal)).toEqual(ends.map(() => null));
  const groups = ends.map(({ tasks }) => tasks.join(" ")).sort();
  expect(groups).toEqual(GROUPS.map((names) => names.map(idOf).join(" ")).sort());
  expect(await countMoves(createDiskStore(folder))).toBe(PROCESSES);
  expect(listLeftovers(folder)).toEqual([]);
});

test("of twenty with room for one batch, one moves it and nineteen are refused", async () => {
  const folder = makeFolder();
  writePlace(folder, new MemoryPlace(notesOf(LINE)));
  const ends = await promoteAtOnce(folder, "promotion");

  expect(ends.filter(({ refusal }) => refusal === null).map(({ tasks }) => tasks)).toEqual([GROUPS[0]?.map(idOf)]);
  expect(ends.filter(({ refusal }) => refusal === "batch-full")).toHaveLength(PROCESSES - 1);
  const notes = readNotes(folder);
  expect(parseNote(notes["TODO.md"] ?? "").tasks).toHaveLength(5);
  expect(parseNote(notes["BACKLOG.md"] ?? "").tasks).toHaveLength(95);
  const store = createDiskStore(folder);
  expect((await undo(store)).refusal).toBeNull();
  expect(readNotes(folder)).toEqual(notesOf(LINE));
});

test("killed while they take the lock, ten leave the way free for ten others", async () => {
  const folder = makeFolder();
  writePlace(folder, new MemoryPlace(notesOf(LINE)));
  const turns = Array.from({ length: PROCESSES }, (_, turn) => turn);
  const ends = await Promise.all(
    turns.map((turn) => runChild(script, folder, "with room for all", turn % 2 === 0 ? String(1 + turn / 2) : "0")),
  );
  const moved = ends.filter(({ killed, refusal }) => !killed && refusal === null);
  expect(ends.filter(({ killed }) => killed)).toHaveLength(PROCESSES / 2);
  expect(moved).toHaveLength(PROCESSES / 2);
  expect(moved.flatMap(({ tasks }) => tasks).sort()).toEqual(GROUPS.slice(0, 10).flat().map(idOf).sort());
  const store = createDiskStore(folder);
  const lock = await store.lock();
  if (lock.held) await lock.release();
  expect([lock.held, listLeftovers(folder)]).toEqual([true, []]);
});
