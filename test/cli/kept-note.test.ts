// The command line puts a note back that the app was writing when it was stopped, at whichever byte; and is stopped itself there.
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { nodeFileSystem, type FileSystem } from "../../src/cli/file-system";
import { KEPT, writeKept } from "../../src/core/kept-note";
import type { NoteRead } from "../../src/core/store";
import { listLeftovers, makeFolder, removeFolders } from "../support/disk-place";

const NOTE = "TODO.md";
const BEFORE = "# Tö do 😀\n\n## Do a\n";
const AFTER = "# Tö do 😀\r\nmoved ü\n";

afterAll(removeFolders);

const bytesOf = (text: string): Buffer => Buffer.from(text);

/** A folder in which the app was stopped while it wrote a note. */
function leave(bytes: Uint8Array | null, before: string | null = BEFORE, path = NOTE): string {
  const folder = makeFolder();
  mkdirSync(join(folder, ".backlog-cards"));
  writeFileSync(join(folder, ".backlog-cards", KEPT), writeKept({ path, before, after: AFTER }));
  if (bytes !== null) writeFileSync(join(folder, path), bytes);
  return folder;
}

async function takeLock(folder: string, fs?: FileSystem): Promise<void> {
  const lock = await createDiskStore(folder, fs && { fs }).lock();
  if (!lock.held) throw new Error(lock.owner);
  await lock.release();
}

const read = (folder: string): Promise<NoteRead> => createDiskStore(folder).read(NOTE);
const look = (folder: string): Buffer | null =>
  existsSync(join(folder, NOTE)) ? readFileSync(join(folder, NOTE)) : null;

test("at every byte: a look reads it as it was and writes nothing; the lock puts it back", async () => {
  for (let length = 0; length < bytesOf(AFTER).length; length++) {
    const cut = bytesOf(AFTER).subarray(0, length);
    const folder = leave(cut);
    expect(await read(folder)).toEqual({ kind: "text", text: BEFORE });
    expect(look(folder)).toEqual(cut);
    await takeLock(folder);
    expect([look(folder), listLeftovers(folder)]).toEqual([bytesOf(BEFORE), []]);
  }
});

test("a note that was being created is none, and goes", async () => {
  for (const length of [0, 4, 10]) {
    const folder = leave(bytesOf(AFTER).subarray(0, length), null);
    expect(await read(folder)).toEqual({ kind: "absent" });
    await takeLock(folder);
    expect([look(folder), listLeftovers(folder)]).toEqual([null, []]);
  }
});

test.each([
  ["as it was", bytesOf(BEFORE)],
  ["as it was to be", bytesOf(AFTER)],
  ["written since", bytesOf("another\n")],
  ["no UTF-8", Uint8Array.of(0x23, 0xff)],
  ["gone", null],
])("a note that is %s is left alone", async (_, bytes) => {
  const folder = leave(bytes && Buffer.from(bytes));
  await takeLock(folder);
  expect([look(folder), listLeftovers(folder)]).toEqual([bytes && Buffer.from(bytes), []]);
});

test("a folder in the note's place, and a folder that is gone, are left alone", async () => {
  const folder = leave(null);
  mkdirSync(join(folder, NOTE));
  await takeLock(folder);
  expect(listLeftovers(folder)).toEqual([]);
  const other = makeFolder();
  mkdirSync(join(other, ".backlog-cards"));
  writeFileSync(join(other, ".backlog-cards", KEPT), writeKept({ path: "gone/TODO.md", before: "a", after: "b" }));
  await takeLock(other);
  expect(listLeftovers(other)).toEqual([]);
});

test("what a link leads to is put back, and the link stays", async () => {
  const target = makeFolder();
  writeFileSync(join(target, "real.md"), bytesOf(AFTER).subarray(0, 3));
  const folder = leave(null);
  symlinkSync(join(target, "real.md"), join(folder, NOTE));
  await takeLock(folder);
  expect(readFileSync(join(target, "real.md"), "utf8")).toBe(BEFORE);
  expect(look(folder)).toEqual(bytesOf(BEFORE));
});

test("a kept note that was not written to its end counts for nothing, and one that no version knows stays", async () => {
  const folder = makeFolder();
  mkdirSync(join(folder, ".backlog-cards"));
  writeFileSync(join(folder, NOTE), "");
  const kept = writeKept({ path: NOTE, before: BEFORE, after: AFTER });
  writeFileSync(join(folder, ".backlog-cards", `${KEPT}.new`), kept.slice(0, -1));
  await takeLock(folder);
  expect([look(folder), listLeftovers(folder)]).toEqual([bytesOf(""), []]);
  writeFileSync(join(folder, ".backlog-cards", KEPT), kept.replace('"version":1', '"version":9'));
  await takeLock(folder);
  expect([look(folder), listLeftovers(folder)]).toEqual([bytesOf(""), [KEPT]]);
});

test("stopped at any change while it puts a note back, or refused there, the next one puts it back", async () => {
  let changes = 0;
  const ends = new Set<boolean>();
  for (let at = 1; at === 1 || changes >= at - 1; at++) {
    changes = 0;
    const folder = leave(bytesOf(AFTER).subarray(0, 5));
    const stop = (): void => {
      if (++changes >= at) throw Object.assign(new Error("full"), { code: "ENOSPC", syscall: "write" });
    };
    const fs: FileSystem = {
      ...nodeFileSystem,
      write: (file, bytes) => {
        stop();
        nodeFileSystem.write(file, bytes);
      },
      link: (path, name) => {
        stop();
        nodeFileSystem.link(path, name);
      },
      replace: (path, name, identity) => {
        stop();
        return nodeFileSystem.replace(path, name, identity);
      },
      remove: (path) => {
        stop();
        nodeFileSystem.remove(path);
      },
    };
    const failed = await takeLock(folder, fs).then(
      () => false,
      () => true,
    );
    ends.add(failed);
    // The process is gone, but this one, which lives, had its number.
    rmSync(join(folder, ".backlog-cards/lock"), { force: true });
    await takeLock(folder);
    expect(look(folder)).toEqual(bytesOf(BEFORE));
    expect(listLeftovers(folder).filter((name) => !name.startsWith("lock"))).toEqual([]);
    if (!failed && changes < at) break;
    expect(at).toBeLessThan(60);
  }
  expect(ends).toEqual(new Set([true, false]));
});
