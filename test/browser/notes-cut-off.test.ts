// The app writes into the note itself, and its page dies in the middle of that: what it leaves of the note is nothing, one byte,
// a half, all but one, or ends inside a character. The note is whole again after recovery by the app or by the command line, be
// the part shown in an editor meanwhile, and be the page dead once more while the note is put back.
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseNote } from "../../src/core/note";
import type { DiskExtent } from "../host/server/disk-faults";
import { makeReference, type Reference } from "../support/after-failure";
import { listLeftovers } from "../support/disk-place";
import type { MemoryPlace } from "../support/memory-store";
import { prepareScenario } from "../support/move-scenarios";
import { CODEMIRRORS } from "./support/harness";
import { APP_CALLS, MovePage, scenarioOf, type AppCall } from "./support/move-page";

jest.setTimeout(240_000);

type Hand = "closed" | "open";

const CASES: Readonly<Record<(typeof CODEMIRRORS)[number], readonly (readonly [string, Hand])[]>> = {
  "6.38.6": [
    ["promotion", "closed"],
    ["undo", "open"],
  ],
  newest: [
    ["promotion", "open"],
    ["undo", "closed"],
  ],
};

/** Stands in the first line of every note. */
const WIDE = "😀";

/** A write at which the page dies. */
interface Cut {
  readonly folder: string;
  /** The note or the state, below the folder. */
  readonly file: string;
  /** Of the writes of that file that the move makes, from 1. */
  readonly turn: number;
  readonly extent: DiskExtent;
}

interface Case {
  readonly call: AppCall;
  readonly ready: MemoryPlace;
  readonly hand: Hand;
  readonly reference: Reference;
}

async function makeCase(name: string, hand: Hand): Promise<Case> {
  const scenario = scenarioOf(name);
  const prepareWide = async (): Promise<MemoryPlace> => {
    const place = await prepareScenario(scenario);
    for (const [path, text] of Object.entries(place.texts())) place.notes.set(path, text.replace("\n", ` ${WIDE}\n`));
    return place;
  };
  const reference = await makeReference(scenario, await prepareWide());
  return { call: APP_CALLS[name] ?? { command: name }, ready: await prepareWide(), hand, reference };
}

const within = (folder: string): RegExp => new RegExp(`^${folder}/`);

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: MovePage;
  beforeAll(async () => {
    page = await MovePage.open(codemirror);
  });
  afterEach(async () => {
    page.host.faults.forgive();
    await page.closeAll();
    for (const name of readdirSync(page.host.vaultPath)) {
      if (/^(?:at|whole)/.test(name)) rmSync(join(page.host.vaultPath, name), { recursive: true });
    }
    await page.reopen();
  });
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  const prepare = async ({ ready, hand }: Case, folder: string): Promise<void> => {
    page.addFolder(folder, ready);
    const names = Object.keys(ready.texts());
    await page.hear(folder, names);
    if (hand === "open") await page.show(folder, names);
  };

  /** The writes of the move that are to be stopped, each at every place. */
  const listCuts = async (one: Case): Promise<readonly Cut[]> => {
    await prepare(one, "whole");
    const calls = page.host.faults.watch({ operation: "write", path: within("whole") });
    expect((await page.call("whole", one.call)).refusal).toBeNull();
    page.host.faults.forgive();
    expect(page.notes("whole")).toEqual(one.reference.after);
    expect(listLeftovers(page.pathOf("whole"))).toEqual([]);
    await page.closeAll();
    const files = calls.map((call) => call.slice("write whole/".length));
    const notes = files.filter((file) => file.endsWith(".md"));
    const kept = files.filter((file) => file === ".backlog-cards/kept.json.new");
    expect([new Set(notes).size, kept.length]).toEqual([notes.length, notes.length]);
    const cuts = notes.flatMap((file): Omit<Cut, "folder">[] => {
      const inside = Buffer.from(one.reference.after[file] ?? "").indexOf(WIDE) + 2;
      expect(inside).toBeGreaterThan(2);
      return ([0, 1, "half", -1, inside] as const).map((extent) => ({ file, turn: 1, extent }));
    });
    for (const [index, file] of kept.entries()) {
      cuts.push({ file, turn: index + 1, extent: index % 2 === 0 ? "half" : -1 });
    }
    return cuts.map((cut, index) => ({ ...cut, folder: `at-${index}` }));
  };

  const killWrite = async (folder: string, call: AppCall, path: RegExp, turn: number, extent: DiskExtent) => {
    const death = page.host.faults.killAt({ operation: "write", path }, turn, extent, within(folder));
    await page.begin(folder, call);
    const said = await Promise.race([death.met, page.ended(folder)]);
    if (said !== undefined) throw new Error(`${folder}: the page should have died, but it said ${said.said}`);
    await page.bury(folder);
  };

  const look = (folder: string, file: string): string => readFileSync(join(page.pathOf(folder), file), "utf8");

  /** Waits until the panes show what the disk holds; where the app made it whole, nothing takes them back from there. */
  const expectShown = async (folder: string, byApp: boolean): Promise<void> => {
    await page.host.settled();
    const notes = page.notes(folder);
    if (byApp) {
      await page.host.page.evaluate(() => {
        for (const view of window.host.views()) view.editor.undo();
      });
    }
    const shown = await page.shown();
    expect(Object.keys(shown).length).toBeGreaterThan(0);
    for (const [path, text] of Object.entries(shown)) expect(text).toBe(notes[path.slice(folder.length + 1)]);
  };

  const expectWhole = (folder: string, { reference }: Case): "before" | "after" => {
    const notes = page.notes(folder);
    const end = JSON.stringify(notes) === JSON.stringify(reference.after) ? "after" : "before";
    expect(notes).toEqual(reference[end]);
    // The lock of a page that is gone is another page's to replace.
    expect(listLeftovers(page.pathOf(folder)).filter((name) => !name.startsWith("app-lock"))).toEqual([]);
    return end;
  };

  test.each(CASES[codemirror])("a %s with its notes %s, wherever the writing of a note stops", async (name, hand) => {
    const one = await makeCase(name, hand);
    const cuts = await listCuts(one);
    expect(cuts.length).toBeGreaterThan(11);
    for (const { folder, file, turn, extent } of cuts) {
      await prepare(one, folder);
      await killWrite(folder, one.call, new RegExp(`^${folder}/${file.replaceAll(".", "\\.")}$`), turn, extent);
    }
    await page.reopen();
    const again = cuts.filter(({ file }, index) => file.endsWith(".md") && index % 3 === 1);
    for (const [index, { folder, file }] of again.entries()) {
      const path = new RegExp(`^${folder}/${file.replaceAll(".", "\\.")}$`);
      await killWrite(folder, { command: "recover" }, path, 1, ([0, "half", -1] as const)[index % 3] ?? 0);
    }
    await page.reopen();

    const ends = new Set<string>();
    for (const [index, { folder, file }] of cuts.entries()) {
      const left = look(folder, file.endsWith(".md") ? file : "BACKLOG.md");
      if (hand === "open" && file.endsWith(".md")) {
        await page.show(folder, [file]);
        expect(Object.values(await page.shown())).toEqual([left]);
      }
      const dry = await page.call(folder, { command: "recover", flags: { "dry-run": "true" } });
      expect([file, dry.refusal]).toEqual([file, null]);
      const byApp = index % 2 === 0;
      if (byApp) {
        expect(await page.call(folder, { command: "recover" })).toMatchObject({ refusal: null });
      } else {
        page.ageLocks(folder);
        expect(look(folder, file.endsWith(".md") ? file : "BACKLOG.md")).toBe(left);
        expect(await page.host.runCommandLine("recover", folder)).toMatchObject({ exit: 0 });
      }
      ends.add(expectWhole(folder, one));
      if (hand === "open" && file.endsWith(".md")) await expectShown(folder, byApp);
      expect(expectWhole(folder, one)).toBeTruthy();
    }
    expect(ends).toEqual(new Set(["before", "after"]));
  });

  test("another program may write into a part at any call while it is put back: what the note held before is not lost", async () => {
    const one = await makeCase("promotion", "closed");
    const folder = "at-race";
    await prepare(one, folder);
    const saved = page.notes(folder)["BACKLOG.md"] ?? "";
    await killWrite(folder, one.call, new RegExp(`^${folder}/BACKLOG\\.md$`), 1, "half");
    await page.reopen();
    const half = look(folder, "BACKLOG.md");
    cpSync(page.pathOf(folder), `${page.pathOf(folder)}.left`, { recursive: true });
    const seen = new Set<string>();
    for (let at = 1, calls = at; at <= calls; at++) {
      rmSync(page.pathOf(folder), { recursive: true });
      cpSync(`${page.pathOf(folder)}.left`, page.pathOf(folder), { recursive: true });
      let count = 0;
      page.host.faults.interrupt({ path: new RegExp(`^${folder}/BACKLOG\\.md$`) }, () => {
        // Once the note is whole again, who writes a part into it does so by itself.
        const isCutOff = look(folder, "BACKLOG.md") === half;
        if (++count === at && isCutOff) {
          writeFileSync(join(page.pathOf(folder), "BACKLOG.md"), `${half}written by another\n`);
        }
      });
      const { said } = await page.call(folder, { command: "recover" });
      page.host.faults.forgive();
      calls = Math.max(calls, count);
      const aside = join(page.pathOf(folder), ".backlog-cards/cut-off");
      const texts = existsSync(aside) ? readdirSync(aside).map((name) => readFileSync(join(aside, name), "utf8")) : [];
      const isAside = texts.includes(saved);
      // Else it was put back, and the move went on from there.
      const ids = Object.values(page.notes(folder)).flatMap((text) => parseNote(text).tasks.map(({ id }) => id));
      const all = parseNote(saved).tasks.map(({ id }) => id);
      expect([at, isAside || all.every((id) => ids.includes(id))]).toEqual([at, true]);
      if (isAside) expect(said).toContain("What it held before is in");
      seen.add(isAside ? "aside" : "back");
    }
    expect(seen).toEqual(new Set(["aside", "back"]));
  });

  test.each([
    ["the app", "BACKLOG.md"],
    ["the command line", "BACKLOG.md"],
  ])("what is typed into a part stays, and %s says where it has set aside what %s held before", async (who, file) => {
    const one = await makeCase("promotion", "open");
    const folder = "at-typed";
    await prepare(one, folder);
    const saved = page.notes(folder)[file];
    await killWrite(folder, one.call, new RegExp(`^${folder}/${file.replace(".", "\\.")}$`), 1, "half");
    await page.reopen();
    const half = look(folder, file);
    await page.show(folder, [file]);
    await page.typeAt(0, 1, " typed on");
    await page.saveAll();
    const typed = half.replace("\n", " typed on\n");
    expect(typed).not.toBe(half);
    expect(look(folder, file)).toBe(typed);

    const recover = async (): Promise<string> => {
      page.ageLocks(folder);
      if (who === "the app") return (await page.call(folder, { command: "recover" })).said;
      return (await page.host.runCommandLine("recover", folder)).err;
    };
    const said = await recover();
    expect(said).toContain(`${folder}/${file} was being written when the app was stopped, and was changed since.`);
    const aside = join(".backlog-cards", "cut-off");
    const [name = ""] = readdirSync(join(page.pathOf(folder), aside));
    expect(said).toContain(`${folder}/${aside}/${name}: take from there what is missing`);
    expect([look(folder, file), look(folder, join(aside, name))]).toEqual([typed, saved]);
    expect(await recover()).not.toContain("was being written");
    expect(look(folder, join(aside, name))).toBe(saved);
    expect(look(folder, file)).toContain(" typed on");
  });
});
