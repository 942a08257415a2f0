// A move that is failed or stopped before or after every single operation of its store, over the memory store: the notes
// are then as before or as after, all of them, and `recover` and the next move go on from there (FORMAT.md §7).
import { recoverMove } from "../../src/core/recover";
import { StoreError } from "../../src/core/store";
import { expectWhole, makeReference } from "../support/after-failure";
import { makeFaulty } from "../support/faulty-store";
import { MemoryStore, type MemoryPlace } from "../support/memory-store";
import { NAMES, prepareScenario, SCENARIOS, type Scenario } from "../support/move-scenarios";
import { Stopped, type Fault } from "../support/watched-file-system";

const MODES: readonly Fault["mode"][] = ["once", "always", "stop"];
const TIMES: readonly Fault["when"][] = ["before", "after"];

interface NamedFault extends Fault {
  /** The operation that it is at. */
  readonly name: string;
}

/** Every fault of a scenario. */
async function listFaults(scenario: Scenario): Promise<readonly NamedFault[]> {
  const store = makeFaulty(new MemoryStore(await prepareScenario(scenario)), null);
  await scenario.run(store);
  return store.operations.flatMap((name, index) =>
    MODES.flatMap((mode) => TIMES.map((when) => ({ at: index + 1, when, mode, name }))),
  );
}

/** Runs something on the place with a fault; gives what it threw, or null. */
async function runFaulty(place: MemoryPlace, fault: Fault, run: Scenario["run"]): Promise<unknown> {
  try {
    await run(makeFaulty(new MemoryStore(place), fault));
    return null;
  } catch (error) {
    return error;
  }
}

describe.each(Object.entries(SCENARIOS))("%s", (_, scenario) => {
  test("is whole after a fault at any operation, and can be made then", async () => {
    const reference = await makeReference(scenario, await prepareScenario(scenario));
    const ends = new Set<string>();
    for (const fault of await listFaults(scenario)) {
      const place = await prepareScenario(scenario);
      const error = await runFaulty(place, fault, scenario.run);
      if (error !== null) expect(error).toBeInstanceOf(fault.mode === "stop" ? Stopped : StoreError);
      if (fault.mode === "once" && !["lock", "release"].includes(fault.name)) expect(place.locked).toBe(false);
      place.locked = false;
      const end = await expectWhole(new MemoryStore(place), () => place.texts(), reference);
      ends.add(end);
      if (end === "before") expect((await scenario.run(new MemoryStore(place))).refusal).toBeNull();
      expect(place.texts()).toEqual(reference.after);
    }
    expect(ends).toEqual(new Set(["before", "after"]));
  });

  test("is taken back at once where the store refuses one operation before its end", async () => {
    const reference = await makeReference(scenario, await prepareScenario(scenario));
    const faults = (await listFaults(scenario)).filter(({ mode }) => mode === "once");
    let taken = 0;
    for (const fault of faults) {
      const place = await prepareScenario(scenario);
      const error = await runFaulty(place, fault, scenario.run);
      if (place.states.has("journal.json") || error === null) continue;
      taken++;
      expect([JSON.stringify(reference.before), JSON.stringify(reference.after)]).toContain(
        JSON.stringify(place.texts()),
      );
    }
    expect(taken).toBeGreaterThan(faults.length / 2);
  });

  test("is whole when its recovery is stopped at any operation too", async () => {
    const reference = await makeReference(scenario, await prepareScenario(scenario));
    let stopped = 0;
    for (const fault of (await listFaults(scenario)).filter(({ mode, when }) => mode === "stop" && when === "after")) {
      for (let at = 1; ; at++) {
        const place = await prepareScenario(scenario);
        await runFaulty(place, fault, scenario.run);
        const again = makeFaulty(new MemoryStore(place), { at, when: at % 2 === 0 ? "after" : "before", mode: "stop" });
        const error = await recoverMove(again, NAMES, {}).then(
          () => null,
          (reason: unknown) => reason,
        );
        place.locked = false;
        await expectWhole(new MemoryStore(place), () => place.texts(), reference);
        if (error === null) break;
        stopped++;
      }
    }
    expect(stopped).toBeGreaterThan(20);
  });
});
