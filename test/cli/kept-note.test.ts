// The command line puts a note back that the app was writing when it was stopped, at whichever byte; and is stopped itself there.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

/** A disk that refuses every change from one on, counted from 1. */
function failAt(at: number): FileSystem {
  let changes = 0;
  const stop = (): void => {
    if (++changes >= at) throw Object.assign(new Error("full"), { code: "ENOSPC", syscall: "write" });
  };
  return {
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
])("a note that is %s is left alone", async (_, bytes) => {
  const folder = leave(bytes);
  await takeLock(folder);
  expect([look(folder), listLeftovers(folder)]).toEqual([bytes, []]);
});

/** What was set aside of a note in a folder: the only text that there is. */
function lookAside(folder: string): string {
  const aside = join(folder, ".backlog-cards", "cut-off");
  const [name = "", ...others] = readdirSync(aside);
  expect([name, others]).toEqual([expect.stringMatching(/^[0-9a-f]{12}\.md$/), []]);
  return readFileSync(join(aside, name), "utf8");
}

test.each([
  ["written since", bytesOf("another\n")],
  ["a part that somebody typed into", bytesOf(`${AFTER.slice(0, 5)}typed`)],
  ["no UTF-8", Uint8Array.of(0x23, 0xff)],
  ["gone", null],
])("a note that is %s is left alone; what it held before is set aside, and said once", async (_, bytes) => {
  const folder = leave(bytes && Buffer.from(bytes));
  const where =
    /TODO\.md was being written .* What it held before is in .*\.backlog-cards.cut-off.[0-9a-f]{12}\.md: take/;
  await expect(takeLock(folder)).rejects.toThrow(where);
  expect([look(folder), lookAside(folder)]).toEqual([bytes && Buffer.from(bytes), BEFORE]);
  await takeLock(folder);
  expect([look(folder), lookAside(folder)]).toEqual([bytes && Buffer.from(bytes), BEFORE]);
  expect(listLeftovers(folder)).toEqual(["cut-off"]);
});

test("of a note that was being created, or was empty, there is nothing to set aside", async () => {
  for (const before of [null, "", "\n"]) {
    const folder = leave(bytesOf("another\n"), before);
    await takeLock(folder);
    expect([look(folder), listLeftovers(folder)]).toEqual([bytesOf("another\n"), []]);
  }
});

test("a folder in the note's place, and a folder that is gone, are left alone", async () => {
  const folder = leave(null);
  mkdirSync(join(folder, NOTE));
  await expect(takeLock(folder)).rejects.toThrow(/What it held before is in/);
  expect([lookAside(folder), readdirSync(join(folder, NOTE))]).toEqual([BEFORE, []]);
  const other = makeFolder();
  mkdirSync(join(other, ".backlog-cards"));
  writeFileSync(join(other, ".backlog-cards", KEPT), writeKept({ path: "gone/TODO.md", before: BEFORE, after: AFTER }));
  await expect(takeLock(other)).rejects.toThrow(/gone.TODO\.md was being written/);
  expect([lookAside(other), existsSync(join(other, "gone"))]).toEqual([BEFORE, false]);
  await takeLock(other);
});

test("stopped at any change while a text is set aside, or refused there, the next one sets it aside", async () => {
  for (let at = 1; ; at++) {
    const folder = leave(bytesOf("another\n"));
    const failed = await takeLock(folder, failAt(at)).catch((error: unknown) => String(error));
    rmSync(join(folder, ".backlog-cards/lock"), { force: true });
    const isSaid = failed?.includes("What it held before is in") ?? false;
    if (!isSaid) await expect(takeLock(folder)).rejects.toThrow(/What it held before is in/);
    await takeLock(folder);
    expect([look(folder), lookAside(folder)]).toEqual([bytesOf("another\n"), BEFORE]);
    if (isSaid) break;
    expect(at).toBeLessThan(60);
  }
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
  const ends = new Set<boolean>();
  for (let at = 1; ; at++) {
    const folder = leave(bytesOf(AFTER).subarray(0, 5));
    const failed = await takeLock(folder, failAt(at)).then(
      () => false,
      () => true,
    );
    ends.add(failed);
    // The process is gone, but this one, which lives, had its number.
    rmSync(join(folder, ".backlog-cards/lock"), { force: true });
    await takeLock(folder);
    expect(look(folder)).toEqual(bytesOf(BEFORE));
    expect(listLeftovers(folder).filter((name) => !name.startsWith("lock"))).toEqual([]);
    if (!failed) break;
    expect(at).toBeLessThan(60);
  }
  expect(ends).toEqual(new Set([true, false]));
});
