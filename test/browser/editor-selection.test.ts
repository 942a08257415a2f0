// Pins what happens to a selection that meets a card: dragged, extended, typed over, pasted over, composed over. The browser
// knows nothing of the lines behind a card, so that by itself it replaces too much or too little, or joins text to a marker.
import type { CDPSession } from "playwright-core";
import { CODEMIRRORS } from "./support/harness";
import { EditorPage, writeBlock } from "./support/editor-page";

const ONE = writeBlock(1);
const NOTE = ["before one", "before two", ...ONE, "after one", "after two"];
const TEXT = NOTE.join("\n");
const FROM = TEXT.indexOf("## task_begin");
const TO = TEXT.indexOf("after one") - 1;

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: EditorPage;
  let protocol: CDPSession;
  beforeAll(async () => {
    page = await EditorPage.open(codemirror);
    protocol = await page.host.context.newCDPSession(page.host.page);
  });
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  const compose = async (text: string) => {
    await protocol.send("Input.imeSetComposition", { text: "か", selectionStart: 1, selectionEnd: 1 });
    await page.rest();
    await protocol.send("Input.insertText", { text });
    await page.rest();
  };
  const paste = async (text: string) => {
    await page.host.page.evaluate((pasted) => navigator.clipboard.writeText(pasted), text);
    await page.press("Control+v");
  };
  const EDITS: readonly (readonly [name: string, inserted: string, edit: () => Promise<void>])[] = [
    ["typing", "x", () => page.type("x")],
    ["pasting", "x", () => paste("x")],
    ["composing", "x", () => compose("x")],
    ["Backspace", "", () => page.press("Backspace")],
    ["Delete", "", () => page.press("Delete")],
    ["cutting", "", () => page.press("Control+x")],
    ["Enter", "\n", () => page.press("Enter")],
  ];

  test.each(EDITS)("%s replaces a selection that covers a card as it does anywhere", async (_name, inserted, edit) => {
    for (const [anchor, head] of [
      [FROM - 5, TO + 4],
      [FROM - 1, TO],
      [FROM, TO],
      [FROM, TO + 1],
      [FROM - 5, TO],
    ] as const) {
      await page.show(NOTE);
      await page.select(anchor, head);
      await edit();
      expect(await page.text()).toBe(TEXT.slice(0, anchor) + inserted + TEXT.slice(head));
    }
  });

  test.each(EDITS)("%s over text next to a card leaves the block whole", async (_name, inserted, edit) => {
    // The line break that ends the selection, or begins it, is left; where one is typed, it is that one.
    const added = inserted === "\n" ? "" : inserted;
    for (const at of [FROM, FROM + 20]) {
      await page.show(NOTE);
      await page.select(FROM - 5, at);
      await edit();
      expect(await page.text()).toBe(`${TEXT.slice(0, FROM - 5)}${added}\n${TEXT.slice(FROM)}`);
    }
    for (const at of [TO, TO - 20]) {
      await page.show(NOTE);
      await page.select(TO + 4, at);
      await edit();
      expect(await page.text()).toBe(`${TEXT.slice(0, TO)}\n${added}${TEXT.slice(TO + 4)}`);
    }
  });

  test.each(EDITS)(
    "%s over whole lines next to a card puts nothing into the lines of the block",
    async (_name, inserted, edit) => {
      const added = inserted === "\n" ? "" : inserted;
      const [before, after] = [TEXT.indexOf("before two"), TEXT.indexOf("\nafter two")];
      await page.show(NOTE);
      await page.select(before, FROM);
      await edit();
      expect(await page.text()).toBe(`${TEXT.slice(0, before)}${added}${inserted && "\n"}${TEXT.slice(FROM)}`);
      await page.show(NOTE);
      await page.select(TO, after);
      await edit();
      expect(await page.text()).toBe(`${TEXT.slice(0, TO)}${inserted && "\n"}${added}${TEXT.slice(after)}`);
    },
  );

  test.each(EDITS.filter(([name]) => name !== "composing"))(
    "%s over parts of two cards changes nothing",
    async (_name, _inserted, edit) => {
      const text = [...ONE, ...writeBlock(2)].join("\n");
      const end = text.indexOf("## task_end") + "## task_end".length;
      await page.show(text.split("\n"));
      await page.select(end - 30, end + 31);
      await edit();
      expect(await page.text()).toBe(text);
    },
  );

  test("what is typed over a line that three clicks selected stays off the marker of the card below", async () => {
    await page.show(NOTE);
    const { x, y } = await page.middleOf(".cm-line:nth-child(2)");
    await page.host.page.mouse.click(x, y, { clickCount: 3 });
    await page.rest();
    await page.type("x");
    expect(await page.text()).toBe(TEXT.replace("before two", "x"));
  });

  test.each(["Delete", "x"])("a line break that is selected up to a card is not lost to %s", async (key) => {
    await page.show(NOTE, 2, 99);
    await page.press("Shift+ArrowRight", key);
    expect((await page.text()).split("\n").slice(2, 10)).toEqual(ONE);
  });

  test("dragging over a card opens nothing while the mouse is down, nor afterwards", async () => {
    await page.show(NOTE);
    const { mouse } = page.host.page;
    const [first, last] = [await page.middleOf(".cm-line >> nth=0"), await page.middleOf(".cm-line >> nth=2")];
    const card = await page.middleOf(".backlog-card");
    await mouse.move(first.x, first.y);
    await mouse.down();
    await mouse.move(card.x, card.y);
    await page.rest();
    expect(await page.seen()).toContain("backlog-card");
    await mouse.move(last.x, last.y, { steps: 8 });
    expect(await page.middleOf(".backlog-card")).toEqual(card);
    await mouse.up();
    await page.rest();
    expect(await page.seen()).toContain("backlog-card");
    const { anchor, head } = await page.selection();
    expect(anchor).toBeLessThan(FROM);
    expect(head).toBeGreaterThan(TO);
  });

  test("source that shows goes on showing until the mouse is up, so that a drag out of it does not drift", async () => {
    await page.show(NOTE, 4);
    const { mouse } = page.host.page;
    const below = page.host.page.locator(".cm-line", { hasText: "after two" });
    const before = await below.boundingBox();
    await mouse.move((before?.x ?? 0) + 20, (before?.y ?? 0) + 5);
    await mouse.down();
    await page.rest();
    expect(await below.boundingBox()).toEqual(before);
    await mouse.up();
    await page.rest();
    expect(await page.place()).toMatch(/^12:\d+ of 12, 1 card$/);
  });

  test("selecting all opens no card, and typing then replaces all", async () => {
    await page.show(NOTE, 1);
    await page.press("Control+a");
    expect(await page.place()).toBe("1:0–12:9 of 12, 1 card");
    await page.type("x");
    expect(await page.text()).toBe("x");
  });

  test("a press on a card gives it neither the keyboard nor the cursor", async () => {
    await page.show([...ONE, "after"], 1);
    await page.host.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.rest();
    expect(await page.seen()).toEqual(["backlog-card", "after"]);
    await page.host.page.locator(".backlog-card-title").click();
    await page.rest();
    expect(await page.seen()).toEqual(["backlog-card", "after"]);
    await page.host.page.locator(".cm-line", { hasText: "after" }).click();
    const before = await page.selection();
    await page.host.page.locator(".backlog-card-title").click();
    await page.rest();
    expect(await page.selection()).toEqual(before);
    expect(await page.seen()).toEqual(["backlog-card", "after"]);
  });

  test("composing in source that shows, and in the lines next to a card, changes those lines and nothing else", async () => {
    for (const [line, column] of [
      [5, 99],
      [3, 99],
      [2, 99],
      [11, 0],
    ] as const) {
      await page.show(NOTE, line, column);
      const { head } = await page.selection();
      await compose("かな");
      expect(await page.text()).toBe(`${TEXT.slice(0, head)}かな${TEXT.slice(head)}`);
      expect((await page.selection()).head).toBe(head + 2);
    }
  });
});
