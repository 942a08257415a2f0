// Pins the badge of a card: it says what the command line says of the same task (the findings of FORMAT.md §6, and whether it
// is promoted), from the block's text, its group and what is known of the other notes; and when it has to be read anew.
import { type Badge, equalBadges, readBadge } from "../../src/core/badge";
import { readBlock } from "../../src/core/block";
import { checkFolder } from "../../src/core/check";
import { bareContext, compareContexts, type GroupHeader, type NoteContext } from "../../src/core/context";
import { readFacts } from "../../src/core/facts";
import type { Finding } from "../../src/core/finding";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { type NoteKind, parseNote } from "../../src/core/note";
import { createDraw, pick } from "../support/hostile-notes";
import { blockOf } from "../support/notation";

const INFRA: GroupHeader = { type: "infra", priority: "high", title: "Infrastructure" };
const ID = "TASK-20260204-A";

function badgeOf(text: string, group: GroupHeader | null, context: NoteContext): Badge {
  const block = readBlock(text);
  if (!block) throw new Error("no block");
  return readBadge(block, group, context);
}

const contextOf = (kind: NoteKind): NoteContext => bareContext(kind, DEFAULT_NAMES, {});
const codesOf = (badge: Badge): readonly string[] => badge.findings.map(({ code }) => code);
const plain = blockOf("a").replace(ID, "TASK-20260204-001");

describe("in the backlog", () => {
  const context = contextOf("backlog");

  test("a task that promotion may take is ready", () => {
    expect(badgeOf(plain, INFRA, context)).toEqual({
      kind: "ready",
      reason: "",
      findings: [],
      warnings: 0,
      promotable: true,
    });
  });

  test("a task that lacks something is incomplete, and says what", () => {
    const text = plain.replace(/\*\*Plan:[^]*3\. Third\n/, "").replace("2 days", "");
    expect(badgeOf(text, INFRA, context)).toMatchObject({
      kind: "incomplete",
      reason: "no plan, no effort",
      warnings: 0,
      promotable: false,
    });
  });

  test.each([
    ["its status is blocked", plain.replace("todo", "blocked"), INFRA],
    ["it stands outside every group", plain, null],
  ])("a complete task is valid, and says why it is not ready: %s", (reason, text, group) => {
    expect(badgeOf(text, group, context)).toMatchObject({ kind: "valid", reason, promotable: false });
  });

  test("a task with an error is invalid, and says the first", () => {
    const badge = badgeOf(plain.replace("[type:infra][priority:high]", "[priority:huge]"), INFRA, context);
    expect(badge).toMatchObject({ kind: "invalid", promotable: false });
    expect(badge.reason).toBe("Give the task a type: `[type:…]`.");
    expect(codesOf(badge)).toEqual(["no-type", "bad-priority"]);
  });

  test("errors come first, then what is missing, then warnings; those of one kind in the order of the text", () => {
    const text = plain
      .replace("[type:infra]", "")
      .replace("2 days", "")
      .replace("[component:core]", "")
      .replace("todo", "new");
    const hidden = text.replace("is done", "â€” done").replace("\n## task_end", "\n ## task_end");
    const badge = badgeOf(hidden, INFRA, context);
    expect(codesOf(badge)).toEqual([
      "no-type",
      "bad-status",
      "no-effort",
      "no-component",
      "double-encoded",
      "indented-marker",
    ]);
    expect(badge.warnings).toBe(3);
  });

  test("a group of another type is named without a line, which a card does not know", () => {
    const [finding] = badgeOf(plain, { type: "docs", priority: null, title: "" }, context).findings;
    expect(finding?.message).toContain("its group docs/? is docs");
  });

  test("what other notes hold counts", () => {
    const known = {
      backlog: new Map([["TASK-20260204-001", 1]]),
      elsewhere: new Map([["TASK-20260204-001", "TODO.md"]]),
    };
    expect(badgeOf(plain, INFRA, { ...context, known })).toMatchObject({
      kind: "valid",
      reason: "its id is already in TODO.md",
    });
  });

  test("findings that take several notes to see count, whatever the case of the id", () => {
    const message = "The id is used twice.";
    const twin = { code: "duplicate-id", severity: "error", from: 0, to: 1, message, task: 0, fixable: false } as const;
    const shared = new Map([["TASK-20260204-001", [twin]]]);
    const badge = badgeOf(plain.replace("TASK-", "task-"), INFRA, { ...context, shared });
    expect(badge).toMatchObject({ kind: "invalid", reason: message, findings: [twin] });
  });

  test("a task without id has none of them", () => {
    expect(codesOf(badgeOf(plain.replace("[id:TASK-20260204-001]", ""), INFRA, context))).toEqual(["no-id"]);
  });

  test("the rules in force are those of the context", () => {
    const rules = bareContext("backlog", DEFAULT_NAMES, { minimumSteps: 4 });
    expect(badgeOf(plain, INFRA, rules).reason).toBe("a plan of 3 steps where 4 are needed");
  });
});

describe.each(["todo", "archive", "other"] as const)("in a note of the kind %s", (kind) => {
  test("a task is valid or invalid, and nothing is promotable", () => {
    const text = kind === "archive" ? plain.replace("todo", "done") : plain;
    expect(badgeOf(text, null, contextOf(kind))).toMatchObject({ kind: "valid", reason: "", promotable: false });
    const damaged = badgeOf(text.replace("[type:infra]", ""), null, contextOf(kind));
    expect(damaged).toMatchObject({ kind: "invalid", promotable: false });
  });
});

test("what is missing in the todo note is a warning", () => {
  expect(badgeOf(plain.replace("2 days", ""), null, contextOf("todo"))).toMatchObject({ kind: "valid", warnings: 1 });
});

test("nothing of an archive is offered to be mended", () => {
  const text = plain.replace("todo", "done").replace("[priority:high]", "[priority:hgih]");
  expect(badgeOf(text, null, contextOf("archive")).findings).toMatchObject([
    { code: "bad-priority", fixable: false },
    { code: "no-completed", fixable: false },
  ]);
  expect(badgeOf(text, INFRA, contextOf("backlog")).findings[0]).toMatchObject({ fixable: true });
});

test("badges are equal that show the same", () => {
  const context = contextOf("backlog");
  const badge = badgeOf(plain, INFRA, context);
  expect(equalBadges(badge, badgeOf(plain.replace("First", "Begin"), INFRA, context))).toBe(true);
  const others = [
    { ...badge, kind: "valid" as const },
    { ...badge, reason: "a" },
    { ...badge, promotable: false },
    badgeOf(plain.replace("[component:core]", ""), INFRA, context),
  ];
  for (const other of others) expect(equalBadges(badge, other)).toBe(false);
  const one = others[3] as Badge;
  const [finding] = one.findings;
  if (!finding) throw new Error("no finding");
  for (const change of [{ code: "no-id" }, { severity: "error" }, { message: "a" }] as const) {
    expect(equalBadges(one, { ...one, findings: [{ ...finding, ...change }] })).toBe(false);
  }
  expect(equalBadges(one, { ...one, findings: [{ ...finding, from: 1 }] })).toBe(true);
});

describe("a badge has to be read anew", () => {
  const context: NoteContext = {
    ...contextOf("backlog"),
    known: { backlog: new Map([["A-20260204-1", 1]]), elsewhere: new Map([["B-20260204-1", "TODO.md"]]) },
  };
  const twin = {
    code: "duplicate-id",
    severity: "error",
    from: 0,
    to: 1,
    message: "a",
    task: 0,
    fixable: false,
  } as const;

  test("for no task where the contexts say the same", () => {
    for (const other of [context, { ...context, next: null, shared: new Map() }]) {
      const differs = compareContexts(context, other);
      expect([differs(null), differs("A-20260204-1")]).toEqual([false, false]);
    }
  });

  test.each([
    ["kind", { ...context, kind: "todo" as const }],
    ["rules", { ...context, rules: bareContext("backlog", DEFAULT_NAMES, { limit: 2 }).rules }],
  ])("for all tasks under another %s", (_, other) => {
    const differs = compareContexts(context, other);
    expect([differs(null), differs("A-20260204-1")]).toEqual([true, true]);
  });

  test.each([
    ["uses in the backlog", { ...context, known: { ...context.known, backlog: new Map([["A-20260204-1", 2]]) } }],
    [
      "places elsewhere",
      {
        ...context,
        known: {
          ...context.known,
          elsewhere: new Map([
            ["B-20260204-1", "TODO.md"],
            ["A-20260204-1", "TODO.md"],
          ]),
        },
      },
    ],
    ["shared findings", { ...context, shared: new Map([["A-20260204-1", [twin]]]) }],
  ])("for those with other %s", (_, other) => {
    const differs = compareContexts(context, other);
    expect([null, "a-20260204-1", "B-20260204-1"].map(differs)).toEqual([false, true, false]);
  });
});

test("over random folders a badge has the findings of the folder's check, and promotion's verdict", () => {
  const draw = createDraw(7);
  const words = ["a", "b!", "c?", "d+", "e~", "f@docs", "g@docs!", "a", "TASKX"];
  const changes: readonly (readonly [string, string])[] = [
    ["[type:infra]", ""],
    ["[priority:high]", "[priority:hihg]"],
    ["**Status:** todo", "**Status:** todoo"],
    ["- [x]", "- [ ]"],
    ["2 days", "soon"],
    ["`docs/guide.md`", "`a/b.md`"],
    ["[component:core]", "[component:core][nmae:a]"],
    ["## task_begin\n", "## task_begin"],
    ["Do ", "Ã© "],
  ];
  let seen = 0;
  for (let round = 0; round < 150; round++) {
    const write = (): string => {
      let text = blockOf(pick(draw, words));
      for (let count = draw(3); count > 0; count--) text = text.replace(...pick(draw, changes));
      return text;
    };
    const tasks = (): string => Array.from({ length: draw(4) }, write).join("\n\n");
    const groups = ["[type:infra][priority:high]", "[type:docs]", ""].map((tags) => {
      return `## group_begin ${tags}\n${tasks()}\n## group_end`;
    });
    const texts = [
      { path: "BACKLOG.md", kind: "backlog" as const, text: `${groups.join("\n")}\n${tasks()}` },
      { path: "TODO.md", kind: "todo" as const, text: tasks() },
      { path: "ARCHIVE.md", kind: "archive" as const, text: tasks() },
      { path: "Other.md", kind: "other" as const, text: tasks() },
    ];
    const checked = checkFolder(texts, DEFAULT_NAMES, {}, {}).notes;
    const parsed = texts.map(({ path, kind, text }) => ({ path, kind, note: parseNote(text) }));
    const { contexts } = readFacts(parsed, DEFAULT_NAMES, {});
    for (const { path, note, findings, verdicts } of checked) {
      const context = contexts.get(path);
      if (!note || !context) throw new Error(`nothing is known of ${path}`);
      note.tasks.forEach((task, at) => {
        const group = task.group === null ? null : (note.groups[task.group] ?? null);
        const badge = badgeOf(note.text.slice(task.from, task.to), group, context);
        const name = ({ code, fixable }: Finding) => `${code} ${String(fixable)}`;
        const here = new Set(findings.filter((finding) => finding.task === at).map(name));
        const said = new Set(badge.findings.map(name));
        // What is known of an id is said of every task of the note that has it.
        const isTwin = note.tasks.some((other) => other !== task && other.id !== null && other.id === task.id);
        const extra = isTwin ? [] : [...said].filter((one) => !here.has(one));
        const silent = [...here].filter((one) => !said.has(one));
        expect({ path, at, extra, silent, promotable: badge.promotable }).toEqual({
          path,
          at,
          extra: [],
          silent: [],
          promotable: verdicts[at]?.promotable,
        });
        seen++;
      });
    }
  }
  expect(seen).toBeGreaterThan(1000);
});
