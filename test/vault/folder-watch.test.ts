// Pins when the notes of a vault are read, and that what is known of them is what they say: it stands on every card and in the
// status bar, over vaults of thousands of notes, while people type and other programs write.
import type { NoteContext } from "../../src/core/context";
import type * as noteModule from "../../src/core/note";
import { blockOf, idOf, textsOf } from "../support/notation";
import { backlogOf, NAMES, notesIn, settle, takeParses, watchOver } from "./watching";

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

/** The codes of what a context says of a task beyond its own text. */
const sharedOf = (context: NoteContext, name: string) => (context.shared.get(idOf(name)) ?? []).map(({ code }) => code);

describe("before anything is asked for", () => {
  test("nothing is read, not even when a note changes", async () => {
    const { app, takeTold } = watchOver(notesIn("", "infra/high: a | todo: b"));
    app.vault.write("TODO.md", "# Todo\n");
    await settle();
    expect(app.takeReads()).toEqual([]);
    expect(takeTold()).toEqual([]);
  });

  test("nor is anything before the layout is ready, and what was asked for is read then", async () => {
    const { app, watch, takeTold } = watchOver(notesIn("", "infra/high: a! | todo: b"), false);
    expect(watch.contextOf("BACKLOG.md")).toMatchObject({ kind: "backlog", next: null });
    await settle();
    expect([app.takeReads(), app.countListeners()]).toEqual([[], 2]);
    app.workspace.becomeReady();
    await settle();
    expect([takeTold(), watch.knownFacts("")?.counts]).toEqual([[""], { open: 2, incomplete: 1 }]);
  });

  test("who asks for facts or counts before waits for the layout", async () => {
    const { app, watch } = watchOver(notesIn("", "infra/high: a! | todo: b"), false);
    const facts = watch.factsOf("");
    const counts = watch.countVault();
    await settle();
    expect(app.takeReads()).toEqual([]);
    app.workspace.becomeReady();
    await settle();
    expect((await facts)?.counts).toEqual({ open: 2, incomplete: 1 });
    expect(await counts).toEqual({ open: 2, incomplete: 1 });
  });
});

describe("the context of a note", () => {
  test("is bare until its folder was read, and then says what the other notes hold", async () => {
    const { watch, takeTold } = watchOver(notesIn("", "infra/high: a b | archive: a+"));
    expect(watch.contextOf("BACKLOG.md")).toMatchObject({ kind: "backlog", shared: new Map(), next: null });
    await settle();
    expect(takeTold()).toEqual([""]);
    expect(sharedOf(watch.contextOf("BACKLOG.md"), "a")).toEqual(["duplicate-id"]);
    expect(watch.contextOf("BACKLOG.md").next).toMatchObject({ index: 0 });
  });

  test("of a note in no backlog folder is bare, and one for all", () => {
    const { watch } = watchOver({ "x.md": "", "y.md": "" });
    expect(watch.contextOf("x.md")).toMatchObject({ kind: "other", names: NAMES });
    expect(watch.contextOf("y.md")).toBe(watch.contextOf("x.md"));
  });

  test("is the same object for as long as it says the same", async () => {
    const { app, watch } = watchOver(notesIn("", "infra/high: a b | todo: c"));
    watch.contextOf("TODO.md");
    await settle();
    const before = ["BACKLOG.md", "TODO.md"].map((path) => watch.contextOf(path));
    app.vault.write("TODO.md", textsOf("none | todo: c~").todo ?? "");
    await settle();
    expect(["BACKLOG.md", "TODO.md"].map((path) => watch.contextOf(path))).toEqual(before);
    expect(watch.contextOf("TODO.md")).toBe(before[1]);
    app.vault.write("TODO.md", textsOf("none | todo: c x").todo ?? "");
    await settle();
    expect(watch.contextOf("TODO.md")).not.toBe(before[1]);
  });

  test("is of the right folder among thirty", async () => {
    const texts = Array.from({ length: 30 }, (_none, at) =>
      notesIn(`p/${at}/`, `infra/high: a${at} | archive: a${at}+`),
    );
    const { app, watch } = watchOver(Object.assign({}, ...texts) as Record<string, string>);
    watch.contextOf("p/7/BACKLOG.md");
    watch.contextOf("p/12/BACKLOG.md");
    await settle();
    expect(new Set(app.takeReads())).toEqual(
      new Set(["p/7/BACKLOG.md", "p/7/ARCHIVE.md", "p/12/BACKLOG.md", "p/12/ARCHIVE.md"]),
    );
    expect([...watch.contextOf("p/7/BACKLOG.md").known.backlog.keys()]).toEqual([idOf("a7")]);
    expect([...watch.contextOf("p/12/ARCHIVE.md").known.backlog.keys()]).toEqual([idOf("a12")]);
    app.vault.write("p/12/BACKLOG.md", backlogOf("infra/high: z"));
    await settle();
    expect([...watch.contextOf("p/12/BACKLOG.md").known.backlog.keys()]).toEqual([idOf("z")]);
    expect(app.takeReads()).toEqual(["p/12/BACKLOG.md", "p/12/ARCHIVE.md"]);
  });
});

describe("a change", () => {
  const start = async () => {
    const watching = watchOver(notesIn("", "infra/high: a b! | todo: c | archive: d+ | index: a/backlog"));
    watching.watch.contextOf("BACKLOG.md");
    await settle();
    watching.app.takeReads();
    watching.takeTold();
    takeParses();
    return watching;
  };
  const ALL = ["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASK_INDEX.md"];

  test("has that one note parsed again", async () => {
    const { app, watch } = await start();
    app.vault.write("TODO.md", "# Todo\n");
    await settle();
    expect(takeParses()).toBe(1);
    expect(watch.knownFacts("")?.counts).toEqual({ open: 2, incomplete: 1 });
  });

  test("is waited for until there are no more: fifty in a row are one reading of each note", async () => {
    const { app, takeTold } = await start();
    for (let at = 0; at < 50; at++) {
      app.vault.write("BACKLOG.md", backlogOf(`infra/high: a${at}`));
      await settle(4);
    }
    expect(app.takeReads()).toEqual([]);
    await settle();
    expect(app.takeReads()).toEqual(ALL);
    expect(takeParses()).toBe(1);
    expect(takeTold()).toEqual([""]);
  });

  test("in an editor counts before it is saved, and is known 250 ms after the last key", async () => {
    const { app, watch, takeTold } = await start();
    const view = app.open("BACKLOG.md");
    app.type(view, backlogOf("infra/high: a b! x!"));
    await settle(200);
    app.type(view, backlogOf("infra/high: a b! x! y!"));
    await settle(249);
    expect([watch.knownFacts("")?.counts.incomplete, takeTold()]).toEqual([1, []]);
    await settle(1);
    await settle(1);
    expect([watch.knownFacts("")?.counts.incomplete, takeTold()]).toEqual([3, [""]]);
  });

  test("that leaves every text as it is tells nobody", async () => {
    const { app, takeTold } = await start();
    app.vault.write("BACKLOG.md", app.vault.textOf("BACKLOG.md"));
    await settle();
    expect([takeParses(), takeTold()]).toEqual([0, []]);
    expect(app.takeReads()).toEqual(ALL);
  });

  test("while a note is being read has what was read dropped", async () => {
    const { app, watch, takeTold } = await start();
    const release = app.vault.hold("BACKLOG.md");
    app.vault.write("BACKLOG.md", backlogOf("infra/high: old"));
    await settle();
    expect(app.takeReads()).toEqual(["BACKLOG.md"]);
    app.vault.write("BACKLOG.md", backlogOf("infra/high: new"));
    release();
    await settle(100);
    expect([takeTold(), app.takeReads()]).toEqual([[], []]);
    await settle();
    expect([...watch.contextOf("BACKLOG.md").known.backlog.keys()]).toEqual([idOf("new")]);
    expect(takeTold()).toEqual([""]);
  });

  test("is waited for by who asks for the facts", async () => {
    const { app, watch } = await start();
    app.vault.write("TODO.md", textsOf("none | todo: c x y").todo ?? "");
    const facts = watch.factsOf("");
    await settle();
    expect((await facts)?.counts.open).toBe(5);
  });

  test("of a companion that comes or goes is seen", async () => {
    const { app, watch } = await start();
    app.vault.remove("TODO.md");
    await settle();
    expect(watch.knownFacts("")?.counts.open).toBe(2);
    app.vault.write("TODO.md", textsOf("none | todo: x y").todo ?? "");
    await settle();
    expect(watch.knownFacts("")?.counts.open).toBe(4);
    expect(watch.contextOf("TODO.md").kind).toBe("todo");
  });

  test("of a note elsewhere has nothing read", async () => {
    const { app } = await start();
    app.vault.write("docs/guide.md", "# Guide\n");
    app.vault.write("docs/guide.md", "# A guide\n");
    app.vault.rename("docs", "handbook");
    app.vault.remove("handbook/guide.md");
    app.workspace.trigger("editor-change", {}, { file: null });
    await settle();
    expect(app.takeReads().filter((path) => !ALL.includes(path))).toEqual([]);
    expect(takeParses()).toBe(0);
  });
});

describe("other notes of a folder", () => {
  const notes = Object.fromEntries(Array.from({ length: 500 }, (_none, at) => [`note ${at}.md`, `# Note ${at}\n`]));
  const texts = { ...notes, ...notesIn("", "infra/high: a"), "meeting.md": blockOf("a"), "sub/deep.md": blockOf("a") };

  test("are read only where their headings say that they hold a task", async () => {
    const { app, watch } = watchOver(texts);
    watch.contextOf("BACKLOG.md");
    await settle();
    expect(app.takeReads()).toEqual(["BACKLOG.md", "meeting.md"]);
    expect(sharedOf(watch.contextOf("BACKLOG.md"), "a")).toEqual(["duplicate-id"]);
    expect(sharedOf(watch.contextOf("meeting.md"), "a")).toEqual(["duplicate-id"]);
  });

  test("are read when they are shown", async () => {
    const { app, watch } = watchOver(texts);
    watch.contextOf("BACKLOG.md");
    await settle();
    app.takeReads();
    watch.contextOf("note 7.md");
    await settle();
    expect(app.takeReads()).toEqual(["BACKLOG.md", "meeting.md", "note 7.md"]);
    watch.contextOf("note 7.md");
    app.vault.write("note 8.md", "nothing");
    await settle();
    expect(app.takeReads()).toEqual([]);
    app.type(app.open("note 7.md"), blockOf("a"));
    await settle();
    expect(sharedOf(watch.contextOf("note 7.md"), "a")).toEqual(["duplicate-id"]);
  });

  test("are read when a task is written into them, and no longer when it is taken out", async () => {
    const { app, watch } = watchOver(texts);
    watch.contextOf("BACKLOG.md");
    await settle();
    app.vault.write("note 9.md", blockOf("a").replace("## task_begin\n", "## task_begin"));
    await settle();
    expect([...(watch.knownFacts("")?.contexts.keys() ?? [])]).toEqual(["BACKLOG.md", "meeting.md", "note 9.md"]);
    app.vault.write("note 9.md", "<!--\n## task_begin\n-->\n");
    await settle();
    expect([...(watch.knownFacts("")?.contexts.keys() ?? [])]).toEqual(["BACKLOG.md", "meeting.md"]);
    app.vault.remove("meeting.md");
    await settle();
    expect([...(watch.knownFacts("")?.contexts.keys() ?? [])]).toEqual(["BACKLOG.md"]);
    app.takeReads();
    app.vault.write("note 9.md", "nothing");
    await settle();
    expect(app.takeReads()).toEqual([]);
  });
});

describe("a folder", () => {
  test("that loses its backlog is no longer one", async () => {
    const { app, watch, takeTold } = watchOver(notesIn("a/", "infra/high: a | todo: b"));
    watch.contextOf("a/TODO.md");
    await settle();
    takeTold();
    app.vault.rename("a/BACKLOG.md", "a/OLD.md");
    await settle();
    expect(takeTold()).toEqual(["a"]);
    expect([watch.knownFacts("a"), watch.placeOf("a/TODO.md"), watch.contextOf("a/TODO.md").kind]).toEqual([
      null,
      null,
      "other",
    ]);
    expect(await watch.factsOf("a")).toBeNull();
    app.vault.write("a/TODO.md", "# Todo\n");
    await settle();
    expect(takeTold()).toEqual([]);
    app.vault.rename("a/OLD.md", "a/BACKLOG.md");
    await settle();
    expect([takeTold(), watch.contextOf("a/TODO.md").kind]).toEqual([["a"], "todo"]);
  });

  test("that gets one is told of, and read when asked for", async () => {
    const { app, watch, takeTold } = watchOver({ "a/TODO.md": textsOf("none | todo: b").todo ?? "" });
    expect(watch.contextOf("a/TODO.md").kind).toBe("other");
    app.vault.write("a/BACKLOG.md", backlogOf("infra/high: a"));
    await settle();
    expect([takeTold(), app.takeReads(), watch.listFolders()]).toEqual([["a"], [], ["a"]]);
    expect(watch.contextOf("a/TODO.md").kind).toBe("todo");
    await settle();
    expect(watch.knownFacts("a")?.counts.open).toBe(2);
  });

  test.each([
    ["a", true],
    ["a/b", true],
    ["a", false],
    ["a/b", false],
  ])("that is renamed with %s is known under its new path, told of each note or not: %s", async (path, told) => {
    const { app, watch, takeTold } = watchOver(notesIn("a/b/", "infra/high: a | todo: b"));
    app.vault.tellsOfChildren = told;
    watch.contextOf("a/b/TODO.md");
    await settle();
    takeTold();
    app.vault.rename(path, "moved");
    await settle();
    const [folder = ""] = watch.listFolders();
    expect(takeTold()).toEqual(expect.arrayContaining(["a/b", folder]));
    expect(watch.knownFacts("a/b")).toBeNull();
    watch.contextOf(`${folder}/TODO.md`);
    await settle();
    expect(watch.knownFacts(folder)?.counts.open).toBe(2);
  });

  test.each([true, false])("takes its archive from a subfolder when that is renamed, %s", async (told) => {
    const { app, watch } = watchOver({ ...notesIn("", "infra/high: a"), "old/ARCHIVE.md": blockOf("a+") });
    app.vault.tellsOfChildren = told;
    watch.contextOf("BACKLOG.md");
    await settle();
    expect(sharedOf(watch.contextOf("BACKLOG.md"), "a")).toEqual([]);
    app.vault.rename("old", "ARCHIVE");
    await settle();
    expect(sharedOf(watch.contextOf("BACKLOG.md"), "a")).toEqual(["duplicate-id"]);
    expect(watch.contextOf("ARCHIVE/ARCHIVE.md").kind).toBe("archive");
  });
});

describe("a note that cannot be read", () => {
  test("is left out and named, and read when that is possible again", async () => {
    const { app, watch } = watchOver(notesIn("", "infra/high: a | todo: b"));
    app.vault.refused.add("TODO.md");
    const first = watch.factsOf("");
    await settle();
    expect(await first).toMatchObject({ unread: ["TODO.md"], counts: { open: 1 } });
    app.vault.refused.clear();
    app.vault.write("TODO.md", textsOf("none | todo: b c").todo ?? "");
    await settle();
    expect(watch.knownFacts("")).toMatchObject({ unread: [], counts: { open: 3 } });
  });

  test("because it is not UTF-8 is found to be so", async () => {
    const { app, watch } = watchOver(notesIn("", "infra/high: a"));
    app.vault.write("TODO.md", new Uint8Array([35, 32, 0xff, 10]));
    const facts = watch.factsOf("");
    await settle();
    expect((await facts)?.checked.find(({ path }) => path === "TODO.md")).toMatchObject({ note: null });
  });
});
