// A move of the app while somebody types on, by real keys, in either note, in each of two panes, beside a reading view or in a
// window of its own: what is typed stays, and the move is made, or refused and taken back. Mod+Z leaves what was moved alone, and
// undo takes back what edits elsewhere allow.
import type { EditorView } from "@codemirror/view";
import type { Page } from "playwright-core";
import { parseNote } from "../../src/core/note";
import { MemoryPlace } from "../support/memory-store";
import { NAMES, notesOf } from "../support/move-scenarios";
import { idOf } from "../support/notation";
import { CODEMIRRORS } from "./support/harness";
import { MovePage } from "./support/move-page";

jest.setTimeout(240_000);

const LINE = "infra/high: a b c; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";
const BEFORE = notesOf(LINE);
const MOVED = notesOf("infra/high: (a b c); docs/low: d | todo: w~ a b c");
const NOTES = [NAMES.backlog, NAMES.todo];
const PROMOTE = { command: "promote" };
const UNDO = { command: "undo" };
const ALL = ["a", "b", "c", "d", "w", "x"].map(idOf).sort();

const idsIn = (notes: Readonly<Record<string, string>>): readonly string[] =>
  Object.values(notes)
    .flatMap((text) => parseNote(text).tasks.map(({ id }) => id ?? ""))
    .sort();
const tasksOf = (text: string | undefined): readonly string[] => parseNote(text ?? "").tasks.map(({ id }) => id ?? "");

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: MovePage;
  let count = 0;
  beforeAll(async () => {
    page = await MovePage.open(codemirror);
  });
  afterEach(() => page.closeAll());
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  /** A folder of its own for one test, with these notes shown side by side. */
  async function start(shown: readonly string[] = NOTES): Promise<string> {
    const folder = `t${++count}`;
    page.addFolder(folder, new MemoryPlace(BEFORE));
    await page.hear(folder, Object.keys(BEFORE));
    await page.show(folder, shown);
    await page.host.settled();
    return folder;
  }

  /** Puts the cursor at the end of a line of a pane, with the keyboard. */
  async function goTo(pane: number, line: number): Promise<void> {
    await page.host.page.evaluate(
      ([at, number]) => {
        const view = window.host.views()[at];
        if (view) window.host.app.workspace.setActiveLeaf(view.leaf, { focus: true });
        view?.editor.setCursor({ line: number, ch: view.editor.getLine(number).length });
        view?.editor.focus();
      },
      [pane, line] as const,
    );
  }

  /** The panes show what the disk holds, both panes of a note the same. */
  async function expectSaved(folder: string): Promise<Record<string, string>> {
    await page.saveAll();
    const notes = page.notes(folder);
    for (const [path, text] of Object.entries(await page.shown()))
      expect(notes[path.slice(folder.length + 1)]).toBe(text);
    return notes;
  }

  test.each([
    ["the backlog", 0, NOTES],
    ["the todo note", 1, NOTES],
    ["the second pane of the backlog", 2, [...NOTES, ...NOTES]],
    ["the second pane of the todo note", 3, [...NOTES, ...NOTES]],
  ] as const)("a key in %s at every change on the disk: nothing of the text is lost", async (_, pane, shown) => {
    const folder = await start(shown);
    await goTo(pane, 0);
    let typed = "";
    page.host.faults.interrupt({ operation: "changing", path: new RegExp(`^${folder}/`) }, async () => {
      const key = String.fromCharCode(97 + (typed.length % 26));
      typed += key;
      await page.host.page.keyboard.type(key);
    });
    const { refusal } = await page.call(folder, PROMOTE);
    page.host.faults.forgive();
    const notes = await expectSaved(folder);
    const note = notes[pane % 2 === 0 ? NAMES.backlog : NAMES.todo] ?? "";
    expect(note.split("\n")[0]).toBe(`${pane % 2 === 0 ? "# Project Backlog" : "# Active"}${typed}`);
    expect(typed.length).toBeGreaterThan(5);
    expect(idsIn(notes)).toEqual(ALL);
    expect([refusal, tasksOf(notes[NAMES.todo]).length]).toEqual(refusal === null ? [null, 4] : ["stale-source", 1]);
    await page.host.page.keyboard.press("Control+z");
    expect(idsIn(await expectSaved(folder))).toEqual(ALL);
  });

  test.each([
    ["the todo note", 1, PROMOTE, ["w"]],
    ["the backlog", 0, { command: "return", flags: { id: idOf("w") } }, ["a", "b", "c", "d"]],
  ] as const)("%s is emptied with keys just before a move: no task is lost but those", async (_, pane, call, gone) => {
    const folder = await start();
    await goTo(pane, 0);
    for (const key of ["Control+a", "Delete"]) await page.host.page.keyboard.press(key);
    await page.call(folder, call);
    await page.host.page.waitForTimeout(2500);
    const notes = await expectSaved(folder);
    const left = ALL.filter((id) => !gone.some((name) => idOf(name) === id));
    expect(idsIn(notes)).toEqual(left);
  });

  test("keys that go on without a pause through a promotion and its undo stay, each of them", async () => {
    const folder = await start();
    await goTo(0, 0);
    const words = "the quick brown fox jumps over the lazy dog and on ";
    const typing = page.host.page.keyboard.type(words.repeat(2), { delay: 10 });
    const first = await page.call(folder, PROMOTE);
    const second = await page.call(folder, UNDO);
    await typing;
    const notes = await expectSaved(folder);
    expect(notes[NAMES.backlog]?.split("\n")[0]).toBe(`# Project Backlog${words.repeat(2)}`);
    expect(idsIn(notes)).toEqual(ALL);
    expect([first.refusal, second.refusal].filter((each) => each !== null && each !== "stale-source")).toEqual(
      first.refusal === null ? [] : ["nothing-to-undo"],
    );
  });

  test.each([
    ["both notes in two panes each", [...NOTES, ...NOTES], "live", false],
    ["both notes in reading view", NOTES, "reading", false],
    ["the todo note in a window of its own", [NAMES.backlog], "live", true],
  ] as const)(
    "with %s the promotion shows in all of them, and Mod+Z and Shift+Mod+Z leave it alone",
    async (_, shown, mode, popout) => {
      const folder = await start([]);
      await page.show(folder, shown, mode);
      let second: Page | null = null;
      if (popout) {
        const opened = page.host.context.waitForEvent("page");
        await page.host.open(`${folder}/${NAMES.todo}`, { popout: true });
        second = await opened;
      }
      await page.host.settled();
      if (mode === "live") {
        await goTo(0, 0);
        await page.host.page.keyboard.type("!");
      }
      expect((await page.call(folder, PROMOTE)).refusal).toBeNull();
      await page.host.settled();
      const notes = await expectSaved(folder);
      expect(notes[NAMES.todo]).toBe(MOVED[NAMES.todo]);
      const panes = await page.host.page.evaluate(() => window.host.views().length);
      for (let pane = 0; mode === "live" && pane < panes; pane++) {
        await goTo(pane, 0);
        const keyboard = (pane === panes - 1 && second ? second : page.host.page).keyboard;
        for (const key of ["Control+z", "Control+z", "Control+Shift+z", "Control+z"]) {
          await keyboard.press(key);
          expect(idsIn(await expectSaved(folder))).toEqual(ALL);
          expect(tasksOf(page.notes(folder)[NAMES.todo])).toEqual(["w", "a", "b", "c"].map(idOf));
        }
      }
      await second?.close();
    },
  );

  test("cursor, scroll and folds are where they were", async () => {
    const folder = `t${++count}`;
    const long = {
      ...BEFORE,
      [NAMES.backlog]: `${BEFORE[NAMES.backlog] ?? ""}\n# Notes\n\n${"text\n\n".repeat(200)}# Last\n\nend\n`,
    };
    page.addFolder(folder, new MemoryPlace(long));
    await page.hear(folder, Object.keys(long));
    await page.show(folder, [NAMES.backlog]);
    const last = long[NAMES.backlog]?.split("\n").length ?? 0;
    await goTo(0, last - 2);
    await page.host.page.evaluate((end) => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const { doc } = cm.state;
      const { foldEffect } = window.host.modules["@codemirror/language"];
      for (const from of [end - 30, end - 15]) {
        cm.dispatch({ effects: foldEffect.of({ from: doc.line(from).to, to: doc.line(from + 8).to }) });
      }
      window.host.views()[0]?.editor.exec("goDown");
    }, last);
    await page.host.settled();
    const look = () =>
      page.host.page.evaluate(() => {
        const editor = window.host.views()[0]?.editor;
        const { line = 0, ch } = editor?.getCursor() ?? {};
        const box = document.querySelector(".cm-cursor, .cm-activeLine")?.getBoundingClientRect();
        const { cm } = editor as unknown as { cm: EditorView };
        const { doc } = cm.state;
        const folds: { readonly fromEnd: number; readonly text: string }[] = [];
        window.host.modules["@codemirror/language"].foldedRanges(cm.state).between(0, doc.length, (from, to) => {
          folds.push({ fromEnd: doc.length - from, text: doc.sliceString(from, to) });
        });
        return { text: editor?.getLine(line), ch, top: Math.round((box?.top ?? 0) / 4), folds };
      });
    const before = await look();
    expect(before.folds.map(({ text }) => text.split("\n").length)).toEqual([9, 9]);
    expect((await page.call(folder, PROMOTE)).refusal).toBeNull();
    await page.host.settled();
    expect(await look()).toEqual(before);
  });

  test("a note with carriage returns keeps them, open or not, and Mod+Z leaves what was moved alone", async () => {
    const folder = `t${++count}`;
    const crlf = Object.fromEntries(
      Object.entries(BEFORE).map(([path, text]) => [path, text.replaceAll("\n", "\r\n")]),
    );
    page.addFolder(folder, new MemoryPlace(crlf));
    await page.hear(folder, Object.keys(crlf));
    await page.show(folder, NOTES);
    expect((await page.call(folder, PROMOTE)).refusal).toBeNull();
    await page.host.settled();
    const notes = page.notes(folder);
    for (const text of Object.values(notes)) expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(tasksOf(notes[NAMES.todo])).toEqual(["w", "a", "b", "c"].map(idOf));
    for (const pane of [0, 1]) {
      await goTo(pane, 0);
      await page.host.page.keyboard.press("Control+z");
    }
    await page.host.settled();
    expect(idsIn(await page.shown())).toEqual(ALL.filter((id) => id !== idOf("x")));
    expect((await page.call(folder, UNDO)).refusal).toBeNull();
    expect(page.notes(folder)).toEqual(crlf);
  });

  test("undo after edits elsewhere keeps them; after an edit in a moved block it is refused, and says which; also after a restart", async () => {
    const folder = await start();
    expect((await page.call(folder, PROMOTE)).refusal).toBeNull();
    await goTo(1, 0);
    await page.host.page.keyboard.type(" mine");
    const at =
      (await page.shown())[`${folder}/${NAMES.todo}`]?.split("\n").findIndex((line) => line.includes(idOf("b"))) ?? 0;
    await goTo(1, at);
    await page.host.page.keyboard.type("!");
    const refused = await page.call(folder, UNDO);
    expect(refused.refusal).not.toBeNull();
    expect(refused.said).toContain(idOf("b"));
    expect(refused.said).not.toContain(`${idOf("c")} `);
    await page.host.page.keyboard.press("Backspace");
    await page.saveAll();
    await page.reopen();
    expect((await page.call(folder, UNDO)).refusal).toBeNull();
    const notes = page.notes(folder);
    expect(notes).toEqual({ ...BEFORE, [NAMES.todo]: BEFORE[NAMES.todo]?.replace("# Active", "# Active mine") });
  });
});
