// Pins the field that draws the cards: whatever is edited, selected or opened, what is drawn equals what a new editor of the
// same text would draw; what did not change is kept; and source shows where it should and nowhere else.
import { EditorSelection, EditorState, type TransactionSpec } from "@codemirror/state";
import type { Decoration, DecorationSet } from "@codemirror/view";
import { bareContext, type NoteContext } from "../../src/core/context";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { cardField, type CardState } from "../../src/editor/card-field";
import { refreshContext, setFocused, setPressed, toggleDetails } from "../../src/editor/effects";
import { figureIn } from "../../src/editor/figures";
import { cardHost, type EditorHost } from "../../src/editor/host";
import { createDraw, type Draw } from "../support/hostile-notes";
import { drawMarkedNote, drawPiece } from "../support/outline-notes";

jest.mock("obsidian", () => ({}), { virtual: true });

const CONTEXT = bareContext("backlog", DEFAULT_NAMES, {});
const ONE = "## task_begin\n### # [id:TASK-20260101-001][type:infra][priority:high] One\n**Status:** todo\n## task_end";
const TWO = "## task_begin\n### # [id:TASK-20260101-002][type:infra][priority:high] Two\n**Status:** todo\n## task_end";
const GROUP = `## group_begin [type:infra][priority:high]\n## Infrastructure`;

let enabled = true;
let context: NoteContext = CONTEXT;
const host: EditorHost = {
  enabled: () => enabled,
  contextOf: () => context,
  actionsFor: () => {
    throw new Error("nothing is drawn here");
  },
};

let reported: jest.SpyInstance;

beforeEach(() => {
  enabled = true;
  context = CONTEXT;
  reported = jest.spyOn(console, "error");
});

afterEach(() => {
  expect(reported.mock.calls).toEqual([]);
  reported.mockRestore();
});

const open = (doc: string): EditorState =>
  EditorState.create({ doc, extensions: [cardHost.of(host), cardField, EditorState.allowMultipleSelections.of(true)] });

function cardsOf(state: EditorState): CardState {
  const cards = state.field(cardField);
  if (cards === null) throw new Error("no host");
  return cards;
}

interface Placed {
  readonly from: number;
  readonly to: number;
  readonly value: Decoration;
}

function list(decorations: DecorationSet): readonly Placed[] {
  const placed: Placed[] = [];
  decorations.between(0, Infinity, (from, to, value) => {
    placed.push({ from, to, value });
  });
  return placed;
}

/** What is drawn, in words: a figure's lines, or the class of a line that shows. */
function tell(state: EditorState): readonly string[] {
  return list(cardsOf(state).decorations).map(({ from, to, value }) => {
    const figure = figureIn(value);
    const lines = `${state.doc.lineAt(from).number}-${state.doc.lineAt(to).number}`;
    return figure ? `${figure.constructor.name} ${lines}` : `line ${state.doc.lineAt(from).number}`;
  });
}

/** What is wrong with what an editor draws, compared with a new one of the same text, selection and state; [] where nothing is. */
function compareToFresh(state: EditorState): readonly string[] {
  const { focused, opened, figures, decorations } = cardsOf(state);
  let fresh = open(state.doc.toString());
  const effects = [setFocused.of(focused), ...opened.map((place) => toggleDetails.of(place))];
  fresh = fresh.update({ selection: state.selection, effects }).state;
  return [
    ...compareSets(list(figures), list(cardsOf(fresh).figures)).map((wrong) => `figure ${wrong}`),
    ...compareSets(list(decorations), list(cardsOf(fresh).decorations)).map((wrong) => `decoration ${wrong}`),
  ];
}

function compareSets(found: readonly Placed[], wanted: readonly Placed[]): readonly string[] {
  const tellPlaces = (placed: readonly Placed[]) => placed.map(({ from, to }) => `${from}-${to}`).join(" ");
  if (tellPlaces(found) !== tellPlaces(wanted)) return [`${tellPlaces(found)} instead of ${tellPlaces(wanted)}`];
  return wanted.flatMap(({ from, value }, at) =>
    found[at]?.value.eq(value) ? [] : [`at ${from} shows something else`],
  );
}

function drawTransaction(draw: Draw, state: EditorState): TransactionSpec {
  const { length } = state.doc;
  const kind = draw(8);
  if (kind === 0) return { effects: setFocused.of(draw(4) > 0) };
  if (kind === 1) return { effects: toggleDetails.of(list(cardsOf(state).figures)[draw(4)]?.from ?? 0) };
  if (kind < 4) {
    const anchor = draw(length + 1);
    const head = draw(2) === 0 ? anchor : draw(length + 1);
    const other = draw(length + 1);
    return { selection: EditorSelection.create([EditorSelection.range(anchor, head), EditorSelection.cursor(other)]) };
  }
  const changes: { from: number; to: number; insert: string }[] = [];
  for (let count = 1 + draw(2), last = 0; count > 0 && last <= length; count--) {
    const from = Math.min(length, last + draw(length - last + 1));
    const to = Math.min(length, from + (draw(3) > 0 ? 0 : draw(60)));
    changes.push({ from, to, insert: draw(5) === 0 ? "" : drawPiece(draw) });
    last = to + 1;
  }
  return { changes };
}

test("after any edits, selections and openings, what is drawn is what a new editor draws", () => {
  let figures = 0;
  for (let seed = 0; seed < 80; seed++) {
    const draw = createDraw(seed);
    let state = open(drawMarkedNote(draw).replaceAll("\r", ""));
    for (let step = 0; step < 25; step++) {
      const before = state.doc.toString();
      const spec = drawTransaction(draw, state);
      state = state.update(spec).state;
      figures += list(cardsOf(state).figures).length;
      expect({ seed, step, before, spec, wrong: compareToFresh(state) }).toEqual({
        seed,
        step,
        before,
        spec,
        wrong: [],
      });
    }
  }
  expect(figures).toBeGreaterThan(2500);
});

test("an edit keeps the figure of the next block as a value, and those further on as they are", () => {
  const state = open(`text\n\n${ONE}\n\n${TWO}\n\ntext`);
  const before = list(cardsOf(state).figures).map(({ value }) => value);
  const after = list(cardsOf(state.update({ changes: { from: 2, insert: "x" } }).state).figures).map(
    ({ value }) => value,
  );
  expect(before).toHaveLength(2);
  expect(before[0] && after[0]?.eq(before[0])).toBe(true);
  expect(after[1] === before[1]).toBe(true);
});

test("a transaction that concerns no card leaves the state of the cards as it is", () => {
  const state = open(`text\n\n${ONE}`);
  expect(cardsOf(state.update({ selection: { anchor: 2 } }).state)).toBe(cardsOf(state));
});

test("what is drawn replaces whole lines, and an empty group is one figure", () => {
  const note = `<!--\nTake up to 3 tasks\n-->\n\n${GROUP}\n\n${ONE}\n\n## group_end\n\n${GROUP}\n\n---\n\n## group_end`;
  expect(tell(open(note))).toEqual([
    "RulesWidget 1-3",
    "BandWidget 5-6",
    "CardWidget 8-11",
    "GroupEndWidget 13-13",
    "BandWidget 15-20",
  ]);
});

test("a group that loses its last task becomes one line, and comes apart again when one is typed into it", () => {
  const state = open(`${GROUP}\n\n${ONE}\n\n## group_end`);
  const at = GROUP.length + 2;
  const emptied = state.update({ changes: { from: at, to: at + ONE.length } }).state;
  expect(tell(emptied)).toEqual(["BandWidget 1-6"]);
  expect(tell(emptied.update({ changes: { from: at, insert: TWO } }).state)).toEqual(tell(state));
});

test("a byte-order mark belongs to the first line, and so to its figure", () => {
  const state = open(`\ufeff${ONE}\ntext`);
  expect(list(cardsOf(state).figures).map(({ from, to }) => [from, to])).toEqual([[0, ONE.length + 1]]);
  expect(compareToFresh(state.update({ effects: toggleDetails.of(0) }).state)).toEqual([]);
});

test("a comment in another note than a backlog is no rules comment", () => {
  context = bareContext("todo", DEFAULT_NAMES, {});
  expect(tell(open(`<!-- Take up to 3 tasks -->\n\n${ONE}`))).toEqual(["CardWidget 3-6"]);
});

test.each([
  ["<!--\nTake up to 3 tasks\n--> This shows.", "<!--\nTake up to 3 tasks\n-->  "],
  ["%%\nTake up to 3 tasks\n%% This shows.", "%%\nTake up to 3 tasks\n%%"],
])("a rules comment is drawn where nothing that shows stands behind it: not %j", (followed, alone) => {
  expect(tell(open(`${followed}\n\n${ONE}`))).toEqual(["CardWidget 5-8"]);
  expect(tell(open(`${alone}\n\n${ONE}`))).toEqual(["RulesWidget 1-3", "CardWidget 5-8"]);
});

describe("source shows", () => {
  const focus = (state: EditorState) => state.update({ effects: setFocused.of(true) }).state;
  const select = (state: EditorState, anchor: number, head = anchor) =>
    state.update({ selection: { anchor, head } }).state;
  const note = `text\n${ONE}\n${TWO}\ntext`;
  const one = 5;
  const two = one + ONE.length + 1;
  const CARDS = ["CardWidget 2-5", "CardWidget 6-9"];
  const FIRST_OPEN = ["line 2", "line 3", "line 4", "line 5", "CardWidget 6-9"];

  test("where head and anchor are in one block, its edges included, and the editor has the keyboard", () => {
    const state = focus(open(note));
    expect(tell(select(state, one))).toEqual(FIRST_OPEN);
    expect(tell(select(state, one + ONE.length))).toEqual(FIRST_OPEN);
    expect(tell(select(state, one + 3, one + 20))).toEqual(FIRST_OPEN);
    expect(tell(select(state, one - 1))).toEqual(CARDS);
    expect(tell(select(state, one + 3, two + 3))).toEqual(CARDS);
    expect(tell(select(state, 0, note.length))).toEqual(CARDS);
  });

  test("not before the editor has the keyboard, and no longer when it has lost it", () => {
    const state = select(open(note), one);
    expect(tell(state)).toEqual(CARDS);
    expect(tell(focus(state))).toEqual(FIRST_OPEN);
    expect(tell(focus(state).update({ effects: setFocused.of(false) }).state)).toEqual(CARDS);
  });

  test("not otherwise than before while the mouse is down, and as the selection says when it is up", () => {
    const pressed = focus(open(note)).update({ effects: setPressed.of(true) }).state;
    const moved = select(pressed, one);
    expect(tell(moved)).toEqual(CARDS);
    const released = moved.update({ effects: setPressed.of(false) }).state;
    expect(tell(released)).toEqual(FIRST_OPEN);
    const again = select(released.update({ effects: setPressed.of(true) }).state, 0);
    expect(tell(again)).toEqual(FIRST_OPEN);
    expect(tell(again.update({ changes: { from: 0, insert: "x\n" } }).state)).toEqual([
      "line 3",
      "line 4",
      "line 5",
      "line 6",
      "CardWidget 7-10",
    ]);
  });

  test("where a search has led, although the keyboard is in the search", () => {
    const found = open(note).update({
      selection: { anchor: one + 3, head: one + 6 },
      userEvent: "select.search",
    }).state;
    expect(tell(found)).toEqual(FIRST_OPEN);
    expect(tell(select(found, one + 3))).toEqual(CARDS);
  });

  test("for each of several cursors", () => {
    const selection = EditorSelection.create([EditorSelection.cursor(one), EditorSelection.cursor(two)]);
    const state = focus(open(note)).update({ selection }).state;
    expect(tell(state)).toEqual(["line 2", "line 3", "line 4", "line 5", "line 6", "line 7", "line 8", "line 9"]);
  });

  test("in a frame that says where it begins and ends", () => {
    const classes = list(cardsOf(select(focus(open(note)), one)).decorations).map(
      ({ value }) => (value.spec as { class?: string }).class,
    );
    expect(classes).toEqual([
      "backlog-card-source backlog-card-source-first",
      "backlog-card-source",
      "backlog-card-source",
      "backlog-card-source backlog-card-source-last",
      undefined,
    ]);
  });
});

describe("details", () => {
  const opened = (state: EditorState) => cardsOf(state).opened;
  const toggle = (state: EditorState, at: number) => state.update({ effects: toggleDetails.of(at) }).state;

  test("open and close, and stay open through edits elsewhere", () => {
    const state = toggle(open(`text\n${ONE}`), 5);
    const moved = state.update({ changes: { from: 0, insert: "more " } }).state;
    expect(opened(moved)).toEqual([10]);
    expect(compareToFresh(moved)).toEqual([]);
    expect(opened(toggle(moved, 10))).toEqual([]);
  });

  test("go with their block", () => {
    const state = toggle(open(`text\n${ONE}\ntext`), 5);
    expect(opened(state.update({ changes: { from: 5, to: 5 + ONE.length } }).state)).toEqual([]);
  });
});

describe("nothing is drawn", () => {
  test("where cards are off; and all is drawn anew when they are on again", () => {
    const state = open(`text\n${ONE}`);
    const drawn = tell(state);
    enabled = false;
    const off = state.update({}).state;
    expect(tell(off)).toEqual([]);
    const edited = off.update({ changes: { from: 0, insert: `${TWO}\n` } }).state;
    enabled = true;
    expect(tell(edited.update({}).state)).toEqual(["CardWidget 1-4", "CardWidget 6-9"]);
    expect(drawn).toEqual(["CardWidget 2-5"]);
  });

  test("where the editor has no host", () => {
    expect(EditorState.create({ doc: ONE, extensions: [cardField] }).field(cardField)).toBeNull();
  });

  test("in a note without a marker, until one is typed", () => {
    context = bareContext("other", DEFAULT_NAMES, {});
    const state = open("text\n## task_begi\n## A\n## task_end");
    expect(cardsOf(state).outline).toBeNull();
    const typed = state.update({ changes: { from: 5 + "## task_begi".length, insert: "n" } }).state;
    expect(tell(typed)).toEqual(["CardWidget 2-4"]);
  });

  test("for a block that nothing closes yet, and for none behind it is that different", () => {
    const state = open(`text\n\n${TWO}`);
    const typed = "## task_begin\n## A title";
    let typing = state;
    for (let at = 0; at < typed.length; at++) {
      typing = typing.update({ changes: { from: 5 + at, insert: typed.charAt(at) } }).state;
      expect(tell(typing).filter((told) => told.startsWith("Card"))).toHaveLength(1);
    }
    const closed = typing.update({ changes: { from: 5 + typed.length, insert: "\n## task_end\n" } }).state;
    expect(tell(closed).filter((told) => told.startsWith("Card"))).toHaveLength(2);
  });
});

test("another context draws what it changes, and keeps the rest", () => {
  const state = open(`${ONE}\n\n${TWO}`);
  const [one, two] = list(cardsOf(state).figures);
  const finding = {
    code: "duplicate-id",
    severity: "error",
    from: 0,
    to: 1,
    line: 1,
    message: "twice",
    fixable: false,
  };
  const shared: NoteContext["shared"] = new Map([["TASK-20260101-001", [finding as never]]]);
  const refreshed = state.update({ effects: refreshContext.of({ ...CONTEXT, shared }) }).state;
  const [oneNow, twoNow] = list(cardsOf(refreshed).figures);
  expect(one && oneNow && one.value.eq(oneNow.value)).toBe(false);
  expect(two && twoNow && two.value.eq(twoNow.value)).toBe(true);
});
