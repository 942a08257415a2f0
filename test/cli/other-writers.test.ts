// Another program changes, deletes, moves or doubles a block, a note or the folder before any operation of a promotion on
// the disk, the moment between comparing and renaming among them: once by writing into the file, once by renaming another
// over it. Its text is kept, nothing of ours is half done, no block is lost or doubled by us.
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { recoverMove } from "../../src/core/recover";
import { listLeftovers, makeFolder, readNotes, readText, removeFolders, writePlace } from "../support/disk-place";
import { FakeProcesses } from "../support/fake-processes";
import { MemoryPlace } from "../support/memory-store";
import { NAMES, notesOf, promote } from "../support/move-scenarios";
import { expectKept, INTERFERENCES, runInterfered, type OpenNotes } from "../support/other-writers";
import { quickFileSystem, watchFileSystem } from "../support/watched-file-system";

afterAll(removeFolders);

jest.setTimeout(240_000);

const LINE = "infra/high: a b c; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";
const BEFORE = notesOf(LINE);

type Way = "writing into the file" | "renaming another over it";

function openNotes(folder: string, way: Way): OpenNotes {
  return {
    read: (path) => readText(folder, path),
    write: (path, text) => {
      const full = join(folder, path);
      if (text === null) rmSync(full);
      else if (way === "writing into the file") writeFileSync(full, text);
      else {
        writeFileSync(`${full}.other`, text);
        renameSync(`${full}.other`, full);
      }
    },
  };
}

/** What is done to a note, or asked of it: what the other does before any other operation, it could do before the next. */
const MOMENTS = ["readFile", "inspectLink", "checkWritable", "link", "replace", "flushFolder", "remove"];

/** Runs a promotion in a new folder; `interfere` is called before the operations on its notes, with their number. */
async function runDisturbed(interfere: (folder: string, at: number) => void) {
  const folder = makeFolder();
  const ready = new MemoryPlace(BEFORE);
  ready.states.set(".gitignore", "*\n");
  writePlace(folder, ready);
  let count = 0;
  const fs = watchFileSystem(quickFileSystem, {
    before: ({ name, path }) => {
      if (path.includes(".backlog-cards/")) return;
      if (!MOMENTS.includes(name)) return;
      count++;
      interfere(folder, count);
    },
  });
  const processes = new FakeProcesses();
  const outcome = await runInterfered(() => promote()(createDiskStore(folder, { fs, processes })));
  return { folder, outcome, count, processes };
}

describe.each<Way>(["writing into the file", "renaming another over it"])("by %s", (way) => {
  test.each(Object.entries(INTERFERENCES))("another program that %s does no harm", async (_, interference) => {
    const ends = new Set<string>();
    for (let at = 1; ; at++) {
      let acted = false;
      const { folder, outcome, count, processes } = await runDisturbed((place, now) => {
        if (now === at) acted = interference.act(openNotes(place, way));
      });
      const store = createDiskStore(folder, { fs: quickFileSystem, processes });
      ends.add(await expectKept(store, { outcome, acted }, interference, BEFORE, () => readNotes(folder)));
      for (const path of Object.keys(BEFORE)) await store.read(path);
      expect(listLeftovers(folder)).toEqual([]);
      if (at > count) break;
    }
    expect(ends).toEqual(new Set([...ends, "moved", "stale-source"]));
  });
});

test("a folder that is moved away in the middle holds every block once after recovery where it is now", async () => {
  for (let at = 1; ; at++) {
    const { folder, count, processes } = await runDisturbed((place, now) => {
      if (now === at) renameSync(place, `${place}-moved`);
    });
    const now = existsSync(`${folder}-moved`) ? `${folder}-moved` : folder;
    if (now !== folder) expect(existsSync(folder)).toBe(false);
    processes.killAll();
    const store = createDiskStore(now, { fs: quickFileSystem, processes });
    expect((await recoverMove(store, NAMES, {})).refusal).toBeNull();
    if (readNotes(now)["BACKLOG.md"] === BEFORE["BACKLOG.md"]) expect(readNotes(now)).toEqual(BEFORE);
    else expect((await promote()(store)).refusal?.code).toBe("type-in-progress");
    rmSync(now, { recursive: true });
    if (at > count) break;
  }
});
