// Pins that a scan may start at any line with the state before it (an editor rescans only what an edit touched): the lines from
// there on, and the blocks that nothing closes, are those of a scan from the start; and after an edit the lines behind it need
// no scan once the state is that of before. Over seeded random notes and edits.
import { LineScanner } from "../../src/core/lines";
import { equalStates, isSettled, type ScanState, START } from "../../src/core/scan-state";
import { createDraw, type Draw, drawNote, pick, SNIPPETS } from "../support/hostile-notes";
import { copyLine, type ReadLine, readLines, shiftLine } from "../support/judge";

const ROUNDS = 1000;

/** Lines and the states before each of them. */
interface Scan {
  readonly lines: readonly ReadLine[];
  readonly states: readonly ScanState[];
}

function scan(text: string): Scan {
  const scanner = new LineScanner(text);
  const lines: ReadLine[] = [];
  const states: ScanState[] = [scanner.state()];
  while (scanner.next()) {
    lines.push(copyLine(scanner));
    states.push(scanner.state());
  }
  return { lines, states };
}

/** A hostile note, with Obsidian comments in it. */
function drawText(draw: Draw): string {
  const note = drawNote(draw);
  const at = draw(3) === 0 ? note.indexOf("\n") + 1 : -1;
  return at < 0 ? note : `${note.slice(0, at)}%% a${pick(draw, ["\n", " %%\n"])}${note.slice(at)}`;
}

function drawInsert(draw: Draw): string {
  const piece = pick(draw, [
    "",
    "",
    "\n",
    "\r",
    "\r\n",
    " ",
    "\t",
    "a",
    "---\n",
    "%%",
    "%%\n",
    "> ",
    "- ",
    "```\n",
    "\n\n",
    "[ ]",
  ]);
  return piece + (draw(3) === 0 ? pick(draw, pick(draw, Object.values(SNIPPETS))) : "");
}

/** Rescans after `[from, to)` of the old text became `insert`, as `LineScanner` says that one may. */
function rescan(
  old: Scan,
  text: string,
  from: number,
  to: number,
  insert: string,
): { lines: ReadLine[]; reused: number } {
  const shift = insert.length - (to - from);
  let start = 0;
  old.lines.forEach((line, index) => {
    const state = old.states[index];
    if (line.from < from && state !== undefined && isSettled(state)) start = index;
  });
  const lines = old.lines.slice(0, start);
  const startFrom = old.lines[start]?.from ?? 0;
  const scanner = start === 0 ? new LineScanner(text) : new LineScanner(text, startFrom, old.states[start]);
  for (;;) {
    const next = scanner.end - shift;
    // A note's first line is a case of its own: frontmatter and a byte-order mark are at its start only.
    const same = next < Math.max(to, 1) ? -1 : old.lines.findIndex((line) => line.from === next);
    if (same >= 0 && equalStates(old.states[same] ?? START, scanner.state(), shift)) {
      const rest = old.lines.slice(same).map((line) => shiftLine(line, shift));
      return { lines: [...lines, ...rest], reused: rest.length };
    }
    if (!scanner.next()) return { lines, reused: 0 };
    lines.push(copyLine(scanner));
  }
}

test("a scan from any line on finds what a scan from the start finds there", () => {
  for (let seed = 0; seed < ROUNDS; seed++) {
    const text = drawText(createDraw(seed));
    const { lines, states } = scan(text);
    const whole = new LineScanner(text);
    lines.forEach((line, index) => {
      if (index % 3 !== seed % 3) return;
      const resumed = new LineScanner(text, line.from, states[index]);
      const rest: ReadLine[] = [];
      while (resumed.next()) rest.push(copyLine(resumed));
      expect({ seed, index, rest }).toEqual({ seed, index, rest: lines.slice(index) });
      while (whole.next());
      const noted = resumed.unclosed.length;
      expect(resumed.unclosed).toEqual(noted === 0 ? [] : whole.unclosed.slice(-noted));
      expect(resumed.openAtEnd).toEqual(whole.openAtEnd);
    });
  }
});

test("after an edit the lines behind it stand, once the state is that of before", () => {
  let reused = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const draw = createDraw(seed);
    const text = drawText(draw);
    const old = scan(text);
    for (let edits = 0; edits < 4; edits++) {
      const from = draw(text.length + 1);
      const to = Math.min(text.length, from + pick(draw, [0, 0, 0, 1, 2, 5, 20]));
      const insert = drawInsert(draw);
      const edited = text.slice(0, from) + insert + text.slice(to);
      const result = rescan(old, edited, from, to, insert);
      reused += result.reused;
      expect({ text, from, to, insert, lines: result.lines }).toEqual({
        text,
        from,
        to,
        insert,
        lines: readLines(edited),
      });
    }
  }
  expect(reused).toBeGreaterThan(ROUNDS);
});

describe("two states are equal", () => {
  const stateAfter = (text: string): ScanState => {
    const scanner = new LineScanner(text);
    while (scanner.next());
    return scanner.state();
  };

  test.each([
    ["of plain notes", "a\n\n", "# b\n", 5],
    ["whose containers and fences lie as far apart as the texts are long", "- ```\n", "b\n\n- ```\n", 3],
    ["of one scan", "- a\n  > b\n", "- a\n  > b\n", 0],
  ])("%s", (_, a, b, shift) => {
    expect(equalStates(stateAfter(a), stateAfter(b), shift)).toBe(true);
  });

  test("that are one and the same, unless something in them has to lie elsewhere", () => {
    const state = stateAfter("- a\n");
    expect(equalStates(state, state, 0)).toBe(true);
    expect(equalStates(state, state, 1)).toBe(false);
    expect(equalStates(START, START, 1)).toBe(true);
  });

  test.each([
    ["leaf", "a\n", "\n"],
    ["place of the leaf", "```\n", "a\n```\n"],
    ["character of the fence", "```\n", "~~~\n"],
    ["length of the fence", "```\n", "````\n"],
    ["kind of HTML", "<!a\n", "<?a\n"],
    ["empty item", "-\n", "- \n"],
    ["frontmatter", "---\n", "***\n"],
    ["depth", "- > \n", "- \n"],
    ["marker", "- a\n", "+ a\n"],
    ["size", "- a\n", "-  a\n"],
    ["place of the container", "- a\n", "\n- a\n"],
  ])("only with the same %s", (_, a, b) => {
    expect(equalStates(stateAfter(a), stateAfter(b), 0)).toBe(false);
  });

  test("and share their containers as long as none opens or closes", () => {
    const scanner = new LineScanner("- a\n  b\n\n  c\n- d\n");
    const containers = [scanner.state().containers];
    while (scanner.next()) containers.push(scanner.state().containers);
    expect(containers.map((now, index) => now === containers[index - 1])).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
    expect(containers.map(({ length }) => length)).toEqual([0, 1, 1, 1, 1, 1]);
  });
});

test.each([
  ["a paragraph, which an underline may make a heading", "- [ ] a\n", false],
  ["a bare marker, below which a box may come", "-\n", false],
  ["frontmatter, which only its end makes one", "---\na\n---\nb\n", false],
  ["frontmatter that never closes", "---\na\n\n", false],
  ["a blank line", "- [ ] a\n\n", true],
  ["a fence", "a\n```\n", true],
])("what was found before does or does not stand behind %s", (_, text, settled) => {
  const scanner = new LineScanner(text);
  scanner.next();
  scanner.next();
  expect(isSettled(scanner.state())).toBe(settled);
});
