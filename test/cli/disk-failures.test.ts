// A move that is failed or stopped before, half-way through, or after every single operation on the disk: the notes are
// then as before or as after, all of them, nothing of ours is left beside them, and the next move goes on from there.
import { createDiskStore } from "../../src/cli/disk-store";
import { readFolder } from "../../src/core/move";
import { StoreError, type NoteStore } from "../../src/core/store";
import { expectWhole, makeReference, type Reference } from "../support/after-failure";
import { listLeftovers, makeFolder, readNotes, removeFolders, writePlace } from "../support/disk-place";
import { FakeProcesses } from "../support/fake-processes";
import type { MemoryPlace } from "../support/memory-store";
import { NAMES, prepareScenario, SCENARIOS, type Scenario } from "../support/move-scenarios";
import {
  makeFault,
  quickFileSystem,
  Stopped,
  watchFileSystem,
  type Fault,
  type Operation,
} from "../support/watched-file-system";

afterAll(removeFolders);

jest.setTimeout(240_000);

/** The operations of a scenario on the disk that change something, and all of them. */
async function listOperations(scenario: Scenario): Promise<readonly Operation[]> {
  const operations: Operation[] = [];
  const folder = makeFolder();
  writePlace(folder, await prepareScenario(scenario));
  const fs = watchFileSystem(quickFileSystem, { before: (operation) => void operations.push(operation) });
  await scenario.run(createDiskStore(folder, { fs, processes: new FakeProcesses() }));
  return operations;
}

/** What the next move does first, and with it what is left of a killed one goes. */
async function readUnderLock(store: NoteStore): Promise<void> {
  const lock = await store.lock();
  if (!lock.held) throw new Error(lock.owner);
  await readFolder(store, NAMES);
  await lock.release();
}

async function catchError(action: () => Promise<unknown>): Promise<unknown> {
  try {
    await action();
    return null;
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(SCENARIOS))("%s on the disk", (_, scenario) => {
  let ready: MemoryPlace;
  let reference: Reference;
  beforeAll(async () => {
    ready = await prepareScenario(scenario);
    reference = await makeReference(scenario, await prepareScenario(scenario));
  });

  const tryFault = async (fault: Fault, code?: string): Promise<"before" | "after"> => {
    const folder = makeFolder();
    writePlace(folder, ready);
    const processes = new FakeProcesses();
    const open = (faulty: boolean): NoteStore => {
      const fs = faulty ? watchFileSystem(quickFileSystem, makeFault(fault, code)) : quickFileSystem;
      return createDiskStore(folder, { fs, processes, lockWait: 0 });
    };
    const error = await catchError(() => scenario.run(open(true)));
    if (error !== null) expect(error).toBeInstanceOf(fault.mode === "stop" ? Stopped : StoreError);
    processes.killAll();
    const end = await expectWhole(open(false), () => readNotes(folder), reference);
    if (end === "before") expect((await scenario.run(open(false))).refusal).toBeNull();
    expect(readNotes(folder)).toEqual(reference.after);
    await readUnderLock(open(false));
    expect(listLeftovers(folder)).toEqual([]);
    return end;
  };

  test("is whole after being stopped at any operation", async () => {
    const ends = new Set<string>();
    for (const { count, name, changes } of await listOperations(scenario)) {
      if (!changes) continue;
      ends.add(await tryFault({ at: count, when: "before", mode: "stop" }));
      if (name === "write") await tryFault({ at: count, when: "half", mode: "stop" });
    }
    expect(ends).toEqual(new Set(["before", "after"]));
  });

  test("is whole after the system refuses any one operation, done or not", async () => {
    const ends = new Set<string>();
    for (const { count, name, changes } of await listOperations(scenario)) {
      ends.add(await tryFault({ at: count, when: "before", mode: "once" }, "EIO"));
      if (changes) await tryFault({ at: count, when: name === "write" ? "half" : "after", mode: "once" }, "ENOSPC");
    }
    expect(ends).toEqual(new Set(["before", "after"]));
  });

  test("is whole after the disk is full from any write on, or refuses everything", async () => {
    const ends = new Set<string>();
    for (const { count, name, changes } of await listOperations(scenario)) {
      if (!changes) continue;
      ends.add(await tryFault({ at: count, when: name === "write" ? "half" : "before", mode: "always" }, "ENOSPC"));
    }
    expect(ends).toEqual(new Set(["before", "after"]));
  });
});
