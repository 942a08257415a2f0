// Pins a promotion as a whole (FORMAT.md §5 rules 3–7): which notes change, in which order, and what they hold afterwards,
// in the one-line notation; and every refusal, in the order of rule 6. How a block is cut out and put in is pinned beside it.
import type { BacklogFolder } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import { planPromotion, type PromotionRequest } from "../../src/core/promote";
import { readRules, type RuleSettings } from "../../src/core/rules";
import { blockOf, folderAfter, folderOf, idOf, notationOf } from "../support/notation";

const TODAY = "2026-11-23";

function plan(folder: BacklogFolder, more: Partial<PromotionRequest> = {}, flags: RuleSettings = {}) {
  return planPromotion(folder, { rules: readRules(folder.backlog, flags, {}), today: TODAY, ...more });
}

function promoted(line: string, more: Partial<PromotionRequest> = {}, flags: RuleSettings = {}): string {
  const folder = folderOf(line);
  const planned = plan(folder, more, flags);
  return planned.plan ? notationOf(folderAfter(folder, planned.plan.changes)) : planned.refusal.code;
}

describe("a batch moves", () => {
  test.each([
    ["a whole group", "infra/high: a b | todo:", "infra/high: (a b) | todo: a b"],
    ["into a todo note that is made", "infra/high: a", "infra/high: (a) | todo: a"],
    [
      "without the incomplete",
      "infra/high: a b! c; docs/low: d | todo:",
      "infra/high: (a c) b!; docs/low: d | todo: a c",
    ],
    ["five at most", "infra/high: a b c d e f g | todo:", "infra/high: (a b c d e) f g | todo: a b c d e"],
    ["behind what is open already", "infra/high: a b c | todo: x y~ z?", "infra/high: (a b) c | todo: x y~ z? a b"],
    ["below earlier moved notes", "infra/high: (x) (y z) a | todo:", "infra/high: (x) (y z) (a) | todo: a"],
    ["of one type", "infra/high: a b@docs c | todo:", "infra/high: (a c) b@docs | todo: a c"],
    [
      "from the next group",
      "infra/high: a!; docs/low: d e | todo:",
      "infra/high: a!; docs/low: (d e) | todo: d@docs e@docs",
    ],
    [
      "and its entries in the index",
      "infra/high: a b | todo: | index: a/backlog",
      "infra/high: (a b) | todo: a b | index: a/todo b/todo",
    ],
    [
      "of a task that the index does not have, then of all",
      "infra/high: a | todo: | index:",
      "infra/high: (a) | todo: a | index: a/todo",
    ],
  ])("%s", (_, before, after) => {
    expect(promoted(before)).toBe(after);
  });

  test("without a moved note where the rules say so", () => {
    expect(promoted("infra/high: a b | todo:", {}, { movedNote: false })).toBe("infra/high: | todo: a b");
  });

  test("from the one group that is asked for", () => {
    expect(promoted("infra/high: a; docs/low: d | todo:", { groupIndex: 1 })).toBe(
      "infra/high: a; docs/low: (d) | todo: d@docs",
    );
  });
});

describe("the plan", () => {
  test("writes the destination first and the index last, and knows what moves", () => {
    const folder = folderOf("docs/low: z; infra/high: y! a | todo: | archive: | index: a/backlog");
    const planned = plan(folder, { groupIndex: 1 });
    expect(planned.plan?.kind).toBe("promotion");
    expect(planned.plan?.changes.map(({ path }) => path)).toEqual(["TODO.md", "BACKLOG.md", "TASK_INDEX.md"]);
    expect(planned.plan?.blocks).toEqual([
      {
        id: idOf("a"),
        title: "Do a",
        line: folder.backlog?.tasks[2]?.line,
        from: "BACKLOG.md",
        to: "TODO.md",
        sourceText: blockOf("a"),
        destinationText: blockOf("a"),
        place: { type: "infra", priority: "high", title: "infra high", ids: [idOf("y"), idOf("a")] },
      },
    ]);
    expect(planned.selection.batch?.tasks.map(({ id }) => id)).toEqual([idOf("a")]);
    expect(planned.plan?.warnings).toEqual([]);
  });

  test("knows a place among tasks of which one has no id", () => {
    const folder = folderOf("infra/high: a b c | todo:", (text) => text.replace(`[id:${idOf("b")}]`, ""));
    expect(plan(folder).plan?.blocks.map(({ place }) => place?.ids)).toEqual([
      [idOf("a"), idOf("c")],
      [idOf("a"), idOf("c")],
    ]);
  });

  test("warns of an index with two entries for a task", () => {
    expect(plan(folderOf("infra/high: a | todo: | index: a/backlog a/backlog")).plan?.warnings).toHaveLength(1);
  });

  test("takes the destination's line ends", () => {
    const folder = folderOf("infra/high: a | todo:");
    const crlf = { ...folder, todo: parseNote("# T\r\n") };
    const [change] = plan(crlf).plan?.changes ?? [];
    expect(change?.after).toBe(`# T\r\n\r\n---\r\n\r\n${blockOf("a").replaceAll("\n", "\r\n")}\r\n`);
  });
});

describe("the batch header", () => {
  const header = (line: string, more: Partial<PromotionRequest> = {}) => {
    const after = plan(folderOf(line), more).plan?.changes.find(({ path }) => path === "TODO.md")?.after ?? "";
    return after.split("\n").filter((text) => text.startsWith("**Batch"));
  };

  test.each([
    ["of a new batch", "infra/high: a | todo:", "(not set)"],
    ["of a new batch beside done tasks", "infra/high: a | todo: x+", "(not set)"],
    ["of a batch that is filled up", "infra/high: a | todo: x", "(set later)"],
  ])("without a goal given, %s", (_, line, goal) => {
    expect(header(line)).toEqual([
      "**Batch Type:** [type:infra]  ",
      `**Batch Goal:** ${goal}  `,
      "**Batch Size Target:** 5",
    ]);
  });

  test.each(["infra/high: a | todo:", "infra/high: a | todo: x"])("has the goal given: %s", (line) => {
    expect(header(line, { goal: " Ship it " })[1]).toBe("**Batch Goal:** Ship it  ");
  });

  test("of a new note", () => {
    const [change] = plan(folderOf("docs/low: a"), { goal: "Ship it" }, { limit: 3 }).plan?.changes ?? [];
    expect(change?.before).toBeNull();
    expect(change?.after).toBe(
      "# Active batch\n\n## Current Batch Focus\n**Batch Type:** [type:docs]  \n**Batch Goal:** Ship it  \n" +
        `**Batch Size Target:** 3\n\n---\n\n${blockOf("a", "docs", "low")}\n`,
    );
    const [unset] = plan(folderOf("docs/low: a", (text) => text.replaceAll("\n", "\r\n"))).plan?.changes ?? [];
    expect(unset?.after).toContain(
      "**Batch Goal:** (not set)  \r\n**Batch Size Target:** 5\r\n\r\n---\r\n\r\n## task_begin\r\n",
    );
  });

  test("a goal without a line for it is a warning, and an empty one is none", () => {
    const folder = { ...folderOf("infra/high: a"), todo: parseNote("# T\n") };
    expect(plan(folder, { goal: "Ship it" }).plan?.warnings).toEqual([
      "TODO.md has no `**Batch Goal:**` line: the goal was not written.",
    ]);
    expect(plan(folder, { goal: " " }).plan?.warnings).toEqual([]);
  });

  test.each(["a\nb", "a\rb", "a\u2028b", "a\u0000b"])("a goal of %j is refused", (goal) => {
    expect(promoted("infra/high: a", { goal })).toBe("invalid-value");
  });
});

describe("refused", () => {
  test.each([
    ["no-backlog", "none | todo: x"],
    ["mixed-todo", "infra/high: a | todo: x y@docs"],
    ["finished-in-todo", "infra/high: a | todo: x@docs+"],
    ["batch-full", "infra/high: a | todo: u v x y z"],
    ["type-in-progress", "docs/high: a | todo: x"],
    ["nothing-promotable", "docs/high: a! | todo:"],
    ["damaged-note", "infra/high: a b^ | todo:"],
    ["damaged-note", "infra/high: a | todo: x^"],
  ])("%s: %s", (code, line) => {
    expect(promoted(line)).toBe(code);
    expect(plan(folderOf(line)).refusal?.message).not.toBe("");
  });

  test("a todo note that takes nothing comes before all but a missing backlog", () => {
    const todo = parseNote("<!-- open\n");
    expect(plan({ ...folderOf("docs/high: a!"), todo }).refusal?.code).toBe("damaged-note");
    expect(plan({ ...folderOf("none"), todo }).refusal?.code).toBe("no-backlog");
  });

  test("an index note that takes no entry", () => {
    const folder = { ...folderOf("infra/high: a"), index: parseNote("```\n") };
    const planned = plan(folder);
    expect(planned.refusal?.code).toBe("damaged-note");
    expect(planned.selection.batch).not.toBeNull();
  });
});

describe("with the done tasks archived first", () => {
  const more = { archiveDone: true };

  test.each([
    [
      "all done",
      "infra/high: a | todo: x@docs+ y@docs+ | archive: z",
      "infra/high: (a) | todo: a | archive: z x@docs+ y@docs+",
    ],
    [
      "some done",
      "infra/high: a b c | todo: w x+ y z | archive:",
      "infra/high: (a b) c | todo: w y z a b | archive: x+",
    ],
    [
      "into an archive that is made",
      "infra/high: a | todo: x+ | index: x/todo a/backlog",
      "infra/high: (a) | todo: a | archive: x+ | index: x/archive+ a/todo",
    ],
    ["none done", "infra/high: a | todo: x | archive:", "infra/high: (a) | todo: x a | archive:"],
    ["no todo note", "infra/high: a", "infra/high: (a) | todo: a"],
  ])("%s", (_, before, after) => {
    expect(promoted(before, more)).toBe(after);
  });

  test("is one plan with one change for a note, archive first", () => {
    const folder = folderOf("infra/high: a b | todo: x+ y | archive: z | index: a/backlog x/todo b/backlog y/todo");
    const { plan: planned } = plan(folder, more);
    expect(planned?.kind).toBe("promotion");
    expect(planned?.changes.map(({ path }) => path)).toEqual(["ARCHIVE.md", "TODO.md", "BACKLOG.md", "TASK_INDEX.md"]);
    expect(planned?.changes.map(({ before }) => before)).toEqual([
      folder.archive?.text,
      folder.todo?.text,
      folder.backlog?.text,
      folder.index?.text,
    ]);
    expect(planned?.blocks.map(({ id, to }) => [id, to])).toEqual([
      [idOf("x"), "ARCHIVE.md"],
      [idOf("a"), "TODO.md"],
      [idOf("b"), "TODO.md"],
    ]);
  });

  test("keeps the style of the batch type, though the old batch is gone", () => {
    const folder = folderOf("infra/high: a | todo: x@docs+", (text) => text.replace("[type:docs]  \n", "docs  \n"));
    const change = plan(folder, more).plan?.changes.find(({ path }) => path === "TODO.md");
    expect(change?.after).toContain("**Batch Type:** infra  \n");
  });

  test.each([
    ["what an archival refuses", "infra/high: a | todo: x+ | archive: x", "already-archived"],
    ["what a promotion refuses", "infra/high: a! | todo: x+ | archive:", "nothing-promotable"],
    ["a missing backlog", "none | todo: x+", "no-backlog"],
  ])("refuses %s", (_, line, code) => {
    expect(promoted(line, more)).toBe(code);
  });
});

test("damage in another group warns, and is left as it is", () => {
  const folder = folderOf("infra/high: a; docs/low: b c | todo:");
  const text = String(folder.backlog?.text);
  const damaged = `${text.slice(0, text.lastIndexOf("## task_end"))}\n${text.slice(text.lastIndexOf("## group_end"))}`;
  const { plan: planned } = plan({ ...folder, backlog: parseNote(damaged) });
  expect(planned?.warnings).toEqual([
    expect.stringMatching(/^In the group docs\/low \(line \d+\) .* has no `## task_end`; it stays as it is\.$/),
  ]);
});
