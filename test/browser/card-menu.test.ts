// Pins the menu of a card and the button of a band: what they offer in which note, by keyboard and mouse, in both views.
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, type Host } from "./support/harness";
import { writeGroup, writeTask } from "./support/reading-page";
import { shareHost } from "./support/shared-host";

const A = writeTask("TASK-20260101-001", "The first");
const B = writeTask("TASK-20260101-002", "The second").replace("todo", "blocked");
const C = writeTask("TASK-20260101-003", "The third");
const BACKLOG = `# Backlog\n\n${writeGroup("Infrastructure", A)}\n${writeGroup("Waiting", B)}`;
const TODO = `# Todo\n\n${C.replace("todo", "done")}\n\n---\n\n${writeTask("TASK-20260101-004", "The fourth")}\n`;
const ARCHIVE = `# Archive\n\n${writeTask("TASK-20260101-005", "The fifth").replace("todo", "done")}\n`;
const VAULT = { "BACKLOG.md": BACKLOG, "TODO.md": TODO, "ARCHIVE.md": ARCHIVE };
const STATUSES = ["Status", "Todo", "In progress", "Blocked", "Done"];
const EDIT = ["Edit source", "Copy task ID"];

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;
  const views = { live: ".cm-content", reading: ".markdown-reading-view" } as const;

  const cards = (mode: keyof typeof views) => host.page.locator(`${views[mode]} .backlog-card`);
  const entries = () => host.page.locator(".menu .menu-item");

  async function readMenu(mode: keyof typeof views, card: number): Promise<readonly string[]> {
    await cards(mode).nth(card).getByRole("button", { name: "More" }).click();
    const words = await entries().allInnerTexts();
    expect(await findBarriers(host.page, ".menu")).toEqual([]);
    await host.page.keyboard.press("Escape");
    return words;
  }

  describe.each(["live", "reading"] as const)("in %s", (mode) => {
    const begin = async (path: string) => {
      host = await shared.begin(VAULT, [{ path, mode }]);
    };

    test("a backlog's task is edited, copied and set, and promoted from a group that has a ready one", async () => {
      await begin("BACKLOG.md");
      expect(await readMenu(mode, 0)).toEqual([...EDIT, ...STATUSES, "Promote from this group…"]);
      expect(await readMenu(mode, 1)).toEqual([...EDIT, ...STATUSES]);
    });

    test("a todo note's task goes back, and a finished one to the archive", async () => {
      await begin("TODO.md");
      expect(await readMenu(mode, 0)).toEqual([
        ...EDIT,
        ...STATUSES,
        "Return task to backlog",
        "Archive finished tasks",
      ]);
      expect(await readMenu(mode, 1)).toEqual([...EDIT, ...STATUSES, "Return task to backlog"]);
    });

    test("its entries do what they say, with the task of the card", async () => {
      await begin("TODO.md");
      const choose = async (card: number, entry: string): Promise<void> => {
        await cards(mode).nth(card).getByRole("button", { name: "More" }).click();
        await entries().filter({ hasText: entry }).click();
      };
      await choose(0, "Archive finished tasks");
      await host.page.locator(".modal").getByRole("button", { name: "Archive 1 task" }).click();
      await host.page.getByText("1 task archived in ARCHIVE.md.").waitFor();
      await host.settled();
      await choose(0, "Return task to backlog");
      await host.page.getByText("Task “The fourth” returned to BACKLOG.md.").waitFor();
      await host.settled();
      expect(await host.read("ARCHIVE.md")).toContain("TASK-20260101-003");
      expect(await host.read("BACKLOG.md")).toContain("TASK-20260101-004");
      expect(await host.read("TODO.md")).not.toContain("task_begin");
      await begin("BACKLOG.md");
      await choose(0, "Promote from this group…");
      await host.page.locator(".modal").waitFor();
      expect(await host.page.locator(".modal").innerText()).toContain("The first");
      await host.page.keyboard.press("Escape");
    });

    test("an archived task is never rewritten", async () => {
      await begin("ARCHIVE.md");
      expect(await readMenu(mode, 0)).toEqual(EDIT);
    });

    test("the status is set from the menu by keyboard", async () => {
      await begin("BACKLOG.md");
      await cards(mode).first().getByRole("button", { name: "More" }).focus();
      for (const key of ["Enter", "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown", "Enter"])
        await host.page.keyboard.press(key);
      await host.page.evaluate(async () => window.host.views()[0]?.save());
      await host.settled();
      expect(await host.read("BACKLOG.md")).toBe(BACKLOG.replace(A, A.replace("todo", "in-progress")));
    });

    test("a band has a button to promote where a task of its group is ready, in the backlog alone", async () => {
      await begin("BACKLOG.md");
      const bands = host.page.locator(`${views[mode]} .backlog-band`);
      const buttons = (at: number) =>
        bands
          .nth(at)
          .locator("button")
          .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
      expect(await buttons(0)).toEqual(["Promote from this group…", "Edit source"]);
      expect(await buttons(1)).toEqual(["Edit source"]);
      expect(await findBarriers(host.page, `${views[mode]} .backlog-band`)).toEqual([]);
      await bands.first().locator("[data-control=promote]").click();
      await host.page.locator(".modal").waitFor();
      expect(await host.page.locator(".modal").innerText()).toContain("The first");
      await host.page.keyboard.press("Escape");
    });
  });
});
