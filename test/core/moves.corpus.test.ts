// Holds the moves against the real notes of the corpus: every backlog with every todo, archive and index note beside it, as
// they are and with all of the batch done. The blocks move byte for byte and nothing else changes but what a rule names.
import { readdirSync, readFileSync } from "node:fs";
import { planArchival } from "../../src/core/archive";
import { DEFAULT_NAMES, type BacklogFolder } from "../../src/core/folder";
import { parseNote, type Note } from "../../src/core/note";
import { planPromotion } from "../../src/core/promote";
import { planReturn } from "../../src/core/return";
import { readRules } from "../../src/core/rules";
import { CORPUS, testOnCorpus } from "../support/corpus";
import { checkPlan, idsOf, TODAY } from "../support/invariants";

/** The corpus's notes of that name, read as they are. */
function readAll(name: string): readonly Note[] {
  const paths = readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(`/${name}`));
  return paths.sort().map((path) => parseNote(readFileSync(`${CORPUS}/${path}`, "utf8")));
}

const allDone = (note: Note) => parseNote(note.text.replaceAll(/(\*\*Status:\*\*) [\w-]+/g, "$1 done"));

/** Every combination of the companions, none of each among them. */
function* companions(dress: (todo: Note) => Note): Generator<Omit<BacklogFolder, "names" | "backlog">> {
  for (const todo of [null, ...readAll("TODO.md").map(dress)])
    for (const archive of [null, ...readAll("ARCHIVE.md")])
      for (const index of [null, ...readAll("TASK_INDEX.md")]) yield { todo, archive, index };
}

testOnCorpus("promotion of every backlog beside every other note", () => {
  const refusals = new Map<string, number>();
  let planned = 0;
  for (const backlog of readAll("BACKLOG.md")) {
    const rules = readRules(backlog, {}, {});
    for (const others of companions((todo) => todo)) {
      const folder = { names: DEFAULT_NAMES, backlog, ...others };
      const { plan, refusal, selection } = planPromotion(folder, { rules, today: TODAY });
      if (plan) {
        planned++;
        const result = checkPlan(folder, plan);
        expect(idsOf(result.todo)).toEqual([
          ...idsOf(folder.todo),
          ...(selection.batch?.tasks ?? []).map(({ id }) => id),
        ]);
      } else refusals.set(refusal.code, (refusals.get(refusal.code) ?? 0) + 1);
    }
  }
  expect(planned).toBeGreaterThan(100);
  expect([...refusals.keys()].sort()).toEqual(["mixed-todo", "nothing-promotable", "type-in-progress"]);
});

testOnCorpus("archival and promotion behind it, where all of the batch is done", () => {
  const [backlog] = readAll("BACKLOG.md").filter(({ tasks }) => tasks.length === 21);
  const rules = readRules(backlog ?? null, {}, {});
  let planned = 0;
  for (const others of companions(allDone)) {
    const folder = { names: DEFAULT_NAMES, backlog: backlog ?? null, ...others };
    const archival = planArchival(folder, { today: TODAY });
    const promotion = planPromotion(folder, { rules, today: TODAY, archiveDone: true });
    if (!archival.plan) {
      expect(archival.refusal.code).toMatch(/^(?:nothing-finished|already-archived)$/);
      continue;
    }
    planned++;
    const result = checkPlan(folder, archival.plan);
    expect(idsOf(result.archive)).toEqual([...idsOf(folder.archive), ...idsOf(folder.todo)]);
    expect(result.archive?.text.startsWith(folder.archive?.text ?? "# Archive")).toBe(true);
    expect(promotion.plan?.blocks.length).toBe(idsOf(folder.todo).length + 5);
    if (promotion.plan) checkPlan(folder, promotion.plan);
  }
  expect(planned).toBeGreaterThan(10);
});

testOnCorpus("return of every task of every batch to every backlog that does not know it", () => {
  let planned = 0;
  for (const backlog of readAll("BACKLOG.md")) {
    for (const todo of readAll("TODO.md")) {
      const folder = { names: DEFAULT_NAMES, backlog, todo, archive: null, index: null };
      for (const id of idsOf(todo)) {
        const { plan, refusal } = planReturn(folder, id, { today: TODAY, place: null });
        if (plan) planned++;
        else expect([id, refusal.code]).toEqual([id, "ambiguous-task"]);
        const isNew =
          plan?.changes[0]?.after?.split("## group_begin").length !== backlog.text.split("## group_begin").length;
        if (plan && !isNew) checkPlan(folder, plan);
      }
    }
  }
  expect(planned).toBeGreaterThan(50);
});
