/*
 * `check` and `list`: what they find, where, and what they say of it. Editors jump to `path:line:column`, CI reads the exit
 * code, agents read the JSON; the names in it are a promise.
 */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { backlogNote, createFolder, removeFolders, taskBlock, type Json } from "../support/command-line";

afterEach(removeFolders);

const ONE = "TASK-20261123-001";
const TWO = "TASK-20261123-002";

describe("check", () => {
  test("ends with 0 where nothing is wrong", () => {
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ONE)]) });
    expect(folder.run("check")).toEqual({
      exit: 0,
      out: "1 note, 1 task (1 open, 0 incomplete), 0 errors, 0 warnings\n",
      err: "",
    });
  });

  test("prints a finding a line, with the place and the code, and ends with 1 for an incomplete task", () => {
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ONE, { incomplete: true })]) });
    const { exit, out, err } = folder.run("check");
    expect({ exit, err }).toEqual({ exit: 1, err: "" });
    const lines = out.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^BACKLOG\.md:\d+:\d+ no-plan \S.*$/),
      expect.stringMatching(/^BACKLOG\.md:\d+:\d+ no-effort \S.*$/),
      expect.stringMatching(/^BACKLOG\.md:\d+:\d+ no-documentation \S.*$/),
    ]);
    expect(lines.slice(3)).toEqual(["", "1 note, 1 task (1 open, 1 incomplete), 0 errors, 0 warnings", ""]);
  });

  test("ends with 1 for an error and with 0 for warnings alone", () => {
    const error = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ONE, { status: "started?" })]) });
    expect(error.run("check").exit).toBe(1);
    const warning = createFolder({ "BACKLOG.md": backlogNote([taskBlock("QT-20261123-001")]) });
    expect(warning.run("check")).toMatchObject({ exit: 0, out: expect.stringContaining("id-form") as string });
  });

  test("names line and column of the finding, both from 1, the column in UTF-16 units", () => {
    const text = `# 🎯\r\n\r\n${taskBlock(ONE).replace("## task_begin", "  ## task_begin")}\n`;
    const { json } = createFolder({ "BACKLOG.md": text }).runJson("check");
    const findings = json["notes"]?.[0]?.["findings"] as unknown as { code: string; line: number; column: number }[];
    expect(findings.find(({ code }) => code === "indented-marker")).toMatchObject({ line: 3 });
    expect(findings.every(({ line, column }) => line >= 1 && column >= 1)).toBe(true);
  });

  test("gives the JSON that the contract names", () => {
    const folder = createFolder({
      "BACKLOG.md": backlogNote([taskBlock(ONE), taskBlock(TWO, { incomplete: true })]),
      "TODO.md": "# Todo\n",
    });
    const { exit, json } = folder.runJson("check");
    expect(exit).toBe(1);
    expect(json).toEqual({
      version: 1,
      notes: [
        {
          path: "BACKLOG.md",
          kind: "backlog",
          groups: [{ line: 3, type: "docs", priority: "high", title: "Group 1", tasks: [ONE, TWO] }],
          tasks: [
            {
              id: ONE,
              title: `Write ${ONE}`,
              type: "docs",
              priority: "high",
              component: "site",
              status: "todo",
              line: 6,
              group: 0,
              complete: true,
              promotable: true,
              missing: [],
              findings: [],
            },
            {
              id: TWO,
              title: `Write ${TWO}`,
              type: "docs",
              priority: "high",
              component: "site",
              status: "todo",
              line: 22,
              group: 0,
              complete: false,
              promotable: false,
              missing: ["plan", "effort", "documentation"],
              findings: ["no-plan", "no-effort", "no-documentation"],
            },
          ],
          findings: ["no-plan", "no-effort", "no-documentation"].map((code): unknown => ({
            code,
            severity: "incomplete",
            line: expect.any(Number) as number,
            column: expect.any(Number) as number,
            message: expect.stringMatching(/\S/) as string,
            task: TWO,
            fixable: true,
          })),
        },
        { path: "TODO.md", kind: "todo", groups: [], tasks: [], findings: [] },
      ],
      summary: { notes: 2, tasks: 2, open: 2, incomplete: 1, errors: 0, warnings: 0 },
      errors: [],
    });
  });

  test("reports a note that is not UTF-8 and goes on with the others", () => {
    const bytes = Buffer.concat([Buffer.from("# Notes\n"), Buffer.from([0xff, 0xfe, 0xc3, 0x28])]);
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ONE)]), "NOTES.md": bytes });
    const { exit, json } = folder.runJson("check");
    expect(exit).toBe(1);
    expect(json["notes"]?.[1]).toMatchObject({
      path: "NOTES.md",
      kind: "other",
      tasks: [],
      findings: [{ code: "not-utf8", severity: "error", line: 1, column: 1, task: null }],
    });
    expect(json["notes"]?.[0]?.["tasks"]).toHaveLength(1);
  });

  test("lists the notes of a folder as backlog, todo, archive, index, then the others by name", () => {
    const backlog = backlogNote([taskBlock(ONE)]);
    const names = ["zoo.md", "TASK_INDEX.md", "ARCHIVE.md", "BACKLOG.md", "Alpha.md", "TODO.md"];
    const folder = createFolder(
      Object.fromEntries(names.map((name) => [name, name === "BACKLOG.md" ? backlog : "\n"])),
    );
    const notes = folder.runJson("check").json["notes"] as unknown as { path: string; kind: string }[];
    expect(notes.map(({ path, kind }) => `${kind} ${path}`)).toEqual([
      "backlog BACKLOG.md",
      "todo TODO.md",
      "archive ARCHIVE.md",
      "index TASK_INDEX.md",
      "other Alpha.md",
      "other zoo.md",
    ]);
  });

  test("takes ARCHIVE/ARCHIVE.md for the archive where only that exists", () => {
    const notes = { "BACKLOG.md": backlogNote([taskBlock(ONE)]), "ARCHIVE/ARCHIVE.md": "# Archive\n" };
    const kinds = (folder: ReturnType<typeof createFolder>): unknown =>
      (folder.runJson("check").json["notes"] as unknown as { path: string; kind: string }[])
        .filter(({ kind }) => kind === "archive")
        .map(({ path }) => path);
    expect(kinds(createFolder(notes))).toEqual(["ARCHIVE/ARCHIVE.md"]);
    expect(kinds(createFolder({ ...notes, "ARCHIVE.md": "# Archive\n" }))).toEqual(["ARCHIVE.md"]);
  });

  test("is reproducible: the same folder gives the same bytes", () => {
    const folder = createFolder({
      "b/BACKLOG.md": backlogNote([taskBlock(ONE)]),
      "a/BACKLOG.md": backlogNote([taskBlock(ONE, { incomplete: true })]),
    });
    expect(folder.run("check", "--json").out).toBe(folder.run("check", "--json").out);
  });

  test("mentions a journal on standard error and goes on", () => {
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ONE)]), ".backlog-cards/journal.json": "{}" });
    const { exit, out, err } = folder.run("check");
    expect({ exit, out }).toEqual({ exit: 0, out: expect.stringContaining("1 task") as string });
    expect(err).toMatch(/^backlog-cards: .*`backlog-cards recover`.*\n$/);
  });
});

describe("the folders below a path", () => {
  const notes = (...paths: readonly string[]): Record<string, string> =>
    Object.fromEntries(paths.map((path) => [`${path}BACKLOG.md`, backlogNote([taskBlock(ONE)])]));
  const pathsOf = (json: Json): readonly string[] =>
    (json["notes"] as unknown as { path: string }[]).map(({ path }) => path);

  test("are found at any depth, dot folders and node_modules aside, in the order of their paths", () => {
    const folder = createFolder(notes("", "b/c/d/", "a/", ".git/", "node_modules/x/", "b/.hidden/"));
    expect(pathsOf(folder.runJson("check").json)).toEqual(["BACKLOG.md", "a/BACKLOG.md", "b/c/d/BACKLOG.md"]);
  });

  test("are shown as the person named them", () => {
    const folder = createFolder(notes("a/b/"));
    expect(pathsOf(folder.runJson("check", "./a/").json)).toEqual(["a/b/BACKLOG.md"]);
    expect(pathsOf(folder.runJson("check", join(folder.path, "a")).json)).toEqual([
      join(folder.path, "a/b/BACKLOG.md"),
    ]);
  });

  test("are each checked once, however often they are named", () => {
    const folder = createFolder(notes("a/", "b/"));
    expect(pathsOf(folder.runJson("check", "b", ".", "a", "b/BACKLOG.md").json)).toHaveLength(2);
  });

  test("are reached through links, and a circle of links ends", () => {
    const folder = createFolder(notes("a/", "elsewhere/deep/"));
    symlinkSync(join(folder.path, "a"), join(folder.path, "a/again"));
    symlinkSync("..", join(folder.path, "a/up"));
    symlinkSync("nowhere", join(folder.path, "broken"));
    symlinkSync(join(folder.path, "elsewhere"), join(folder.path, "a/linked"));
    expect(pathsOf(folder.runJson("check").json)).toEqual(["a/BACKLOG.md", "elsewhere/deep/BACKLOG.md"]);
    expect(pathsOf(folder.runJson("check", "a").json)).toContain("a/linked/deep/BACKLOG.md");
  });

  test("are none: that ends with 2 and names init", () => {
    const { exit, out, err } = createFolder({ "README.md": "# Hello\n" }).run("check");
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toMatch(
      /^backlog-cards: There is no backlog folder here or below: `backlog-cards init` starts one\.\n$/,
    );
  });

  test("hold a note that is named: it alone is shown, checked in its folder", () => {
    const folder = createFolder({
      "a/BACKLOG.md": backlogNote([taskBlock(ONE)]),
      "a/TODO.md": `# Todo\n\n${taskBlock(ONE)}\n`,
    });
    const { json } = folder.runJson("check", "a/TODO.md");
    expect(pathsOf(json)).toEqual(["a/TODO.md"]);
    expect(json["notes"]?.[0]?.["tasks"]?.[0]?.["findings"]).toContain("duplicate-id");
  });

  test("hold no note that is named outside of one", () => {
    const { exit, err } = createFolder({ "README.md": "# Hello\n" }).run("check", "README.md");
    expect(exit).toBe(2);
    expect(err).toMatch(/README\.md is no note of a backlog folder.*init/);
  });
});

describe("the settings of the vault around a folder", () => {
  const settings = ".obsidian/plugins/backlog-cards/data.json";

  test("name the notes and state the rules, below flags, properties and rules comment", () => {
    const folder = createFolder({
      [settings]: JSON.stringify({ names: { backlog: "PLAN.md" }, rules: { limit: 2, minimumSteps: 7 } }),
      "work/PLAN.md": `---\nbatch-limit: 4\n---\n${backlogNote([taskBlock(ONE)])}`,
      "work/BACKLOG.md": "# Not the backlog\n",
    });
    const { json } = folder.runJson("next", "work");
    expect(json["rules"]).toMatchObject({
      limit: { value: 4, source: "properties" },
      minimumSteps: { value: 7, source: "settings" },
      order: { value: "file", source: "default" },
    });
    expect(folder.runJson("check").json["notes"]?.[0]).toMatchObject({ path: "work/PLAN.md", kind: "backlog" });
  });

  test("may say that a note's own rules are not followed", () => {
    const folder = createFolder({
      [settings]: JSON.stringify({ rules: { followNotes: false, minimumSteps: 7 } }),
      "BACKLOG.md": `---\nbatch-limit: 4\nminimum-steps: 0\n---\n${backlogNote([taskBlock(ONE)])}`,
    });
    expect(folder.runJson("next").json["rules"]).toMatchObject({
      limit: { value: 5, source: "default" },
      minimumSteps: { value: 7, source: "settings" },
    });
    expect(folder.runJson("next", "--limit", "3").json["rules"]).toMatchObject({ limit: { value: 3, source: "flag" } });
  });

  test("are those of the nearest vault", () => {
    const folder = createFolder({
      [settings]: JSON.stringify({ rules: { limit: 2 } }),
      [`inner/${settings}`]: JSON.stringify({ rules: { limit: 3 } }),
      "inner/work/BACKLOG.md": backlogNote([taskBlock(ONE)]),
    });
    expect(folder.runJson("next", "inner/work").json["rules"]).toMatchObject({
      limit: { value: 3, source: "settings" },
    });
  });

  test("are the defaults where they can't be read, and that is said", () => {
    const folder = createFolder({ [settings]: "{ limit: ", "BACKLOG.md": backlogNote([taskBlock(ONE)]) });
    const { exit, err } = folder.run("check");
    expect(exit).toBe(0);
    expect(err).toMatch(/^backlog-cards: .*data\.json is no JSON.*\n$/);
  });
});

describe("list", () => {
  const notes = {
    "BACKLOG.md": backlogNote(
      [taskBlock(ONE), taskBlock(TWO, { incomplete: true, status: "blocked" })],
      [taskBlock("TASK-20261123-003", { type: "infra", priority: "medium" })],
    ),
    "TODO.md": `# Todo\n\n${taskBlock("TASK-20261123-004", { status: "done" })}\n`,
  };

  test("prints a task a line, with its place", () => {
    const { exit, out, err } = createFolder(notes).run("list");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out.split("\n")).toEqual([
      expect.stringMatching(/^BACKLOG\.md:6 +TASK-20261123-001 +docs\/high +todo +ready +Write TASK-20261123-001$/),
      expect.stringMatching(/^BACKLOG\.md:22 +TASK-20261123-002 +docs\/high +blocked +incomplete +Write/),
      expect.stringMatching(/^BACKLOG\.md:\d+ +TASK-20261123-003 +infra\/medium +todo +ready/),
      expect.stringMatching(/^TODO\.md:3 +TASK-20261123-004 +docs\/high +done +Write/),
      "",
    ]);
  });

  test.each([
    [[], [1, 2, 3, 4]],
    [["--open"], [1, 2, 3]],
    [["--incomplete"], [2]],
    [["--ready"], [1, 3]],
    [["--type", "Infra"], [3]],
    [["--status", "BLOCKED"], [2]],
    [["--ready", "--type", "docs"], [1]],
    [["--status", "done", "--open"], []],
  ])("with %j shows the tasks that meet every condition", (flags, numbers) => {
    const { exit, json } = createFolder(notes).runJson("list", ...flags);
    expect(exit).toBe(0);
    expect((json["tasks"] as unknown as { id: string }[]).map(({ id }) => Number(id.slice(-1)))).toEqual(numbers);
  });

  test("gives tasks as check does, with the path of their note", () => {
    const folder = createFolder(notes);
    const checked = folder.runJson("check").json["notes"]?.[0]?.["tasks"]?.[0] as Json;
    const { json } = folder.runJson("list");
    expect(json["version"]).toBe(1);
    expect(json["tasks"]?.[0]).toEqual({ path: "BACKLOG.md", ...checked });
  });
});
