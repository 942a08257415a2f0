// Embeds, hover previews and paper: the app says nothing of lines there, or counts them from the excerpt, and nothing may be
// changed from there. So cards stand in place of what lies between the markers, whole, open and without controls.
import { CODEMIRRORS, openHost, type Host } from "./support/harness";
import { readParts, writeGroup, writeTask } from "./support/reading-page";

const A = writeTask("TASK-20260101-001", "The first", "See [the docs](docs/a.md).\n");
const B = writeTask("TASK-20260101-002", "The second");
const LONE =
  "## task_begin\n### # No id\n\ntext\n\n## task_end\n\n## task_begin\n\nNo header, kept as it is\n\n## task_end";
const BACKLOG = `# Backlog\n\n${writeGroup("Infrastructure", A, B)}\n## Behind\n\n${LONE}\n\nThe end.\n`;
const CARDS = [
  "band Infrastructure",
  "card TASK-20260101-001 The first",
  "rule",
  "card TASK-20260101-002 The second",
  "end",
];
/** What tells of an element whose controls were taken out. */
const CONTROLS = ".backlog-card button, .backlog-band button";

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let host: Host;
  afterEach(async () => {
    try {
      expect(host.errors()).toEqual([]);
    } finally {
      await host.close();
    }
  });

  async function start(vault: Record<string, string>, path: string): Promise<void> {
    host = await openHost({ codemirror, vault, open: [{ path, mode: "reading" }], height: 3000 });
    await host.settled();
  }

  test.each(["print", "hover"] as const)("a note in %s has cards to read, with their details", async (how) => {
    await start({ "BACKLOG.md": BACKLOG, "Other.md": "nothing\n" }, "Other.md");
    await host.page.evaluate(async (name) => {
      await window.host[name]("BACKLOG.md");
    }, how);
    await host.settled();
    const place = `${how === "print" ? ".print" : ".hover-popover"} .markdown-preview-view`;
    expect(await readParts(host, place)).toEqual([
      "Backlog",
      ...CARDS,
      "Behind",
      "card  No id",
      "task_begin",
      "No header, kept as it is",
      "task_end",
      "The end.",
    ]);
    const cards = host.page.locator(place);
    expect(await cards.locator(CONTROLS).count()).toBe(0);
    expect(await cards.locator(".backlog-card").first().innerText()).toMatch(/TASK-20260101-001[^]*the docs/);
    await host.page.evaluate(() => window.host.unloadPlugin());
    expect((await readParts(host, place)).slice(0, 4)).toEqual([
      "Backlog",
      "group_begin [type:infra][priority:high]",
      "Infrastructure",
      "task_begin",
    ]);
  });

  test("an embedded note has the cards of that note, without controls", async () => {
    await start({ "BACKLOG.md": BACKLOG, "Other.md": "before\n\n![[BACKLOG]]\n\nafter\n" }, "Other.md");
    const parts = await readParts(host, ".markdown-reading-view .markdown-embed .markdown-preview-sizer");
    expect(parts.slice(0, 6)).toEqual(["Backlog", ...CARDS]);
    const embed = host.page.locator(".markdown-reading-view .markdown-embed");
    expect(await embed.locator(CONTROLS).count()).toBe(0);
    expect(await embed.locator(".backlog-card").first().innerText()).toContain("one");
    await host.write("BACKLOG.md", BACKLOG.replace("The first", "Changed").replace(`${B}\n`, ""));
    await host.settled();
    const changed = await readParts(host, ".markdown-reading-view .markdown-embed .markdown-preview-sizer");
    expect(changed.filter((part) => part.startsWith("card"))).toEqual([
      "card TASK-20260101-001 Changed",
      "card  No id",
      "card  Untitled task",
    ]);
  });

  test("an embedded part of a note, whose lines count from itself, has the cards of its own blocks", async () => {
    const C = writeTask("TASK-20260101-003", "In the part");
    const note = `# Top\n\n${A}\n\n# Part\n\n${C}\n\ntext\n`;
    await start({ "Ideas.md": note, "Other.md": "![[Ideas#Part]]\n" }, "Other.md");
    expect(await readParts(host, ".markdown-reading-view .markdown-embed .markdown-preview-sizer")).toEqual([
      "Part",
      "card TASK-20260101-003 In the part",
      "text",
    ]);
  });
});
