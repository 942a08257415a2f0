// Pins the commands that set a status and tick a criterion of the task at hand: in live preview, source mode and reading view,
// by fuzzy lists and keyboard alone; and what they leave alone.
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, type Host } from "./support/harness";
import { writeGroup, writeTask } from "./support/reading-page";
import { shareHost } from "./support/shared-host";

const A = writeTask("TASK-20260101-001", "The first â€” one");
const B = writeTask("TASK-20260101-002", "The second");
const BACKLOG = `# Backlog\n\n${writeGroup("Infrastructure", A, B)}`;
const SET = "backlog-cards:set-status";
const TICK = "backlog-cards:tick-criterion";

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;

  async function begin(
    mode: "live" | "source" | "reading",
    notes: Readonly<Record<string, string>> = { "BACKLOG.md": BACKLOG },
  ) {
    host = await shared.begin(notes, [{ path: Object.keys(notes)[0] ?? "", mode }]);
    await host.page.evaluate(() => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
    });
  }

  /** Puts the cursor behind a text of the note. */
  async function goTo(words: string): Promise<void> {
    await host.page.evaluate((sought) => {
      const editor = window.host.views()[0]?.editor;
      editor?.setCursor(editor.offsetToPos(editor.getValue().indexOf(sought) + sought.length));
      editor?.focus();
    }, words);
    await host.settled();
  }

  const lines = () => host.page.locator(".prompt .suggestion-item");
  const isOffered = (id: string) =>
    host.page.evaluate((command) => {
      const { commands } = window.host.app as unknown as { commands: { listCommands(): { id: string }[] } };
      return commands.listCommands().some((one) => one.id === command);
    }, id);

  async function save(): Promise<string> {
    await host.page.evaluate(async () => window.host.views()[0]?.save());
    await host.settled();
    return host.read("BACKLOG.md");
  }

  test.each(["live", "source"] as const)("in %s the status is set in one step to undo", async (mode) => {
    await begin(mode);
    await goTo("The second");
    await host.command(SET);
    expect(await host.page.locator(".prompt-input").getAttribute("placeholder")).toBe("Set the status of The second…");
    expect(await lines().allInnerTexts()).toEqual(["In progress", "Blocked", "Done", "Todo\nnow"]);
    expect(await findBarriers(host.page, ".prompt")).toEqual([]);
    await host.page.keyboard.type("blo");
    await host.page.keyboard.press("Enter");
    await host.settled();
    const after = BACKLOG.replace(B, B.replace("todo", "blocked"));
    expect(await save()).toBe(after);
    await host.page.keyboard.press("ControlOrMeta+z");
    expect(await save()).toBe(BACKLOG);
  });

  test.each(["live", "source"] as const)("in %s a criterion is ticked, and unticked", async (mode) => {
    await begin(mode);
    await goTo("The first");
    await host.command(TICK);
    expect(await host.page.locator(".prompt-input").getAttribute("placeholder")).toBe(
      "Tick a criterion of The first — one…",
    );
    expect(await lines().allInnerTexts()).toEqual(["one", "two\nticked"]);
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await save()).toBe(BACKLOG.replace(A, A.replace("[ ] one", "[x] one")));
    await host.command(TICK);
    await host.page.keyboard.press("ArrowDown");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await save()).toBe(BACKLOG.replace(A, A.replace("[ ] one", "[x] one").replace("[x] two", "[ ] two")));
    // What is to be ticked comes first.
    await host.command(TICK);
    expect(await lines().allInnerTexts()).toEqual(["two", "one\nticked"]);
    await host.page.keyboard.press("Escape");
  });

  test("the Enter that opened the list and is still held ticks nothing", async () => {
    await begin("live");
    await goTo("The first");
    await host.command(TICK);
    await lines().first().waitFor();
    await host.page.evaluate(() => {
      const held = { key: "Enter", code: "Enter", repeat: true, bubbles: true, cancelable: true };
      document.querySelector(".prompt-input")?.dispatchEvent(new KeyboardEvent("keydown", held));
    });
    await host.settled();
    expect(await lines().count()).toBe(2);
    expect(await save()).toBe(BACKLOG);
    await host.page.keyboard.press("Escape");
  });

  test("in reading view they are about the task at the top", async () => {
    await begin("reading", { "BACKLOG.md": `${A}\n\n---\n\n${B}\n` });
    await host.command(SET);
    await host.page.keyboard.type("in prog");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(`${A.replace("todo", "in-progress")}\n\n---\n\n${B}\n`);
    await host.command("backlog-cards:next-task");
    await host.settled();
    await host.command(TICK);
    expect(await lines().allInnerTexts()).toEqual(["one", "two\nticked"]);
    await host.page.keyboard.press("Escape");
  });

  test("a task that has changed while the list was open is left alone", async () => {
    await begin("live");
    await goTo("The second");
    await host.command(SET);
    await host.page.evaluate(() => {
      const editor = window.host.views()[0]?.editor;
      const at = editor?.getValue().indexOf("The second") ?? 0;
      editor?.replaceRange("Not ", editor.offsetToPos(at));
    });
    await host.page.keyboard.type("done");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await save()).toBe(BACKLOG.replace("The second", "Not The second"));
    expect(await host.page.locator(".notice").innerText()).toMatch(/^This task has changed in BACKLOG\.md meanwhile/);
  });

  test("outside a task, and in an archive, they are not offered", async () => {
    await begin("live");
    await goTo("# Backlog");
    expect([await isOffered(SET), await isOffered(TICK)]).toEqual([false, false]);
    await goTo("The first");
    expect([await isOffered(SET), await isOffered(TICK)]).toEqual([true, true]);
    await begin("live", { "ARCHIVE.md": A, "BACKLOG.md": BACKLOG });
    await goTo("The first");
    expect([await isOffered(SET), await isOffered(TICK)]).toEqual([false, false]);
  });

  test("a task without criteria, or without an end, says so", async () => {
    await begin("live", {
      "BACKLOG.md": `## task_begin\n### # [id:A-1] Bare\n## task_end\n\n## task_begin\n### # [id:A-2] Open\n`,
    });
    await goTo("Bare");
    await host.command(TICK);
    await goTo("Open");
    await host.command(SET);
    await host.settled();
    expect(await host.page.locator(".notice").allInnerTexts()).toEqual([
      "Bare has no criteria that could be ticked.",
      "This task has no ## task_end. Add it behind its last line, then try again.",
    ]);
  });
});
