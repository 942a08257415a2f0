// Pins every finding of FORMAT.md §6: what gives it, where it stands, how severe it is, whether it can be fixed. A card's
// badge and the exit code of a check are made of these.
import { checkFolder, type CheckedNote } from "../../src/core/check";
import type { Finding } from "../../src/core/finding";
import { DEFAULT_NAMES } from "../../src/core/folder";
import type { NoteKind } from "../../src/core/note";

const PATHS: Readonly<Record<NoteKind, string>> = { ...DEFAULT_NAMES, other: "NOTES.md" };
type Texts = Partial<Record<NoteKind, string | null>>;

function check(texts: Texts, required: readonly string[] | null = null): readonly CheckedNote[] {
  const notes = Object.entries(texts).map(([kind, text]) => ({
    path: PATHS[kind as NoteKind],
    kind: kind as NoteKind,
    text,
  }));
  return checkFolder(notes, DEFAULT_NAMES, required ? { required } : {}, {}).notes;
}

/** `code severity line task*`, the star for a fix. */
function show(texts: Texts, required: readonly string[] | null = null): readonly string[] {
  return check(texts, required).flatMap(({ kind, note, findings }) =>
    findings.map((finding: Finding) => {
      const line = note ? note.text.slice(0, finding.from).split("\n").length : 0;
      const task = finding.task === null ? "" : ` #${finding.task}`;
      return `${kind} ${line} ${finding.code} ${finding.severity}${task}${finding.fixable ? " *" : ""}`;
    }),
  );
}

const TAGS = "[id:TASK-20260204-001][type:infra][priority:high][component:c]";
const FULL = [
  "**Plan:**",
  "1. a",
  "2. b",
  "3. c",
  "**Estimated Effort:** 2 days",
  "**Relevant Documentation:** `docs/a.md`",
];
const block = (header: string, ...body: readonly string[]) =>
  ["## task_begin", `### # ${header} T`, ...body, "## task_end"].join("\n");
const good = (status = "todo") => block(TAGS, `**Status:** ${status}`, ...FULL);
const group = (...inside: readonly string[]) =>
  ["## group_begin [type:infra][priority:high]", "", ...inside, "", "## group_end"].join("\n");
const entry = (id: string, ...values: readonly string[]) =>
  ["## index_entry_begin", `[id:${id}]`, ...values, "## index_entry_end"].join("\n");

test("a task as it should be gives none", () => {
  expect(
    show({
      backlog: group(good()),
      todo: "",
      archive: "",
      index: entry("TASK-20260204-001", "status: todo", "location: BACKLOG.md", "type: Infra"),
    }),
  ).toEqual([]);
});

describe("in the backlog", () => {
  const header = (tags: string, ...body: readonly string[]) => group(block(tags, "**Status:** todo", ...FULL, ...body));
  test.each<[string, string, readonly string[]]>([
    [
      "no header",
      group("## task_begin\ntext\n**Status:** todo\n## task_end"),
      [
        "3 no-header error #0",
        "3 no-plan incomplete #0",
        "3 no-effort incomplete #0",
        "3 no-documentation incomplete #0",
      ],
    ],
    ["no id", header("[type:infra][priority:high][component:c]"), ["4 no-id error #0 *"]],
    ["no type", header("[id:TASK-20260204-001][priority:high][component:c]"), ["4 no-type error #0"]],
    ["no priority", header("[id:TASK-20260204-001][type:infra][component:c]"), ["4 no-priority error #0"]],
    ["no component", header("[id:TASK-20260204-001][type:infra][priority:high]"), ["4 no-component warning #0"]],
    ["a priority that can be guessed", header(TAGS.replace("high", "hihg")), ["4 bad-priority error #0 *"]],
    ["a priority that cannot", header(TAGS.replace("high", "banana")), ["4 bad-priority error #0"]],
    ["another id form", header(TAGS.replace("TASK-20260204-001", "QT-20260204-001")), ["4 id-form warning #0"]],
    [
      "a tag typo",
      header(TAGS.replace("component", "compnent")),
      ["4 no-component warning #0", "4 tag-typo warning #0 *"],
    ],
    ["an unknown tag", header(`${TAGS}[sprint:3]`), ["4 unknown-tag warning #0"]],
    ["p_level is known", header(TAGS.replace("[component", "[p_level:P1][component")), []],
    [
      "tags out of order",
      header("[type:infra][id:TASK-20260204-001][priority:high][component:c]"),
      ["4 tag-order warning #0 *"],
    ],
    ["another type than the group", header(TAGS.replace("infra", "docs")), ["4 type-differs warning #0"]],
    ["another priority than the group", header(TAGS.replace("high", "low")), ["4 priority-differs warning #0"]],
    ["a group without tags", `## group_begin\n${good()}\n## group_end`, []],
    ["a status that can be guessed", group(good("in progress")), ["5 bad-status error #0 *"]],
    ["a status that cannot", group(good("banana")), ["5 bad-status error #0"]],
    ["no status", group(block(TAGS, ...FULL)), ["4 no-status warning #0 *"]],
    ["an empty status", group(block(TAGS, "**Status:**", "", ...FULL)), ["4 no-status warning #0 *"]],
    ["done", group(good("done")), ["5 done-in-backlog warning #0"]],
    [
      "done, a criterion open",
      group(block(TAGS, "**Status:** done", ...FULL, "**Acceptance Criteria:**", "- [ ] a", "- [x] b")),
      ["5 done-in-backlog warning #0", "5 unticked-criteria warning #0"],
    ],
    ["outside every group", good(), ["2 outside-group warning #0"]],
    [
      "a label twice",
      header(TAGS, "**Status:** done", "**Notes:** a", "**Notes:** b"),
      ["12 repeated-label warning #0", "14 repeated-label warning #0"],
    ],
    ["an indented label", header(TAGS, "   **Notes:** a"), ["12 indented-label warning #0 *"]],
    ["an unclear effort", group(good()).replace("2 days", "a while"), ["10 effort-unclear warning #0"]],
    ["documents elsewhere", group(good()).replace("docs/a.md", "a.md"), ["11 documentation-elsewhere warning #0"]],
    [
      "no fields but an empty plan of steps",
      group(block(TAGS, "**Status:** todo", "### Step 1")),
      ["4 no-plan incomplete #0 *", "4 no-effort incomplete #0 *", "4 no-documentation incomplete #0 *"],
    ],
    [
      "no fields",
      group(block(TAGS, "**Status:** todo")),
      ["4 no-plan incomplete #0 *", "4 no-effort incomplete #0 *", "4 no-documentation incomplete #0 *"],
    ],
    [
      "empty fields",
      group(block(TAGS, "**Status:** todo", "**Plan:**", "**Estimated Effort:**", "**Relevant Documentation:**")),
      ["6 no-plan incomplete #0", "7 no-effort incomplete #0", "8 no-documentation incomplete #0"],
    ],
    [
      "no plan where no number of steps is asked for",
      `---\nminimum-steps: 0\n---\n${group(block(TAGS, "**Status:** todo", ...FULL.slice(4)))}`,
      ["7 no-plan incomplete #0 *"],
    ],
    ["a plan without numbers", group(good()).replace("1. a\n2. b\n3. c", "by feel"), ["6 short-plan incomplete #0"]],
    [
      "an effort behind an empty one",
      header(TAGS).replace("**Estimated Effort:**", "**Estimated Effort:**\n**Estimated Effort:**"),
      ["11 repeated-label warning #0"],
    ],
    ["a short plan", group(good()).replace("3. c\n", ""), ["6 short-plan incomplete #0"]],
    ["an unclosed task", group(good().replace("\n## task_end", "")), ["3 unclosed-task error #0 *"]],
    [
      "an unclosed task that a comment hides",
      group(good().replace("## task_end", "<!-- x")),
      ["1 unclosed-group error", "3 unclosed-task error #0", "12 unclosed-comment error #0"],
    ],
    ["an orphan end", group("## task_end"), ["3 orphan-task-end error"]],
    ["an orphan group end", "## group_end\n## group_end", ["1 orphan-group-end error", "2 orphan-group-end error"]],
    ["an orphan entry end is no matter here", "## index_entry_end", []],
    [
      "an unclosed group",
      "## group_begin [type:infra][priority:high]\n\n" + group(good()),
      ["1 unclosed-group error *"],
    ],
    ["an unclosed fence", "x\n\n```\n", ["3 unclosed-fence error"]],
    ["an unclosed HTML block", "<pre>\nx", ["1 unclosed-comment error"]],
    ["a glued marker", group(good()).replace("## task_begin\n", "## task_begin"), ["3 glued-marker warning #0 *"]],
    [
      "indented markers",
      group(good()).replaceAll("## task", "  ## task"),
      ["3 indented-marker warning #0 *", "12 indented-marker warning #0 *"],
    ],
    ["a property that cannot be read", `---\nbatch-limit: x\n---\n${group(good())}`, ["2 bad-property warning"]],
    [
      "double-encoded text",
      `x â€” y\n${group(good().replace(" T", " â€” T"))}\n\`\`\`\nâ€”\n\`\`\`\nâ€”`,
      ["1 double-encoded warning *", "5 double-encoded warning #0 *", "19 double-encoded warning *"],
    ],
  ])("%s", (_name, text, expected) => {
    expect(show({ backlog: text })).toEqual(expected.map((line) => `backlog ${line}`));
  });

  test("another required label", () => {
    const text = group(block(TAGS, "**Status:** todo", "**Assignee:**", "**Risk:**"));
    expect(show({ backlog: text }, ["assignee", "risk", "notes"])).toEqual([
      "backlog 4 no-required incomplete #0",
      "backlog 4 no-required incomplete #0 *",
      "backlog 6 no-required incomplete #0",
    ]);
  });

  test.each([
    "2 days",
    "1.5 hours",
    "30 minutes",
    "4-6 weeks",
    "8 hours (1 week)",
    "1,5 h",
    "~3 d",
    "2 to 3 weeks",
    "1 – 2 months.",
  ])("the effort %s is clear", (effort) => {
    expect(show({ backlog: group(good()).replace("2 days", effort) })).toEqual([]);
  });
});

describe("moved notes", () => {
  const moved = group("<!-- Tasks TASK-20260204-009, TASK-20260204-010 moved to TODO.md on 2026-02-04 -->");
  const known = good().replace("-001", "-010");

  test("are stale where another note exists and none knows the ids", () => {
    expect(show({ backlog: moved })).toEqual([]);
    expect(show({ backlog: moved, todo: "" })).toEqual(["backlog 3 stale-moved-note warning *"]);
    expect(show({ backlog: moved, todo: known })).toEqual([]);
    expect(
      show({
        backlog: moved,
        archive: `${known.replace("todo", "done")}\n`.replace("**Plan", "**Completed:** 2026-02-05\n**Plan"),
      }),
    ).toEqual([]);
    expect(show({ backlog: moved, index: "## index_entry_begin\n## index_entry_end" })).toEqual([
      "backlog 3 stale-moved-note warning *",
    ]);
  });
});

describe("in the todo note", () => {
  const as = (id: string, type: string, status = "todo") => good(status).replace("001", id).replace("infra", type);

  test("what is missing is a warning, in the archive nothing, elsewhere a warning", () => {
    const bare = block(TAGS, "**Status:** todo");
    expect(show({ todo: bare })).toEqual([
      "todo 2 no-plan warning #0 *",
      "todo 2 no-effort warning #0 *",
      "todo 2 no-documentation warning #0 *",
    ]);
    expect(show({ other: bare.replace("**Status:** todo", "**Status:** todo\n**Plan:**\n1. x") })).toEqual([
      "other 2 no-effort warning #0 *",
      "other 2 no-documentation warning #0 *",
      "other 4 short-plan warning #0",
    ]);
    expect(show({ archive: block(TAGS, "**Status:** done", "**Completed:** 2026-02-04") })).toEqual([]);
  });

  test("more than one type, too many tasks", () => {
    const tasks = [
      as("001", "infra"),
      as("002", "docs"),
      as("003", "infra", "done"),
      as("004", "infra"),
      as("005", "infra"),
      as("006", "infra"),
      as("007", "infra"),
    ];
    expect(show({ todo: tasks.join("\n") })).toEqual([
      "todo 12 mixed-types error #1",
      "todo 62 too-many-tasks warning",
    ]);
    const untyped = good().replace("[type:infra]", "");
    expect(show({ todo: `${untyped}\n${as("002", "docs")}` })).toEqual([
      "todo 2 no-type error #0",
      "todo 12 mixed-types error #1",
    ]);
    expect(show({ todo: `${as("002", "docs")}\n${untyped}` })).toEqual([
      "todo 12 no-type error #1",
      "todo 12 mixed-types error #1",
    ]);
  });

  test.each([
    ["infra", good(), []],
    ["[type:Infra][priority:high]", good(), []],
    ["docs", good(), ["todo 2 stale-batch-header warning *"]],
    ["(none)", good(), ["todo 2 stale-batch-header warning *"]],
    ["(none)", "", []],
    ["docs", "", ["todo 2 stale-batch-header warning *"]],
    ["docs", `${as("001", "infra", "done")}\n${as("002", "docs")}`, []],
    ["ci", `${as("001", "infra", "done")}\n${as("002", "docs", "done")}`, []],
  ])("the batch type %s over %#", (type, tasks, expected) => {
    expect(show({ todo: `## Current Batch Focus\n**Batch Type:** ${type}\n\n${tasks}` })).toEqual(expected);
  });

  test("a batch type over a task without type is not judged", () => {
    expect(
      show({ todo: `## Current Batch Focus\n**Batch Type:** x\n\n${good().replace("[type:infra]", "")}` }),
    ).toEqual(["todo 5 no-type error #0"]);
  });
});

describe("in the archive", () => {
  test("a task must be done and say when", () => {
    expect(show({ archive: good() })).toEqual(["archive 3 not-done error #0"]);
    expect(show({ archive: good("done") })).toEqual(["archive 3 no-completed warning #0"]);
    expect(show({ archive: block(TAGS) })).toEqual(["archive 2 no-status warning #0", "archive 2 not-done error #0"]);
  });

  test("nothing can be fixed, but for the index", () => {
    const text = good("done").replace(" T", " â€” T").replace("**Plan", "**Completed:** 2026-02-05\n**Plan");
    expect(show({ archive: text, index: "" })).toEqual([
      "archive 2 index-missing warning #0 *",
      "archive 2 double-encoded warning #0",
    ]);
  });
});

describe("the index", () => {
  const ID = "TASK-20260204-001";
  test.each<[string, string, readonly string[]]>([
    [
      "another status and location",
      entry(ID, "status: done", "location: tasks/TODO.md", "type: docs"),
      ["index 3 index-differs warning *"],
    ],
    ["a location as a link", entry(ID, "status: todo", "location: [BACKLOG.md](docs/BACKLOG.md)"), []],
    ["a location by path", entry(ID, "status: todo", "location: tasks/BACKLOG.md"), []],
    ["two entries", `${entry(ID, "status: done")}\n${entry(ID)}`, ["index 5 index-duplicate warning"]],
    [
      "says archived, is not",
      entry(ID, "location: ARCHIVE.md"),
      ["index 1 index-phantom error", "index 3 index-differs warning *"],
    ],
    [
      "says archived, is nowhere",
      `${entry(ID)}\n${entry("TASK-9", "location: ARCHIVE.md")}`,
      ["index 4 index-phantom error"],
    ],
    ["is nowhere", `${entry(ID)}\n${entry("TASK-9", "location: TODO.md")}`, ["index 4 index-differs warning"]],
    ["no id", `${entry(ID)}\n## index_entry_begin\n## index_entry_end`, []],
    [
      "an id behind other lines",
      `## index_entry_begin\ntype: x\n[id:${ID}]\n## index_entry_end`,
      ["index 2 index-differs warning *"],
    ],
    ["no entry", "", ["backlog 4 index-missing warning #0 *"]],
    [
      "no entry, and no place for one",
      "<!-- x",
      ["backlog 4 index-missing warning #0", "index 1 unclosed-comment error"],
    ],
  ])("%s", (_name, index, expected) => {
    expect(show({ backlog: group(good()), index })).toEqual(expected);
  });

  test("a task without id has no entry to miss", () => {
    expect(show({ todo: good().replace("[id:TASK-20260204-001]", ""), index: "" })).toEqual([
      "todo 2 no-id error #0 *",
    ]);
  });

  test("an archived task's entry", () => {
    const archive = block(TAGS, "**Status:** done", "**Completed:** 2026-02-04");
    expect(show({ archive, index: entry(ID, "status: done", "location: ARCHIVE/ARCHIVE.md") })).toEqual([]);
  });

  test("a task that stands twice is compared with nothing", () => {
    expect(show({ backlog: group(good()), todo: good(), index: entry(ID, "location: x") })).toEqual([
      "backlog 4 duplicate-id error #0",
      "todo 2 duplicate-id error #0",
    ]);
  });

  test("double-encoded text in it is told of as elsewhere", () => {
    expect(show({ index: entry("A", "title: â€”") })).toEqual([
      "index 1 index-differs warning",
      "index 3 double-encoded warning *",
    ]);
  });
});

test("an id used twice, in one note or in two, in any case", () => {
  const [backlog, other] = [group(`${good()}\n${good().replace("TASK", "task")}`), good()];
  const found = check({ backlog, other }).flatMap(({ findings }) =>
    findings.filter(({ code }) => code === "duplicate-id"),
  );
  expect(found.map(({ message }) => message)).toEqual([
    "The id TASK-20260204-001 is used at BACKLOG.md:13, NOTES.md:1 too: give one of them another.",
    "The id task-20260204-001 is used at BACKLOG.md:3, NOTES.md:1 too: give one of them another.",
    "The id TASK-20260204-001 is used at BACKLOG.md:3, BACKLOG.md:13 too: give one of them another.",
  ]);
});

test("of an id used very often only a few places are named", () => {
  const backlog = Array.from({ length: 6000 }, () => "## task_begin\n### # [id:A]\n## task_end\n").join("");
  const found = check({ backlog }).flatMap(({ findings }) => findings.filter(({ code }) => code === "duplicate-id"));
  expect(found).toHaveLength(6000);
  expect(found.at(0)?.message).toBe(
    "The id A is used at BACKLOG.md:4, BACKLOG.md:7, BACKLOG.md:10 and 5996 more places too: give one of them another.",
  );
  expect(found.at(-1)?.message).toMatch(
    /^The id A is used at BACKLOG\.md:1, BACKLOG\.md:4, BACKLOG\.md:7 and 5996 more/,
  );
});

test("a header of very many tags is checked in steps that grow with their number alone", () => {
  const header = `### # [id:TASK-20260204-001]${"[a:b]".repeat(20_000)}${"[typ:x]".repeat(20_000)}`;
  const [checked] = check({ other: `## task_begin\n${header}\n## task_end` });
  expect(checked?.findings.filter(({ code }) => code === "unknown-tag")).toHaveLength(20_000);
  expect(checked?.findings.filter(({ code }) => code === "tag-typo")).toHaveLength(20_000);
});

test("a note that is not UTF-8 is told of and holds nothing", () => {
  expect(check({ backlog: null })).toMatchObject([
    { note: null, verdicts: [], findings: [{ code: "not-utf8", severity: "error" }] },
  ]);
});

test("verdicts: complete under the rules, promotable only in the backlog", () => {
  const verdicts = (texts: Texts) => check(texts).flatMap((one) => one.verdicts);
  expect(verdicts({ backlog: group(good(), block("[id:B]")) })).toEqual([
    { complete: true, promotable: true, missing: [] },
    { complete: false, promotable: false, missing: ["plan", "effort", "documentation"] },
  ]);
  expect(verdicts({ backlog: good() })).toEqual([{ complete: true, promotable: false, missing: [] }]);
  expect(verdicts({ todo: good() })).toEqual([{ complete: true, promotable: false, missing: [] }]);
});
