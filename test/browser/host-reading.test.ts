// Contract of the host's reading view: what the plugin's post processor relies on. Sources: the typings of `MarkdownPostProcessor` and
// its context, and EDITOR.md, "Reading view"; what is assumed says so.
import type { MarkdownPostProcessorContext } from "obsidian";
import { CODEMIRRORS, type Host } from "./support/harness";
import { shareHost } from "./support/shared-host";

declare global {
  interface Window {
    calls: { el: HTMLElement; context: MarkdownPostProcessorContext; said: string }[];
    unloaded: string[];
  }
}

const SMALL = [
  "# One",
  "",
  "first",
  "still first",
  "",
  "- [ ] box",
  "- [x] done",
  "",
  "<!-- a",
  "comment -->",
  "",
  "%%",
  "hidden",
  "",
  "%%",
  "```md",
  "# no heading",
  "```",
  "## Two",
  "last",
].join("\n");

const LONG = Array.from(
  { length: 500 },
  (_, n) => `## Heading ${n}\n\nText ${n} ${"word ".repeat((n * 7) % 90)}\n`,
).join("\n");

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  const shared = shareHost(codemirror);
  let host: Host;

  /** Opens a note to read, with a post processor that writes down its calls and adds a child to each part. */
  const start = async (vault: Record<string, string>): Promise<void> => {
    host = await shared.begin({ "empty.md": "", ...vault }, [{ path: "empty.md", mode: "reading" }]);
    await host.page.evaluate(() => {
      const { MarkdownRenderChild } = window.host.modules.obsidian;
      window.calls = [];
      window.unloaded = [];
      window.host.plugin?.registerMarkdownPostProcessor((el, context) => {
        const place = context.getSectionInfo(el);
        const said = place === null ? "null" : `${place.lineStart}-${place.lineEnd}`;
        window.calls.push({ el, context, said: `${el.className} ${said}` });
        const child = new MarkdownRenderChild(el);
        child.register(() => window.unloaded.push(el.textContent.trim()));
        context.addChild(child);
      });
    });
    await host.open("a.md", { mode: "reading" });
    await host.settled();
  };
  const said = (): Promise<string[]> => host.page.evaluate(() => window.calls.map((call) => call.said));

  test("every block at the root is a call of its own, in order, with its lines; a comment is an empty one (assumption)", async () => {
    await start({ "a.md": SMALL });
    expect(await said()).toEqual([
      "el-h1 0-0",
      "el-p 2-3",
      "el-ul 5-6",
      "el-div 8-9",
      "el-div 11-14",
      "el-pre 15-17",
      "el-h2 18-18",
      "el-p 19-19",
    ]);
    const shown = await host.page.evaluate(() => ({
      texts: window.calls.slice(3, 5).map(({ el }) => el.textContent),
      parent: window.calls.every(({ el }) =>
        el.parentElement?.matches(".markdown-preview-sizer.markdown-preview-section"),
      ),
      path: window.calls[0]?.context.sourcePath,
      heading: window.calls[0]?.el.querySelector("h1")?.dataset["heading"],
    }));
    expect(shown).toEqual({ texts: ["", ""], parent: true, path: "a.md", heading: "One" });
  });

  test("processors run by their order, and an element that is no part has no place", async () => {
    await start({ "a.md": "text\n" });
    const found = await host.page.evaluate(async () => {
      const ran: string[] = [];
      window.host.plugin?.registerMarkdownPostProcessor(() => void ran.push("late"), 10);
      window.host.plugin?.registerMarkdownPostProcessor(() => void ran.push("early"), -10);
      const unasked = ran.length;
      window.host.views()[0]?.previewMode.rerender(true);
      const [call] = window.calls.slice(-1);
      return {
        unasked,
        ran,
        old: window.calls[0]?.context.getSectionInfo(window.calls[0].el) ?? null,
        text: call?.context.getSectionInfo(call.el)?.text,
      };
    });
    expect(found).toEqual({ unasked: 0, ran: ["early", "late"], old: null, text: "text\n" });
  });

  test("after a change only parts whose text is new are rendered; the others keep element and child, their lines shift", async () => {
    await start({ "a.md": SMALL });
    await host.page.evaluate(() => {
      document.querySelector(".el-ul")?.setAttribute("data-kept", "yes");
      window.calls.length = 0;
    });
    await host.write("a.md", SMALL.replace("first\nstill first", "another\n\nand one"));
    await host.settled();
    const found = await host.page.evaluate(() => {
      const list = document.querySelector<HTMLElement>(".el-ul[data-kept]");
      const place = list && window.calls[0]?.context.getSectionInfo(list);
      return { unloaded: window.unloaded, place: [place?.lineStart, place?.lineEnd] };
    });
    expect(await said()).toEqual(["el-p 2-2", "el-p 4-4"]);
    expect(found).toEqual({ unloaded: ["first\nstill first"], place: [6, 7] });
  });

  test("a long note is rendered where it is seen; what is scrolled away leaves the document and comes back as it was", async () => {
    await start({ "a.md": LONG });
    const view = host.page.locator(".markdown-reading-view > .markdown-preview-view");
    const count = () =>
      host.page.evaluate(() => [window.calls.length, document.querySelectorAll("[class^='el-']").length]);
    const [rendered = 0] = await count();
    expect(rendered).toBeGreaterThan(10);
    expect(rendered).toBeLessThan(200);
    await host.page.evaluate(() => window.calls[0]?.el.setAttribute("data-kept", "yes"));
    // The heights of what was never shown are estimates, so that the end is farther than it seemed.
    for (let times = 0; times < 3; times++) {
      await view.evaluate((element) => (element.scrollTop = element.scrollHeight));
      await host.settled();
    }
    const [after = 0, shown = 0] = await count();
    expect(after).toBeGreaterThan(rendered);
    expect(shown).toBeLessThan(200);
    expect(await host.page.locator("[data-kept]").count()).toBe(0);
    expect(await host.page.locator("text=Heading 499").count()).toBe(1);
    expect(await host.page.evaluate(() => window.unloaded)).toEqual([]);
    await view.evaluate((element) => (element.scrollTop = 0));
    await host.settled();
    expect(await host.page.locator("[data-kept]").count()).toBe(1);
    expect(
      await host.page.evaluate(() => new Set(window.calls.map((call) => call.el)).size === window.calls.length),
    ).toBe(true);
  });

  test("scrolling through a long note moves what is seen by as much as was scrolled", async () => {
    await start({ "a.md": LONG });
    const jumps = await host.page.evaluate(async () => {
      const view = document.querySelector<HTMLElement>(".markdown-reading-view > .markdown-preview-view");
      if (!view) return [NaN];
      const found: number[] = [];
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      for (const step of [...Array<number>(60).fill(450), ...Array<number>(60).fill(-450)]) {
        const middle = view.getBoundingClientRect().top + view.clientHeight / 2;
        const seen = [...view.querySelectorAll("[class^='el-']")].find(
          (el) => el.getBoundingClientRect().bottom > middle,
        );
        const top = seen?.getBoundingClientRect().top ?? NaN;
        const { scrollTop } = view;
        view.scrollTop += step;
        const moved = view.scrollTop - scrollTop;
        await frame();
        if (seen?.isConnected === true) found.push(Math.abs(seen.getBoundingClientRect().top + moved - top));
      }
      return found;
    });
    expect(jumps.length).toBeGreaterThan(100);
    expect(Math.max(...jumps)).toBeLessThan(2);
  });

  test("rerender(true) renders what is seen anew, unloads the children and keeps the place; closing unloads all", async () => {
    await start({ "a.md": LONG });
    const found = await host.page.evaluate(async () => {
      const view = window.host.views()[0];
      view?.previewMode.applyScroll(400);
      await window.host.settled();
      const before = view?.previewMode.getScroll() ?? 0;
      const calls = window.calls.length;
      view?.previewMode.rerender(true);
      await window.host.settled();
      const after = view?.previewMode.getScroll() ?? 0;
      const unloaded = window.unloaded.length;
      window.host.app.workspace.detachLeavesOfType("markdown");
      await window.host.settled();
      return {
        before: Math.round(before),
        moved: Math.abs(after - before) < 0.5,
        anew: window.calls.length > calls,
        unloaded: unloaded === calls,
        all: window.unloaded.length === window.calls.length,
      };
    });
    expect(found).toEqual({ before: 400, moved: true, anew: true, unloaded: true, all: true });
  });

  test("a heading hides what follows it up to the next one of its level (docs: Folding)", async () => {
    await start({ "a.md": "# One\n\nfirst\n\n## Two\n\nsecond\n\n# Three\n\nthird\n" });
    const seen = () => host.page.locator("[class^='el-']").allTextContents();
    await host.page.locator("h2 .heading-collapse-indicator").click({ force: true });
    await host.settled();
    expect((await seen()).map((text) => text.trim())).toEqual(["One", "first", "Two", "Three", "third"]);
    await host.page.locator("h1 .heading-collapse-indicator").first().click({ force: true });
    await host.settled();
    expect((await seen()).map((text) => text.trim())).toEqual(["One", "Three", "third"]);
    await host.page.locator("h1 .heading-collapse-indicator").first().click({ force: true });
    await host.settled();
    expect((await seen()).map((text) => text.trim())).toEqual(["One", "first", "Two", "Three", "third"]);
  });

  test("in an embed lines count from the excerpt", async () => {
    await start({ "a.md": "![[b#Two]]\n", "b.md": "# One\n\nfirst\n\n## Two\n\nsecond\n\n## Three\n" });
    expect(await said()).toEqual(["el-p 0-0", "el-h2 0-0", "el-p 2-2"]);
    const text = await host.page.evaluate(() => window.calls[1]?.context.getSectionInfo(window.calls[1].el)?.text);
    expect(text).toBe("## Two\n\nsecond\n");
  });

  test("print is one call with the whole document below `.print`, hover one call too, both without places", async () => {
    await start({ "a.md": "", "b.md": SMALL });
    const found = await host.page.evaluate(async () => {
      window.calls.length = 0;
      await window.host.print("b.md");
      const popover = await window.host.hover("b.md");
      const found = window.calls.map(({ el, said }) => [
        said,
        el.closest(".print") !== null,
        [...el.children].map((child) => child.localName),
      ]);
      popover.remove();
      return found;
    });
    const children = ["h1", "p", "ul", "pre", "h2", "p"];
    expect(found).toEqual([
      ["markdown-preview-view markdown-rendered null", true, children],
      ["markdown-preview-view markdown-rendered null", false, children],
    ]);
  });

  test("an embed in what is printed is rendered part by part, without places (assumption)", async () => {
    await start({ "a.md": "", "b.md": "![[c]]\n", "c.md": "one\n\ntwo\n" });
    await host.page.evaluate(async () => {
      window.calls.length = 0;
      await window.host.print("b.md");
    });
    await host.settled();
    expect((await said()).sort()).toEqual(["el-p null", "el-p null", "markdown-preview-view markdown-rendered null"]);
  });

  test("an internal link leads to its note, a box ticks its task in the note", async () => {
    await start({ "a.md": "[[b|other]]\n\n- [ ] one\n  - [ ] two\n", "b.md": "b\n" });
    await host.page.locator("input[type=checkbox]").nth(1).click();
    await host.settled();
    expect(await host.page.evaluate(() => window.host.views()[0]?.getViewData())).toBe(
      "[[b|other]]\n\n- [ ] one\n  - [x] two\n",
    );
    await host.page.click("a.internal-link");
    await host.settled();
    expect(await host.page.evaluate(() => window.host.app.workspace.getActiveFile()?.path)).toBe("b.md");
  });

  test("what grows in a part is measured by onResize, and not before", async () => {
    await start({ "a.md": LONG });
    const height = () =>
      host.page.evaluate(() =>
        parseFloat(document.querySelector<HTMLElement>(".markdown-preview-sizer")?.style.minHeight ?? ""),
      );
    const before = await height();
    await host.page.evaluate(() => {
      const el = document.querySelector<HTMLElement>(".el-p");
      if (el) el.style.height = "1000px";
    });
    await host.settled();
    expect(await height()).toBe(before);
    await host.page.evaluate(() => window.host.views()[0]?.onResize());
    await host.settled();
    expect(await height()).toBeGreaterThan(before + 500);
  });
});
