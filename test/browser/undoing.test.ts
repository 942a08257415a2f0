// Pins that the last move is taken back, and that alone: from the palette whichever it is, from a notice the one that it tells
// of; in words where it can't be, and not twice for one press.
import { idOf } from "../support/notation";
import { findBarriers } from "./support/axe";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";
import { activePath, awaitNotice, choose, modalOf, readNotes, readNotices } from "./support/command-page";

const VAULT = writeBacklogFolder("work", "infra/high: a b | todo: e+ f | archive: z+");

describe.each(CODEMIRRORS)("undoing, over CodeMirror %s", (codemirror) => {
  let host: Host;
  let failures: readonly string[];

  const open = async (options: Partial<HostOptions> = {}): Promise<void> => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path: "work/TODO.md", mode: "source" }], ...options });
    failures = [];
    await host.settled();
  };
  const button = (name: string) => host.page.getByRole("button", { name, exact: true });
  const putCursorAt = async (name: string): Promise<void> => {
    await host.page.evaluate((id) => {
      const [view] = window.host.views();
      const text = String(view?.editor.getValue());
      view?.editor.setCursor(view.editor.offsetToPos(text.indexOf(id)));
      view?.editor.focus();
    }, idOf(name));
  };
  const execute = (id: string, times = 1): Promise<void> =>
    host.page.evaluate(
      ([command, count]) => {
        const { commands } = window.host.app as unknown as { commands: { executeCommandById(id: string): boolean } };
        for (let press = 0; press < count; press++) commands.executeCommandById(command);
      },
      [`backlog-cards:${id}`, times] as const,
    );
  /** The pause in which the same press of a key counts as one. */
  const pause = (): Promise<void> => host.page.waitForTimeout(500);

  afterEach(async () => {
    expect(host.errors()).toEqual(failures);
    await host.close();
  });

  test("takes moves back one after the other, to the byte, and says where the tasks are", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    await putCursorAt("f");
    await choose(host, "Return task to backlog");
    await awaitNotice(host, "Task “Do f” returned to BACKLOG.md");
    await pause();
    await choose(host, "Undo last move");
    await awaitNotice(host, "The last move was taken back: “Do f” is in TODO.md again.");
    await pause();
    await choose(host, "Undo last move");
    await awaitNotice(host, "The last move was taken back: “Do e” is in TODO.md again.");
    expect(await readNotes(host, VAULT)).toEqual(VAULT);
    await pause();
    await choose(host, "Undo last move");
    await awaitNotice(host, "No move is left here that could be taken back.");
  });

  test("pressed three times at once takes back one move", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    const archived = await readNotes(host, VAULT);
    await putCursorAt("f");
    await choose(host, "Return task to backlog");
    await awaitNotice(host, "Task “Do f” returned to BACKLOG.md");
    await pause();
    await execute("undo-move", 3);
    await host.page.getByText("The last move was taken back").waitFor();
    await host.settled();
    expect(await readNotes(host, VAULT)).toEqual(archived);
  });

  test("a notice that offers Undo goes where another move was made since, and the new one takes back its own", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    await putCursorAt("f");
    await choose(host, "Return task to backlog");
    await awaitNotice(host, "Task “Do f” returned to BACKLOG.md");
    expect(await button("Undo").count()).toBe(1);
    await button("Undo").click();
    await host.page.getByText("“Do f” is in TODO.md again").waitFor();
    expect(await host.read("work/ARCHIVE.md")).toContain(idOf("e"));
    expect(await button("Undo").count()).toBe(0);
  });

  test("a notice's Undo refuses where another program made a move since", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    expect((await host.runCommandLine("promote", "work")).exit).toBe(0);
    await host.settled();
    const moved = await readNotes(host, VAULT);
    await button("Undo").click();
    await host.page.getByText("Another move was made since: take that back first.").waitFor();
    expect(await readNotes(host, VAULT)).toEqual(moved);
  });

  test("a notice's buttons are reached by keyboard, and have no barrier; it stays while the focus is there", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    expect(await findBarriers(host.page, ".notice-container")).toEqual([]);
    await host.page.clock.install();
    await button("Undo").focus();
    await host.page.clock.runFor(60_000);
    expect(await button("Undo").count()).toBe(1);
    await host.page.clock.resume();
    await host.page.keyboard.press("Tab");
    expect(await host.page.evaluate(() => document.activeElement?.textContent)).toBe("Open");
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await activePath(host)).toBe("work/ARCHIVE.md");
    expect(await readNotices(host)).toEqual([]);
  });

  test("a task that was changed since is named, and nothing is written", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    await host.write("work/ARCHIVE.md", (await host.read("work/ARCHIVE.md")).replace("Do e", "Do E"));
    const edited = await readNotes(host, VAULT);
    await host.settled();
    await button("Undo").click();
    await host.settled();
    await awaitNotice(host, `${idOf("e")} in ARCHIVE.md was changed`);
    await awaitNotice(host, "“Return task to backlog”");
    expect(await readNotes(host, VAULT)).toEqual(edited);
  });

  test("works after the app was closed and opened again", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    await host.reopen([{ path: "work/BACKLOG.md" }]);
    await host.settled();
    await choose(host, "Undo last move");
    await awaitNotice(host, "The last move was taken back");
    expect(await readNotes(host, VAULT)).toEqual(VAULT);
  });

  test("where the disk refuses, one notice says so and nothing is taken back by half", async () => {
    await open();
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "1 task archived in ARCHIVE.md");
    const archived = await readNotes(host, VAULT);
    host.faults.refuse({ operation: "changing", path: "work/ARCHIVE.md" }, "EACCES", Infinity);
    await pause();
    await choose(host, "Undo last move");
    await awaitNotice(host, "Nothing was taken back.");
    expect(await readNotes(host, VAULT)).toEqual(archived);
    failures = [expect.stringContaining("permission denied")];
  });

  test("a plugin that is unloaded in the middle of a move ends it, and shows nothing any more", async () => {
    await open();
    const held = host.faults.hold({ operation: "changing", path: "work/TODO.md" });
    await execute("archive-finished");
    await held.arrived();
    await host.page.evaluate(() => window.host.unloadPlugin());
    held.release();
    await host.settled();
    expect(await host.read("work/ARCHIVE.md")).toContain(idOf("e"));
    expect(await host.read("work/TODO.md")).not.toContain(idOf("e"));
    await expect(host.read("work/.backlog-cards/journal.json")).rejects.toThrow("ENOENT");
    expect(await readNotices(host)).toEqual([]);
    expect(await modalOf(host).count()).toBe(0);
  });
});
