import { isBlank } from "./blanks";
import { ASTERISK, DASH, SPACE, TAB } from "./blocks";

/**
 * A place in a text that moves from line to line, and in a line from white space to white space. LF, CRLF and a lone CR end a
 * line; a last line without break counts, an empty rest behind the last break does not.
 */
export class LineCursor {
  /** First character of the line. */
  from = 0;
  /** Behind its last character, the line break left out. */
  to = 0;
  /** Behind its line break. */
  end: number;
  /** First character that is no blank, a byte-order mark skipped; `to` on a blank line. */
  textFrom = 0;
  /** Columns of white space before `textFrom`, tab stops of 4. */
  columns = 0;

  protected readonly text: string;
  /** A character that is no blank, or `to`; its column. */
  protected at = 0;
  protected column = 0;

  /** The next line feed and carriage return from the line on, -1 before the first, the text's length behind the last. */
  private lineFeed = -1;
  private carriageReturn = -1;
  /** No thematic break of `-`, of `*` begins before these: a line of many bullets then costs one pass. */
  private noDashBreakBefore = 0;
  private noStarBreakBefore = 0;

  protected constructor(text: string, from: number) {
    this.text = text;
    this.end = from;
  }

  /** Moves to the next line, behind its leading white space; to be called only where one is. */
  protected advance(): void {
    const { text } = this;
    const from = this.end;
    if (this.lineFeed < from) this.lineFeed = indexOrEnd(text, "\n", from);
    if (this.carriageReturn < from) this.carriageReturn = indexOrEnd(text, "\r", from);
    this.from = from;
    this.to = Math.min(this.lineFeed, this.carriageReturn);
    if (this.to === text.length) this.end = this.to;
    else this.end = this.to + 1 === this.lineFeed ? this.to + 2 : this.to + 1;
    this.skipTo(from === 0 && text.charCodeAt(0) === 0xfeff ? 1 : from, 0);
    this.textFrom = this.at;
    this.columns = this.column;
  }

  /** Whether a carriage return stands anywhere behind this line. */
  protected get mayHoldReturns(): boolean {
    return this.carriageReturn < this.text.length;
  }

  /** Takes over where the other cursor over the same text knows line breaks to be, so that none is looked for twice. */
  protected shareBreaks(other: LineCursor): void {
    this.lineFeed = other.lineFeed;
    this.carriageReturn = other.carriageReturn;
  }

  /** Moves to the first character from `at` on that is no blank; `column` is that of `at`. */
  protected skipTo(at: number, column: number): void {
    const { text, to } = this;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === SPACE) column++;
      else if (code === TAB) column += 4 - (column & 3);
      else break;
    }
    this.at = at;
    this.column = column;
  }

  /**
   * Whether the line from here on is a thematic break.
   *
   * ```markdown
   * > | * * *
   *     ^
   * ```
   */
  protected isThematicBreak(): boolean {
    const { text, to } = this;
    const marker = text.charCodeAt(this.at);
    if (this.at < (marker === DASH ? this.noDashBreakBefore : marker === ASTERISK ? this.noStarBreakBefore : 0))
      return false;
    let count = 0;
    let at = this.at;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (code === marker) count++;
      else if (!isBlank(code)) break;
    }
    if (at === to && count >= 3) return true;
    if (marker === DASH) this.noDashBreakBefore = at;
    else if (marker === ASTERISK) this.noStarBreakBefore = at;
    return false;
  }
}

function indexOrEnd(text: string, mark: string, from: number): number {
  const at = text.indexOf(mark, from);
  return at < 0 ? text.length : at;
}
