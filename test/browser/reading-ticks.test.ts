// Pins ticking a criterion and setting a status on a card where the file decides: in reading view, through an editor that has the
// note, else in the file with the block compared inside, its line ends kept; and in live preview of a note with carriage returns.
// It is refused where the note says something else by then.
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, type Host } from "./support/harness";
import { writeGroup, writeTask } from "./support/reading-page";
import { shareHost } from "./support/shared-host";

const A = writeTask("TASK-20260101-001", "The first");
const B = writeTask("TASK-20260101-002", "The second");
const BACKLOG = `# Backlog\n\n${writeGroup("Infrastructure", A, B)}`;
const CRLF = BACKLOG.replaceAll("\n", "\r\n");
const ticked = (block: string) => block.replace("[ ] one", "[x] one");
const READING = [{ path: "BACKLOG.md", mode: "reading" }] as const;

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);

  async function begin(
    vault: Readonly<Record<string, string>>,
    open: Parameters<typeof shared.begin>[1],
  ): Promise<Host> {
    const host = await shared.begin(vault, open);
    await host.page.evaluate(() => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
    });
    return host;
  }

  test("a box is ticked in the file, and the next one before the first is drawn", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, READING);
    const boxes = host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox");
    await boxes.evaluateAll((all) => all.forEach((box) => (box as HTMLInputElement).click()));
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([
      true,
      false,
    ]);
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(BACKLOG.replace(A, ticked(A).replace("[x] two", "[ ] two")));
    expect(await boxes.evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked))).toEqual([
      true,
      false,
    ]);
    expect(await host.page.locator(".notice").count()).toBe(0);
  });

  test("ticked, unticked and ticked again, faster than anything is drawn, it is ticked", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, READING);
    const box = host.page.locator(".markdown-reading-view .backlog-card").nth(1).getByRole("checkbox").first();
    await box.evaluate((element) => [1, 2, 3].forEach(() => (element as HTMLInputElement).click()));
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(BACKLOG.replace(B, ticked(B)));
    expect(await box.isChecked()).toBe(true);
  });

  test("line ends stay as they are, and nothing but the one character changes", async () => {
    const host = await begin({ "BACKLOG.md": CRLF }, READING);
    await host.page.locator(".markdown-reading-view .backlog-card").nth(1).getByRole("checkbox").first().click();
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(
      CRLF.replace(B.replaceAll("\n", "\r\n"), ticked(B).replaceAll("\n", "\r\n")),
    );
  });

  test("in live preview each carriage return stays as well, by a box, by the menu and by the command", async () => {
    const host = await begin({ "BACKLOG.md": CRLF }, [{ path: "BACKLOG.md" }]);
    const card = host.page.locator(".cm-content .backlog-card").first();
    const read = async (): Promise<string> => {
      // Longer than the app takes to save what is changed in an editor.
      await host.page.waitForTimeout(2500);
      await host.settled();
      return host.read("BACKLOG.md");
    };
    await card.getByRole("button", { name: "Details" }).click();
    await card.getByRole("checkbox").first().click();
    const withTick = CRLF.replace("[ ] one", "[x] one");
    expect(await read()).toBe(withTick);
    expect(await card.getByRole("checkbox").first().isChecked()).toBe(true);
    await card.locator("[data-control=status]").click();
    await host.page.locator(".menu .menu-item", { hasText: "Blocked" }).click();
    const blocked = withTick.replace("**Status:** todo", "**Status:** blocked");
    expect(await read()).toBe(blocked);
    await host.page.evaluate(() => {
      const [view] = window.host.views();
      const at = view?.editor.getValue().indexOf("TASK-20260101-001") ?? 0;
      view?.editor.setCursor(view.editor.offsetToPos(at));
      view?.editor.focus();
    });
    await host.command("backlog-cards:set-status");
    await host.page.keyboard.type("done");
    await host.page.keyboard.press("Enter");
    expect(await read()).toBe(blocked.replace("**Status:** blocked", "**Status:** done"));
  });

  test("in an editor that has the note it is one step to undo there", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, [...READING, { path: "BACKLOG.md", mode: "live" }]);
    await host.page.evaluate(() => window.host.views()[1]?.editor.replaceRange("Typed. ", { line: 1, ch: 0 }));
    await host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox").first().click();
    await host.settled();
    const typed = BACKLOG.replace("# Backlog\n", "# Backlog\nTyped. ");
    const text = () => host.page.evaluate(() => window.host.views()[1]?.editor.getValue());
    expect(await text()).toBe(typed.replace(A, ticked(A)));
    await host.page.evaluate(() => window.host.views()[1]?.editor.undo());
    expect(await text()).toBe(typed);
    await host.settled();
    expect(
      await host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox").first().isChecked(),
    ).toBe(false);
  });

  test("of two equal tasks the one is ticked whose card it is", async () => {
    const text = `${A}\n\n---\n\n${A}\n`;
    const host = await begin({ "notes.md": text }, [{ path: "notes.md", mode: "reading" }]);
    await host.page.locator(".markdown-reading-view .backlog-card").nth(1).getByRole("checkbox").first().click();
    await host.settled();
    expect(await host.read("notes.md")).toBe(`${A}\n\n---\n\n${ticked(A)}\n`);
  });

  test("where the task says something else on the disk by then, nothing is written and the box goes back", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, READING);
    const changed = BACKLOG.replace("The first", "Another first");
    const box = host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox").first();
    await host.page.evaluate(async (text) => {
      const { app } = window.host;
      const file = app.vault.getFileByPath("BACKLOG.md");
      if (!file) throw new Error("no note");
      // The note is changed between the click and the writing.
      const process = app.vault.process.bind(app.vault);
      app.vault.process = async (...given) => {
        app.vault.process = process;
        await app.vault.adapter.write("BACKLOG.md", text);
        return process(...given);
      };
    }, changed);
    await box.click();
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(changed);
    expect(await box.isChecked()).toBe(false);
    expect(await host.page.locator(".notice").innerText()).toMatch(/^This task has changed in BACKLOG\.md meanwhile/);
  });

  test("what the disk refuses is not ticked", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, READING);
    await host.page.evaluate(() => {
      const { vault } = window.host.app;
      const process = vault.process.bind(vault);
      console.error = () => undefined;
      vault.process = async () => {
        vault.process = process;
        throw new Error("The disk refuses.");
      };
    });
    const box = host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox").first();
    await box.click();
    await host.settled();
    expect(await box.isChecked()).toBe(false);
    expect(await host.page.locator(".notice").innerText()).toMatch(/^BACKLOG\.md could not be written/);
    expect(await host.read("BACKLOG.md")).toBe(BACKLOG);
  });

  test("Space ticks the box that has the focus, and it keeps it", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, READING);
    const box = host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox").first();
    await box.focus();
    await host.page.keyboard.press("Space");
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(BACKLOG.replace(A, ticked(A)));
    expect(await box.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await box.isChecked()).toBe(true);
  });

  test.each([
    ["line feeds", BACKLOG],
    ["carriage returns", CRLF],
  ])("Mod+Z in the card takes back one after the other what was changed there, with %s", async (_, text) => {
    const host = await begin({ "BACKLOG.md": text.replace("**Status:** todo  ", "**Note:** x") }, READING);
    const before = await host.read("BACKLOG.md");
    const card = host.page.locator(".markdown-reading-view .backlog-card").first();
    const read = async (): Promise<string> => {
      await host.settled();
      return host.read("BACKLOG.md");
    };
    await card.getByRole("checkbox").first().focus();
    await host.page.keyboard.press("Space");
    const ticked = await read();
    expect(ticked).not.toBe(before);
    await card.locator("[data-control=status]").press("Enter");
    await host.page.locator(".menu .menu-item", { hasText: "Blocked" }).click();
    expect(await read()).toContain("blocked");
    await card.locator("[data-control=status]").press("Control+z");
    expect(await read()).toBe(ticked);
    await card.locator("[data-control=status]").press("Control+z");
    expect(await read()).toBe(before);
    await card.locator("[data-control=status]").press("Control+z");
    expect(await read()).toBe(before);
    expect(await host.page.locator(".notice").count()).toBe(0);
  });

  test("Mod+Z in the card takes nothing back where somebody else has changed the task since", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, READING);
    const boxes = host.page.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox");
    await boxes.first().click();
    await host.settled();
    const other = (await host.read("BACKLOG.md")).replace("The first", "The very first");
    await host.write("BACKLOG.md", other);
    await host.settled();
    await boxes.first().press("Control+z");
    await host.page.getByText("The task has changed in BACKLOG.md since: nothing was taken back.").waitFor();
    expect(await host.read("BACKLOG.md")).toBe(other);
  });

  test("the status is set from its menu, and done in a todo note offers to archive", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG, "TODO.md": writeTask("TASK-20260101-003", "Third") }, [
      { path: "TODO.md", mode: "reading" },
    ]);
    const status = host.page.locator(".markdown-reading-view .backlog-card-status");
    expect(await status.getAttribute("aria-haspopup")).toBe("menu");
    await status.click();
    await host.page.locator(".menu-item", { hasText: "Done" }).click();
    await host.settled();
    expect(await host.read("TODO.md")).toBe(writeTask("TASK-20260101-003", "Third").replace("todo", "done"));
    expect(await status.innerText()).toBe("Done");
    const notice = host.page.locator(".notice");
    expect(await notice.innerText()).toContain("“Third” is done.");
    expect(await notice.getByRole("button").innerText()).toBe("Archive finished tasks");
    expect(await findBarriers(host.page, ".notice")).toEqual([]);
    await host.page.evaluate(() => document.querySelector<HTMLElement>(".notice")?.click());
  });

  test("an archive, an embed, a preview and paper have boxes that cannot be ticked, and say the status as text", async () => {
    const notes = {
      "BACKLOG.md": BACKLOG,
      "ARCHIVE.md": `# Archive\n\n${ticked(A).replace("todo", "done")}\n`,
      "other.md": "![[BACKLOG]]\n",
    };
    const host = await begin(notes, [{ path: "ARCHIVE.md", mode: "reading" }]);
    const card = host.page.locator(".markdown-reading-view .backlog-card");
    const readBoxes = () =>
      card.getByRole("checkbox").evaluateAll((all) => all.map((box) => (box as HTMLInputElement).disabled));
    expect(await readBoxes()).toEqual([true, true]);
    expect(await card.locator("button.backlog-card-status").count()).toBe(0);
    expect(await card.locator(".is-status").innerText()).toBe("Done");
    await host.open("ARCHIVE.md", { mode: "live" });
    await host.settled();
    await host.page.locator(".cm-content [data-control=details][aria-expanded=false]").click();
    const live = host.page.locator(".cm-content .backlog-card");
    expect(
      await live.getByRole("checkbox").evaluateAll((all) => all.map((box) => (box as HTMLInputElement).disabled)),
    ).toEqual([true, true]);
    expect(await live.locator("button.backlog-card-status").count()).toBe(0);
    await host.open("other.md", { mode: "reading" });
    await host.settled();
    expect(await readBoxes()).toEqual([true, true, true, true]);
    expect(await card.locator("button").count()).toBe(0);
    expect(await card.locator(".is-status").allInnerTexts()).toEqual(["Todo", "Todo"]);
  });

  test("a pop-out window ticks as well", async () => {
    const host = await begin({ "BACKLOG.md": BACKLOG }, []);
    const [popout] = await Promise.all([
      host.context.waitForEvent("page"),
      host.open("BACKLOG.md", { mode: "reading", popout: true }),
    ]);
    await host.settled();
    await popout.locator(".markdown-reading-view .backlog-card").first().getByRole("checkbox").first().click();
    await host.settled();
    expect(await host.read("BACKLOG.md")).toBe(BACKLOG.replace(A, ticked(A)));
    await popout.close();
  });
});
