// The app and the command line over the same folders: at the same moment, one after the other, on the real folders of the corpus,
// and among thirty of them. What one does is what the other would have done, byte for byte.
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import { parseNote } from "../../src/core/note";
import { countMoves } from "../support/after-failure";
import { createFolder, removeFolders } from "../support/command-line";
import { CORPUS, testOnCorpus } from "../support/corpus";
import { listLeftovers } from "../support/disk-place";
import { MemoryPlace } from "../support/memory-store";
import { NAMES, notesOf } from "../support/move-scenarios";
import { idOf } from "../support/notation";
import { CODEMIRRORS } from "./support/harness";
import { MovePage } from "./support/move-page";

jest.setTimeout(240_000);
afterAll(removeFolders);

/** Twenty over both versions. */
const ROUNDS = 10;
const DAY = "2026-02-05";

/** The texts of all notes below a folder that no dot hides, by path. */
function readAll(folder: string, below = ""): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, below), { withFileTypes: true })) {
    if (entry.name.startsWith(".")) continue;
    const path = join(below, entry.name);
    if (entry.isDirectory()) Object.assign(texts, readAll(folder, path));
    else texts[path] = readFileSync(join(folder, path), "latin1");
  }
  return texts;
}

const tasksOf = (text: string | undefined): readonly string[] => parseNote(text ?? "").tasks.map(({ id }) => id ?? "");

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: MovePage;
  beforeAll(async () => {
    page = await MovePage.open(codemirror);
  });
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  test("of both at the same moment one takes the one batch that has room, or each a group, and nothing is doubled or lost", async () => {
    const line = "infra/high: a b; docs/low: c d; infra/low: e f | todo: | index: a/backlog";
    const all = ["a", "b", "c", "d", "e", "f"].map(idOf);
    const ends: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const folder = `both${round}`;
      page.addFolder(folder, new MemoryPlace(notesOf(line)));
      await page.hear(folder, [NAMES.backlog, NAMES.todo]);
      if (round % 4 === 0) await page.show(folder, [NAMES.backlog, NAMES.todo]);
      // Neither is to be the first each time: the process takes a while to begin.
      const process = page.host.runCommandLine("promote", folder, "--today", DAY, "--json");
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 300));
      const app = await page.call(folder, { command: "promote" });
      const { out, err } = await process;
      const cli = (JSON.parse(out) as { refusal: { code: string } | null }).refusal?.code ?? null;
      await page.host.settled();
      const notes = page.notes(folder);
      const todo = tasksOf(notes[NAMES.todo]);
      expect([...todo, ...tasksOf(notes[NAMES.backlog])].sort()).toEqual(all);
      const done = [app.refusal, cli].filter((refusal) => refusal === null).length;
      // The second finds room for the other group of the same type, unless it had to wait for too long.
      expect([err, todo]).toEqual(["", ["a", "b", "e", "f"].slice(0, 2 * done).map(idOf)]);
      expect(done).toBeGreaterThan(0);
      expect(await countMoves(createDiskStore(page.pathOf(folder)))).toBe(done);
      expect(listLeftovers(page.pathOf(folder))).toEqual([]);
      ends.push(app.refusal === null ? "the app" : "the command line");
      await page.closeAll();
    }
    expect(ends).toHaveLength(ROUNDS);
  });

  test("the command line that comes in the middle of a move of the app waits for it, and then has its turn or says who moves", async () => {
    const line = "infra/high: a b; docs/low: c d | todo: | index: a/backlog";
    for (const note of [NAMES.todo, NAMES.backlog, NAMES.index]) {
      const folder = `middle-${note.slice(0, -3)}`;
      page.addFolder(folder, new MemoryPlace(notesOf(line)));
      await page.hear(folder, [NAMES.backlog, NAMES.todo]);
      const held = page.host.faults.hold({ operation: "write", path: `${folder}/${note}` });
      await page.begin(folder, { command: "promote" });
      await held.arrived();
      const beside = await page.host.runCommandLine("promote", folder, "--today", DAY, "--json");
      expect(JSON.parse(beside.out)).toMatchObject({ refusal: { code: "move-in-progress" } });
      held.release();
      expect((await page.ended(folder)).refusal).toBeNull();
      const after = await page.host.runCommandLine("promote", folder, "--today", DAY, "--json");
      expect(JSON.parse(after.out)).toMatchObject({ refusal: { code: "type-in-progress" } });
      expect(tasksOf(page.notes(folder)[NAMES.todo])).toEqual(["a", "b"].map(idOf));
      expect(listLeftovers(page.pathOf(folder))).toEqual([]);
    }
  });

  test("what the app has moved the command line takes back, and the other way round", async () => {
    const notes = notesOf("infra/high: a b; docs/low: d | todo: w~ | index: a/backlog w/todo");
    for (const folder of ["by-app", "by-cli"]) page.addFolder(folder, new MemoryPlace(notes));
    await page.hear("by-cli", [NAMES.backlog]);
    await page.show("by-cli", [NAMES.backlog, NAMES.todo]);
    expect((await page.call("by-app", { command: "promote" })).refusal).toBeNull();
    expect((await page.host.runCommandLine("promote", "by-cli", "--today", DAY)).exit).toBe(0);
    await page.host.settled();
    expect(page.notes("by-app")).toEqual(page.notes("by-cli"));
    expect((await page.host.runCommandLine("undo", "by-app", "--today", DAY)).exit).toBe(0);
    expect((await page.call("by-cli", { command: "undo" })).refusal).toBeNull();
    expect([page.notes("by-app"), page.notes("by-cli")]).toEqual([notes, notes]);
  });

  testOnCorpus(
    "on the real folders promoting, archiving and undoing gives what the command line gives, notes closed and open",
    async () => {
      const folders = readdirSync(CORPUS, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name);
      const ours = page.pathOf("corpus");
      const theirs = createFolder();
      mkdirSync(ours);
      for (const name of folders) {
        cpSync(join(CORPUS, name), join(ours, name), { recursive: true });
        cpSync(join(CORPUS, name), join(theirs.path, "corpus", name), { recursive: true });
      }
      const real = folders.filter((name) => existsSync(join(ours, name, "BACKLOG.md")));
      expect(real.length).toBeGreaterThan(10);
      await page.hear(
        "corpus",
        real.map((name) => `${name}/BACKLOG.md`),
      );
      let moved = 0;
      for (const [at, name] of real.entries()) {
        const folder = `corpus/${name}`;
        if (at % 2 === 0)
          await page.show(
            folder,
            readdirSync(join(ours, name)).filter((note) => /^(?:BACKLOG|TODO)\.md$/.test(note)),
          );
        for (const [command, flags] of [
          ["promote", []],
          ["archive", []],
          ["promote", ["--archive-done"]],
          ["undo", []],
          ["undo", []],
        ] as const) {
          const given = Object.fromEntries(flags.map((flag) => [flag.slice(2), "true"]));
          const { said, refusal } = await page.call(folder, { command, flags: given });
          const { out } = theirs.run("--json", command, folder, "--today", DAY, ...flags);
          expect(JSON.parse(said)).toEqual(JSON.parse(out));
          if (refusal === null) moved++;
          expect(readAll(join(ours, name))).toEqual(readAll(join(theirs.path, folder)));
        }
        await page.closeAll();
      }
      expect(moved).toBeGreaterThan(20);
    },
  );

  test("among thirty backlog folders each call and each command changes the one that is meant", async () => {
    const names = Array.from({ length: 30 }, (_, at) => `many/${at % 3 === 0 ? "deep/" : ""}area ${at}`);
    for (const name of names) page.addFolder(name, new MemoryPlace(notesOf("infra/high: a b; docs/low: d | todo: ")));
    for (const name of names) await page.hear(name, [NAMES.backlog, NAMES.todo]);
    await page.host.settled();
    const before = readAll(page.pathOf("many"));
    const meant = "many/deep/area 12";
    await page.show(meant, [NAMES.backlog]);
    expect((await page.call(meant, { command: "promote" })).refusal).toBeNull();
    const changed = (): readonly string[] => {
      const now = readAll(page.pathOf("many"));
      return Object.keys(now).filter((path) => now[path] !== before[path]);
    };
    const own = [`deep/area 12/${NAMES.backlog}`, `deep/area 12/${NAMES.todo}`].sort();
    expect([...changed()].sort()).toEqual(own);
    await page.host.command("backlog-cards:undo-move");
    for (let tries = 0; changed().length > 0 && tries < 100; tries++) await page.host.page.waitForTimeout(50);
    expect(changed()).toEqual([]);
    expect((await page.call(".", { command: "promote" })).refusal).not.toBeNull();
    expect(changed()).toEqual([]);
    // Where the note at hand belongs to no backlog, it is chosen from a list, the last used first.
    const other = "many/area 1";
    expect((await page.call(other, { command: "promote" })).refusal).toBeNull();
    await page.host.open("Other.md");
    await page.host.command("backlog-cards:undo-move");
    const offered = page.host.page.locator(".suggestion-item");
    expect(await offered.first().textContent()).toContain(meant);
    await offered
      .filter({ hasText: /area 1$/ })
      .first()
      .click();
    for (let tries = 0; changed().length > 0 && tries < 100; tries++) await page.host.page.waitForTimeout(50);
    expect(changed()).toEqual([]);
  });
});
