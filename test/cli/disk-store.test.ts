// The disk as a NoteStore: the contract that the memory store keeps too, and what only a disk has: modes, owners, links,
// large notes, states.
import {
  chmodSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem, type FileSystem } from "../../src/cli/file-system";
import { STATE_LIMIT } from "../../src/core/journal";
import { change, makeNote, refuse } from "../support/disk-note";
import { makeFolder, readText, removeFolders } from "../support/disk-place";
import { promote, undo } from "../support/move-scenarios";
import { blockOf, textsOf } from "../support/notation";
import { describeStoreContract } from "../support/store-contract";
import { systemError } from "../support/watched-file-system";

afterAll(removeFolders);

describeStoreContract("the disk store", () => {
  const folder = makeFolder();
  const put = (path: string, bytes: string | Uint8Array) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  };
  return {
    open: () => createDiskStore(folder, { lockWait: 50 }),
    look: (path) => readText(folder, path),
    put,
    spoil: (path) => {
      put(path, Uint8Array.of(0x23, 0x20, 0xff, 0xfe, 0x0a));
    },
    block: (path) => {
      mkdirSync(join(folder, path));
    },
  };
});

describe("a note that is replaced", () => {
  test.each([0o600, 0o644, 0o664, 0o755])("keeps its mode %o", async (mode) => {
    const { folder, path } = makeNote();
    chmodSync(path, mode);
    expect(await createDiskStore(folder).write(change("a", "b"))).toBe("written");
    expect(statSync(path).mode & 0o777).toBe(mode);
  });

  test("keeps its owner, where the system allows it", async () => {
    const { folder, path } = makeNote();
    const given: (readonly [number, number])[] = [];
    const inspect = (file: string) => ({ ...nodeFileSystem.inspect(file), uid: 4242, gid: 4243 });
    const fs: FileSystem = { ...nodeFileSystem, inspect, setOwner: (_, uid, gid) => void given.push([uid, gid]) };
    await createDiskStore(folder, { fs }).write(change("a", "b"));
    expect(given).toEqual([[4242, 4243]]);
    const forbidding: FileSystem = {
      ...fs,
      setOwner: () => {
        throw systemError("EPERM");
      },
    };
    expect(await createDiskStore(folder, { fs: forbidding }).write(change("b", "c"))).toBe("written");
    expect(readFileSync(path, "utf8")).toBe("c");
  });

  test("behind a symbolic link is replaced where it is, and the link stays", async () => {
    const { folder } = makeNote();
    const elsewhere = makeFolder();
    renameSync(join(folder, "NOTE.md"), join(elsewhere, "target.md"));
    symlinkSync(join(elsewhere, "target.md"), join(folder, "NOTE.md"));
    const store = createDiskStore(folder);
    expect(await store.write(change("a", "b"))).toBe("written");
    expect(lstatSync(join(folder, "NOTE.md")).isSymbolicLink()).toBe(true);
    expect(readText(elsewhere, "target.md")).toBe("b");
    expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([["NOTE.md"], ["target.md"]]);
    expect(await store.write(change("b", null))).toBe("written");
    expect([readdirSync(folder), readdirSync(elsewhere)]).toEqual([[], []]);
    expect(await store.read("NOTE.md")).toEqual({ kind: "absent" });
  });

  test("in a folder behind a symbolic link is too", async () => {
    const { folder } = makeNote();
    const link = join(makeFolder(), "link");
    symlinkSync(folder, link);
    expect(await createDiskStore(link).write(change("a", "b"))).toBe("written");
    expect(readText(folder, "NOTE.md")).toBe("b");
  });

  test("leaves nothing beside it, whatever the result", async () => {
    const { folder } = makeNote();
    const store = createDiskStore(folder);
    await store.write(change("a", "b"));
    await store.write(change("a", "c"));
    await store.write(change(null, "c", "NEW.md"));
    await store.write(change(null, "c", "NEW.md"));
    await store.write(change("c", null, "NEW.md"));
    await store.write(change("c", null, "NEW.md"));
    expect(readdirSync(folder)).toEqual(["NOTE.md"]);
  });

  test("may have the longest name that the disk allows", async () => {
    const { folder } = makeNote();
    const name = `${"n".repeat(252)}.md`;
    writeFileSync(join(folder, name), "a");
    expect(await createDiskStore(folder).write(change("a", "b", name))).toBe("written");
    expect(readText(folder, name)).toBe("b");
  });

  test("of 50 MB is read, replaced and put back, while a small one beside it moves", async () => {
    const folder = makeFolder();
    const backlog = textsOf("infra/high: a b").backlog ?? "";
    const padding = `${"x".repeat(1023)}\n`.repeat(50 * 1024);
    writeFileSync(join(folder, "BACKLOG.md"), `${backlog}${padding}`);
    const store = createDiskStore(folder);
    const before = process.memoryUsage().rss;
    expect((await promote()(store)).refusal).toBeNull();
    expect(process.memoryUsage().rss - before).toBeLessThan(1.5e9);
    expect(statSync(join(folder, "BACKLOG.md")).size).toBeLessThan(padding.length + backlog.length);
    expect(readText(folder, "TODO.md")).toContain(blockOf("a"));
    expect((await undo(store)).refusal).toBeNull();
    expect(readText(folder, "BACKLOG.md") === `${backlog}${padding}`).toBe(true);
    expect(existsSync(join(folder, "TODO.md"))).toBe(false);
  });
});

describe("states", () => {
  test("longer than the limit are cut, but never to within it", async () => {
    const { folder } = makeNote();
    mkdirSync(join(folder, ".backlog-cards"));
    const file = openSync(join(folder, ".backlog-cards", "journal.json"), "w");
    writeSync(file, "x", 3 * STATE_LIMIT + 100);
    closeSync(file);
    const text = await createDiskStore(folder).readState("journal.json");
    expect(text?.length).toBeGreaterThan(STATE_LIMIT);
    expect(text?.length).toBeLessThan(3 * STATE_LIMIT + 100);
  });

  test("are as they were where the disk is full", async () => {
    const { folder } = makeNote();
    mkdirSync(join(folder, ".backlog-cards"));
    const store = createDiskStore(folder);
    await store.writeState("journal.json", "one");
    for (const name of ["create", "write", "flush", "replace"]) {
      const full = createDiskStore(folder, { fs: refuse([name], "ENOSPC") });
      await expect(full.writeState("journal.json", "two")).rejects.toThrow(
        /journal\.json can't be written: the disk is full/,
      );
      expect([await store.readState("journal.json"), readdirSync(join(folder, ".backlog-cards"))]).toEqual([
        "one",
        ["journal.json"],
      ]);
    }
  });
});
