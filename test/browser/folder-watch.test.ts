// Pins that what is known of a folder follows what the app does with its notes: typing that another program's write is merged
// with, notes in two panes, folders that move. The rest of the watch is tested without a browser; here it is the order in which
// views, disk and events come to agree, seen in the status bar and on the cards.
import { blockOf, textsOf } from "../support/notation";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";

const VAULT: Readonly<Record<string, string>> = {
  ...writeBacklogFolder("work", "infra/high: a b! | todo: e"),
  "plain.md": "# Plain\n",
};

describe.each(CODEMIRRORS)("what is known of a folder, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (notes: HostOptions["open"]): Promise<void> => {
    host = await openHost({ codemirror, vault: VAULT, open: notes ?? [] });
    await host.settled();
  };
  const shows = (words: string): Promise<unknown> =>
    host.page.waitForFunction((text) => document.querySelector(".backlog-status")?.textContent === text, words);
  /** Types at the end of the note in the first pane. */
  const type = async (text: string): Promise<void> => {
    await host.page.evaluate(() => {
      const [view] = window.host.views();
      view?.editor.focus();
      view?.editor.setCursor(view.editor.lastLine(), 0);
    });
    await host.page.keyboard.insertText(text);
  };

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  test("holds what is typed and what another program writes meanwhile", async () => {
    await open([{ path: "work/TODO.md", mode: "source" }]);
    await shows("3 open, 1 incomplete");
    await type(`\n${blockOf("f")}\n`);
    await host.write("work/TODO.md", (await host.read("work/TODO.md")).replace("**Status:** todo", "**Status:** done"));
    await shows("3 open, 1 incomplete");
    await host.write("work/BACKLOG.md", String(textsOf("infra/high: a b! c! d!").backlog));
    await shows("5 open, 3 incomplete");
    await host.settled();
    await shows("5 open, 3 incomplete");
  });

  test("holds a note once that is open in two panes", async () => {
    await open([
      { path: "work/TODO.md", mode: "source" },
      { path: "work/TODO.md", mode: "source" },
    ]);
    await type(`\n${blockOf("f")}\n`);
    await shows("4 open, 1 incomplete");
    await host.settled();
    await shows("4 open, 1 incomplete");
  });

  test("is right when a pane that showed another note has filled up, also one in the background", async () => {
    await open([
      { path: "plain.md", mode: "source" },
      { path: "work/TODO.md", mode: "source" },
    ]);
    await shows("3 open, 1 incomplete");
    const held = host.faults.hold({ operation: "read", path: "work/BACKLOG.md" });
    await host.page.evaluate(() => {
      const { workspace, vault } = window.host.app;
      const [leaf] = workspace.getLeavesOfType("markdown");
      const file = vault.getFileByPath("work/BACKLOG.md");
      if (file) void leaf?.openFile(file, { active: false });
    });
    await held.arrived();
    await host.write("work/TODO.md", `${String(VAULT["work/TODO.md"])}\n${blockOf("f")}\n`);
    await host.page.waitForFunction(
      () => document.querySelector(".backlog-status")?.textContent !== "3 open, 1 incomplete",
    );
    held.release();
    await shows("4 open, 1 incomplete");
  });

  test("is that of the vault again when another program takes the folder's backlog away", async () => {
    await open([{ path: "work/TODO.md", mode: "source" }]);
    await shows("3 open, 1 incomplete");
    await host.page.evaluate(async () => {
      const { vault } = window.host.app;
      const file = vault.getFileByPath("work/BACKLOG.md");
      if (file) await vault.rename(file, "work/OLD.md");
    });
    await host.page.waitForSelector(".backlog-status", { state: "hidden" });
    await host.write("work/BACKLOG.md", String(textsOf("infra/high: a").backlog));
    await shows("2 open, 0 incomplete");
  });

  test("goes with a folder that is renamed", async () => {
    await open([{ path: "work/TODO.md", mode: "source" }]);
    await shows("3 open, 1 incomplete");
    await host.page.evaluate(async () => {
      const { vault } = window.host.app;
      const folder = vault.getFolderByPath("work");
      if (folder) await vault.rename(folder, "moved");
    });
    await host.page.waitForFunction(() =>
      document.querySelector(".backlog-status")?.getAttribute("aria-label")?.includes("in moved."),
    );
    await shows("3 open, 1 incomplete");
  });

  test("stands on the cards: an id that is typed into the todo note is one too many in the backlog", async () => {
    await open([
      { path: "work/TODO.md", mode: "source" },
      { path: "work/BACKLOG.md", mode: "live" },
    ]);
    const cards = host.page.locator(".backlog-card");
    await cards.first().waitFor();
    expect(await cards.first().textContent()).toContain("Ready");
    await type(`\n${blockOf("a")}\n`);
    await host.page.waitForFunction(() => document.querySelector(".backlog-card")?.textContent.includes("Invalid"));
    expect(await cards.first().textContent()).toContain("TODO.md");
    expect(await cards.nth(1).textContent()).toContain("Incomplete");
  });
});
