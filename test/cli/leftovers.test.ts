// What a killed process left beside a note is cleared away by the next one under the lock; a text of another program that
// is in it is put back, or named.
import { existsSync, linkSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem, type FileSystem } from "../../src/cli/file-system";
import type { NoteStore } from "../../src/core/store";
import { makeNote } from "../support/disk-note";
import { makeFolder, readText, removeFolders } from "../support/disk-place";

afterAll(removeFolders);

describe("what a killed process left beside a note", () => {
  const digest = async (text: string) => (await createDiskStore(".").digest(text)).slice(0, 16);
  const readLocked = async (store: NoteStore) => {
    const lock = await store.lock();
    if (!lock.held) throw new Error(lock.owner);
    try {
      return await store.read("NOTE.md");
    } finally {
      await lock.release();
    }
  };
  const nameKept = async (before: string, after: string | null) =>
    `.NOTE.md.0123456789ab.${await digest(before)}-${after === null ? "removed" : await digest(after)}.backlog-cards-kept`;
  const list = (folder: string) => readdirSync(folder).filter((name) => name !== ".backlog-cards");

  test.each<readonly [string, string | null, string, string | null, string | null]>([
    ["is removed where the note was replaced", "after", "before", "after", "after"],
    ["is removed where the note was removed", null, "before", null, null],
    ["is removed where another wrote the note since", "OTHER!", "before", "after", "OTHER!"],
    ["is put back where another had written into it", "after", "OTHER!", "after", "OTHER!"],
    ["is put back where another had written into a note that was removed", null, "OTHER!", null, "OTHER!"],
  ])("%s", async (_, note, kept, after, left) => {
    const folder = makeFolder();
    if (note !== null) writeFileSync(join(folder, "NOTE.md"), note);
    writeFileSync(join(folder, await nameKept("before", after)), kept);
    await readLocked(createDiskStore(folder));
    expect([readText(folder, "NOTE.md"), list(folder)]).toEqual([left, left === null ? [] : ["NOTE.md"]]);
  });

  test("is removed where it is but another name of the note", async () => {
    const { folder, path } = makeNote("OTHER!");
    linkSync(path, join(folder, await nameKept("before", "after")));
    expect(await readLocked(createDiskStore(folder))).toEqual({ kind: "text", text: "OTHER!" });
    expect(list(folder)).toEqual(["NOTE.md"]);
  });

  test("is named where two programs wrote since, and nothing is touched", async () => {
    const { folder } = makeNote("THIRD!");
    const kept = await nameKept("before", "after");
    writeFileSync(join(folder, kept), "SECOND");
    await expect(readLocked(createDiskStore(folder))).rejects.toThrow(/two other programs at once/);
    expect([readText(folder, "NOTE.md"), readText(folder, kept)]).toEqual(["THIRD!", "SECOND"]);
    writeFileSync(join(folder, "NOTE.md"), "after");
    const fs: FileSystem = {
      ...nodeFileSystem,
      replace: (from, to, id) => id === null && nodeFileSystem.replace(from, to, id),
    };
    await expect(readLocked(createDiskStore(folder, { fs }))).rejects.toThrow(/two other programs at once/);
  });

  test("goes when it is a half-written text, and only under the lock; what is not ours stays", async () => {
    const { folder } = makeNote();
    const ours = ".NOTE.md.0123456789ab.backlog-cards-tmp";
    const others = [
      ".NOTE.md.tmp",
      ".NOTE.md.x.backlog-cards-tmp",
      ".OTHER.md.0123456789ab.backlog-cards-tmp",
      "NOTE.md~",
    ];
    for (const name of [ours, ...others]) writeFileSync(join(folder, name), "x");
    const store = createDiskStore(folder);
    await store.read("NOTE.md");
    expect(existsSync(join(folder, ours))).toBe(true);
    await readLocked(store);
    expect(list(folder).sort()).toEqual([...others, "NOTE.md"].sort());
  });

  test("in the folder of the states goes with the next lock", async () => {
    const { folder } = makeNote();
    const states = join(folder, ".backlog-cards");
    mkdirSync(join(states, "ledger"), { recursive: true });
    const left = [
      "journal.json.0123456789ab.backlog-cards-tmp",
      "ledger/000001.json.0123456789ab.backlog-cards-tmp",
      "lock.0123456789ab.backlog-cards-tmp",
    ];
    for (const name of [...left, "notes.txt"]) writeFileSync(join(states, name), "x");
    await readLocked(createDiskStore(folder));
    expect(readdirSync(states).sort()).toEqual([".gitignore", "ledger", "notes.txt"]);
    expect(readdirSync(join(states, "ledger"))).toEqual([]);
    expect(readText(states, ".gitignore")).toBe("*\n");
  });

  test("a .gitignore that is there is left as it is", async () => {
    const { folder } = makeNote();
    mkdirSync(join(folder, ".backlog-cards"));
    writeFileSync(join(folder, ".backlog-cards", ".gitignore"), "mine\n");
    await readLocked(createDiskStore(folder));
    expect(readText(folder, ".backlog-cards/.gitignore")).toBe("mine\n");
  });
});
