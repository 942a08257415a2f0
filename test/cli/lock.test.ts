// The lock on the disk: one holder at a time; a dead one's is taken over at once and by one process only, a live one's is
// waited for a short time; what can't be read, or asked, counts as live.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import type { FileSystem } from "../../src/cli/file-system";
import { nodeFileSystem } from "../../src/cli/file-system";
import { nodeProcesses, sweepLocks, takeLock } from "../../src/cli/lock";
import { writeOwner, type LockOwner } from "../../src/core/lock-owner";
import { makeFolder, removeFolders } from "../support/disk-place";
import { FakeProcesses } from "../support/fake-processes";
import { systemError, watchFileSystem } from "../support/watched-file-system";

afterAll(removeFolders);

const owner = (change: Partial<LockOwner> = {}): LockOwner => ({
  pid: 999_999_999,
  host: hostname(),
  token: "dead-1",
  started: null,
  ...change,
});

/** A folder with a lock of that text. */
function makeLocked(text: string): string {
  const folder = makeFolder();
  writeFileSync(join(folder, "lock"), text);
  return folder;
}

const take = (folder: string, fs: FileSystem = nodeFileSystem, processes = nodeProcesses) =>
  takeLock(fs, folder, 60, processes);

describe("a lock", () => {
  test("says who holds it, all of it at once, and is gone when released", async () => {
    const folder = makeFolder();
    const lock = await take(folder);
    expect(JSON.parse(readFileSync(join(folder, "lock"), "utf8"))).toMatchObject({
      pid: process.pid,
      host: hostname(),
    });
    expect(readdirSync(folder)).toEqual(["lock"]);
    if (lock.held) await lock.release();
    expect(readdirSync(folder)).toEqual([]);
  });

  test("is waited for as long as its owner lives, and then taken", async () => {
    const folder = makeFolder();
    const first = await take(folder);
    const second = takeLock(nodeFileSystem, folder, 5000, nodeProcesses);
    await new Promise((resolve) => setTimeout(resolve, 80));
    if (first.held) await first.release();
    expect((await second).held).toBe(true);
  });

  test("of another that took it after ours was deleted by hand is not removed by our release", async () => {
    const folder = makeFolder();
    const first = await take(folder);
    rmSync(join(folder, "lock"));
    expect((await take(folder)).held).toBe(true);
    if (first.held) await first.release();
    expect(existsSync(join(folder, "lock"))).toBe(true);
  });
});

describe("a lock that is there is", () => {
  const space = "/proc/self/ns/pid";
  const self = nodeProcesses.describeSelf();
  const [machine = "", boot = "", ns = "", time = ""] = self.started?.split(" ") ?? [];
  const known = existsSync(space);

  test.each<readonly [string, string, boolean]>([
    ["of a process that is gone", writeOwner(owner()), true],
    ["of this process", writeOwner({ ...self, token: "x" }), false],
    ["of this process, which does not say when it started", writeOwner({ ...self, started: null }), false],
    ["of another machine", writeOwner(owner({ host: "elsewhere" })), false],
    ["of no process that can be asked", writeOwner(owner({ pid: 0 })), false],
    ["of the first process of all", writeOwner(owner({ pid: 1 })), false],
    ["empty", "", false],
    ["garbage", "\u0000garbage", false],
    ["cut off", writeOwner(owner()).slice(0, 20), false],
    ["longer than any", writeOwner(owner({ host: "x".repeat(5000) })), false],
    ...(known
      ? ([
          [
            "of an earlier process with this one's id",
            writeOwner({ ...self, started: `${machine} ${boot} ${ns} 1` }),
            true,
          ],
          [
            "from before the machine was started",
            writeOwner({ ...self, started: `${machine} other ${ns} ${time}` }),
            true,
          ],
          ["of another container", writeOwner(owner({ started: `${machine} ${boot} pid:[1] 1` })), false],
          ["of a machine with the same name", writeOwner(owner({ started: `other ${boot} ${ns} 1` })), false],
          [
            "of a process that is gone, which says when it started",
            writeOwner(owner({ started: `${machine} ${boot} ${ns} 1` })),
            true,
          ],
        ] as const)
      : []),
  ])("%s: taken over at once or named", async (_, text, taken) => {
    const folder = makeLocked(text);
    const lock = await take(folder);
    expect(lock.held).toBe(taken);
    if (!lock.held) expect(lock.owner).toContain(`delete ${folder}/lock`);
    expect(readFileSync(join(folder, "lock"), "utf8") === text).toBe(!taken);
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  test("of a child that was killed: taken over", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const text = writeOwner({ pid: child.pid ?? 0, host: hostname(), token: "child", started: null });
    const folder = makeLocked(text);
    expect((await take(folder)).held).toBe(false);
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
    expect((await take(folder)).held).toBe(true);
  });
});

describe("taking over from the dead", () => {
  const setUp = () => {
    const folder = makeFolder();
    const processes = new FakeProcesses();
    const dead = processes.describeSelf();
    writeFileSync(join(folder, "lock"), writeOwner(dead));
    return { folder, processes, dead };
  };

  test("goes on where another died while taking over, however often", async () => {
    const { folder, processes, dead } = setUp();
    let token = dead.token;
    for (let depth = 0; depth < 5; depth++) {
      const claimant = processes.describeSelf();
      writeFileSync(join(folder, `lock.${token}`), writeOwner(claimant));
      token = claimant.token;
    }
    processes.killAll();
    expect((await take(folder, nodeFileSystem, processes)).held).toBe(true);
    sweepLocks(nodeFileSystem, folder, processes);
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  test("waits where another that lives is taking over", async () => {
    const { folder, processes, dead } = setUp();
    processes.killAll();
    const claimant = processes.describeSelf();
    writeFileSync(join(folder, `lock.${dead.token}`), writeOwner(claimant));
    const lock = await take(folder, nodeFileSystem, processes);
    expect(lock.held).toBe(false);
    sweepLocks(nodeFileSystem, folder, processes);
    expect(readdirSync(folder).sort()).toEqual(["lock", `lock.${dead.token}`]);
  });

  test("gives way where another took over before it had its claim", async () => {
    const { folder, processes, dead } = setUp();
    processes.killAll();
    const other = processes.describeSelf();
    const fs = watchFileSystem(nodeFileSystem, {
      before: ({ name, path }) => {
        if (name === "link" && path.endsWith(dead.token)) writeFileSync(join(folder, "lock"), writeOwner(other));
      },
    });
    expect((await take(folder, fs, processes)).held).toBe(false);
    expect(readFileSync(join(folder, "lock"), "utf8")).toBe(writeOwner(other));
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  test("does not follow a circle of the dead for ever", async () => {
    const { folder, processes, dead } = setUp();
    writeFileSync(join(folder, `lock.${dead.token}`), writeOwner(dead));
    processes.killAll();
    expect((await take(folder, nodeFileSystem, processes)).held).toBe(false);
  });
});

describe("where the file system", () => {
  test("has no hard links the lock is created directly, and held by one", async () => {
    const folder = makeFolder();
    const processes = new FakeProcesses();
    const fs: FileSystem = {
      ...nodeFileSystem,
      link: () => {
        throw systemError("ENOTSUP");
      },
    };
    const lock = await take(folder, fs, processes);
    expect([lock.held, (await take(folder, fs, processes)).held]).toEqual([true, false]);
    processes.killAll();
    expect((await take(folder, fs, processes)).held).toBe(true);
    expect(readdirSync(folder)).toEqual(["lock"]);
  });

  test.each([true, false])(
    "gives the lock to another at the last moment it is not ours (hard links: %s)",
    async (links) => {
      const folder = makeFolder();
      const processes = new FakeProcesses();
      const other = processes.describeSelf();
      const hasty: FileSystem = {
        ...nodeFileSystem,
        link: (path, name) => {
          writeFileSync(name, writeOwner(other));
          if (!links) throw systemError("EPERM");
          nodeFileSystem.link(path, name);
        },
      };
      const lock = await take(folder, hasty, processes);
      expect(lock).toEqual({ held: false, owner: expect.stringContaining(`Process ${other.pid} on here`) });
    },
  );

  test.each(["create", "write", "link", "readFile"])(
    "refuses to %s, that is thrown, and nothing is left",
    async (name) => {
      const folder = makeFolder();
      const fs = watchFileSystem(nodeFileSystem, {
        before: (operation) => {
          if (operation.name === name) throw systemError("EIO");
        },
      });
      await expect(take(folder, fs)).rejects.toMatchObject({ code: "EIO" });
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  test("lost the temporary file to whoever holds the lock, the next attempt makes another", async () => {
    const folder = makeFolder();
    let swept = 0;
    const fs = watchFileSystem(nodeFileSystem, {
      before: ({ name }) => {
        if (name !== "link" || swept++ > 0) return;
        for (const file of readdirSync(folder)) rmSync(join(folder, file));
      },
    });
    expect((await take(folder, fs)).held).toBe(true);
    const other = makeLocked(writeOwner(owner()));
    let renames = 0;
    const renaming = watchFileSystem(nodeFileSystem, {
      before: ({ name }) => {
        if (name !== "replace" || renames++ > 0) return;
        for (const file of readdirSync(other)) if (file.endsWith("-tmp")) rmSync(join(other, file));
      },
    });
    expect((await take(other, renaming)).held).toBe(true);
  });
});

test("the remains of a process that was not waited for are no live process", () => {
  // A shell that does not wait for its child leaves a zombie until it ends itself.
  const script = 'sleep 0 & echo $!; exec "$0" -e "setTimeout(() => {}, 300)"';
  const shell = spawn("sh", ["-c", script, process.execPath], { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise<void>((resolve, reject) => {
    shell.stdout.once("data", (bytes: Buffer) => {
      setTimeout(() => {
        try {
          const pid = Number.parseInt(bytes.toString(), 10);
          const { started } = nodeProcesses.describeSelf();
          const place = started?.replace(/\d+$/, "1") ?? null;
          expect(nodeProcesses.isAlive({ pid, host: hostname(), token: "x", started: place })).toBe(false);
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      }, 100);
    });
  });
});

test("node is there to be asked", () => {
  expect(spawnSync(process.execPath, ["-e", "0"]).status).toBe(0);
});
