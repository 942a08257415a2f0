// What can be done in reading view, and what must not break: controls find their block at the time of the click, a card that
// grows is told to the app, folding meets headings that are no longer there, and an unloaded plugin leaves the app's own page.
import { CODEMIRRORS, openHost, type Host } from "./support/harness";
import { readParts, writeGroup, writeTask } from "./support/reading-page";

const A = writeTask("TASK-20260101-001", "The first");
const B = writeTask("TASK-20260101-002", "The second", "### Notes\n\n#### A heading\n\nunder it\n\n");
const BACKLOG = `# Backlog\n\n${writeGroup("Infrastructure", A, B)}\n## Behind\n\nThe end.\n`;
const CARDS = ["card TASK-20260101-001 The first", "card TASK-20260101-002 The second"];

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let host: Host;
  beforeEach(async () => {
    const vault = { "BACKLOG.md": BACKLOG, "docs/a.md": "# The docs\n" };
    host = await openHost({ codemirror, vault, open: [{ path: "BACKLOG.md", mode: "reading" }], height: 3000 });
    await host.settled();
  });
  afterEach(async () => {
    try {
      expect(host.errors()).toEqual([]);
    } finally {
      await host.close();
    }
  });

  const reading = (selector: string) => host.page.locator(`.markdown-reading-view ${selector}`);
  const readCards = async () => (await readParts(host)).filter((part) => part.startsWith("card"));

  test("edit source leads to the block as it stands now", async () => {
    await host.write("BACKLOG.md", BACKLOG.replace("# Backlog", "# Backlog\n\nMore.\n\nAnd more."));
    await host.settled();
    await reading(".backlog-card").nth(1).locator("[data-control=edit]").click();
    await host.settled();
    const line = await host.page.evaluate(() => {
      const [view] = window.host.views();
      if (!view) throw new Error("no view");
      const text = view.editor.getValue();
      const at = view.editor.posToOffset(view.editor.getCursor());
      return `${view.getMode()}: ${text.slice(text.lastIndexOf("## task_begin", at), at + 50)}`;
    });
    expect(line).toContain("source: ## task_begin\n### # [id:TASK-20260101-002]");
  });

  test("the view is told when details are opened or closed", async () => {
    await host.page.evaluate(() => {
      const [view] = window.host.views();
      if (!view) throw new Error("no view");
      const told = view.onResize.bind(view);
      document.body.dataset["resized"] = "0";
      view.onResize = () => {
        document.body.dataset["resized"] = String(Number(document.body.dataset["resized"]) + 1);
        told();
      };
    });
    await reading("[data-control=details]").first().click();
    await host.settled();
    expect(await host.page.evaluate(() => document.body.dataset["resized"])).toBe("1");
    expect(await reading("[data-control=details]").first().getAttribute("aria-expanded")).toBe("false");
    expect(await reading("[data-control=details]").nth(1).getAttribute("aria-expanded")).toBe("true");
  });

  test("a document of a card opens", async () => {
    await reading(".backlog-card [data-control=link]").first().click();
    await host.settled();
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe("docs/a.md");
  });

  test("folding the heading above, and the one behind, leaves the cards whole", async () => {
    const fold = (text: string) =>
      reading(
        `h1:has-text("${text}") .heading-collapse-indicator, h2:has-text("${text}") .heading-collapse-indicator`,
      ).first();
    await fold("Behind").click({ force: true });
    await host.settled();
    expect(await readCards()).toEqual(CARDS);
    expect(await readParts(host)).not.toContain("The end.");
    await fold("Backlog").click({ force: true });
    await host.settled();
    expect(await readCards()).toEqual([]);
    await fold("Backlog").click({ force: true });
    await host.settled();
    expect(await readCards()).toEqual(CARDS);
  });

  test("a marker or a group's title that was folded in source leaves nothing behind", async () => {
    // Folded before the plugin draws: the part's heading goes into the card with its fold.
    await host.page.evaluate(() => window.host.unloadPlugin());
    await host.settled();
    await reading('h2:has-text("Infrastructure") .heading-collapse-indicator').first().click({ force: true });
    await reading('h2:has-text("task_begin") .heading-collapse-indicator').first().click({ force: true });
    await host.page.evaluate(() => window.host.loadPlugin());
    await host.settled();
    expect(await readCards()).toEqual(CARDS);
  });

  test("switching the setting off and on takes the cards and brings them back", async () => {
    const write = (on: boolean) =>
      host.write(".obsidian/plugins/backlog-cards/data.json", JSON.stringify({ cards: { reading: on } }));
    await write(false);
    await host.page.evaluate(async () => {
      await window.host.plugin?.onExternalSettingsChange?.();
    });
    await host.settled();
    expect(await readCards()).toEqual([]);
    expect(await readParts(host)).toContain("task_begin");
    await write(true);
    await host.page.evaluate(async () => {
      await window.host.plugin?.onExternalSettingsChange?.();
    });
    await host.settled();
    expect(await readCards()).toEqual(CARDS);
  });

  test("an unloaded plugin leaves what the app rendered, and a loaded one draws again", async () => {
    await host.page.evaluate(() => window.host.unloadPlugin());
    await host.settled();
    expect((await readParts(host)).slice(0, 4)).toEqual([
      "Backlog",
      "group_begin [type:infra][priority:high]",
      "Infrastructure",
      "task_begin",
    ]);
    expect(await host.page.evaluate(() => window.host.traces().elements)).toBe(0);
    await host.page.evaluate(() => window.host.loadPlugin());
    await host.settled();
    expect(await readCards()).toEqual(CARDS);
  });

  test("a pop-out window has cards of its own", async () => {
    const [popout] = await Promise.all([
      host.context.waitForEvent("page"),
      host.open("BACKLOG.md", { mode: "reading", popout: true }),
    ]);
    await host.settled();
    const titles = await popout.locator(".markdown-reading-view .backlog-card-title").allInnerTexts();
    expect(titles).toEqual(["The first", "The second"]);
    await popout.locator(".markdown-reading-view [data-control=details]").first().click();
    await host.settled();
    expect(await popout.locator(".markdown-reading-view [aria-expanded=false]").count()).toBe(1);
  });
});
