// Pins cards in live preview as a person meets them: when the source shows, what controls do, how cards go with search, folds,
// undo, panes and typing, and that a card that cannot be drawn shows its source.
import type * as language from "@codemirror/language";
import type { EditorView } from "@codemirror/view";
import { CODEMIRRORS } from "./support/harness";
import { EditorPage, writeBlock } from "./support/editor-page";

interface WithLanguage {
  readonly "@codemirror/language": typeof language;
}

const ONE = writeBlock(1);
const TWO = writeBlock(2);
const NOTE = ["before", ...ONE, "between", ...TWO, "after"];

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: EditorPage;
  let expected: readonly string[];
  beforeEach(async () => {
    expected = [];
    page = await EditorPage.open(codemirror);
  });
  afterEach(async () => {
    const errors = await page.close();
    expect(errors).toEqual(expected);
  });

  const locate = (selector: string) => page.host.page.locator(selector);

  test("a card at the top of a note does not open by itself; with the keyboard its source shows in a frame", async () => {
    await page.host.write("c.md", ONE.join("\n"));
    await page.host.settled();
    await page.host.open("c.md");
    await page.host.page.evaluate(() => (document.activeElement as HTMLElement).blur());
    await page.rest();
    expect(await page.seen()).toEqual(["backlog-card"]);
    await page.show([...ONE, "after"], 1);
    expect(await page.seen()).toEqual([...ONE, "after"]);
    expect(await locate(".cm-line.backlog-card-source").count()).toBe(8);
    expect(await locate(".backlog-card-source-first").innerText()).toBe("## task_begin");
    expect(await locate(".backlog-card-source-last").innerText()).toBe("## task_end");
  });

  test("source mode stays source, and live preview draws again what it drew", async () => {
    await page.show(NOTE);
    const live = await page.seen();
    expect(live).toEqual(["before", "backlog-card", "between", "backlog-card", "after"]);
    await page.host.page.evaluate(() =>
      window.host.views()[0]?.setState({ mode: "source", source: true }, { history: false }),
    );
    await page.rest();
    expect(await page.seen()).toEqual(NOTE);
    await page.host.page.evaluate(() =>
      window.host.views()[0]?.setState({ mode: "source", source: false }, { history: false }),
    );
    await page.rest();
    expect(await page.seen()).toEqual(live);
  });

  test("details open and close in place, and stay open while text elsewhere changes", async () => {
    await page.show(NOTE);
    const details = locate(".backlog-card [data-control=details]").first();
    await details.click();
    expect(await locate(".backlog-card.is-open").count()).toBe(1);
    await page.type("x\n");
    expect(await locate(".backlog-card.is-open").count()).toBe(1);
    expect(await details.getAttribute("aria-expanded")).toBe("true");
    await details.click();
    expect(await locate(".backlog-card.is-open").count()).toBe(0);
    expect(await page.text()).toBe(`x\n${NOTE.join("\n")}`);
  });

  test("a control is the same node after its use, keeps the keyboard, and leaves it with the editor when clicked", async () => {
    await page.show(NOTE);
    await locate("[data-control=details]").first().click();
    expect(await page.host.page.evaluate(() => document.activeElement?.className)).toContain("cm-content");
    await locate("[data-control=details]").first().focus();
    await page.press("Enter");
    expect(await page.host.page.evaluate(() => (document.activeElement as HTMLElement).dataset["control"])).toBe(
      "details",
    );
    expect(await locate(".backlog-card.is-open").count()).toBe(0);
  });

  test("editing the source puts the cursor into the header, with the keyboard", async () => {
    await page.show(NOTE);
    await locate("[data-control=edit]").nth(1).click();
    await page.rest();
    expect(await page.place()).toBe("12:0 of 19, 1 card");
    await page.press("End");
    await page.type("!");
    await page.press("Control+Home");
    expect(await locate(".backlog-card-title").nth(1).innerText()).toContain("Title 2!");
  });

  test("undo and redo in a card are the editor's", async () => {
    await page.show(NOTE);
    await page.type("typed ");
    await locate("[data-control=details]").first().focus();
    await page.press("Control+z");
    expect(await page.text()).toBe(NOTE.join("\n"));
    await page.press("Control+Shift+z");
    expect(await page.text()).toBe(`typed ${NOTE.join("\n")}`);
    await page.press("Control+z", "Control+y");
    expect(await page.text()).toBe(`typed ${NOTE.join("\n")}`);
  });

  test("undo of an edit in a block shows its source again", async () => {
    await page.show(NOTE, 3, 99);
    await page.type("!");
    await page.press("Control+Home");
    expect(await page.seen()).toEqual(["before", "backlog-card", "between", "backlog-card", "after"]);
    await page.press("Control+z");
    expect(await page.text()).toBe(NOTE.join("\n"));
    expect(await page.place()).toMatch(/^3:\d+ of 19, 1 card$/);
  });

  test("find leads to a match inside a card, whose source shows while the keyboard is in the search", async () => {
    await page.show(NOTE);
    await page.press("Control+f");
    await page.type("Title 2");
    await page.press("Enter");
    expect(await page.place()).toMatch(/^12:\d+–12:\d+ of 19, 1 card$/);
    expect(await page.host.page.evaluate(() => document.activeElement?.tagName)).toBe("INPUT");
    await page.press("Escape");
    expect(await page.place()).toMatch(/^12:\d+–12:\d+ of 19, 1 card$/);
    expect(await page.text()).toBe(NOTE.join("\n"));
  });

  test("a fold around a card hides it; one inside opens when the source shows", async () => {
    await page.show(NOTE);
    const fold = (from: number, to: number) =>
      page.host.page.evaluate(
        ([first, last]) => {
          const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
          const { foldEffect } = (window.host.modules as unknown as WithLanguage)["@codemirror/language"];
          const { doc } = cm.state;
          cm.dispatch({ effects: foldEffect.of({ from: doc.line(first).to, to: doc.line(last).to }) });
        },
        [from, to] as const,
      );
    const countFolds = () =>
      page.host.page.evaluate(() => {
        const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
        return (window.host.modules as unknown as WithLanguage)["@codemirror/language"].foldedRanges(cm.state).size;
      });
    await fold(13, 17);
    await fold(1, 10);
    await page.rest();
    expect(await locate(".backlog-card").count()).toBe(1);
    await page.select(NOTE.slice(0, 12).join("\n").length);
    await page.rest();
    expect(await countFolds()).toBe(1);
    expect((await page.seen()).slice(-9)).toEqual([...TWO, "after"]);
  });

  test("a block typed character by character is no card until it is closed, and all others are the same nodes", async () => {
    await page.show(["", "", ...ONE, "between", ...TWO]);
    await page.host.page.evaluate(() => {
      for (const card of document.querySelectorAll<HTMLElement>(".backlog-card")) card.dataset["seen"] = "yes";
    });
    for (const character of "## task_begin\n### # [id:TASK-20260101-009][type:x] New\n**Status:** todo\n## task_end") {
      expect(await locate(".backlog-card").count()).toBe(2);
      expect(await locate(".backlog-card-source").count()).toBe(0);
      if (character === "\n") await page.host.page.keyboard.press("Enter");
      else await page.host.page.keyboard.type(character);
    }
    await page.rest();
    expect(await locate(".backlog-card[data-seen=yes]").count()).toBe(2);
    expect(await locate(".backlog-card-source").count()).toBe(4);
    await page.press("ArrowDown");
    await page.rest();
    expect(await locate(".backlog-card").count()).toBe(3);
    expect(await locate(".backlog-card[data-seen=yes]").count()).toBe(2);
  });

  test("a comment that nothing closes shows all that is below as source, until it is closed", async () => {
    await page.show(["", ...NOTE]);
    await page.type("<!--");
    expect(await locate(".backlog-card").count()).toBe(0);
    await page.type(" note -->");
    expect(await page.seen()).toEqual(["<!-- note -->", "before", "backlog-card", "between", "backlog-card", "after"]);
  });

  test("two panes of one note open their cards each for itself, and show what either changes", async () => {
    await page.host.open("a.md", { split: true });
    await page.show(NOTE, 3, 99);
    await page.host.settled();
    expect(await page.seen(0)).toEqual(["before", ...ONE, "between", "backlog-card", "after"]);
    const other = ["before", "backlog-card", "between", "backlog-card", "after"];
    await page.type("!");
    await page.host.settled();
    await page.host.page.waitForTimeout(2300);
    await page.host.settled();
    expect(await page.text(1)).toBe(await page.text(0));
    expect(await page.seen(1)).toEqual(other);
  });

  test("a card that cannot be drawn shows its source, which a click opens, and all else works", async () => {
    await page.show(["text"]);
    await page.host.page.evaluate(() => {
      const create = Document.prototype.createElementNS;
      Document.prototype.createElementNS = function (this: Document, ...given: [string, string]) {
        if (given[1] === "progress" || given[1] === "button") throw new Error("cannot be drawn");
        return create.apply(this, given);
      } as typeof create;
    });
    await page.show(NOTE);
    expect(await locate(".backlog-card-failed").allInnerTexts()).toEqual([ONE.join("\n"), TWO.join("\n")]);
    await page.type("x");
    expect(await page.text()).toBe(`x${NOTE.join("\n")}`);
    await locate(".backlog-card-failed").nth(1).click();
    await page.rest();
    expect((await page.seen()).slice(-9)).toEqual([...TWO, "after"]);
    const errors = page.host.errors();
    expect(errors).toHaveLength(2);
    expect(errors.every((error) => error.startsWith("A card could not be drawn"))).toBe(true);
    expected = [...errors];
  });

  test("without the plugin the note is source and the editor holds nothing of ours; with it the cards are back", async () => {
    await page.show(NOTE);
    await page.host.page.evaluate(() => window.host.unloadPlugin());
    await page.rest();
    expect(await page.seen()).toEqual(NOTE);
    expect(await locate("[class*=backlog-]").count()).toBe(0);
    await page.press("ArrowDown", "Backspace");
    await page.host.page.evaluate(() => window.host.loadPlugin());
    await page.host.settled();
    expect(await locate(".backlog-card").count()).toBe(1);
  });
});
