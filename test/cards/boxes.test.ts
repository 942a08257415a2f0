// Pins which boxes of a card can be ticked, and which criterion each stands for: found by its place in the block, through all
// that is left out of a field or written otherwise before it is drawn; what is not certain is no box to tick.
import type { ListItem, Nodes } from "mdast";
import { findCriterion } from "../../src/cards/draw-content";
import { listFields } from "../../src/cards/shown-fields";
import { readBlock, type Block } from "../../src/core/block";
import { readContent } from "../../src/core/content";
import { createDraw, drawNote, pick, type Draw } from "../support/hostile-notes";
import { judge } from "../support/judge";

jest.mock("obsidian", () => ({}), { virtual: true });

const HEADER = "### # [id:A-1][type:t][priority:low] Title";

function read(...lines: readonly string[]): Block | null {
  return readBlock(["## task_begin", HEADER, ...lines, "## task_end"].join("\n"));
}

function* listItems(node: Nodes): Generator<ListItem> {
  if (node.type === "listItem") yield node;
  if ("children" in node) for (const child of node.children) yield* listItems(child);
}

/** Every box that a card draws, in order: the number of its criterion, or null where it cannot be ticked. */
function boxesOf(block: Block): readonly (number | null)[] {
  return listFields(block).flatMap(({ content: markdown, boxes }) =>
    [...listItems(readContent(markdown))]
      .filter(({ checked }) => typeof checked === "boolean")
      .map((node) => findCriterion(node, { markdown, boxes })),
  );
}

test.each<readonly [string, readonly string[], readonly (number | null)[]]>([
  ["in order", ["**Acceptance Criteria:**", "- [ ] a", "  - [x] b", "1. [X] c"], [1, 2, 3]],
  ["over both fields", ["**Definition of Done:** ", "* [ ] a", "**Acceptance Criteria:**", "+ [ ] b"], [1, 2]],
  ["other fields have none", ["**Notes:**", "- [ ] n", "**Acceptance Criteria:**", "- [ ] a"], [null, 1]],
  ["indented with its label", ["   **Acceptance Criteria:**", "   - [ ] a", "     - [x] b"], [1, 2]],
  ["behind a hidden comment", ["**Acceptance Criteria:**", "%% - [ ] no", "- [ ] no %%", "- [ ] a"], [1]],
  ["behind mended characters", ["**Acceptance Criteria:**", "- â€” x [ ] y", "- [ ] ðŸš€", "- [x] b"], [1, 2]],
  ["behind blank lines", ["### Acceptance Criteria", "", "  ", "- [ ] a"], [1]],
  ["behind brackets", ["**Acceptance Criteria:**", "- [a](b) [ ]", "- text", "- [ ] [x] a"], [1]],
  ["in a quote", ["**Acceptance Criteria:**", "> - [ ] a", "> - [x] b"], [1, 2]],
  ["in code there is none", ["**Acceptance Criteria:**", "```", "- [ ] no", "```", "- [ ] a"], [1]],
  ["behind a tab", ["**Acceptance Criteria:**", "-\t[ ] a", "\t- [x] b"], [1, 2]],
])("%s", (_what, lines, expected) => {
  for (const end of ["\n", "\r\n"]) {
    const block = readBlock(["## task_begin", HEADER, ...lines, "## task_end"].join(end));
    expect(block && boxesOf(block)).toEqual(expected);
  }
});

const LABELS = [
  "**Acceptance Criteria:**",
  "### Definition of Done",
  "  **Acceptance Criteria:**",
  "**Notes:**",
  "**Plan:**",
];
const LINES = [
  "- [ ] a",
  "  - [x] b",
  "* [X] c",
  "1. [ ] d",
  "text",
  "",
  "  - â€” [ ] e",
  "> - [ ] f",
  "   - [ ] g",
  "-",
  "- *",
  "  [x] h",
];

function drawTask(draw: Draw): Block | null {
  const lines: string[] = [];
  for (let left = 1 + draw(3); left > 0; left--) {
    lines.push(pick(draw, LABELS));
    for (let more = draw(7); more > 0; more--) lines.push(pick(draw, LINES));
    if (draw(3) === 0) lines.push(drawNote(draw).replaceAll("\uFEFF", ""));
  }
  return read(...lines);
}

test("over random tasks every box that can be ticked is the criterion that mdast sees in its place, and none stands twice", () => {
  const draw = createDraw(20261125);
  let [certain, all] = [0, 0];
  for (let run = 0; run < 400; run++) {
    const block = drawTask(draw);
    if (!block) continue;
    const { text, task } = block;
    const items = judge(text).items.filter(({ checked }) => checked !== null);
    const numbers: number[] = [];
    for (const { content: markdown, boxes } of listFields(block)) {
      for (const node of listItems(readContent(markdown))) {
        const number = findCriterion(node, { markdown, boxes });
        if (number === null) continue;
        numbers.push(number);
        const criterion = task.criteria[number - 1];
        const judged = items.filter(({ from }) => from < Number(criterion?.boxAt)).at(-1);
        const between = text.slice(judged?.from, criterion?.boxAt);
        expect([JSON.stringify(text), criterion?.ticked, judged?.checked]).toEqual([
          JSON.stringify(text),
          node.checked,
          node.checked,
        ]);
        // Nothing but its marker stands between an item and its box.
        if (!text.includes("%%")) expect(between).toMatch(/^(?:[-*+]|\d+[.)])\s+\[$/);
      }
    }
    expect(new Set(numbers).size).toBe(numbers.length);
    certain += numbers.length;
    all += task.criteria.length;
  }
  // A field by itself may mean something else than in its note: those boxes are left alone.
  expect(certain).toBeGreaterThan(all * 0.8);
  expect(all).toBeGreaterThan(400);
});
