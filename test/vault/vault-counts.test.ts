// Pins the counts over all backlog folders of a vault: which notes they are of, that no note is read without need, and that they
// are of the vault as it is. Thirty folders are counted while a person works.
import type * as noteModule from "../../src/core/note";
import { blockOf } from "../support/notation";
import { backlogOf, notesIn, settle, takeParses, watchOver, type Watching } from "./watching";

jest.mock("obsidian", () => jest.requireActual<object>("./fake-obsidian"), { virtual: true });
jest.mock("../../src/core/note", () => {
  const actual = jest.requireActual<typeof noteModule>("../../src/core/note");
  return { ...actual, parseNote: jest.fn(actual.parseNote) };
});

beforeEach(() => {
  jest.useFakeTimers();
});
afterEach(() => {
  jest.useRealTimers();
});

describe("the counts of the vault", () => {
  const texts = {
    ...notesIn("", "infra/high: a | archive: b+"),
    ...notesIn("p/1/", "infra/high: a b! | todo: c d+ | index: a/backlog"),
    ...notesIn("p/2/", "infra/high: a!"),
    "p/2/notes.md": blockOf("x!"),
    "p/TODO.md": blockOf("y"),
  };
  const countOf = async ({ watch }: Watching) => {
    const counts = watch.countVault();
    await settle();
    return counts;
  };

  test("are the sum over its folders, from backlog and todo notes alone", async () => {
    const watching = watchOver(texts);
    expect(await countOf(watching)).toEqual({ open: 5, incomplete: 2 });
    expect(watching.app.takeReads()).toEqual(["BACKLOG.md", "p/1/BACKLOG.md", "p/1/TODO.md", "p/2/BACKLOG.md"]);
  });

  test("are read again for the folder that changed, after who shows them was told", async () => {
    const watching = watchOver(texts);
    await countOf(watching);
    watching.app.takeReads();
    watching.app.vault.write("p/2/BACKLOG.md", backlogOf("infra/high: a b"));
    watching.app.vault.write("p/2/ARCHIVE.md", "# Archive\n");
    await settle();
    expect(watching.takeTold()).toEqual(["p/2"]);
    expect(await countOf(watching)).toEqual({ open: 6, incomplete: 1 });
    expect(watching.app.takeReads()).toEqual(["p/2/BACKLOG.md"]);
  });

  test("are those of the editor where a folder is watched, and nothing is read twice", async () => {
    const watching = watchOver(texts);
    watching.watch.contextOf("p/2/BACKLOG.md");
    await settle();
    watching.app.type(watching.app.open("p/2/BACKLOG.md"), backlogOf("infra/high: a! b c"));
    await settle();
    watching.app.takeReads();
    expect(await countOf(watching)).toEqual({ open: 7, incomplete: 2 });
    expect(watching.app.takeReads()).toEqual(["BACKLOG.md", "p/1/BACKLOG.md", "p/1/TODO.md"]);
  });

  test("hold what changed while they were being counted", async () => {
    const watching = watchOver(texts);
    const release = watching.app.vault.hold("BACKLOG.md");
    const counts = watching.watch.countVault();
    await settle();
    watching.app.vault.write("BACKLOG.md", backlogOf("infra/high: a b c d"));
    release();
    await settle();
    expect(await counts).toEqual({ open: 8, incomplete: 2 });
  });

  test("hold what was typed in a watched folder while another was being counted", async () => {
    const watching = watchOver(texts);
    watching.watch.contextOf("BACKLOG.md");
    await settle();
    const release = watching.app.vault.hold("p/2/BACKLOG.md");
    const counts = watching.watch.countVault();
    await settle();
    watching.app.type(watching.app.open("BACKLOG.md"), backlogOf("infra/high: a b"));
    await settle();
    release();
    await settle();
    expect(await counts).toEqual({ open: 6, incomplete: 2 });
  });

  test("follow a setting that changes what is incomplete", async () => {
    const watching = watchOver(texts);
    await countOf(watching);
    watching.apply({ rules: { required: [] } });
    expect(await countOf(watching)).toEqual({ open: 5, incomplete: 0 });
  });

  test.each([true, false])("follow folders that come and go, told of each note or not: %s", async (told) => {
    const watching = watchOver(texts);
    watching.app.vault.tellsOfChildren = told;
    await countOf(watching);
    watching.app.vault.remove("p/1");
    watching.app.vault.rename("p/2", "p/1");
    await settle();
    expect(watching.takeTold()).toEqual(expect.arrayContaining(["p/1"]));
    expect(await countOf(watching)).toEqual({ open: 2, incomplete: 1 });
    watching.app.vault.remove("p");
    await settle();
    expect(watching.takeTold()).not.toEqual([]);
    expect(await countOf(watching)).toEqual({ open: 1, incomplete: 0 });
  });

  test("are counted one folder after the other, the app having its turn between", async () => {
    const { watch } = watchOver(texts);
    const counts = watch.countVault();
    await jest.advanceTimersByTimeAsync(0);
    expect(takeParses()).toBeLessThan(4);
    await settle();
    expect(await counts).toEqual({ open: 5, incomplete: 2 });
  });
});
