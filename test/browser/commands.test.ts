// Pins each command with real keys through the palette: where it appears, what it does, and what it says where it can do
// nothing. A command that appears where it cannot work, or fails without a word, needs a manual.
import { writeBacklogFolder } from "./support/backlog-vault";
import { findBarriers } from "./support/axe";
import { takeClipboard } from "./support/clipboard";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";
import { idOf } from "../support/notation";

const VAULT = {
  ...writeBacklogFolder("work", "infra/high: a b! c; docs/low: d! e | todo: f | archive: g+"),
  ...writeBacklogFolder("done", "docs/low: x"),
  "plain.md": "# Plain\n",
  "empty/note.md": "",
};

describe.each(CODEMIRRORS)("the commands, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (
    path: string,
    mode: "live" | "source" | "reading" = "source",
    options: Partial<HostOptions> = {},
  ) => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path, mode }], ...options });
    await host.settled();
  };
  /** Chooses a command in the palette, by its name. */
  const choose = async (name: string): Promise<void> => {
    await host.page.keyboard.press("Control+p");
    await host.page.keyboard.type(name);
    await host.page.locator(".prompt .suggestion-item", { hasText: name }).first().waitFor();
    await host.page.keyboard.press("Enter");
    await host.settled();
  };
  const listCommands = (): Promise<readonly string[]> =>
    host.page.evaluate(() => {
      const { commands } = window.host.app as unknown as { commands: { listCommands(): { name: string }[] } };
      return commands.listCommands().map(({ name }) => name.replace("Backlog Cards: ", ""));
    });
  const notice = () => host.page.locator(".notice").last().textContent();
  const activePath = () => host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path);
  /** The id in the line of the cursor; null where there is none. */
  const idAtCursor = () =>
    host.page.evaluate(() => {
      const view = window.host.views().find((one) => one.file === window.host.app.workspace.getActiveFile());
      const line = view?.editor.getLine(view.editor.getCursor().line) ?? "";
      return /\[id:([^\]]+)\]/.exec(line)?.[1] ?? null;
    });

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  test("appear only where they can do something, and the palette has no barrier", async () => {
    await open("plain.md");
    const moves = ["Promote next batch", "Promote from group…", "Archive finished tasks", "Undo last move"];
    expect(await listCommands()).toEqual([
      "Go to next incomplete task",
      ...moves,
      "Recover interrupted move",
      "Start a backlog in a folder",
    ]);
    await host.open("work/BACKLOG.md", { mode: "source" });
    await host.settled();
    await host.page.evaluate(() => window.host.views()[0]?.editor.setCursor(0));
    const here = [
      "Go to next task",
      "Go to previous task",
      "Go to next incomplete task",
      "Open todo note of this folder",
      "Open archive of this folder",
      ...moves,
      "Recover interrupted move",
      "Start a backlog in a folder",
    ];
    expect(await listCommands()).toEqual(here);
    await host.page.keyboard.press("Control+p");
    expect(await findBarriers(host.page)).toEqual([]);
  });

  test("none has a default hotkey", async () => {
    await open("work/BACKLOG.md");
    const hotkeys = await host.page.evaluate(() => {
      const { commands } = window.host.app as unknown as {
        commands: { commands: Record<string, { hotkeys?: unknown }> };
      };
      return Object.entries(commands.commands).flatMap(([id, { hotkeys }]) => (hotkeys === undefined ? [] : [id]));
    });
    expect(hotkeys).toEqual([]);
  });

  test.each(["source", "live"] as const)(
    "next and previous task move from header to header in %s mode",
    async (mode) => {
      await open("work/BACKLOG.md", mode);
      await host.page.evaluate(() => window.host.views()[0]?.editor.setCursor(0));
      for (const name of ["a", "b", "c"]) {
        await choose("Go to next task");
        expect(await idAtCursor()).toBe(idOf(name));
      }
      await choose("Go to previous task");
      expect(await idAtCursor()).toBe(idOf("b"));
    },
  );

  test("behind the last task a notice says that there is none", async () => {
    await open("done/BACKLOG.md");
    await choose("Go to next task");
    await choose("Go to next task");
    expect(await notice()).toContain("no task further down");
  });

  test("next task scrolls reading view from task to task, to its end", async () => {
    await open("work/BACKLOG.md", "reading");
    const scroll = () => host.page.evaluate(() => window.host.views()[0]?.currentMode.getScroll() ?? -1);
    await choose("Go to next task");
    expect(await scroll()).toBeGreaterThan(0);
    for (let step = 0; step < 4; step++) await choose("Go to next task");
    expect(await host.page.locator(".notice").count()).toBe(0);
    await choose("Go to next task");
    expect(await notice()).toContain("no task further down");
  });

  test("next incomplete task goes round the backlog, from any note of the folder", async () => {
    await open("work/TODO.md");
    await choose("Go to next incomplete task");
    expect(await activePath()).toBe("work/BACKLOG.md");
    expect(await idAtCursor()).toBe(idOf("b"));
    await choose("Go to next incomplete task");
    expect(await idAtCursor()).toBe(idOf("d"));
    await choose("Go to next incomplete task");
    expect(await idAtCursor()).toBe(idOf("b"));
  });

  test("next incomplete task searches the vault from a note of no folder", async () => {
    await open("plain.md");
    await choose("Go to next incomplete task");
    expect(await idAtCursor()).toBe(idOf("b"));
  });

  test("where every task is complete a notice says so", async () => {
    await open("done/BACKLOG.md");
    await choose("Go to next incomplete task");
    expect(await notice()).toContain("Every task in the backlog of done is complete.");
  });

  test("edit current task shows the source of the card that the cursor is at", async () => {
    await open("done/BACKLOG.md", "live");
    await host.page.evaluate(() => {
      const [view] = window.host.views();
      const text = String(view?.editor.getValue());
      view?.editor.setCursor(view.editor.offsetToPos(text.indexOf("## task_end") + 2));
    });
    await choose("Edit current task");
    expect(await idAtCursor()).toBe(idOf("x"));
    expect(await host.page.locator(".backlog-card").count()).toBe(0);
  });

  test("copy task ID puts it on the clipboard and says so", async () => {
    await open("done/BACKLOG.md");
    await choose("Go to next task");
    const readWritten = await takeClipboard(host.page);
    await choose("Copy task ID");
    expect(await notice()).toBe(`Copied ${idOf("x")}.`);
    expect(await readWritten()).toBe(idOf("x"));
  });

  test.each([
    ["Open backlog of this folder", "work/BACKLOG.md", "work/TODO.md"],
    ["Open todo note of this folder", "work/TODO.md", "work/BACKLOG.md"],
    ["Open archive of this folder", "work/ARCHIVE.md", "work/BACKLOG.md"],
  ])("%s opens %s", async (name, path, from) => {
    await open(from);
    await choose(name);
    expect(await activePath()).toBe(path);
  });

  describe("start a backlog in a folder", () => {
    const start = async (folder: string): Promise<void> => {
      await choose("Start a backlog in a folder");
      await host.page.keyboard.type(folder);
      await host.page.keyboard.press("Enter");
      await host.settled();
    };

    test("creates what the command line creates, opens the backlog and counts it", async () => {
      await open("plain.md");
      await start("empty");
      expect(await notice()).toContain("Started a backlog in empty");
      expect(await activePath()).toBe("empty/BACKLOG.md");
      expect(await host.read("empty/BACKLOG.md")).toContain("REQUIRED FIELDS");
      expect(await host.read("empty/TODO.md")).toContain("Current Batch Focus");
      expect(await host.read("empty/ARCHIVE.md")).toContain("# Archive");
      expect(await host.read("empty/TASKS.md")).toContain("How tasks work here");
      expect(await host.page.locator(".backlog-status").textContent()).toBe("1 open, 0 incomplete");
    });

    test("writes nothing where a note exists", async () => {
      await open("plain.md");
      const before = await host.read("work/BACKLOG.md");
      await start("work");
      expect(await notice()).toContain(
        "BACKLOG.md, TODO.md, ARCHIVE.md are there already in work, so nothing was written.",
      );
      expect(await host.read("work/BACKLOG.md")).toBe(before);
      await expect(host.read("work/TASKS.md")).rejects.toThrow("ENOENT");
    });

    test("its list of folders has no barrier, and Escape leaves it", async () => {
      await open("plain.md");
      await choose("Start a backlog in a folder");
      expect(await findBarriers(host.page)).toEqual([]);
      await host.page.keyboard.press("Escape");
      expect(await host.page.locator(".prompt").count()).toBe(0);
    });
  });
});
