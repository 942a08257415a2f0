// Pins what no move may ever break, on random folders as people leave them (FORMAT.md §5 rule 7 and §7): no block is lost,
// doubled or rewritten, order holds, nothing but the moved blocks and the lines that a rule names changes, and the edits
// give every byte back.
import fc from "fast-check";
import { planArchival } from "../../src/core/archive";
import type { BacklogFolder } from "../../src/core/folder";
import type { Note } from "../../src/core/note";
import type { Planned } from "../../src/core/plan";
import { planPromotion } from "../../src/core/promote";
import { planReturn } from "../../src/core/return";
import { readRules } from "../../src/core/rules";
import { blocksOf, checkPlan, idsOf, surroundings, TODAY } from "../support/invariants";
import { folderAfter } from "../support/notation";
import { openTexts, randomTexts } from "../support/random-folders";

const RUNS = 300;

/** Runs a property over random folders, and fails where hardly any of them has a plan. */
function forFolders(seed: number, check: (folder: BacklogFolder) => Planned): void {
  let planned = 0;
  fc.assert(
    fc.property(randomTexts, (texts) => {
      if (check(openTexts(texts)).plan) planned++;
    }),
    { seed, numRuns: RUNS },
  );
  expect(planned).toBeGreaterThan(RUNS / 8);
}

test.each([
  ["a promotion", 11, false],
  ["a promotion with what is done archived first", 12, true],
])("%s", (_, seed, archiveDone) => {
  forFolders(seed, (folder) => {
    const planned = planPromotion(folder, { rules: readRules(folder.backlog, {}, {}), today: TODAY, archiveDone });
    if (!planned.plan) {
      expect(planned.refusal.message).not.toBe("");
      expect(["no-backlog", "damaged-note"]).not.toContain(planned.refusal.code);
      return planned;
    }
    const result = checkPlan(folder, planned.plan);
    const batch = planned.selection.batch?.tasks.map(({ id }) => String(id)) ?? [];
    expect(batch.length).toBeGreaterThan(0);
    const open = archiveDone
      ? (folder.todo?.tasks ?? []).filter(({ status }) => status !== "done")
      : (folder.todo?.tasks ?? []);
    expect(idsOf(result.todo)).toEqual([...open.map(({ id }) => id), ...batch]);
    expect(idsOf(result.backlog)).toEqual(idsOf(folder.backlog).filter((id) => !batch.includes(id)));
    return planned;
  });
});

test.each([
  ["an archival", 21, false],
  ["an archival of both notes", 22, true],
])("%s", (_, seed, fromBacklog) => {
  forFolders(seed, (folder) => {
    const planned = planArchival(folder, { today: TODAY, fromBacklog });
    if (!planned.plan) {
      expect(planned.refusal.code).toBe("nothing-finished");
      return planned;
    }
    const result = checkPlan(folder, planned.plan);
    const done = (note: Note | null) =>
      idsOf(note && { ...note, tasks: note.tasks.filter(({ status }) => status === "done") });
    const moved = [...done(folder.todo), ...(fromBacklog ? done(folder.backlog) : [])];
    expect(idsOf(result.archive)).toEqual([...idsOf(folder.archive), ...moved]);
    expect(String(result.archive?.text).startsWith(folder.archive?.text ?? "# Archive")).toBe(true);
    for (const task of result.archive?.tasks ?? []) {
      if (moved.includes(String(task.id)))
        expect(task.fields.filter(({ label }) => label === "completed")).toHaveLength(1);
    }
    return planned;
  });
});

test("a return of the last task", () => {
  forFolders(31, (folder) => {
    const id = idsOf(folder.todo).at(-1) ?? "none";
    const planned = planReturn(folder, id, { today: TODAY, place: null });
    if (!planned.plan) {
      expect(planned.refusal.code).toBe("unknown-task");
      return planned;
    }
    const group = folder.backlog?.groups.length ?? 0;
    const result = folderAfter(folder, planned.plan.changes);
    if (result.backlog?.groups.length === group) checkPlan(folder, planned.plan);
    expect(idsOf(result.todo)).toEqual(idsOf(folder.todo).slice(0, -1));
    expect(idsOf(result.backlog).filter((other) => other !== id)).toEqual(idsOf(folder.backlog));
    expect(result.backlog?.tasks.find((task) => task.id === id)?.group).not.toBeNull();
    return planned;
  });
});

test("what was promoted returns to its place, in whatever order it returns", () => {
  forFolders(41, (folder) => {
    const planned = planPromotion(folder, { rules: readRules(folder.backlog, {}, {}), today: TODAY });
    if (!planned.plan) return planned;
    const { blocks, changes } = planned.plan;
    let result = folderAfter(folder, changes);
    // Every second one first, from the end.
    const order = [
      ...blocks.filter((_, index) => index % 2 === 1).reverse(),
      ...blocks.filter((_, index) => index % 2 === 0),
    ];
    for (const { id, place } of order) {
      const { plan } = planReturn(result, id, { today: TODAY, place });
      expect(plan).not.toBeNull();
      result = folderAfter(result, plan?.changes ?? []);
    }
    const placed = ({ backlog }: BacklogFolder) =>
      backlog?.tasks.map(({ id, group }) => `${String(id)} ${String(group)}`);
    expect(placed(result)).toEqual(placed(folder));
    expect(blocksOf(result)).toEqual(blocksOf(folder));
    expect(surroundings(result.backlog)).toEqual(surroundings(folder.backlog));
    return planned;
  });
});
