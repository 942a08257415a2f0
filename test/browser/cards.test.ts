// Pins what a card is in a page: what it shows and what it hides of hostile text, that every control is named and can be
// reached, that it fits a phone, and that its height is what the editor was told before it was drawn.
import { describeCard } from "../../src/cards/card-model";
import { estimateHeight } from "../../src/cards/card-height";
import { readBadge } from "../../src/core/badge";
import { readBlock } from "../../src/core/block";
import { bareContext } from "../../src/core/context";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { findBarriers } from "./support/axe";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";

const CARD = ".workspace-leaf .backlog-card";
const WORD = "Unbroken".repeat(30);

function writeTask(number: number, title: string, ...fields: readonly string[]): string {
  const header = `### # [id:TASK-20260101-00${number}][type:infra][priority:high][component:core] ${title}`;
  return ["## task_begin", header, ...fields, "## task_end"].join("\n");
}

const RICH = writeTask(
  1,
  "ðŸš€ Ship â€” now",
  "**Status:** in-progress",
  '**Description:** *soft* **loud** ~~gone~~ <b onclick=x>not bold</b> <img src=x onerror="window.hit=1"> shown %%not shown%%',
  "<!-- not shown -->",
  "[run](javascript:window.hit=1) [note](docs/My%20note.md) [[Other note|other]] https://example.org/a and docs/b.md, ![pic](c.png)",
  "**Dependencies:** TASK-20260101-002",
  "**Acceptance Criteria:**",
  "- [x] first `code`",
  "- [ ] second",
  "**Relevant Files:** `src/a.ts:12`, `src/*.ts`",
  "**Plan:**",
  "1. a",
  "2. b",
  "",
  "   | x | y |",
  "   |---|---|",
  "   | 1 | 2 |",
  "",
  "**Estimated Effort:** 3 days",
);
const PLAIN = writeTask(2, "A title of the usual length that says what to do", "**Status:** todo", "**Plan:**", "1. a");
const LONG = writeTask(
  3,
  WORD,
  "**Status:** todo",
  `**Estimated Effort:** ${"long ".repeat(60)}`,
  `**Notes:** ${WORD}`,
);
const HEBREW = writeTask(4, "כותרת של משימה", "**Status:** todo", "**Description:** תיאור של המשימה");
const NOTHING = "## task_begin\n## task_end";
const NOTE = [RICH, PLAIN, LONG, HEBREW, NOTHING].join("\n\n");

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let host: Host;

  /** Live preview, where nobody but the card draws what the note says; cards closed. */
  async function show(note: string, width = 1400, theme: "light" | "dark" = "light"): Promise<void> {
    const open = [{ path: "note.md", mode: "live" as const }];
    host = await openHost({ codemirror, vault: { "note.md": `text\n\n${note}\n` }, open, width, height: 5000, theme });
    await host.settled();
    await host.page.locator(CARD).first().waitFor();
  }

  async function openDetails(): Promise<void> {
    for (const card of await host.page.locator(CARD).all()) {
      await card.getByRole("button", { name: "Details" }).click();
    }
  }

  afterEach(async () => {
    try {
      expect(host.errors()).toEqual([]);
    } finally {
      await host.close();
    }
  });

  test("details show the markup of a field, and links only where they lead to a note or a known kind of address", async () => {
    await show(RICH);
    await openDetails();
    const details = host.page.locator(`${CARD} .backlog-card-details`);
    const text = await details.innerText();
    for (const part of ["soft", "loud", "gone", "<b onclick=x>", "<img src=x", "shown", "run", "other"]) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain("not shown");
    const links = await details
      .locator("a")
      .evaluateAll((all) => all.map((link) => [link.getAttribute("href"), link.textContent]));
    expect(links).toEqual([
      ["docs/My note.md", "note"],
      ["Other note", "other"],
      ["https://example.org/a", "https://example.org/a"],
      ["docs/b.md", "docs/b.md"],
      ["c.png", "pic"],
      ["src/a.ts", "src/a.ts:12"],
    ]);
    expect(await details.locator("img, script, [onclick], [onerror]").count()).toBe(0);
    expect(await host.page.evaluate(() => "hit" in window)).toBe(false);
    expect(await details.locator("table td").allInnerTexts()).toEqual(["1", "2"]);
    expect(
      await details.locator("input").evaluateAll((all) => all.map((box) => (box as HTMLInputElement).checked)),
    ).toEqual([true, false]);
  });

  test("character references are those of HTML, with their semicolon, and unknown ones stay as they are", async () => {
    const written = "&copy; &ngE; &semi; &unknown; &notit; a&Tab;b&NewLine;c";
    await show(writeTask(1, "Title", `**Description:** ${written}`));
    await openDetails();
    const paragraph = host.page.locator(`${CARD} .backlog-card-content p`);
    expect(await paragraph.textContent()).toBe("© ≧̸ ; &unknown; &notit; a\tbc");
    expect(await paragraph.locator("br").count()).toBe(1);
  });

  test("the face says title, badge, progress, counts and ids in words", async () => {
    await show(RICH);
    const card = host.page.locator(CARD);
    expect(await card.locator(".backlog-card-title").innerText()).toBe("🚀 Ship — now");
    expect(await card.locator(".backlog-card-badge").innerText()).toContain("Valid");
    const facts = await card.locator(".backlog-card-facts, .backlog-card-counts").allInnerTexts();
    const words = facts.join(" ").replace(/\s+/g, " ");
    for (const part of ["High", "infra", "core", "In progress", "3 days", "1 of 2", "2 steps", "2 files"]) {
      expect(words).toContain(part);
    }
    expect(await card.getByRole("progressbar").getAttribute("value")).toBe("1");
  });

  test.each(["light", "dark"] as const)("axe-core finds nothing in the %s theme", async (theme) => {
    await show(NOTE, 1000, theme);
    await openDetails();
    expect(await findBarriers(host.page, CARD)).toEqual([]);
  });

  test("every control can be reached by keyboard in the order of the card, and has a name", async () => {
    await show(PLAIN.replace("**Plan:**", "**Dependencies:** TASK-20260101-001\n**Plan:**"));
    const controls = host.page.locator(CARD).locator("button, a, [tabindex]");
    const names: string[] = [];
    await controls.first().focus();
    for (let left = await controls.count(); left > 0; left--) {
      names.push(
        await host.page.evaluate(() => {
          const { activeElement: focused } = document;
          return focused?.closest(".backlog-card")
            ? (focused.getAttribute("aria-label") ?? focused.textContent)
            : "outside";
        }),
      );
      await host.page.keyboard.press("Tab");
    }
    expect(names).toEqual([
      "Details",
      "Edit source",
      "More",
      "Status: Todo",
      "Copy TASK-20260101-002",
      "Go to TASK-20260101-001",
    ]);
  });

  test("details open and close under the keyboard, and the button keeps the focus", async () => {
    await show(PLAIN);
    const button = host.page.locator(CARD).getByRole("button", { name: "Details" });
    const node = await host.page.locator(CARD).elementHandle();
    const before = await button.getAttribute("aria-expanded");
    await button.focus();
    await host.page.keyboard.press("Enter");
    expect(await button.getAttribute("aria-expanded")).toBe(before === "true" ? "false" : "true");
    await host.page.keyboard.press("Enter");
    expect(await button.getAttribute("aria-expanded")).toBe(before);
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await node.evaluate((element) => element.isConnected)).toBe(true);
    const controlled = await button.getAttribute("aria-controls");
    expect(await host.page.locator(`#${String(controlled)}`).count()).toBe(1);
  });

  test("on a phone a card is as wide as the page, whatever it says, and controls are as high as a finger needs", async () => {
    await show(NOTE, 390);
    await host.page.evaluate(() => document.body.classList.add("is-mobile"));
    await openDetails();
    const cards = host.page.locator(CARD);
    expect(await cards.evaluateAll((all) => all.map((card) => card.scrollWidth > card.clientWidth))).toEqual(
      Array.from({ length: 5 }, () => false),
    );
    const low = await cards
      .locator("button, a")
      .evaluateAll((all) =>
        all.filter((control) => control.getBoundingClientRect().height < 44).map((control) => control.outerHTML),
      );
    expect(low).toEqual([]);
  });

  test.each([
    ["beside", 1000, true],
    ["below", 480, false],
  ])("what a task is stays together, %s the sentence of its badge", async (_where, width, beside) => {
    const header = "### # [id:TASK-20260101-001][priority:high][component:core] No type";
    await show(`## task_begin\n${header}\n**Status:** todo\n## task_end`, width);
    const tops = await host.page.locator(CARD).evaluate((card) => {
      const all = card.querySelectorAll(".backlog-card-badge .backlog-card-icon, .backlog-card-traits > *");
      return [...all].map((one) => one.getBoundingClientRect()).map(({ top, height }) => Math.round(top + height / 2));
    });
    const [badge = 0, ...traits] = tops;
    expect(new Set(traits).size).toBe(1);
    expect(Math.abs((traits[0] ?? 0) - badge) < 3).toBe(beside);
  });

  test("the buttons of cards and bands are of one size and end in one column, fainter where no pointer or focus is", async () => {
    await show(`## group_begin [type:infra]\n# Group\n${PLAIN}\n## group_end`);
    const buttons = host.page.locator(":is(.backlog-band, .backlog-card)").getByRole("button", { name: "Edit source" });
    expect(await buttons.count()).toBe(2);
    const ends = host.page.locator("[data-control=more] svg, .backlog-band svg:last-child, [data-control=id] svg");
    const boxes = await ends.evaluateAll((all) => all.map((one) => one.getBoundingClientRect().right));
    expect(boxes.length).toBeGreaterThan(2);
    expect(Math.max(...boxes) - Math.min(...boxes)).toBeLessThan(0.5);
    const widths = await buttons
      .locator("svg")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().width));
    expect(widths).toEqual([16, 16]);
    const readColor = () => buttons.last().evaluate((button) => getComputedStyle(button).color);
    await host.page.mouse.move(0, 0);
    const faint = await readColor();
    await host.page.locator(`${CARD} .backlog-card-title`).hover();
    expect(await readColor()).not.toBe(faint);
    await host.page.mouse.move(0, 0);
    await host.page.evaluate(() => document.body.classList.add("is-mobile"));
    expect(await readColor()).not.toBe(faint);
  });

  test("on a page that goes from right to left, titles begin where cards do and counts are read as they are written", async () => {
    await show(RICH);
    await host.page.evaluate(() => (document.body.dir = "rtl"));
    const title = host.page.locator(`${CARD} .backlog-card-title`);
    expect(await title.evaluate((element) => getComputedStyle(element).textAlign)).toBe("right");
    const steps = host.page.locator(".backlog-card-fact > span", { hasText: "2 steps" });
    expect(await steps.evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
  });

  test("a pointer that rests on a card sees no label that only names a part of it", async () => {
    await show(`## group_begin [type:infra]\n# Group\n${RICH}\n## group_end`);
    await openDetails();
    const labelled = host.page
      .locator(":is(.backlog-band, .backlog-card)")
      .locator("xpath=descendant-or-self::*[@aria-label]");
    const names = await labelled.evaluateAll((all) => all.map((one) => one.localName));
    expect([...new Set(names)].sort()).toEqual(["button", "input"]);
    expect(await findBarriers(host.page, ".backlog-band")).toEqual([]);
  });

  test("right-to-left text has its own direction", async () => {
    await show(HEBREW);
    await openDetails();
    const title = host.page.locator(`${CARD} .backlog-card-title`);
    expect(await title.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    const text = host.page.locator(`${CARD} .backlog-card-content p`);
    expect(await text.first().evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
  });

  test.each([1000, 480])(
    "the height that a closed card was expected to have is close, %d pixels wide",
    async (width) => {
      const tasks = [RICH, PLAIN, LONG, HEBREW, NOTHING];
      await show(NOTE, width);
      const measured = await host.page
        .locator(CARD)
        .evaluateAll((all) =>
          all.map((card) => ({ height: card.getBoundingClientRect().height, width: card.clientWidth })),
        );
      expect(measured).toHaveLength(tasks.length);
      measured.forEach(({ height, width: wide }, at) => {
        const block = readBlock(String(tasks[at]));
        if (!block) throw new Error("not a block");
        const badge = readBadge(block, null, bareContext("other", DEFAULT_NAMES, {}));
        const expected = estimateHeight(describeCard(block, badge, false, true), wide, 24);
        expect([at, height - expected >= -1, height - expected < 60]).toEqual([at, true, true]);
      });
    },
  );
});
