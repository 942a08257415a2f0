// Contract of the host's editor: what the plugin relies on in an editor of the app. Each test names its source: the typings of
// `obsidian`, a documentation page, or the facts that were tried or measured in the app (EDITOR.md). What is assumed says so.
import type { EditorView } from "@codemirror/view";
import type { Extension } from "@codemirror/state";
import { CODEMIRRORS, type Host } from "./support/harness";
import { shareHost } from "./support/shared-host";

declare global {
  interface Window {
    /** What an editor extension of the test saw. */
    seen: { set: boolean; changed: boolean; before: boolean; after: boolean; changes: unknown }[];
    marked: string[];
  }
}

const NOTE = "# One\n\nfirst\n\n## Two\n\nsecond\n\n# Three\n\nthird\n";

/** Adds an extension to every editor that writes down what its transactions do. */
async function watchTransactions(host: Host): Promise<void> {
  await host.page.evaluate(() => {
    const { EditorView: Views } = window.host.modules["@codemirror/view"];
    const { editorLivePreviewField } = window.host.modules.obsidian;
    window.seen = [];
    window.host.plugin?.registerEditorExtension(
      Views.updateListener.of((update) => {
        for (const transaction of update.transactions) {
          if (!transaction.docChanged && transaction.effects.length === 0) continue;
          window.seen.push({
            set: transaction.isUserEvent("set"),
            changed: transaction.docChanged,
            before: transaction.startState.field(editorLivePreviewField),
            after: transaction.state.field(editorLivePreviewField),
            changes: transaction.changes.toJSON(),
          });
        }
      }),
    );
    window.seen.length = 0;
  });
}

const textOf = (host: Host, at = 0): Promise<string> =>
  host.page.evaluate((place) => window.host.views()[place]?.getViewData() ?? "", at);

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;
  const start = async (
    vault: Record<string, string> = { "a.md": NOTE, "b.md": "other\n" },
    open: Parameters<typeof shared.begin>[1] = [{ path: "a.md" }],
  ): Promise<void> => {
    host = await shared.begin(vault, open);
  };

  test("an editor knows its view, its note and whether live preview is on (typings: the editor fields)", async () => {
    await start(undefined, [{ path: "a.md" }, { path: "a.md", mode: "source" }, { path: "b.md", mode: "reading" }]);
    const found = await host.page.evaluate(() => {
      const { editorEditorField, editorInfoField, editorLivePreviewField } = window.host.modules.obsidian;
      return window.host.views().map((pane) => {
        const { cm } = pane.editor as unknown as { cm: EditorView };
        return {
          view: cm.state.field(editorEditorField) === cm,
          owner: cm.state.field(editorInfoField) === pane,
          file: cm.state.field(editorInfoField).file?.path,
          live: cm.state.field(editorLivePreviewField),
          mode: pane.getMode(),
          source: pane.getState()["source"],
        };
      });
    });
    const same = { view: true, owner: true };
    expect(found).toEqual([
      { ...same, file: "a.md", live: true, mode: "source", source: false },
      { ...same, file: "a.md", live: false, mode: "source", source: true },
      { ...same, file: "b.md", live: true, mode: "preview", source: false },
    ]);
  });

  test("an editor outside a view of a note, as on a canvas, has plugins' extensions and no file (EDITOR.md)", async () => {
    await start();
    const found = await host.page.evaluate(() => {
      const { EditorView: Views } = window.host.modules["@codemirror/view"];
      const { editorInfoField, editorLivePreviewField } = window.host.modules.obsidian;
      window.host.plugin?.registerEditorExtension(Views.editorAttributes.of({ "data-added": "yes" }));
      const cm = window.host.embedEditor("text");
      const { file } = cm.state.field(editorInfoField);
      const found = { file, live: cm.state.field(editorLivePreviewField), added: cm.dom.dataset["added"] };
      cm.dom.parentElement?.remove();
      cm.destroy();
      return found;
    });
    expect(found).toEqual({ file: null, live: true, added: "yes" });
  });

  test("going to source mode is one transaction that leaves the text alone (EDITOR.md, gating)", async () => {
    await start();
    await watchTransactions(host);
    const seen = await host.page.evaluate(async () => {
      const pane = window.host.views()[0];
      await pane?.setState({ ...pane.getState(), source: true }, { history: false });
      await pane?.setState({ ...pane.getState(), source: false }, { history: false });
      return window.seen.map(({ before, after, changed }) => ({ before, after, changed }));
    });
    expect(seen).toEqual([
      { before: true, after: false, changed: false },
      { before: false, after: true, changed: false },
    ]);
  });

  test("an array of extensions may be changed in place: updateOptions exchanges it (docs: Editor extensions)", async () => {
    await start();
    const found = await host.page.evaluate(() => {
      const { EditorView: Views } = window.host.modules["@codemirror/view"];
      const added: Extension[] = [Views.editorAttributes.of({ "data-one": "1" })];
      window.host.plugin?.registerEditorExtension(added);
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const read = () => [cm.dom.dataset["one"], cm.dom.dataset["two"]];
      const first = read();
      added.splice(0, 1, Views.editorAttributes.of({ "data-two": "2" }));
      const unasked = read();
      window.host.app.workspace.updateOptions();
      const second = read();
      window.host.plugin?.unload();
      return [first, unasked, second, read()];
    });
    expect(found).toEqual(
      [
        ["1", null],
        ["1", null],
        [null, "2"],
        [null, null],
      ].map((pair) => pair.map((one) => one ?? undefined)),
    );
  });

  test("another note in the same pane is a new state: its fields are made anew and nothing can be undone (assumption)", async () => {
    await start();
    await host.page.click(".cm-content");
    await host.page.keyboard.type("typed");
    await host.open("b.md");
    await host.page.keyboard.press("Control+z");
    expect(await textOf(host)).toBe("other\n");
    expect(await host.page.evaluate(() => window.host.views().length)).toBe(1);
    expect(await host.read("a.md")).toContain("typed");
  });

  test("a transaction's changes are all places of the text before it, its selection of the text after it (EDITOR.md, fakes)", async () => {
    await start({ "a.md": "one\ntwo\n" });
    const found = await host.page.evaluate(() => {
      const editor = window.host.views()[0]?.editor;
      editor?.transaction({
        changes: [
          { from: { line: 0, ch: 0 }, to: { line: 0, ch: 3 }, text: "a\nb\nc" },
          { from: { line: 1, ch: 0 }, to: { line: 1, ch: 3 }, text: "d" },
        ],
        selection: { from: { line: 3, ch: 1 } },
      });
      const after = [editor?.getValue(), editor?.getCursor()];
      editor?.undo();
      return [...after, editor?.getValue()];
    });
    expect(found).toEqual(["a\nb\nc\nd\n", { line: 3, ch: 1 }, "one\ntwo\n"]);
  });

  test("livePreviewState tells of the held left button, and no transaction of its release (typing; assumption)", async () => {
    await start();
    const down = () =>
      host.page.evaluate(() => {
        const { livePreviewState } = window.host.modules.obsidian;
        const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
        return cm.plugin(livePreviewState)?.mousedown;
      });
    const box = await host.page.locator(".cm-line", { hasText: "first" }).boundingBox();
    await host.page.mouse.move((box?.x ?? 0) + 5, (box?.y ?? 0) + 5);
    await host.page.mouse.down({ button: "right" });
    expect(await down()).toBe(false);
    await host.page.mouse.up({ button: "right" });
    await host.page.keyboard.press("Escape");
    await host.page.mouse.down();
    expect(await down()).toBe(true);
    await host.page.mouse.move(5, 5);
    await host.page.mouse.up();
    expect(await down()).toBe(false);
  });

  test("a heading folds what is under it, up to the next one of its level (docs: Folding)", async () => {
    await start();
    const shown = await host.page.evaluate(async () => {
      const editor = window.host.views()[0]?.editor;
      editor?.setCursor({ line: 4, ch: 0 });
      editor?.exec("toggleFold");
      const one = document.querySelector(".cm-content")?.textContent ?? "";
      editor?.exec("unfoldAll");
      editor?.setCursor({ line: 0, ch: 0 });
      editor?.exec("foldAll");
      return [one, document.querySelector(".cm-content")?.textContent ?? ""].map((text) => text.replaceAll("…", ""));
    });
    expect(shown).toEqual(["# Onefirst## Two# Threethird", "# One# Three"]);
  });

  test("find opens in the editor, history undoes and redoes by key (the app as it is used)", async () => {
    await start();
    await host.page.click(".cm-line >> text=first");
    await host.page.keyboard.press("End");
    await host.page.keyboard.type("!");
    await host.page.keyboard.press("Control+z");
    expect(await textOf(host)).toBe(NOTE);
    await host.page.keyboard.press("Control+Shift+z");
    expect(await textOf(host)).toContain("first!");
    await host.page.keyboard.press("Control+f");
    expect(await host.page.locator(".cm-search").count()).toBe(1);
  });

  test("menus of an editor and of a note are offered to plugins (typings: editor-menu, file-menu)", async () => {
    await start();
    await host.page.evaluate(() => {
      window.marked = [];
      const { app, plugin } = window.host;
      plugin?.registerEvent(
        app.workspace.on("editor-menu", (_menu, editor, owner) =>
          window.marked.push(`${editor.getLine(0)} ${owner.file?.path ?? ""}`),
        ),
      );
      plugin?.registerEvent(
        app.workspace.on("file-menu", (_menu, file, source) => window.marked.push(`${file.path} ${source}`)),
      );
    });
    await host.page.click(".cm-content", { button: "right" });
    await host.page.keyboard.press("Escape");
    await host.page.click("[aria-label='More options']");
    expect(await host.page.evaluate(() => window.marked)).toEqual(["# One a.md", "a.md more-options"]);
  });
});
