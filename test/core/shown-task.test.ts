// Pins a change that is asked for on a card: the task is found by its exact text, wherever it stands by now, and exactly that
// is changed which `planSet` and `planTick` change (FORMAT.md §5, rule 11); what is not certain is refused.
import { applyEdits } from "../../src/core/edits";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import { STATUSES } from "../../src/core/promotable";
import { describeShown, findShown, planTaskChange, type ShownTask, type TaskChange } from "../../src/core/shown-task";
import { planSet, planTick } from "../../src/core/values";
import { createDraw, drawNote, pick, type Draw } from "../support/hostile-notes";

const lines = (...all: readonly string[]) => all.join("\n");
const crlf = (text: string) => text.replaceAll("\n", "\r\n");
const HEADER = "### # [id:TASK-20260204-001][type:infra][priority:high][component:c] T";
const NAMELESS = lines("## task_begin", "### No tags", "**Definition of Done:**", "- [ ] one", "## task_end");
const TASK = lines(
  "## task_begin",
  HEADER,
  "**Status:** todo",
  "**Acceptance Criteria:**",
  "- [ ] one",
  "- [x] two",
  "## task_end",
);
const DONE: TaskChange = { kind: "status", status: "done" };
const tick = (criterion: number, ticked = true): TaskChange => ({ kind: "criterion", criterion, ticked });

/** The task of a text as it is shown. */
function shownIn(text: string, index = 0): ShownTask {
  const note = parseNote(text);
  const task = note.tasks[index];
  if (!task) throw new Error(`no task ${index}`);
  return describeShown(note, task);
}

/** The text after a change, or why there is none. */
function change(text: string, shown: ShownTask, wanted: TaskChange): string {
  const planned = planTaskChange("a.md", text, shown, wanted);
  return planned.refusal ? `${planned.refusal.code}: ${planned.refusal.message}` : applyEdits(text, planned.edits);
}

describe("a task is changed where it stands by now", () => {
  const moved = lines("text", "", TASK, "", NAMELESS);
  test.each<readonly [string, TaskChange, string]>([
    [TASK, DONE, TASK.replace("todo", "done")],
    [TASK, tick(1), TASK.replace("[ ] one", "[x] one")],
    [TASK, tick(2, false), TASK.replace("[x] two", "[ ] two")],
    [NAMELESS, tick(1), NAMELESS.replace("[ ]", "[x]")],
    [NAMELESS, DONE, NAMELESS.replace("### No tags", "### No tags\n**Status:** done")],
  ])("%j, %j", (block, wanted, after) => {
    expect(change(moved, shownIn(block), wanted)).toBe(moved.replace(block, after));
    expect(change(crlf(moved), shownIn(block), wanted)).toBe(crlf(moved.replace(block, after)));
    expect(change(moved, { ...shownIn(block), text: crlf(block) }, wanted)).toBe(moved.replace(block, after));
    const planned = planTaskChange("a.md", crlf(moved), shownIn(block), wanted);
    expect(planned.refusal === null && planned.shown).toEqual({ text: after, before: 0, equals: 1 });
  });

  test("nothing is edited where the task says so already", () => {
    expect(planTaskChange("a.md", TASK, shownIn(TASK), tick(2))).toMatchObject({ edits: [], shown: { text: TASK } });
    expect(planTaskChange("a.md", TASK, shownIn(TASK), { kind: "status", status: "todo" })).toMatchObject({
      edits: [],
    });
  });

  test("of equal blocks the one that was meant", () => {
    const text = lines(TASK, "", TASK, "", TASK);
    const second = shownIn(text, 1);
    expect(second).toEqual({ text: TASK, before: 1, equals: 3 });
    expect(change(text, second, DONE)).toBe(lines(TASK, "", TASK.replace("todo", "done"), "", TASK));
  });
});

describe("what is not certain is refused", () => {
  const STALE = /^stale-source: This task has changed in a\.md meanwhile, so nothing was written\./;
  test.each([
    ["it says something else", TASK.replace("two", "2"), shownIn(TASK)],
    ["it is gone", "text", shownIn(TASK)],
    ["an equal one came", lines(TASK, TASK), shownIn(TASK)],
    ["an equal one went", TASK, shownIn(lines(TASK, TASK), 1)],
    ["it stands in a comment", lines("<!--", TASK, "-->"), shownIn(TASK)],
    ["it is not closed", lines("## task_begin", HEADER), shownIn(lines("## task_begin", HEADER))],
  ])("%s", (_what, text, shown) => {
    expect(change(text, shown, tick(1))).toMatch(STALE);
  });

  test("a criterion that there is not", () => {
    expect(change(NAMELESS, shownIn(NAMELESS), tick(2))).toBe(
      "invalid-value: this task has one criterion, and 2 was asked for. Give a number from 1 to 1.",
    );
  });

  test("the status of a task without a header, or that is masked", () => {
    const bare = lines("## task_begin", "text", "## task_end");
    expect(change(bare, shownIn(bare), DONE)).toBe(
      "damaged-note: It can't be set: this task has no header (a.md:1). Give it one, then try again.",
    );
    const masked = TASK.replace("**Status:** todo", "**Status:**\n<!-- todo -->");
    expect(change(masked, shownIn(masked), DONE)).toMatch(/^damaged-note: .* stands in a comment or a code fence/);
  });
});

const LABELS = ["**Plan:**", "**Acceptance Criteria:**", "### Definition of Done", "   **Acceptance Criteria:**"];
const BODY = ["- [ ] a", "  - [x] b", "* [X] c", "1. [ ] d", "text", "", "%% hidden %%", "â€” dash", "- [ ] â€” e"];

function drawBlock(draw: Draw, id: number): string {
  const all = ["## task_begin", `### # [id:TASK-20260204-${100 + id}][type:t][priority:low] T`];
  if (draw(3) > 0)
    all.push(pick(draw, ["**Status:** todo", "### Status\n\nblocked", "**Status:**", "**Status:** new"]));
  for (let left = draw(4); left > 0; left--) {
    all.push(pick(draw, LABELS));
    for (let more = draw(6); more > 0; more--) all.push(pick(draw, BODY));
    if (draw(4) === 0) all.push(drawNote(draw).replaceAll("\uFEFF", ""));
  }
  return [...all, "## task_end"].join("\n");
}

test("over random notes, what a card changes is what planSet and planTick change, and no other character", () => {
  const draw = createDraw(20261124);
  let changed = 0;
  for (let run = 0; run < 400; run++) {
    const blocks = Array.from({ length: 1 + draw(3) }, (_, at) => drawBlock(draw, at));
    const text = blocks.join(pick(draw, ["\n", "\n\n---\n\n", "\n## group_end\n"]));
    const backlog = parseNote(draw(4) === 0 ? crlf(text) : text);
    const folder = { names: DEFAULT_NAMES, backlog, todo: null, archive: null, index: null };
    for (const task of backlog.tasks) {
      const { id, closed, criteria } = task;
      const isAlone = backlog.tasks.filter((other) => other.id === id).length === 1;
      if (id === null || !closed || !isAlone) continue;
      const shown = describeShown(backlog, task);
      expect(findShown(backlog, shown)).toBe(task);
      const criterion = 1 + draw(Math.max(1, criteria.length));
      const ticked = draw(2) === 0;
      const status = pick(draw, STATUSES);
      const pairs = [
        [planTick(folder, id, criterion, ticked), { kind: "criterion", criterion, ticked }],
        [planSet(folder, id, [{ field: "status", value: status }]), { kind: "status", status }],
      ] as const;
      for (const [planned, wanted] of pairs) {
        const own = planTaskChange("BACKLOG.md", backlog.text, shown, wanted);
        expect(own.refusal).toEqual(planned.refusal);
        const edits = planned.plan?.changes[0]?.edits ?? [];
        expect(own.edits ?? []).toEqual(edits);
        expect(edits.length).toBeLessThan(2);
        if (wanted.kind === "criterion")
          expect(edits.every(({ from, to, insert }) => to - from === 1 && insert.length === 1)).toBe(true);
        changed += edits.length;
      }
    }
  }
  expect(changed).toBeGreaterThan(400);
});
