// Pins the parts of a note: which there are, that they agree with `parseNote` on every text, and that reading may start behind
// any part and stop where an earlier reading is met, whatever was edited in between.
import fc from "fast-check";
import {
  type EarlierParts,
  groupAfter,
  type Part,
  type PlacedPart,
  START_PLACE,
  type TextSource,
} from "../../src/core/outline";
import { type OutlineReading, readOutline } from "../../src/core/outline-reader";
import { createDraw, type Draw, drawNote } from "../support/hostile-notes";
import { blockOf } from "../support/notation";
import {
  describeParts,
  drawMarkedNote,
  drawPiece,
  drawPlace,
  structureOf,
  structureOfNote,
} from "../support/outline-notes";

const ROUNDS = 600;
const TASK = blockOf("a");
const GROUP = "## group_begin [type:Infra][priority:high]";

/** The kinds of a text's parts with their texts, for cases that are lines. */
function read(text: string): readonly (readonly [Part["kind"], string])[] {
  return readOutline(text).parts.map(({ from, to, part }) => [part.kind, text.slice(from, to)]);
}

function lastPart(text: string): PlacedPart {
  const part = readOutline(text).parts.at(-1);
  if (!part) throw new Error("no parts");
  return part;
}

describe("a part is", () => {
  test.each([
    [
      "a task, from marker to marker",
      `a\n${TASK}\nb`,
      [
        ["plain", "a"],
        ["task", TASK],
        ["plain", "b"],
      ],
    ],
    [
      "a task without an end, up to the marker that ends it",
      "## task_begin\na\n\n## group_end",
      [
        ["task", "## task_begin\na\n"],
        ["group-end", "## group_end"],
      ],
    ],
    ["a task without an end, up to that of the note", "## task_begin\na\n", [["task", "## task_begin\na"]]],
    [
      "a task that another begins in",
      "## task_begin\n## task_begin\n## task_end",
      [
        ["task", "## task_begin"],
        ["task", "## task_begin\n## task_end"],
      ],
    ],
    [
      "a group with its title, blank lines aside",
      `${GROUP}\n \n# T\na`,
      [
        ["group", `${GROUP}\n \n# T`],
        ["plain", "a"],
      ],
    ],
    [
      "a group without a title",
      `${GROUP}\na\n# T`,
      [
        ["group", GROUP],
        ["plain", "a\n# T"],
      ],
    ],
    ["a group at the end of the note", `${GROUP}\n\n`, [["group", GROUP]]],
    [
      "a group before a comment",
      `## task_end\n${GROUP}\n<!-- a -->\n# T`,
      [
        ["plain", "## task_end"],
        ["group", GROUP],
        ["plain", "<!-- a -->\n# T"],
      ],
    ],
    [
      "the end of a group",
      `${GROUP}\n## group_end`,
      [
        ["group", GROUP],
        ["group-end", "## group_end"],
      ],
    ],
    ["the end of no group", "## group_end", [["group-end", "## group_end"]]],
    [
      "the rules comment, whatever stands before it",
      "a\n<!-- b\nc -->\n<!-- d -->",
      [
        ["plain", "a"],
        ["rules", "<!-- b\nc -->"],
        ["plain", "<!-- d -->"],
      ],
    ],
    [
      "the rules comment in percent signs",
      "%%\na\n%%\n## group_end",
      [
        ["rules", "%%\na\n%%"],
        ["group-end", "## group_end"],
      ],
    ],
    ["no comment behind a marker", "## task_end\n<!-- a -->", [["plain", "## task_end\n<!-- a -->"]]],
    ["a comment that never closes, as text", "<!-- a\n\nb", [["plain", "<!-- a\n\nb"]]],
    [
      "text with entries of an index in it",
      "## index_entry_begin\nid: a\n## index_entry_end",
      [["plain", "## index_entry_begin\nid: a\n## index_entry_end"]],
    ],
    [
      "a task with such in it",
      "## task_begin\n## index_entry_end\n## task_end",
      [["task", "## task_begin\n## index_entry_end\n## task_end"]],
    ],
    [
      "none of blank lines and rules",
      `${TASK}\n\n---\n\n  --- \n${TASK}`,
      [
        ["task", TASK],
        ["task", TASK],
      ],
    ],
    ["none of nothing", "", []],
    ["none of a byte-order mark", `\uFEFF${TASK}`, [["task", TASK]]],
  ] as const)("%s", (_, text, parts) => {
    expect(read(text)).toEqual(parts);
  });
});

test("a group tells its tags in lower case, its title without signs, and where the title stands", () => {
  const [first, second] = readOutline(`a\n ${GROUP}\n\n ## T ##\n## group_begin [type:]`).parts;
  expect(second).toMatchObject({
    part: { header: { type: "infra", priority: "high", title: "T" }, title: { from: 45, to: 53 } },
  });
  expect(first?.to).toBe(1);
  expect(lastPart("## group_begin [type:]").part).toMatchObject({
    header: { type: null, priority: null, title: "" },
    title: null,
  });
});

test("parts name their group by the object", () => {
  const { parts } = readOutline(
    `${TASK}\n${GROUP}\n${TASK}\ntext\n${GROUP}\n## task_begin\n## group_end\n${TASK}\n## group_end`,
  );
  const groups = parts.map(({ part }) => groupAfter(part));
  const [, first, , , second] = parts.map(({ part }) => part);
  expect(groups).toEqual([null, first, first, first, second, second, null, null, null]);
  expect(parts.map(({ part }) => (part.kind === "group-end" ? part.group : 0)).slice(6)).toEqual([second, 0, null]);
});

describe("a task's block is", () => {
  test("its text", () => {
    expect(lastPart(`a\n${TASK}`).part).toMatchObject({ closed: true, block: { text: TASK } });
  });

  test.each([
    ["where nothing closes it", "## task_begin\na", false],
    ["in a list, where its text by itself says something else", "- a\n  ## task_begin\n  ## task_end", true],
  ])("none %s", (_, text, closed) => {
    expect(lastPart(text).part).toMatchObject({ closed, block: null });
  });

  test("there in a note whose first line opens frontmatter that nothing closes", () => {
    expect(lastPart(`---\na\n${TASK}`).part).toMatchObject({ block: { text: TASK }, after: null });
  });
});

describe("text is quiet", () => {
  test.each([
    [
      "with moved notes alone",
      "<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->\n\n---\n <!-- Task C moved to TODO.md on 2026-02-04 -->",
      true,
      3,
    ],
    ["but not with words beside them", "<!-- Task C moved to TODO.md on 2026-02-04 -->\na", false, 1],
    ["but not with another comment", "<!-- Task C -->", false, 0],
    ["but not with an indented rule beside them", "<!-- Task C moved to TODO.md on 2026-02-04 -->\n    ---", false, 1],
    ["but not with a stray marker", "## task_end", false, 0],
    ["but not with indented dashes", "    ---", false, 0],
  ])("%s", (_, text, quiet, movedIds) => {
    const { part } = lastPart(`${GROUP}\n# T\n${text}`);
    expect(part).toMatchObject({ kind: "plain", quiet, movedIds });
  });
});

describe("reading on is safe", () => {
  test.each([
    ["behind a task", TASK, true],
    ["behind a group with its title", `${GROUP}\n# T`, true],
    ["but not behind one that awaits it", GROUP, false],
    ["behind the end of a group", "## group_end", true],
    ["behind the rules comment", "<!-- a -->", true],
    ["but not behind a task without an end", "## task_begin", false],
    ["but not in frontmatter that nothing closes", "---\n## group_end", false],
    ["behind closed frontmatter", "---\na\n---\n## group_end", true],
  ])("%s", (_, text, safe) => {
    expect(lastPart(text).part.after !== null).toBe(safe);
  });

  test("behind a marker in a list only with that list open", () => {
    const { part } = lastPart("- a\n\n  ## task_begin\n  ## task_end");
    expect(part.after?.scan.containers).toEqual([{ marker: 45, size: 2, from: 0 }]);
  });
});

test("long text is several parts, none of which ends in what is masked", () => {
  const lines = Array.from({ length: 70 }, (_, at) => `a ${at}`).join("\n");
  expect(read(lines).map(([, text]) => text.split("\n").length)).toEqual([32, 38]);
  expect(read(`\`\`\`\n${lines}\n\`\`\`\n${lines}`).map(([, text]) => text.split("\n").length)).toEqual([72, 32, 38]);
  expect(read(`${lines}\n<!-- b -->`).at(-1)).toEqual(["rules", "<!-- b -->"]);
});

/** A text that remembers how much of it was asked for. */
class CountedText implements TextSource {
  asked = 0;

  constructor(private readonly text: string) {}

  get length(): number {
    return this.text.length;
  }

  slice(from: number, to: number): string {
    this.asked += to - from;
    return this.text.slice(from, to);
  }
}

describe("a text is asked for in pieces", () => {
  const many = Array.from({ length: 500 }, () => TASK).join("\n\n");

  test("that end with a line, each task in one part all the same", () => {
    const { parts, lines } = readOutline(many);
    expect(parts.map(({ from, to }) => many.slice(from, to))).toEqual(Array.from({ length: 500 }, () => TASK));
    expect(lines).toBe(many.split("\n").length);
  });

  test("as far as it is read", () => {
    const source = new CountedText(many);
    const first = readOutline(many).parts[0] as PlacedPart;
    const earlier: EarlierParts = {
      boundaryAt: (at) => (at === first.to + 1 ? first.part.after : null),
      sameGroup: (group) => group,
    };
    expect(readOutline(source, START_PLACE, earlier)).toMatchObject({ to: first.to + 1, met: true });
    expect(source.asked).toBeLessThan(4000);
  });

  test.each([
    ["a line is longer than they are", `${"a".repeat(300_000)}\n${TASK}`],
    ["frontmatter is longer than they are", `---\n${"a: 1\n".repeat(50_000)}---\n${TASK}`],
    ["no line ends as they do", `${"a\r".repeat(5000)}${TASK.replaceAll("\n", "\r")}`],
  ])("also where %s", (_, text) => {
    const { from, to, part } = lastPart(text);
    expect(part.kind).toBe("task");
    expect([from, to]).toEqual([text.lastIndexOf("## task_begin"), text.length]);
  });
});

/** The parts of a text after an edit, from those before it: read on behind the last part before the edit, up to where they are met. */
function rereadText(
  before: string,
  placed: readonly PlacedPart[],
  from: number,
  to: number,
  text: string,
): { parts: readonly PlacedPart[]; reading: OutlineReading } {
  const shift = text.length - before.length;
  const endOf = (part: PlacedPart): number => {
    if (before.startsWith("\r\n", part.to)) return part.to + 2;
    return part.to + 1;
  };
  let start = START_PLACE;
  let kept = 0;
  placed.forEach((one, at) => {
    // A line feed that comes to stand behind a carriage return belongs to it: the end of a line must stand before the edit.
    if (endOf(one) >= from || one.part.after === null) return;
    start = { at: endOf(one), boundary: one.part.after, group: groupAfter(one.part) };
    kept = at + 1;
  });
  const found = (at: number) => placed.find((one) => one.part.after && endOf(one) === at - shift && endOf(one) >= to);
  const earlier: EarlierParts = { boundaryAt: (at) => found(at)?.part.after ?? null, sameGroup: (group) => group };
  const reading = readOutline(text, start, earlier);
  const rest: PlacedPart[] = [];
  const met = reading.met ? found(reading.to) : undefined;
  let isOther = met !== undefined && groupAfter(met.part) !== reading.group;
  for (const one of met ? placed.slice(placed.indexOf(met) + 1) : []) {
    let { part } = one;
    isOther &&= part.kind !== "group";
    if (isOther && part.kind !== "group" && part.kind !== "rules") part = { ...part, group: reading.group };
    isOther &&= part.kind !== "group-end";
    rest.push({ from: one.from + shift, to: one.to + shift, part });
  }
  return { parts: [...placed.slice(0, kept), ...reading.parts, ...rest], reading };
}

/** Any line ends, byte-order marks and broken structure. */
function drawText(draw: Draw): string {
  const text = draw(3) === 0 ? drawNote(draw) : drawMarkedNote(draw);
  return draw(4) === 0 ? text.replaceAll("\n", draw(2) === 0 ? "\r\n" : "\r") : text;
}

function expectAgreement(text: string, parts: readonly PlacedPart[]): void {
  const readable = new Set(parts.flatMap(({ from, part }) => (part.kind === "task" && part.block ? [from] : [])));
  expect({ text, ...structureOf(parts) }).toEqual({ text, ...structureOfNote(text, (from) => readable.has(from)) });
  for (const { from, part } of parts) {
    if (part.kind === "task" && part.closed && text[from] === "#") expect(part.block).not.toBeNull();
  }
}

test("after any edits the parts are those of a fresh reading, and of the note", () => {
  let met = 0;
  for (let seed = 0; seed < ROUNDS; seed++) {
    const draw = createDraw(seed);
    let text = drawText(draw);
    let parts = readOutline(text).parts;
    for (let edits = 0; edits < 4; edits++) {
      const places = parts.flatMap(({ from, to }) => [from, to, Math.min(to + 1, text.length)]);
      const from = drawPlace(draw, text, places);
      const to = Math.max(from, Math.min(text.length, draw(4) > 0 ? from + draw(3) : drawPlace(draw, text, places)));
      const edited = text.slice(0, from) + drawPiece(draw) + text.slice(to);
      const reread = rereadText(text, parts, from, to, edited);
      if (reread.reading.met) met++;
      parts = reread.parts;
      expect({ seed, text, from, to, edited, parts: describeParts(edited, parts) }).toEqual({
        seed,
        text,
        from,
        to,
        edited,
        parts: describeParts(edited, readOutline(edited).parts),
      });
      expectAgreement(edited, parts);
      text = edited;
    }
  }
  expect(met).toBeGreaterThan(ROUNDS / 2);
});

test("any text has parts in order, whole lines, and agrees with the note", () => {
  const line = fc.constantFrom(
    "## task_begin",
    "## task_end",
    GROUP,
    "# T",
    "## group_end",
    "<!--",
    "-->",
    "%%",
    "```",
    "- a",
    "",
    "a",
  );
  const end = fc.constantFrom("\n", "\n", "\r\n", "\r");
  fc.assert(
    fc.property(fc.array(fc.tuple(line, end), { maxLength: 30 }), fc.string(), (lines, rest) => {
      const text = lines.flat().join("") + rest;
      const { parts } = readOutline(text);
      let last = 0;
      for (const { from, to } of parts) {
        expect(from).toBeGreaterThanOrEqual(last);
        expect(to).toBeGreaterThanOrEqual(from);
        expect(from === 0 || /[\r\n\uFEFF]/.test(text.charAt(from - 1))).toBe(true);
        expect(to === text.length || /[\r\n]/.test(text.charAt(to))).toBe(true);
        last = to + 1;
      }
      expectAgreement(text, parts);
    }),
    { seed: 3, numRuns: 1000 },
  );
});

test.each([
  [
    "a list that was open there is no more",
    ["- a", ...Array.from({ length: 70 }, () => "  b"), "  ```", TASK],
    ["a", ...Array.from({ length: 70 }, () => "  b"), "  ```", TASK],
  ],
  [
    "the first comment was the rules comment and is it no more",
    ["a", ...Array.from({ length: 70 }, () => "b"), "<!-- c -->", TASK],
    ["## task_end", ...Array.from({ length: 70 }, () => "b"), "<!-- c -->", TASK],
  ],
])("an earlier boundary is passed where %s", (_, before, after) => {
  const [old, text] = [before.join("\n"), after.join("\n")];
  const to = (before[0] as string).length;
  const { parts } = rereadText(old, readOutline(old).parts, 0, to, text);
  expect(describeParts(text, parts)).toEqual(describeParts(text, readOutline(text).parts));
  expect(describeParts(text, parts)).not.toHaveLength(describeParts(old, readOutline(old).parts).length);
});
