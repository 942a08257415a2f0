// Pins which group and which tasks promotion takes, why not the others, and every refusal in its order (FORMAT.md §5, rules
// 2–6). The corpus test beside it holds the same against an independent evaluator.
import type { BacklogFolder } from "../../src/core/folder";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import { readRules, type RuleSettings } from "../../src/core/rules";
import { describeMask, selectBatch } from "../../src/core/select";

const FULL = [
  "**Plan:**",
  "1. a",
  "2. b",
  "3. c",
  "**Estimated Effort:** 2 days",
  "**Relevant Documentation:** `docs/a.md`",
];

/** `id`, `id!` incomplete, `id=done`, `id:type`, `id~` unclosed; in that order, e.g. `a:docs=done!`. */
function task(word: string, type: string): string {
  const [, id = "", own = type, status = "todo"] = /^([\w-]*)(?::(\w*))?(?:=([\w-]+))?/.exec(word) ?? [];
  const header = `### # [id:${id}][type:${own}][priority:high][component:c] ${id}`;
  const body = word.includes("!") ? ["**Plan:**", "1. a"] : FULL;
  const end = word.includes("~") ? [] : ["## task_end"];
  return ["## task_begin", header, `**Status:** ${status}`, ...body, ...end, ""].join("\n");
}

/** `infra/high: a b! | docs/low: c`. */
function backlog(notation: string): string {
  return notation
    .split("|")
    .map((part) => {
      const [, type = "", priority = "", words = ""] = /^\s*(\w+)\/(\w+):(.*)$/.exec(part) ?? [];
      const tasks = words
        .trim()
        .split(/\s+/)
        .filter(Boolean)
        .map((word) => task(word, type));
      return [`## group_begin [type:${type}][priority:${priority}]`, "", ...tasks, "## group_end", ""].join("\n");
    })
    .join("\n");
}

function folder(notes: { backlog?: string | null; todo?: string; archive?: string }): BacklogFolder {
  const parse = (text: string | null | undefined) => (text === null || text === undefined ? null : parseNote(text));
  return {
    names: DEFAULT_NAMES,
    backlog: parse(notes.backlog),
    todo: parse(notes.todo),
    archive: parse(notes.archive),
    index: null,
  };
}

const todo = (words: string) =>
  words
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => task(word, "infra"))
    .join("\n");

function select(groups: string | null, todoWords = "", settings: RuleSettings = {}, groupIndex?: number) {
  const notes = folder({ backlog: groups === null ? null : backlog(groups), todo: todo(todoWords) });
  const { batch, refusal, passedOver, groupsPassedOver } = selectBatch(
    notes,
    readRules(null, {}, settings),
    groupIndex,
  );
  return {
    batch:
      batch &&
      `${String(batch.group.type)}/${String(batch.group.priority)} ${batch.type}: ${batch.tasks.map(({ id }) => id).join(" ")}`,
    refusal: refusal?.code ?? null,
    message: refusal?.message ?? "",
    passedOver: passedOver.map(({ task, reason }) => `${String(task.id)} ${reason}`),
    reasons: passedOver.map(({ message }) => message),
    groups: groupsPassedOver.map(({ group, message }) => `${String(group.type)}: ${message}`),
  };
}

describe("the batch", () => {
  test.each<[string, string, string | null, readonly string[]]>([
    ["infra/high: a b", "", "infra/high infra: a b", []],
    ["infra/high: a b c d e f g", "", "infra/high infra: a b c d e", ["f over-limit", "g over-limit"]],
    ["infra/high: a! b c=blocked d", "", "infra/high infra: b d", ["a incomplete", "c not-todo"]],
    ["infra/high: a b:docs c", "", "infra/high infra: a c", ["b other-type"]],
    ["infra/high: a! | docs/low: b", "", "docs/low docs: b", []],
    ["docs/low: b | infra/high: a", "", "docs/low docs: b", []],
    ["infra/high: a b | infra/high: c", "", "infra/high infra: a b", []],
    ["infra/high: a a b", "", "infra/high infra: b", ["a duplicate-id", "a duplicate-id"]],
    ["infra/high: x A b", "a", "infra/high infra: x b", ["A known-elsewhere"]],
    ["docs/high: a | infra/low: b c d", "x y z", "infra/low infra: b c", ["d over-limit"]],
    ["docs/high: a b:infra", "x", "docs/high infra: b", ["a other-type"]],
    ["infra/high: a", "x=done", "infra/high infra: a", []],
  ])("%s beside %j", (groups, beside, batch, passedOver) => {
    const selection = select(groups, beside);
    expect(selection).toMatchObject({ batch, refusal: null, passedOver });
  });

  test("in the order of priority, groups of one priority in file order, unknown ones last", () => {
    const groups = "docs/none: a | docs/low: b | infra/high: c | test/high: d | ci/critical: e!";
    expect(select(groups, "", { order: "priority" }).batch).toBe("infra/high infra: c");
    expect(select(groups, "").batch).toBe("docs/none docs: a");
    expect(select("docs/none: a | x/none: b", "", { order: "priority" }).batch).toBe("docs/none docs: a");
  });

  test("of a given group alone", () => {
    expect(select("infra/high: a | docs/low: b", "", {}, 1)).toMatchObject({ batch: "docs/low docs: b", groups: [] });
  });

  test("under a limit of its own", () => {
    expect(select("infra/high: a b c", "", { limit: 2 }).batch).toBe("infra/high infra: a b");
  });

  test("an archived id is known elsewhere", () => {
    const notes = folder({ backlog: backlog("infra/high: a b"), archive: todo("a=done") });
    const { batch, passedOver } = selectBatch(notes, readRules(null, {}, {}));
    expect(batch?.tasks.map(({ id }) => id)).toEqual(["b"]);
    expect(passedOver).toMatchObject([{ reason: "known-elsewhere", message: "its id is already in ARCHIVE.md" }]);
  });

  test("tasks without an id stand in nobody's way", () => {
    const nameless = task("=done", "infra");
    const notes = folder({ backlog: `${nameless}${backlog("infra/high: a")}`, todo: nameless, archive: nameless });
    expect(selectBatch(notes, readRules(null, {}, {})).batch?.tasks.map(({ id }) => id)).toEqual(["a"]);
  });

  test("a task outside every group is none of it", () => {
    const notes = folder({ backlog: `${task("z", "infra")}\n${backlog("infra/high: a")}` });
    expect(selectBatch(notes, readRules(null, {}, {})).batch?.tasks.map(({ id }) => id)).toEqual(["a"]);
  });

  test("a group that only the next one closes is as good as any", () => {
    const text = backlog("infra/high: a | docs/low: b").replaceAll("## group_end\n", "");
    expect(selectBatch(folder({ backlog: text }), readRules(null, {}, {})).batch?.tasks.map(({ id }) => id)).toEqual([
      "a",
    ]);
  });
});

describe("reasons", () => {
  test("name all that stands in the way", () => {
    const text = backlog("infra/high: a!=blocked b").replace(
      "[id:a][type:infra][priority:high]",
      "[id:a][priority:soon]",
    );
    const { passedOver } = selectBatch(folder({ backlog: text }), readRules(null, {}, {}));
    expect(passedOver).toMatchObject([
      {
        reason: "incomplete",
        message:
          "a plan of 1 step where 3 are needed, no effort, no documentation; its header has no type; its priority “soon” is none of critical, high, medium, low",
      },
    ]);
  });

  test.each([
    ["[id:a][type:infra]", "its header has no priority"],
    ["[type:infra][priority:high]", "its header has no id"],
  ])("a header with %s alone is damaged", (tags, message) => {
    const text = backlog("infra/high: a b").replace("[id:a][type:infra][priority:high]", tags);
    expect(selectBatch(folder({ backlog: text }), readRules(null, {}, {})).passedOver).toMatchObject([
      { reason: "damaged", message },
    ]);
  });

  test("a block without a header is damaged", () => {
    const text = backlog("infra/high: a b").replace(/### # \[id:a.*/, "text");
    expect(selectBatch(folder({ backlog: text }), readRules(null, {}, {})).passedOver).toMatchObject([
      { reason: "damaged", message: "it has no header" },
    ]);
  });

  test("of groups", () => {
    expect(select("a/low: | b/low: x! | infra/low: i | c/low: c", "", {}).groups).toEqual([
      "a: it is empty",
      "b: none of its tasks can be promoted",
      expect.stringMatching(/^c: it comes after infra\/low \(line \d+\)$/),
    ]);
    expect(select("docs/low: a | infra/low: i", "x").groups).toEqual([
      "docs: it has no promotable task of the type in progress, infra",
    ]);
  });
});

describe("refusals", () => {
  test.each([
    [null, "", "no-backlog", /no BACKLOG\.md/],
    ["infra/high: a", "x y:docs", "mixed-todo", /2 types \(infra, docs\)/],
    ["infra/high: a", "x y:=todo", "mixed-todo", /infra, \(none\)/],
    ["infra/high: a", "x y:docs=done", "finished-in-todo", /y \(line \d+\)\. Archive them/],
    ["infra/high: a", "y:docs=done", "finished-in-todo", /Archive them/],
    ["infra/high: a", "q r s t u", "batch-full", /5 open tasks and the limit is 5 \(default\)/],
    ["infra/high: a!", "q r s t u v:docs=done", "finished-in-todo", /v/],
    ["docs/high: a", "x", "type-in-progress", /no group has a promotable infra task/],
    ["docs/high: a! b=blocked", "x", "type-in-progress", /a \(line 3\): a plan of 1 step/],
    ["docs/high: a", "y:", "type-in-progress", /have no type, so no group can match them: give them one/],
    ["docs/high:", "x", "type-in-progress", /archive the batch first\.$/],
    ["infra/high: a~ b", "q r s t u v", "damaged-note", /task_end/],
    ["infra/high: a~ b", "q r=done:docs", "damaged-note", /task_end/],
    ["docs/high: a", "q r s t u v", "batch-full", /6 open tasks/],
    ["docs/high: a!", "", "nothing-promotable", /Complete one of them/],
    ["docs/high: a! b! c! d! e! f! g!", "", "nothing-promotable", /and 2 more/],
    ["docs/high:", "", "nothing-promotable", /No group holds a task/],
    ["infra/high: a~ b", "", "damaged-note", /a \(line 3\) has no `## task_end`/],
    ["infra/high: a~ b", "y:docs=done", "damaged-note", /task_end/],
  ])("%s beside %j: %s", (groups, beside, code, message) => {
    const selection = select(groups, beside);
    expect(selection).toMatchObject({ batch: null, refusal: code });
    expect(selection.message).toMatch(message);
  });

  test.each([
    [task("", "infra").replace("[id:]", "").replace("] \n", "] Wash up\n"), "Wash up (line 2)"],
    ["## task_begin\n## task_end", "a task without id (line 2)"],
  ])("name a task without id by its title, a group without tags by its line", (block, name) => {
    const { refusal, groupsPassedOver } = selectBatch(
      folder({ backlog: `## group_begin\n${block}\n` }),
      readRules(null, {}, {}),
    );
    expect(refusal?.message).toContain(name);
    expect(groupsPassedOver).toHaveLength(1);
    const open = folder({ backlog: `## group_begin\n${task("a", "infra")}\n## task_end` });
    expect(selectBatch(open, readRules(null, {}, {})).refusal?.message).toMatch(/^In the group \?\/\? \(line 1\)/);
  });

  test("one open task is told of in the singular", () => {
    expect(select("infra/high: a", "q", { limit: 1 }).message).toMatch(/1 open task and the limit is 1 \(settings\)/);
  });

  test.each([
    ["an end that ends nothing", "## group_end", "## task_end\n\n## group_end", /ends no task/],
    [
      "a fence that never closes",
      "## group_end",
      "- x\n  ```\n\ny\n\n## group_end",
      /a code fence opens and never closes/,
    ],
  ])("%s inside the chosen group", (_name, from, to, message) => {
    const text = backlog("infra/high: a").replace(from, to);
    const { refusal } = selectBatch(folder({ backlog: text }), readRules(null, {}, {}));
    expect(refusal?.code).toBe("damaged-note");
    expect(refusal?.message).toMatch(message);
  });

  test("damage elsewhere and a fence that ends inside its block are no matter", () => {
    const fenced = backlog("infra/high: a").replace("3. c", "3. c\n   ```\n   x");
    for (const text of [`${backlog("infra/high: a | docs/low: b~")}\n## task_end\n`, fenced]) {
      expect(selectBatch(folder({ backlog: text }), readRules(null, {}, {})).batch?.tasks).toHaveLength(1);
    }
  });
});

test.each([
  ["fence", "code fence"],
  ["html", "HTML block"],
  ["frontmatter", "frontmatter"],
  ["comment", "comment"],
  ["hidden", "comment"],
] as const)("a masked block of kind %s is called a %s", (mask, name) => {
  expect(describeMask(mask)).toBe(name);
});
