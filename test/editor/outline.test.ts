// Pins the parts of a note in the editor: after any edit they are those of a reading from the start, an edit is answered by
// reading what it touched and nothing else, and what is reported as changed is all that may show otherwise.
import { ChangeSet, EditorState, Text, type TransactionSpec } from "@codemirror/state";
import { bareContext, type NoteContext } from "../../src/core/context";
import { DEFAULT_NAMES } from "../../src/core/folder";
import type { GroupPart } from "../../src/core/outline";
import {
  assessOutline,
  type BadgedPart,
  createOutline,
  type Outline,
  PartValue,
  placedParts,
  updateOutline,
} from "../../src/editor/outline";
import { rereadParts } from "../../src/editor/outline-reread";
import { createDraw, type Draw } from "../support/hostile-notes";
import { blockOf } from "../support/notation";
import {
  describeParts,
  drawMarkedNote,
  drawPiece,
  drawPlace,
  structureOf,
  structureOfNote,
} from "../support/outline-notes";

const ROUNDS = 150;
const EDITS = 20;
const BACKLOG = bareContext("backlog", DEFAULT_NAMES, {});
const GROUP = "## group_begin [type:infra][priority:high]";

const textOf = (text: string): Text => Text.of(text.split("\n"));
const partsOf = (outline: Outline): readonly BadgedPart[] => placedParts(outline, 0, Infinity);
const groupsOf = (outline: Outline): readonly GroupPart[] =>
  partsOf(outline).flatMap(({ part }) => (part.kind === "group" ? [part] : []));

function valuesOf(outline: Outline): ReadonlyMap<PartValue, readonly [from: number, to: number]> {
  const values = new Map<PartValue, readonly [number, number]>();
  outline.parts.between(0, Infinity, (from, to, value) => {
    values.set(value, [from, to]);
  });
  return values;
}

function describeOutline(outline: Outline, doc: Text): object {
  const placed = partsOf(outline);
  return {
    parts: describeParts(doc.toString(), placed),
    badges: placed.flatMap(({ badge, part }) => (part.kind === "task" ? [badge] : [])),
    tallies: groupsOf(outline).map((group) => outline.tallies.get(group)),
    count: outline.tallies.size,
  };
}

/** An editor of a note whose outline is kept current, and held against a fresh one after each edit. */
class Note {
  state: EditorState;
  outline: Outline;

  constructor(
    text: string,
    readonly context: NoteContext = BACKLOG,
  ) {
    this.state = EditorState.create({ doc: text, extensions: EditorState.allowMultipleSelections.of(true) });
    this.outline = createOutline(this.state.doc, context);
  }

  get text(): string {
    return this.state.doc.toString();
  }

  /** Replaces the first `old` by `now`; an empty `old` is the end of the note. */
  replace(old: string, now: string): this {
    const from = old === "" ? this.text.length : this.text.indexOf(old);
    if (from === -1) throw new Error(`no ${old}`);
    return this.edit({ changes: { from, to: from + old.length, insert: now } });
  }

  edit(spec: TransactionSpec): this {
    const { changes, state } = this.state.update(spec);
    this.state = state;
    this.outline = updateOutline(this.outline, changes, state.doc, this.context);
    const fresh = createOutline(state.doc, this.context);
    expect(describeOutline(this.outline, state.doc)).toEqual(describeOutline(fresh, state.doc));
    return this;
  }

  /** The texts of what is reported as changed. */
  get changed(): readonly string[] {
    return this.outline.changed.map(({ from, to }) => this.state.sliceDoc(from, to));
  }

  get kinds(): string {
    return partsOf(this.outline)
      .map(({ part }) => (part.kind === "task" && !part.closed ? "open" : part.kind))
      .join(" ");
  }
}

function drawChanges(draw: Draw, text: string, places: readonly number[]): ChangeSet {
  const changes: { from: number; to: number; insert: string }[] = [];
  let last = 0;
  for (let count = 1 + (draw(3) === 0 ? draw(4) : 0); count > 0 && last <= text.length; count--) {
    const from = Math.max(last, drawPlace(draw, text, places));
    const to = Math.max(from, draw(3) > 0 ? from + draw(3) : drawPlace(draw, text, places));
    changes.push({ from, to: Math.min(to, text.length), insert: drawPiece(draw) });
    last = to + draw(2);
  }
  return ChangeSet.of(changes, text.length);
}

/** What stands outside the changed spans is what stood there, and what is gone stood in them. */
function expectOthersKept(before: Outline, now: Outline, changes: ChangeSet): void {
  const touches = (from: number, to: number) => now.changed.some((span) => span.from <= to && from <= span.to);
  const [old, current] = [valuesOf(before), valuesOf(now)];
  for (const [value, [from, to]] of current) {
    if (touches(from, to)) continue;
    const [oldFrom, oldTo] = old.get(value) ?? [-1, -1];
    expect([changes.mapPos(oldFrom, 1), changes.mapPos(oldTo, -1)]).toEqual([from, to]);
    if (value.part.kind === "group") expect(now.tallies.get(value.part)).toBe(before.tallies.get(value.part));
  }
  for (const [value, [from, to]] of old) {
    if (!current.has(value)) expect(touches(changes.mapPos(from, 1), changes.mapPos(to, -1))).toBe(true);
  }
}

test("after any edits the parts are those of a fresh reading, and of the note", () => {
  for (let seed = 0; seed < ROUNDS; seed++) {
    const draw = createDraw(seed);
    let doc = textOf(drawMarkedNote(draw));
    let outline = createOutline(doc, BACKLOG);
    for (let edit = 0; edit < EDITS; edit++) {
      const text = doc.toString();
      const places = partsOf(outline).flatMap(({ from, to }) => [from, to, Math.min(to + 1, doc.length)]);
      const changes = drawChanges(draw, text, places);
      const before = outline;
      doc = changes.apply(doc);
      outline = updateOutline(outline, changes, doc, BACKLOG);
      const which = { seed, edit, text, changes: changes.toJSON() };
      expect({ ...which, ...describeOutline(outline, doc) }).toEqual({
        ...which,
        ...describeOutline(createOutline(doc, BACKLOG), doc),
      });
      expectOthersKept(before, outline, changes);
      const placed = partsOf(outline);
      const readable = new Set(placed.flatMap(({ from, part }) => (part.kind === "task" && part.block ? [from] : [])));
      const structure = structureOfNote(doc.toString(), (from) => readable.has(from));
      expect({ ...which, ...structureOf(placed) }).toEqual({ ...which, ...structure });
      const empty = groupsOf(outline).map((group) => outline.tallies.get(group)?.empty);
      expect(empty).toEqual(structure.groups.map((group) => (group as { empty: boolean }).empty));
    }
  }
});

describe("typing", () => {
  const A = blockOf("a");
  const B = blockOf("b");

  test("opens a task only once it is closed", () => {
    const note = new Note("a\n");
    for (const char of "## task_begin\n### # [id:A]\n## task_end") {
      expect(note.kinds).not.toContain("task");
      note.replace("", char);
    }
    expect(note.kinds).toBe("plain task");
  });

  test.each([
    ["a comment", "<!--", "-->"],
    ["a fence", "```", "```"],
    ["percent signs", "%%", "%%"],
  ])("%s hides what follows until it is closed, and shows it again", (_, opens, closes) => {
    const note = new Note(`a\n\n${A}\n${GROUP}\n${B}\n## group_end`);
    note.replace("a\n", `a\n${opens}\n`);
    expect(note.kinds).toMatch(/^plain(?: plain)*$/);
    note.replace(`${opens}\n`, `${opens}\n${closes}\n`);
    expect(note.kinds.replace(/^(?:plain|rules| )+/, "")).toBe("task group task group-end");
  });

  test("what breaks a marker joins its task to the text around it, and back", () => {
    const note = new Note(`${A}\n${B}`);
    note.replace("## task_end\n## task_begin", "## task_end## task_begin");
    expect(note.kinds).toBe("task");
    note.replace("## task_end## task_begin", "## task_end\n## task_begin");
    expect(note.kinds).toBe("task task");
    note.replace("## task_end", "## task_en");
    expect(note.kinds).toBe("open task");
  });

  test("at the end of a list parts behind it from what it hides in it", () => {
    const lines = Array.from({ length: 70 }, () => "  b");
    const note = new Note(["- a", ...lines, "  ```", A].join("\n"));
    expect(note.kinds).toBe("plain plain task");
    note.replace("- a", "a");
    expect(note.kinds).not.toContain("task");
  });

  test("in a task changes that task alone, and keeps the others by the object", () => {
    const note = new Note(`${GROUP}\n# T\n${A}\n\n---\n\n${B}\n## group_end`);
    const before = partsOf(note.outline);
    const { tallies } = note.outline;
    note.replace("Do a", "Do it");
    const now = partsOf(note.outline);
    expect(now.map(({ part }, at) => part === before[at]?.part)).toEqual([true, false, true, true]);
    expect(note.changed).toEqual([A.replace("Do a", "Do it")]);
    expect(note.outline.tallies).toBe(tallies);
  });

  test("away what stands before other text reports the place where it stood", () => {
    const note = new Note(`${GROUP}\n# T\na\n\n${A}\nb`);
    note.replace(`${A}\n`, "");
    expect(note.outline.changed.at(-1)?.to).toBe(note.text.length - 1);
  });

  test("that changes how many tasks are ready reports the group's line too", () => {
    const note = new Note(`${GROUP}\n# T\n\n${A}\n\n${B}\n## group_end`);
    note.replace("todo", "blocked");
    expect(note.changed).toEqual([`${GROUP}\n# T`, `\n${A.replace("todo", "blocked")}`]);
    expect(note.outline.tallies.get(groupsOf(note.outline)[0] as GroupPart)).toEqual({
      tasks: 2,
      ready: 1,
      movedIds: 0,
      empty: false,
      closed: true,
    });
  });
});

describe("a group", () => {
  const TASKS = `${blockOf("a")}\n${blockOf("b")}`;

  test("is the same object as long as its marker and title say the same", () => {
    const note = new Note(`a\n${GROUP}\n# T\n${TASKS}\n## group_end`);
    const [group] = groupsOf(note.outline);
    note.replace("a\n", "b\n").replace("[type:", "[TYPE:").replace("# T", "# T".trim());
    expect(groupsOf(note.outline)[0]).toBe(group);
  });

  test("whose header changes gives it to all of its tasks, which are not read again", () => {
    const note = new Note(`${GROUP}\n# T\n${TASKS}\n## group_end\n${TASKS}`);
    const blocks = partsOf(note.outline).map(({ part }) => (part.kind === "task" ? part.block : null));
    note.replace("[type:infra]", "[type:docs]");
    const placed = partsOf(note.outline);
    expect(placed.map(({ part }) => (part.kind === "task" ? part.block : null))).toEqual(blocks);
    expect(placed.map(({ part }, at) => part.kind !== "task" || part.block === blocks[at])).not.toContain(false);
    const codes = placed.map(({ badge }) => badge?.findings.map(({ code }) => code).join() ?? "-");
    expect(codes.map((code) => code.includes("type-differs"))).toEqual([false, true, true, false, false, false]);
    expect(note.changed.join("\n")).toContain(TASKS);
  });

  test("whose title changes leaves the badges of its tasks", () => {
    const note = new Note(`${GROUP}\n# T\n${TASKS}`);
    const badges = partsOf(note.outline).map(({ badge }) => badge);
    note.replace("# T", "# Title");
    expect(partsOf(note.outline).map(({ badge }, at) => badge === badges[at])).toEqual([true, true, true]);
  });

  test("that is gone leaves its tasks to the one before, or to none", () => {
    const note = new Note(
      `${GROUP}\n${blockOf("a")}\n## group_begin [type:docs]\n${blockOf("b")}\n## group_end\n${TASKS}`,
    );
    note.replace("## group_begin [type:docs]\n", "").replace(`${GROUP}\n`, "");
    expect(note.kinds).toBe("task task group-end task task");
    expect(note.outline.tallies.size).toBe(0);
  });

  test.each(["", "\n"])("that is pasted over what stands before its twin is a group of its own (%j)", (end) => {
    const note = new Note(`${GROUP}\n# S\n${blockOf("a")}\n${GROUP}\n# T\n${blockOf("b")}`);
    note.replace(`${blockOf("a")}${end}`, `${GROUP}\n# T${end}`);
    expect(note.outline.tallies.size).toBe(3);
  });

  test.each([
    ["of blank lines", "\n\n", { empty: true, movedIds: 0 }],
    ["of leftovers", "\n---\n<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->\n\n---", { empty: true, movedIds: 2 }],
    ["with text", "text", { empty: false, movedIds: 0 }],
    ["with a task that is not closed", "## task_begin", { empty: false, tasks: 1, ready: 0 }],
    ["with the end of a task", "## task_end", { empty: false, tasks: 0 }],
  ])("%s knows whether it is empty", (_, inside, tally) => {
    const note = new Note(`${GROUP}\n# T\n${blockOf("a")}\n## group_end`);
    note.replace(blockOf("a"), inside);
    expect(note.outline.tallies.get(groupsOf(note.outline)[0] as GroupPart)).toMatchObject({ ...tally, closed: true });
  });

  test("knows whether something closes it", () => {
    const note = new Note(`${GROUP}\n# T\n## group_end`).replace("## group_end", "");
    expect([...note.outline.tallies.values()]).toMatchObject([{ closed: false, empty: true }]);
  });
});

describe("several changes at once", () => {
  test("are one edit, be they far from each other or touch", () => {
    const tasks = Array.from({ length: 40 }, (_, at) => blockOf(`t${at}`)).join("\n\n---\n\n");
    const note = new Note(`${GROUP}\n${tasks}\n## group_end`);
    const places = [...note.text.matchAll(/todo|## task_begin\n/g)].map(({ index }) => index);
    note.edit({ changes: places.map((at) => ({ from: at, insert: at % 3 === 0 ? "\n" : "x" })) });
    note.edit({
      changes: [
        { from: 3, insert: "x" },
        { from: 4, to: 60 },
        { from: 60, insert: "## task_begin\n" },
      ],
    });
  });

  test("that give another group to what stands between them", () => {
    const note = new Note(`${GROUP}\n${blockOf("a")}\n${blockOf("b")}\n${blockOf("c")}\n## group_end`);
    note.edit({
      changes: [
        { from: 0, to: GROUP.length + 1 },
        { from: note.text.indexOf("Do c"), insert: "x" },
      ],
    });
    expect(partsOf(note.outline).map(({ part }) => "group" in part && part.group)).toEqual([null, null, null, null]);
  });

  test("and taking all away", () => {
    const note = new Note(`${GROUP}\n${blockOf("a")}`);
    note.edit({ changes: { from: 0, to: note.text.length } });
    expect(note.kinds).toBe("");
    expect(note.outline.tallies.size).toBe(0);
  });
});

describe("of a large note only what an edit touches is read", () => {
  const tasks = Array.from({ length: 3000 }, (_, at) => blockOf(`t${at}`));
  const outlineOf = (text: string) => createOutline(textOf(text), BACKLOG);
  const text = `${GROUP}\n# T\n\n${tasks.join("\n\n---\n\n")}\n\n## group_end`;
  const outline = outlineOf(text);
  const linesFor = (from: number, to: number, insert: string): number => {
    const changes = ChangeSet.of({ from, to, insert }, text.length);
    return rereadParts(outline.parts, changes, changes.apply(textOf(text))).lines;
  };
  const lines = blockOf("t1500").split("\n").length;
  const at = text.indexOf(blockOf("t1500"));

  test.each([
    ["in a task, its lines and the gap above", at + 60, at + 60, "x", lines + 3],
    ["at the end of a task, likewise", at + blockOf("t1500").length, at + blockOf("t1500").length, " ", lines + 3],
    ["in the gap above a task, likewise", at - 2, at - 2, "x", lines + 3],
    ["with a line break, one line more", at + 60, at + 60, "\n", lines + 4],
    [
      "that breaks a task's end, the next one too",
      at + blockOf("t1500").length - 1,
      at + blockOf("t1500").length,
      "",
      2 * lines + 6,
    ],
    ["over two tasks, the lines that are left", at + 60, at + 60 + blockOf("t1500").length + 7, "", lines + 3],
    ["in the title, the group's lines", GROUP.length + 3, GROUP.length + 3, "x", 2],
  ])("%s", (_, from, to, insert, expected) => {
    expect(linesFor(from, to, insert)).toBe(expected);
  });

  test("and of one without markers a few dozen lines", () => {
    const prose = Array.from({ length: 20_000 }, (_, line) => `line ${line}`).join("\n");
    let doc = textOf(prose);
    let outline = createOutline(doc, BACKLOG);
    const parts = partsOf(outline).length;
    for (let edit = 0; edit < 300; edit++) {
      const changes = ChangeSet.of({ from: 100_000, insert: "a\n" }, doc.length);
      doc = changes.apply(doc);
      expect(rereadParts(outline.parts, changes, doc).lines).toBeLessThan(150);
      outline = updateOutline(outline, changes, doc, BACKLOG);
    }
    expect(partsOf(outline).length - parts).toBeLessThan(300 / 16);
  });
});

describe("under another context", () => {
  const text = `${GROUP}\n# T\n\n${blockOf("a")}\n\n${blockOf("b")}\n## group_end\n\n${GROUP}\n# U`;
  const doc = textOf(text);
  const outline = createOutline(doc, BACKLOG);
  const elsewhere = new Map([["TASK-20260204-B", "TODO.md"]]);
  const other: NoteContext = { ...BACKLOG, known: { backlog: new Map(), elsewhere } };

  test("badges and tallies are those of a fresh outline, and no part is another", () => {
    const assessed = assessOutline(outline, other);
    expect(describeOutline(assessed, doc)).toEqual(describeOutline(createOutline(doc, other), doc));
    expect(partsOf(assessed).map(({ part }) => part)).toEqual(partsOf(outline).map(({ part }) => part));
    expect(partsOf(assessed).map(({ badge }) => badge?.kind)).toEqual([
      undefined,
      "ready",
      "valid",
      undefined,
      undefined,
    ]);
  });

  test("what changed are the tasks whose badge says something else, and their group", () => {
    const { changed } = assessOutline(outline, other);
    expect(changed.map(({ from, to }) => text.slice(from, to))).toEqual([`${GROUP}\n# T`, blockOf("b")]);
  });

  test("that says the same nothing changed, and the parts are the same object", () => {
    const assessed = assessOutline(outline, { ...BACKLOG });
    expect(assessed.changed).toEqual([]);
    expect(assessed.parts).toBe(outline.parts);
    expect(assessed.tallies).toBe(outline.tallies);
  });

  test("that changes no badge nothing changed either", () => {
    const known = { backlog: new Map([["TASK-20260204-A", 1]]), elsewhere: new Map() };
    expect(assessOutline(outline, { ...BACKLOG, known }).parts).toBe(outline.parts);
  });

  test("an edit takes it in as well", () => {
    const changes = ChangeSet.of({ from: text.length, insert: "x" }, text.length);
    const after = changes.apply(doc);
    const updated = updateOutline(outline, changes, after, other);
    expect(describeOutline(updated, after)).toEqual(describeOutline(createOutline(after, other), after));
    expect(updated.changed).toHaveLength(3);
  });

  test("a transaction without changes takes it in, and is nothing where there is none", () => {
    const none = ChangeSet.empty(text.length);
    expect(updateOutline(outline, none, doc, other).context).toBe(other);
    const settled = updateOutline(outline, none, doc, BACKLOG);
    expect(settled).toEqual({ ...outline, changed: [] });
    expect(updateOutline(settled, none, doc, BACKLOG)).toBe(settled);
  });
});

describe("the next group", () => {
  const header = { type: "infra", priority: "high", title: "T" };
  const text = `${GROUP}\n# S\n## group_end\n${GROUP}\n# T\n## group_end`;
  const withNext = (index: number): NoteContext => ({ ...BACKLOG, next: { index, header } });

  test("is the one that the context names, and goes with it as others are edited", () => {
    const note = new Note(text, withNext(1));
    const [, second] = groupsOf(note.outline);
    expect(note.outline.next).toBe(second);
    note.replace(GROUP, `${GROUP}\n# R\n${GROUP}`);
    expect(note.outline.next).toBe(second);
  });

  test("is still it while its title is typed", () => {
    const note = new Note(text, withNext(1)).replace("# T", "# Ti");
    expect(note.outline.next?.header.title).toBe("Ti");
  });

  test("is none once it is gone", () => {
    const note = new Note(text, withNext(1)).replace(`${GROUP}\n# T\n`, "");
    expect(note.outline.next).toBeNull();
  });

  test.each([0, 2])("is none where another stands in place %s by now", (index) => {
    expect(createOutline(textOf(text), withNext(index)).next).toBeNull();
  });

  test("is told with its line where it becomes one", () => {
    const outline = assessOutline(createOutline(textOf(text), BACKLOG), withNext(1));
    expect(outline.changed.map(({ from, to }) => text.slice(from, to))).toEqual([`${GROUP}\n# T`]);
  });
});

test("no two values are equal, so that no part is taken for another", () => {
  const { part } = partsOf(createOutline(textOf(blockOf("a")), BACKLOG))[0] as BadgedPart;
  const value = new PartValue(part, null);
  expect([value.eq(value), value.eq(new PartValue(part, null))]).toEqual([true, false]);
});
