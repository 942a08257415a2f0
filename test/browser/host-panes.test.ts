// Contract of the host's panes, tabs, windows and links. Sources: the typings of `Workspace` and `WorkspaceLeaf`, the documentation
// pages "Defer views" and "Support pop-out windows"; what is assumed says so.
import { CODEMIRRORS, type Host } from "./support/harness";
import { shareHost } from "./support/shared-host";

declare global {
  interface Window {
    events: string[];
  }
}

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;
  const start = async (
    vault: Record<string, string> = { "a.md": "a\n", "b.md": "# One\n\ntext\n\n## Two\n\nmore\n" },
  ) => {
    host = await shared.begin(vault, [{ path: "a.md" }]);
    await host.page.evaluate(() => {
      window.events = [];
      const { app, plugin } = window.host;
      const { workspace } = app;
      for (const ref of [
        workspace.on("active-leaf-change", (leaf) => window.events.push(`leaf ${leaf?.getDisplayText() ?? ""}`)),
        workspace.on("file-open", (file) => window.events.push(`file ${file?.path ?? ""}`)),
        workspace.on("layout-change", () => window.events.push("layout")),
        workspace.on("window-open", (_container, win) => window.events.push(`open ${String(win === window)}`)),
        workspace.on("window-close", () => window.events.push("close")),
      ]) {
        plugin?.registerEvent(ref);
      }
    });
  };

  test("opening a note in the pane at hand tells of the file once it is there, then of the layout", async () => {
    await start();
    await host.open("b.md");
    await host.settled();
    const found = await host.page.evaluate(() => ({
      events: window.events,
      file: window.host.app.workspace.getActiveFile()?.path,
      editor: window.host.app.workspace.activeEditor?.file?.path,
      leaves: window.host.app.workspace.getLeavesOfType("markdown").length,
    }));
    expect(found).toEqual({ events: ["file b.md", "layout"], file: "b.md", editor: "b.md", leaves: 1 });
  });

  test("a split makes a pane beside, a tab one behind; clicking a pane makes it the active one", async () => {
    await start();
    await host.open("b.md", { split: true });
    const found = await host.page.evaluate(async () => {
      const { workspace, vault } = window.host.app;
      const file = vault.getFileByPath("a.md");
      const tab = workspace.getLeaf("tab");
      if (file) await tab.openFile(file, { active: false });
      const panes = document.querySelectorAll(".workspace-tabs").length;
      return { panes, leaves: workspace.getLeavesOfType("markdown").length, active: workspace.getActiveFile()?.path };
    });
    expect(found).toEqual({ panes: 2, leaves: 3, active: "b.md" });
    await host.page.locator(".cm-content").first().click();
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe("a.md");
  });

  test("a tab that was not looked at yet is deferred: no MarkdownView until it is revealed (docs: Defer views)", async () => {
    await start();
    const found = await host.page.evaluate(async () => {
      const { MarkdownView } = window.host.modules.obsidian;
      const leaf = window.host.openDeferred("b.md");
      const look = () => [leaf.isDeferred, leaf.view.getViewType(), leaf.view instanceof MarkdownView];
      const before = look();
      await window.host.app.workspace.revealLeaf(leaf);
      return [before, look(), leaf.view.getState()["file"]];
    });
    expect(found).toEqual([[true, "markdown", false], [false, "markdown", true], "b.md"]);
  });

  test("a link leads to its note and heading; a link to no note makes the note", async () => {
    await start();
    const found = await host.page.evaluate(async () => {
      const { workspace, vault } = window.host.app;
      await workspace.openLinkText("b#Two", "a.md");
      const view = workspace.getActiveViewOfType(window.host.modules.obsidian.MarkdownView);
      const place = [view?.file?.path, view?.editor.getCursor().line];
      await workspace.openLinkText("new", "a.md", true);
      return [...place, vault.getFileByPath("new.md") !== null, workspace.getActiveFile()?.path];
    });
    expect(found).toEqual(["b.md", 4, true, "new.md"]);
  });

  test("a note opens at a line, with the cursor there (assumption: eState.line)", async () => {
    await start({ "a.md": "a\n", "long.md": "line\n".repeat(400) });
    const found = await host.page.evaluate(async () => {
      const { workspace, vault } = window.host.app;
      const file = vault.getFileByPath("long.md");
      if (file) await workspace.getLeaf(false).openFile(file, { eState: { line: 300 } });
      await window.host.settled();
      const view = window.host.views()[0];
      return { line: view?.editor.getCursor().line, top: (view?.editor.getScrollInfo().top ?? 0) > 1000 };
    });
    expect(found).toEqual({ line: 300, top: true });
  });

  test("a pop-out has a document and prototypes of its own, the app's styles and body classes, and editors work in it", async () => {
    await start();
    const opened = host.context.waitForEvent("page");
    await host.open("b.md", { popout: true });
    const popout = await opened;
    await host.settled();
    const found = await host.page.evaluate(() => {
      const { workspace } = window.host.app;
      const leaf = workspace.getLeavesOfType("markdown").find((one) => one.getContainer().win !== window);
      const { doc, win } = leaf?.getContainer() ?? {};
      const made = doc?.body.createDiv("probe");
      const found = {
        own: doc !== document && leaf?.view.containerEl.ownerDocument === doc,
        realm: [made instanceof HTMLElement, made?.instanceOf(HTMLElement), made?.doc === doc, made?.win === win],
        theme: doc?.body.classList.contains("theme-light"),
        styles: (doc?.head.querySelectorAll("style, link").length ?? 0) > 2,
        active: window.activeDocument === doc,
      };
      made?.remove();
      return found;
    });
    expect(found).toEqual({ own: true, realm: [false, true, true, true], theme: true, styles: true, active: true });
    await popout.locator(".cm-content").click();
    await popout.keyboard.press("Control+Home");
    await popout.keyboard.type("typed");
    expect(await host.page.evaluate(() => window.host.views()[1]?.getViewData())).toMatch(/^typed# One/);
    expect(await host.page.evaluate(() => window.events.filter((event) => event.startsWith("open")))).toEqual([
      "open false",
    ]);
    await popout.close();
    await host.settled();
    expect(await host.page.evaluate(() => window.events.includes("close"))).toBe(true);
    expect(await host.page.evaluate(() => window.host.views().length)).toBe(1);
  });

  test("callbacks for the layout run at once when it is ready (typing: onLayoutReady)", async () => {
    await start();
    const ran = await host.page.evaluate(() => {
      const done: boolean[] = [];
      const { workspace } = window.host.app;
      workspace.onLayoutReady(() => done.push(workspace.layoutReady));
      return done;
    });
    expect(ran).toEqual([true]);
  });
});
