import { Decoration, type DecorationSet } from "@codemirror/view";
import type { Range, Text } from "@codemirror/state";
import { hasTextBehind } from "../core/comment-reader";
import type { GroupPart } from "../core/outline";
import type { Span } from "../core/removal";
import { BandWidget } from "./band-widget";
import type { Bench } from "./bench";
import { CardWidget } from "./card-widget";
import { FigureWidget } from "./figure-widget";
import { GroupEndWidget } from "./group-end-widget";
import type { Outline, PartValue } from "./outline";
import { RulesWidget } from "./rules-widget";

/** What figures are drawn from. */
export interface Sketch {
  readonly bench: Bench;
  readonly doc: Text;
  readonly outline: Outline;
  /** Offsets at which the cards stand whose details show, ascending. */
  readonly opened: readonly number[];
}

/** The figure of a decoration of `drawFigures`; null for any other decoration. */
export function figureIn(decoration: Decoration): FigureWidget | null {
  const { widget } = decoration.spec as { widget?: unknown };
  return widget instanceof FigureWidget ? widget : null;
}

/** All figures of a note, each a block that replaces whole lines; in order. */
export function drawFigures(sketch: Sketch): DecorationSet {
  return Decoration.set(drawWithin(sketch, { from: 0, to: sketch.doc.length }));
}

/**
 * The figures after something changed in `spans`: those in and around the spans are drawn anew, and all others are kept.
 *
 * @param figures in their places in the text as it is now.
 */
export function redrawFigures(figures: DecorationSet, sketch: Sketch, spans: readonly Span[]): DecorationSet {
  const within = mergeSpans(spans.map((span) => widen(figures, sketch, span)));
  const [first] = within;
  const last = within.at(-1);
  if (first === undefined || last === undefined) return figures;
  return figures.update({
    filterFrom: first.from,
    filterTo: last.to,
    filter: (from, to) => !within.some((span) => span.from <= to && from <= span.to),
    add: within.flatMap((span) => drawWithin(sketch, span)),
  });
}

/** A span with all that it touches: parts, former figures and, for a group that became empty, the figure of all of it. */
function widen(figures: DecorationSet, sketch: Sketch, span: Span): Span {
  let { from, to } = span;
  for (;;) {
    const [formerFrom, formerTo] = [from, to];
    const include = (start: number, end: number) => {
      from = Math.min(from, start);
      to = Math.max(to, end);
    };
    figures.between(formerFrom, formerTo, include);
    sketch.outline.parts.between(formerFrom, formerTo, (start, end, { part }) => {
      include(start, part.kind === "group" ? endOfGroupFigure(sketch.outline, part, end) : end);
    });
    if (from === formerFrom && to === formerTo) return { from, to };
  }
}

/** Spans in order, those that overlap or touch as one. */
function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && span.from <= last.to) merged.splice(-1, 1, { from: last.from, to: Math.max(last.to, span.to) });
    else merged.push(span);
  }
  return merged;
}

function drawWithin(sketch: Sketch, { from, to }: Span): readonly Range<Decoration>[] {
  const drawn: Range<Decoration>[] = [];
  sketch.outline.parts.between(from, to, (start, end, value) => {
    try {
      const range = drawPart(sketch, start, end, value);
      if (range) drawn.push(range);
    } catch (error) {
      sketch.bench.report(error, sketch.doc.sliceString(start, end));
    }
  });
  return drawn;
}

function drawPart(sketch: Sketch, start: number, end: number, { part, badge }: PartValue): Range<Decoration> | null {
  const { bench, doc, outline, opened } = sketch;
  const from = skipMarkBack(doc, start);
  const to = part.kind === "group" ? endOfGroupFigure(outline, part, end) : end;
  const source = () => doc.sliceString(from, to);
  switch (part.kind) {
    case "task": {
      if (part.block === null || badge === null) return null;
      // Nothing in an archive is ever rewritten (FORMAT.md §5, rule 11).
      const changeable = outline.context.kind !== "archive";
      const open = opened.includes(from);
      return placeFigure(doc, from, to, new CardWidget(bench, source(), part.block, badge, open, changeable));
    }
    case "group": {
      const tally = outline.tallies.get(part);
      if (tally === undefined) return null;
      return placeFigure(doc, from, to, new BandWidget(bench, source(), part.header, tally, outline.next === part));
    }
    case "group-end":
      if (part.group === null || isOneLine(outline, part.group)) return null;
      return placeFigure(doc, from, to, new GroupEndWidget(bench, source()));
    case "rules":
      if (outline.context.kind !== "backlog" || hasTextBehind(source())) return null;
      return placeFigure(doc, from, to, new RulesWidget(bench, source(), outline.context.rules));
    case "plain":
      return null;
  }
}

/** A byte-order mark is nothing, but it belongs to the note's first line. */
function skipMarkBack(doc: Text, from: number): number {
  return from === 1 && doc.line(1).text.startsWith("\ufeff") ? 0 : from;
}

/** Whether one line stands for all of a group: nothing is in it. */
function isOneLine(outline: Outline, group: GroupPart): boolean {
  const tally = outline.tallies.get(group);
  return tally !== undefined && tally.empty && tally.closed;
}

/** Where the figure of a group ends: with its title, or with the group where it is empty. */
function endOfGroupFigure(outline: Outline, group: GroupPart, to: number): number {
  if (!isOneLine(outline, group)) return to;
  const cursor = outline.parts.iter(to);
  while (cursor.value) {
    const { part } = cursor.value;
    if (part.kind === "group-end" && part.group === group) return cursor.to;
    cursor.next();
  }
  return to;
}

/** A block that does not replace whole lines would split them without a word. */
function placeFigure(doc: Text, from: number, to: number, widget: FigureWidget): Range<Decoration> {
  if (doc.lineAt(from).from !== from || doc.lineAt(to).to !== to) {
    throw new RangeError(`a figure of ${from} to ${to} replaces no whole lines`);
  }
  return Decoration.replace({ widget, block: true }).range(from, to);
}
