// Pins "Return task to backlog": which task it is about in each view, where it is offered, and that what can't go back is said.
import { idOf } from "../support/notation";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";
import { awaitNotice, choose, lineAtCursor, listCommands, readNotes, readNotices } from "./support/command-page";

const VAULT: Readonly<Record<string, string>> = {
  ...writeBacklogFolder("work", "infra/high: a b; docs/low: d | todo: e f g"),
  "plain.md": "# Plain\n",
};
const COMMAND = "Return task to backlog";

describe.each(CODEMIRRORS)("returning a task, over CodeMirror %s", (codemirror) => {
  let host: Host;

  const open = async (path: string, mode: "live" | "source" | "reading", vault = VAULT): Promise<void> => {
    host = await openHost({ codemirror, vault, open: [{ path, mode }], height: 400 });
    await host.settled();
  };
  const putCursorAt = (text: string): Promise<void> =>
    host.page.evaluate((wanted) => {
      const [view] = window.host.views();
      view?.editor.setCursor(view.editor.offsetToPos(view.editor.getValue().indexOf(wanted)));
      view?.editor.focus();
    }, text);

  afterEach(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  test.each(["live", "source"] as const)("takes the task at the cursor in %s mode, and says so", async (mode) => {
    await open("work/TODO.md", mode);
    await putCursorAt(idOf("f"));
    await choose(host, COMMAND);
    await awaitNotice(host, "Task “Do f” returned to BACKLOG.md");
    expect(await readNotices(host)).toHaveLength(1);
    expect(await host.read("work/TODO.md")).not.toContain(idOf("f"));
    expect((await host.read("work/BACKLOG.md")).split(idOf("f"))).toHaveLength(2);
    await host.page.getByRole("button", { name: "Open", exact: true }).click();
    await host.settled();
    expect(await lineAtCursor(host)).toContain(idOf("f"));
    await host.page.getByRole("button", { name: "Undo", exact: true }).waitFor({ state: "detached" });
  });

  test("takes the task that reading view was sent to", async () => {
    await open("work/TODO.md", "reading");
    await choose(host, "Go to next task");
    await choose(host, "Go to next task");
    await choose(host, COMMAND);
    await awaitNotice(host, "Task “Do f” returned to BACKLOG.md");
    expect(await readNotices(host)).toHaveLength(1);
  });

  test("is offered at a task of a todo note alone", async () => {
    await open("work/TODO.md", "source");
    await putCursorAt("# ");
    expect(await listCommands(host)).not.toContain(COMMAND);
    await putCursorAt(idOf("e"));
    expect(await listCommands(host)).toContain(COMMAND);
    await host.open("work/BACKLOG.md", { mode: "source" });
    await putCursorAt(idOf("a"));
    expect(await listCommands(host)).not.toContain(COMMAND);
    await host.open("plain.md", { mode: "source" });
    expect(await listCommands(host)).not.toContain(COMMAND);
  });

  test("takes what is typed with it", async () => {
    await open("work/TODO.md", "source");
    await putCursorAt("Do f");
    await host.page.keyboard.type("Now ");
    await choose(host, COMMAND);
    await awaitNotice(host, "Task “Now Do f” returned to BACKLOG.md");
    expect(await host.read("work/BACKLOG.md")).toContain("Now Do f");
    expect(await host.read("work/TODO.md")).not.toContain("Do f");
  });

  test("a task without an id stays, and a notice says what to do", async () => {
    const todo = String(VAULT["work/TODO.md"]).replace(`[id:${idOf("f")}]`, "");
    await open("work/TODO.md", "source", { ...VAULT, "work/TODO.md": todo });
    await putCursorAt("Do f");
    await choose(host, COMMAND);
    await awaitNotice(host, "Give its header a tag [id:…].");
    expect(await host.read("work/TODO.md")).toBe(todo);
  });

  test("a task that the backlog holds too stays, and the notice names both places", async () => {
    const vault = { ...VAULT, ...writeBacklogFolder("work", "infra/high: a b f | todo: e f g") };
    await open("work/TODO.md", "source", vault);
    await putCursorAt(idOf("f"));
    await choose(host, COMMAND);
    await awaitNotice(host, "is used in");
    expect((await readNotices(host)).join()).toMatch(/is used in TODO\.md line \d+, BACKLOG\.md line \d+/);
    expect(await readNotes(host, vault)).toEqual(vault);
  });
});
