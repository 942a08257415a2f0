// Pins what each fix of FORMAT.md §6 does to the text, byte for byte, and what no fix may do: touch an archive, masked
// text, or anything but what its finding is about. Fixes rewrite people's notes, so the cases are whole lines.
import { checkFolder, type CheckedFolder } from "../../src/core/check";
import type { FindingCode } from "../../src/core/finding";
import { FIXABLE_CODES, fixFindings, FORMATTING_CODES, type PlannedFixes } from "../../src/core/fixes";
import { DEFAULT_NAMES } from "../../src/core/folder";
import type { NoteKind } from "../../src/core/note";

const PATHS: Readonly<Record<NoteKind, string>> = { ...DEFAULT_NAMES, other: "NOTES.md" };
const TODAY = "2026-11-23";
type Texts = Partial<Record<NoteKind, string | null>>;

function check(texts: Texts, required?: readonly string[]): CheckedFolder {
  const notes = Object.entries(texts).map(([kind, text]) => {
    return { path: PATHS[kind as NoteKind], kind: kind as NoteKind, text };
  });
  return checkFolder(notes, DEFAULT_NAMES, required ? { required } : {}, {});
}

function fix(texts: Texts, codes: readonly FindingCode[] | null, required?: readonly string[]): PlannedFixes {
  const chosen = codes && new Set(codes);
  return fixFindings(check(texts, required), chosen, { names: DEFAULT_NAMES, today: TODAY });
}

/** The texts afterwards; checks that the plan's edits give them, and that nothing is left that it could have fixed. */
function fixed(texts: Texts, codes: readonly FindingCode[] | null, required?: readonly string[]): Texts {
  const { plan, left } = fix(texts, codes, required);
  const after = Object.entries(texts).map(([kind, text]) => {
    const change = plan.changes.find(({ path }) => path === PATHS[kind as NoteKind]);
    if (change) expect(change.before).toBe(text);
    return [kind, change?.after ?? text] as const;
  });
  expect(left).toEqual([]);
  return Object.fromEntries(after);
}

const lines = (...all: readonly string[]) => all.join("\n");
const HEADER = "### # [id:TASK-20260204-001][type:infra][priority:high][component:c] T";
const FULL = [
  "**Plan:**",
  "1. a",
  "2. b",
  "3. c",
  "**Estimated Effort:** 2 days",
  "**Relevant Documentation:** `docs/a.md`",
];
const task = (header: string, ...body: readonly string[]) => lines("## task_begin", header, ...body, "## task_end");
const good = (status = "todo", header = HEADER) => task(header, `**Status:** ${status}`, ...FULL);

describe("formatting", () => {
  test.each<readonly [FindingCode, string, string]>([
    ["glued-marker", `## task_begin${HEADER}\n## task_end`, `## task_begin\n${HEADER}\n## task_end`],
    ["glued-marker", `## task_begin ${HEADER}\r\n## task_end\r\n`, `## task_begin \r\n${HEADER}\r\n## task_end\r\n`],
    ["indented-marker", ` ## task_begin\n${HEADER}\n   ## task_end`, `## task_begin\n${HEADER}\n## task_end`],
    ["indented-label", task(HEADER, "  **Plan:**  ", "1. a"), task(HEADER, "**Plan:**  ", "1. a")],
    [
      "tag-order",
      "## task_begin\n### # [component:c] [type:x][id:TASK-20260204-001][priority:low] T\n## task_end",
      "## task_begin\n### # [id:TASK-20260204-001] [type:x][priority:low][component:c] T\n## task_end",
    ],
    [
      "tag-order",
      task("### # [type:x][owner:me][p_level:P1][id:I][priority:low][component:c] T"),
      task("### # [id:I][type:x][owner:me][priority:low][p_level:P1][component:c] T"),
    ],
    [
      "tag-order",
      task("### # [owner:me][type:x][id:I][priority:low] T"),
      task("### # [id:I][type:x][priority:low][owner:me] T"),
    ],
  ])("%s: %p", (code, before, after) => {
    expect(fixed({ todo: before }, [code]).todo).toBe(after);
    expect(fixed({ todo: before }, null).todo).toBe(after);
    expect(fixed({ todo: `\ufeff${before}` }, null).todo).toBe(`\ufeff${after}`);
  });

  test("without a code nothing else is fixed", () => {
    const text = "## task_begin\n### # [type:x] T â€”\n**Status:** doen\n";
    expect(fix({ todo: text }, null).plan.changes).toEqual([]);
    expect([...FORMATTING_CODES].every((code) => FIXABLE_CODES.has(code))).toBe(true);
  });
});

describe("markers", () => {
  test.each<readonly [string, readonly FindingCode[], string, string]>([
    [
      "a task that the next begins in ends in front of the separator",
      ["unclosed-task"],
      lines("## task_begin", HEADER, "text  ", "", "---", "", good()),
      lines("## task_begin", HEADER, "text  ", "## task_end", "", "---", "", good()),
    ],
    [
      "a task at the end of a note without a final line break",
      ["unclosed-task"],
      lines("## task_begin", HEADER),
      lines("## task_begin", HEADER, "## task_end"),
    ],
    [
      "a task that ends in an HTML block, which only a blank line ends",
      ["unclosed-task"],
      lines("## task_begin", HEADER, "<div>", "</div>", "", good()),
      lines("## task_begin", HEADER, "<div>", "</div>", "", "## task_end", "", good()),
    ],
    [
      "a task that ends in an HTML block with a rule in it",
      ["unclosed-task"],
      lines("## task_begin", HEADER, "<div>", "---", "", "---"),
      lines("## task_begin", HEADER, "<div>", "---", "", "## task_end", "", "---"),
    ],
    [
      "a group that the next begins in, and one at the end",
      ["unclosed-group"],
      lines(
        "## group_begin [type:a][priority:low]",
        good(),
        "",
        "---",
        "",
        "## group_begin [type:b][priority:low]",
        "",
      ),
      lines(
        "## group_begin [type:a][priority:low]",
        good(),
        "",
        "## group_end",
        "",
        "---",
        "",
        "## group_begin [type:b][priority:low]",
        "",
        "## group_end",
        "",
      ),
    ],
    [
      "an unclosed task in an unclosed group",
      ["unclosed-task", "unclosed-group"],
      lines("## group_begin [type:a][priority:low]", "## task_begin", HEADER, ""),
      lines("## group_begin [type:a][priority:low]", "## task_begin", HEADER, "## task_end", "", "## group_end", ""),
    ],
  ])("%s", (_, codes, before, after) => {
    expect(fixed({ backlog: before }, codes).backlog).toBe(after);
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(fixed({ backlog: crlf(before) }, codes).backlog).toBe(crlf(after));
  });

  test("a task or group whose end a comment hides stays as it is", () => {
    const backlog = lines("## group_begin [type:a][priority:low]", "## task_begin", HEADER, "<!-- open", "");
    expect(fix({ backlog }, ["unclosed-task", "unclosed-group"])).toMatchObject({ fixed: 0, plan: { changes: [] } });
  });
});

describe("header and status", () => {
  test.each<readonly [FindingCode, string, string]>([
    ["no-id", "### # [type:x][priority:low] T", "### # [id:TASK-20261123-001][type:x][priority:low] T"],
    ["no-id", "### # [id:][type:x] T", "### # [id:TASK-20261123-001][type:x] T"],
    ["no-id", "### # T", "### # [id:TASK-20261123-001] T"],
    ["no-id", "### #", "### # [id:TASK-20261123-001]"],
    ["bad-priority", "### # [id:I][priority:P1] T", "### # [id:I][priority:high] T"],
    ["bad-priority", "### # [id:I][Priority: Urgent ] T", "### # [id:I][Priority: critical ] T"],
    ["tag-typo", "### # [id:I][prioirty:low][owner:me] T", "### # [id:I][priority:low][owner:me] T"],
    ["tag-typo", "### # [id:I][prioirty:low][priorty:high] T", "### # [id:I][priority:low][priorty:high] T"],
  ])("%s: %p", (code, before, after) => {
    expect(fixed({ other: task(before, "**Status:** todo") }, [code]).other).toBe(task(after, "**Status:** todo"));
  });

  test("new ids go on behind the highest of the day in any note and in the index", () => {
    const entry = lines("## index_entry_begin", "[id:TASK-20261123-011]", "## index_entry_end");
    const archive = task("### # [id:task-20261123-004] T");
    const todo = lines(task("### # A"), task("### # B"));
    expect(fixed({ todo, archive, index: entry, other: null }, ["no-id"]).todo).toBe(
      lines(task("### # [id:TASK-20261123-012] A"), task("### # [id:TASK-20261123-013] B")),
    );
    expect(fixed({ todo, archive }, ["no-id"]).todo).toContain("TASK-20261123-005] A");
  });

  test.each<readonly [FindingCode, readonly string[], readonly string[]]>([
    ["bad-status", ["**Status:** In Progress  "], ["**Status:** in-progress  "]],
    ["bad-status", ["### Status", "", "✅ Done", ""], ["### Status", "", "done", ""]],
    ["no-status", ["**Status:**  ", "**Plan:**"], ["**Status:** todo  ", "**Plan:**"]],
    ["no-status", ["**Created:** 2026-02-04", "text"], ["**Status:** todo", "**Created:** 2026-02-04", "text"]],
    ["no-status", ["text"], ["**Status:** todo  ", "text"]],
    ["no-status", ["#### Plan", "1. a"], ["", "#### Status", "todo", "#### Plan", "1. a"]],
    ["no-status", ["### Status", "### Plan"], ["### Status", "todo", "### Plan"]],
  ])("%s: %p", (code, before, after) => {
    expect(fixed({ other: task(HEADER, ...before) }, [code]).other).toBe(task(HEADER, ...after));
  });

  test("a bad status is put right in a block without a header too", () => {
    expect(fixed({ other: task("text", "**Status:** doen") }, ["bad-status"]).other).toBe(
      task("text", "**Status:** done"),
    );
  });

  test.each<readonly [FindingCode, string]>([
    ["bad-status", task(HEADER, "**Status:** waiting")],
    ["bad-priority", task("### # [id:I][priority:P7] T")],
    ["no-status", lines("## task_begin", "no header", "## task_end")],
  ])("%s stays where what is meant is not clear: %p", (code, other) => {
    expect(fix({ other }, [code])).toMatchObject({ fixed: 0, left: [], plan: { changes: [] } });
  });
});

describe("missing fields", () => {
  const codes: readonly FindingCode[] = ["no-plan", "no-effort", "no-documentation", "no-required"];

  test("empty labels at the end of the block, in its style; they still count as missing", () => {
    const before = task(HEADER, "**Status:** todo  ", "**Description:** d");
    const after = fixed({ todo: before }, codes).todo;
    expect(after).toBe(
      task(
        HEADER,
        "**Status:** todo  ",
        "**Description:** d",
        "**Plan:**  ",
        "**Estimated Effort:**  ",
        "**Relevant Documentation:**  ",
      ),
    );
    const found = check({ todo: after ?? "" }).notes.flatMap(({ findings }) => findings);
    expect(found.map(({ code, fixable }) => [code, fixable])).toEqual([
      ["no-plan", false],
      ["no-effort", false],
      ["no-documentation", false],
    ]);
  });

  test("headings where the task has headings, blank lines before them", () => {
    const before = task(HEADER, "**Status:** todo", "", "### Description", "d");
    const after = task(
      HEADER,
      "**Status:** todo",
      "",
      "### Description",
      "d",
      "",
      "### Plan",
      "",
      "### Estimated Effort",
    );
    expect(fixed({ todo: before }, ["no-plan", "no-effort"]).todo).toBe(after);
    const apart = before.replace("\n## task_end", "\n\n## task_end");
    expect(fixed({ todo: apart }, ["no-plan"]).todo).toBe(apart.replace("## task_end", "### Plan\n## task_end"));
  });

  test("only those that are asked for and not there yet", () => {
    const required = ["plan", "estimated effort", "definition of done", "risk", "notes"];
    const before = task(HEADER, "**Status:** todo", "**Risk:**", "**Notes:** n", "**Plan:**");
    expect(fixed({ todo: before }, ["no-required"], required).todo).toBe(
      before.replace("## task_end", "**Definition of Done:**\n## task_end"),
    );
    expect(fixed({ todo: before }, ["no-plan", "no-documentation"], required).todo).toBe(before);
  });
});

describe("the note", () => {
  test.each<readonly [string, string, string]>([
    ["in a title", "# A â€” B", "# A — B"],
    ["in a comment", "<!-- A â€” B -->\n", "<!-- A — B -->\n"],
    ["what only mending gives", "# \u00c3Â©", "# é"],
    ["not in a fence", "```\nâ€”\n```", "```\nâ€”\n```"],
  ])("double-encoded characters %s", (_, before, after) => {
    expect(fixed({ other: before }, ["double-encoded"]).other).toBe(after);
  });

  test.each([
    ["docs", "infra"],
    ["(none)", "[type:infra]"],
    ["[type:docs]", "[type:infra]"],
    ["[type:docs][priority:low]", "[type:infra][priority:high]"],
  ])("a batch header that says %s", (before, after) => {
    const head = (type: string) => `## Current Batch Focus\n**Batch Type:** ${type}  \n\n---\n\n`;
    const todo = head(before) + good();
    expect(fixed({ todo }, ["stale-batch-header"]).todo).toBe(head(after) + good());
    const done = head(before) + good("done");
    expect(fixed({ todo: done }, ["stale-batch-header"]).todo).toBe(head(after) + good("done"));
    const unknown = head(before) + task("### # [id:I][type:infra] T");
    const shown = after.replace("[priority:high]", "");
    expect(fixed({ todo: unknown }, ["stale-batch-header"]).todo).toBe(
      head(shown) + task("### # [id:I][type:infra] T"),
    );
  });

  test("the batch header of a todo note without tasks says (none)", () => {
    const head = "## Current Batch Focus\n**Batch Type:** docs\n";
    expect(fixed({ todo: head }, ["stale-batch-header"]).todo).toBe(head.replace("docs", "(none)"));
  });

  const moved = (id: string) => `<!-- Tasks ${id} moved to TODO.md on 2026-02-04 -->`;
  test.each<readonly [string, string, string]>([
    ["between blank lines", lines("## A", "", moved("X"), "", "## B", ""), lines("## A", "", "## B", "")],
    ["without one above", lines("## A", moved("X"), "", "## B"), lines("## A", "", "## B")],
    ["without one below", lines("## A", "", moved("X"), "## B"), lines("## A", "", "## B")],
    ["two of them", lines("## A", "", moved("X"), "", moved("Y"), "", "## B"), lines("## A", "", "## B")],
    ["beside one that holds", lines("", moved("X"), moved("I"), ""), lines("", moved("I"), "")],
    ["at the beginning and at the end", moved("X"), ""],
  ])("a stale moved note %s", (_, before, after) => {
    const todo = task("### # [id:I] T");
    expect(fixed({ backlog: before, todo }, ["stale-moved-note"]).backlog).toBe(after);
  });

  test("the last line of a longer comment is no moved note", () => {
    const backlog = lines("<!-- these are", moved("X"), "", good());
    const { plan, left, fixed: count } = fix({ backlog, todo: "" }, ["stale-moved-note"]);
    expect(plan.changes).toEqual([]);
    expect(left).toEqual([]);
    expect(count).toBe(0);
  });
});

describe("the index", () => {
  const entry = (id: string, ...values: readonly string[]) =>
    lines("## index_entry_begin", `[id:${id}]`, ...values, "## index_entry_end");

  test("values that differ become the task's own", () => {
    const index = entry("TASK-20260204-001", "status: done", "type: infra", "location: tasks/TODO.md", "component:");
    const backlog = lines(good("blocked"), task("### # [id:OTHER] T"));
    expect(fixed({ backlog, index }, ["index-differs"]).index).toBe(
      entry("TASK-20260204-001", "status: blocked", "type: infra", "location: tasks/BACKLOG.md", "component: c"),
    );
  });

  test("a status put right in a note is put right in the index", () => {
    const other = HEADER.replace("001", "002");
    const backlog = lines(good("doen"), good("todo", other));
    const index = lines(entry("TASK-20260204-001", "status: doen"), entry("TASK-20260204-002", "status: done"));
    expect(fixed({ backlog, index }, ["bad-status", "index-differs"])).toEqual({
      backlog: lines(good("done"), good("todo", other)),
      index: lines(entry("TASK-20260204-001", "status: done"), entry("TASK-20260204-002", "status: todo")),
    });
  });

  test("a missing entry is added, also for an archived task, and the archive stays as it is", () => {
    const archive = lines(good("done", HEADER.replace("001", "002").replace("[type", "  [type")), " ## task_begin");
    const index = entry("TASK-20260204-001", "status: todo");
    const texts = { backlog: good(), archive, index: `${index}\n` };
    const after = fixed(texts, ["index-missing", "indented-marker", "unclosed-task"]);
    expect(after.archive).toBe(archive);
    expect(after.index).toBe(
      `${index}\n\n${entry("TASK-20260204-002", "status: done", "location: ARCHIVE.md", "completed: 2026-11-23")}\n`,
    );
  });

  test("of two tasks with one id the first is entered; what no note holds, or none can say, is left alone", () => {
    const index = lines(
      entry("GONE", "status: todo"),
      lines("## index_entry_begin", "status: todo", "## index_entry_end"),
    );
    const codes: readonly FindingCode[] = ["index-missing", "index-differs"];
    const after = fixed({ backlog: lines(good(), good()), todo: task("### # [id:T2] T"), index }, codes);
    expect(after.index?.match(/\[id:.*\]/g)).toEqual(["[id:GONE]", "[id:TASK-20260204-001]", "[id:T2]"]);
    expect(fix({ backlog: good(), index: "" }, ["index-differs"]).plan.changes).toEqual([]);
    expect(fix({ backlog: good(), index: lines(index, "<!--") }, codes).plan.changes).toEqual([]);
    expect(fix({ backlog: good(), index: "## index_entry_begin" }, codes)).toMatchObject({ fixed: 0, left: [] });
  });

  test("the index is written last", () => {
    const texts = { index: "", other: "## task_begin### # [id:X] T\n## task_end", backlog: ` ${good()}` };
    const { plan, fixed: count } = fix(texts, ["indented-marker", "index-missing", "glued-marker"]);
    expect(plan.changes.map(({ path }) => path)).toEqual(["NOTES.md", "BACKLOG.md", "TASK_INDEX.md"]);
    expect(count).toBe(3);
  });
});

describe("what no fix does", () => {
  test("change an archive, or a note that is not UTF-8", () => {
    const archive = lines("## group_begin", " ## task_begin", "### # [typ:x] â€”", "**Status:** doen");
    expect(fix({ archive, other: null }, [...FIXABLE_CODES])).toMatchObject({
      fixed: 0,
      left: [],
      plan: { changes: [] },
    });
  });

  test("take text with it: a fix that would change more than what it is for is left out, the others are not", () => {
    const comment = (id: string) => `<!-- Tasks ${id} moved to TODO.md on 2026-02-04 -->`;
    const backlog = lines("<!-- these are", comment("A"), "", ` ${good()}`, "", comment("B"), "", "# C â€”", "");
    const codes: readonly FindingCode[] = ["stale-moved-note", "indented-marker", "double-encoded"];
    const { plan, left, fixed: count } = fix({ backlog, todo: "" }, codes);
    expect(plan.changes.map(({ after }) => after)).toEqual([
      lines("<!-- these are", comment("A"), "", good(), "", "# C —", ""),
    ]);
    expect(left).toEqual([]);
    expect(count).toBe(3);
  });

  test("all at once: what the first round brings to light is fixed by the next", () => {
    const other = lines(" ## task_begin### # [type:x][prioirty:p0] A â€”", "**Status:** wip");
    const { plan, fixed: count } = fix({ other }, [...FIXABLE_CODES]);
    expect(plan.changes[0]?.after).toBe(
      lines(
        "## task_begin",
        "### # [id:TASK-20261123-001][type:x][priority:critical] A —",
        "**Status:** in-progress",
        "**Plan:**",
        "**Estimated Effort:**",
        "**Relevant Documentation:**",
        "## task_end",
      ),
    );
    expect(count).toBe(11);
  });
});
