import { StateField, type EditorState, type Transaction } from "@codemirror/state";
import { Decoration, EditorView, type DecorationSet } from "@codemirror/view";
import type { NoteContext } from "../core/context";
import type { Span } from "../core/removal";
import { Bench } from "./bench";
import { refitFigures, refreshContext, setFocused, setPressed, toggleDetails } from "./effects";
import { drawFigures, redrawFigures, type Sketch } from "./figures";
import { cardHost } from "./host";
import { bringsMarker, holdsMarker } from "./markers-in";
import { assessOutline, createOutline, updateOutline, type Outline } from "./outline";
import { mapPlaces, togglePlace } from "./places";
import { findRevealed, keepRevealed, showRevealed } from "./reveal";

/** What is drawn in place of a note's lines, whether its source is revealed or not. */
interface Drawing {
  /** Null where there is no figure: the cards are off, the note has no marker, or drawing failed. */
  readonly outline: Outline | null;
  readonly figures: DecorationSet;
}

/** What the person at the editor does. */
interface Attention {
  /** Offsets of the cards whose details show, ascending. */
  readonly opened: readonly number[];
  readonly focused: boolean;
  readonly pressed: boolean;
  /** The selection is a match that a search has led to: it shows although the keyboard is in the search. */
  readonly found: boolean;
}

/** All that the figures of one editor are made of. */
export interface CardState extends Drawing, Attention {
  readonly bench: Bench;
  readonly enabled: boolean;
  readonly context: NoteContext;
  /** Figures in whose place their source shows, in order. */
  readonly revealed: readonly Span[];
  readonly decorations: DecorationSet;
}

const NOTHING: Drawing = { outline: null, figures: Decoration.none };

/** The cards of an editor: the one field that draws them. Null where the editor has no host for cards. */
export const cardField = StateField.define<CardState | null>({
  create(state) {
    const host = state.facet(cardHost);
    if (host === null) return null;
    const bench = new Bench(host);
    const enabled = host.enabled(state);
    const context = host.contextOf(state);
    const drawing = enabled ? drawNote(bench, state, context, []) : NOTHING;
    const attention: Attention = { opened: [], focused: false, pressed: false, found: false };
    return { ...drawing, ...attention, bench, enabled, context, revealed: [], decorations: drawing.figures };
  },
  update: (former, transaction) => former && follow(former, transaction),
  provide: (field) => EditorView.decorations.from(field, (value) => value?.decorations ?? Decoration.none),
});

function follow(former: CardState, transaction: Transaction): CardState {
  const { state } = transaction;
  const attention = readAttention(former, transaction);
  const enabled = former.bench.host.enabled(state);
  const context = readContext(former, transaction, enabled);
  const drawing = followDrawing({ ...former, ...attention, enabled, context }, former, transaction);
  const revealed = reveal(former, attention, drawing.figures, transaction);
  const isDrawnAlike = drawing.figures === former.figures && revealed === former.revealed;
  if (
    isDrawnAlike &&
    drawing.outline === former.outline &&
    enabled === former.enabled &&
    context === former.context &&
    equalAttention(attention, former)
  ) {
    return former;
  }
  const decorations = isDrawnAlike ? former.decorations : showRevealed(drawing.figures, revealed, state.doc);
  return { ...drawing, ...attention, bench: former.bench, enabled, context, revealed, decorations };
}

function readAttention(former: CardState, transaction: Transaction): Attention {
  let { focused, pressed, opened } = former;
  if (transaction.docChanged) opened = mapPlaces(opened, transaction.changes);
  for (const effect of transaction.effects) {
    if (effect.is(setFocused)) focused = effect.value;
    else if (effect.is(setPressed)) pressed = effect.value;
    else if (effect.is(toggleDetails)) opened = togglePlace(opened, effect.value);
  }
  const found = transaction.selection ? transaction.isUserEvent("select.search") : former.found;
  return { opened, focused, pressed, found };
}

function equalAttention(a: Attention, b: Attention): boolean {
  return a.opened === b.opened && a.focused === b.focused && a.pressed === b.pressed && a.found === b.found;
}

function readContext(former: CardState, transaction: Transaction, enabled: boolean): NoteContext {
  let context = enabled && !former.enabled ? former.bench.host.contextOf(transaction.state) : former.context;
  for (const effect of transaction.effects) {
    if (effect.is(refreshContext)) context = effect.value;
  }
  return context;
}

/** @param now like `former`, but for attention, switch and context */
function followDrawing(now: CardState, former: CardState, transaction: Transaction): Drawing {
  const { state, changes } = transaction;
  if (!now.enabled) return NOTHING;
  if (former.outline === null) {
    const isDue =
      !former.enabled || now.context !== former.context || (transaction.docChanged && bringsMarker(changes, state.doc));
    return isDue ? drawNote(now.bench, state, now.context, now.opened) : NOTHING;
  }
  try {
    return redraw(former.outline, now, former, transaction);
  } catch (error) {
    now.bench.report(error, startOf(state));
    return NOTHING;
  }
}

function redraw(outline: Outline, now: CardState, former: CardState, transaction: Transaction): Drawing {
  const { doc } = transaction.state;
  const { changes } = transaction;
  const { bench, context, opened } = now;
  let { figures } = former;
  const spans: Span[] = [];
  if (transaction.docChanged) {
    outline = updateOutline(outline, changes, doc, former.context);
    figures = figures.map(changes);
    changes.iterChangedRanges((_fromA, _toA, from, to) => {
      spans.push({ from: doc.lineAt(from).from, to: doc.lineAt(to).to });
    });
    spans.push(...outline.changed);
  }
  const isOtherContext = context !== former.context;
  if (isOtherContext) outline = assessOutline(outline, context);
  if (isOtherContext || transaction.effects.some((effect) => effect.is(refitFigures))) {
    return { outline, figures: drawFigures({ bench, doc, outline, opened }) };
  }
  if (opened !== former.opened) spans.push(...findToggled(opened, former.opened, transaction));
  const sketch: Sketch = { bench, doc, outline, opened };
  return { outline, figures: spans.length > 0 ? redrawFigures(figures, sketch, spans) : figures };
}

function findToggled(opened: readonly number[], former: readonly number[], { changes }: Transaction): readonly Span[] {
  const before = mapPlaces(former, changes);
  const toggled = [
    ...opened.filter((place) => !before.includes(place)),
    ...before.filter((place) => !opened.includes(place)),
  ];
  return toggled.map((place) => ({ from: place, to: place }));
}

function drawNote(bench: Bench, state: EditorState, context: NoteContext, opened: readonly number[]): Drawing {
  // The extension is in every editor of the app, and most notes hold no task.
  if (context.kind !== "backlog" && !holdsMarker(state.doc)) return NOTHING;
  try {
    const outline = createOutline(state.doc, context);
    return { outline, figures: drawFigures({ bench, doc: state.doc, outline, opened }) };
  } catch (error) {
    bench.report(error, startOf(state));
    return NOTHING;
  }
}

/** Enough of a note to tell it from others in a report. */
function startOf(state: EditorState): string {
  return state.doc.sliceString(0, 200);
}

/** The figures whose source shows from now on; while the mouse is down those that it found, or the text would drift away from under it. */
function reveal(
  former: CardState,
  { focused, pressed, found }: Attention,
  figures: DecorationSet,
  { changes, docChanged, state }: Transaction,
): readonly Span[] {
  let revealed: readonly Span[] = [];
  if (pressed) {
    const mapped = former.revealed.map(({ from, to }) => ({
      from: changes.mapPos(from, 1),
      to: changes.mapPos(to, -1),
    }));
    revealed = keepRevealed(figures, mapped);
  } else if (focused || found) {
    revealed = findRevealed(figures, state.selection);
  }
  return !docChanged && equalSpans(revealed, former.revealed) ? former.revealed : revealed;
}

function equalSpans(a: readonly Span[], b: readonly Span[]): boolean {
  return a.length === b.length && a.every(({ from, to }, index) => from === b[index]?.from && to === b[index].to);
}
