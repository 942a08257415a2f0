/*
 * `fix`: without a code only what changes formatting, with codes those alone, never an archive, and what it says of what is
 * left. Which edits a fix makes is the core's to pin.
 */
import { backlogNote, createFolder, removeFolders, taskBlock, type TestFolder } from "../support/command-line";

afterEach(removeFolders);

const INDENTED = taskBlock("TASK-20261123-001").replace("## task_begin", "  ## task_begin");
const BARE = taskBlock("TASK-20261123-002", { incomplete: true }).replace("**Status:** todo  \n", "");

const createDamaged = (): TestFolder =>
  createFolder({
    "a/BACKLOG.md": backlogNote([INDENTED, BARE]),
    "a/ARCHIVE.md": `# Archive\n\n${INDENTED.replaceAll("-001", "-003").replace("todo", "done")}\n`,
    "b/BACKLOG.md": backlogNote([INDENTED]),
    "b/NOTES.md": `# Notes\n\n${INDENTED.replaceAll("-001", "-004")}\n`,
  });

test("changes formatting alone where no code is named, in every folder, and no archive", () => {
  const folder = createDamaged();
  const archive = folder.read("a/ARCHIVE.md");
  const { exit, out, err } = folder.run("fix");
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  expect(out.split("\n")).toEqual([
    "a/BACKLOG.md indented-marker fixed: 1",
    "b/BACKLOG.md indented-marker fixed: 1",
    "b/NOTES.md indented-marker fixed: 1",
    expect.stringMatching(/^a\/ARCHIVE\.md:3:\d+ indented-marker left: \S/),
    "3 fixed, 1 left",
    "",
  ]);
  expect(folder.read("a/BACKLOG.md")).toBe(backlogNote([INDENTED.trimStart(), BARE]));
  expect(folder.read("b/NOTES.md")).toContain("\n## task_begin");
  expect(folder.read("a/ARCHIVE.md")).toBe(archive);
});

test.each([
  [["--code", "no-status,no-plan"]],
  [["--code", "no-status", "--code", "no-plan"]],
  [["--code", "no-status", "no-plan"]],
  [["--code", "NO-STATUS", "no-plan", "--dry-run"]],
])("applies the codes that are named with %j, and no other", (flags) => {
  const { exit, json } = createDamaged().runJson("fix", "a", ...flags);
  expect(exit).toBe(0);
  expect(json).toMatchObject({
    version: 1,
    folders: [
      {
        folder: "a",
        fixed: [{ path: "a/BACKLOG.md", code: "no-status", count: 1 }],
        left: [{ path: "a/BACKLOG.md", code: "no-plan", task: "TASK-20261123-002" }],
        refusal: null,
      },
    ],
    refusal: null,
    written: flags.includes("--dry-run") ? [] : ["a/BACKLOG.md"],
  });
});

test("takes what follows the codes and is no code for a path", () => {
  const { json } = createDamaged().runJson("fix", "--code", "indented-marker", "b");
  expect(json["written"]).toEqual(["b/BACKLOG.md", "b/NOTES.md"]);
});

test("fixes one note where one is named", () => {
  const folder = createDamaged();
  expect(folder.runJson("fix", "b/NOTES.md").json["written"]).toEqual(["b/NOTES.md"]);
  expect(folder.read("b/BACKLOG.md")).toBe(backlogNote([INDENTED]));
});

test("writes nothing where there is nothing to fix", () => {
  const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock("TASK-20261123-001")]) });
  const before = folder.listAll();
  expect(folder.run("fix")).toEqual({ exit: 0, out: "0 fixed, 0 left\n", err: "" });
  expect(folder.listAll()).toEqual(before);
});

test("refuses a folder with a move to recover, and fixes the others", () => {
  const folder = createDamaged();
  folder.write("a/.backlog-cards/journal.json", "{}");
  const { exit, json, err } = folder.runJson("fix");
  expect(exit).toBe(1);
  expect(json).toMatchObject({
    folders: [
      { folder: "a", refusal: { code: "move-in-progress" } },
      { folder: "b", refusal: null },
    ],
    refusal: { code: "move-in-progress" },
    written: ["b/BACKLOG.md", "b/NOTES.md"],
  });
  expect(err).toMatch(/recover/);
});
