// Where the operating system refuses, a person gets one sentence that names the note and says what to do.
import { readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { errorCode, nodeFileSystem } from "../../src/cli/file-system";
import { StoreError } from "../../src/core/store";
import { change, makeNote, refuse } from "../support/disk-note";
import { makeFolder, removeFolders } from "../support/disk-place";
import { watchFileSystem } from "../support/watched-file-system";

afterAll(removeFolders);

describe("where the system refuses, one sentence says which note, and what to do", () => {
  test.each<readonly [string, RegExp]>([
    ["EACCES", /NOTE\.md can't be written: permission denied\. Give yourself the right/],
    ["EPERM", /permission denied/],
    ["EROFS", /the disk is read-only/],
    ["ENOSPC", /the disk is full\. Free some space/],
    ["EDQUOT", /the disk is full/],
    ["EISDIR", /it is a folder/],
    ["EEXIST", /is in the way/],
    ["ENOTDIR", /is in the way/],
    ["ENOENT", /its folder is not there any more/],
    ["ELOOP", /lead in a circle/],
    ["ENAMETOOLONG", /its name is too long/],
    ["EIO", /NOTE\.md can't be written \(EIO\)/],
  ])("%s", async (code, sentence) => {
    const { folder, path } = makeNote();
    for (const name of ["create", "write"]) {
      const write = createDiskStore(folder, { fs: refuse([name], code) }).write(change("a", "b"));
      await expect(write).rejects.toThrow(sentence);
      await expect(write).rejects.toBeInstanceOf(StoreError);
    }
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["a", ["NOTE.md"]]);
  });

  test("a read-only note is not written, though its folder would allow it", async () => {
    const { folder, path } = makeNote();
    const fs = refuse(["checkWritable"], "EACCES");
    for (const after of ["b", null]) {
      await expect(createDiskStore(folder, { fs }).write(change("a", after))).rejects.toThrow(/permission denied/);
    }
    expect(readFileSync(path, "utf8")).toBe("a");
  });

  test("a note that may not be read is named", async () => {
    const { folder } = makeNote();
    const store = createDiskStore(folder, { fs: refuse(["readFile"], "EACCES") });
    await expect(store.read("NOTE.md")).rejects.toThrow(/NOTE\.md can't be read: permission denied/);
  });

  test("a read-only folder takes no lock, and nothing is written", async () => {
    const { folder } = makeNote();
    await expect(createDiskStore(folder, { fs: refuse(["makeFolder"], "EROFS") }).lock()).rejects.toThrow(/read-only/);
    expect(readdirSync(folder)).toEqual(["NOTE.md"]);
  });

  test("a lock that can't be tidied up after is given back", async () => {
    const { folder } = makeNote();
    const fs = refuse(["create"], "ENOSPC", ({ path }) => path.includes(".gitignore"));
    await expect(createDiskStore(folder, { fs }).lock()).rejects.toThrow(/the disk is full/);
    expect(readdirSync(join(folder, ".backlog-cards"))).toEqual([]);
  });

  test.each<readonly [string, (path: string) => void, RegExp]>([
    [
      "leads nowhere",
      (path) => {
        symlinkSync(join(dirname(path), "nothing"), path);
      },
      /LINK\.md is a link that leads nowhere/,
    ],
    [
      "leads in a circle",
      (path) => {
        symlinkSync(path, path);
      },
      /LINK\.md can't be read: its links lead in a circle/,
    ],
    [
      "leads to a folder",
      (path) => {
        symlinkSync(dirname(path), path);
      },
      /LINK\.md is a folder/,
    ],
    [
      "leads to a device",
      (path) => {
        symlinkSync("/dev/null", path);
      },
      /LINK\.md is no ordinary file/,
    ],
  ])("a link that %s", async (_, make, sentence) => {
    const folder = makeFolder();
    make(join(folder, "LINK.md"));
    await expect(createDiskStore(folder).read("LINK.md")).rejects.toThrow(sentence);
  });

  test("a note larger than any string", async () => {
    const { folder } = makeNote();
    const inspect = (path: string) => ({ ...nodeFileSystem.inspect(path), size: 300 * 1024 * 1024 });
    const store = createDiskStore(folder, { fs: { ...nodeFileSystem, inspect } });
    await expect(store.read("NOTE.md")).rejects.toThrow(/larger than 256 MB/);
  });

  test("a folder that is not there", async () => {
    const store = createDiskStore(join(makeFolder(), "gone"));
    expect(await store.read("NOTE.md")).toEqual({ kind: "absent" });
    expect(await store.write(change("a", "b"))).toBe("stale");
    expect(await store.listState("")).toEqual([]);
    await expect(store.write(change(null, "b", "sub/NOTE.md"))).rejects.toThrow(/its folder is not there/);
    await expect(store.lock()).rejects.toThrow(/its folder is not there/);
    await expect(store.writeState("journal.json", "x")).rejects.toThrow(/its folder is not there/);
  });

  test("a file where the folder of the states, or of a note, should be", async () => {
    const { folder } = makeNote();
    writeFileSync(join(folder, ".backlog-cards"), "x");
    const store = createDiskStore(folder);
    expect([await store.readState("journal.json"), await store.listState("ledger")]).toEqual([null, []]);
    await expect(store.lock()).rejects.toThrow(/is in the way/);
    expect(await store.read("NOTE.md/NOTE.md")).toEqual({ kind: "absent" });
    await expect(store.write(change(null, "b", "NOTE.md/NOTE.md"))).rejects.toThrow(/is in the way/);
  });

  test("an error that is our bug is thrown as it is", async () => {
    const { folder } = makeNote();
    const fs = watchFileSystem(nodeFileSystem, {
      before: () => {
        throw new TypeError("a bug");
      },
    });
    await expect(createDiskStore(folder, { fs }).read("NOTE.md")).rejects.toThrow(TypeError);
    expect([errorCode(new Error("x")), errorCode(null), errorCode("ENOENT")]).toEqual([null, null, null]);
  });
});
