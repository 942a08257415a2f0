// Pins what the status bar says of the folder at hand, that it follows events and typing, and that its menu leads where it
// says. It is the one thing of the plugin that is always on the screen: a number that lags or a menu that the keyboard
// cannot reach is seen every day.
import { writeBacklogFolder } from "./support/backlog-vault";
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";

const VAULT = {
  ...writeBacklogFolder("work", "infra/high: a b! c; docs/low: d! | todo: e f+"),
  ...writeBacklogFolder("home", "docs/low: x"),
  "plain.md": "# Plain\n",
};

describe.each(CODEMIRRORS)("the status bar, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (options: Partial<HostOptions> = {}): Promise<void> => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path: "work/BACKLOG.md" }], ...options });
    await host.settled();
  };
  const bar = () => host.page.locator(".backlog-status");

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  test("counts backlog and todo note of the folder at hand, and explains itself", async () => {
    await open();
    expect(await bar().textContent()).toBe("5 open, 2 incomplete");
    const label = await bar().getAttribute("aria-label");
    expect(label).toContain("5 open, 2 incomplete in work.");
    expect(label).toContain("not done");
    expect(label).toContain("lack a required field");
  });

  test("counts the whole vault where the note at hand is in no backlog folder", async () => {
    await open({ open: [{ path: "plain.md" }] });
    expect(await bar().textContent()).toBe("6 open, 2 incomplete");
    expect(await bar().getAttribute("aria-label")).toContain("all backlog folders of the vault");
  });

  test("shows nothing in a vault without a backlog", async () => {
    await open({ vault: { "plain.md": "# Plain\n" }, open: [{ path: "plain.md" }] });
    expect(await bar().isVisible()).toBe(false);
  });

  test("follows the note at hand", async () => {
    await open();
    await host.open("home/BACKLOG.md");
    await host.settled();
    expect(await bar().textContent()).toBe("1 open, 0 incomplete");
  });

  test("counts what is typed before it is saved", async () => {
    await open({ open: [{ path: "work/TODO.md", mode: "source" }] });
    const before = await host.read("work/TODO.md");
    await host.page.evaluate(() => {
      const [view] = window.host.views();
      const text = String(view?.editor.getValue());
      const at = text.indexOf("**Status:** todo") + "**Status:** ".length;
      view?.editor.setSelection(view.editor.offsetToPos(at), view.editor.offsetToPos(at + 4));
      view?.editor.focus();
    });
    await host.page.keyboard.type("done");
    await host.page.waitForFunction(
      () => document.querySelector(".backlog-status")?.textContent === "4 open, 2 incomplete",
    );
    expect(await host.read("work/TODO.md")).toBe(before);
  });

  test("follows a note that another program writes", async () => {
    await open();
    await host.write("work/TODO.md", "# Nothing\n");
    await host.settled();
    expect(await bar().textContent()).toBe("4 open, 2 incomplete");
  });

  test("its menu opens at a click and names the next batch and the other folders", async () => {
    await open();
    await bar().click();
    const titles = await host.page.locator(".menu .menu-item-title").allTextContents();
    const moves = ["Promote next batch", "Promote from group…", "Archive 1 finished task", "Undo last move"];
    expect(titles).toEqual(["Go to next incomplete task", "Next batch: infra high, 2 tasks", ...moves, "home"]);
    expect(await findBarriers(host.page)).toEqual([]);
  });

  test("its menu opens above it, however it is opened, and the counts stay to be read", async () => {
    await open();
    const isOver = () =>
      host.page.evaluate(() => {
        const [menu, counts] = [".menu", ".backlog-status"].map((one) =>
          document.querySelector(one)?.getBoundingClientRect(),
        );
        return menu && counts ? menu.bottom <= counts.top : null;
      });
    await bar().click();
    expect(await isOver()).toBe(true);
    await host.page.keyboard.press("Escape");
    await bar().press("Enter");
    await host.page.locator(".menu").waitFor();
    expect(await isOver()).toBe(true);
  });

  test("its menu is reached and used by keyboard alone", async () => {
    await open();
    await bar().focus();
    await host.page.keyboard.press("Enter");
    await host.page.locator(".menu").waitFor();
    await host.page.keyboard.press("End");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe("home/BACKLOG.md");
  });

  test("Escape closes its menu and leaves everything as it was", async () => {
    await open();
    await bar().focus();
    await host.page.keyboard.press(" ");
    await host.page.locator(".menu").waitFor();
    await host.page.keyboard.press("Escape");
    expect(await host.page.locator(".menu").count()).toBe(0);
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe("work/BACKLOG.md");
  });

  test("the next batch leads to the group that promotion would choose", async () => {
    await open({
      vault: writeBacklogFolder("w", "infra/high: a!; docs/low: b"),
      open: [{ path: "w/BACKLOG.md", mode: "source" }],
    });
    await bar().click();
    await host.page.getByText("Next batch:").click();
    await host.settled();
    const line = await host.page.evaluate(() => {
      const [view] = window.host.views();
      return view?.editor.getLine(view.editor.getCursor().line);
    });
    expect(line).toContain("group_begin [type:docs]");
  });

  test("where promotion would refuse, the menu leads to why, and to what leads out of it", async () => {
    await open({ vault: writeBacklogFolder("w", "infra/high: a!"), open: [{ path: "w/BACKLOG.md" }] });
    await bar().click();
    await host.page.getByText("Next batch: none").click();
    await host.page.locator(".modal.backlog-promotion").waitFor();
    expect(await host.page.locator(".modal").textContent()).toContain("no plan");
    await host.page.getByRole("button", { name: "Go to next incomplete task" }).waitFor();
    await host.page.keyboard.press("Escape");
  });

  test("a vault of many folders offers a list of all of them", async () => {
    const folders = Array.from({ length: 12 }, (_, at) =>
      writeBacklogFolder(`f${String(at).padStart(2, "0")}`, "docs/low: x"),
    );
    await open({ vault: Object.assign({}, ...folders) as Record<string, string>, open: [{ path: "f00/BACKLOG.md" }] });
    await bar().click();
    await host.page.getByText("All 11 other folders…").click();
    await host.page.keyboard.type("f11");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe("f11/BACKLOG.md");
  });

  test("a setting hides it", async () => {
    await open({ settings: { statusBar: false } });
    expect(await bar().isVisible()).toBe(false);
  });
});
