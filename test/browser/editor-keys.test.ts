// Pins what keys do around cards in live preview. By itself the editor skips a card with Up and Down, and joins text to its
// marker with Backspace and Delete, which destroys the block unseen (EDITOR.md, Live Preview).
import { CODEMIRRORS } from "./support/harness";
import { EditorPage, writeBlock } from "./support/editor-page";

const ONE = writeBlock(1);
const TWO = writeBlock(2);
const BETWEEN = ["before one", "before two", ...ONE, "after one", "after two"];
const ADJACENT = ["before", ...ONE, ...TWO, "after"];
const FIRST = [...ONE, "after"];
const LAST = ["before", ...ONE];
const APART = ["before", "", ...ONE, "", "after"];

const countTo = (from: number, to: number): string => {
  const step = from < to ? 1 : -1;
  return Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => `${from + at * step}:0`).join(" ");
};

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: EditorPage;
  beforeAll(async () => {
    page = await EditorPage.open(codemirror);
  });
  afterAll(async () => {
    expect(await page.close()).toEqual([]);
  });

  test("Down goes line by line into a card, whose source shows, and out of it again", async () => {
    await page.show(BETWEEN, 2, 3);
    expect(await page.place()).toBe("2:3 of 12, 1 card");
    await page.press("ArrowDown");
    expect(await page.place()).toBe("3:0 of 12, 0 cards");
    expect(await page.trail("ArrowDown", 8)).toBe(countTo(4, 11));
    expect(await page.place()).toBe("11:0 of 12, 1 card");
  });

  test("Up goes line by line into a card and out of it again", async () => {
    await page.show(BETWEEN, 11, 3);
    expect(await page.trail("ArrowUp", 9)).toBe(countTo(10, 2));
    expect(await page.place()).toBe("2:0 of 12, 1 card");
  });

  test("Down and Up go from one card into the next where nothing is between them", async () => {
    await page.show(ADJACENT, 1, 2);
    expect(await page.trail("ArrowDown", 9)).toBe(countTo(2, 10));
    expect(await page.place()).toBe("10:0 of 18, 1 card");
    expect(await page.trail("ArrowDown", 8)).toBe(countTo(11, 18));
    expect(await page.trail("ArrowUp", 9)).toBe(countTo(17, 9));
    expect(await page.place()).toBe("9:0 of 18, 1 card");
    expect(await page.trail("ArrowUp", 8)).toBe(countTo(8, 1));
  });

  test("Up reaches a card at the very start of a note, Down one at its very end", async () => {
    await page.show(FIRST, 9, 2);
    expect(await page.trail("ArrowUp", 8)).toBe(countTo(8, 1));
    await page.show(LAST, 1, 2);
    expect(await page.trail("ArrowDown", 8)).toBe(countTo(2, 9));
  });

  test("in a wrapped line Down goes through its rows before it goes into the card below", async () => {
    const long = "word ".repeat(60);
    await page.show([long, ...ONE], 1, 0);
    await page.press("ArrowDown");
    expect(await page.place()).toMatch(/^1:[1-9]\d* of 9, 1 card$/);
    await page.press("ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
    expect(await page.place()).toMatch(/^\d:0 of 9, 0 cards$/);
  });

  test("Right and Left go into a card by its nearest end", async () => {
    await page.show(BETWEEN, 2, 99);
    expect(await page.trail("ArrowRight", 2)).toBe("3:0 3:1");
    await page.show(BETWEEN, 11, 0);
    expect(await page.trail("ArrowLeft", 2)).toBe("10:11 10:10");
  });

  test("Home and End stay in their line beside a card, and with Ctrl lead to the ends of a note that are cards", async () => {
    await page.show(BETWEEN, 11, 3);
    expect(await page.trail("Home", 2)).toBe("11:0 11:0");
    expect(await page.trail("End", 2)).toBe("11:9 11:9");
    await page.show(BETWEEN, 2, 3);
    expect(await page.trail("End", 2)).toBe("2:10 2:10");
    expect(await page.trail("Home", 2)).toBe("2:0 2:0");
    await page.show([...ONE, "between", ...TWO], 9, 0);
    await page.press("Control+Home");
    expect(await page.place()).toBe("1:0 of 17, 1 card");
    await page.press("Control+End");
    expect(await page.place()).toBe("17:11 of 17, 1 card");
  });

  test("Page keys lead through a note of nothing but cards to its ends and change nothing", async () => {
    const note = Array.from({ length: 25 }, (_, at) => [...writeBlock(1 + (at % 9)), ""]).flat();
    await page.show(note, 1, 0);
    const lines: number[] = [];
    const readLine = async () => Number.parseInt(await page.place());
    for (let count = 0; count < 60 && (await readLine()) < note.length - 1; count++) {
      await page.press("PageDown");
      lines.push(await readLine());
    }
    expect(lines).toEqual([...lines].sort((a, b) => a - b));
    expect(lines.at(-1)).toBeGreaterThanOrEqual(note.length - 9);
    lines.length = 0;
    for (let count = 0; count < 60 && (await readLine()) > 1; count++) {
      await page.press("PageUp");
      lines.push(await readLine());
    }
    expect(lines).toEqual([...lines].sort((a, b) => b - a));
    expect(lines.at(-1)).toBeLessThanOrEqual(9);
    expect(await page.text()).toBe(note.join("\n"));
  });

  test.each(["Backspace", "Control+Backspace", "Shift+Backspace"])(
    "%s at the start of the line behind a card goes into the card and deletes nothing",
    async (key) => {
      for (const [note, line, at] of [
        [BETWEEN, 11, "10:11"],
        [ADJACENT, 18, "17:11"],
        [FIRST, 9, "8:11"],
      ] as const) {
        await page.show(note, line, 0);
        await page.press(key);
        expect(await page.text()).toBe(note.join("\n"));
        expect(await page.place()).toMatch(new RegExp(`^${at} `));
      }
    },
  );

  test.each(["Delete", "Control+Delete"])(
    "%s at the end of the line before a card goes into the card and deletes nothing",
    async (key) => {
      for (const [note, line, at] of [
        [BETWEEN, 2, "3:0"],
        [ADJACENT, 1, "2:0"],
        [LAST, 1, "2:0"],
      ] as const) {
        await page.show(note, line, 99);
        await page.press(key);
        expect(await page.text()).toBe(note.join("\n"));
        expect(await page.place()).toMatch(new RegExp(`^${at} `));
      }
    },
  );

  test("between two cards neither key joins the marker of one to that of the other", async () => {
    await page.show(ADJACENT, 10, 0);
    await page.press("Backspace");
    expect(await page.place()).toBe("9:11 of 18, 1 card");
    await page.press("Delete");
    expect(await page.place()).toBe("10:0 of 18, 1 card");
    expect(await page.text()).toBe(ADJACENT.join("\n"));
  });

  test("an empty line beside a card is deleted, and the block stays whole", async () => {
    await page.show(APART, 11, 0);
    await page.press("Backspace");
    expect(await page.text()).toBe(["before", "", ...ONE, "after"].join("\n"));
    await page.show(APART, 2, 0);
    await page.press("Delete");
    expect(await page.text()).toBe(["before", ...ONE, "", "after"].join("\n"));
  });

  test("Shift with Up and Down takes in whole cards, to the very ends of a note, and gives them back", async () => {
    await page.show(ADJACENT, 1, 3);
    expect(await page.trail("Shift+ArrowDown", 3)).toBe("1:3–9:11 1:3–17:11 1:3–18:0");
    expect(await page.place()).toBe("1:3–18:0 of 18, 2 cards");
    expect(await page.trail("Shift+ArrowUp", 2)).toBe("1:3–10:0 1:3–2:0");
    await page.show(LAST, 1, 2);
    expect(await page.trail("Shift+ArrowDown", 1)).toBe("1:2–9:11");
    await page.show(FIRST, 9, 2);
    expect(await page.trail("Shift+ArrowUp", 1)).toBe("9:2–1:0");
  });

  test("Down and Up lead through bands, ends of groups and empty groups too", async () => {
    const group = [
      "## group_begin [type:infra][priority:high]",
      "## Infrastructure",
      "",
      ...ONE,
      "",
      "## group_end",
      "",
    ];
    const empty = ["## group_begin [type:x][priority:low]", "## Empty", "", "---", "", "## group_end"];
    const note = ["intro", ...group, ...empty, "end"];
    await page.show(note, 1, 0);
    expect(await page.trail("ArrowDown", note.length - 1)).toBe(countTo(2, note.length));
    expect(await page.trail("ArrowUp", note.length - 1)).toBe(countTo(note.length - 1, 1));
  });
});
