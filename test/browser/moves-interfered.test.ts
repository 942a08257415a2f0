// While the app promotes, another program writes into its notes, or removes or renames them, before any call of the app to the
// disk about them; the app itself renames or removes them; the disk refuses any call once, or every call from one on. What others
// wrote is kept, nothing of ours is half done, and no block is lost or doubled by us. The one moment that the app's interface
// leaves open is between its own last look at a note and its write: what another program writes there is overwritten.
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import type { MoveOutcome } from "../../src/core/move";
import { StoreError } from "../../src/core/store";
import { createDiskError } from "../host/server/confine-path";
import type { DiskCall, DiskCalls } from "../host/server/disk-faults";
import { expectWhole, makeReference } from "../support/after-failure";
import { MemoryPlace } from "../support/memory-store";
import { NAMES, notesOf } from "../support/move-scenarios";
import { expectKept, INTERFERENCES, type OpenNotes } from "../support/other-writers";
import { CODEMIRRORS } from "./support/harness";
import { MovePage, scenarioOf, type Called } from "./support/move-page";

jest.setTimeout(240_000);

const LINE = "infra/high: a b c; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";
const BEFORE = notesOf(LINE);
const PROMOTE = { command: "promote" };

/**
 * The hands that notes are in, and how another program writes; each version has its own half of both.
 */
const HALVES = {
  "6.38.6": { way: "write", once: "closed", always: "open" },
  newest: { way: "rename", once: "open", always: "closed" },
} as const;

/**
 * The first call at which something happens, and after how many the next one comes. Between them both versions have every call at
 * which another program writes and the app renames or removes, and two in five at which the disk refuses.
 */
const POINTS = {
  writers: { "6.38.6": 1, newest: 2, stride: 2 },
  app: { "6.38.6": 1, newest: 2, stride: 2 },
  refusals: { "6.38.6": 1, newest: 3, stride: 5 },
} as const;

/** What a call said, as the core would have said it. */
function readOutcome({ refusal, said }: Called): MoveOutcome | StoreError {
  if (refusal === "error" || refusal === "io") return new StoreError(said);
  const { refusal: given = null } = JSON.parse(said) as { refusal?: MoveOutcome["refusal"] };
  return { plan: null, refusal: given, written: [], warnings: [], number: null };
}

function openNotes(folder: string, way: "write" | "rename"): OpenNotes {
  return {
    read: (path) => (existsSync(join(folder, path)) ? readFileSync(join(folder, path), "utf8") : null),
    write: (path, text) => {
      const place = join(folder, path);
      if (text === null) rmSync(place);
      else if (way === "write") writeFileSync(place, text);
      else {
        writeFileSync(`${place}.other`, text);
        renameSync(`${place}.other`, place);
      }
    },
  };
}

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const { way, once, always } = HALVES[codemirror];
  let page: MovePage;
  let count = 0;
  beforeAll(async () => {
    page = await MovePage.open(codemirror);
  });
  afterAll(async () => {
    await page.close();
  });

  /** Promotes in a new folder, which is made for it; `meddle` is called at each of the calls, with its number. */
  async function promote(
    hand: "open" | "closed",
    calls: DiskCalls["operation"],
    notesOnly: boolean,
    meddle: (call: DiskCall, at: number, folder: string) => Promise<void> | void,
  ) {
    const folder = `f${++count}`;
    const ready = new MemoryPlace(BEFORE);
    ready.states.set(".gitignore", "*\n");
    page.addFolder(folder, ready);
    await page.hear(folder, Object.keys(BEFORE));
    if (hand === "open") await page.show(folder, [NAMES.backlog, NAMES.todo]);
    const path = new RegExp(notesOnly ? `^${folder}/\\w+\\.md$` : `^${folder}/`);
    let at = 0;
    page.host.faults.interrupt({ path, ...(calls === undefined ? {} : { operation: calls }) }, (call) =>
      meddle(call, ++at, folder),
    );
    const called = await page.call(folder, PROMOTE);
    page.host.faults.forgive();
    return { folder, called, calls: at, store: createDiskStore(page.pathOf(folder)) };
  }

  /** Ends what the test had open, and takes the folder away. */
  async function leave(folder: string, hand: "open" | "closed"): Promise<void> {
    if (hand === "open") await page.closeAll();
    rmSync(page.pathOf(folder), { recursive: true });
  }

  test.each(Object.entries(INTERFERENCES))("another program that %s does no harm", async (name, interference) => {
    const hand = name.length % 2 === 0 ? "open" : "closed";
    const ends = new Set<string>();
    for (let at: number = POINTS.writers[codemirror], last = false; !last; at += POINTS.writers.stride) {
      const did = { acted: false, guarded: false };
      const { folder, called, calls, store } = await promote(hand, undefined, true, ({ operation }, now, place) => {
        if (now !== at) return;
        did.acted = interference.act(openNotes(page.pathOf(place), way));
        did.guarded = operation !== "write";
      });
      await page.saveAll();
      page.ageLocks(folder);
      const outcome = readOutcome(called);
      const { allows = () => [1] } = interference;
      // What is overwritten is as if it had not been done; what was copied elsewhere is there twice. Lost is nothing.
      const kept = did.guarded ? interference : { ...interference, allows: (id: string) => [...allows(id), 1, 2] };
      const end = { outcome, acted: did.acted && did.guarded };
      ends.add(await expectKept(store, end, kept, BEFORE, () => page.notes(folder)));
      await leave(folder, hand);
      last = at > calls;
    }
    expect([...ends]).toContain("moved");
  });

  test.each(["rename", "trash"] as const)(
    "a note of which the app does a %s in the middle of a move takes no block along",
    async (what) => {
      for (const name of [NAMES.backlog, NAMES.todo]) {
        for (let at: number = POINTS.app[codemirror], last = false; !last; at += POINTS.app.stride) {
          const hand = (at >> 1) % 2 === 0 ? "open" : "closed";
          const { folder, called, calls, store } = await promote(hand, "changing", false, async (_, now, place) => {
            if (now !== at) return;
            // Not waited for: the app may do one thing after the other at one path.
            await page.host.page.evaluate(
              ([note, act]) => {
                const { vault, fileManager } = window.host.app;
                const file = vault.getFileByPath(note);
                if (file === null) return;
                const done =
                  act === "rename"
                    ? fileManager.renameFile(file, note.replace(/\w+\.md$/, "OLD.md"))
                    : fileManager.trashFile(file);
                void done.catch(() => undefined);
              },
              [`${place}/${name}`, what] as const,
            );
          });
          await page.saveAll();
          page.ageLocks(folder);
          // What was written before the todo note was renamed went along: then it is there too where it was moved from.
          const renamed = name === NAMES.todo ? [1, 2] : [1];
          const rename = { act: () => false, allows: () => (what === "rename" ? renamed : [0, 1]) };
          await expectKept(store, { outcome: readOutcome(called), acted: false }, rename, BEFORE, () =>
            page.notes(folder),
          );
          await leave(folder, hand);
          last = at > calls;
        }
      }
    },
  );

  test.each([
    ["once", once],
    ["from then on", always],
  ] as const)("a disk that refuses any call %s leaves all of the move or nothing, notes %s", async (times, hand) => {
    const scenario = { ...scenarioOf("promotion"), line: LINE };
    const reference = await makeReference(scenario, new MemoryPlace(BEFORE));
    const ends = new Set<string>();
    for (let at: number = POINTS.refusals[codemirror], last = false; !last; at += POINTS.refusals.stride) {
      const { folder, called, calls, store } = await promote(hand, undefined, false, (_, now) => {
        if (now === at || (now > at && times === "from then on"))
          throw createDiskError("EIO", "the test's disk refuses");
      });
      await page.saveAll();
      if (hand === "open") {
        const shown = await page.shown();
        const notes = page.notes(folder);
        for (const [path, text] of Object.entries(shown)) expect(notes[path.slice(folder.length + 1)]).toBe(text);
      }
      page.ageLocks(folder);
      const end = await expectWhole(store, () => page.notes(folder), reference);
      if (called.refusal === null) expect(end).toBe("after");
      ends.add(`${end} ${called.refusal === null ? "done" : "refused"}`);
      await leave(folder, hand);
      last = at > calls;
    }
    expect([...ends]).toEqual(expect.arrayContaining(["before refused", "after done"]));
  });
});
