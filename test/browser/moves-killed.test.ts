// The page dies before, half-way through and after every call by which a move of the app changes something on the disk, with its
// notes closed, open, or open with something typed that is not saved. The page is ended then and another one opened, and the move
// is recovered by the app, by the command line, or by either after the page died in the middle of recovering. Every note is as
// before the move or as after it then, to the byte.
import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { JOURNAL } from "../../src/core/journal";
import { recoverMove } from "../../src/core/recover";
import type { DiskExtent } from "../host/server/disk-faults";
import { countMoves, makeReference, type Reference } from "../support/after-failure";
import { listLeftovers } from "../support/disk-place";
import type { MemoryPlace } from "../support/memory-store";
import { NAMES, prepareScenario, type Scenario } from "../support/move-scenarios";
import { CODEMIRRORS } from "./support/harness";
import { APP_CALLS, MovePage, scenarioOf, type AppCall } from "./support/move-page";

jest.setTimeout(240_000);

/** How the notes of the move are at hand. */
type Hand = "closed" | "open" | "typed in";

/** Every move, and a promotion in every way; the versions share out the rest. */
const CASES: Readonly<Record<(typeof CODEMIRRORS)[number], readonly (readonly [string, Hand])[]>> = {
  "6.38.6": [
    ["promotion", "closed"],
    ["promotion", "typed in"],
    ["archival", "open"],
    ["return", "typed in"],
    ["undo", "open"],
    ["set of a status", "typed in"],
  ],
  newest: [
    ["promotion", "open"],
    ["promotion that creates the todo note", "typed in"],
    ["promotion that archives first", "typed in"],
    ["undo of a promotion that archived", "typed in"],
    ["undo of a return", "closed"],
    ["tick that is taken away", "open"],
  ],
};

const TYPED = " typed";

/** Where the page dies. */
interface Point {
  readonly folder: string;
  readonly at: number;
  readonly extent: DiskExtent;
  /** The call at which it dies, as `write at-7-half/BACKLOG.md`. */
  readonly change: string;
}

/** One case: the folder that every death starts from, and what has to come of it. */
interface Case {
  readonly call: AppCall;
  readonly scenario: Scenario;
  readonly ready: MemoryPlace;
  readonly hand: Hand;
  /** The notes as they are on the disk, before what is typed is saved. */
  readonly unsaved: Readonly<Record<string, string>>;
  readonly reference: Reference;
}

async function makeCase(name: string, hand: Hand): Promise<Case> {
  const scenario = scenarioOf(name);
  const ready = await prepareScenario(scenario);
  const typed = await prepareScenario(scenario);
  if (hand === "typed in") {
    for (const path of [NAMES.backlog, NAMES.todo]) {
      const text = typed.texts()[path];
      if (text !== undefined) typed.notes.set(path, text.replace("\n", `${TYPED}\n`));
    }
  }
  const reference = await makeReference(scenario, typed);
  return { call: APP_CALLS[name] ?? { command: name }, scenario, ready, hand, unsaved: ready.texts(), reference };
}

/** Makes the folder and has its notes at hand. */
async function prepare(page: MovePage, { ready, hand, unsaved }: Case, folder: string): Promise<void> {
  page.addFolder(folder, ready);
  await page.hear(folder, Object.keys(unsaved));
  if (hand === "closed") return;
  const names = [NAMES.backlog, NAMES.todo].filter((name) => unsaved[name] !== undefined);
  await page.show(folder, names);
  if (hand === "typed in") for (const [pane] of names.entries()) await page.typeAt(pane, 1, TYPED);
}

/** The calls by which the move changes something, in order, and that it comes out as it should. */
async function listChanges(page: MovePage, one: Case): Promise<readonly string[]> {
  await prepare(page, one, "whole");
  const seen = page.host.faults.watch({ operation: "changing", path: /^whole\// });
  expect((await page.call("whole", one.call)).refusal).toBeNull();
  page.host.faults.forgive();
  expect(page.notes("whole")).toEqual(one.reference.after);
  expect(listLeftovers(page.pathOf("whole"))).toEqual([]);
  await page.closeAll();
  return seen;
}

/**
 * Before each change, half-way through each that writes bytes, after the last. Half-way through a note is a test of its own; a
 * save of what was typed, before the journal, is the app's own.
 */
function listPoints(changes: readonly string[]): readonly Point[] {
  const points = changes.flatMap((change, index): Omit<Point, "folder">[] => {
    const none = { at: index + 1, extent: "none", change } as const;
    return /^write .*(?<!\.md)$/.test(change) ? [none, { ...none, extent: "half" }] : [none];
  });
  points.push({ at: changes.length, extent: "whole", change: changes.at(-1) ?? "" });
  return points.map(nameFolder);
}

/** Half-way through each note that the move writes. */
function listCuts(changes: readonly string[]): readonly Point[] {
  const journal = changes.findIndex((change) => change.includes(JOURNAL));
  return changes
    .map((change, index) => ({ at: index + 1, extent: "half", change }) as const)
    .filter(({ at, change }) => at > journal && /^write .*\.md$/.test(change))
    .map(nameFolder);
}

const nameFolder = (point: Omit<Point, "folder">): Point => ({ ...point, folder: `at-${point.at}-${point.extent}` });

/** Lets the page die at a point of the move; it goes on living in the other folders. */
async function killAt(page: MovePage, one: Case, { folder, at, extent }: Point): Promise<void> {
  await prepare(page, one, folder);
  const death = page.host.faults.killAt({ operation: "changing", path: within(folder) }, at, extent, within(folder));
  await page.begin(folder, one.call);
  const said = await Promise.race([death.met, page.ended(folder)]);
  // Where the app has saved by itself what was typed, the move has a call less, and may be done before its last point.
  if (said !== undefined && said.refusal !== null) {
    throw new Error(`${folder}: the page should have died, but it said ${said.said}`);
  }
  await page.bury(folder);
}

const RECOVER: AppCall = { command: "recover" };

/** Lets the page die at a change of the recovery in a folder, half-way; not at all, where there are fewer. */
async function killRecovery(page: MovePage, folder: string, at: number): Promise<void> {
  const calls = { operation: "changing", path: within(folder) } as const;
  const death = page.host.faults.killAt(calls, at, "half", within(folder));
  await page.begin(folder, RECOVER);
  await Promise.race([death.met, page.ended(folder)]);
  await page.bury(folder);
}

/** Recovers by the disk's store, which finds nothing to do where the app did it, and looks at what there is. */
async function expectWhole(page: MovePage, { reference, unsaved, scenario }: Case, folder: string): Promise<string> {
  const place = page.pathOf(folder);
  page.ageLocks(folder);
  const store = createDiskStore(place);
  expect((await recoverMove(store, NAMES, {})).refusal).toBeNull();
  expect((await recoverMove(store, NAMES, {})).kind).toBe("none");
  const notes = page.notes(folder);
  const end = JSON.stringify(notes) === JSON.stringify(reference.after) ? "after" : "before";
  if (end === "before") {
    // What was typed and not saved when the page died is gone with it, as ever.
    const saved = Object.entries(notes).map(([path, text]) => [
      path,
      text === unsaved[path] ? (reference.before[path] ?? text) : text,
    ]);
    expect(Object.fromEntries(saved)).toEqual(reference.before);
  }
  expect(await countMoves(store)).toBe(end === "after" ? reference.movesAfter : reference.movesBefore);
  if (end === "before") expect((await scenario.run(store)).refusal).toBeNull();
  const lock = await store.lock();
  if (lock.held) await lock.release();
  // The lock of an app that is gone is the app's to replace.
  expect(listLeftovers(place).filter((left) => !left.startsWith("app-lock"))).toEqual([]);
  return end;
}

const within = (folder: string): RegExp => new RegExp(`^${folder}/`);

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: MovePage;
  beforeAll(async () => {
    page = await MovePage.open(codemirror);
  });
  afterEach(async () => {
    page.host.faults.forgive();
    await page.closeAll();
    page.forgetBuried();
    for (const name of readdirSync(page.host.vaultPath)) {
      if (name.startsWith("at-") || name === "whole") rmSync(join(page.host.vaultPath, name), { recursive: true });
    }
    await page.reopen();
  });
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  test.each(CASES[codemirror])(
    "a %s with its notes %s is whole after recovery, wherever the page died",
    async (name, hand) => {
      const one = await makeCase(name, hand);
      const all = listPoints(await listChanges(page, one));
      expect(all.length).toBeGreaterThan(15);
      // Every case takes every other point, of two in a row one the odd, one the even; the last one too.
      const odd = CASES[codemirror].findIndex((each) => each[0] === name && each[1] === hand) % 2;
      const points = all.filter((_, index) => index % 2 === odd || index === all.length - 1);
      for (const point of points) await killAt(page, one, point);

      await page.reopen();
      const unresolved: string[] = [];
      const recover = async ({ folder, extent, change }: Point): Promise<void> => {
        const { refusal, said } = await page.call(folder, RECOVER);
        if (refusal !== null) unresolved.push(`${extent} of ${change}: ${said}`);
      };
      const dying = points.filter((_, index) => index % 3 === 2);
      for (const [index, point] of points.entries()) {
        if (index % 3 === 0) await recover(point);
        if (index % 3 === 2) await killRecovery(page, point.folder, 1 + (((index - 2) / 3) % 8));
      }
      await page.reopen();
      for (const [index, point] of dying.entries()) if (index % 2 === 0) await recover(point);
      expect(unresolved).toEqual([]);

      const ends = new Set<string>();
      for (const { folder } of points) ends.add(await expectWhole(page, one, folder));
      expect(ends).toEqual(new Set(["before", "after"]));
    },
  );

  test.each([
    ["promotion", "closed"],
    ["promotion", "typed in"],
    ["promotion that creates the todo note", "closed"],
    ["archival", "open"],
  ] as const)(
    "a %s with its notes %s is whole after recovery where the page died half-way through a note",
    async (name, hand) => {
      const one = await makeCase(name, hand);
      const points = listCuts(await listChanges(page, one));
      expect(points.length).toBeGreaterThan(1);
      for (const point of points) await killAt(page, one, point);
      await page.reopen();
      const unresolved: string[] = [];
      for (const [index, { folder, change }] of points.entries()) {
        if (index % 2 > 0) continue;
        const { refusal, said } = await page.call(folder, RECOVER);
        if (refusal !== null) unresolved.push(`half of ${change}: ${said}`);
      }
      expect(unresolved).toEqual([]);
      for (const { folder } of points) await expectWhole(page, one, folder);
    },
  );
});
