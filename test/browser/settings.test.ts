// Pins the settings tab with real keys, and what becomes of `data.json`: a change is there at once in every open pane, and a
// file that is wrong, newer or damaged loses nothing by it.
import { blockOf } from "../support/notation";
import { writeBacklogFolder } from "./support/backlog-vault";
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";

const DATA = ".obsidian/plugins/backlog-cards/data.json";
const VAULT = writeBacklogFolder("work", "infra/high: a b! | todo: c");
const NOTE = "work/BACKLOG.md";

describe.each(CODEMIRRORS)("the settings, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (options: Partial<HostOptions> = {}): Promise<void> => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path: NOTE }], ...options });
    await host.settled();
  };
  const openTab = async (): Promise<void> => {
    await host.page.evaluate(() => {
      const { setting } = window.host.app as unknown as { setting: { open(): void; openTabById(id: string): void } };
      setting.open();
      setting.openTabById("backlog-cards");
    });
  };
  const row = (name: string) =>
    host.page.locator(".setting-item").filter({ has: host.page.getByText(name, { exact: true }) });
  const field = (name: string) => row(name).locator("input, select");
  const error = (name: string) => row(name).locator(".setting-item-error");
  const stored = async (): Promise<unknown> => JSON.parse(await host.read(DATA)) as unknown;
  const cards = () => host.page.locator(".backlog-card:visible").count();
  const bar = () => host.page.locator(".backlog-status").textContent();

  afterEach(() => host.close());

  test("show what is in force, say where a note may override it, and have no barrier", async () => {
    await open();
    await openTab();
    const values = {
      Backlog: "BACKLOG.md",
      Limit: "5",
      "Minimum steps": "3",
      "Required fields": "plan, estimated effort, relevant documentation",
      "Group order": "file",
    };
    for (const [name, value] of Object.entries(values)) expect(await field(name).inputValue()).toBe(value);
    const properties = {
      Limit: "batch-limit",
      "Minimum steps": "minimum-steps",
      "Required fields": "required-fields",
      "Group order": "batch-order",
      "Moved note": "moved-note",
    };
    for (const [name, property] of Object.entries(properties))
      expect(await row(name).textContent()).toContain(property);
    expect(await host.page.locator(".setting-item-error").count()).toBe(0);
    expect(await findBarriers(host.page)).toEqual([]);
    await expect(host.read(DATA)).rejects.toThrow("ENOENT");
    expect(host.errors()).toEqual([]);
  });

  test("a rule that is changed counts at once in the status bar and on the cards", async () => {
    await open();
    expect(await bar()).toBe("3 open, 1 incomplete");
    await openTab();
    await field("Minimum steps").fill("4");
    await field("Minimum steps").press("Enter");
    await host.settled();
    expect(await bar()).toBe("3 open, 2 incomplete");
    expect(await host.page.locator('.backlog-card-badge[data-badge="incomplete"]').count()).toBe(2);
    expect(await stored()).toEqual({ rules: { minimumSteps: 4 } });
    expect(host.errors()).toEqual([]);
  });

  test("cards go and come at once in every pane, in live preview and in reading view", async () => {
    await open({ open: [{ path: NOTE }, { path: NOTE, mode: "reading" }] });
    expect(await cards()).toBe(4);
    await openTab();
    await field("Cards in live preview").press(" ");
    await host.settled();
    expect(await cards()).toBe(2);
    await field("Cards in reading view").press(" ");
    await host.settled();
    expect(await cards()).toBe(0);
    await field("Cards in reading view").press(" ");
    await field("Cards in live preview").press(" ");
    await host.settled();
    expect(await cards()).toBe(4);
    expect(host.errors()).toEqual([]);
  });

  test("a note in no backlog folder follows them too, in live preview and in reading view", async () => {
    const note = blockOf("a");
    await open({
      vault: { ...VAULT, "ideas/notes.md": `# Ideas\n\n${note}\n` },
      open: [{ path: "ideas/notes.md" }, { path: "ideas/notes.md", mode: "reading" }],
    });
    expect(await cards()).toBe(2);
    expect(await host.page.locator(".backlog-card.is-open:visible").count()).toBe(1);
    await openTab();
    await field("Details open in reading view").press(" ");
    await host.settled();
    expect(await host.page.locator(".backlog-card.is-open:visible").count()).toBe(0);
    await field("Minimum steps").fill("4");
    await field("Minimum steps").press("Enter");
    await host.settled();
    expect(await host.page.locator('.backlog-card [title*="needs at least 4"]:visible').count()).toBe(2);
    await field("Cards in live preview").press(" ");
    await host.settled();
    expect(await cards()).toBe(1);
    await field("Cards in reading view").press(" ");
    await host.settled();
    expect(await cards()).toBe(0);
    expect(host.errors()).toEqual([]);
  });

  test("the details of cards in reading view are open or closed as the setting says", async () => {
    await open({ open: [{ path: NOTE, mode: "reading" }] });
    expect(await host.page.locator(".backlog-card.is-open:visible").count()).toBe(2);
    await openTab();
    await field("Details open in reading view").press(" ");
    await host.settled();
    expect(await host.page.locator(".backlog-card.is-open:visible").count()).toBe(0);
  });

  test("the status bar goes and comes with its setting", async () => {
    await open();
    await openTab();
    await field("Status bar").press(" ");
    await host.settled();
    expect(await host.page.locator(".backlog-status").isVisible()).toBe(false);
    await field("Status bar").press(" ");
    await host.settled();
    expect(await host.page.locator(".backlog-status").isVisible()).toBe(true);
  });

  test.each([
    ["Todo note", "../TODO.md", "Name a note in the folder"],
    ["Todo note", "Next", "End the name in .md, as in TODO.md."],
    ["Todo note", "backlog.md", "The backlog may be this note already. Choose another name."],
    ["Required fields", "plan, **effort**", "“**effort**” is no label."],
    ["Limit", "0", "Enter 1 or more."],
    ["Limit", "2.5", "Enter a whole number of at least 1."],
  ])("%s: %s is refused with a sentence, and nothing is written", async (name, value, sentence) => {
    await open();
    await openTab();
    await field(name).fill(value);
    await field(name).press("Enter");
    await host.settled();
    expect(await error(name).textContent()).toContain(sentence);
    await expect(host.read(DATA)).rejects.toThrow("ENOENT");
  });

  test("a name that is changed makes another folder a backlog folder, and an empty one means the default", async () => {
    await open({ vault: { ...VAULT, "Tasks.md": VAULT["work/BACKLOG.md"] ?? "" }, open: [{ path: "Tasks.md" }] });
    await openTab();
    await field("Backlog").fill("Tasks.md");
    await host.settled();
    expect(await bar()).toBe("2 open, 1 incomplete");
    await field("Backlog").fill("");
    await host.settled();
    expect(await bar()).toBe("3 open, 1 incomplete");
    expect(await stored()).toEqual({ names: {} });
  });

  test("unknown keys and wrong values outlive a change of another setting", async () => {
    const settings = {
      future: { a: [1] },
      rules: { limit: "many", order: "priority", later: 1 },
      names: { todo: "../x" },
    };
    await open({ settings });
    await openTab();
    expect(await error("Todo note").textContent()).toContain("End the name in .md");
    await field("Moved note").press(" ");
    await host.settled();
    expect(await stored()).toEqual({ ...settings, rules: { ...settings.rules, movedNote: false } });
    await field("Limit").fill("3");
    await field("Limit").press("Enter");
    await host.settled();
    expect(await stored()).toEqual({ ...settings, rules: { ...settings.rules, movedNote: false, limit: 3 } });
  });

  test("a file that is no JSON is left as it is, and a notice says what to do", async () => {
    await open({ settings: '{"rules":' });
    expect(await host.page.locator(".notice").textContent()).toContain("Mend or delete its data.json");
    expect(await cards()).toBe(2);
    await openTab();
    await field("Moved note").press(" ");
    await host.settled();
    expect(await host.read(DATA)).toBe('{"rules":');
    expect(host.errors().join()).toContain("could not be read");
  });

  test("a file that another program writes counts at once", async () => {
    await open();
    await host.write(DATA, JSON.stringify({ cards: { livePreview: false }, rules: { minimumSteps: 9 } }));
    await host.page.waitForFunction(
      () => document.querySelector(".backlog-status")?.textContent === "3 open, 2 incomplete",
    );
    expect(await cards()).toBe(0);
  });

  test("a change keeps what another program wrote a moment before", async () => {
    await open();
    await openTab();
    await host.write(DATA, JSON.stringify({ statusBar: false }));
    await field("Moved note").press(" ");
    await host.settled();
    expect(await stored()).toEqual({ statusBar: false, rules: { movedNote: false } });
  });

  test("are found by the search over all settings", async () => {
    await open();
    await openTab();
    const search = host.page.getByLabel("Search settings");
    await search.fill("batch-limit");
    expect(await host.page.locator(".vertical-tab-nav-item").allTextContents()).toEqual(["Backlog Cards"]);
    await search.fill("no such words");
    expect(await host.page.locator(".vertical-tab-nav-item").count()).toBe(0);
  });
});
