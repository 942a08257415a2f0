/*
 * What cannot be read below a path: it is named, it ends the call with 2, and it hides nothing of what can be read. A
 * repository has thirty backlog folders; an odd entry in one of them must not silence the check of the others.
 */
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
  backlogNote,
  BUNDLE,
  createFolder,
  removeFolders,
  taskBlock,
  type Ended,
  type TestFolder,
} from "../support/command-line";

const closed: string[] = [];

afterEach(() => {
  for (const path of closed.splice(0)) chmodSync(path, 0o755);
  removeFolders();
});

const INDENTED = taskBlock("TASK-20261123-001").replace("## task_begin", "  ## task_begin");
const GOOD = { "good/BACKLOG.md": backlogNote([INDENTED]) };
const BAD = { ...GOOD, "bad/BACKLOG.md": backlogNote([INDENTED.replace("-001", "-002")]) };

/** Takes all rights to a file or folder away until the test is over. */
function close(path: string): void {
  chmodSync(path, 0);
  closed.push(path);
}

/** Runs the command line as someone who has no rights but those that are given to everyone. */
function runUnprivileged(folder: TestFolder, ...args: readonly string[]): Ended {
  const nobody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};
  if ("uid" in nobody) chmodSync(folder.path, 0o755);
  const ended = spawnSync(process.execPath, [BUNDLE, ...args], { cwd: folder.path, encoding: "utf8", ...nobody });
  return { exit: ended.status, out: ended.stdout, err: ended.stderr };
}

/** Paths of the notes that a `check --json` shows. */
function listPaths(out: string): readonly string[] {
  return (JSON.parse(out) as { notes: { path: string }[] }).notes.map(({ path }) => path);
}

describe("a folder with the name of a backlog", () => {
  test.each([["check"], ["list"], ["fix", "--dry-run"]])("makes no backlog folder: %s passes over it", (...args) => {
    const folder = createFolder(GOOD);
    mkdirSync(join(folder.path, "bad/BACKLOG.md"), { recursive: true });
    const { exit, out, err } = folder.run(...args);
    expect({ exit: exit === 2, err }).toEqual({ exit: false, err: "" });
    expect(out).toContain("good/BACKLOG.md");
  });

  test.each(["nowhere", "BACKLOG.md"])("makes none as little as a link to %s", (target) => {
    const folder = createFolder({ ...GOOD, "bad/TODO.md": "# Todo\n" });
    symlinkSync(target, join(folder.path, "bad/BACKLOG.md"));
    const { err, json } = folder.runJson("check");
    expect(err).toBe("");
    expect(json).toMatchObject({ summary: { notes: 1 }, errors: [] });
  });

  test("makes none around a note that is named", () => {
    const folder = createFolder({ "bad/TODO.md": "# Todo\n" });
    mkdirSync(join(folder.path, "bad/BACKLOG.md"));
    expect(folder.run("check", "bad/TODO.md")).toMatchObject({
      exit: 2,
      err: expect.stringContaining("bad/TODO.md is no note of a backlog folder") as string,
    });
  });
});

test("a link to a backlog makes a backlog folder", () => {
  const folder = createFolder({ ...GOOD, "linked/TODO.md": "# Todo\n" });
  symlinkSync("../good/BACKLOG.md", join(folder.path, "linked/BACKLOG.md"));
  expect(listPaths(folder.run("check", "--json").out)).toEqual([
    "good/BACKLOG.md",
    "linked/BACKLOG.md",
    "linked/TODO.md",
  ]);
});

describe("a companion that is a folder", () => {
  const create = (): TestFolder => {
    const folder = createFolder(BAD);
    mkdirSync(join(folder.path, "bad/TODO.md"));
    return folder;
  };
  const message = "bad/TODO.md is a folder, not a note: rename it, or set another name.";
  const errors = [{ path: "bad/TODO.md", message }];

  test("is named by check, which shows and counts all the rest", () => {
    const { exit, out, err } = create().run("check");
    expect({ exit, err }).toEqual({ exit: 2, err: `backlog-cards: ${message}\n` });
    expect(out).toMatch(/^bad\/BACKLOG\.md:\d+:\d+ indented-marker .*\n\ngood\/BACKLOG\.md:\d+:\d+ indented-marker /);
    expect(out).toContain("\n2 notes, 2 tasks (2 open, 0 incomplete), 0 errors, 2 warnings\n");
  });

  test("is in the JSON of check beside all the rest", () => {
    const { exit, json } = create().runJson("check");
    expect(exit).toBe(2);
    expect(json).toMatchObject({
      version: 1,
      notes: [{ path: "bad/BACKLOG.md" }, { path: "good/BACKLOG.md" }],
      summary: { notes: 2, tasks: 2 },
      errors,
    });
  });

  test("is named by list, which lists all the rest", () => {
    expect(create().run("list")).toMatchObject({ exit: 2, err: `backlog-cards: ${message}\n` });
    expect(create().runJson("list").json).toMatchObject({
      tasks: [{ path: "bad/BACKLOG.md" }, { path: "good/BACKLOG.md" }],
      errors,
    });
  });

  test("is named once, however often its folder is given", () => {
    expect(create().run("check", ".", "bad", "bad/BACKLOG.md").err).toBe(`backlog-cards: ${message}\n`);
  });

  test("keeps fix from its folder alone", () => {
    const folder = create();
    const before = folder.read("bad/BACKLOG.md");
    const { exit, json, err } = folder.runJson("fix");
    expect({ exit, err }).toEqual({ exit: 2, err: `backlog-cards: ${message}\n` });
    expect(json).toMatchObject({ folders: [{ folder: "good" }], written: ["good/BACKLOG.md"], errors });
    expect(folder.read("bad/BACKLOG.md")).toBe(before);
    expect(folder.has("bad/.backlog-cards")).toBe(false);
  });
});

test.each(["TODO.md", "ARCHIVE.md", "TASK_INDEX.md"])(
  "a companion %s whose links lead in a circle is named",
  (name) => {
    const folder = createFolder(BAD);
    symlinkSync(name, join(folder.path, "bad", name));
    const { exit, out, err } = folder.run("check", "--json");
    expect({ exit, err }).toEqual({
      exit: 2,
      err: `backlog-cards: Cannot read bad/${name}: its links lead in a circle.\n`,
    });
    expect(listPaths(out)).toEqual(["bad/BACKLOG.md", "good/BACKLOG.md"]);
  },
);

test("another note whose links lead in a circle is ignored, as one whose link leads nowhere", () => {
  const folder = createFolder(BAD);
  symlinkSync("LOOP.md", join(folder.path, "bad/LOOP.md"));
  symlinkSync("nowhere", join(folder.path, "bad/LOST.md"));
  const { exit, out, err } = folder.run("check", "--json");
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  expect(listPaths(out)).toHaveLength(2);
});

describe("without the right to it,", () => {
  const create = (): TestFolder =>
    createFolder({
      ...BAD,
      "bad/NOTES.md": "# Notes\n",
      "bad/TODO.md": "# Todo\n",
      "bad/.backlog-cards/ledger.json": "",
      "closed/BACKLOG.md": backlogNote([]),
      "bad/ARCHIVE/ARCHIVE.md": "# Archive\n",
      ".obsidian/app.json": "{}",
    });

  const CLOSED: readonly (readonly [path: string, inBad: readonly string[] | null, sentences: readonly string[]])[] = [
    ["bad/NOTES.md", ["bad/BACKLOG.md", "bad/TODO.md", "bad/ARCHIVE/ARCHIVE.md"], ["Cannot read bad/NOTES.md"]],
    ["bad/TODO.md", ["bad/BACKLOG.md", "bad/ARCHIVE/ARCHIVE.md", "bad/NOTES.md"], ["Cannot read bad/TODO.md"]],
    ["bad/BACKLOG.md", ["bad/TODO.md", "bad/ARCHIVE/ARCHIVE.md", "bad/NOTES.md"], ["Cannot read bad/BACKLOG.md"]],
    [
      "bad/ARCHIVE",
      ["bad/BACKLOG.md", "bad/TODO.md", "bad/NOTES.md"],
      ["Cannot read bad/ARCHIVE/ARCHIVE.md", "Cannot read the folder bad/ARCHIVE"],
    ],
    ["bad", [], ["Cannot read the folder bad"]],
    [
      "bad/.backlog-cards",
      ["bad/BACKLOG.md", "bad/TODO.md", "bad/ARCHIVE/ARCHIVE.md", "bad/NOTES.md"],
      ["Cannot read bad/.backlog-cards/journal.json"],
    ],
    [".obsidian", null, ["Cannot read .obsidian/plugins/backlog-cards/data.json"]],
  ];

  test.each(CLOSED)("%s is named and the rest is checked", (path, inBad, sentences) => {
    const folder = create();
    close(join(folder.path, path));
    const { exit, out, err } = runUnprivileged(folder, "check", "--json");
    expect({ exit, err: err.split("\n").sort() }).toEqual({
      exit: 2,
      err: ["", ...sentences.map((sentence) => `backlog-cards: ${sentence}: permission denied.`)].sort(),
    });
    if (inBad) expect(listPaths(out)).toEqual([...inBad, "closed/BACKLOG.md", "good/BACKLOG.md"]);
  });

  test("a folder that is given is named alone", () => {
    const folder = create();
    close(join(folder.path, "closed"));
    const { exit, out, err } = runUnprivileged(folder, "check", "closed", "good");
    expect({ exit, err }).toEqual({
      exit: 2,
      err: "backlog-cards: Cannot read the folder closed: permission denied.\n",
    });
    expect(out).toContain("good/BACKLOG.md");
  });

  test("what fix cannot write is named and the other folders are fixed", () => {
    const folder = createFolder(BAD);
    chmodSync(join(folder.path, "good"), 0o777);
    chmodSync(join(folder.path, "good/BACKLOG.md"), 0o666);
    chmodSync(join(folder.path, "bad"), 0o555);
    closed.push(join(folder.path, "bad"));
    const { exit, out, err } = runUnprivileged(folder, "fix", "--json");
    expect(exit).toBe(2);
    expect(err).toMatch(/^backlog-cards: [^\n]*permission denied[^\n]*\n$/);
    expect(JSON.parse(out)).toMatchObject({
      folders: [{ folder: "good" }],
      written: ["good/BACKLOG.md"],
      errors: [{ path: "bad" }],
    });
  });
});
