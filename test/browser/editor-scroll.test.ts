// Pins that a long note stands still under the eye: what is on the screen moves by as much as was scrolled, in either
// direction, whether the cards that come were ever drawn before or not. Heights that are guessed wrong are what makes it jump.
import type { EditorView } from "@codemirror/view";
import { createDraw } from "../support/hostile-notes";
import { CODEMIRRORS } from "./support/harness";
import { EditorPage } from "./support/editor-page";

const WORDS = ["alpha", "beta", "gamma", "delta", "epsilon", "zeta"];
const CARDS = 3000;

function writeLongNote(): string {
  const draw = createDraw(3);
  const words = (count: number) => Array.from({ length: count }, () => String(WORDS[draw(WORDS.length)])).join(" ");
  const blocks = Array.from({ length: CARDS }, (_, at) => {
    const id = `TASK-20260101-${String(at).padStart(4, "0")}`;
    const criteria = Array.from({ length: draw(6) }, () => `- [${draw(2) ? "x" : " "}] ${words(3)}`);
    return [
      "## task_begin",
      `### # [id:${id}][type:infra][priority:high][component:c] ${words(1 + draw(24))}`,
      "**Status:** todo",
      ...(draw(3) ? [] : [`**Dependencies:** TASK-20260101-0001, TASK-20260101-0002`]),
      "**Acceptance Criteria:**",
      ...criteria,
      "**Plan:**",
      ...Array.from({ length: 1 + draw(5) }, (_step, step) => `${step + 1}. ${words(2)}`),
      ...(draw(2) ? ["**Relevant Documentation:** `docs/a.md`", "**Estimated Effort:** 2 days"] : []),
      "## task_end",
    ].join("\n");
  });
  return blocks.join("\n\n---\n\n");
}

/** Scrolls an editor to one of its ends, and tells how many steps it took and by how much what was seen moved otherwise. */
async function scroll(
  page: EditorPage,
  direction: 1 | -1,
  share = 0.6,
): Promise<{ steps: number; jumps: readonly number[] }> {
  return page.host.page.evaluate(
    async ([sign, part]) => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const { scrollDOM, contentDOM } = cm;
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      const jumps: number[] = [];
      const { top, bottom } = scrollDOM.getBoundingClientRect();
      const step = Math.floor((bottom - top) * part);
      for (let steps = 0; ; steps++) {
        const before = scrollDOM.scrollTop;
        const rest = sign > 0 ? scrollDOM.scrollHeight - scrollDOM.clientHeight - before : before;
        if (rest < 1) return { steps, jumps };
        const distance = Math.min(step, rest);
        const from = sign > 0 ? top + distance : top;
        const seen = [...contentDOM.children].find((child) => {
          const box = child.getBoundingClientRect();
          return (
            child.classList.contains("backlog-card") && box.top >= from && box.top < bottom - (sign > 0 ? 0 : distance)
          );
        });
        const wasAt = seen?.getBoundingClientRect().top ?? NaN;
        scrollDOM.scrollTop = before + sign * distance;
        await frame();
        await frame();
        const moved = seen?.isConnected ? wasAt - seen.getBoundingClientRect().top : NaN;
        const jump = Math.abs(moved - sign * distance);
        if (!(jump <= 2)) jumps.push(jump);
      }
    },
    [direction, share] as const,
  );
}

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  let page: EditorPage;
  beforeEach(async () => {
    page = await EditorPage.open(codemirror, { vault: { "a.md": writeLongNote() }, height: 1600 });
    await page.host.settled();
  }, 60_000);
  afterEach(async () => {
    expect(await page.close()).toEqual([]);
  });

  test("3,000 cards pass from end to end without a jump of more than two pixels", async () => {
    const down = await scroll(page, 1);
    expect(down.steps).toBeGreaterThan(200);
    expect(down.jumps).toEqual([]);
    const up = await scroll(page, -1);
    expect(up.steps).toBeGreaterThan(200);
    expect(up.jumps).toEqual([]);
  }, 240_000);

  test("cards that were never drawn do not jump when they come from above", async () => {
    await page.press("Control+End");
    await page.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const { doc } = cm.state;
      cm.dispatch({ changes: { from: 0, to: doc.line(Math.floor(doc.lines * 0.85)).to } });
      cm.scrollDOM.scrollTop = cm.scrollDOM.scrollHeight;
    });
    await page.rest();
    // As a wheel does: beyond what the editor has drawn ahead it has no place to hold on to.
    const up = await scroll(page, -1, 0.1);
    expect(up.steps).toBeGreaterThan(200);
    expect(up.jumps).toEqual([]);
  }, 120_000);

  test("after the pane's width has changed, cards that were never drawn at it do not jump either", async () => {
    await page.press("Control+End");
    await page.host.page.setViewportSize({ width: 480, height: 1600 });
    await page.host.page.waitForTimeout(400);
    await page.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const { doc } = cm.state;
      cm.dispatch({ changes: { from: 0, to: doc.line(Math.floor(doc.lines * 0.9)).to } });
      cm.scrollDOM.scrollTop = cm.scrollDOM.scrollHeight;
    });
    await page.rest();
    const up = await scroll(page, -1, 0.1);
    expect(up.steps).toBeGreaterThan(200);
    expect(up.jumps).toEqual([]);
  }, 120_000);
});
