// Pins setting a value and ticking a criterion (FORMAT.md §5, rule 11): that value alone changes, what is missing is added
// at its place in the task's own style, and whatever would change more is refused.
import fc from "fast-check";
import { DEFAULT_NAMES, type BacklogFolder } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import type { Planned } from "../../src/core/plan";
import type { FieldValue } from "../../src/core/task-values";
import { planSet, planTick } from "../../src/core/values";

const lines = (...all: readonly string[]) => all.join("\n");
const ID = "TASK-20260204-001";
const HEADER = `### # [id:${ID}][type:infra][priority:high][component:c] T`;
const task = (header: string, ...body: readonly string[]) => lines("## task_begin", header, ...body, "## task_end");

function folderOf(texts: Partial<Record<"backlog" | "todo" | "archive", string>>): BacklogFolder {
  const read = (text: string | undefined) => (text === undefined ? null : parseNote(text));
  const { backlog, todo, archive } = texts;
  return { names: DEFAULT_NAMES, backlog: read(backlog), todo: read(todo), archive: read(archive), index: null };
}

/** `field=value` as a shell gives it. */
function read(...pairs: readonly string[]): readonly FieldValue[] {
  return pairs.map((pair) => ({ field: pair.slice(0, pair.indexOf("=")), value: pair.slice(pair.indexOf("=") + 1) }));
}

function set(backlog: string, ...pairs: readonly string[]): string | null | undefined {
  const { plan, refusal } = planSet(folderOf({ backlog }), ID, read(...pairs));
  expect(refusal).toBeNull();
  expect(plan?.changes).toHaveLength(1);
  expect(plan?.changes[0]).toMatchObject({ path: "BACKLOG.md", before: backlog });
  return plan?.changes[0]?.after;
}

const refused = ({ plan, refusal }: Planned) => {
  expect(plan).toBeNull();
  return `${refusal?.code ?? ""}: ${refusal?.message ?? ""}`;
};

describe("setting a value that is there", () => {
  test.each<readonly [string, string, string, string]>([
    ["status=done", HEADER, "**Status:** todo  ", "**Status:** done  "],
    ["Status= IN-PROGRESS ", HEADER, "   **status:**todo", "   **status:**in-progress"],
    ["status=blocked", HEADER, "### Status\n\n todo \n", "### Status\n\n blocked \n"],
    ["status=done", HEADER, "**Status:**  \n\n### Other\ntext", "**Status:** done  \n\n### Other\ntext"],
    ["status=done", HEADER, "### Status\n## Other", "### Status\ndone\n## Other"],
    ["status=done", HEADER, "**Status:** #1", "**Status:** done"],
    ["effort=3 days", HEADER, "**Estimated Effort:** 2 days (one)", "**Estimated Effort:** 3 days"],
    ["effort=3 days", HEADER, "### Estimated Effort\n- 2 days  \n- more", "### Estimated Effort\n- 3 days  \n- more"],
    ["assignee=@me", HEADER, "**Assignee:** @agent", "**Assignee:** @me"],
    ["status=todo", HEADER, "**Status:** done\n**Status:** blocked", "**Status:** todo\n**Status:** blocked"],
  ])("%s: %p %p", (pair, header, before, after) => {
    expect(set(task(header, before), pair)).toBe(task(header, after));
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(set(crlf(task(header, before)), pair)).toBe(crlf(task(header, after)));
  });

  test.each([
    ["priority=LOW", HEADER, HEADER.replace("priority:high", "priority:low")],
    ["type=Docs", HEADER, HEADER.replace("type:infra", "type:Docs")],
    [
      "component=api/v2",
      HEADER.replace("component:c", "Component: c "),
      HEADER.replace("component:c", "Component: api/v2 "),
    ],
    ["component=x", HEADER.replace("component:c", "component:"), HEADER.replace("component:c", "component:x")],
  ])("%s: %p", (pair, before, after) => {
    expect(set(task(before, "text"), pair)).toBe(task(after, "text"));
  });

  test("several at once are one change; of a field named twice the later value counts", () => {
    const before = task(HEADER, "**Status:** todo");
    expect(set(before, "status=done", "priority=low", "STATUS=blocked", "assignee=@me")).toBe(
      task(HEADER.replace("high", "low"), "**Status:** blocked", "**Assignee:** @me"),
    );
  });

  test.each(["status=todo", "priority=high", "effort=1 day", "assignee="])(
    "nothing changes where %s holds already",
    (pair) => {
      const backlog = task(HEADER, "**Status:** todo", "**Estimated Effort:** 1 day", "**Assignee:** @me");
      const pairs = read(pair === "assignee=" ? "assignee=@me" : pair);
      expect(planSet(folderOf({ backlog }), ID.toLowerCase(), pairs).plan).toEqual({
        kind: "edit",
        changes: [],
        blocks: [],
        warnings: [],
      });
    },
  );
});

describe("adding one that is missing", () => {
  test.each([
    ["type=infra", `### # [id:${ID}][priority:high] T`, `### # [id:${ID}][type:infra][priority:high] T`],
    ["component=c", `### # [p_level:P1][id:${ID}] T`, `### # [p_level:P1][component:c][id:${ID}] T`],
    ["priority=low", `### # [owner:me][id:${ID}][x:y]`, `### # [owner:me][id:${ID}][priority:low][x:y]`],
  ])("%s: %p", (pair, before, after) => {
    expect(set(task(before), pair)).toBe(task(after));
  });

  test.each<readonly [string, readonly string[], readonly string[]]>([
    ["status=done", [], ["**Status:** done  "]],
    ["status=done", ["", "**Created:** x", "text"], ["**Status:** done", "", "**Created:** x", "text"]],
    ["assignee=@me", [], ["**Assignee:** @me  "]],
    ["assignee=@me", ["**Status:** todo  ", "text"], ["**Status:** todo  ", "**Assignee:** @me  ", "text"]],
    [
      "assignee=@me",
      ["**Status:** todo", "**Created:**", "**Completed:** x", "### Plan"],
      ["**Status:** todo", "**Created:**", "**Completed:** x", "**Assignee:** @me", "### Plan"],
    ],
    [
      "assignee=@me",
      ["### Status", "todo", "", "### Notes"],
      ["### Status", "todo", "", "### Assignee", "@me", "", "### Notes"],
    ],
    [
      "effort=1 day",
      ["**Status:** todo", "### Plan", "1. a", "", "text", "", "### Notes", "n"],
      ["**Status:** todo", "### Plan", "1. a", "", "text", "", "### Estimated Effort", "1 day", "", "### Notes", "n"],
    ],
    [
      "effort=1 day",
      ["**Plan:**", "<p>", "", "**Notes:**"],
      ["**Plan:**", "<p>", "", "**Estimated Effort:** 1 day", "", "**Notes:**"],
    ],
    ["effort=1 day", ["**Notes:**", "<p>", ""], ["**Notes:**", "<p>", "", "**Estimated Effort:** 1 day"]],
    ["effort=1 day", ["text"], ["text", "**Estimated Effort:** 1 day  "]],
    ["effort=1 day", ["**Status:** todo"], ["**Status:** todo", "**Estimated Effort:** 1 day"]],
    ["effort=1 day", ["### Notes", "n"], ["### Notes", "n", "", "### Estimated Effort", "1 day"]],
  ])("%s: %p", (pair, before, after) => {
    expect(set(task(HEADER, ...before), pair)).toBe(task(HEADER, ...after));
    const crlf = (text: string) => text.replaceAll("\n", "\r\n");
    expect(set(crlf(task(HEADER, ...before)), pair)).toBe(crlf(task(HEADER, ...after)));
  });

  test("a task of the todo note is found there", () => {
    const folder = folderOf({ backlog: "", todo: task(HEADER), archive: task(HEADER) });
    expect(planSet(folder, ID, read("type=x")).plan?.changes[0]?.path).toBe("TODO.md");
  });
});

describe("refusals", () => {
  const backlog = task(HEADER, "**Status:** todo", "- [ ] x");
  test.each([
    ["status=finished", /^invalid-value: The status “finished” must be one of todo, in-progress, blocked, done\.$/],
    ["priority=p1", /^invalid-value: .* must be one of critical, high, medium, low\.$/],
    ["type=two words", /^invalid-value: The type “two words” must be one word without brackets\.$/],
    ["type=", /^invalid-value: /],
    ["component=a]", /^invalid-value: /],
    ["effort= ", /^invalid-value: The effort must be one line of text, and not empty\.$/],
    ["assignee=a\nb", /^invalid-value: The assignee must be one line/],
    ["colour=red", /^invalid-value: “colour” .* Set one of status, priority, type, component, effort, assignee\.$/],
  ])("%p", (pair, message) => {
    expect(refused(planSet(folderOf({ backlog }), ID, read(pair)))).toMatch(message);
  });

  test.each([
    ["effort=## task_end", ["### Estimated Effort", "1 day"]],
    ["effort=### Plan", ["### Estimated Effort", "1 day"]],
    ["effort=<!--", ["### Estimated Effort", "1 day"]],
    ["effort=```", ["### Plan", "1. a"]],
    ["assignee=### Notes", ["### Status", "todo"]],
  ])("%p would be read as something else", (pair, body) => {
    const message = refused(planSet(folderOf({ backlog: task(HEADER, ...body) }), ID, read(pair)));
    expect(message).toMatch(/^invalid-value: .* would be read as something else .* BACKLOG\.md at line 1\.$/);
  });

  test.each([
    ["status=done", ["**Status:**", "<!-- todo -->"]],
    ["effort=1 day", ["### Estimated Effort", "```", "2 days", "```"]],
    ["assignee=@me", ["**Status:**", "<!-- todo", "-->"]],
  ])("%p where the value is masked", (pair, body) => {
    const folder = folderOf({ backlog: task(HEADER, ...body) });
    expect(refused(planSet(folder, ID, read(pair)))).toMatch(/^damaged-note: .* in a comment or a code fence/);
  });

  test("a task that is not there, nearly there, or archived", () => {
    const folder = folderOf({ backlog: lines(backlog, task("no header")), archive: task("### # [id:OLD]"), todo: "" });
    expect(refused(planSet(folder, "X", []))).toBe(
      "unknown-task: Neither BACKLOG.md nor TODO.md holds a task X. Run list to see the tasks.",
    );
    expect(refused(planTick(folder, "TASK-20260204-01", 1, true))).toMatch(
      /^unknown-task: .* Did you mean TASK-20260204-001\?$/,
    );
    expect(refused(planTick(folder, "old", 1, true))).toMatch(
      /^unknown-task: .* archived tasks are never rewritten\.$/,
    );
    expect(refused(planSet(folderOf({}), ID, []))).toMatch(/^no-backlog: /);
  });

  test("a task that is there twice, or unclosed", () => {
    const twice = folderOf({ backlog, todo: lines("", backlog) });
    expect(refused(planSet(twice, ID, []))).toMatch(/^ambiguous-task: .* BACKLOG\.md:1, TODO\.md:2/);
    const open = folderOf({ backlog: lines("## task_begin", HEADER, "- [ ] x") });
    expect(refused(planTick(open, ID, 1, true))).toMatch(/^damaged-note: .*BACKLOG\.md:1/);
  });
});

describe("ticking", () => {
  const backlog = task(
    HEADER,
    "**Acceptance Criteria:**",
    "- [ ] one",
    "  - [X] two",
    "**Definition of Done:**",
    "- [ ] three",
    "**Notes:**",
    "- [ ] none",
  );
  const folder = folderOf({ backlog });

  test.each([
    [1, true, backlog.replace("[ ] one", "[x] one")],
    [2, false, backlog.replace("[X] two", "[ ] two")],
    [3, true, backlog.replace("[ ] three", "[x] three")],
  ])("criterion %d: %p", (n, ticked, after) => {
    expect(planTick(folder, ID, n, ticked).plan?.changes.map((change) => change.after)).toEqual([after]);
  });

  test("nothing changes where it is so already", () => {
    expect(planTick(folder, ID, 2, true).plan?.changes).toEqual([]);
  });

  test.each([0, 4, -1, 1.5])("there is no criterion %p", (n) => {
    expect(refused(planTick(folder, ID, n, true))).toBe(
      `invalid-value: ${ID} has 3 criteria, and ${n} was asked for. Give a number from 1 to 3.`,
    );
  });

  test("a task with one criterion, and one with none", () => {
    const one = folderOf({ backlog: task(HEADER, "**Definition of Done:**", "- [ ] a") });
    expect(refused(planTick(one, ID, 2, true))).toMatch(
      /has one criterion, and 2 was asked for\. Give a number from 1 to 1/,
    );
    expect(refused(planTick(folderOf({ backlog: task(HEADER) }), ID, 1, true))).toMatch(
      /has no criteria, and 1 was asked for\.$/,
    );
  });
});

test("whatever is set reads back, and every other character stays", () => {
  const status = fc.constantFrom("todo", "in-progress", "blocked", "done");
  const body = fc.array(
    fc.constantFrom("", "text", "- a", "1. b", "**Plan:**", "### Plan", "**Created:** x", "---", "> q"),
  );
  fc.assert(
    fc.property(
      body,
      status,
      fc.stringMatching(/^[a-z@][a-z@ ]{0,6}[a-z]$/),
      fc.boolean(),
      (between, value, effort, crlf) => {
        const text = task(HEADER, "**Status:** x", ...between).replaceAll("\n", crlf ? "\r\n" : "\n");
        const { plan } = planSet(folderOf({ backlog: text }), ID, read(`status=${value}`, `effort=${effort}`));
        const after = plan?.changes[0]?.after ?? "";
        const [now] = parseNote(after).tasks;
        expect(now?.status).toBe(value);
        expect(now?.fields.filter(({ label }) => label === "estimated effort")).toHaveLength(1);
        const without = after.split(/\r?\n/).filter((line) => !/Estimated Effort/.test(line) && line !== effort);
        const kept = text.replace("**Status:** x", `**Status:** ${value}`).split(/\r?\n/);
        expect(without.filter((line) => line !== "")).toEqual(kept.filter((line) => line !== ""));
      },
    ),
    { seed: 20261123, numRuns: 300 },
  );
});
