// Pins what the controls of a card in the editor do beyond the editor: copy its id, lead to another task wherever in the
// folder that stands, open a link, and the menu. A control that leads nowhere has to say so, and none may create a note.
import { idOf } from "../support/notation";
import { writeBacklogFolder } from "./support/backlog-vault";
import { takeClipboard } from "./support/clipboard";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";

const BACKLOG = "work/BACKLOG.md";
const texts = writeBacklogFolder("work", "infra/high: a b | todo: c");
const named = [idOf("b"), idOf("c").toLowerCase(), "TASK-20260204-LOST", idOf("o")].join(", ");
const links =
  "`docs/guide.md`, [the plan](other.md), [a wish](wish.md), [[Nowhere]], `src/lost.py`, https://example.org/x";
const VAULT = {
  ...texts,
  [BACKLOG]: String(texts[BACKLOG])
    .replace("**Status:** todo  ", `**Status:** todo  \n**Dependencies:** ${named}  `)
    .replace("`docs/guide.md`", links),
  "work/docs/guide.md": "# Guide\n",
  "work/other.md": String(writeBacklogFolder("x", "docs/low: o")["x/BACKLOG.md"]),
};

describe.each(CODEMIRRORS)("the controls of a card, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeEach(async () => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path: BACKLOG }] });
    await host.settled();
  });

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    for (const [path, text] of Object.entries(VAULT)) expect(await host.read(path)).toBe(text);
    await host.close();
  });

  const card = () => host.page.locator(".backlog-card:visible").first();
  const notice = () => host.page.locator(".notice").last().textContent();
  const press = async (control: string, task?: string): Promise<void> => {
    const which = task === undefined ? "" : `[data-task="${task}"]`;
    await card().locator(`[data-control="${control}"]${which}`).first().click();
    await host.settled();
  };
  const place = () =>
    host.page.evaluate(() => {
      const file = window.host.app.workspace.getActiveFile();
      const view = window.host.views().find((one) => one.file === file);
      const id = /\[id:([^\]]+)\]/.exec(view?.editor.getLine(view.editor.getCursor().line) ?? "")?.[1];
      return `${file?.path ?? ""} ${id ?? ""}`.trim();
    });

  test("a click on the id copies it, and a notice says so", async () => {
    const readWritten = await takeClipboard(host.page);
    await press("id");
    expect(await notice()).toBe(`Copied ${idOf("a")}.`);
    expect(await readWritten()).toBe(idOf("a"));
  });

  test.each([
    ["the note itself", idOf("b"), BACKLOG],
    ["the todo note, its letters' case aside", idOf("c").toLowerCase(), "work/TODO.md"],
    ["another note of the folder", idOf("o"), "work/other.md"],
  ])("a dependency leads to its task in %s", async (_where, id, path) => {
    await press("task", id);
    expect(await place()).toBe(`${path} ${id.toUpperCase()}`);
  });

  test("a dependency that no note holds says so", async () => {
    await press("task", "TASK-20260204-LOST");
    expect(await notice()).toContain("No note of work holds TASK-20260204-LOST.");
    expect(await place()).toContain(BACKLOG);
  });

  test("a path leads to its note, counted from the backlog folder; what leads nowhere says so and creates nothing", async () => {
    await press("details");
    const list = () => host.page.evaluate(() => window.host.app.vault.getFiles().map(({ path }) => path));
    const before = await list();
    for (const [words, name] of [
      ["lost.py", "src/lost.py"],
      ["a wish", "wish.md"],
      ["Nowhere", "Nowhere"],
    ] as const) {
      await card().locator('[data-control="link"]', { hasText: words }).click();
      expect(await notice()).toContain(`The vault holds no file “${name}”.`);
    }
    await host.settled();
    expect([await list(), await place()]).toEqual([before, BACKLOG]);
    await card().locator('[data-control="link"]', { hasText: "guide.md" }).click();
    await host.settled();
    expect(await place()).toBe("work/docs/guide.md");
  });

  test("an address opens outside of the app", async () => {
    await host.page.evaluate(() => {
      window.open = (address) => {
        document.body.setAttribute("data-opened", String(address));
        return null;
      };
    });
    await press("details");
    await card().locator('[data-control="link"]', { hasText: "example.org" }).click();
    expect(await host.page.evaluate(() => document.body.dataset["opened"])).toBe("https://example.org/x");
  });

  test("its menu copies the id and shows the source, by mouse and by keyboard", async () => {
    await press("more");
    const titles = await host.page.locator(".menu-item-title").allTextContents();
    expect(titles.slice(0, 2)).toEqual(["Edit source", "Copy task ID"]);
    await host.page.getByText("Copy task ID").click();
    expect(await notice()).toBe(`Copied ${idOf("a")}.`);
    await host.page.mouse.move(5, 5);
    await card().locator('[data-control="more"]').focus();
    await host.page.keyboard.press("Enter");
    await host.page.locator(".menu").waitFor();
    await host.page.keyboard.press("ArrowDown");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await place()).toBe(`${BACKLOG} ${idOf("a")}`);
  });
});
