// Holds reading and selection against what an independent evaluator found in the real notes of the corpus: groups, tasks,
// completeness, duplicate ids, and the batch in file order and in priority order.
import { readFileSync } from "node:fs";
import { checkFolder } from "../../src/core/check";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import { readRules } from "../../src/core/rules";
import { selectBatch } from "../../src/core/select";
import { CORPUS, testOnCorpus } from "../support/corpus";

interface Expected {
  readonly groups: number;
  readonly tasks: number;
  readonly outsideAnyGroup: number;
  readonly complete: number;
  readonly duplicateIds: readonly string[];
  readonly fileOrder: ExpectedBatch | null;
  readonly priorityOrder: ExpectedBatch | null;
}

interface ExpectedBatch {
  readonly line: number;
  readonly type: string;
  readonly groupType: string;
  readonly priority: string;
  readonly batch: readonly string[];
}

testOnCorpus("every backlog reads, counts and chooses as the evaluator says", () => {
  const expected = Object.entries(
    JSON.parse(readFileSync(`${CORPUS}/expected.json`, "utf8")) as Record<string, Expected>,
  );
  expect(expected).toHaveLength(12);
  for (const [path, says] of expected) {
    const text = readFileSync(`${CORPUS}/${path}`, "utf8");
    const note = parseNote(text);
    const [checked] = checkFolder([{ path: "BACKLOG.md", kind: "backlog", text }], DEFAULT_NAMES, {}, {}).notes;
    const ids = note.tasks.map(({ id }) => String(id));
    const batchIn = (order: "file" | "priority"): ExpectedBatch | null => {
      const folder = { names: DEFAULT_NAMES, backlog: note, todo: null, archive: null, index: null };
      const { batch } = selectBatch(folder, readRules(note, { order }, {}));
      if (!batch) return null;
      const { line, type: groupType, priority } = batch.group;
      return {
        line,
        type: batch.type,
        groupType: String(groupType),
        priority: String(priority),
        batch: batch.tasks.map(({ id }) => String(id)),
      };
    };
    expect({
      path,
      groups: note.groups.length,
      tasks: note.tasks.length,
      outsideAnyGroup: note.tasks.filter(({ group }) => group === null).length,
      complete: checked?.verdicts.filter(({ complete }) => complete).length,
      duplicateIds: [...new Set(ids.filter((id, at) => ids.indexOf(id) !== at))].sort(),
      fileOrder: batchIn("file"),
      priorityOrder: batchIn("priority"),
    }).toEqual({ path, ...says });
  }
});
