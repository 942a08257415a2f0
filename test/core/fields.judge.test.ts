// Holds the counting of steps and criteria, line by line, against mdast-util-from-markdown over the whole note (FORMAT.md §2):
// seeded random tasks whose fields are made of hostile snippets.
import { parseNote } from "../../src/core/note";
import type { Field, TaskBlock } from "../../src/core/task";
import { createDraw, drawNote, pick, type Draw } from "../support/hostile-notes";
import { judge } from "../support/judge";

const LABELS = [
  "**Plan:**  ",
  "### Plan",
  "   **Plan:** 1. a",
  "**Acceptance Criteria:**",
  "### Definition of Done",
  "**Notes:** x",
];
const LISTS = [
  "1. a",
  "2. b",
  "   3. c",
  "1) d",
  "- [ ] e",
  "  - [x] f",
  "* [X] g",
  "1. [ ] h",
  "",
  "text",
  "    4. i",
];

function drawTask(draw: Draw): string {
  const lines = ["## task_begin", "### # [id:A-1][type:t][priority:low] T"];
  for (let left = 2 + draw(3); left > 0; left--) {
    lines.push(pick(draw, LABELS));
    for (let more = draw(6); more > 0; more--) lines.push(pick(draw, LISTS));
    if (draw(3) === 0) lines.push(drawNote(draw).replaceAll("\uFEFF", "").replaceAll("%%", ""));
  }
  return [...lines, "## task_end", ""].join("\n");
}

interface Counted {
  readonly steps: number;
  readonly boxes: readonly boolean[];
}

function countAsJudged(text: string, task: TaskBlock): Counted {
  const { items } = judge(text);
  const within = (field: Field) => items.filter(({ from }) => from >= field.from && from < field.to);
  const steps = task.fields
    .filter(({ label }) => label === "plan")
    .flatMap((field) => within(field).filter(({ ordered, parentFrom }) => ordered && parentFrom < field.from));
  const boxes = task.fields
    .filter(({ label }) => label === "acceptance criteria" || label === "definition of done")
    .flatMap((field) => within(field).filter(({ checked }) => checked !== null));
  return { steps: steps.length, boxes: boxes.map(({ checked }) => checked === true) };
}

test("steps and criteria are those that mdast sees, over random tasks", () => {
  const draw = createDraw(20261123);
  const runs = Number(process.env["JUDGED_TASKS"] ?? 5000);
  let counted = 0;
  for (let run = 0; run < runs; run++) {
    const text = drawTask(draw);
    for (const task of parseNote(text).tasks) {
      const ours: Counted = { steps: task.steps, boxes: task.criteria.map(({ ticked }) => ticked) };
      const theirs = countAsJudged(text, task);
      expect({ text: JSON.stringify(text), ...ours }).toEqual({ text: JSON.stringify(text), ...theirs });
      counted += theirs.steps + theirs.boxes.length;
    }
  }
  expect(counted).toBeGreaterThan(runs);
});
