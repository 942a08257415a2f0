// Pins the moves in the menus: of a note that belongs to a backlog folder, and of the status bar.
import { findBarriers } from "./support/axe";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";
import { readNotices } from "./support/command-page";

const VAULT: Readonly<Record<string, string>> = {
  ...writeBacklogFolder("work", "infra/high: a b | todo: e+ f g+"),
  ...writeBacklogFolder("home", "docs/low: x | todo: y"),
  "work/other.md": "# Other\n",
  "plain.md": "# Plain\n",
};
const MOVES = ["Promote next batch", "Promote from group…", "Archive 2 finished tasks", "Undo last move"];

describe.each(CODEMIRRORS)("the moves in menus, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (path: string): Promise<void> => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path }] });
    await host.settled();
  };
  /** The titles of the entries of a note's menu. */
  const listEntries = async (): Promise<readonly string[]> => {
    await host.page.locator('.view-action[aria-label="More options"]').first().click();
    return host.page.locator(".menu .menu-item-title").allTextContents();
  };

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  test.each(["work/TODO.md", "work/BACKLOG.md"])("stand in the menu of %s", async (path) => {
    await open(path);
    expect(await listEntries()).toEqual(expect.arrayContaining(MOVES));
    expect(await findBarriers(host.page)).toEqual([]);
  });

  test("archival is left out where nothing is done", async () => {
    await open("home/TODO.md");
    const entries = await listEntries();
    expect(entries).toContain("Undo last move");
    expect(entries.join()).not.toContain("Archive");
  });

  test.each(["plain.md", "work/other.md"])("are not in the menu of %s", async (path) => {
    await open(path);
    expect(await listEntries()).not.toContain("Undo last move");
  });

  test("act on the folder of the note whose menu it is", async () => {
    await open("work/TODO.md");
    await listEntries();
    await host.page.getByText("Archive 2 finished tasks").click();
    await host.page.getByText("2 tasks archived in ARCHIVE.md").waitFor();
    await host.settled();
    expect(await readNotices(host)).toHaveLength(1);
    expect(await host.read("home/TODO.md")).toBe(VAULT["home/TODO.md"]);
  });

  test.each(["the note's menu", "the status bar's menu"])("each of %s does what it says", async (menu) => {
    await open("work/BACKLOG.md");
    const choose = async (entry: string): Promise<void> => {
      // A notice lies over the button of the note's menu.
      await host.page.evaluate(() => {
        for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
      });
      const opener = menu === "the note's menu" ? '.view-action[aria-label="More options"]' : ".backlog-status";
      await host.page.locator(opener).first().click();
      await host.page.locator(".menu .menu-item-title", { hasText: entry }).click();
    };
    await choose("Archive 2 finished tasks");
    await host.page.getByText("2 tasks archived in ARCHIVE.md").waitFor();
    await choose("Promote next batch");
    await host.page.getByRole("button", { name: "Promote 2 tasks" }).click();
    await host.page.getByText("2 infra tasks moved to TODO.md.").waitFor();
    await host.settled();
    expect(await host.read("work/BACKLOG.md")).not.toContain("task_begin");
    await choose("Undo last move");
    await host.page.getByText("The last move was taken back").waitFor();
    expect(await host.read("work/BACKLOG.md")).toBe(VAULT["work/BACKLOG.md"]);
    await choose("Promote from group…");
    const groups = host.page.locator(".prompt .suggestion-item");
    await groups.first().waitFor();
    expect(await groups.count()).toBe(1);
    await host.page.keyboard.press("Escape");
    expect(await host.read("home/TODO.md")).toBe(VAULT["home/TODO.md"]);
  });

  test("stand in the menu of the status bar, for the folder at hand", async () => {
    await open("work/BACKLOG.md");
    await host.page.locator(".backlog-status").click();
    expect(await host.page.locator(".menu .menu-item-title").allTextContents()).toEqual(expect.arrayContaining(MOVES));
    expect(await findBarriers(host.page)).toEqual([]);
    await host.page.getByText("Archive 2 finished tasks").click();
    await host.page.getByText("2 tasks archived in ARCHIVE.md").waitFor();
  });
});
