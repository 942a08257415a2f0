// Pins what reading view makes of a note: the app hands over its blocks one by one, keeps those whose text did not change and
// may give them to other lines, so that cards are right only if each part asks again what it stands for.
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";
import { readParts, writeGroup, writeTask } from "./support/reading-page";

const A = writeTask("TASK-20260101-001", "The first");
const B = writeTask(
  "TASK-20260101-002",
  "The second",
  "| a | b |\n|---|---|\n| 1 | 2 |\n\n#### A heading\n\n> a quote\n\n---\n\n```\n## task_end\n```\n\n",
);
const BACKLOG = `# Backlog\n\n<!--\nTake up to 3 tasks\n-->\n\n${writeGroup("Infrastructure", A, B)}\nBehind the group.\n`;

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let host: Host;
  let expectedErrors: readonly string[] = [];

  async function show(text: string, options: Partial<HostOptions> = {}): Promise<void> {
    const open = [{ path: "BACKLOG.md", mode: "reading" as const }];
    host = await openHost({ codemirror, vault: { "BACKLOG.md": text }, open, height: 3000, ...options });
    await host.settled();
  }

  async function change(text: string, path = "BACKLOG.md"): Promise<void> {
    await host.write(path, text);
    await host.settled();
  }

  const readBadges = () => host.page.locator(".markdown-reading-view .backlog-card-badge").allInnerTexts();

  afterEach(async () => {
    try {
      expect(host.errors()).toEqual(expectedErrors);
    } finally {
      expectedErrors = [];
      await host.close();
    }
  });

  test("a block that is split over many parts is one card, and all around it stays", async () => {
    await show(BACKLOG);
    const [heading, rules, ...others] = await readParts(host);
    expect(heading).toBe("Backlog");
    expect(rules).toMatch(/^Rules: 3 a batch/);
    expect(others).toEqual([
      "band Infrastructure",
      "card TASK-20260101-001 The first",
      "rule",
      "card TASK-20260101-002 The second",
      "end",
      "Behind the group.",
    ]);
  });

  test("parts that a card stands for are kept, empty", async () => {
    await show(writeTask("TASK-20260101-001", "Alone"));
    const parts = await host.page.locator(".markdown-reading-view [class^='el-']").count();
    expect(parts).toBeGreaterThan(4);
    expect(await readParts(host)).toEqual(["card TASK-20260101-001 Alone"]);
  });

  test("an empty group is one line with all that is left in it", async () => {
    const moved = "<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->";
    await show(`## group_begin [type:a][priority:low]\n## Left\n\n${moved}\n\n---\n\n---\n\n## group_end\n\nafter\n`);
    expect(await readParts(host)).toEqual(["band Left", "after"]);
  });

  test("an unclosed block stays as it was rendered", async () => {
    await show("## task_begin\n### # [id:TASK-20260101-001][type:a] Open\n\ntext\n\n" + A);
    expect(await readParts(host)).toEqual([
      "task_begin",
      "# [id:TASK-20260101-001][type:a] Open",
      "text",
      "card TASK-20260101-001 The first",
    ]);
  });

  test("details are open, or closed where the settings say so, and stay as a person leaves them", async () => {
    await show(BACKLOG, { settings: { detailsOpen: false } });
    const toggles = host.page.locator(".markdown-reading-view .backlog-card [aria-expanded]");
    expect(await toggles.evaluateAll((all) => all.map((one) => one.getAttribute("aria-expanded")))).toEqual([
      "false",
      "false",
    ]);
    await toggles.first().click();
    await change(BACKLOG.replace("- [ ] one", "- [x] one"));
    expect(await toggles.evaluateAll((all) => all.map((one) => one.getAttribute("aria-expanded")))).toEqual([
      "true",
      "false",
    ]);
  });

  test("details are open where nothing is set", async () => {
    await show(BACKLOG);
    const toggles = host.page.locator(".markdown-reading-view .backlog-card [aria-expanded]");
    expect(await toggles.evaluateAll((all) => all.map((one) => one.getAttribute("aria-expanded")))).toEqual([
      "true",
      "true",
    ]);
  });

  test("a change of the block's text shows in the same element", async () => {
    await show(BACKLOG);
    const card = await host.page
      .locator(".markdown-reading-view .backlog-card")
      .first()
      .evaluateHandle((element) => element);
    await change(BACKLOG.replace("The first", "Another title").replace("- [ ] one", "- [x] one"));
    expect((await readParts(host))[3]).toBe("card TASK-20260101-001 Another title");
    expect(await host.page.locator(".markdown-reading-view .backlog-card").first().innerText()).toContain("2 of 2");
    expect(await card.evaluate((element) => element.isConnected)).toBe(true);
  });

  test("a badge follows what another note of the folder says", async () => {
    await show(BACKLOG, { vault: { "BACKLOG.md": BACKLOG, "TODO.md": "# Todo\n" } });
    expect(await readBadges()).toEqual(["Ready", "Ready"]);
    expect(await host.page.locator(".markdown-reading-view .backlog-band").innerText()).toContain("2 ready");
    const card = await host.page
      .locator(".markdown-reading-view .backlog-card")
      .first()
      .evaluateHandle((element) => element);
    await change(`# Todo\n\n${A}\n`, "TODO.md");
    expect((await readBadges())[0]).toMatch(/^Invalid/);
    expect(await host.page.locator(".markdown-reading-view .backlog-band").innerText()).toContain("1 ready");
    expect(await card.evaluate((element) => element.isConnected)).toBe(true);
  });

  test("tasks that swap their places do so in the cards", async () => {
    await show(BACKLOG);
    await change(BACKLOG.replace(A, "@").replace(B, A).replace("@", B));
    const cards = (await readParts(host)).filter((part) => part.startsWith("card"));
    expect(cards).toEqual(["card TASK-20260101-002 The second", "card TASK-20260101-001 The first"]);
  });

  test("a block that comes, and one that goes, take only their own parts with them", async () => {
    const C = writeTask("TASK-20260101-003", "The third");
    await show(`before\n\n${A}\n\nbetween\n`);
    await change(`before\n\n${C}\n\n${A}\n\nbetween\n`);
    expect(await readParts(host)).toEqual([
      "before",
      "card TASK-20260101-003 The third",
      "card TASK-20260101-001 The first",
      "between",
    ]);
    await change(`before\n\n${C}\n\nbetween\n`);
    expect(await readParts(host)).toEqual(["before", "card TASK-20260101-003 The third", "between"]);
  });

  test("text that markers come to stand around goes into the card, and comes back with them gone", async () => {
    await show("before\n\n### # [id:TASK-20260101-001][type:a] Title\n\ntext\n\nafter\n");
    const around =
      "before\n\n## task_begin\n### # [id:TASK-20260101-001][type:a] Title\n\ntext\n\n## task_end\n\nafter\n";
    await change(around);
    expect(await readParts(host)).toEqual(["before", "card TASK-20260101-001 Title", "after"]);
    await change(around.replace("## task_begin\n", ""));
    expect(await readParts(host)).toEqual([
      "before",
      "# [id:TASK-20260101-001][type:a] Title",
      "text",
      "task_end",
      "after",
    ]);
    await change(around.replace("text\n\n## task_end\n\nafter\n", "text\n\nafter\n\n## task_end\n"));
    expect(await readParts(host)).toEqual(["before", "card TASK-20260101-001 Title"]);
  });

  test("a card that cannot be drawn leaves the text, and the others are drawn", async () => {
    host = await openHost({ codemirror, vault: { "BACKLOG.md": `${A}\n\n${B}\n`, "a.md": "" }, height: 3000 });
    await host.page.evaluate(() => {
      const append = Element.prototype.append;
      Element.prototype.append = function (...nodes) {
        if (nodes.includes("The first")) throw new Error("on purpose");
        append.apply(this, nodes);
      };
    });
    await host.open("BACKLOG.md", { mode: "reading" });
    await host.settled();
    const parts = await readParts(host);
    expect(parts.at(-1)).toBe("card TASK-20260101-002 The second");
    expect(parts.join("\n")).toContain("Status: todo");
    expect(host.errors().join("\n")).toMatch(/could not be drawn/);
    expectedErrors = host.errors().filter((error) => error.includes("on purpose"));
  });
});
