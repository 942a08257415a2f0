import type { CardModel } from "./card-model";
import { NARROW_LETTERS, type LetterWidths } from "./letter-widths";
import { BADGE_WORDS, capitalize, count } from "./words";

// What styles.css says, in pixels, and in heights of the text's font where it says so.
const AROUND = 26;
const SIDES = 25;
const TITLE_PADDING = 4;
const TITLE_LINE = 1.3;
const BUTTON = 1.75;
/** The word of a badge is bold, and so a little wider. */
const BOLD = 1.06;
const SMALL = 0.875;
const LINE = 1.75;
const TEXT_LINE = 1.5;
const ROW_PADDING = 4;
const BETWEEN_LINES = 4;
const GAP = 8;
const WIDE_GAP = 12;
const ICON = 1.05;
const ICON_GAP = 4;
/** Of a status that can be set, with its gap. */
const CHEVRON = 0.85;
const CHEVRON_GAP = 2;
const DOT = 0.6;
const PROGRESS = 6;
const BADGE_SIDES = 18;
const PILL_SIDES = 16;
/** Up to this width of a card, in heights of its font, numbers stand without what they count. */
const NARROW = 30;
const LINE_BREAK = /\r\n|\n|\r/;

/** What a card is laid out by, in pixels. */
interface Layout {
  /** Between the edges of the card's frame. */
  readonly room: number;
  readonly font: number;
  readonly small: number;
  readonly isNarrow: boolean;
  /** The width of a text in the small font. */
  readonly measure: (text: string) => number;
  /** The width of a title. */
  readonly measureTitle: (text: string) => number;
}

/**
 * How high a card will be, in pixels: what it is with the app's own fonts and sizes, unless a text is almost as wide as its
 * place. Details are guessed, and rather too low than too high.
 *
 * @param width of the card, in pixels.
 * @param lineHeight of the text around it, in pixels: sizes follow the font's.
 * @param letters of its fonts; where they are left out, narrow ones.
 */
export function estimateHeight(
  model: CardModel,
  width: number,
  lineHeight: number,
  letters: LetterWidths = NARROW_LETTERS,
): number {
  const font = lineHeight / 1.5;
  const small = font * SMALL;
  const layout: Layout = {
    room: Math.max(1, width - SIDES),
    font,
    small,
    isNarrow: width <= NARROW * font,
    measure: (text) => letters.small(text) * small,
    measureTitle: (text) => letters.title(text) * font,
  };
  const closed =
    AROUND +
    titleHeight(model, layout) +
    factsHeight(model, layout) +
    countsHeight(model, layout) +
    dependenciesHeight(model, layout);
  return Math.round(model.open ? closed + detailsHeight(model, layout) : closed);
}

function titleHeight({ title, open }: CardModel, { room, font, measureTitle }: Layout): number {
  const buttons = 3 * BUTTON * font;
  const lines = Math.max(1, Math.ceil(measureTitle(title) / Math.max(1, room - buttons - GAP)));
  return Math.max(BUTTON * font, TITLE_LINE * (open ? lines : Math.min(2, lines)) * font + TITLE_PADDING);
}

function factsHeight(model: CardModel, layout: Layout): number {
  const { badge, priority, type, component, status, effort, editable } = model;
  const { room, small, measure } = layout;
  const chevron = editable ? CHEVRON_GAP + CHEVRON * small : 0;
  const fact = (words: string) => ICON * small + ICON_GAP + measure(words);
  const pill = (words: string | null) => (words === null ? [] : [PILL_SIDES + measure(words)]);
  const reason = badge.reason === "" ? 0 : measure(`: ${badge.reason.replace(/`/g, "")}`);
  const badgeWidth = BADGE_SIDES + ICON * small + ICON_GAP + measure(BADGE_WORDS[badge.kind]) * BOLD + reason;
  const traits = [
    ...countWidths([[badge.warnings, "warning"]], layout),
    ...(priority === null ? [] : [DOT * small + ICON_GAP + measure(capitalize(priority))]),
    ...pill(type),
    ...pill(component),
    fact(capitalize(status)) + chevron,
    ...(effort === null ? [] : [fact(effort)]),
  ];
  if (badge.reason === "") return rowHeight(fillLines([badgeWidth, ...traits], room, GAP), layout);
  // With a reason, all else stays together.
  if (addWidths([badgeWidth, ...traits], GAP) <= room) return rowHeight(1, layout);
  // Of a reason that takes more than a line, two are shown.
  const wrapped = badgeWidth > room ? (2 * TEXT_LINE - LINE) * small + 2 : 0;
  return rowHeight(1 + fillLines(traits, room, GAP), layout) + wrapped;
}

/** Of the counts and of the id, which stands beside them where it finds room. */
function countsHeight({ criteria, steps, documents, files, id }: CardModel, layout: Layout): number {
  const { room, small, measure } = layout;
  const counted: readonly (readonly [number, string])[] = [
    [steps, "step"],
    [documents, "document"],
    [files, "file"],
  ];
  const progress = PROGRESS * small + GAP + measure(`${criteria.done} of ${criteria.total}`);
  const widths = [...(criteria.total === 0 ? [] : [progress]), ...countWidths(counted, layout)];
  const idWidth = id === null ? 0 : buttonWidth(id, layout);
  if (widths.length === 0) return id === null ? 0 : rowHeight(1, layout);
  const counts = rowHeight(fillLines(widths, room, WIDE_GAP), layout);
  return id === null || addWidths(widths, WIDE_GAP) + GAP + idWidth <= room ? counts : counts + rowHeight(1, layout);
}

function dependenciesHeight({ dependencies }: CardModel, layout: Layout): number {
  if (dependencies.length === 0) return 0;
  const widths = [layout.measure("Depends on"), ...dependencies.map((id) => buttonWidth(id, layout))];
  return rowHeight(fillLines(widths, layout.room, GAP), layout);
}

function countWidths(counts: readonly (readonly [number, string])[], { isNarrow, small, measure }: Layout): number[] {
  return counts
    .filter(([number]) => number > 0)
    .map(([number, noun]) => ICON * small + ICON_GAP + measure(isNarrow ? String(number) : count(number, noun)));
}

function buttonWidth(words: string, { small, measure }: Layout): number {
  return measure(words) + ICON_GAP + ICON * small;
}

function rowHeight(lines: number, { small }: Layout): number {
  return ROW_PADDING + lines * LINE * small + (lines - 1) * BETWEEN_LINES;
}

function addWidths(widths: readonly number[], gap: number): number {
  return widths.reduce((sum, width) => sum + width + gap, -gap);
}

/** How many lines take these widths, each line as many as fit. */
function fillLines(widths: readonly number[], room: number, gap: number): number {
  let lines = 1;
  let used = -gap;
  for (const width of widths) {
    if (used > 0 && used + gap + width > room) {
      lines++;
      used = -gap;
    }
    used += gap + Math.min(width, room);
  }
  return lines;
}

/** Of the text behind the header, every line that is not blank, as far as it is long. */
function detailsHeight({ text, block, badge }: CardModel, { room, font, small, measure }: Layout): number {
  const lines = text.slice(block.task.header?.to ?? 0).split(LINE_BREAK);
  const wrapped = lines.reduce((sum, line) => sum + Math.ceil((measure(line.trim()) * 0.8) / room), 0);
  return Math.max(0, wrapped - 4) * font * 1.3 + badge.findings.length * small * 1.3;
}
