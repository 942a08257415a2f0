// One at a time moves tasks in a folder: the app and the command line, each with a lock of its own; another page of the app; the
// app on another device. Who is gone is not waited for, as far as it can be known.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem } from "../../src/cli/file-system";
import { nodeProcesses, takeLock } from "../../src/cli/lock";
import { writeOwner } from "../../src/core/lock-owner";
import { StoreError, type LockResult, type NoteStore } from "../../src/core/store";
import { bundleChild, runChild } from "../support/child-process";
import { readNotes, removeFolders, writePlace } from "../support/disk-place";
import { MemoryPlace } from "../support/memory-store";
import { notesOf } from "../support/move-scenarios";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";
import { loadStores, openStore } from "./support/vault-stores";

const OTHER_APP = writeOwner({ pid: 0, host: "app", token: "other", started: null });

let script: string;
beforeAll(() => {
  script = bundleChild();
});
afterAll(removeFolders);

describe.each(CODEMIRRORS)("on CodeMirror %s", (codemirror) => {
  let host: Host;
  let folder: string;
  let states: string;
  let count = 0;

  beforeAll(async () => {
    host = await openHost({ codemirror, vault: { "NOTE.md": "\n" } });
    await loadStores(host.page);
  });

  beforeEach(() => {
    folder = `folder-${count++}`;
    states = join(host.vaultPath, folder, ".backlog-cards");
    mkdirSync(states, { recursive: true });
  });

  afterEach(() => {
    host.faults.forgive();
  });

  afterAll(async () => {
    await host.close();
  });

  const app = () => openStore(host.page, folder);
  const commandLine = (wait = 2000): NoteStore => createDiskStore(join(host.vaultPath, folder), { lockWait: wait });
  const held = async (store: NoteStore): Promise<LockResult & { held: true }> => {
    const lock = await store.lock();
    if (!lock.held) throw new Error(lock.owner);
    return lock;
  };
  const releaseHeld = async (lock: LockResult): Promise<void> => {
    if (lock.held) await lock.release();
  };
  const appLocks = () => readdirSync(states).filter((name) => name.startsWith("app-lock"));
  const timers = async (): Promise<number> => {
    await host.settled();
    return host.page.evaluate(() => window.host.traces().timers);
  };
  const putOld = (name: string, text: string, age: number): void => {
    writeFileSync(join(states, name), text);
    const time = Date.now() / 1000 - age;
    utimesSync(join(states, name), time, time);
  };

  test("the app waits a short time for the command line, then says who it is; nothing of it is left", async () => {
    const other = await held(commandLine());
    const before = await timers();
    const store = app();
    const refused = await store.lock();
    expect(refused).toEqual({ held: false, owner: expect.stringContaining(`Process ${process.pid} on`) });
    expect(await store.findLock()).toContain(`Process ${process.pid} on`);
    expect([appLocks(), await timers()]).toEqual([[], before]);
    const waiting = store.lock();
    setTimeout(() => void other.release(), 300);
    expect((await waiting).held).toBe(true);
  });

  test("the command line waits for the app, then says that it is the app, and leaves no lock", async () => {
    const lock = await held(app());
    expect(await commandLine(300).lock()).toEqual({
      held: false,
      owner: expect.stringMatching(/^The app is moving tasks here: .* delete .*app-lock\.[0-9a-f]{12}\.$/),
    });
    expect(readdirSync(states)).not.toContain("lock");
    const waiting = commandLine().lock();
    setTimeout(() => void lock.release(), 300);
    expect((await waiting).held).toBe(true);
  });

  test("a real process of the command line moves only when the app is done", async () => {
    const notes = notesOf("infra/high: a b");
    writePlace(join(host.vaultPath, folder), new MemoryPlace(notes));
    const lock = await held(app());
    const ended = runChild(script, join(host.vaultPath, folder), "promotion");
    await new Promise((resolve) => setTimeout(resolve, 1000));
    expect(readNotes(join(host.vaultPath, folder))).toEqual(notes);
    await lock.release();
    expect(await ended).toMatchObject({ refusal: null, tasks: [expect.anything(), expect.anything()] });
  });

  test("of two stores of one page one has it, and timers and file go with its release", async () => {
    const before = await timers();
    const lock = await held(app());
    expect(await app().lock()).toMatchObject({ held: false, owner: expect.stringContaining("The app is moving") });
    expect(await app().findLock()).toContain("The app is moving");
    expect(appLocks()).toHaveLength(1);
    await lock.release();
    expect([appLocks(), await timers(), await app().findLock()]).toEqual([[], before, null]);
  });

  test("it is written again while it is held, and not after", async () => {
    const lock = await held(app());
    const [name = ""] = appLocks();
    const written = statSync(join(states, name)).mtimeMs;
    await host.page.waitForTimeout(2600);
    expect(statSync(join(states, name)).mtimeMs).toBeGreaterThan(written);
    await lock.release();
    await host.page.waitForTimeout(2600);
    expect(appLocks()).toEqual([]);
  });

  test("what a page left that crashed is taken over at once; the command line waits until it is old", async () => {
    await held(app());
    const [name = ""] = appLocks();
    await host.reopen();
    await loadStores(host.page);
    expect(await commandLine(50).lock()).toMatchObject({ held: false });
    const start = Date.now();
    const lock = await held(app());
    expect(Date.now() - start).toBeLessThan(1500);
    expect(appLocks()).toEqual([name]);
    await lock.release();
    putOld(name, OTHER_APP, 11);
    const other = await held(commandLine(50));
    expect(appLocks()).toEqual([]);
    await other.release();
  });

  test.each([
    [0, false],
    [5, false],
    [11, true],
    [-3600, true],
  ])("the app of another device, written %d seconds ago, is dead: %s", async (age, dead) => {
    putOld("app-lock.other", OTHER_APP, age);
    const lock = await app().lock();
    expect(lock.held).toBe(dead);
    if (lock.held) await lock.release();
    putOld("app-lock.other", OTHER_APP, age);
    const other = await commandLine(50).lock();
    expect(other.held).toBe(dead);
    if (other.held) await other.release();
  });

  test.each(["write", "stat", "list", "read"] as const)(
    "a disk that refuses (%s) is a StoreError, and the lock is free afterwards",
    async (operation) => {
      const before = await timers();
      const path = new RegExp(`^${folder}/.backlog-cards(?:/app-lock.*|/.gitignore|)$`);
      if (operation === "read") putOld("lock", "", 0);
      for (let at = 1; at < 4; at++) {
        let calls = 0;
        host.faults.interrupt({ operation, path }, () => {
          if (++calls === at) host.faults.refuse({ operation, path }, "EIO");
        });
        const lock = await app()
          .lock()
          .catch((error: unknown) => error);
        host.faults.forgive();
        if (!(lock instanceof StoreError)) await releaseHeld(lock as LockResult);
        expect([appLocks(), await timers()]).toEqual([[], before]);
      }
      rmSync(join(states, "lock"), { force: true });
      await (await held(app())).release();
    },
  );

  test("an app that slept writes nothing any more, and lets its lock grow old", async () => {
    const store = app();
    const lock = await held(store);
    await host.page.evaluate(() => {
      const { now } = Date;
      Object.assign(window, { wake: () => (Date.now = now) });
      Date.now = () => now() + 8000;
    });
    const [name = ""] = appLocks();
    const written = statSync(join(states, name)).mtimeMs;
    const change = { path: "b.md", before: null, after: "b", edits: [] };
    await expect(store.write(change)).rejects.toThrow(/asleep/);
    await expect(store.writeState("journal.json", "{}")).rejects.toBeInstanceOf(StoreError);
    await expect(store.removeState("journal.json")).rejects.toBeInstanceOf(StoreError);
    await host.page.waitForTimeout(2500);
    expect(statSync(join(states, name)).mtimeMs).toBe(written);
    await host.page.evaluate(() => (window as unknown as { wake(): void }).wake());
    await lock.release();
  });

  test("a person may break the lock of a program that is gone, and only that one", async () => {
    writeFileSync(join(states, "lock"), writeOwner({ pid: 1, host: "elsewhere", token: "x", started: null }));
    const store = app();
    await store.breakLock();
    expect(readdirSync(states)).toContain("lock");
    expect((await store.lock()).held).toBe(false);
    const seen = readFileSync(join(states, "lock"), "utf8");
    writeFileSync(join(states, "lock"), seen.replace('"x"', '"y"'));
    await store.breakLock();
    expect(readdirSync(states)).toContain("lock");
    expect((await store.lock()).held).toBe(false);
    await store.breakLock();
    expect(readdirSync(states)).not.toContain("lock");
    await (await held(store)).release();
  });

  test("without locks of the page, two stores of it still have it one after the other", async () => {
    await host.page.evaluate(() => Object.defineProperty(navigator, "locks", { value: undefined, configurable: true }));
    const lock = await held(app());
    expect((await app().lock()).held).toBe(false);
    await lock.release();
    await (await held(app())).release();
    await host.page.evaluate(() => Reflect.deleteProperty(navigator, "locks"));
  });

  test("over fifty rounds at the same moment, app and command line never have it together", async () => {
    const together: number[] = [];
    const turns = { app: 0, "command line": 0 };
    const run = async (who: keyof typeof turns, round: number, take: () => Promise<LockResult>): Promise<void> => {
      const lock = await take();
      if (!lock.held) return;
      inside++;
      if (inside > 1) together.push(round);
      turns[who]++;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 10));
      inside--;
      await lock.release();
    };
    let inside = 0;
    const stores = [app(), app()];
    for (let round = 0; round < 50; round++) {
      const delay = () => new Promise((resolve) => setTimeout(resolve, Math.random() * 15));
      const disk = () => takeLock(nodeFileSystem, states, 4000, nodeProcesses);
      await Promise.all([
        ...stores.map((store) => delay().then(() => run("app", round, () => store.lock()))),
        delay().then(() => run("command line", round, disk)),
        delay().then(() => run("command line", round, disk)),
      ]);
    }
    expect(together).toEqual([]);
    expect(turns.app).toBeGreaterThan(25);
    expect(turns["command line"]).toBeGreaterThan(25);
    expect(readdirSync(states)).toEqual([".gitignore"]);
  });
});
