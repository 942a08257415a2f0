// Pins "Archive finished tasks" with real keys and mouse: at once where all is ticked, else after a look at what is not; that
// what was shown is what moves; and that one press is one move, of which the notice says where it went and takes it back.
import { writeBacklogFolder } from "./support/backlog-vault";
import { findBarriers } from "./support/axe";
import { activePath, awaitNotice, choose, lineAtCursor, modalOf, readNotes, readNotices } from "./support/command-page";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";
import { idOf } from "../support/notation";

const DONE = writeBacklogFolder("work", "infra/high: a | todo: e+ f g+ | archive: z+");
const OTHER = writeBacklogFolder("home", "docs/low: x | todo: y+");
const untick = (text: string, name: string): string => text.replace(`- [x] ${name} is done`, `- [ ] ${name} is done`);
const DOUBTFUL: Readonly<Record<string, string>> = { ...DONE, "work/TODO.md": untick(DONE["work/TODO.md"] ?? "", "e") };

describe.each(CODEMIRRORS)("archiving, over CodeMirror %s", (codemirror) => {
  let host: Host;
  let writes: readonly string[];
  let failures: readonly string[];

  const open = async (vault: Readonly<Record<string, string>>, options: Partial<HostOptions> = {}): Promise<void> => {
    host = await openHost({ codemirror, vault, open: [{ path: "work/TODO.md" }], ...options });
    await host.settled();
    failures = [];
    writes = host.faults.watch({ operation: "changing" });
  };

  afterEach(async () => {
    expect(host.errors()).toEqual(failures);
    await host.close();
  });

  test("moves what is done at once where every criterion is ticked, and says so", async () => {
    await open({ ...DONE, ...OTHER });
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "2 tasks archived in ARCHIVE.md");
    expect(await readNotices(host)).toHaveLength(1);
    const archive = await host.read("work/ARCHIVE.md");
    for (const name of ["e", "g"]) {
      expect(archive.split(idOf(name))).toHaveLength(2);
      expect(await host.read("work/TODO.md")).not.toContain(idOf(name));
    }
    expect(await host.read("home/TODO.md")).toBe(OTHER["home/TODO.md"]);
    expect(await findBarriers(host.page)).toEqual([]);
  });

  test("the notice's Undo takes it back to the byte, and its Open shows the first task in the archive", async () => {
    await open(DONE);
    await choose(host, "Archive finished tasks");
    await host.page.getByRole("button", { name: "Open", exact: true }).click();
    await host.settled();
    expect(await activePath(host)).toBe("work/ARCHIVE.md");
    expect(await lineAtCursor(host)).toContain(idOf("e"));
    await host.command("backlog-cards:undo-move");
    await host.page.getByText("The last move was taken back").waitFor();
    expect(await readNotes(host, DONE)).toEqual(DONE);
  });

  test("Undo in the notice works by mouse and leaves the focus in the editor", async () => {
    await open(DONE, { open: [{ path: "work/TODO.md", mode: "source" }] });
    await host.page.evaluate(() => window.host.views()[0]?.editor.focus());
    await choose(host, "Archive finished tasks");
    await host.page.getByRole("button", { name: "Undo" }).click();
    await host.page.getByText("The last move was taken back: 2 tasks are in TODO.md again.").waitFor();
    expect(await readNotes(host, DONE)).toEqual(DONE);
    expect(await host.page.evaluate(() => document.activeElement?.className)).toContain("cm-content");
  });

  describe("where criteria are not ticked", () => {
    test("shows them first; Enter archives, and nothing is written before", async () => {
      await open(DOUBTFUL);
      await choose(host, "Archive finished tasks");
      const modal = modalOf(host);
      expect(await modal.textContent()).toContain("2 tasks go from TODO.md to ARCHIVE.md. One of them has criteria");
      expect(await modal.locator(".backlog-modal-criteria li").allTextContents()).toEqual(["e is done"]);
      expect(await findBarriers(host.page)).toEqual([]);
      expect(writes).toEqual([]);
      await host.page.keyboard.press("Enter");
      await host.page.getByText("2 tasks archived in ARCHIVE.md").waitFor();
      expect(await host.read("work/ARCHIVE.md")).toContain(idOf("e"));
      expect(await modalOf(host).count()).toBe(0);
    });

    test("the Enter that chose the command and is still held archives nothing", async () => {
      await open(DOUBTFUL);
      await host.page.keyboard.press("Control+p");
      await host.page.keyboard.type("Archive finished tasks");
      await host.page.keyboard.down("Enter");
      await modalOf(host).waitFor();
      for (let times = 0; times < 5; times++) await host.page.keyboard.down("Enter");
      await host.page.keyboard.up("Enter");
      await host.settled();
      expect(await modalOf(host).count()).toBe(1);
      expect(writes).toEqual([]);
      await host.page.keyboard.press("Escape");
    });

    test("Escape leaves everything as it is", async () => {
      await open(DOUBTFUL);
      await choose(host, "Archive finished tasks");
      await host.page.keyboard.press("Escape");
      await host.settled();
      expect(await modalOf(host).count()).toBe(0);
      expect(await readNotes(host, DOUBTFUL)).toEqual(DOUBTFUL);
      expect(writes).toEqual([]);
    });

    test("a task's title leads to it", async () => {
      await open(DOUBTFUL, { open: [{ path: "work/TODO.md", mode: "source" }] });
      await choose(host, "Archive finished tasks");
      await host.page.getByRole("button", { name: "Show Do e in the note" }).click();
      await host.settled();
      expect(await lineAtCursor(host)).toContain(idOf("e"));
    });

    test("what changes while it is shown is shown anew, and not archived unseen", async () => {
      await open(DOUBTFUL);
      await choose(host, "Archive finished tasks");
      await host.write("work/TODO.md", untick(DOUBTFUL["work/TODO.md"] ?? "", "g"));
      await host.settled();
      await host.page.keyboard.press("Enter");
      await host.page.getByText("The notes changed meanwhile, and nothing was archived.").waitFor();
      expect(await modalOf(host).locator(".backlog-modal-criteria li").allTextContents()).toEqual([
        "e is done",
        "g is done",
      ]);
      expect(await host.read("work/ARCHIVE.md")).toBe(DOUBTFUL["work/ARCHIVE.md"]);
      await host.page.keyboard.press("Enter");
      await host.page.getByText("2 tasks archived in ARCHIVE.md").waitFor();
    });

    test("the modal goes when the plugin is unloaded, and nothing is written", async () => {
      await open(DOUBTFUL);
      await choose(host, "Archive finished tasks");
      await host.page.evaluate(() => window.host.unloadPlugin());
      expect(await modalOf(host).count()).toBe(0);
      expect(await readNotes(host, DOUBTFUL)).toEqual(DOUBTFUL);
    });
  });

  test("where nothing is done a notice says so, and nothing is written", async () => {
    await open(writeBacklogFolder("work", "infra/high: a | todo: f"));
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "No task in TODO.md is done.");
    expect(writes).toEqual([]);
  });

  test("a command pressed twice at once is one move", async () => {
    await open(DONE);
    await host.page.evaluate(() => {
      const { commands } = window.host.app as unknown as { commands: { executeCommandById(id: string): boolean } };
      for (let press = 0; press < 3; press++) commands.executeCommandById("backlog-cards:archive-finished");
    });
    await host.page.getByText("2 tasks archived").waitFor();
    await host.settled();
    expect(await readNotices(host)).toEqual(["2 tasks archived in ARCHIVE.md."]);
  });

  test("a lock that can't be removed afterwards changes nothing of what is said", async () => {
    await open(DONE);
    host.faults.refuse({ operation: "remove", path: /app-lock/ }, "EACCES", Infinity);
    await choose(host, "Archive finished tasks");
    await awaitNotice(host, "2 tasks archived in ARCHIVE.md");
    expect(await readNotices(host)).toHaveLength(1);
    host.faults.forgive();
    await host.page.getByRole("button", { name: "Undo", exact: true }).click();
    await awaitNotice(host, "The last move was taken back");
    expect(await readNotes(host, DONE)).toEqual(DONE);
  });

  test("where the disk refuses, one notice says why and that nothing was archived", async () => {
    await open(DONE);
    host.faults.refuse({ operation: "changing", path: "work/ARCHIVE.md" }, "ENOSPC", Infinity);
    await choose(host, "Archive finished tasks");
    await host.page.getByText("Nothing was archived.").waitFor();
    expect(await readNotices(host)).toHaveLength(1);
    expect(await readNotes(host, DONE)).toEqual(DONE);
    // Told to the console too, once.
    failures = [expect.stringContaining("the disk is full")];
  });
});
