// Pins which rule is in force and why (FORMAT.md §5): each rule has its own source, the first that names it, and a task is
// complete under exactly those rules.
import { parseNote } from "../../src/core/note";
import { readProperties } from "../../src/core/properties";
import { badProperties, missingFields, readRules, type RuleSettings } from "../../src/core/rules";

const COMMENT = `<!--
Global Rules:
     b) Take up to 7 tasks in listed order.
5) Do NOT reorder tasks inside a group.
6) REQUIRED FIELDS (per TASKS.md):
   - **Plan:** Minimum 4 numbered implementation steps
   - **Estimated Effort:** Time estimate
     and how it was found
   - **Owner**: a person
   - If a task is missing these, it is incomplete
7) NOTES:
   - **Not this:** one
-->`;

const rules = (backlog: string | null, flags: RuleSettings = {}, settings: RuleSettings = {}) =>
  readRules(backlog === null ? null : parseNote(backlog), flags, settings);

describe("sources", () => {
  test("without any the defaults hold", () => {
    expect(rules(null)).toEqual({
      limit: { value: 5, source: "default" },
      minimumSteps: { value: 3, source: "default" },
      required: { value: ["plan", "estimated effort", "relevant documentation"], source: "default" },
      order: { value: "file", source: "default" },
      movedNote: { value: true, source: "default" },
    });
  });

  test("the rules comment states limit, steps and required fields", () => {
    expect(rules(`# B\n\n${COMMENT}\n`)).toMatchObject({
      limit: { value: 7, source: "rules comment" },
      minimumSteps: { value: 4, source: "rules comment" },
      required: { value: ["plan", "estimated effort", "owner"], source: "rules comment" },
      order: { source: "default" },
    });
  });

  test("a comment that states nothing leaves all to the next source", () => {
    expect(rules("<!-- Take up to 0 tasks. Hello -->\n", {}, { limit: 2 })).toMatchObject({
      limit: { value: 2, source: "settings" },
      required: { source: "default" },
    });
  });

  test("each rule has the first source that names it", () => {
    const note = `---\nbatch-limit: 3\nbatch-order: priority\n---\n${COMMENT}\n`;
    expect(rules(note, { limit: 1 }, { movedNote: false, order: "file", minimumSteps: 9 })).toMatchObject({
      limit: { value: 1, source: "flag" },
      minimumSteps: { value: 4, source: "rules comment" },
      order: { value: "priority", source: "properties" },
      movedNote: { value: false, source: "settings" },
    });
  });

  describe("where notes are not followed", () => {
    const note = `---\nbatch-limit: 3\n---\n${COMMENT}\n`;

    test("neither properties nor rules comment count", () => {
      expect(rules(note, {}, { followNotes: false, limit: 8 })).toEqual({
        ...rules(null),
        limit: { value: 8, source: "settings" },
      });
    });

    test("a flag still comes first, also one that has them followed", () => {
      expect(rules(note, { limit: 1 }, { followNotes: false }).limit).toEqual({ value: 1, source: "flag" });
      expect(rules(note, { followNotes: true }, { followNotes: false }).limit.source).toBe("properties");
      expect(rules(note, { followNotes: false }, {}).limit.source).toBe("default");
    });

    test("settings that have them followed change nothing", () => {
      expect(rules(note, {}, { followNotes: true })).toEqual(rules(note));
    });
  });

  test("the list of required fields ends with the comment, too", () => {
    expect(rules("<!--\nREQUIRED FIELDS:\n\n* **Plan:**\n-->\n").required.value).toEqual(["plan"]);
    expect(rules("<!--\nREQUIRED FIELDS:\n* **Plan:**\n# More\n* **Notes:**\n-->\n").required.value).toEqual(["plan"]);
  });
});

describe("properties", () => {
  test.each([
    ["batch-limit: 3", { limit: 3 }],
    ["batch-limit: '3' # for now", { limit: 3 }],
    ["Batch-Limit: 3", { limit: 3 }],
    ["minimum-steps: 0", { minimumSteps: 0 }],
    ["batch-order: Priority", { order: "priority" }],
    ["batch-order: file", { order: "file" }],
    ["moved-note: false", { movedNote: false }],
    ["moved-note: true", { movedNote: true }],
    ['required-fields: [Plan, "Effort", docs]', { required: ["plan", "estimated effort", "relevant documentation"] }],
    ["required-fields:\n  - Plan\n  - Assignee", { required: ["plan", "assignee"] }],
    ["required-fields: Plan, Assignee", { required: ["plan", "assignee"] }],
    ["required-fields: []", { required: [] }],
    ["required-fields: [plan, Plan, plan]", { required: ["plan"] }],
  ])("%j", (yaml, expected) => {
    const found = rules(`---\n${yaml}\n---\n`);
    for (const [name, value] of Object.entries(expected)) {
      expect(found[name as keyof typeof found]).toEqual({ value, source: "properties" });
    }
  });

  test.each([
    "batch-limit: many",
    "batch-limit: 0",
    "batch-limit: [3]",
    "minimum-steps: -1",
    "batch-order: up",
    "required-fields:",
    "moved-note: yes please",
  ])("%j is told of and passed over", (yaml) => {
    const note = parseNote(`---\n${yaml}\n---\n`);
    expect(badProperties(note).map(({ property }) => note.text.slice(property.from, property.to))).toEqual([yaml]);
    expect(readRules(note, {}, {})).toEqual(readRules(null, {}, {}));
  });

  test("are lines of the frontmatter; what else YAML allows is passed over", () => {
    const note = parseNote("---\na: 1\n- x\nb:\n- 1\n- 2\n  c: 3\nd: [x, , 'y']\n? e\n---\n");
    expect(readProperties(note).map(({ key, values }) => [key, ...values])).toEqual([
      ["a", "1"],
      ["b", "1", "2"],
      ["d", "x", "y"],
    ]);
    expect(readProperties(parseNote("a: 1"))).toEqual([]);
    expect(readProperties(parseNote("---\n- x\n---\n"))).toEqual([]);
  });
});

describe("what a task lacks", () => {
  const FULL = [
    "**Plan:**",
    "1. a",
    "2. b",
    "3. c",
    "**Estimated Effort:** 2 days",
    "**Relevant Documentation:** `docs/a.md`",
  ];
  const lacks = (body: readonly string[], settings: RuleSettings = {}) => {
    const note = parseNote(["## task_begin", "### # [id:A] T", ...body, "## task_end"].join("\n"));
    return note.tasks.flatMap((task) => missingFields(note.text, task, readRules(null, {}, settings)));
  };

  test.each([
    [FULL, []],
    [[], ["plan", "effort", "documentation"]],
    [
      ["**Plan:**", "1. a", "2. b"],
      ["plan", "effort", "documentation"],
    ],
    [
      ["**Estimated Effort:** <!-- how long? --> ", "**Relevant Documentation:** none"],
      ["plan", "effort", "documentation"],
    ],
    [["**Estimated Effort:** <!-- a --> 2 <!-- b -->"], ["plan", "documentation"]],
    [["**Estimated Effort:** <!-- a"], ["plan", "documentation"]],
    [
      ["### Estimated Effort", "- [ ] ", "-"],
      ["plan", "effort", "documentation"],
    ],
    [
      ["### Estimated Effort", "- 2 days"],
      ["plan", "documentation"],
    ],
  ])("%j lacks %j", (body, missing) => {
    expect(lacks(body)).toEqual(missing);
  });

  test("another required label must not be empty, a field or not", () => {
    const required = ["assignee", "risk", "outlook"];
    expect(lacks(["**Assignee:** @me", "**Risk:** low", "### Outlook", "good"], { required })).toEqual([]);
    expect(lacks(["**Assignee:**", "**Risk:**", "### Outlook"], { required })).toEqual(required);
  });

  test("a minimum of no steps still asks for a plan", () => {
    expect(lacks(["**Plan:** by feel"], { minimumSteps: 0, required: ["plan"] })).toEqual([]);
    expect(lacks(["**Plan:**"], { minimumSteps: 0, required: ["plan"] })).toEqual(["plan"]);
  });
});
