// Pins how the host starts and ends with the plugin, which is how the app does it: plugins are loaded before the vault's files
// are known and the layout is ready (documentation page "Optimize plugin load time", typing of `Vault.on("create")`); a plugin
// that is unloaded leaves nothing behind; a page that dies takes nothing of the disk with it.
import { CODEMIRRORS, type Host, openHost } from "./support/harness";

const VAULT = { "a.md": "# A\n", "sub/b.md": "text\n" };

/** Has the page begin to write a.md, and does not wait for it. */
const modify = (host: Host, text: string): Promise<void> =>
  host.page.evaluate((written) => {
    const file = window.host.app.vault.getFileByPath("a.md");
    if (file !== null) void window.host.app.vault.modify(file, written);
  }, text);

describe.each(CODEMIRRORS)("the host, over CodeMirror %s", (codemirror) => {
  test("the plugin is loaded before the vault's files are known, and before the layout is ready", async () => {
    const host = await openHost({ codemirror, vault: VAULT, open: [{ path: "a.md" }] });
    try {
      const traced = await host.context.newPage();
      // What the plugin's bundle can see, asked in the moment in which it is run.
      await traced.addInitScript(() => {
        const { eval: original } = window;
        window.eval = (code: string): unknown => {
          if (!code.includes("sourceURL=plugin:")) return original(code);
          const { vault, workspace } = window.host.app;
          const seen = { files: vault.getFiles().length, ready: workspace.layoutReady, created: [] as string[] };
          vault.on("create", (file) => void seen.created.push(`${file.path} ${String(workspace.layoutReady)}`));
          workspace.onLayoutReady(() => void seen.created.push("ready"));
          Object.assign(window, { seen });
          return original(code);
        };
      });
      await traced.goto(host.page.url());
      await traced.evaluate(() => window.hostStarted);
      expect(await traced.evaluate(() => (window as unknown as { seen: unknown }).seen)).toEqual({
        files: 0,
        ready: false,
        created: ["a.md false", "sub false", "sub/b.md false", "ready"],
      });
    } finally {
      await host.close();
    }
  });

  test("a plugin that is enabled later finds files and layout ready", async () => {
    const host = await openHost({ codemirror, vault: VAULT });
    try {
      const found = await host.page.evaluate(async () => {
        await window.host.unloadPlugin();
        const { vault, workspace } = window.host.app;
        let at = "later";
        workspace.onLayoutReady(() => (at = "at once"));
        await window.host.loadPlugin();
        return [vault.getFiles().length, at];
      });
      expect(found).toEqual([2, "at once"]);
    } finally {
      await host.close();
    }
  });

  test("the traces of a page tell timers, lasting listeners, subscriptions and elements apart", async () => {
    const host = await openHost({ codemirror, vault: VAULT });
    try {
      await host.settled();
      const [before, during, after] = await host.page.evaluate(() => {
        const { traces, app } = window.host;
        const start = traces();
        const listener = (): void => undefined;
        const timers = [window.setTimeout(listener, 60_000), window.setInterval(listener, 60_000)];
        const media = window.matchMedia("print");
        const targets = [window, document, document.body, media];
        for (const target of targets) {
          target.addEventListener("x", listener, { passive: true });
          target.addEventListener("x", listener, true);
        }
        const ref = app.workspace.on("layout-change", listener);
        const element = document.body.createDiv("backlog-card");
        const middle = traces();
        window.clearTimeout(timers[0]);
        window.clearInterval(timers[1]);
        for (const target of targets) {
          target.removeEventListener("x", listener);
          target.removeEventListener("x", listener, true);
        }
        app.workspace.offref(ref);
        element.remove();
        return [start, middle, traces()] as const;
      });
      expect(during).toEqual({
        timers: before.timers + 2,
        listeners: before.listeners + 8,
        events: before.events + 1,
        commands: before.commands,
        elements: before.elements + 1,
      });
      expect(after).toEqual(before);
    } finally {
      await host.close();
    }
  });

  test("a page that is killed while a write waits takes it along: nothing of it is done later", async () => {
    const host = await openHost({ codemirror, vault: VAULT, open: [{ path: "a.md" }] });
    try {
      const held = host.faults.hold({ operation: "write", path: "a.md" });
      await modify(host, "never written");
      await held.arrived();
      await host.reopen([{ path: "a.md" }]);
      held.release();
      await host.settled();
      expect(await host.page.evaluate(() => window.host.views()[0]?.getViewData())).toBe("# A\n");
      expect([await host.read("a.md"), host.errors()]).toEqual(["# A\n", []]);
    } finally {
      await host.close();
    }
  });

  test.each([
    ["before", "none", "# A\n"],
    ["half-way through", "half", "wri"],
    ["after", "whole", "written"],
  ] as const)(
    "a page that dies %s a write does nothing more, and the next one works (a write is not atomic: assumption)",
    async (_, extent, left) => {
      const host = await openHost({ codemirror, vault: VAULT, open: [{ path: "a.md" }] });
      try {
        const death = host.faults.killAt({ operation: "changing" }, 2, extent);
        await host.page.evaluate(() => void window.host.app.vault.adapter.mkdir("new"));
        await host.settled();
        await modify(host, "written");
        await death.met;
        await host.page.evaluate(() => void window.host.app.vault.adapter.mkdir("newer"));
        await host.settled();
        await host.reopen([{ path: "a.md" }]);
        expect(death.calls).toEqual(["mkdir new", "write a.md"]);
        const seen = await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          await vault.createFolder("newest");
          return [vault.getAllFolders().map(({ path }) => path), window.host.views()[0]?.getViewData()];
        });
        expect(seen).toEqual([["new", "sub", "newest"], left]);
        expect([await host.read("a.md"), host.errors()]).toEqual([left, []]);
      } finally {
        await host.close();
      }
    },
  );

  test("what is kept in the local storage is there after a restart, null where nothing is (typing of App.loadLocalStorage)", async () => {
    const host = await openHost({ codemirror, vault: VAULT });
    try {
      const load = () =>
        host.page.evaluate(() =>
          ["backlog-cards-test", "nothing"].map((key) => window.host.app.loadLocalStorage(key) as unknown),
        );
      await host.page.evaluate(() => window.host.app.saveLocalStorage("backlog-cards-test", { of: "this device" }));
      await host.reopen();
      expect(await load()).toEqual([{ of: "this device" }, null]);
      await host.page.evaluate(() => window.host.app.saveLocalStorage("backlog-cards-test", null));
      expect(await load()).toEqual([null, null]);
    } finally {
      await host.close();
    }
  });

  test("settings that another program left are there from the start, whatever they hold", async () => {
    const host = await openHost({ codemirror, vault: VAULT, settings: "{ not JSON" });
    try {
      expect(await host.read(".obsidian/plugins/backlog-cards/data.json")).toBe("{ not JSON");
      expect(
        await host.page.evaluate(() => window.host.plugin?.loadData().catch((error: unknown) => String(error))),
      ).toMatch(/^SyntaxError/);
    } finally {
      await host.close();
    }
  });
});
