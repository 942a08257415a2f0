// Pins ticking a criterion and setting a status on a card in live preview: one character, or one word, in one transaction of
// that editor; the card and the focus stay, and taking it back takes back exactly that (EDITOR.md, Writing).
import type { EditorView } from "@codemirror/view";
import { findBarriers } from "./support/axe";
import { EditorPage } from "./support/editor-page";
import { CODEMIRRORS } from "./support/harness";

const TASK = [
  "## task_begin",
  "### # [id:TASK-20260101-001][type:infra][priority:high] Title",
  "**Status:** todo  ",
  "**Acceptance Criteria:**",
  "- [ ] the *first*",
  "- [x] the second",
  "%% hidden - [ ] %%",
  "  - [ ] â€” the third",
  "**Notes:**",
  "- [ ] no criterion",
  "## task_end",
];
const NOTE = ["before", "", ...TASK, "", "after"];
const text = NOTE.join("\n");
const tick = (note: string, criterion: string) => note.replace(`[ ] ${criterion}`, `[x] ${criterion}`);

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: EditorPage;
  beforeAll(async () => {
    page = await EditorPage.open(codemirror, { settings: { detailsOpen: true } });
  });
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  const box = (name: string) => page.host.page.locator(".cm-content").getByRole("checkbox", { name, exact: true });
  const status = () => page.host.page.locator(".cm-content .backlog-card-status");
  const notices = () => page.host.page.locator(".notice").allInnerTexts();

  /** What is written is on its way for a moment: whether the file holds carriage returns is looked at first. */
  async function written(): Promise<void> {
    await page.host.page.evaluate(async () => {
      const [view] = window.host.views();
      for (let turn = 0; turn < 3; turn++) if (view?.file) await window.host.app.vault.cachedRead(view.file);
    });
    await page.rest();
  }

  async function press(...keys: readonly string[]): Promise<void> {
    await page.press(...keys);
    await written();
  }

  async function show(lines: readonly string[] = NOTE): Promise<void> {
    await page.host.page.evaluate(() => {
      for (const notice of document.querySelectorAll<HTMLElement>(".notice")) notice.click();
    });
    await page.show(lines);
    const closed = page.host.page.locator(".cm-content [data-control=details][aria-expanded=false]");
    while ((await closed.count()) > 0) await closed.first().click();
    await written();
  }

  /** The changes of each transaction from now on, as "from-to:insert event". */
  async function record(): Promise<() => Promise<readonly string[]>> {
    await page.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const heard: string[] = [];
      const dispatch = cm.dispatch.bind(cm);
      Object.assign(window, { heard });
      cm.dispatch = ((...specs: Parameters<EditorView["dispatch"]>) => {
        const before = cm.state;
        dispatch(...specs);
        if (before.doc !== cm.state.doc) heard.push(JSON.stringify(specs));
      }) as EditorView["dispatch"];
    });
    return () => page.host.page.evaluate(() => (window as unknown as { heard: string[] }).heard);
  }

  test("a click ticks the one character, and another takes the tick away; the card stays", async () => {
    await show();
    const card = await page.host.page.locator(".cm-content .backlog-card").elementHandle();
    await box("the first").click();
    await written();
    expect(await page.text()).toBe(tick(text, "the *first*"));
    expect(await box("the first").isChecked()).toBe(true);
    await box("— the third").click();
    await written();
    expect(await page.text()).toBe(tick(tick(text, "the *first*"), "â€” the third"));
    await box("the second").click();
    await written();
    await box("the first").click();
    await written();
    expect(await page.text()).toBe(tick(text, "â€” the third").replace("[x] the second", "[ ] the second"));
    expect(await card.evaluate((element) => element.isConnected)).toBe(true);
    expect(await notices()).toEqual([]);
  });

  test("it is one transaction of one character, and neither cursor nor scroll move", async () => {
    const long = Array.from({ length: 60 }, (_, at) => `line ${at}`);
    await show([...NOTE, ...long]);
    await page.select(text.length + 40);
    const heard = await record();
    const scroll = () =>
      page.host.page
        .locator(".cm-scroller")
        .first()
        .evaluate((element) => element.scrollTop);
    const before = await scroll();
    await box("the first").click();
    await written();
    const at = text.indexOf("[ ] the *first*") + 1;
    expect(await heard()).toHaveLength(1);
    expect((await heard())[0]).toContain(`{"from":${at},"to":${at + 1},"insert":"x"}`);
    expect((await heard())[0]).toContain('"userEvent":"input.task"');
    expect(await page.selection()).toEqual({ anchor: text.length + 40, head: text.length + 40 });
    expect(await scroll()).toBe(before);
  });

  test("Space ticks the box that has the focus, which keeps it; undo and redo there take back and bring again just that", async () => {
    await show();
    await press("ArrowDown");
    await page.type("typed");
    await box("the first").focus();
    await press("Space");
    const typed = text.replace("before\n", "before\ntyped");
    expect(await page.text()).toBe(tick(typed, "the *first*"));
    expect(await box("the first").evaluate((element) => element === document.activeElement)).toBe(true);
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(typed);
    expect(await box("the first").isChecked()).toBe(false);
    expect(await box("the first").evaluate((element) => element === document.activeElement)).toBe(true);
    await press("ControlOrMeta+Shift+Z");
    expect(await page.text()).toBe(tick(typed, "the *first*"));
    expect(await box("the first").isChecked()).toBe(true);
    await press("Space", "Space");
    await press("ControlOrMeta+z", "ControlOrMeta+z", "ControlOrMeta+z");
    expect(await page.text()).toBe(typed);
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(text);
  });

  test("typing before and after a tick are steps of their own", async () => {
    await show();
    await page.select(6);
    await page.type("A");
    await box("the first").click();
    await written();
    await page.type("B");
    expect(await page.text()).toBe(tick(text, "the *first*").replace("before", "beforeAB"));
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(tick(text, "the *first*").replace("before", "beforeA"));
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(text.replace("before", "beforeA"));
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(text);
  });

  test("taken back from the card, the card stays in sight, wherever the cursor is", async () => {
    const long = Array.from({ length: 200 }, (_, at) => `line ${at}`);
    await show([...NOTE, ...long]);
    await page.select((await page.text()).length);
    await box("the first").focus();
    const scroller = page.host.page.locator(".cm-scroller").first();
    const before = await scroller.evaluate((element) => element.scrollTop);
    await press("Space", "ControlOrMeta+z");
    expect(await box("the first").isChecked()).toBe(false);
    expect(Math.abs((await scroller.evaluate((element) => element.scrollTop)) - before)).toBeLessThan(2);
    await press("ControlOrMeta+Shift+Z");
    expect(await box("the first").isChecked()).toBe(true);
    expect(Math.abs((await scroller.evaluate((element) => element.scrollTop)) - before)).toBeLessThan(2);
  });

  test("where nothing has the focus, the box takes it, so that the tick can be taken back", async () => {
    await show();
    await page.host.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await written();
    await box("the first").click();
    await written();
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(text);
  });

  test("a box of another field cannot be ticked", async () => {
    await show();
    expect(await box("no criterion").isDisabled()).toBe(true);
  });

  test("a click that was meant for a text which has changed since is refused, and the box goes back", async () => {
    await show();
    const at = await box("the first").boundingBox();
    if (!at) throw new Error("no box");
    await page.host.page.mouse.move(at.x + 5, at.y + 5);
    await page.host.page.mouse.down();
    await page.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const from = cm.state.doc.toString().indexOf("the second");
      cm.dispatch({ changes: { from, to: from + 3, insert: "The" } });
    });
    await written();
    await page.host.page.mouse.up();
    await written();
    expect(await page.text()).toBe(text.replace("the second", "The second"));
    expect(await box("the first").isChecked()).toBe(false);
    expect((await notices()).join()).toMatch(/changed .* meanwhile/);
  });

  test("of two equal tasks the one is ticked whose card it is", async () => {
    await show(["before", ...TASK, "", ...TASK, "after"]);
    await box("the first").nth(1).click();
    await written();
    const one = TASK.join("\n");
    expect(await page.text()).toBe(`before\n${one}\n\n${tick(one, "the *first*")}\nafter`);
  });

  test("a task without an id is ticked as well", async () => {
    const lines = ["## task_begin", "### Plain", "**Definition of Done:**", "- [ ] alone", "## task_end", "", "after"];
    await show(["before", "", ...lines]);
    await box("alone").click();
    await written();
    expect(await page.text()).toBe(["before", "", ...lines].join("\n").replace("[ ]", "[x]"));
  });

  test("a finding that goes with the tick leaves the focus where it is", async () => {
    const lines = NOTE.map((line) => line.replace("todo", "done").replace("[ ] the *first*", "[x] the *first*"));
    await show(lines);
    await box("— the third").focus();
    await press("Space");
    expect(await page.text()).toBe(tick(lines.join("\n"), "â€” the third"));
    expect(await box("— the third").evaluate((element) => element === document.activeElement)).toBe(true);
  });

  test("the status is set from its menu by keyboard, the button keeps the focus, and undo takes it back", async () => {
    await show();
    await status().focus();
    await press("Enter");
    const entries = page.host.page.locator(".menu .menu-item");
    expect(await entries.allInnerTexts()).toEqual(["Todo", "In progress", "Blocked", "Done"]);
    expect(await entries.evaluateAll((all) => all.map((one) => one.getAttribute("aria-checked")))).toEqual([
      "true",
      "false",
      "false",
      "false",
    ]);
    expect(await findBarriers(page.host.page, ".menu")).toEqual([]);
    await press("ArrowDown", "ArrowDown", "Enter");
    expect(await page.text()).toBe(text.replace("**Status:** todo  ", "**Status:** in-progress  "));
    expect(await status().innerText()).toBe("In progress");
    expect(await status().evaluate((element) => element === document.activeElement)).toBe(true);
    await press("ControlOrMeta+z");
    expect(await page.text()).toBe(text);
    await press("ControlOrMeta+Shift+Z");
    expect(await page.text()).toBe(text.replace("**Status:** todo  ", "**Status:** in-progress  "));
  });

  test("a task without a status is given one where planSet puts it", async () => {
    const lines = NOTE.filter((line) => !line.startsWith("**Status"));
    await show(lines);
    await status().click();
    await page.host.page.locator(".menu-item", { hasText: "Blocked" }).click();
    await written();
    const [, , begin = "", header = ""] = lines;
    expect(await page.text()).toBe(
      lines.join("\n").replace(`${begin}\n${header}`, `${begin}\n${header}\n**Status:** blocked`),
    );
  });

  test("a status that is chosen after the task has changed is refused", async () => {
    await show();
    await status().click();
    await page.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const from = cm.state.doc.toString().indexOf("Title");
      cm.dispatch({ changes: { from, insert: "A " } });
    });
    await page.host.page.locator(".menu-item", { hasText: "Done" }).click();
    await written();
    expect(await page.text()).toBe(text.replace("Title", "A Title"));
    expect((await notices()).join()).toMatch(/changed .* meanwhile/);
  });

  test("axe-core finds nothing on a card with boxes and status", async () => {
    await show();
    expect(await findBarriers(page.host.page, ".cm-content .backlog-card")).toEqual([]);
  });
});
