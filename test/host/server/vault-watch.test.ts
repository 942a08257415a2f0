// Pins that the host hears of what other programs do to the vault: each change once, also where it came in one breath with
// others. A change that is missed would leave the tests of outside edits waiting for nothing.
import { mkdir, mkdtemp, realpath, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DiskChange } from "./disk-protocol";
import { DiskTurns } from "./disk-turns";
import { VaultDisk } from "./vault-disk";
import { VaultWatch } from "./vault-watch";

let vault: string;
let changes: string[];
let watch: VaultWatch;

const note = ({ path, stat }: DiskChange): void => void changes.push(stat === null ? `-${path}` : path);

beforeEach(async () => {
  vault = await realpath(await mkdtemp(join(tmpdir(), "vault-watch-")));
  await mkdir(join(vault, "notes"));
  await writeFile(join(vault, "notes/a.md"), "a");
  changes = [];
  watch = new VaultWatch(new VaultDisk(vault), new DiskTurns(), note);
  await watch.start();
});

afterEach(async () => {
  await watch.close();
  await rm(vault, { recursive: true });
});

/** Waits for a notice of the system, without a look through everything. */
async function hear(expected: readonly string[]): Promise<void> {
  for (let round = 0; round < 100 && changes.length < expected.length; round++) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  expect([...changes].sort()).toEqual([...expected].sort());
}

test("what is there at the start is no change", async () => {
  await watch.readAll();
  expect(changes).toEqual([]);
});

test("a note that is written into is heard of", async () => {
  await writeFile(join(vault, "notes/a.md"), "longer");
  await hear(["notes/a.md"]);
});

test("a note that is replaced by a rename, as agents and sync programs write, is heard of once", async () => {
  await writeFile(join(vault, "notes/.a.md.tmp"), "replaced");
  await rename(join(vault, "notes/.a.md.tmp"), join(vault, "notes/a.md"));
  await hear(["notes/a.md"]);
});

test("a new folder is heard of with all that was put into it at once", async () => {
  await mkdir(join(vault, "new/deep"), { recursive: true });
  await writeFile(join(vault, "new/deep/b.md"), "b");
  await hear(["new", "new/deep", "new/deep/b.md"]);
  await writeFile(join(vault, "new/deep/c.md"), "c");
  await hear(["new", "new/deep", "new/deep/b.md", "new/deep/c.md"]);
});

test("a folder that goes away is heard of once, for all below it", async () => {
  await rm(join(vault, "notes"), { recursive: true });
  await watch.readAll();
  expect(changes).toContain("-notes");
  expect(changes.filter((change) => change === "-notes")).toHaveLength(1);
});

test("a note that is renamed is heard of under both names", async () => {
  await rename(join(vault, "notes/a.md"), join(vault, "notes/b.md"));
  await hear(["-notes/a.md", "notes/b.md"]);
});

test("of hidden folders only the app's own is heard of", async () => {
  await mkdir(join(vault, ".obsidian"));
  await mkdir(join(vault, ".git"));
  await writeFile(join(vault, ".obsidian/app.json"), "{}");
  await writeFile(join(vault, ".git/HEAD"), "x");
  await hear([".obsidian", ".obsidian/app.json"]);
});

test("a look through everything finds what no notice came of, before it resolves", async () => {
  for (let round = 0; round < 20; round++) {
    changes = [];
    await writeFile(join(vault, "notes/a.md"), "x".repeat(round + 2));
    await watch.readAll();
    expect(changes).toEqual(["notes/a.md"]);
  }
});
