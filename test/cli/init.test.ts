/*
 * `init`: a first backlog that the other calls accept, and never a word lost of what was there before.
 */
import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { createFolder, removeFolders } from "../support/command-line";

afterEach(removeFolders);

const NOTES = ["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASKS.md"];

test.each(["2026-11-23", "2027-01-01"])("makes a backlog that passes check without a finding, on %s", (today) => {
  const folder = createFolder();
  expect(folder.runJson("init", "--today", today)).toEqual({
    exit: 0,
    json: { version: 1, folder: ".", refusal: null, written: NOTES, warnings: [] },
    err: "",
  });
  const { exit, json } = folder.runJson("check");
  expect(exit).toBe(0);
  expect(json["summary"]).toEqual({ notes: 4, tasks: 1, open: 1, incomplete: 0, errors: 0, warnings: 0 });
  expect(folder.read("BACKLOG.md")).toContain(`[id:TASK-${today.replaceAll("-", "")}-001]`);
});

test("makes rules and a task that next and promote go by", () => {
  const folder = createFolder();
  folder.run("init", "new/work", "--today", "2026-11-23");
  const { json } = folder.runJson("next", "new/work");
  expect(json).toMatchObject({
    folder: "new/work",
    rules: { limit: { source: "rules comment" }, minimumSteps: { source: "rules comment" } },
    batch: { tasks: [{ id: "TASK-20261123-001" }] },
  });
  expect(folder.run("promote", "new/work")).toMatchObject({ exit: 0, err: "" });
  expect(folder.run("check").exit).toBe(0);
});

test("says what it made and what comes next", () => {
  expect(createFolder().run("init", "work")).toEqual({
    exit: 0,
    out: [
      "Started a backlog in work with one example task.",
      "Written: work/BACKLOG.md, work/TODO.md, work/ARCHIVE.md, work/TASKS.md",
      "See what comes next with: backlog-cards next work",
      "",
    ].join("\n"),
    err: "",
  });
});

test.each(NOTES)("refuses where %s exists, and writes nothing", (name) => {
  const folder = createFolder({ [name]: "mine\n" });
  const before = folder.listAll();
  const { exit, json, err } = folder.runJson("init");
  expect(exit).toBe(1);
  expect(json).toMatchObject({ version: 1, refusal: { code: "note-exists" }, written: [] });
  expect(err).toBe(`backlog-cards: ${name} is there already, so nothing was written: name another folder.\n`);
  expect(folder.listAll()).toEqual(before);
});

test("is refused the second time", () => {
  const folder = createFolder();
  folder.run("init");
  const before = folder.listAll();
  expect(folder.run("init")).toMatchObject({ exit: 1, out: "" });
  expect(folder.listAll()).toEqual(before);
});

test("as a dry run shows the notes as new and makes not even the folder", () => {
  const folder = createFolder();
  const { exit, out, err } = folder.run("init", "work", "--dry-run");
  expect({ exit, err }).toEqual({ exit: 0, err: "" });
  for (const name of NOTES) expect(out).toContain(`--- /dev/null\n+++ b/work/${name}\n`);
  expect(folder.listAll()).toEqual([]);
});

test("uses the names that the vault's settings give", () => {
  const folder = createFolder({
    ".obsidian/plugins/backlog-cards/data.json": JSON.stringify({
      names: { backlog: "plan/PLAN.md", todo: "TASKS.md", archive: "old/DONE.md" },
    }),
  });
  expect(folder.runJson("init").json["written"]).toEqual(["plan/PLAN.md", "TASKS.md", "old/DONE.md"]);
  expect(folder.run("check").exit).toBe(0);
});

describe("what is in the way is named, with the way out, and nothing is written", () => {
  test.each([["f"], ["f/below"], ["f/below/deeper"]])("a file where the folder of %s should be", (path) => {
    const folder = createFolder({ f: "mine\n" });
    const before = folder.listAll();
    expect(folder.run("init", path)).toEqual({
      exit: 2,
      out: "",
      err: "backlog-cards: f is a file where a folder should be: name another folder.\n",
    });
    expect(folder.listAll()).toEqual(before);
  });

  test("a link that leads nowhere in a note's place", () => {
    const folder = createFolder();
    symlinkSync("elsewhere", join(folder.path, "TODO.md"));
    expect(folder.run("init")).toEqual({
      exit: 2,
      out: "",
      err: "backlog-cards: TODO.md is a link that leads nowhere: remove it, or make what it leads to, then try again.\n",
    });
    expect(folder.has("BACKLOG.md")).toBe(false);
  });

  test("a link that leads nowhere in the folder's place", () => {
    const folder = createFolder();
    symlinkSync("elsewhere", join(folder.path, "work"));
    const { exit, err } = folder.run("init", "work");
    expect(exit).toBe(2);
    expect(err).toMatch(/^backlog-cards: work is a link that leads nowhere: remove it, .*\n$/);
  });
});
