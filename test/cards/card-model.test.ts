// Pins what a card says of a block, and when two cards are the same: a card is drawn anew only where it looks different.
import { describeCard, equalCards, type CardModel } from "../../src/cards/card-model";
import { readBadge } from "../../src/core/badge";
import { readBlock, type Block } from "../../src/core/block";
import { bareContext } from "../../src/core/context";
import { DEFAULT_NAMES } from "../../src/core/folder";

const HEADER = "### # [id:TASK-20260204-001][type:Infra][priority:HIGH][component:Core] Title";

function block(...lines: readonly string[]): Block {
  const read = readBlock(["## task_begin", ...lines, "## task_end"].join("\n"));
  if (!read) throw new Error("not a block");
  return read;
}

function card(read: Block, open = false, kind: "backlog" | "todo" = "backlog"): CardModel {
  return describeCard(read, readBadge(read, null, bareContext(kind, DEFAULT_NAMES, {})), open);
}

test("a card says what the block holds, names in lower case and counts of what it lists", () => {
  const model = card(
    block(
      HEADER,
      "**Status:** In-Progress",
      "**Dependencies:** TASK-20260204-002, TASK-20260204-003",
      "**Acceptance Criteria:**",
      "- [x] a",
      "- [ ] b",
      "**Definition of Done:**",
      "- [X] c",
      "**Relevant Files:** `src/a.ts`, `src/b.ts`",
      "**Relevant Documentation:** docs/a.md",
      "**Plan:**",
      "1. a",
      "2. b",
      "**Estimated Effort:** 2 days",
    ),
  );
  expect(model).toMatchObject({
    title: "Title",
    id: "TASK-20260204-001",
    type: "infra",
    priority: "high",
    component: "core",
    status: "in-progress",
    effort: "2 days",
    criteria: { done: 2, total: 3 },
    steps: 2,
    documents: 1,
    files: 2,
    dependencies: ["TASK-20260204-002", "TASK-20260204-003"],
    open: false,
  });
});

test("a block without anything has a card without anything, and counts as todo", () => {
  expect(card(block())).toMatchObject({
    title: "",
    id: null,
    type: null,
    priority: null,
    component: null,
    status: "todo",
    effort: null,
    criteria: { done: 0, total: 0 },
    dependencies: [],
  });
});

test("double-encoded characters of title and effort are mended, the text is not", () => {
  const read = block(HEADER.replace("Title", "ðŸš€ Ship â€” now"), "**Estimated Effort:** 2â€“3 days");
  const model = card(read);
  expect([model.title, model.effort]).toEqual(["🚀 Ship — now", "2–3 days"]);
  expect(model.text).toBe(read.text);
});

test("the effort of a list is its words", () => {
  expect(card(block(HEADER, "### Estimated Effort", "- 2 days")).effort).toBe("2 days");
});

test("cards are the same where text, badge and details are", () => {
  const read = block(HEADER);
  const model = card(read);
  expect(equalCards(model, card(block(HEADER)))).toBe(true);
  expect(equalCards(model, card(read, true))).toBe(false);
  expect(equalCards(model, { ...model, editable: true })).toBe(false);
  expect(equalCards(model, card(read, false, "todo"))).toBe(false);
  expect(equalCards(model, card(block(`${HEADER}.`)))).toBe(false);
});
