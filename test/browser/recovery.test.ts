// Pins that an interrupted move is shown when the app is ready and never ended without a word: by whoever it was begun, in
// whichever folder, and as far as it can be ended for certain; and that looking for it writes nothing.
import { rm } from "node:fs/promises";
import { writeOwner } from "../../src/core/lock-owner";
import { idOf } from "../support/notation";
import { findBarriers } from "./support/axe";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";
import { activePath, choose, lineAtCursor, listFiles, modalOf, readNotes, readNotices } from "./support/command-page";

const LINE = "infra/high: a | todo: e+ f g+ | archive: z+";
const WORK = writeBacklogFolder("work", LINE);
const HOME = writeBacklogFolder("home", LINE);
const JOURNAL = "work/.backlog-cards/journal.json";
const LOCK = "work/.backlog-cards/lock";
const OWNER = writeOwner({ pid: 4711, host: "laptop", token: "abc", started: null });

describe.each(CODEMIRRORS)("recovery, over CodeMirror %s", (codemirror) => {
  let host: Host;
  let failures: readonly string[];

  const open = async (vault: Readonly<Record<string, string>>, options: Partial<HostOptions> = {}): Promise<void> => {
    host = await openHost({ codemirror, vault, open: [{ path: "work/TODO.md" }], ...options });
    failures = [];
    await host.settled();
  };
  /** Archives in a folder, and dies at the first write of a note there. */
  const interrupt = async (folder: string, note: string, extent: "none" | "whole" = "none"): Promise<void> => {
    const death = host.faults.killAt({ operation: "changing", path: `${folder}/${note}` }, 1, extent);
    await host.open(`${folder}/TODO.md`);
    await host.page.evaluate(() => void window.host.command("backlog-cards:archive-finished"));
    await death.met;
  };
  const press = async (name: string): Promise<void> => {
    await modalOf(host).getByRole("button", { name, exact: true }).click();
    await host.page.waitForFunction(() => document.querySelector(".modal.is-busy") === null);
    await host.settled();
  };
  /** Changes the block of the task e as another program does. */
  const edit = async (path: string): Promise<string> => {
    const text = (await host.read(path)).replace("Do e", "Do E");
    await host.write(path, text);
    return text;
  };
  const begin = async (note: string, extent: "none" | "whole" = "none"): Promise<void> => {
    await open({ ...WORK, "plain.md": "# Plain\n" });
    await interrupt("work", note, extent);
    await host.reopen([{ path: "work/TODO.md" }]);
    await modalOf(host).waitFor();
  };

  afterEach(async () => {
    expect(host.errors()).toEqual(failures);
    await host.close();
  });

  test("a start and an end of the app write nothing, with and without a move that was interrupted", async () => {
    await open({ ...WORK, ...HOME });
    await interrupt("work", "TODO.md");
    const before = await listFiles(host);
    const writes = host.faults.watch({ operation: "changing" });
    await host.reopen([{ path: "work/TODO.md" }]);
    await modalOf(host).waitFor();
    await host.settled();
    await press("Not now");
    await host.page.evaluate(() => window.host.unloadPlugin());
    await host.page.evaluate(() => window.host.loadPlugin());
    await modalOf(host).waitFor();
    await host.page.evaluate(() => window.host.unloadPlugin());
    expect(await modalOf(host).count()).toBe(0);
    await host.settled();
    expect(writes).toEqual([]);
    expect(await listFiles(host)).toEqual(before);
  });

  test("shows what was interrupted and finishes it when told to", async () => {
    await begin("TODO.md");
    const modal = modalOf(host);
    expect(await modal.locator(".modal-title").textContent()).toBe("Interrupted move in work");
    const said = (await modal.locator(".modal-content").textContent()) ?? "";
    expect(said).toMatch(/An archival of 2 tasks on \d{4}-\d\d-\d\d was interrupted\./);
    expect(said).toContain("It can be finished: TODO.md is still to be written.");
    expect(said).toContain("Do e");
    expect(said).toContain(`${idOf("g")} · TODO.md → ARCHIVE.md`);
    expect(await findBarriers(host.page)).toEqual([]);
    // The button that ends it has the focus.
    await host.page.keyboard.press("Enter");
    await host.page.getByText("The interrupted move is finished: 2 tasks moved to ARCHIVE.md").waitFor();
    expect(await modal.count()).toBe(0);
    expect(await host.read("work/TODO.md")).not.toContain(idOf("e"));
    expect((await host.read("work/ARCHIVE.md")).split(idOf("e"))).toHaveLength(2);
    await expect(host.read(JOURNAL)).rejects.toThrow("ENOENT");
    await host.page.getByRole("button", { name: "Open", exact: true }).click();
    await host.settled();
    expect(await activePath(host)).toBe("work/ARCHIVE.md");
    expect(await lineAtCursor(host)).not.toBe("");
  });

  test("an Enter that went down before the modal was there presses none of its buttons", async () => {
    await begin("TODO.md");
    const keys = await host.context.newCDPSession(host.page);
    const enter = { key: "Enter", code: "Enter", windowsVirtualKeyCode: 13, text: "\r" };
    await keys.send("Input.dispatchKeyEvent", { type: "char", ...enter });
    await keys.send("Input.dispatchKeyEvent", { type: "keyUp", ...enter });
    await keys.send("Input.dispatchKeyEvent", { type: "keyDown", autoRepeat: true, ...enter });
    await host.settled();
    expect(await modalOf(host).count()).toBe(1);
    await host.read(JOURNAL);
    await press("Not now");
  });

  test("what was finished can be taken back from the notice", async () => {
    await begin("TODO.md");
    await press("Finish the move");
    await host.page.getByRole("button", { name: "Undo", exact: true }).click();
    await host.page.getByText("2 tasks are in TODO.md again.").waitFor();
    expect(await readNotes(host, WORK)).toEqual(WORK);
  });

  test("a move of which nothing was written leaves only a journal, which goes when told to", async () => {
    await begin("ARCHIVE.md");
    expect(await modalOf(host).locator(".modal-content").textContent()).toContain("Nothing of it was written");
    await press("Remove the journal");
    expect(await readNotes(host, WORK)).toEqual(WORK);
    await expect(host.read(JOURNAL)).rejects.toThrow("ENOENT");
    expect(await modalOf(host).count()).toBe(0);
  });

  test("what can be ended for certain neither way is left as it is, unless the journal is removed", async () => {
    await open(WORK);
    await interrupt("work", "TODO.md");
    await edit("work/TODO.md");
    const archive = await edit("work/ARCHIVE.md");
    await host.reopen([{ path: "work/TODO.md" }]);
    const modal = modalOf(host);
    await modal.waitFor();
    expect(await modal.locator(".modal-content").textContent()).toContain(
      "neither finished nor taken back for certain",
    );
    expect(await findBarriers(host.page)).toEqual([]);
    // Enter leaves it.
    await host.page.keyboard.press("Enter");
    expect(await modal.count()).toBe(0);
    await host.read(JOURNAL);
    await choose(host, "Recover interrupted move");
    await press("Remove the journal");
    await expect(host.read(JOURNAL)).rejects.toThrow("ENOENT");
    expect(await host.read("work/ARCHIVE.md")).toBe(archive);
  });

  test("a journal that can't be read is shown as it is", async () => {
    await open({ ...WORK, [JOURNAL]: "<b>no</b> journal" });
    expect(await modalOf(host).locator("pre").textContent()).toBe("<b>no</b> journal");
    expect(await modalOf(host).textContent()).toContain("The journal can't be used: it is no JSON.");
    expect(await findBarriers(host.page)).toEqual([]);
    await press("Leave it");
    expect(await host.read(JOURNAL)).toBe("<b>no</b> journal");
  });

  test("of several folders one is shown after the other", async () => {
    await open({ ...WORK, ...HOME });
    await interrupt("work", "TODO.md");
    await host.reopen([]);
    await modalOf(host).waitFor();
    await press("Not now");
    await interrupt("home", "TODO.md");
    await host.reopen([{ path: "work/TODO.md" }]);
    await modalOf(host).waitFor();
    expect(await modalOf(host).locator(".modal-title").allTextContents()).toEqual(["Interrupted move in home"]);
    await press("Not now");
    expect(await modalOf(host).locator(".modal-title").allTextContents()).toEqual(["Interrupted move in work"]);
    await press("Finish the move");
    await host.read("home/.backlog-cards/journal.json");
    await expect(host.read(JOURNAL)).rejects.toThrow("ENOENT");
  });

  test("a program that holds the lock is waited for, then named; what it leaves is ended when told to", async () => {
    await open(WORK);
    await interrupt("work", "TODO.md");
    await host.write(LOCK, OWNER);
    await host.reopen([{ path: "work/TODO.md" }]);
    expect(await modalOf(host).count()).toBe(0);
    await modalOf(host).waitFor();
    expect(await modalOf(host).textContent()).toContain("Process 4711 on laptop holds the lock of these notes.");
    expect(await findBarriers(host.page)).toEqual([]);
    await press("Try again");
    expect(await host.read(LOCK)).toBe(OWNER);
    await press("The other program is gone");
    await expect(host.read(LOCK)).rejects.toThrow("ENOENT");
    await host.read(JOURNAL);
    await press("Finish the move");
    expect(await host.read("work/TODO.md")).not.toContain(idOf("e"));
  });

  test("a lock that a program left before it had begun is not shown at the start, but to whoever asks", async () => {
    await open(WORK);
    await host.write(LOCK, OWNER);
    await host.reopen([{ path: "work/TODO.md" }]);
    await host.page.waitForTimeout(4000);
    expect(await modalOf(host).count()).toBe(0);
    await choose(host, "Recover interrupted move");
    await modalOf(host).waitFor();
    expect(await modalOf(host).locator(".modal-title").textContent()).toBe("Locked notes in work");
    await press("The other program is gone");
    await expect(host.read(LOCK)).rejects.toThrow("ENOENT");
    expect(await modalOf(host).count()).toBe(0);
  });

  test("a note that was cut off is named, and nothing is put back before a person says so", async () => {
    await open(WORK);
    const death = host.faults.killAt({ operation: "write", path: "work/TODO.md" }, 1, "half");
    await host.page.evaluate(() => void window.host.command("backlog-cards:archive-finished"));
    await death.met;
    const half = await host.read("work/TODO.md");
    await host.reopen([{ path: "work/TODO.md" }]);
    await modalOf(host).waitFor();
    expect(await modalOf(host).textContent()).toContain("TODO.md was cut off while it was written.");
    await press("Not now");
    await choose(host, "Undo last move");
    await host.settled();
    expect(await host.read("work/TODO.md")).toBe(half);
    await choose(host, "Archive finished tasks");
    await modalOf(host).waitFor();
    expect(await host.read("work/TODO.md")).toBe(half);
    await press("Finish the move");
    expect(await host.read("work/TODO.md")).not.toContain(idOf("e"));
    expect(await host.read("work/TODO.md")).toContain(idOf("f"));
    expect(await host.read("work/ARCHIVE.md")).toContain(idOf("e"));
  });

  test("a move of the command line that ends meanwhile is not shown", async () => {
    await open(WORK);
    await interrupt("work", "TODO.md");
    await host.write(LOCK, OWNER);
    await host.reopen([{ path: "work/TODO.md" }]);
    await rm(`${host.vaultPath}/${JOURNAL}`);
    await rm(`${host.vaultPath}/${LOCK}`);
    await host.settled();
    expect(await modalOf(host).count()).toBe(0);
  });

  test("a move that goes on while the plugin is loaded anew is not shown", async () => {
    await open(WORK);
    const held = host.faults.hold({ operation: "changing", path: "work/TODO.md" });
    await host.page.evaluate(() => void window.host.command("backlog-cards:archive-finished"));
    await held.arrived();
    await host.page.evaluate(async () => {
      await window.host.unloadPlugin();
      await window.host.loadPlugin();
    });
    // It is looked for at once.
    await host.page.waitForTimeout(500);
    expect(await modalOf(host).count()).toBe(0);
    held.release();
    await host.page.waitForTimeout(500);
    await host.settled();
    expect(await modalOf(host).count()).toBe(0);
    await expect(host.read(JOURNAL)).rejects.toThrow("ENOENT");
    expect(await host.read("work/ARCHIVE.md")).toContain(idOf("e"));
  });

  test("what changes while it is shown is shown anew before anything is done", async () => {
    await begin("TODO.md");
    await edit("work/TODO.md");
    await host.settled();
    await press("Finish the move");
    expect(await modalOf(host).textContent()).toContain("This changed meanwhile.");
    await host.read(JOURNAL);
    await press("Take it back");
    await host.page.getByText("The interrupted move was taken back: 2 tasks are in TODO.md again.").waitFor();
    expect(await host.read("work/ARCHIVE.md")).toBe(WORK["work/ARCHIVE.md"]);
    expect((await host.read("work/TODO.md")).split(idOf("e"))).toHaveLength(2);
  });

  test("where the disk refuses, the modal stays and says why", async () => {
    await begin("TODO.md");
    host.faults.refuse({ operation: "changing", path: "work/TODO.md" }, "ENOSPC", Infinity);
    await press("Finish the move");
    expect(await modalOf(host).textContent()).toContain("the disk is full");
    failures = [expect.stringContaining("the disk is full")];
    host.faults.forgive();
    await press("Finish the move");
    expect(await modalOf(host).count()).toBe(0);
    expect(await host.read("work/TODO.md")).not.toContain(idOf("e"));
  });

  test("a move that is asked for while one is interrupted shows that one", async () => {
    await begin("TODO.md");
    await press("Not now");
    await choose(host, "Archive finished tasks");
    expect(await modalOf(host).locator(".modal-title").textContent()).toBe("Interrupted move in work");
  });

  test("the command says where there is nothing to recover", async () => {
    await open(WORK);
    await choose(host, "Recover interrupted move");
    expect(await readNotices(host)).toEqual(["No move was interrupted."]);
  });
});
