// A real process is killed with -9 before every operation on the disk that changes something, and half-way through every
// write, of a promotion, an archival, a return and an undo. After `recover` every note is as before or as after, to the byte.
import { createDiskStore } from "../../src/cli/disk-store";
import { expectWhole, makeReference, type Reference } from "../support/after-failure";
import { bundleChild, forEachOf, runChild } from "../support/child-process";
import { listLeftovers, makeFolder, readNotes, removeFolders, writePlace } from "../support/disk-place";
import type { MemoryPlace } from "../support/memory-store";
import { prepareScenario, SCENARIOS } from "../support/move-scenarios";

jest.setTimeout(240_000);

const PARALLEL = 3;

let script: string;
beforeAll(() => {
  script = bundleChild();
});
afterAll(removeFolders);

const MOVES = ["promotion", "promotion that creates the todo note", "archival", "return", "undo"];

describe.each(MOVES)("a killed %s", (name) => {
  let ready: MemoryPlace;
  let reference: Reference;
  const scenario = SCENARIOS[name];
  if (!scenario) throw new Error(`no scenario ${name}`);
  beforeAll(async () => {
    ready = await prepareScenario(scenario);
    reference = await makeReference(scenario, await prepareScenario(scenario));
  });

  test("is whole after recovery, wherever it was killed", async () => {
    const folder = makeFolder();
    writePlace(folder, ready);
    const { operations } = await runChild(script, folder, name);
    expect(readNotes(folder)).toEqual(reference.after);
    const points = operations.flatMap((operation, index) => [
      { at: index + 1, when: "before" },
      ...(operation === "write" ? [{ at: index + 1, when: "half" }] : []),
    ]);
    points.push({ at: operations.length, when: "after" });
    expect(points.length).toBeGreaterThan(45);
    const ends: string[] = [];
    await forEachOf(points, PARALLEL, async ({ at, when }) => {
      const place = makeFolder();
      writePlace(place, ready);
      const { killed } = await runChild(script, place, name, String(at), when);
      expect(killed).toBe(true);
      const store = createDiskStore(place);
      const end = await expectWhole(store, () => readNotes(place), reference);
      ends.push(end);
      if (end === "before") expect((await scenario.run(store)).refusal).toBeNull();
      expect(readNotes(place)).toEqual(reference.after);
      const lock = await store.lock();
      if (lock.held) await lock.release();
      expect(listLeftovers(place)).toEqual([]);
    });
    expect(new Set(ends)).toEqual(new Set(["before", "after"]));
  });
});
