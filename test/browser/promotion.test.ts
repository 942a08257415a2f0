// Pins the preview of a promotion with real keys: what is shown is what moves, nothing is written before a person says so, and
// it follows the notes while it is open. It is the one gesture for which people install this, and the one that moves their text.
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { idOf } from "../support/notation";
import { findBarriers } from "./support/axe";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host, type HostOptions } from "./support/harness";

const VAULT = {
  ...writeBacklogFolder("work", "infra/high: a b! c d?; docs/low: e f | todo: g | index: a/backlog c/backlog g/todo"),
  "plain.md": "# Plain\n",
};
const BACKLOG = "work/BACKLOG.md";
const TODO = "work/TODO.md";

describe.each(CODEMIRRORS)("the preview of a promotion, over CodeMirror %s", (codemirror) => {
  let host: Host;
  /** How many errors the console is told of, because a person was. */
  let failures = 0;

  beforeEach(() => {
    failures = 0;
  });

  const open = async (options: Partial<HostOptions> = {}): Promise<void> => {
    host = await openHost({ codemirror, vault: VAULT, open: [{ path: BACKLOG }], ...options });
    await host.settled();
  };
  const modal = () => host.page.locator(".modal.backlog-promotion");
  const text = async (): Promise<string> => (await modal().innerText()).replace(/\s+/g, " ");
  const preview = async (id = "promote-next"): Promise<void> => {
    await host.command(`backlog-cards:${id}`);
    await modal().waitFor();
  };
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await host.page.keyboard.press(key);
  };
  const focused = (): Promise<string> =>
    host.page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("data-control") ?? element?.getAttribute("data-fold") ?? element?.className ?? "";
    });
  const gone = () => modal().waitFor({ state: "detached" });
  const notice = () => host.page.locator(".notice").first();
  const fold = (name: string) => modal().locator("summary", { hasText: name });
  const holds = async (note: string, ...names: readonly string[]): Promise<readonly boolean[]> => {
    const found = await host.read(note);
    return names.map((name) => found.includes(`[id:${idOf(name)}]`));
  };

  afterEach(async () => {
    expect(host.errors().slice(failures)).toEqual([]);
    await host.close();
  });

  test("shows the group and why, the batch with its badges, what stays, what the todo note holds and what changes", async () => {
    await open();
    await preview();
    const said = await text();
    for (const part of [
      "infra high",
      "First group in the order of the note with an infra task to promote: the batch in TODO.md is infra.",
      "Order: as listed (default)",
      "Limit: 5 (default)",
      "2 tasks to TODO.md",
      "Do a",
      idOf("a"),
      "2 days",
      "TODO.md holds 1 open of 5",
      "Passed over 1 incomplete, 1 with another status, 1 group",
      "TODO.md +",
      "BACKLOG.md −",
      "TASK_INDEX.md ±2",
      "Promote 2 tasks",
    ]) {
      expect(said).toContain(part);
    }
    expect(await modal().locator('.backlog-card-badge[data-badge="ready"]').count()).toBe(2);
    expect(await modal().locator('[data-control="goal"]').getAttribute("placeholder")).toBe("(set later)");
    expect(await focused()).toBe("goal");
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
  });

  test("promotes by keyboard alone, with the goal that was typed, and says so", async () => {
    await open();
    await press("Control+P");
    await host.page.keyboard.type("promote next");
    await press("Enter");
    await modal().waitFor();
    await host.page.keyboard.type("A calm spring");
    await press("Enter");
    await gone();
    expect(await notice().textContent()).toContain("2 infra tasks moved to TODO.md.");
    expect(await host.read(TODO)).toContain("**Batch Goal:** A calm spring");
    expect(await holds(TODO, "a", "c", "b")).toEqual([true, true, false]);
    expect(await holds(BACKLOG, "a", "c", "b")).toEqual([false, false, true]);
    expect(await host.read("work/TASK_INDEX.md")).not.toContain("BACKLOG.md");
  });

  test("the goal that was typed stands there again after a refusal, and is what is written", async () => {
    await open();
    await preview();
    await host.page.keyboard.type("Ship it");
    const held = await host.read(TODO);
    const full = writeBacklogFolder("work", "infra/high: | todo: p q r s t")[TODO] ?? "";
    await host.write(TODO, full);
    await modal().locator(".backlog-promotion-sentence").waitFor();
    await host.write(TODO, held);
    await modal().getByRole("button", { name: "Promote 2 tasks" }).waitFor();
    expect(await modal().locator('[data-control="goal"]').inputValue()).toBe("Ship it");
    await modal().getByRole("button", { name: "Promote 2 tasks" }).click();
    await gone();
    expect(await host.read(TODO)).toContain("**Batch Goal:** Ship it");
  });

  test("a refusal that comes while one types is read before a key does anything", async () => {
    await open();
    await preview();
    await host.page.keyboard.type("Ship");
    await host.write(TODO, writeBacklogFolder("work", "infra/high: | todo: p q r s t")[TODO] ?? "");
    await modal().locator(".backlog-promotion-sentence").waitFor();
    expect(await focused()).toBe("backlog-promotion-sentence");
    await press("Space", "Enter", "d");
    expect(await text()).toContain("TODO.md holds 5 open tasks and the limit is 5");
    await press("Tab", "Enter");
    await gone();
    expect(await holds(TODO, "a")).toEqual([false]);
  });

  test("what the batch is warned of can be read without a pointer, and its tasks are opened from it", async () => {
    await open();
    await preview();
    await fold("Warnings").focus();
    await press("Enter");
    expect(await text()).toContain("Warnings 2 in 2 tasks Do a");
    expect(await text()).toContain(`The id ${idOf("a")} is not of the form TASK-YYYYMMDD-NNN`);
    await modal().locator(".backlog-promotion-batch").getByRole("button", { name: "Do c" }).click();
    await gone();
    await host.settled();
    const line = () =>
      host.page.evaluate(() => {
        const [view] = window.host.views();
        return view?.editor.getLine(view.editor.getCursor().line) ?? "";
      });
    expect(await line()).toContain(idOf("c"));
  });

  test("promotes by mouse", async () => {
    await open();
    await preview();
    await modal().getByRole("button", { name: "Promote 2 tasks" }).click();
    await gone();
    expect(await holds(TODO, "a", "c")).toEqual([true, true]);
  });

  test("the Enter that chose the command and is still held promotes nothing", async () => {
    await open();
    await press("Control+P");
    await host.page.keyboard.type("promote next");
    await host.page.keyboard.down("Enter");
    await modal().waitFor();
    // Down while it is down: so a key repeats that is held.
    for (let times = 0; times < 5; times++) await host.page.keyboard.down("Enter");
    await host.settled();
    expect(await modal().count()).toBe(1);
    expect(await holds(BACKLOG, "a", "c")).toEqual([true, true]);
    await host.page.keyboard.up("Enter");
    await press("Enter");
    await gone();
    expect(await holds(TODO, "a", "c")).toEqual([true, true]);
  });

  test("the Enter that chose the command and is still held chooses no group", async () => {
    await open({ settings: { previewPromotion: false } });
    await press("Control+P");
    await host.page.keyboard.type("promote from group");
    await host.page.keyboard.down("Enter");
    const choice = host.page.locator(".prompt .suggestion-item", { hasText: "docs low" });
    await choice.waitFor();
    for (let times = 0; times < 5; times++) await host.page.keyboard.down("Enter");
    await host.page.keyboard.up("Enter");
    await host.settled();
    expect(await choice.count()).toBe(1);
    expect(await holds(BACKLOG, "a", "c")).toEqual([true, true]);
    await press("Escape");
  });

  test("what is typed behind the Enter is no part of the goal, and does not stand in its way", async () => {
    await open();
    await preview();
    await host.page.keyboard.type("A goal");
    const lock = host.faults.hold({ operation: "changing" });
    await press("Enter", "x", "y");
    await lock.arrived();
    lock.release();
    await gone();
    expect(await holds(TODO, "a", "c")).toEqual([true, true]);
    expect(await host.read(TODO)).toContain("**Batch Goal:** A goal  \n");
  });

  test("left while it is under way, it says what went wrong", async () => {
    await open();
    await preview();
    const before = [await host.read(TODO), await host.read(BACKLOG)];
    const lock = host.faults.hold({ operation: "changing" });
    await press("Enter");
    await lock.arrived();
    await press("Escape");
    await gone();
    host.faults.refuse({ operation: "changing", path: TODO }, "ENOSPC");
    lock.release();
    await notice().waitFor();
    expect(await notice().innerText()).toContain(`${TODO} can't be written: the disk is full.`);
    expect([await host.read(TODO), await host.read(BACKLOG)]).toEqual(before);
    failures = 1;
  });

  test("rules that were set in the moment of the Enter are shown first", async () => {
    await open();
    await preview();
    await host.page.evaluate(async () => {
      await window.host.plugin?.saveData({ rules: { limit: 2 } });
      await window.host.plugin?.onExternalSettingsChange?.();
      document.querySelector<HTMLElement>('.modal [data-control="promote"]')?.click();
    });
    await modal().getByRole("button", { name: "Promote 1 task" }).waitFor();
    await host.settled();
    expect(await text()).toMatch(/The notes changed/);
    expect(await holds(BACKLOG, "a", "c")).toEqual([true, true]);
    await press("Escape");
  });

  test("Escape leaves no trace: no byte, no time of change, no folder of states", async () => {
    await open({ open: [{ path: BACKLOG }, { path: TODO }] });
    const stamp = (path: string) => statSync(join(host.vaultPath, path)).mtimeMs;
    const before = [stamp(BACKLOG), stamp(TODO), await host.read(BACKLOG), await host.read(TODO)];
    await preview();
    await host.page.keyboard.type("never");
    await press("Tab", "Shift+Tab", "Escape");
    await gone();
    await host.settled();
    expect([stamp(BACKLOG), stamp(TODO), await host.read(BACKLOG), await host.read(TODO)]).toEqual(before);
    expect(existsSync(join(host.vaultPath, "work/.backlog-cards"))).toBe(false);
  });

  test("Tab goes from the goal through the folds to the buttons, and Enter unfolds", async () => {
    await open();
    await preview();
    const trail: string[] = [];
    for (let step = 0; step < 11; step++) {
      trail.push(await focused());
      await press("Tab");
    }
    expect(trail).toEqual([
      "goal",
      "open",
      "open",
      "warnings",
      "todo",
      "passed-over",
      `note TODO.md`,
      `note BACKLOG.md`,
      `note TASK_INDEX.md`,
      "promote",
      "leave",
    ]);
    await fold("Passed over").focus();
    await press("Enter");
    expect(await text()).toContain("Do b TASK-20260204-B · no plan");
    expect(await text()).toContain("docs low Group docs/low: it has no promotable task of the type in progress, infra");
    await press("Enter");
    expect(await text()).not.toContain("no plan");
    expect(await focused()).toBe("passed-over");
  });

  test("every fold opens to what it promises, and nothing in them is a barrier", async () => {
    await open();
    await preview();
    for (const summary of await modal().locator("summary").all()) await summary.click();
    expect(await modal().locator(".backlog-diff").count()).toBe(3);
    expect(await modal().locator("ins", { hasText: "Do a" }).count()).toBe(1);
    expect(await modal().locator("del", { hasText: "Do a" }).count()).toBe(1);
    expect(await modal().locator("ins", { hasText: "location: TODO.md" }).count()).toBe(2);
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
    await modal().locator("button", { hasText: "Do g" }).click();
    await gone();
    await host.settled();
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe(TODO);
  });

  test("a task that is passed over is opened by its button", async () => {
    await open({ open: [{ path: BACKLOG, mode: "source" }] });
    await preview();
    await fold("Passed over").click();
    await modal().locator("button", { hasText: "Do b" }).click();
    await gone();
    await host.settled();
    const line = await host.page.evaluate(() => {
      const [view] = window.host.views();
      return view?.editor.getLine(view.editor.getCursor().line);
    });
    expect(line).toContain(idOf("b"));
  });

  test("follows the notes while it is open, and keeps what is typed, folded and focused", async () => {
    await open();
    await preview();
    await host.page.keyboard.type("Half a goal");
    await fold("Passed over").click();
    await modal().locator('[data-control="goal"]').focus();
    await host.write(BACKLOG, (await host.read(BACKLOG)).replace("**Status:** blocked", "**Status:** todo"));
    await modal().getByRole("button", { name: "Promote 3 tasks" }).waitFor();
    expect(await text()).toContain("The notes changed: this is what would move now.");
    expect(await modal().locator('[data-control="goal"]').inputValue()).toBe("Half a goal");
    expect(await focused()).toBe("goal");
    expect(await text()).toContain("no plan");
    await press("Enter");
    await gone();
    expect(await holds(TODO, "a", "c", "d")).toEqual([true, true, true]);
    expect(await host.read(TODO)).toContain("**Batch Goal:** Half a goal");
  });

  test("what is not what was shown is not written, and shown instead", async () => {
    await open();
    await preview();
    // Another program writes in the same moment: before the page hears of it, Enter is pressed.
    const changed = (await host.read(BACKLOG)).replace("] Do a", "] Do a at once");
    await host.write(BACKLOG, changed);
    await press("Enter");
    await modal().getByText("Do a at once").waitFor();
    expect(await text()).toMatch(/The notes changed/);
    expect(await host.read(BACKLOG)).toBe(changed);
    await press("Enter");
    await gone();
    expect(await holds(TODO, "a")).toEqual([true]);
    expect(await host.read(TODO)).toContain("Do a at once");
  });

  test("what is typed in either note and not saved yet is shown, and moves", async () => {
    await open({
      open: [
        { path: TODO, mode: "source" },
        { path: BACKLOG, mode: "source" },
      ],
    });
    await host.page.evaluate(() => {
      const [todo, backlog] = window.host.views();
      const type = (view: typeof todo, before: string, insert: string) => {
        const at = view?.editor.getValue().indexOf(before) ?? -1;
        if (view && at >= 0) view.editor.replaceRange(insert, view.editor.offsetToPos(at + before.length));
      };
      type(todo, "] Do g", " typed");
      type(backlog, "] Do a", " typed");
    });
    await preview();
    await modal().getByText("Do a typed").waitFor();
    await press("Enter");
    await gone();
    const todo = await host.read(TODO);
    expect(todo).toContain("Do g typed");
    expect(todo).toContain("Do a typed");
    expect(await holds(BACKLOG, "a")).toEqual([false]);
  });

  test("with the setting off tasks move at once", async () => {
    await open({ settings: { previewPromotion: false } });
    await host.command("backlog-cards:promote-next");
    await notice().waitFor();
    expect(await notice().textContent()).toContain("2 infra tasks moved to TODO.md.");
    expect(await modal().count()).toBe(0);
  });

  test("with the setting off a refusal still opens the preview", async () => {
    await open({
      settings: { previewPromotion: false },
      vault: writeBacklogFolder("work", "infra/high: a | todo: g@docs+"),
    });
    await host.command("backlog-cards:promote-next");
    await modal().waitFor();
    expect(await modal().locator('[data-control="archive"]').isChecked()).toBe(true);
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
    await press("Enter");
    await gone();
    expect(await notice().textContent()).toContain("1 infra task moved to TODO.md, 1 finished task to ARCHIVE.md.");
  });

  test("finished tasks in the way are archived first, unless one unticks that", async () => {
    await open({ vault: writeBacklogFolder("work", "infra/high: a | todo: g@docs+ h@docs+") });
    await preview();
    const box = modal().getByLabel("Archive the 2 finished tasks of TODO.md first");
    expect(await box.isChecked()).toBe(true);
    expect(await text()).toContain("ARCHIVE.md new");
    await box.click();
    await modal().getByText("finished tasks of another type than infra. Archive them first.").waitFor();
    // What the box said the button says now.
    expect(await box.count()).toBe(0);
    expect(await focused()).toBe("way");
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
    await modal().getByRole("button", { name: "Archive the 2 finished tasks first" }).click();
    await modal().getByRole("button", { name: "Promote 1 task" }).waitFor();
    expect(await focused()).toBe("goal");
    await press("Enter");
    await gone();
    expect(await holds("work/ARCHIVE.md", "g", "h")).toEqual([true, true]);
    expect(await holds(TODO, "a", "g")).toEqual([true, false]);
  });

  test("one task in one note: the todo note is new", async () => {
    await open({ vault: writeBacklogFolder("work", "infra/high: a") });
    await preview();
    expect(await text()).toContain("1 task to TODO.md");
    expect(await text()).toContain("TODO.md new");
    expect(await modal().locator('[data-control="goal"]').getAttribute("placeholder")).toBe("(not set)");
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
    await press("Enter");
    await gone();
    expect(await holds(TODO, "a")).toEqual([true]);
  });

  test("in the colours of the system buttons have an edge, and one sees what has the focus", async () => {
    await open({ media: { forcedColors: "active" } });
    await preview();
    const look = (control: string) =>
      modal()
        .locator(`[data-control="${control}"]`)
        .evaluate((element) => {
          const { borderTopStyle, outlineStyle } = getComputedStyle(element);
          return { edge: borderTopStyle, ring: outlineStyle };
        });
    expect(await look("goal")).toEqual({ edge: "solid", ring: "solid" });
    expect(await look("promote")).toEqual({ edge: "solid", ring: "none" });
    await press("Shift+Tab");
    while ((await focused()) !== "promote") await press("Shift+Tab");
    expect(await look("promote")).toEqual({ edge: "solid", ring: "solid" });
    expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
  });

  test("a long effort, an unbroken word and a title from right to left leave a task readable", async () => {
    const word = "AnIdentifierOfSomeLengthWithoutAnyBlankInIt".repeat(3);
    const texts = writeBacklogFolder("work", "infra/high: a b");
    const backlog = (texts[BACKLOG] ?? "")
      .replace("Do a", `Teach the importer ${word}`)
      .replace("Do b", "תקן את ייצוא הרשימות (v2.1)")
      .replaceAll("2 days", "2 days, or three if the migration has to be written by hand and then checked twice");
    await open({ vault: { ...texts, [BACKLOG]: backlog }, width: 1100 });
    await preview();
    const titles = await modal()
      .locator(".backlog-promotion-title")
      .evaluateAll((all) => all.map((title) => Math.round(title.getBoundingClientRect().width)));
    expect(titles.length).toBe(2);
    // More than half of the row.
    for (const width of titles) expect(width).toBeGreaterThan(400);
  });

  test.each([
    [1100, "light"],
    [390, "dark"],
  ] as const)(
    "fifty passed over at %d pixels, %s: nothing is cut off and nothing is a barrier",
    async (width, theme) => {
      const marks = ["!", "?", "~", "@docs"];
      const many = Array.from({ length: 50 }, (_, at) => `p${at}${marks[at % 4] ?? ""}`).join(" ");
      await open({ vault: writeBacklogFolder("work", `infra/high: a ${many}`), width, height: 780, theme });
      await preview();
      expect(await text()).toContain("Passed over 13 incomplete, 25 with another status, 12 of another type");
      await fold("Passed over").click();
      expect(await modal().locator(".backlog-promotion-list > li").count()).toBe(50);
      const fits = await host.page.evaluate(() => {
        const root = document.querySelector(".modal.backlog-promotion");
        const box = root?.getBoundingClientRect();
        const wide = [...(root?.querySelectorAll("*") ?? [])].filter((element) => {
          const { left, right, width: own } = element.getBoundingClientRect();
          return own > 1 && box !== undefined && (left < box.left - 1 || right > box.right + 1);
        });
        return { wide: wide.length, inside: box !== undefined && box.left >= 0 && box.right <= window.innerWidth };
      });
      expect(fits).toEqual({ wide: 0, inside: true });
      expect(await findBarriers(host.page, ".modal-container")).toEqual([]);
    },
  );
});
