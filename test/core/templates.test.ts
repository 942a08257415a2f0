// Pins that what `init` creates is a backlog as the format wants it: no finding, rules that are read from its own comment,
// and an example that goes the whole way. It is the first thing that a person sees of the format.
import { planArchival } from "../../src/core/archive";
import { checkFolder } from "../../src/core/check";
import { DEFAULT_NAMES, type BacklogFolder, type NoteNames } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import type { Plan } from "../../src/core/plan";
import { planPromotion } from "../../src/core/promote";
import { readRules } from "../../src/core/rules";
import { archiveTemplate, backlogTemplate, todoTemplate } from "../../src/core/templates";
import { planSet } from "../../src/core/values";
import { WORKFLOW_NAME, workflowTemplate } from "../../src/core/workflow-template";

const TODAY = "2026-11-23";
const ELSEWHERE: NoteNames = { backlog: "B.md", todo: "now/T.md", archive: "A.md", index: "I.md" };

function textsOf(names: NoteNames): Readonly<Record<"backlog" | "todo" | "archive" | "other", string>> {
  return {
    backlog: backlogTemplate(names, TODAY),
    todo: todoTemplate(names),
    archive: archiveTemplate(names),
    other: workflowTemplate(names),
  };
}

test.each([
  ["the default names", DEFAULT_NAMES],
  ["others", ELSEWHERE],
])("what is created under %s has no finding", (_, names) => {
  const paths = { ...names, other: WORKFLOW_NAME };
  const texts = Object.entries(textsOf(names)).map(([key, text]) => {
    const kind = key as "backlog";
    return { path: paths[kind], kind, text };
  });
  const { notes } = checkFolder(texts, names, {}, {});
  expect(notes.map(({ findings }) => findings)).toEqual([[], [], [], []]);
  expect(notes[0]?.verdicts).toEqual([{ complete: true, promotable: true, missing: [] }]);
});

test("the rules are those of the comment, and they are the defaults", () => {
  const rules = readRules(parseNote(backlogTemplate(DEFAULT_NAMES, TODAY)), {}, {});
  expect(rules.limit).toEqual({ value: 5, source: "rules comment" });
  expect(rules.minimumSteps).toEqual({ value: 3, source: "rules comment" });
  expect(rules.required).toEqual({
    value: ["plan", "estimated effort", "relevant documentation"],
    source: "rules comment",
  });
});

test("the notes that are named are the folder's own", () => {
  const { backlog, todo, archive, other } = textsOf(ELSEWHERE);
  expect([backlog, todo, archive, other].join("\n")).not.toMatch(/BACKLOG\.md|TODO\.md|ARCHIVE\.md|TASK_INDEX\.md/);
  for (const name of Object.values(ELSEWHERE)) expect(other).toContain(`\`${name}\``);
});

test("every note ends in one line break and holds nothing but plain text", () => {
  for (const text of Object.values(textsOf(DEFAULT_NAMES))) {
    expect(text).toMatch(/[^\n]\n$/);
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
  }
});

test("the example is promoted, finished and archived, and the notes have no finding on the way", () => {
  const texts: Record<string, string> = { ...textsOf(DEFAULT_NAMES) };
  const folder = (): BacklogFolder => ({
    names: DEFAULT_NAMES,
    backlog: parseNote(String(texts["backlog"])),
    todo: parseNote(String(texts["todo"])),
    archive: parseNote(String(texts["archive"])),
    index: null,
  });
  const write = (plan: Plan | null) => {
    expect(plan?.changes.length).toBeGreaterThan(0);
    for (const { path, after } of plan?.changes ?? []) texts[path.replace(".md", "").toLowerCase()] = String(after);
    const kinds = ["backlog", "todo", "archive"] as const;
    const notes = kinds.map((kind) => ({ path: DEFAULT_NAMES[kind], kind, text: String(texts[kind]) }));
    return checkFolder(notes, DEFAULT_NAMES, {}, {}).notes.flatMap(({ findings }) => findings.map(({ code }) => code));
  };
  const rules = readRules(folder().backlog, {}, {});
  const id = "TASK-20261123-001";
  expect(write(planPromotion(folder(), { rules, today: TODAY }).plan)).toEqual([]);
  expect(write(planSet(folder(), id, [{ field: "status", value: "done" }]).plan)).toEqual(["unticked-criteria"]);
  expect(write(planArchival(folder(), { today: TODAY }).plan)).toEqual(["unticked-criteria"]);
  expect(texts["archive"]).toContain(`[id:${id}]`);
  expect(texts["todo"]).toBe(todoTemplate(DEFAULT_NAMES));
});
