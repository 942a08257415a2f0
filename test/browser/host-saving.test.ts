// Contract of how the host's notes are saved and follow the disk. Source: EDITOR.md, "Writing" (measured in the app), and the typings
// of `TextFileView`; what is assumed says so.
import { CODEMIRRORS, type Host } from "./support/harness";
import { shareHost } from "./support/shared-host";

declare global {
  interface Window {
    /** Transactions that changed an editor's text: by which event, and what was put in. */
    sets: { set: boolean; inserted: string[]; deleted: number }[];
    texts: string[];
  }
}

const NOTE = Array.from({ length: 200 }, (_, line) => `line ${line}`).join("\n");

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;
  const start = async (vault: Record<string, string> = { "a.md": NOTE }, panes = 1): Promise<void> => {
    host = await shared.begin(
      vault,
      Array.from({ length: panes }, () => ({ path: "a.md" })),
    );
    await host.page.evaluate(() => {
      const { EditorView } = window.host.modules["@codemirror/view"];
      window.sets = [];
      window.host.plugin?.registerEditorExtension(
        EditorView.updateListener.of(({ transactions }) => {
          for (const transaction of transactions.filter((one) => one.docChanged)) {
            const inserted: string[] = [];
            let deleted = 0;
            transaction.changes.iterChanges((from, to, _start, _end, text) => {
              inserted.push(text.toString());
              deleted += to - from;
            });
            window.sets.push({ set: transaction.isUserEvent("set"), inserted, deleted });
          }
        }),
      );
    });
  };

  const type = async (line: number, text: string, pane = 0): Promise<void> => {
    await host.page.evaluate(
      ([at, place]) => {
        const editor = window.host.views()[place]?.editor;
        editor?.focus();
        editor?.setCursor({ line: at, ch: 0 });
      },
      [line, pane] as const,
    );
    await host.page.keyboard.type(text);
  };
  const texts = (): Promise<string[]> =>
    host.page.evaluate(() => window.host.views().map((view) => view.getViewData()));
  const waitForDisk = async (test: (text: string) => boolean): Promise<void> => {
    for (let tries = 0; !test(await host.read("a.md")); tries++) {
      if (tries > 100) throw new Error(`The disk still holds ${await host.read("a.md")}`);
      await host.page.waitForTimeout(50);
    }
  };

  test("what is typed is on the disk two seconds after the last key, and not before", async () => {
    await start();
    await type(0, "a");
    await host.page.waitForTimeout(1200);
    await type(0, "b");
    await host.page.waitForTimeout(1200);
    expect(await host.read("a.md")).toBe(NOTE);
    await waitForDisk((text) => text.startsWith("baline 0"));
  });

  test("a save that the disk refuses is told in a notice; what was typed stays and is saved after the next key", async () => {
    await start({ "a.md": "a\n" });
    host.faults.refuse({ operation: "write", path: "a.md" }, "ENOSPC");
    await type(0, "x");
    const notice = host.page.locator(".notice", { hasText: "a.md could not be saved." });
    await notice.click();
    expect([await texts(), await host.read("a.md")]).toEqual([["xa\n"], "a\n"]);
    await type(0, "y");
    await waitForDisk((text) => text === "yxa\n");
  });

  test("what cannot be saved when its tab is closed is told in a notice, and is there when the note is opened again", async () => {
    await start({ "a.md": "a\n" });
    host.faults.refuse({ operation: "write", path: "a.md" }, "ENOSPC");
    await type(0, "x");
    await host.page.evaluate(() => window.host.app.workspace.detachLeavesOfType("markdown"));
    await host.page.locator(".notice", { hasText: "a.md could not be saved." }).waitFor();
    await host.open("a.md");
    expect([await texts(), await host.read("a.md")]).toEqual([["xa\n"], "a\n"]);
  });

  test("save writes at once what was typed, and nothing where nothing was", async () => {
    await start();
    const writes = () => host.page.evaluate(() => window.texts.length);
    await host.page.evaluate(() => {
      window.texts = [];
      const { app, plugin } = window.host;
      plugin?.registerEvent(app.vault.on("modify", (file) => window.texts.push(file.path)));
    });
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await writes()).toBe(0);
    await type(0, "x");
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await host.read("a.md")).toBe(`x${NOTE}`);
    expect(await writes()).toBe(1);
  });

  test("what another program writes arrives as one transaction `set` of the least changes; cursor and scroll stay", async () => {
    await start();
    await host.page.evaluate(() => {
      const editor = window.host.views()[0]?.editor;
      editor?.setCursor({ line: 150, ch: 3 });
    });
    await host.settled();
    const before = await host.page.evaluate(() => window.host.views()[0]?.editor.getScrollInfo().top);
    await host.write("a.md", NOTE.replace("line 3\n", "line three\n").replace("line 190", "line 19O"));
    await host.settled();
    const after = await host.page.evaluate(() => {
      const editor = window.host.views()[0]?.editor;
      return { sets: window.sets, cursor: editor?.getCursor(), top: editor?.getScrollInfo().top };
    });
    expect(after).toEqual({
      sets: [{ set: true, inserted: ["three", "O"], deleted: 2 }],
      cursor: { line: 150, ch: 3 },
      top: before,
    });
    expect(before).toBeGreaterThan(100);
  });

  test("unsaved typing and an outside change merge line by line, and the merged text is saved", async () => {
    await start();
    await type(0, "typed ");
    const outside = NOTE.replace("line 100\n", "outside\nline 100\n");
    await host.write("a.md", outside);
    await host.settled();
    const merged = `typed ${outside}`;
    expect(await texts()).toEqual([merged]);
    await waitForDisk((text) => text === merged);
  });

  test("where both changed one line, what was typed stays (assumption)", async () => {
    await start();
    await type(5, "typed ");
    await host.write("a.md", NOTE.replace("line 5\n", "outside\n"));
    await host.settled();
    expect((await texts())[0]).toContain("\ntyped line 5\n");
  });

  test("Vault.process on an open note reads the disk, arrives as `set`, and loses no unsaved typing", async () => {
    await start();
    await type(0, "typed ");
    const given = await host.page.evaluate(async () => {
      window.sets.length = 0;
      const { vault } = window.host.app;
      const file = vault.getFileByPath("a.md");
      let text = "";
      if (file) await vault.process(file, (data) => (text = data).replace("line 9\n", "line nine\n"));
      return text;
    });
    await host.settled();
    expect(given).toBe(NOTE);
    expect(await texts()).toEqual([`typed ${NOTE.replace("line 9\n", "line nine\n")}`]);
    expect(await host.page.evaluate(() => window.sets)).toEqual([{ set: true, inserted: ["nine"], deleted: 1 }]);
  });

  test("two panes of one note show what is typed in either at once, each by its own transaction", async () => {
    await start(undefined, 2);
    await type(3, "x");
    const [first, second] = await texts();
    expect(first).toContain("\nxline 3\n");
    expect(second).toBe(first);
    await type(4, "y", 1);
    expect(new Set(await texts()).size).toBe(1);
    expect(await host.page.evaluate(() => window.sets)).toEqual([
      { set: false, inserted: ["x"], deleted: 0 },
      { set: true, inserted: ["x"], deleted: 0 },
      { set: false, inserted: ["y"], deleted: 0 },
      { set: true, inserted: ["y"], deleted: 0 },
    ]);
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await host.read("a.md")).toContain("\nxline 3\nyline 4\n");
  });

  test("views are told of typing before it is saved (typings: quick-preview, editor-change)", async () => {
    await start();
    await host.page.evaluate(() => {
      window.texts = [];
      const { app, plugin } = window.host;
      plugin?.registerEvent(
        app.workspace.on("quick-preview", (file, text) =>
          window.texts.push(`preview ${file.path} ${text.slice(0, 3)}`),
        ),
      );
      plugin?.registerEvent(
        app.workspace.on("editor-change", (editor, owner) =>
          window.texts.push(`change ${owner.file?.path ?? ""} ${editor.getLine(0).slice(0, 3)}`),
        ),
      );
    });
    await type(0, "x");
    expect(await host.page.evaluate(() => window.texts)).toEqual(["preview a.md xli", "change a.md xli"]);
    expect(await host.read("a.md")).toBe(NOTE);
  });

  test("a note with carriage returns is not written by being opened or closed, and loses them when it is saved after a key", async () => {
    await start({ "a.md": "one\r\ntwo\r\n", "b.md": "b\n" });
    await host.open("b.md");
    await host.open("a.md");
    expect(await host.read("a.md")).toBe("one\r\ntwo\r\n");
    await type(1, "x");
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await host.read("a.md")).toBe("one\nxtwo\n");
  });

  test("a save that a plugin asks for takes them away even where nothing was typed (assumption, the harder one)", async () => {
    await start({ "a.md": "one\r\ntwo\r\n" });
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await host.read("a.md")).toBe("one\ntwo\n");
  });

  test("a save rejects with what the disk says; what was typed stays, and the next save writes it", async () => {
    await start({ "a.md": "a\n" });
    await type(0, "x");
    host.faults.refuse({ operation: "write", path: "a.md" }, "EACCES");
    const code = await host.page.evaluate(() =>
      window.host
        .views()[0]
        ?.save()
        .then(
          () => "saved",
          (error: unknown) => (error as { code?: string }).code,
        ),
    );
    expect([code, await texts(), await host.read("a.md")]).toEqual(["EACCES", ["xa\n"], "a\n"]);
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await host.read("a.md")).toBe("xa\n");
  });

  test("a save while one is under way resolves at once and is made after it (obsidian-typings: saving, saveAgain; assumption)", async () => {
    await start({ "a.md": "a\n" });
    await type(0, "x");
    const held = host.faults.hold({ operation: "write", path: "a.md" });
    await host.page.evaluate(() => {
      window.texts = [];
      void window.host
        .views()[0]
        ?.save()
        .then(() => window.texts.push("first"));
    });
    await held.arrived();
    await type(0, "y");
    await host.page.evaluate(() =>
      window.host
        .views()[0]
        ?.save()
        .then(() => window.texts.push("second")),
    );
    expect([await host.page.evaluate(() => window.texts), await host.read("a.md")]).toEqual([["second"], "a\n"]);
    held.release();
    await host.settled();
    expect([await host.page.evaluate(() => window.texts), await host.read("a.md")]).toEqual([
      ["second", "first"],
      "yxa\n",
    ]);
  });

  test("what arrives from outside can be undone by key like what was typed (assumption)", async () => {
    await start({ "a.md": "a\nb\n" });
    await host.write("a.md", "a\nnew\nb\n");
    await host.settled();
    await host.page.evaluate(() => window.host.views()[0]?.editor.focus());
    await host.page.keyboard.press("Control+z");
    expect(await texts()).toEqual(["a\nb\n"]);
    await host.page.keyboard.press("Control+Shift+z");
    expect(await texts()).toEqual(["a\nnew\nb\n"]);
  });

  test("closing a tab saves; the tab of a note that is deleted becomes an empty one (assumption)", async () => {
    await start({ "a.md": "a\n", "b.md": "b\n" });
    await type(0, "x");
    await host.page.evaluate(() => window.host.app.workspace.detachLeavesOfType("markdown"));
    await waitForDisk((text) => text === "xa\n");
    await host.open("b.md");
    await host.page.evaluate(async () => {
      const { vault } = window.host.app;
      const file = vault.getFileByPath("b.md");
      if (file) await vault.delete(file);
    });
    await host.settled();
    expect(await host.page.evaluate(() => window.host.app.workspace.getLeavesOfType("empty").length)).toBe(1);
  });
});
