// A note that is open is changed through its editors: what is typed, cursor, scroll, folds and undo history stay what they were,
// whatever else is done to the note meanwhile, and whatever the disk refuses.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { EditorView } from "@codemirror/view";
import type { MarkdownView } from "obsidian";
import { applyEdits, type Edit } from "../../src/core/edits";
import type { NoteChange } from "../../src/core/plan";
import { StoreError, type LockResult } from "../../src/core/store";
import type { VaultStore } from "../../src/vault/vault-store";
import type { PaneMode } from "../host/host-window";
import { CODEMIRRORS, type Host } from "./support/harness";
import { shareHost } from "./support/shared-host";
import { loadStores, openStore } from "./support/vault-stores";

declare global {
  interface Window {
    editorAt(pane: number): EditorView;
  }
}

const LINES = Array.from({ length: 200 }, (_, line) => (line % 20 === 0 ? `# Heading ${line}` : `line ${line}`));
const NOTE = `${LINES.join("\n")}\n`;

/** The change that puts a line before `line 5` and takes `line 150` away. */
function changeOf(before: string, end = "\n"): NoteChange & { readonly before: string; readonly after: string } {
  const put = before.indexOf("line 5");
  const cut = before.indexOf("line 150");
  const edits: readonly Edit[] = [
    { from: put, to: put, insert: `moved here${end}` },
    { from: cut, to: cut + `line 150${end}`.length, insert: "" },
  ];
  return { path: "a.md", before, after: applyEdits(before, edits), edits };
}

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;
  let store: VaultStore;
  let lock: LockResult;

  const start = async (text = NOTE, modes: readonly PaneMode[] = ["live"]): Promise<void> => {
    host = await shared.begin(
      { "a.md": text },
      modes.map((mode) => ({ path: "a.md", mode })),
    );
    await host.page.evaluate(() => {
      window.editorAt = (pane) => (window.host.views()[pane]?.editor as unknown as { cm: EditorView }).cm;
    });
    await loadStores(host.page);
    store = openStore(host.page, "");
    lock = await store.lock();
  };
  afterEach(async () => {
    host.faults.forgive();
    if (lock.held) await lock.release();
  });

  const bytes = (): string => readFileSync(join(host.vaultPath, "a.md"), "utf8");
  const docs = (): Promise<string[]> =>
    host.page.evaluate(() => window.host.views().map((_, pane) => window.editorAt(pane).state.doc.toString()));
  const type = async (text: string, pane = 0, at = 0): Promise<void> => {
    await host.page.evaluate(
      ([place, anchor]) => {
        const editor = window.editorAt(place);
        editor.dispatch({ selection: { anchor } });
        editor.focus();
      },
      [pane, at] as const,
    );
    await host.page.keyboard.type(text);
  };
  const press = async (key: string, pane: number): Promise<void> => {
    await host.page.evaluate(async (place) => {
      const view = window.host.views()[place] as MarkdownView;
      window.host.app.workspace.setActiveLeaf(view.leaf, { focus: true });
      if (view.getMode() === "preview") await view.setState({ ...view.getState(), mode: "source" }, { history: false });
      window.editorAt(place).focus();
    }, pane);
    await host.page.keyboard.press(key);
  };

  describe.each([
    ["one pane", ["live"]],
    ["two panes", ["live", "live"]],
    ["live preview, source mode and reading view", ["live", "source", "reading"]],
    ["reading view", ["reading"]],
  ] as const)("a note that is open in %s", (_, modes) => {
    test.each([
      ["plain", NOTE, "\n"],
      ["with a byte-order mark", `\ufeff${NOTE}`, "\n"],
      ["with carriage returns", NOTE.replaceAll("\n", "\r\n"), "\r\n"],
      ["with U+FFFD", `\ufffd${NOTE}`, "\n"],
    ])("%s is changed on the disk and in every pane; Mod+Z leaves that alone", async (_, text, end) => {
      await start(text, modes);
      const change = changeOf(text, end);
      expect(await store.write(change)).toBe("written");
      expect(bytes()).toBe(change.after);
      expect(await store.read("a.md")).toEqual({ kind: "text", text: change.after });
      await host.settled();
      const shown = change.after.replaceAll("\r", "");
      expect(await docs()).toEqual(modes.map(() => shown));
      for (const pane of modes.keys()) await press("Control+z", pane);
      expect(await docs()).toEqual(modes.map(() => shown));
      expect(bytes()).toBe(change.after);
    });
  });

  test.each([["live"], ["live", "live"]] as const)(
    "what was typed before is saved first, and is all that Mod+Z takes back (%s %s)",
    async (...modes) => {
      await start(NOTE, modes);
      const last = modes.length - 1;
      await type("typed", last);
      expect(await store.read("a.md")).toEqual({ kind: "text", text: `typed${NOTE}` });
      expect(bytes()).toBe(`typed${NOTE}`);
      const change = changeOf(`typed${NOTE}`);
      expect(await store.write(change)).toBe("written");
      expect(await docs()).toEqual(modes.map(() => change.after));
      const without = change.after.slice("typed".length);
      await press("Control+z", last);
      expect(await docs()).toEqual(modes.map(() => without));
      await press("Control+Shift+z", last);
      expect(await docs()).toEqual(modes.map(() => change.after));
    },
  );

  test("what was typed before the pane went to reading view is saved first as well", async () => {
    await start();
    await type("typed");
    // Not by the view, which has its text saved when its mode changes.
    await host.page.evaluate(async () => {
      const [view] = window.host.views();
      if (!view) return;
      const { save } = view;
      view.save = () => Promise.resolve();
      await view.setState({ ...view.getState(), mode: "preview" }, { history: false });
      view.save = save;
    });
    expect(bytes()).toBe(NOTE);
    expect(await store.read("a.md")).toEqual({ kind: "text", text: `typed${NOTE}` });
    expect(bytes()).toBe(`typed${NOTE}`);
  });

  test("a note that was emptied with keys counts as typed in: it is waited for until the app has saved it", async () => {
    await start(NOTE, ["live", "live"]);
    await type("x");
    for (const key of ["Control+a", "Delete"]) await host.page.keyboard.press(key);
    expect(await store.write(changeOf(NOTE))).toBe("stale");
    expect(await store.read("a.md")).toEqual({ kind: "text", text: "" });
    expect([bytes(), await docs()]).toEqual(["", ["", ""]]);
  });

  test("it is one transaction of each editor, with all places in it", async () => {
    await start(NOTE, ["live", "live"]);
    await host.page.evaluate(() => {
      const counts = [0, 0];
      Object.assign(window, { counts });
      for (const pane of [0, 1]) {
        const editor = window.editorAt(pane);
        const dispatch = editor.dispatch.bind(editor);
        editor.dispatch = ((...specs: Parameters<EditorView["dispatch"]>) => {
          const before = editor.state.doc;
          dispatch(...specs);
          if (editor.state.doc !== before) counts[pane] = (counts[pane] ?? 0) + 1;
        }) as EditorView["dispatch"];
      }
    });
    expect(await store.write(changeOf(NOTE))).toBe("written");
    expect(await host.page.evaluate(() => (window as unknown as { counts: number[] }).counts)).toEqual([1, 1]);
  });

  test("what goes through the vault is shown in the editor when it is written", async () => {
    const text = NOTE.replaceAll("\n", "\r\n");
    await start(text);
    const change = changeOf(text, "\r\n");
    expect(await store.write(change)).toBe("written");
    expect(await docs()).toEqual([change.after.replaceAll("\r", "")]);
  });

  test("what is typed while the vault reads the note, which has carriage returns, is not written over", async () => {
    const text = NOTE.replaceAll("\n", "\r\n");
    await start(text);
    let reads = 0;
    let after = 0;
    const change = changeOf(text, "\r\n");
    // The read of the vault itself is the last before the write.
    const calls = host.faults.watch({ path: "a.md" });
    expect(await store.write(change)).toBe("written");
    after = calls.indexOf("write a.md");
    host.faults.forgive();
    await host.settled();
    const back = { ...change, before: change.after, after: text, edits: [] };
    host.faults.interrupt({ path: "a.md" }, async () => {
      if (++reads === after) await type("typed");
    });
    expect(await store.write(back)).toBe("stale");
    host.faults.forgive();
    expect((await docs())[0]).toBe(`typed${change.after.replaceAll("\r", "")}`);
  });

  test("without the lock what is typed is read, and nothing is saved", async () => {
    await start();
    if (lock.held) await lock.release();
    const before = statSync(join(host.vaultPath, "a.md")).mtimeMs;
    await type("typed");
    const calls = host.faults.watch({ operation: "changing" });
    expect(await store.read("a.md")).toEqual({ kind: "text", text: `typed${NOTE}` });
    expect([await store.listState("ledger"), await store.readState("journal.json")]).toEqual([[], null]);
    expect(await store.findLock()).toBeNull();
    expect([calls, statSync(join(host.vaultPath, "a.md")).mtimeMs, bytes()]).toEqual([[], before, NOTE]);
  });

  test.each([
    ["a byte-order mark", `\ufeff${NOTE}`],
    ["carriage returns", NOTE.replaceAll("\n", "\r\n")],
  ])("a note with %s in which nothing was typed is not written by reading it", async (_, text) => {
    await start(text, ["live", "reading"]);
    const calls = host.faults.watch({ operation: "changing", path: "a.md" });
    expect(await store.read("a.md")).toEqual({ kind: "text", text });
    expect([calls, bytes()]).toEqual([[], text]);
  });

  test("cursor, selection, folds and scroll stay where they were", async () => {
    await start();
    const look = () =>
      host.page.evaluate(() => {
        const { foldedRanges } = (window.host.modules as unknown as Record<"@codemirror/language", never>)[
          "@codemirror/language"
        ] as { foldedRanges(state: unknown): { iter(): { value: unknown; from: number; to: number } } };
        const editor = window.editorAt(0);
        const { doc, selection } = editor.state;
        const fold = foldedRanges(editor.state).iter();
        const line = doc.lineAt(editor.posAtCoords({ x: 300, y: 400 }, false));
        return {
          selected: doc.sliceString(selection.main.from, selection.main.to),
          folded: fold.value === null ? "" : doc.sliceString(fold.from, fold.to),
          shown: line.text,
          top: Math.round(editor.coordsAtPos(line.from)?.top ?? 0),
        };
      });
    await host.page.evaluate(async () => {
      const { foldEffect } = (window.host.modules as unknown as Record<"@codemirror/language", never>)[
        "@codemirror/language"
      ] as { foldEffect: { of(range: { from: number; to: number }): never } };
      const editor = window.editorAt(0);
      const { doc } = editor.state;
      const from = doc.toString().indexOf("line 101");
      editor.dispatch({ effects: foldEffect.of({ from: doc.line(121).to, to: doc.line(140).to }) });
      editor.dispatch({ selection: { anchor: from, head: from + "line 101\nline 102".length } });
      editor.scrollDOM.scrollTop = editor.lineBlockAt(doc.line(96).from).top;
      await window.host.settled();
    });
    const before = await look();
    expect([before.selected, before.folded]).toEqual(["line 101\nline 102", expect.stringContaining("line 125")]);
    expect(await store.write(changeOf(NOTE))).toBe("written");
    await host.settled();
    expect(await look()).toEqual(before);
  });

  describe("what the disk refuses", () => {
    test.each(["none", "half"] as const)(
      "while a note is saved (%s of it written) leaves disk and editors as they were",
      async (extent) => {
        await start(NOTE, ["live", "live"]);
        const change = changeOf(NOTE);
        host.faults.refuse({ operation: "write", path: "a.md" }, "ENOSPC", 1, extent);
        await expect(store.write(change)).rejects.toThrow(/^a\.md can't be written: the disk is full\. .*\.$/);
        await host.settled();
        expect([bytes(), await docs()]).toEqual([NOTE, [NOTE, NOTE]]);
        expect(await store.write(change)).toBe("written");
        expect([bytes(), await docs()]).toEqual([change.after, [change.after, change.after]]);
        await press("Control+z", 0);
        expect((await docs())[0]).toBe(change.after);
      },
    );

    test.each(["none", "half"] as const)(
      "while a note that no pane shows is written (%s of it) leaves it as it was",
      async (extent) => {
        await start(NOTE, []);
        host.faults.refuse({ operation: "write", path: "a.md" }, "EACCES", 1, extent);
        await expect(store.write(changeOf(NOTE))).rejects.toBeInstanceOf(StoreError);
        expect(bytes()).toBe(NOTE);
        expect(await store.write(changeOf(NOTE))).toBe("written");
      },
    );

    test("for good, in the middle of a note, is said, and the note is whole as soon as it can be", async () => {
      await start(NOTE, []);
      host.faults.refuse({ operation: "write", path: "a.md" }, "ENOSPC", Infinity, "half");
      await expect(store.write(changeOf(NOTE))).rejects.toThrow(/^a\.md was cut off: .*`recover` makes it whole/);
      expect(bytes().length).toBeLessThan(NOTE.length);
      await expect(store.read("a.md")).rejects.toThrow(/^a\.md was cut off/);
      host.faults.forgive();
      expect(await store.read("a.md")).toEqual({ kind: "text", text: NOTE });
      expect(bytes()).toBe(NOTE);
      expect(await store.listState("")).not.toContain("kept.json");
    });

    test.each([
      ["stat", "read", "a.md", () => store.read("a.md")],
      ["read", "read", "a.md", () => store.read("a.md")],
      ["read", "read", "a.md", () => store.write(changeOf(NOTE))],
      ["write", "written", "b.md", () => store.write({ path: "b.md", before: null, after: "b", edits: [] })],
      ["mkdir", "written", "sub", () => store.write({ path: "sub/b.md", before: null, after: "b", edits: [] })],
      ["trash", "removed", "a.md", () => store.write({ path: "a.md", before: NOTE, after: null, edits: [] })],
      ["write", "written", ".backlog-cards/x.json.new", () => store.writeState("x.json", "{}")],
      ["rename", "written", ".backlog-cards/x.json", () => store.writeState("x.json", "{}")],
      ["list", "read", ".backlog-cards", () => store.listState("")],
    ] as const)("(%s) is a StoreError: %s, %s", async (operation, deed, path, act) => {
      await start(NOTE, []);
      host.faults.refuse(operation === "write" ? { operation, path } : { operation }, "EACCES");
      await expect(act()).rejects.toThrow(`${path} can't be ${deed}: permission denied.`);
      expect(bytes()).toBe(NOTE);
      expect(await host.page.evaluate(() => window.host.app.vault.adapter.exists("b.md"))).toBe(false);
    });

    test("of what was typed keeps the move from beginning; what was typed stays", async () => {
      await start();
      await type("typed");
      host.faults.refuse({ operation: "write", path: "a.md" }, "ENOSPC");
      await expect(store.read("a.md")).rejects.toThrow("a.md can't be written: the disk is full.");
      expect([bytes(), await docs()]).toEqual([NOTE, [`typed${NOTE}`]]);
    });
  });

  describe("meanwhile", () => {
    /** Begins a write that stops at a call of the disk, does something, and lets it go on. */
    const interrupt = async (
      operation: "read" | "write",
      change: NoteChange,
      act: () => Promise<unknown>,
    ): Promise<string> => {
      const held = host.faults.hold({ operation, path: "a.md" });
      const written = store.write(change);
      await held.arrived();
      await act();
      held.release();
      return written;
    };

    test("typed before the editors are compared: stale, and all that was typed is there", async () => {
      await start();
      expect(await interrupt("read", changeOf(NOTE), () => type("typed"))).toBe("stale");
      expect([bytes(), await docs()]).toEqual([`typed${NOTE}`, [`typed${NOTE}`]]);
    });

    test("typed while it is saved: written, and typed into what was written", async () => {
      await start(NOTE, ["live", "live"]);
      const change = changeOf(NOTE);
      expect(await interrupt("write", change, () => type("typed", 1))).toBe("written");
      expect(await docs()).toEqual([`typed${change.after}`, `typed${change.after}`]);
      expect(await store.read("a.md")).toEqual({ kind: "text", text: `typed${change.after}` });
    });

    test("typed while the disk refuses: not written; the editors have what was typed, and nothing of the change", async () => {
      await start();
      const held = host.faults.hold({ operation: "write", path: "a.md" });
      host.faults.refuse({ operation: "write", path: "a.md" }, "EIO");
      const written = store.write(changeOf(NOTE));
      const refused = expect(written).rejects.toBeInstanceOf(StoreError);
      await held.arrived();
      await type("typed");
      held.release();
      await refused;
      expect([bytes(), await docs()]).toEqual([NOTE, [`typed${NOTE}`]]);
    });

    test.each([["live"], []] as const)("written by another program just before: stale (%s)", async (...modes) => {
      await start(NOTE, modes);
      const other = NOTE.replace("line 77", "LINE 77");
      await host.write("a.md", other);
      expect(await store.write(changeOf(NOTE))).toBe("stale");
      await host.settled();
      expect([bytes(), await docs()]).toEqual([other, modes.map(() => other)]);
    });

    test("written by another program while something typed is unsaved: both are kept, then read", async () => {
      await start();
      await type("typed");
      const other = NOTE.replace("line 77", "LINE 77");
      await host.write("a.md", other);
      expect(await store.read("a.md")).toEqual({ kind: "text", text: `typed${other}` });
      expect([bytes(), await docs()]).toEqual([`typed${other}`, [`typed${other}`]]);
    });

    test("written by another program right after: written, and the other's text is there", async () => {
      await start();
      const change = changeOf(NOTE);
      const other = change.after.replace("line 77", "LINE 77");
      const held = host.faults.hold({ operation: "stat", path: "a.md" });
      const written = store.write(change);
      await held.arrived();
      held.release();
      await host.page.waitForFunction(() => window.editorAt(0).state.doc.toString().includes("moved here"));
      for (let tries = 0; bytes() !== change.after && tries < 200; tries++) await host.page.waitForTimeout(5);
      await host.write("a.md", other);
      expect(await written).toBe("written");
      await host.settled();
      expect([bytes(), await docs()]).toEqual([other, [other]]);
    });

    test("renamed before it is compared: stale, untouched under its new name", async () => {
      await start();
      const rename = () =>
        host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("a.md");
          if (file) await vault.rename(file, "b.md");
        });
      expect(await interrupt("read", changeOf(NOTE), rename).catch(String)).toMatch(/stale|a\.md/);
      expect([await host.read("b.md"), await docs()]).toEqual([NOTE, [NOTE]]);
    });

    test("renamed right after it was saved: taken back under its new name, and stale", async () => {
      await start();
      await host.page.evaluate(() => {
        const { vault } = window.host.app;
        const reference = vault.on("modify", (file) => {
          vault.offref(reference);
          void vault.rename(file, "b.md");
        });
      });
      const result = await store.write(changeOf(NOTE));
      await host.settled();
      expect([result, await host.read("b.md"), await docs()]).toEqual(["stale", NOTE, [NOTE]]);
    });

    test("deleted before it is compared: stale, and it stays deleted", async () => {
      await start();
      const remove = () =>
        host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("a.md");
          if (file) await vault.delete(file);
        });
      const held = host.faults.hold({ operation: "stat", path: "a.md" });
      const written = store.write(changeOf(NOTE));
      await held.arrived();
      await remove();
      held.release();
      expect(await written).toBe("stale");
      expect(await store.read("a.md")).toEqual({ kind: "absent" });
    });

    test("its pane is closed while it is saved: written", async () => {
      await start();
      const close = () => host.page.evaluate(() => window.host.app.workspace.detachLeavesOfType("markdown"));
      expect(await interrupt("write", changeOf(NOTE), close)).toBe("written");
      expect(bytes()).toBe(changeOf(NOTE).after);
    });

    test("another plugin changes what is put into an editor: refused, and everything as it was", async () => {
      await start(NOTE, ["live", "live"]);
      await host.page.evaluate(() => {
        const { EditorState } = window.host.modules["@codemirror/state"];
        window.host.plugin?.registerEditorExtension(
          EditorState.transactionFilter.of((transaction) =>
            transaction.newDoc.toString().includes("moved here")
              ? [transaction, { changes: { from: 0, insert: "!" } }]
              : transaction,
          ),
        );
      });
      await expect(store.write(changeOf(NOTE))).rejects.toThrow(/^a\.md can't be written: .*another plugin/);
      await host.settled();
      expect([bytes(), await docs()]).toEqual([NOTE, [NOTE, NOTE]]);
    });
  });

  test("a note is created beside open ones, and goes into the bin when it is taken back", async () => {
    await start();
    expect(await store.write({ path: "sub/b.md", before: null, after: "b\n", edits: [] })).toBe("written");
    await host.open("sub/b.md", { split: true });
    expect(await store.write({ path: "sub/b.md", before: "b\n", after: null, edits: [] })).toBe("written");
    expect(await store.read("sub/b.md")).toEqual({ kind: "absent" });
    expect(await host.page.evaluate(() => window.host.app.vault.adapter.list(".trash"))).toMatchObject({
      files: [expect.stringContaining("b.md")],
    });
  });

  test("a note in which something was typed is not removed", async () => {
    await start();
    await type("typed");
    expect(await store.write({ path: "a.md", before: NOTE, after: null, edits: [] })).toBe("stale");
    expect(bytes()).toBe(`typed${NOTE}`);
  });
});
