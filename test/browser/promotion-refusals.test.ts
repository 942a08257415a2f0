// Pins that no refusal of a promotion is a dead end: each is shown with a button, and the button leads out. And the list of
// groups, from which one may choose what the rules would not.
import { existsSync } from "node:fs";
import { rm, writeFile } from "node:fs/promises";
import { writeOwner } from "../../src/core/lock-owner";
import { idOf } from "../support/notation";
import { findBarriers } from "./support/axe";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";

const BACKLOG = "work/BACKLOG.md";
const TODO = "work/TODO.md";

describe.each(CODEMIRRORS)("a promotion that is refused, over CodeMirror %s", (codemirror) => {
  let host: Host;
  /** How many errors the console is told of, because a person was. */
  let said = 0;

  beforeEach(() => {
    said = 0;
  });

  const open = async (line: string, options: Partial<HostOptions> = {}): Promise<void> => {
    const vault = writeBacklogFolder("work", line);
    host = await openHost({ codemirror, vault, open: [{ path: BACKLOG, mode: "source" }], ...options });
    await host.settled();
  };
  const modal = () => host.page.locator(".modal.backlog-promotion");
  const text = async (): Promise<string> => (await modal().innerText()).replace(/\s+/g, " ");
  const preview = async (id = "promote-next"): Promise<void> => {
    await host.command(`backlog-cards:${id}`);
    await modal().waitFor();
  };
  const gone = () => modal().waitFor({ state: "detached" });
  const button = (name: string) => modal().getByRole("button", { name });
  const holds = async (note: string, ...names: readonly string[]): Promise<readonly boolean[]> => {
    const found = await host.read(note);
    return names.map((name) => found.includes(`[id:${idOf(name)}]`));
  };
  /** The note at hand, and the line of its cursor. */
  const place = () =>
    host.page.evaluate(() => {
      const { workspace } = window.host.app;
      const view = window.host.views().find(({ file }) => file?.path === workspace.getActiveFile()?.path);
      return `${String(view?.file?.path)}: ${view?.editor.getLine(view.editor.getCursor().line) ?? ""}`;
    });
  const noBarrier = async () => expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
  const change = async (note: string, from: string, to: string): Promise<void> => {
    await host.write(note, (await host.read(note)).replace(from, to));
    await host.settled();
  };

  afterEach(async () => {
    expect(host.errors().slice(said)).toEqual([]);
    await host.close();
  });

  test("nothing promotable: leads to the next incomplete task, by Enter on the button that has the focus", async () => {
    await open("infra/high: a? b!; docs/low: c!");
    await preview();
    expect(await text()).toContain("No task can be promoted. Complete one of them first.");
    expect(await text()).toContain("Do a TASK-20260204-A · its status is blocked");
    await noBarrier();
    await host.page.keyboard.press("Enter");
    await gone();
    await host.settled();
    expect(await place()).toContain(idOf("b"));
  });

  test("no group holds a task: leads to the backlog", async () => {
    await open("infra/high:");
    await preview();
    expect(await text()).toContain("No group holds a task. Add tasks to a group first.");
    await noBarrier();
    await button("Open BACKLOG.md").click();
    await gone();
    await host.settled();
    expect(await place()).toContain(BACKLOG);
  });

  test("a full batch: shows what fills it, and leads there", async () => {
    await open("infra/high: a | todo: g h i j k");
    await preview();
    expect(await text()).toContain("TODO.md holds 5 open tasks and the limit is 5 (default)");
    await noBarrier();
    await button("Do h").click();
    await gone();
    await host.settled();
    expect(await place()).toContain(idOf("h"));
  });

  test("open tasks of two types: one is returned, and the promotion is there", async () => {
    await open("infra/high: a | todo: g h@docs");
    await preview();
    expect(await text()).toContain("TODO.md holds open tasks of 2 types (infra, docs)");
    expect(await text()).toContain("TASK-20260204-H · docs");
    await noBarrier();
    await button("Return “Do h”").click();
    await button("Promote 1 task").waitFor();
    expect(await holds(TODO, "g", "h")).toEqual([true, false]);
    await host.page.keyboard.press("Enter");
    await gone();
    expect(await holds(TODO, "a")).toEqual([true]);
  });

  test("no task of the type in progress: leads to the todo note", async () => {
    await open("docs/low: a; infra/high: b! | todo: g");
    await preview();
    expect(await text()).toContain("no group has a promotable infra task: finish and archive the batch first.");
    await noBarrier();
    await button("Go to the first incomplete infra task").click();
    await gone();
    await host.settled();
    expect(await place()).toContain(idOf("b"));
    // The pause in which the same press of a key counts as one.
    await host.page.waitForTimeout(500);
    await preview();
    await button("Open TODO.md").click();
    await gone();
    await host.settled();
    expect(await place()).toContain(TODO);
  });

  test("no task of the type in progress: leads to no incomplete task of another type", async () => {
    await open("docs/low: a c! | todo: g");
    await preview();
    expect(await text()).toContain("no group has a promotable infra task");
    expect(await modal().locator('[data-control="way"]').allInnerTexts()).toEqual(["Open TODO.md"]);
  });

  test.each([
    ["with the preview", {}],
    ["without a preview", { settings: { previewPromotion: false } }],
  ])("a program that holds the lock: %s, leads to who it is, and to what removes its lock", async (how, options) => {
    await open("infra/high: a | todo: g", options);
    const lock = "work/.backlog-cards/lock";
    await host.write(lock, writeOwner({ pid: 4711, host: "laptop", token: "abc", started: null }));
    if (how === "with the preview") {
      await preview();
      await host.page.keyboard.press("Enter");
    } else await host.page.evaluate(() => void window.host.command("backlog-cards:promote-next"));
    await button("Recover interrupted move").waitFor();
    expect(await text()).toContain("Process 4711 on laptop is moving tasks here: try again when it is done.");
    expect(await text()).not.toContain(".backlog-cards");
    expect(await button("Promote 1 task").count()).toBe(0);
    await noBarrier();
    await button("Recover interrupted move").click();
    await host.page.getByRole("button", { name: "The other program is gone" }).click();
    await host.page.getByText("The lock is removed.").waitFor();
    await host.settled();
    await expect(host.read(lock)).rejects.toThrow("ENOENT");
    await host.page.evaluate(() => void window.host.command("backlog-cards:promote-next"));
    if (how === "with the preview") await button("Promote 1 task").click();
    await host.page.getByText("1 infra task moved to TODO.md.").waitFor();
    expect(await holds(TODO, "a")).toEqual([true]);
  });

  test("a program that lets go of the lock meanwhile: Try again shows what would move", async () => {
    await open("infra/high: a | todo: g");
    const lock = "work/.backlog-cards/lock";
    await host.write(lock, writeOwner({ pid: 4711, host: "laptop", token: "abc", started: null }));
    await preview();
    await host.page.keyboard.press("Enter");
    await button("Try again").waitFor();
    await rm(`${host.vaultPath}/${lock}`);
    await button("Try again").click();
    await button("Promote 1 task").click();
    await gone();
    expect(await holds(TODO, "a")).toEqual([true]);
  });

  test("finished tasks whose archival is refused: leads to both places of the id", async () => {
    await open("infra/high: a | todo: g@docs+ | archive: g");
    await preview();
    expect(await text()).toContain(`already holds ${idOf("g")}`);
    await noBarrier();
    await button("Open ARCHIVE.md, line").click();
    await gone();
    await host.settled();
    expect(await place()).toContain("work/ARCHIVE.md");
  });

  test("a damaged group: says where, shows the fix, fixes it and goes on", async () => {
    await open("infra/high: a b^ | todo: g");
    await preview();
    expect(await text()).toContain(`${idOf("b")} (line 22) has no ## task_end: close it first.`);
    expect(await modal().locator("ins").allInnerTexts()).toEqual([expect.stringContaining("## task_end")]);
    await noBarrier();
    const damaged = await host.read(BACKLOG);
    await button("Fix BACKLOG.md").click();
    await button("Promote 2 tasks").waitFor();
    expect(await text()).toContain("BACKLOG.md is mended.");
    await host.page.keyboard.press("Escape");
    await gone();
    // It is an edit of the note, which the note takes back.
    await host.page.evaluate(() => window.host.views()[0]?.editor.focus());
    await host.page.keyboard.press("Control+z");
    await host.page.evaluate(() => window.host.views()[0]?.save());
    expect(await host.read(BACKLOG)).toBe(damaged);
    await host.page.waitForTimeout(500);
    await preview();
    await button("Fix BACKLOG.md").click();
    await button("Promote 2 tasks").waitFor();
    await host.page.keyboard.press("Enter");
    await gone();
    expect(await holds(TODO, "a", "b")).toEqual([true, true]);
  });

  test("a damaged todo note: leads to the line", async () => {
    await open("infra/high: a | todo: g^");
    await preview();
    expect(await text()).toContain("TODO.md takes nothing at its end");
    await noBarrier();
    await button("Open TODO.md").click();
    await gone();
    await host.settled();
    expect(await place()).toContain(TODO);
  });

  test("a damage that nothing fixes by itself: leads to the line and follows what is mended meanwhile", async () => {
    await open("infra/high: a | todo: g");
    await change(TODO, "## task_end", "## task_end\n\n```\nopen");
    await preview();
    expect(await text()).toContain("never closes");
    expect(await button("Fix").count()).toBe(0);
    await change(TODO, "```\nopen", "```\nopen\n```");
    await button("Promote 1 task").waitFor();
    await host.page.keyboard.press("Escape");
    await gone();
  });

  test("a note that is not UTF-8 can be opened", async () => {
    await open("infra/high: a | todo: g");
    await writeFile(`${host.vaultPath}/${TODO}`, Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x0a]));
    await host.settled();
    await preview();
    expect(await text()).toContain("TODO.md is not valid UTF-8");
    await button("Open TODO.md").click();
    await gone();
  });

  test("an interrupted move: leads to what ends it", async () => {
    await open("infra/high: a | todo: g");
    await host.write("work/.backlog-cards/journal.json", "{}");
    await preview();
    await noBarrier();
    await button("Recover").click();
    await gone();
    await host.page.locator(".modal").waitFor();
    await host.page.keyboard.press("Escape");
  });

  test("a backlog that is gone: leads to a new one", async () => {
    await open("infra/high: a");
    await preview();
    await rm(`${host.vaultPath}/${BACKLOG}`);
    await button("Start a backlog here").waitFor();
    await noBarrier();
    await button("Start a backlog here").click();
    await gone();
    await host.page.waitForFunction(() => window.host.app.workspace.getActiveFile()?.path === "work/BACKLOG.md");
  });

  test("what is refused only while it is shown: the Enter that was meant to promote does nothing, and Escape leaves", async () => {
    await open("infra/high: a");
    await preview();
    await rm(`${host.vaultPath}/${BACKLOG}`);
    await button("Start a backlog here").waitFor();
    await host.page.keyboard.press("Enter");
    await host.settled();
    expect(await button("Start a backlog here").count()).toBe(1);
    await host.page.keyboard.press("Escape");
    await gone();
    expect(existsSync(`${host.vaultPath}/${BACKLOG}`)).toBe(false);
  });

  test("a disk that refuses: says so, keeps what is typed, and another try moves", async () => {
    await open("infra/high: a | todo: g");
    await preview();
    await host.page.keyboard.type("A goal");
    const before = await host.read(TODO);
    host.faults.refuse({ operation: "changing", path: TODO }, "ENOSPC");
    await host.page.keyboard.press("Enter");
    await modal().locator('[role="alert"]:not(:empty)').waitFor();
    expect(await modal().locator('[role="alert"]').innerText()).toContain(TODO);
    await noBarrier();
    expect(await modal().locator('[data-control="goal"]').inputValue()).toBe("A goal");
    expect(await host.read(TODO)).toBe(before);
    said = host.errors().length;
    expect(said).toBe(1);
    await host.page.keyboard.press("Enter");
    await gone();
    expect(await host.read(TODO)).toContain("**Batch Goal:** A goal");
  });

  test("a group is chosen from a list, those with nothing to promote last, and found by its words", async () => {
    await open("infra/high: a! b; docs/low: c d e!; ops/medium: ; qa/low: f?");
    await host.command("backlog-cards:promote-group");
    const choices = host.page.locator(".prompt .suggestion-item");
    await choices.first().waitFor();
    const words = (await choices.allInnerTexts()).map((choice) => choice.replace(/\s+/g, " ").trim());
    expect(words).toEqual([
      "infra high infra/high 1 ready of 2",
      "docs low docs/low 2 ready of 3",
      "ops medium ops/medium empty",
      "qa low qa/low 0 ready of 1",
    ]);
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
    await host.page.keyboard.type("docs");
    await host.page.keyboard.press("Enter");
    await modal().waitFor();
    expect(await text()).toContain("Promote from group");
    expect(await text()).toContain("The group that you chose.");
    await host.page.keyboard.press("Enter");
    await gone();
    expect(await holds(TODO, "c", "d", "b")).toEqual([true, true, false]);
  });

  test("a group without anything to promote says why, and leads to another", async () => {
    await open("infra/high: a; docs/low: c!");
    await host.command("backlog-cards:promote-group");
    await host.page.locator(".prompt .suggestion-item").first().waitFor();
    await host.page.keyboard.type("docs");
    await host.page.keyboard.press("Enter");
    await modal().waitFor();
    expect(await text()).toContain("No task of this group can be promoted. Complete one of them first.");
    await noBarrier();
    await button("Promote next batch").click();
    await button("Promote 1 task").waitFor();
    expect(await text()).toContain("infra high");
    await host.page.keyboard.press("Escape");
  });

  test("a group that another program takes away meanwhile: leads to another", async () => {
    await open("infra/high: a; docs/low: c");
    await host.command("backlog-cards:promote-group");
    await host.page.locator(".prompt .suggestion-item").nth(1).click();
    await modal().waitFor();
    await change(BACKLOG, "## docs low", "## Something else");
    await modal().getByText("The group is not in the backlog any more").waitFor();
    await button("Choose another group").click();
    await host.page.locator(".prompt .suggestion-item").first().waitFor();
    await host.page.keyboard.press("Escape");
  });
});
