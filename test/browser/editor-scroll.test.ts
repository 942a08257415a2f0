// Pins that a long note stands still under the eye: what was on the screen moves by as much as is scrolled, in either
// direction, by the wheel and by whole panes, although the cards that come were never drawn before, and although heights
// are guessed anew meanwhile. The note is as varied as notes of people are, for heights that are guessed wrong make it jump.
import type { EditorView } from "@codemirror/view";
import { writeLargeBacklog } from "../support/large-backlog";
import { CODEMIRRORS } from "./support/harness";
import { EditorPage } from "./support/editor-page";

const BACKLOG = writeLargeBacklog(7, 3000);

interface Pass {
  readonly steps: number;
  /** After how many steps no card was left that had been on the screen before; of these nothing is known. */
  readonly lost: number;
  /** By how many pixels cards moved otherwise than was scrolled, where it is more than two. */
  readonly jumps: readonly number[];
}

/** Scrolls an editor by shares of its pane, to the end or for a number of steps. */
async function scroll(page: EditorPage, direction: 1 | -1, share: number, most = Infinity): Promise<Pass> {
  return page.host.page.evaluate(
    async ([sign, part, limit]) => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const { scrollDOM, contentDOM } = cm;
      const { top, bottom } = scrollDOM.getBoundingClientRect();
      const topOf = (card: Element) => card.getBoundingClientRect().top;
      const listSeen = () =>
        [...contentDOM.getElementsByClassName("backlog-card")].filter((card) => {
          const box = card.getBoundingClientRect();
          return box.bottom > top && box.top < bottom;
        });
      /** The editor has measured and drawn. */
      const frame = () => new Promise((resolve) => requestAnimationFrame(() => window.setTimeout(resolve)));
      const step = Math.floor((bottom - top) * part);
      const jumps: number[] = [];
      let lost = 0;
      for (let steps = 0; ; steps++) {
        const before = scrollDOM.scrollTop;
        const rest = sign > 0 ? scrollDOM.scrollHeight - scrollDOM.clientHeight - before : before;
        if (rest < 1 || steps >= (limit ?? Infinity)) return { steps, lost, jumps };
        const distance = Math.min(step, rest);
        const seen = listSeen().map((card) => ({ card, at: topOf(card) }));
        scrollDOM.scrollTop = before + sign * distance;
        await frame();
        const left = seen.filter(({ card }) => card.isConnected);
        if (left.length === 0) lost++;
        const jump = Math.max(0, ...left.map(({ card, at }) => Math.abs(at - topOf(card) - sign * distance)));
        if (jump > 2) jumps.push(jump);
      }
    },
    [direction, share, Number.isFinite(most) ? most : null] as const,
  );
}

/** The wheel turned a number of times over an editor: how often a card moved otherwise, by more than two pixels or out of sight. */
async function turnWheel(page: EditorPage, distance: number, times: number): Promise<number> {
  await page.host.page.mouse.move(400, 400);
  let jumps = 0;
  for (let turn = 0; turn < times; turn++) {
    const card = await page.host.page.evaluateHandle(() =>
      [...document.getElementsByClassName("backlog-card")].find(
        (one) => one.getBoundingClientRect().bottom > 100 && one.getBoundingClientRect().top < 700,
      ),
    );
    const topOf = () => card.evaluate((root) => (root?.isConnected ? root.getBoundingClientRect().top : NaN));
    const before = await topOf();
    await page.host.page.mouse.wheel(0, distance);
    for (let waited = 0; waited < 50 && (await topOf()) === before; waited++) await page.rest();
    await page.rest();
    if (!(Math.abs(before - (await topOf()) - distance) <= 2)) jumps++;
  }
  return jumps;
}

async function readHeight(page: EditorPage): Promise<number> {
  return page.host.page.evaluate(
    () => (window.host.views()[0]?.editor as unknown as { cm: EditorView }).cm.contentHeight,
  );
}

describe.each(CODEMIRRORS)("over CodeMirror %s, 3,000 cards that were never drawn", (codemirror) => {
  let page: EditorPage;
  const open = async (width: number, height: number) => {
    const vault = { "BACKLOG.md": BACKLOG };
    page = await EditorPage.open(codemirror, { vault, open: [{ path: "BACKLOG.md" }], width, height });
    await page.host.settled();
  };
  const openAtEnd = async (width: number) => {
    await open(width, 1000);
    await page.press("Control+End");
    await page.host.settled();
  };
  afterEach(async () => {
    expect(await page.close()).toEqual([]);
  });

  test("pass from start to end without a jump of more than two pixels, and the note is as long as was expected", async () => {
    await open(1000, 2400);
    const expected = await readHeight(page);
    expect(await turnWheel(page, 370, 20)).toBe(0);
    const down = await scroll(page, 1, 0.95);
    expect(down).toEqual({ steps: expect.any(Number) as number, lost: 0, jumps: [] });
    expect(down.steps).toBeGreaterThan(150);
    // Lines between the cards, rules drawn across among them, are the editor's to guess.
    expect(Math.abs((await readHeight(page)) / expected - 1)).toBeLessThan(0.015);
  }, 120_000);

  test("do not jump when they come from above", async () => {
    await openAtEnd(1000);
    for (const share of [0.1, 0.5, 1]) {
      expect([share, await scroll(page, -1, share, 60)]).toEqual([share, { steps: 60, lost: 0, jumps: [] }]);
    }
    expect(await turnWheel(page, -370, 20)).toBe(0);
  }, 60_000);

  test("do not jump in a narrow pane, nor after its width has changed", async () => {
    await openAtEnd(480);
    expect(await scroll(page, -1, 0.5, 60)).toEqual({ steps: 60, lost: 0, jumps: [] });
    await page.host.page.setViewportSize({ width: 640, height: 1000 });
    await page.host.settled();
    expect(await scroll(page, -1, 0.5, 60)).toEqual({ steps: 60, lost: 0, jumps: [] });
    expect(await scroll(page, 1, 0.1, 60)).toEqual({ steps: 60, lost: 0, jumps: [] });
  }, 60_000);
});
