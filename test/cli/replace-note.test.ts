// A note is replaced by renaming. Another program may write at any moment, between comparing and renaming too: its text is
// kept, where the file system has hard links and where it has none.
import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem, type FileSystem } from "../../src/cli/file-system";
import { StoreError } from "../../src/core/store";
import { change, interrupt, makeNote, refuse } from "../support/disk-note";
import { makeFolder, readText, removeFolders } from "../support/disk-place";
import { systemError } from "../support/watched-file-system";

afterAll(removeFolders);

describe("another program", () => {
  const KEPT = ".backlog-cards-kept";

  test.each<readonly [string, keyof FileSystem, string]>([
    ["between comparing and linking", "link", KEPT],
    ["between linking and comparing again", "readFile", KEPT],
    ["between comparing and renaming", "replace", "NOTE.md"],
    ["between renaming and the last comparison", "flushFolder", ""],
  ])("that writes into the open file %s keeps its text", async (_, name, end) => {
    const { folder, path } = makeNote("before");
    const file = openSync(path, "r+");
    const fs = interrupt(name, end, () => void writeSync(file, "OTHER!", 0));
    expect(await createDiskStore(folder, { fs }).write(change("before", "after"))).toBe("stale");
    closeSync(file);
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["OTHER!", ["NOTE.md"]]);
  });

  test.each<readonly [string, keyof FileSystem, string]>([
    ["between comparing and linking", "link", KEPT],
    ["between linking and comparing again", "readFile", KEPT],
    ["between comparing and renaming", "replace", "NOTE.md"],
  ])("that renames another file over it %s keeps its text", async (_, name, end) => {
    const { folder, path } = makeNote("before");
    writeFileSync(join(folder, "other"), "OTHER!");
    const fs = interrupt(name, end, () => {
      renameSync(join(folder, "other"), path);
    });
    expect(await createDiskStore(folder, { fs }).write(change("before", "after"))).toBe("stale");
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["OTHER!", ["NOTE.md"]]);
  });

  test.each<readonly [string, keyof FileSystem, string]>([
    ["before it is opened", "checkWritable", "NOTE.md"],
    ["before it is compared", "readFile", "NOTE.md"],
    ["between comparing and linking", "link", KEPT],
    ["between comparing and renaming", "replace", "NOTE.md"],
  ])("that deletes it %s has it deleted", async (_, name, end) => {
    const { folder, path } = makeNote("before");
    const fs = interrupt(name, end, () => {
      rmSync(path);
    });
    expect(await createDiskStore(folder, { fs }).write(change("before", "after"))).toBe("stale");
    expect(readdirSync(folder)).toEqual([]);
  });

  test("that creates the note first keeps it", async () => {
    const folder = makeFolder();
    const fs = interrupt("link", "NOTE.md", () => {
      writeFileSync(join(folder, "NOTE.md"), "OTHER!");
    });
    expect(await createDiskStore(folder, { fs }).write(change(null, "after"))).toBe("stale");
    expect([readText(folder, "NOTE.md"), readdirSync(folder)]).toEqual(["OTHER!", ["NOTE.md"]]);
  });

  test.each<readonly [string, (path: string) => void]>([
    [
      "writes into",
      (path) => {
        writeFileSync(path, "OTHER!");
      },
    ],
    [
      "renames another file over",
      (path) => {
        writeFileSync(`${path}.other`, "OTHER!");
        renameSync(`${path}.other`, path);
      },
    ],
  ])("that %s a note about to be removed keeps its text", async (_, act) => {
    const { folder, path } = makeNote("before");
    const fs = interrupt("replace", KEPT.slice(-5), () => {
      act(path);
    });
    expect(await createDiskStore(folder, { fs }).write(change("before", null))).toBe("stale");
    expect([readFileSync(path, "utf8"), readdirSync(folder)]).toEqual(["OTHER!", ["NOTE.md"]]);
  });

  test("that removes a note about to be removed has it removed", async () => {
    const { folder, path } = makeNote("before");
    for (const name of ["checkWritable", "readFile", "replace"] as const) {
      writeFileSync(path, "before");
      const fs = interrupt(name, "", () => {
        rmSync(path);
      });
      expect(await createDiskStore(folder, { fs }).write(change("before", null))).toBe("stale");
      expect(readdirSync(folder)).toEqual([]);
    }
  });

  test("and a third at the same moment both keep their texts, and a sentence names both files", async () => {
    for (const after of ["after", null]) {
      const { folder, path } = makeNote("before");
      const file = openSync(path, "r+");
      const fs = interrupt("flushFolder", "", () => {
        writeSync(file, "SECOND", 0);
        writeFileSync(path, "THIRD!");
      });
      const write = createDiskStore(folder, { fs }).write(change("before", after));
      await expect(write).rejects.toThrow(/NOTE\.md was changed by two other programs at once: .*\.NOTE\.md\..*-kept/);
      closeSync(file);
      const texts = readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"));
      expect(texts.sort()).toEqual(["SECOND", "THIRD!"]);
    }
  });
});

describe("without hard links", () => {
  const without: FileSystem = {
    ...nodeFileSystem,
    link: () => {
      throw systemError("ENOTSUP");
    },
  };

  test("notes are replaced, created and removed all the same", async () => {
    const { folder } = makeNote();
    const store = createDiskStore(folder, { fs: without });
    expect(await store.write(change("a", "b"))).toBe("written");
    expect(await store.write(change("a", "c"))).toBe("stale");
    expect(await store.write(change(null, "n", "NEW.md"))).toBe("written");
    expect(await store.write(change(null, "m", "NEW.md"))).toBe("stale");
    expect(await store.write(change("n", null, "NEW.md"))).toBe("written");
    expect([readText(folder, "NOTE.md"), readdirSync(folder)]).toEqual(["b", ["NOTE.md"]]);
  });

  test("what another creates at that moment is kept", async () => {
    const folder = makeFolder();
    const fs: FileSystem = {
      ...without,
      create: (path, mode) => {
        if (path.endsWith("NOTE.md")) writeFileSync(path, "OTHER!");
        return nodeFileSystem.create(path, mode);
      },
    };
    expect(await createDiskStore(folder, { fs }).write(change(null, "after"))).toBe("stale");
    expect([readText(folder, "NOTE.md"), readdirSync(folder)]).toEqual(["OTHER!", ["NOTE.md"]]);
  });

  test("a text that another renames over it before the renaming is kept", async () => {
    const { folder, path } = makeNote("before");
    const fs: FileSystem = {
      ...without,
      replace: (from, to, identity) => {
        writeFileSync(`${path}.other`, "OTHER!");
        renameSync(`${path}.other`, path);
        return nodeFileSystem.replace(from, to, identity);
      },
    };
    expect(await createDiskStore(folder, { fs }).write(change("before", "after"))).toBe("stale");
    expect([readText(folder, "NOTE.md"), readdirSync(folder)]).toEqual(["OTHER!", ["NOTE.md"]]);
  });

  test("a file system that says so of links by another error is no file system without", async () => {
    const { folder } = makeNote();
    const fs = refuse(["link"], "EIO");
    await expect(createDiskStore(folder, { fs }).write(change("a", "b"))).rejects.toThrow(StoreError);
    await expect(createDiskStore(folder, { fs }).write(change(null, "b", "NEW.md"))).rejects.toThrow(StoreError);
    expect([readText(folder, "NOTE.md"), readdirSync(folder)]).toEqual(["a", ["NOTE.md"]]);
  });
});
