import type { CardModel } from "./card-model";
import { BADGE_WORDS, count } from "./words";

// What styles.css says, in pixels, and in heights of the text's font where it says so.
const AROUND = 26;
const TITLE_PADDING = 4;
const TITLE_LINE = 1.3;
const SMALL = 0.875;
const LINE = 1.75 * SMALL;
const GAP = 4;
const SIDES = 30;
const BUTTONS = 2 * TITLE_LINE * 2 + 0.5;
/** A letter of most fonts is wider. */
const LETTER = 0.45;
/** Below this width of a card, in heights of its font, numbers stand without what they count. */
const NARROW = 30;
const LINE_BREAK = /\r\n|\n|\r/;

/** The height of a card, in pixels, from how much of it fits on a line; what `estimateCardHeight` says. */
export function estimateHeight(model: CardModel, width: number, lineHeight: number): number {
  const font = lineHeight / 1.5;
  const room = Math.max(1, (width - SIDES) / font);
  const rows = [...listRows(model, width / font < NARROW)].map(
    (row) => font * LINE * fillLines(row, room / SMALL) + GAP,
  );
  const closed = AROUND + titleHeight(model, room, font) + rows.reduce((sum, row) => sum + row, 0);
  return Math.floor(model.open ? closed + detailsHeight(model, room, font) : closed);
}

function titleHeight({ title, open }: CardModel, room: number, font: number): number {
  const lines = Math.max(1, Math.ceil((title.length * LETTER) / Math.max(1, room - BUTTONS)));
  return Math.max(1.75 * font, TITLE_LINE * (open ? lines : Math.min(2, lines)) * font + TITLE_PADDING);
}

/** The widths of what stands in each row, in heights of its font; a row that takes several lines breaks between these. */
function* listRows(model: CardModel, narrow: boolean): Generator<readonly number[]> {
  const { badge, priority, type, component, status, effort, criteria, steps, documents, files, id, dependencies } =
    model;
  const counted = (number: number, noun: string) =>
    number === 0 ? [] : [narrow ? 2 : 1.5 + letters(count(number, noun))];
  const pill = (word: string | null) => (word === null ? [] : [letters(word) + 1]);
  const reason = badge.reason === "" ? 0 : letters(badge.reason) + 0.5;
  yield [
    letters(BADGE_WORDS[badge.kind]) + 2.5 + reason,
    ...counted(badge.warnings, "warning"),
    ...pill(priority),
    ...pill(type),
    ...pill(component),
    letters(status) + 1.5,
    ...(effort === null ? [] : [letters(effort) + 1.5]),
  ];
  const counts = [
    ...(criteria.total === 0 ? [] : [letters(`${criteria.done} of ${criteria.total}`) + 6.5]),
    ...counted(steps, "step"),
    ...counted(documents, "document"),
    ...counted(files, "file"),
    ...(id === null ? [] : [letters(id) + 1.5]),
  ];
  if (counts.length > 0) yield counts;
  if (dependencies.length > 0) yield [letters("Depends on"), ...dependencies.map((one) => letters(one) + 1.5)];
}

function letters(text: string): number {
  return text.length * LETTER;
}

/** How many lines take these widths, each line as many as fit. A reason may take two by itself; here it counts as one. */
function fillLines(widths: readonly number[], room: number): number {
  let lines = 1;
  let used = 0;
  for (const width of widths) {
    if (used > 0 && used + width > room) {
      lines++;
      used = 0;
    }
    used += Math.min(width, room) + 0.5;
  }
  return lines;
}

/** Of the text behind the header, every line that is not blank, as far as it is long. */
function detailsHeight({ text, block, badge }: CardModel, room: number, font: number): number {
  const lines = text.slice(block.task.header?.to ?? 0).split(LINE_BREAK);
  const wrapped = lines.reduce((sum, line) => sum + Math.ceil((line.trim().length * LETTER * 0.8) / room), 0);
  return (Math.max(0, wrapped - 4) + badge.findings.length * SMALL) * font * 1.3;
}
