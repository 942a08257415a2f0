// A long note in reading view while another program works on it: the app renders what is near, takes out what is far, and
// gives elements whose text did not change to other lines. Every card that is seen has to be the note's own, at every stop.
import { writeLargeBacklog } from "../support/large-backlog";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";
import { writeTask } from "./support/reading-page";

const TASKS = 500;
const STOPS = 8;

interface Seen {
  /** Ids and titles of the cards on the screen, in order. */
  readonly cards: readonly string[];
  /** Words of markers and labels on the screen outside of cards. */
  readonly leftovers: readonly string[];
  readonly atEnd: boolean;
}

async function look(host: Host): Promise<Seen> {
  return host.page.evaluate(() => {
    const scroller = document.querySelector(".markdown-reading-view .markdown-preview-view");
    if (!scroller) throw new Error("no reading view");
    const { top, bottom } = scroller.getBoundingClientRect();
    const parts = Array.from(scroller.querySelectorAll(".markdown-preview-sizer > [class^='el-']")).filter((part) => {
      const box = part.getBoundingClientRect();
      return box.bottom > top && box.top < bottom && box.height > 0;
    });
    const cards = parts.flatMap((part) => {
      const title = part.querySelector(".backlog-card-title")?.textContent;
      const id = part.querySelector("[data-control=id]")?.textContent.trim();
      return title === undefined ? [] : [`${String(id)} ${title}`];
    });
    const bare = parts
      .filter((part) => !part.querySelector(".backlog-card, .backlog-band"))
      .map((part) => part.textContent);
    const leftovers = bare.filter((text) =>
      /task_begin|task_end|group_begin|group_end|Status:|Estimated Effort|\[id:/.test(text),
    );
    return { cards, leftovers, atEnd: scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 2 };
  });
}

/** Ids and titles of a note's tasks, as cards show them. */
function listTasks(text: string): readonly string[] {
  const headers = Array.from(text.matchAll(/^### # \[id:(\S+?)\].*?\] (?!\[)(.*)$/gm), ([, id, title]) => [id, title]);
  return headers.map(([id, title]) => `${String(id)} ${String(title).replace("ðŸš€", "🚀").replace("â€”", "—")}`);
}

describe.each(CODEMIRRORS)("over CodeMirror %s", (codemirror) => {
  test("a note of 500 tasks is right at every stop, up and down twice, while another program edits it", async () => {
    let text = writeLargeBacklog(5, TASKS);
    const host = await openHost({
      codemirror,
      vault: { "BACKLOG.md": text },
      open: [{ path: "BACKLOG.md", mode: "reading" }],
    });
    try {
      await host.settled();
      let count = 0;
      let edits = 0;
      for (const direction of [1, -1, 1, -1]) {
        for (let stop = 0; stop < STOPS; stop++) {
          await host.page.evaluate(
            ([at]) => {
              const scroller = document.querySelector(".markdown-reading-view .markdown-preview-view");
              if (scroller) scroller.scrollTop = scroller.scrollHeight * at;
            },
            [direction === 1 ? stop / STOPS : 1 - stop / STOPS] as const,
          );
          text = edit(text, edits++);
          await host.write("BACKLOG.md", text);
          await host.settled();
          const { cards, leftovers } = await look(host);
          expect(leftovers).toEqual([]);
          const tasks = listTasks(text);
          const first = tasks.indexOf(String(cards[0]));
          expect(cards).toEqual(tasks.slice(first, first + cards.length));
          count += cards.length;
        }
      }
      expect(count).toBeGreaterThan(STOPS * 4);
      expect(host.errors()).toEqual([]);
    } finally {
      await host.close();
    }
  }, 180_000);
});

/** What another program does, in turn: a title, a task more, a task less, two tasks in each other's place, a field. */
function edit(text: string, turn: number): string {
  const blocks = Array.from(text.matchAll(/## task_begin\n[^]*?\n## task_end(?=\n\n)/g), ([block]) => block);
  const at = (turn * 37) % blocks.length;
  const block = String(blocks[at]);
  const other = String(blocks[(at + 11) % blocks.length]);
  const added = writeTask(`TASK-20300101-${String(turn).padStart(3, "0")}`, `Added in turn ${turn}`);
  switch (turn % 5) {
    case 0:
      return text.replace(block, block.replace(/\] ([^[\]\n]+)\n/, `] Renamed in turn ${turn}\n`));
    case 1:
      return text.replace(block, () => `${added}\n\n---\n\n${block}`);
    case 2:
      return text.replace(`${block}\n\n`, "");
    case 3:
      return text
        .replace(block, "@one")
        .replace(other, () => block)
        .replace("@one", () => other);
    default:
      return text.replace(block, () => block.replace("**Status:** todo", "**Status:** in-progress"));
  }
}
