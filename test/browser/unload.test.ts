// Pins that the plugin comes fast and leaves nothing: no decoration, listener, element, command or timer outlives it,
// whatever was open. People switch plugins off and on, and updates do it for them; what is left then acts twice.
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";

const VAULT = {
  ...writeBacklogFolder("work", "infra/high: a b!; docs/low: c | todo: d | archive: e+"),
  "plain.md": "# Plain\n\n![[work/TODO]]\n",
};

describe.each(CODEMIRRORS)("loading and unloading, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeEach(async () => {
    host = await openHost({
      codemirror,
      vault: VAULT,
      open: [
        { path: "work/BACKLOG.md" },
        { path: "work/BACKLOG.md", mode: "reading" },
        { path: "plain.md", mode: "reading" },
        { path: "work/TODO.md" },
      ],
    });
    await host.settled();
  });

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  const traces = () => host.page.evaluate(() => window.host.traces());
  const unload = async (): Promise<void> => {
    await host.page.evaluate(() => window.host.unloadPlugin());
    await host.settled();
  };
  const load = async (): Promise<void> => {
    await host.page.evaluate(() => window.host.loadPlugin());
    await host.settled();
  };

  test("onload returns within 5 ms", async () => {
    for (let turn = 0; turn < 5; turn++) {
      await unload();
      await load();
    }
    // The quickest of several: on a busy machine any one may be held up.
    const times = await host.page.evaluate(() => [...window.host.onloadTimes]);
    expect(times).toHaveLength(6);
    expect(Math.min(...times)).toBeLessThan(5);
  });

  test("what the plugin adds goes with it, whatever is open, and comes back as it was", async () => {
    const before = await traces();
    expect(before.elements).toBeGreaterThan(0);
    await unload();
    const without = await traces();
    expect(without).toMatchObject({ elements: 0, commands: 0 });
    await load();
    expect(await traces()).toEqual(before);
    await unload();
    expect(await traces()).toEqual(without);
  });

  test("menus and modals of the plugin close with it", async () => {
    await host.page.locator(".backlog-status").click();
    await host.page.locator(".menu").waitFor();
    await unload();
    expect(await host.page.locator(".menu").count()).toBe(0);
    await load();
    await host.command("backlog-cards:start-backlog");
    await host.page.locator(".prompt").waitFor();
    await unload();
    expect(await host.page.locator(".prompt").count()).toBe(0);
  });

  test("an unload amid typing leaves no timer that comes back", async () => {
    await unload();
    const without = await traces();
    await load();
    // Beside the cards: a click on one does what it does.
    await host.page.locator(".cm-line:visible", { hasText: "# Active" }).click();
    await host.page.keyboard.type("x");
    expect(await host.page.locator(".cm-line:visible", { hasText: "x" }).count()).toBe(1);
    await host.page.evaluate(() => window.host.unloadPlugin());
    await host.page.waitForTimeout(3000);
    await host.settled();
    expect(await traces()).toEqual(without);
  });

  test("the notes show their source after it, in the editor and in reading view", async () => {
    await unload();
    expect(await host.page.locator(".cm-content:visible").first().textContent()).toContain("## task_begin");
    expect(await host.page.locator(".markdown-preview-view:visible").first().textContent()).toContain("task_begin");
  });

  test("nothing is written by loading, looking and unloading", async () => {
    const paths = Object.keys(VAULT);
    await unload();
    await load();
    await unload();
    for (const path of paths) expect(await host.read(path)).toBe(VAULT[path as keyof typeof VAULT]);
    await expect(host.read(".obsidian/plugins/backlog-cards/data.json")).rejects.toThrow("ENOENT");
  });
});
