// What the tests of cards in the editor share: notes, and an editor in live preview that shows one after the other.
import type { EditorView } from "@codemirror/view";
import { openHost, type Codemirror, type Host, type HostOptions } from "./harness";

/** A complete task block of eight lines. */
export const writeBlock = (number: number): readonly string[] => [
  "## task_begin",
  `### # [id:TASK-20260101-00${number}][type:x] Title ${number}`,
  "**Status:** todo",
  "**Plan:**",
  "1. a",
  "2. b",
  "3. c",
  "## task_end",
];

/** Offsets of the note at hand. */
export interface Selected {
  readonly anchor: number;
  readonly head: number;
}

/** An editor in live preview. */
export class EditorPage {
  private constructor(readonly host: Host) {}

  /** A vault whose note `a.md` is open; `options` say more. */
  static async open(codemirror: Codemirror, options: Partial<HostOptions> = {}): Promise<EditorPage> {
    const vault = { "a.md": "text\n", "b.md": "other\n" };
    return new EditorPage(await openHost({ codemirror, vault, open: [{ path: "a.md" }], width: 1000, ...options }));
  }

  /** Shows lines as a note of their own, without a past; the cursor in a line, from 1, at a column; with the keyboard. */
  async show(lines: readonly string[], line = 1, column = 0): Promise<void> {
    await this.host.page.evaluate(
      ([text, at, col]) => {
        const [pane] = window.host.views();
        pane?.setViewData(text, true);
        const { cm } = pane?.editor as unknown as { cm: EditorView };
        const { from, to } = cm.state.doc.line(at);
        cm.dispatch({ selection: { anchor: Math.min(to, from + col) }, scrollIntoView: true });
        cm.focus();
      },
      [lines.join("\n"), line, column] as const,
    );
    await this.rest();
  }

  /** Two frames: the editor has measured and drawn, and what it put off is done. */
  async rest(): Promise<void> {
    await this.host.page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => window.setTimeout(resolve, 15))),
        ),
    );
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.host.page.keyboard.press(key);
      await this.rest();
    }
  }

  async type(text: string): Promise<void> {
    await this.host.page.keyboard.type(text);
    await this.rest();
  }

  async select(anchor: number, head = anchor): Promise<void> {
    await this.host.page.evaluate(
      ([from, to]) => {
        const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
        cm.dispatch({ selection: { anchor: from, head: to } });
      },
      [anchor, head] as const,
    );
    await this.rest();
  }

  text(pane = 0): Promise<string> {
    return this.host.page.evaluate((at) => window.host.views()[at]?.editor.getValue() ?? "", pane);
  }

  selection(): Promise<Selected> {
    return this.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const { anchor, head } = cm.state.selection.main;
      return { anchor, head };
    });
  }

  /** "3:0 of 12, 1 card": line and column of the cursor, number of lines, cards that are drawn; "5:2–3:0 …" of a selection. */
  place(): Promise<string> {
    return this.host.page.evaluate(() => {
      const { cm } = window.host.views()[0]?.editor as unknown as { cm: EditorView };
      const tell = (at: number) => {
        const line = cm.state.doc.lineAt(at);
        return `${line.number}:${at - line.from}`;
      };
      const { anchor, head, empty } = cm.state.selection.main;
      const cards = cm.dom.querySelectorAll(".backlog-card").length;
      return `${empty ? "" : `${tell(anchor)}–`}${tell(head)} of ${cm.state.doc.lines}, ${cards} ${cards === 1 ? "card" : "cards"}`;
    });
  }

  /** Where the cursor is after each of a number of presses of one key, from its line and column on. */
  async trail(key: string, times: number): Promise<string> {
    const places: string[] = [];
    for (let count = 0; count < times; count++) {
      await this.press(key);
      places.push((await this.place()).replace(/ of.*/, ""));
    }
    return places.join(" ");
  }

  /** What is seen from top to bottom: lines that show as their text, figures by their class. */
  seen(pane = 0): Promise<readonly string[]> {
    return this.host.page.evaluate((at) => {
      const { cm } = window.host.views()[at]?.editor as unknown as { cm: EditorView };
      return [...cm.contentDOM.children].map((child) => {
        const figure = [...child.classList].find((name) => name.startsWith("backlog-") && !name.includes("source"));
        return figure ?? child.textContent;
      });
    }, pane);
  }

  /** The middle of the first element that a selector finds, in CSS pixels of the page. */
  async middleOf(selector: string): Promise<{ readonly x: number; readonly y: number; readonly height: number }> {
    const box = await this.host.page.locator(selector).first().boundingBox();
    if (!box) throw new Error(`nothing is at ${selector}`);
    return { x: box.x + box.width / 2, y: box.y + box.height / 2, height: box.height };
  }

  /** Ends the page and says what went wrong in it. */
  async close(): Promise<readonly string[]> {
    const errors = [...this.host.errors()];
    await this.host.close();
    return errors;
  }
}
