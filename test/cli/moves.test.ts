/*
 * The calls that move and change: what they write, what they refuse, what they say, and that a dry run writes nothing at
 * all. What moves to the byte is the core's to pin; here it is that the calls reach it with the right wishes.
 */
import { spawnSync } from "node:child_process";
import { hostname } from "node:os";
import { writeOwner } from "../../src/core/lock-owner";
import { backlogNote, createFolder, removeFolders, taskBlock, type TestFolder } from "../support/command-line";

afterEach(removeFolders);

const ID = (number: number): string => `TASK-20261123-00${number}`;

const RULES = {
  limit: { value: 5, source: "default" },
  minimumSteps: { value: 3, source: "default" },
  required: { value: ["plan", "estimated effort", "relevant documentation"], source: "default" },
  order: { value: "file", source: "default" },
  movedNote: { value: true, source: "default" },
};

/** A backlog of two docs tasks, one that is incomplete, and one of another group; nothing in the todo note. */
const createBacklog = (): TestFolder =>
  createFolder({
    "BACKLOG.md": backlogNote(
      [taskBlock(ID(1)), taskBlock(ID(2)), taskBlock(ID(3), { incomplete: true })],
      [taskBlock(ID(4), { type: "infra", priority: "medium" })],
    ),
  });

/** The same, with a batch of two docs tasks of which the first is done. */
const createBatch = (): TestFolder => {
  const folder = createBacklog();
  folder.write(
    "TODO.md",
    `# Todo\n\n${[taskBlock(ID(8), { status: "done" }), taskBlock(ID(9))].join("\n\n---\n\n")}\n`,
  );
  return folder;
};

describe("next", () => {
  test("shows the batch, why no other, and the rules with their sources", () => {
    const { exit, out, err } = createBacklog().run("next");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toMatch(/^Next: 2 docs tasks from docs\/high \(line 3\) “Group 1”\n.*order of the file \(default\)/);
    expect(out).toMatch(/^ {2}TASK-20261123-001 +BACKLOG\.md:6 +Write TASK-20261123-001$/m);
    expect(out).toMatch(/^ {2}TASK-20261123-003 +BACKLOG\.md:\d+ +incomplete +no plan, no effort, no documentation$/m);
    expect(out).toMatch(/^ {2}infra\/medium \(line \d+\) +\S/m);
    expect(out).toMatch(/^ {2}limit +5 +default$/m);
  });

  test("gives the JSON that the contract names", () => {
    const { exit, json } = createBacklog().runJson("next");
    expect(exit).toBe(0);
    expect(json).toEqual({
      version: 1,
      folder: ".",
      rules: RULES,
      batch: {
        group: { line: 3, type: "docs", priority: "high", title: "Group 1" },
        type: "docs",
        tasks: [
          { id: ID(1), title: `Write ${ID(1)}`, line: 6 },
          { id: ID(2), title: `Write ${ID(2)}`, line: 22 },
        ],
      },
      passedOver: [{ id: ID(3), line: 38, reason: "incomplete", message: expect.stringMatching(/plan/) as string }],
      groupsPassedOver: [
        { line: 48, type: "infra", priority: "medium", title: "Group 2", message: expect.any(String) as string },
      ],
      refusal: null,
      written: [],
      warnings: [],
    });
  });

  test("refuses with 1, the reason and the way out where there is no batch", () => {
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ID(1), { incomplete: true })]) });
    const { exit, out, err } = folder.run("next");
    expect(exit).toBe(1);
    expect(out).toMatch(/TASK-20261123-001 .*incomplete/);
    expect(err).toMatch(/^backlog-cards: .*TASK-20261123-001.*\n$/);
    const { json } = folder.runJson("next");
    expect(json).toMatchObject({ version: 1, rules: RULES, batch: null, refusal: { code: "nothing-promotable" } });
  });

  test("names the backlog folders below where there is none here", () => {
    const folder = createFolder({ "a/BACKLOG.md": backlogNote([]), "b/c/BACKLOG.md": backlogNote([]) });
    const { exit, json, err } = folder.runJson("next");
    expect(exit).toBe(1);
    expect(json).toMatchObject({ batch: null, refusal: { code: "no-backlog" }, rules: RULES });
    expect(err).toBe("backlog-cards: There is no BACKLOG.md. Name one of the backlog folders below: a, b/c.\n");
  });

  test("names init where there is none below either", () => {
    expect(createFolder().run("next").err).toBe(
      "backlog-cards: There is no BACKLOG.md. `backlog-cards init` starts one.\n",
    );
  });

  test("refuses while a move is to be recovered", () => {
    const folder = createBacklog();
    folder.write(".backlog-cards/journal.json", "{}");
    expect(folder.runJson("next")).toMatchObject({ exit: 1, json: { refusal: { code: "move-in-progress" } } });
  });

  test("refuses while a live process holds the lock, and not when a dead one did", () => {
    const folder = createBacklog();
    const lock = (pid: number): void =>
      folder.write(".backlog-cards/lock", writeOwner({ pid, host: hostname(), token: "t", started: null }));
    lock(process.pid);
    expect(folder.runJson("next")).toMatchObject({
      exit: 1,
      json: { batch: null, refusal: { code: "move-in-progress" } },
    });
    const dead = spawnSync(process.execPath, ["-e", "0"]).pid;
    lock(dead);
    expect(folder.runJson("next")).toMatchObject({ exit: 0, json: { refusal: null } });
  });

  test("writes nothing", () => {
    const folder = createBacklog();
    const before = folder.listAll();
    folder.run("next");
    expect(folder.listAll()).toEqual(before);
  });
});

describe("promote", () => {
  test("moves the batch and says what it did and how it is taken back", () => {
    const folder = createBacklog();
    expect(folder.run("promote", "--goal", "Ship the docs")).toEqual({
      exit: 0,
      out: [
        "Moved 2 docs tasks to TODO.md:",
        `  ${ID(1)}  Write ${ID(1)}`,
        `  ${ID(2)}  Write ${ID(2)}`,
        "Written: TODO.md, BACKLOG.md",
        "Take it back with: backlog-cards undo",
        "",
      ].join("\n"),
      err: "",
    });
    expect(folder.read("TODO.md")).toContain("**Batch Goal:** Ship the docs");
    expect(folder.read("TODO.md")).toContain(taskBlock(ID(1)));
    expect(folder.read("BACKLOG.md")).not.toContain(taskBlock(ID(1)));
  });

  test("gives the JSON that the contract names, with paths as the person named the folder", () => {
    const folder = createFolder({ "work/BACKLOG.md": backlogNote([taskBlock(ID(1))]) });
    const { exit, json } = folder.runJson("promote", "work/");
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      version: 1,
      folder: "work",
      rules: RULES,
      batch: { type: "docs", tasks: [{ id: ID(1), title: `Write ${ID(1)}`, line: 6 }] },
      passedOver: [],
      refusal: null,
      written: ["work/TODO.md", "work/BACKLOG.md"],
    });
    expect(json).not.toHaveProperty("diff");
  });

  test("archives first with --archive-done, as one move", () => {
    const folder = createBatch();
    const before = folder.read("TODO.md");
    const { exit, json } = folder.runJson("promote", "--archive-done");
    expect(exit).toBe(0);
    expect(json).toMatchObject({ archived: [{ id: ID(8) }], batch: { tasks: [{ id: ID(1) }, { id: ID(2) }] } });
    expect(folder.read("ARCHIVE.md")).toContain(`[id:${ID(8)}]`);
    expect(folder.run("undo").exit).toBe(0);
    expect(folder.read("TODO.md")).toBe(before);
    expect(folder.has("ARCHIVE.md")).toBe(false);
  });

  test("refuses with 1 in text and JSON, and writes nothing", () => {
    const folder = createBatch();
    const before = folder.listAll();
    expect(folder.run("promote", "--limit", "1")).toEqual({
      exit: 1,
      out: "",
      err: expect.stringMatching(/^backlog-cards: TODO\.md holds 1 open task .*\n$/) as string,
    });
    expect(folder.runJson("promote", "--limit", "1").json).toMatchObject({
      batch: null,
      refusal: { code: "batch-full" },
      written: [],
    });
    expect(folder.listAll()).toEqual(before);
  });

  test("refuses a goal of two lines", () => {
    expect(createBacklog().runJson("promote", "--goal", "a\nb")).toMatchObject({
      exit: 1,
      json: { refusal: { code: "invalid-value" } },
    });
  });
});

describe("archive, return, undo", () => {
  test("archive moves what is done", () => {
    const folder = createBatch();
    const { exit, json } = folder.runJson("archive", "--today", "2026-11-23");
    expect(exit).toBe(0);
    expect(json).toMatchObject({
      version: 1,
      folder: ".",
      rules: RULES,
      tasks: [{ id: ID(8), title: `Write ${ID(8)}`, line: 3 }],
      passedOver: [],
      refusal: null,
      written: ["ARCHIVE.md", "TODO.md"],
    });
    expect(folder.read("ARCHIVE.md")).toContain("**Completed:** 2026-11-23");
  });

  test("archive takes what is done in the backlog only when asked", () => {
    const notes = { "BACKLOG.md": backlogNote([taskBlock(ID(1), { status: "done" }), taskBlock(ID(2))]) };
    expect(createFolder(notes).runJson("archive")).toMatchObject({
      exit: 1,
      json: { tasks: [], refusal: { code: "nothing-finished" } },
    });
    expect(createFolder(notes).runJson("archive", "--from-backlog")).toMatchObject({
      exit: 0,
      json: { tasks: [{ id: ID(1) }] },
    });
  });

  test("return takes a task back to where it was, whatever the case of its id", () => {
    const folder = createBacklog();
    const before = folder.read("BACKLOG.md");
    folder.run("promote", "--limit", "1", "--today", "2026-11-23");
    expect(folder.runJson("return", ID(1).toLowerCase())).toMatchObject({
      exit: 0,
      json: { version: 1, folder: ".", tasks: [{ id: ID(1) }], refusal: null, written: ["BACKLOG.md", "TODO.md"] },
    });
    expect(folder.read("BACKLOG.md").replace(new RegExp(`<!-- Tasks? ${ID(1)} .*-->\n\n?`), "")).toBe(before);
  });

  test("return refuses a task that is not in the batch", () => {
    const folder = createBacklog();
    expect(folder.runJson("return", "TASK-X")).toMatchObject({ exit: 1, json: { refusal: { code: "unknown-task" } } });
  });

  test("undo gives every byte back and says what it took back", () => {
    const folder = createBatch();
    const before = [folder.read("BACKLOG.md"), folder.read("TODO.md")];
    folder.run("promote");
    expect(folder.runJson("undo")).toMatchObject({
      exit: 0,
      json: {
        version: 1,
        folder: ".",
        rules: RULES,
        tasks: [{ id: ID(1) }, { id: ID(2) }],
        passedOver: [],
        refusal: null,
      },
    });
    expect([folder.read("BACKLOG.md"), folder.read("TODO.md")]).toEqual(before);
    expect(folder.runJson("undo")).toMatchObject({
      exit: 1,
      json: { tasks: [], refusal: { code: "nothing-to-undo" } },
    });
  });

  test("a note that is not UTF-8 is refused and left as it is", () => {
    const bytes = Buffer.from([0x23, 0x20, 0xff, 0x0a]);
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ID(1))]), "TODO.md": bytes });
    const before = folder.listAll();
    for (const args of [["promote"], ["archive"], ["return", ID(1)], ["set", ID(1), "status=done"]]) {
      expect(folder.runJson(...args)).toMatchObject({ exit: 1, json: { refusal: { code: "damaged-note" } } });
    }
    expect(folder.listAll()).toEqual(before);
  });
});

describe("set and tick", () => {
  test("change their value alone", () => {
    const folder = createBacklog();
    const before = folder.read("BACKLOG.md");
    const { exit, json } = folder.runJson("set", ID(2).toLowerCase(), "status=in-progress");
    expect(exit).toBe(0);
    expect(json).toMatchObject({ version: 1, folder: ".", refusal: null, written: ["BACKLOG.md"] });
    const block = taskBlock(ID(2));
    const changed = block.replace("**Status:** todo", "**Status:** in-progress");
    expect(folder.read("BACKLOG.md")).toBe(before.replace(block, changed));
    expect(folder.run("tick", ID(2), "2")).toMatchObject({ exit: 0, err: "" });
    const ticked = changed.replace("- [ ] It is linked", "- [x] It is linked");
    expect(folder.read("BACKLOG.md")).toBe(before.replace(block, ticked));
    expect(folder.run("tick", ID(2), "2", "--untick").exit).toBe(0);
    expect(folder.read("BACKLOG.md")).toBe(before.replace(block, changed));
  });

  test("set several values at once, in a folder that is named", () => {
    const folder = createFolder({ "work/BACKLOG.md": backlogNote([taskBlock(ID(1))]) });
    expect(folder.run("set", ID(1), "effort=3 days", "Priority=low", "assignee=a=b", "--folder", "work").exit).toBe(0);
    const text = folder.read("work/BACKLOG.md");
    expect(text).toContain("**Estimated Effort:** 3 days");
    expect(text).toContain("[priority:low]");
    expect(text).toContain("**Assignee:** a=b");
  });

  test.each([
    [["set", ID(1), "status=almost"], "invalid-value"],
    [["set", ID(1), "colour=red"], "invalid-value"],
    [["set", "TASK-X", "status=done"], "unknown-task"],
    [["tick", ID(1), "9"], "invalid-value"],
    [["tick", "TASK-X", "1"], "unknown-task"],
  ])("%j is refused", (args, code) => {
    const folder = createBacklog();
    const before = folder.listAll();
    expect(folder.runJson(...args)).toMatchObject({ exit: 1, json: { refusal: { code }, written: [] } });
    expect(folder.listAll()).toEqual(before);
  });
});

describe("recover", () => {
  test("says that there is nothing to recover", () => {
    const folder = createBacklog();
    expect(folder.run("recover")).toMatchObject({
      exit: 0,
      out: expect.stringMatching(/nothing to recover/) as string,
    });
    expect(folder.runJson("recover").json).toMatchObject({
      version: 1,
      folder: ".",
      rules: RULES,
      tasks: [],
      refusal: null,
      written: [],
      journal: null,
    });
  });

  test("shows a journal that it can't resolve and leaves it, and drops it when told to", () => {
    const folder = createBacklog();
    folder.write(".backlog-cards/journal.json", '{"hello": "\u001b[2J"}');
    const refused = folder.run("recover");
    expect(refused).toMatchObject({ exit: 1, err: expect.stringMatching(/recover --discard/) as string });
    expect(refused.out).toContain("hello");
    expect(refused.out).not.toContain("\u001b");
    expect(folder.runJson("recover").json).toMatchObject({ refusal: { code: "unresolvable-journal" } });
    expect(folder.run("recover", "--discard", "--dry-run").exit).toBe(0);
    expect(folder.has(".backlog-cards/journal.json")).toBe(true);
    const dropped = folder.run("recover", "--discard");
    expect(dropped).toMatchObject({ exit: 0, err: "" });
    expect(dropped.out).toMatch(/hello[^]*dropped/);
    expect(folder.has(".backlog-cards/journal.json")).toBe(false);
  });
});

describe("a dry run", () => {
  const batch = (): TestFolder => {
    const folder = createBatch();
    folder.write("TASK_INDEX.md", "# Index\n");
    folder.write("work.txt", "beside");
    return folder;
  };

  test.each([
    [["promote"]],
    [["promote", "--archive-done", "--goal", "Ship"]],
    [["archive"]],
    [["return", ID(9)]],
    [["set", ID(1), "status=blocked"]],
    [["tick", ID(1), "1"]],
    [["fix", "--code", "no-plan,no-effort"]],
  ])("of %j writes nothing, and its diff is what the call does", (args) => {
    const folder = batch();
    const before = folder.listAll();
    const { exit, out, err } = folder.run(...args, "--dry-run", "--today", "2026-11-23");
    expect({ exit, err }).toEqual({ exit: 0, err: expect.any(String) as string });
    expect(folder.listAll()).toEqual(before);
    expect(folder.runJson(...args, "--dry-run", "--today", "2026-11-23").json).toMatchObject({
      written: [],
      diff: out,
    });

    const patched = batch();
    const patch = spawnSync("git", ["apply", "--whitespace=nowarn", "-"], {
      cwd: patched.path,
      input: out,
      encoding: "utf8",
    });
    expect(patch).toMatchObject({ status: 0, stderr: "" });
    expect(folder.run(...args, "--today", "2026-11-23").exit).toBe(0);
    for (const name of ["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASK_INDEX.md"]) {
      expect(patched.has(name)).toBe(folder.has(name));
      expect(patched.has(name) && patched.read(name)).toBe(folder.has(name) && folder.read(name));
    }
  });

  test("of undo shows a note that goes with it as removed", () => {
    const folder = createBacklog();
    folder.run("promote");
    const before = folder.listAll();
    const { exit, out } = folder.run("undo", "--dry-run");
    expect(exit).toBe(0);
    expect(out).toMatch(/^--- a\/TODO\.md\n\+\+\+ \/dev\/null$/m);
    expect(out).toMatch(/^--- a\/BACKLOG\.md\n\+\+\+ b\/BACKLOG\.md$/m);
    expect(folder.listAll()).toEqual(before);
  });

  test("of promote shows a note that is created as new", () => {
    expect(createBacklog().run("promote", "--dry-run").out).toMatch(/^--- \/dev\/null\n\+\+\+ b\/TODO\.md$/m);
  });

  test.each([
    [["promote"]],
    [["archive"]],
    [["return", ID(9)]],
    [["undo"]],
    [["set", ID(1), "status=blocked"]],
    [["tick", ID(1), "1"]],
    [["fix"]],
    [["recover"]],
  ])("of %j is refused while a live process holds the lock, and not when a dead one did", (args) => {
    const folder = batch();
    const lock = (pid: number): void =>
      folder.write(".backlog-cards/lock", writeOwner({ pid, host: hostname(), token: "t", started: null }));
    lock(process.pid);
    const before = folder.listAll();
    const { exit, json } = folder.runJson(...args, "--dry-run");
    expect({ exit, json }).toMatchObject({ exit: 1, json: { refusal: { code: "move-in-progress" }, diff: "" } });
    if (args[0] === "recover") expect(json).toMatchObject({ outcome: "refused" });
    expect(folder.run(...args, "--dry-run")).toMatchObject({ exit: 1, out: "" });
    expect(folder.listAll()).toEqual(before);
    lock(spawnSync(process.execPath, ["-e", "0"]).pid);
    expect(JSON.stringify(folder.runJson(...args, "--dry-run").json["refusal"])).not.toContain("move-in-progress");
  });

  test("of a folder with blanks in its name gives a diff that git and patch take", () => {
    const create = (): TestFolder =>
      createFolder({ "sub dir/BACKLOG.md": backlogNote([taskBlock(ID(1)), taskBlock(ID(2))]) });
    const folder = create();
    const diff = folder.run("promote", "sub dir", "--limit", "1", "--dry-run", "--today", "2026-11-23").out;
    expect(diff).toContain("--- /dev/null\n+++ b/sub dir/TODO.md\t\n");
    expect(diff).toContain("--- a/sub dir/BACKLOG.md\t\n+++ b/sub dir/BACKLOG.md\t\n");
    folder.run("promote", "sub dir", "--limit", "1", "--today", "2026-11-23");
    for (const [program, ...args] of [
      ["git", "apply", "--whitespace=nowarn", "-"],
      ["patch", "-p1", "--quiet"],
    ] as const) {
      const patched = create();
      const ended = spawnSync(program, args, { cwd: patched.path, input: diff, encoding: "utf8" });
      expect(ended).toMatchObject({ status: 0, stderr: "" });
      for (const name of ["sub dir/BACKLOG.md", "sub dir/TODO.md"]) expect(patched.read(name)).toBe(folder.read(name));
    }
  });

  test("that is refused shows no diff", () => {
    const { exit, json } = createBacklog().runJson("archive", "--dry-run");
    expect({ exit, json }).toMatchObject({ exit: 1, json: { diff: "", refusal: { code: "nothing-finished" } } });
  });
});

describe("double-encoded titles", () => {
  const TITLE = "Schema â€” new 🚀 ðŸ“š";
  const create = (): TestFolder =>
    createFolder({
      "BACKLOG.md": backlogNote([taskBlock(ID(1), { title: TITLE })]).replace("### Group 1", "### ðŸ“š Docs â€” HIGH"),
    });

  test("are shown to a person as they were meant", () => {
    const folder = create();
    expect(folder.run("next").out).toMatch(/“📚 Docs — HIGH”\n[^]*Schema — new 🚀 📚\n/);
    expect(folder.run("list").out).toMatch(/ {2}Schema — new 🚀 📚\n/);
    expect(folder.run("promote").out).toContain(`  ${ID(1)}  Schema — new 🚀 📚\n`);
    folder.write(".backlog-cards/journal.json", folder.read(".backlog-cards/ledger/000001.json"));
    expect(folder.run("recover", "--dry-run").out).not.toContain("â€”");
    expect(folder.run("recover").out).toContain("Schema — new 🚀 📚");
  });

  test("stay as they stand in JSON, in diffs and in the notes", () => {
    const folder = create();
    const before = folder.read("BACKLOG.md");
    const { json } = folder.runJson("next");
    expect(json).toMatchObject({ batch: { group: { title: "ðŸ“š Docs â€” HIGH" }, tasks: [{ title: TITLE }] } });
    expect(folder.runJson("list").json).toMatchObject({ tasks: [{ title: TITLE }] });
    expect(folder.run("promote", "--dry-run").out).toContain(TITLE);
    expect(folder.runJson("promote").json).toMatchObject({ batch: { tasks: [{ title: TITLE }] } });
    expect(folder.read("TODO.md")).toContain(TITLE);
    folder.run("undo");
    expect(folder.read("BACKLOG.md")).toBe(before);
  });
});
