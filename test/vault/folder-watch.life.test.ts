// Pins what new settings and the end of the plugin do to what is known of the folders: the cards follow a setting at once, and
// nothing goes on when the plugin is gone.
import type * as noteModule from "../../src/core/note";
import { textsOf } from "../support/notation";
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

describe("settings", () => {
  test("that change a rule are in force at once, without a note being parsed again", async () => {
    const { watch, apply, takeTold } = watchOver(notesIn("", "infra/high: a! | todo: b"));
    watch.contextOf("BACKLOG.md");
    await settle();
    takeParses();
    takeTold();
    apply({ rules: { required: [] } });
    expect(watch.contextOf("BACKLOG.md").rules.required).toEqual({ value: [], source: "settings" });
    await settle(1);
    await settle(1);
    expect([takeTold(), takeParses(), watch.knownFacts("")?.counts.incomplete]).toEqual([[""], 0, 0]);
  });

  test("that change a name make other notes the companions", async () => {
    const texts = { ...notesIn("", "infra/high: a | todo: b"), "Now.md": textsOf("none | todo: c d").todo ?? "" };
    const { watch, apply } = watchOver(texts);
    watch.contextOf("TODO.md");
    await settle();
    apply({ names: { ...NAMES, todo: "Now.md" } });
    await settle();
    expect([watch.contextOf("TODO.md").kind, watch.contextOf("Now.md").kind]).toEqual(["other", "todo"]);
    expect(watch.knownFacts("")?.counts.open).toBe(3);
    apply({ names: { ...NAMES, backlog: "Elsewhere.md" } });
    await settle();
    expect(watch.knownFacts("")).toBeNull();
  });

  test("that change neither leave all as it is", async () => {
    const { app, watch, apply, takeTold } = watchOver(notesIn("", "infra/high: a"));
    watch.contextOf("BACKLOG.md");
    await settle();
    const before = watch.contextOf("BACKLOG.md");
    app.takeReads();
    takeTold();
    apply({ rules: {}, names: { ...NAMES } });
    await settle();
    expect([watch.contextOf("BACKLOG.md") === before, app.takeReads(), takeTold()]).toEqual([true, [], []]);
  });
});

describe("when it ends", () => {
  test("no listener and no timer is left, and nothing is read or told any more", async () => {
    const { app, watch, takeTold } = watchOver(notesIn("", "infra/high: a | todo: b"));
    watch.contextOf("BACKLOG.md");
    const counts = watch.countVault();
    const facts = watch.factsOf("");
    await settle();
    app.takeReads();
    takeTold();
    app.vault.write("BACKLOG.md", backlogOf("infra/high: c"));
    app.vault.write("p/BACKLOG.md", backlogOf("infra/high: c"));
    await settle(100);
    const waiting = watch.factsOf("");
    watch.unload();
    // The index of the app listens to two events of the vault.
    expect([jest.getTimerCount(), app.countListeners()]).toEqual([0, 2]);
    await settle();
    expect([await waiting, watch.contextOf("BACKLOG.md").next, app.takeReads(), takeTold()]).toEqual([
      null,
      null,
      [],
      [],
    ]);
    expect(await watch.factsOf("")).toBeNull();
    expect([(await facts)?.counts.open, (await counts).open]).toEqual([2, 2]);
  });

  test("while a note is being read, what was read is dropped", async () => {
    const { app, watch, takeTold } = watchOver(notesIn("", "infra/high: a | todo: b"));
    const release = app.vault.hold("BACKLOG.md");
    const [facts, counts] = [watch.factsOf(""), watch.countVault()];
    await settle();
    watch.unload();
    release();
    await settle();
    expect([await facts, takeTold(), takeParses()]).toEqual([null, [], 0]);
    expect(await counts).toEqual({ open: 0, incomplete: 0 });
  });

  test("before the layout is ready, it never begins", async () => {
    const { app, watch } = watchOver(notesIn("", "infra/high: a"), false);
    const [facts, counts] = [watch.factsOf(""), watch.countVault()];
    watch.contextOf("BACKLOG.md");
    watch.unload();
    app.workspace.becomeReady();
    await settle();
    expect([await facts, await counts, app.takeReads(), app.countListeners()]).toEqual([
      null,
      { open: 0, incomplete: 0 },
      [],
      2,
    ]);
  });

  test("a callback can be taken back before", async () => {
    const { watch } = watchOver(notesIn("", "infra/high: a"));
    const callback = jest.fn();
    watch.subscribe(callback)();
    watch.contextOf("BACKLOG.md");
    await settle();
    expect(callback).not.toHaveBeenCalled();
  });
});
