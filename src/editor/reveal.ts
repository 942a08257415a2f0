import type { EditorSelection, Range, Text } from "@codemirror/state";
import { Decoration, type DecorationSet } from "@codemirror/view";
import type { Span } from "../core/removal";
import { figureIn } from "./figures";

/** The figures that a selection opens: those that hold head and anchor of one of its ranges. In order, once each. */
export function findRevealed(figures: DecorationSet, selection: EditorSelection): readonly Span[] {
  const revealed = new Map<number, Span>();
  for (const { head, anchor } of selection.ranges) {
    figures.between(head, head, (from, to) => {
      if (from <= anchor && anchor <= to) revealed.set(from, { from, to });
    });
  }
  return sortSpans(revealed);
}

/** The figures that stand where others were open before. In order, once each. */
export function keepRevealed(figures: DecorationSet, former: readonly Span[]): readonly Span[] {
  const revealed = new Map<number, Span>();
  for (const { from, to } of former) {
    figures.between(from, to, (start, end) => {
      revealed.set(start, { from: start, to: end });
    });
  }
  return sortSpans(revealed);
}

function sortSpans(spans: ReadonlyMap<number, Span>): readonly Span[] {
  return [...spans.values()].sort((a, b) => a.from - b.from);
}

/** What is drawn: the figures, and the frame of the lines in place of those that are revealed. */
export function showRevealed(figures: DecorationSet, revealed: readonly Span[], doc: Text): DecorationSet {
  const [first] = revealed;
  const last = revealed.at(-1);
  if (first === undefined || last === undefined) return figures;
  const add: Range<Decoration>[] = [];
  for (const span of revealed) add.push(...frameLines(doc, span, classOf(figures, span)));
  return figures.update({
    add,
    filterFrom: first.from,
    filterTo: last.to,
    filter: (from, to) => !revealed.some((span) => span.from === from && span.to === to),
  });
}

function classOf(figures: DecorationSet, span: Span): string {
  let found = "";
  figures.between(span.from, span.to, (_from, _to, decoration) => {
    found = figureIn(decoration)?.sourceClass ?? found;
  });
  return found;
}

function* frameLines(doc: Text, { from, to }: Span, name: string): Generator<Range<Decoration>> {
  const last = doc.lineAt(to).number;
  const first = doc.lineAt(from).number;
  for (let number = first; number <= last; number++) {
    const classes = [name, number === first ? `${name}-first` : "", number === last ? `${name}-last` : ""];
    yield Decoration.line({ class: classes.filter(Boolean).join(" ") }).range(doc.line(number).from);
  }
}
