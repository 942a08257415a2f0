// The command line beside the app: a live lock of the app is waited for and named, an old one cleared away; a state that the app
// was writing when it was stopped is finished or dropped.
import { existsSync, mkdirSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem } from "../../src/cli/file-system";
import { findAppLock, nodeProcesses, takeLock } from "../../src/cli/lock";
import { isMovePending } from "../../src/cli/pending-move";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { writeOwner } from "../../src/core/lock-owner";
import { backlogNote, createFolder, removeFolders as removeOthers, taskBlock } from "../support/command-line";
import { makeFolder, removeFolders } from "../support/disk-place";
import { systemError, watchFileSystem } from "../support/watched-file-system";

afterAll(removeFolders);
afterAll(removeOthers);

const APP = writeOwner({ pid: 0, host: "app", token: "a", started: null });

/** A backlog folder with files in its `.backlog-cards/`; some of them so many seconds old. */
function setUp(files: Readonly<Record<string, string>>, age = 0): { readonly folder: string; readonly states: string } {
  const folder = makeFolder();
  const states = join(folder, ".backlog-cards");
  for (const [name, text] of Object.entries(files)) {
    const path = join(states, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    utimesSync(path, Date.now() / 1000 - age, Date.now() / 1000 - age);
  }
  return { folder, states };
}

const take = (states: string, wait = 60) => takeLock(nodeFileSystem, states, wait, nodeProcesses);
const found = (path: string) => ({ path, names: DEFAULT_NAMES, rules: {}, warning: null });

describe("a lock of the app", () => {
  test.each(["app-lock", "app-lock.0123456789ab"])("(%s) is waited for, then named, and ours is gone", async (name) => {
    const { states } = setUp({ [name]: APP });
    expect(await take(states)).toEqual({ held: false, owner: expect.stringContaining(`delete ${states}/${name}.`) });
    expect(readdirSync(states)).toEqual([name]);
    const waiting = take(states, 5000);
    setTimeout(() => rmSync(join(states, name)), 100);
    expect((await waiting).held).toBe(true);
  });

  test("that is cut off counts while it is young", async () => {
    const { states } = setUp({ "app-lock.1": APP.slice(0, 9) });
    expect(await take(states)).toEqual({ held: false, owner: expect.stringContaining("says nothing of who holds it") });
  });

  test("that is old is dead, and cleared away; one that is gone before it is read is none", async () => {
    const { folder, states } = setUp({ "app-lock.1": APP }, 11);
    expect(findAppLock(nodeFileSystem, states, Date.now())).toBeNull();
    const lock = await createDiskStore(folder, { lockWait: 0 }).lock();
    expect([lock.held, readdirSync(states)]).toEqual([true, [".gitignore", "lock"]]);
    writeFileSync(join(states, "app-lock.1"), APP);
    const fs = watchFileSystem(nodeFileSystem, {
      before: ({ name, path }) => {
        if (name === "readFile" && path.endsWith("app-lock.1")) rmSync(path);
      },
    });
    expect(findAppLock(fs, states, Date.now())).toBeNull();
  });

  test("that can't be looked at is thrown, and ours is gone", async () => {
    const { states } = setUp({ "app-lock.1": APP });
    const fs = watchFileSystem(nodeFileSystem, {
      before: ({ name }) => {
        if (name === "readFolder") throw systemError("EIO");
      },
    });
    await expect(takeLock(fs, states, 60, nodeProcesses)).rejects.toMatchObject({ code: "EIO" });
    expect(readdirSync(states)).toEqual(["app-lock.1"]);
  });

  test("is the reason of a refusal, even of a call that only tells, unless it is old", () => {
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock("docs-1")]), ".backlog-cards/app-lock.1": APP });
    const call = () => folder.run("promote", "--dry-run");
    expect(call()).toMatchObject({ exit: 1, err: expect.stringContaining("The app is moving tasks here") });
    utimesSync(join(folder.path, ".backlog-cards/app-lock.1"), 0, 0);
    expect(call()).toMatchObject({ exit: 0, err: "" });
  });
});

describe("a state that the app was writing", () => {
  test.each([
    ["whole, with nothing in its place", { "journal.json.new": "{}" }, "{}", ["journal.json"]],
    ["cut off, with nothing in its place", { "journal.json.new": "{" }, null, []],
    ["whole, with the old one there", { "journal.json.new": "{}", "journal.json": "[]" }, "[]", ["journal.json"]],
    ["cut off, with the old one there", { "journal.json.new": "{", "journal.json": "[]" }, "[]", ["journal.json"]],
  ])("%s, is read as it counts, and settled under the lock", async (_, files, text, names) => {
    const { folder, states } = setUp(files);
    const store = createDiskStore(folder);
    const look = async () => [await store.readState("journal.json"), await store.listState("")];
    expect(await look()).toEqual([text, names]);
    expect(isMovePending(found(folder))).toBe(true);
    const lock = await store.lock();
    if (lock.held) await lock.release();
    expect(await look()).toEqual([text, [".gitignore", ...names]]);
    expect(readdirSync(states).sort()).toEqual([".gitignore", ...names]);
  });

  test("does not come back when the state is removed", async () => {
    const { folder, states } = setUp({ "journal.json.new": "{}", "journal.json": "[]" });
    await createDiskStore(folder).removeState("journal.json");
    expect(existsSync(join(states, "journal.json.new"))).toBe(false);
    expect(readdirSync(states)).toEqual([]);
  });
});
