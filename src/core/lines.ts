import { BlockReader, type OpenedItem } from "./block-reader";
import { isDigit, skipBlanks } from "./blanks";
import {
  ASTERISK,
  BRACKET_OPEN,
  DASH,
  GREATER,
  HASH,
  holds,
  isFrontmatterFence,
  isHeading,
  PERCENT,
  PLUS,
  readFrontmatter,
  SPACE,
  TAB,
} from "./blocks";
import { findGluedHeader, readMarker } from "./markers";
import { type ScanState, START } from "./scan-state";

/** Why a line is masked (FORMAT.md §2): its kind of block. `hidden` is an Obsidian `%%` comment. */
export type Mask = "frontmatter" | "fence" | "comment" | "html" | "hidden";

/** The words that stand alone on a marker line (FORMAT.md §3). */
export type MarkerKind =
  "task_begin" | "task_end" | "group_begin" | "group_end" | "index_entry_begin" | "index_entry_end";

/** A list item that opens on a line. */
export interface ItemStart {
  readonly ordered: boolean;
  /** Offset of the bullet or of the first digit. */
  readonly from: number;
  /** Where the innermost container around the item opened; -1 at the root of the note. */
  readonly parentFrom: number;
  /** Offset of the character between the brackets of a task-list item (GFM: followed by white space and text); -1 if it is none. */
  readonly boxAt: number;
}

/** A masked block that nothing closes before its container or the note ends. */
export interface Unclosed {
  readonly kind: Mask;
  /** Offset of the first character of the line that opens it. */
  readonly from: number;
  /** Start of the first line that it no longer masks, or the text's length. */
  readonly to: number;
}

const LF = 10;
const DOT = 46;
const ONE = 49;

/** A list of criteria and the labels behind it are rarely longer. */
const FEW_LINES = 16;

/**
 * One pass over the lines of a note: which are masked, which are markers, which list items open where. It follows CommonMark's
 * block structure as micromark has it (FORMAT.md §2), and Obsidian's `%%` comments: one opens on a line that begins with
 * `%%` and is not masked, closes every container, and hides all up to the line that holds the next `%%`.
 *
 * The fields describe the line that `next()` read last; callers only read them. A scan may start at any line, with the state
 * before it, and finds what a scan from the note's start finds there. After an edit start at the line that holds the character
 * before the edit, or at the next one above whose state `isSettled`.
 */
export class LineScanner extends BlockReader {
  /** The marker that the line is, glued or not; null if it is none. A masked line is none. */
  marker: MarkerKind | null = null;
  /** Offset of the first `#` of the header that is glued to a `task_begin`; -1 if there is none. */
  gluedFrom = -1;

  private endsIn: Unclosed | null = null;
  private finished = false;
  private inFrontmatter: boolean;
  /** The fields that describe a line are as `clear()` leaves them, `paragraph` aside. */
  private isClean = true;
  private isLookAhead = false;

  /** Scans `text` from the line that starts at `from` on; `state` is the one before it, by default that of a note's start. */
  constructor(text: string, from = 0, state: ScanState = START) {
    super(text, from, state);
    this.inFrontmatter = state.frontmatter;
    if (from > 0) return;
    const frontmatter = readFrontmatter(text);
    this.inFrontmatter = frontmatter !== "none";
    if (frontmatter === "closed") this.openLeaf("frontmatter");
  }

  /** Fences, HTML blocks of kinds 1 to 5 and `%%` comments seen so far that only their container or the note ends. */
  get unclosed(): readonly Unclosed[] {
    return this.unclosedBlocks;
  }

  /** Once `next()` returned false: the one of `unclosed` in which the note ends, null if there is none. */
  get openAtEnd(): Unclosed | null {
    return this.endsIn;
  }

  /** The state before the line that `next()` would read. */
  state(): ScanState {
    return this.makeState(this.inFrontmatter);
  }

  /** Reads the next line into the fields. False where there is none; the fields then still describe the last. */
  next(): boolean {
    if (this.end >= this.text.length) {
      if (!this.finished) this.endsIn = this.noteUnclosed(this.text.length);
      this.finished = true;
      return false;
    }
    this.advance();
    if (!this.isClean) this.clear();
    if (this.readPlain()) return true;
    this.isClean = false;
    if (!this.readHidden()) this.readBlocks();
    if (this.innermostItem !== null && !this.isLookAhead) this.setBox(this.innermostItem);
    if (this.mask === null && this.columns <= 3 && this.text.charCodeAt(this.textFrom) === HASH) this.setMarker();
    return true;
  }

  private clear(): void {
    this.clearLine();
    this.marker = null;
    this.gluedFrom = -1;
    this.isClean = true;
  }

  /**
   * Reads most lines of a note: at the start of the line and outside every container, or behind a list item of the root, which
   * such a line can't stay in: a blank one, a heading, prose, a list item of one line. False for others, which take the long way.
   */
  private readPlain(): boolean {
    const { text, at, leaf, stack } = this;
    if (stack.depth > 1 || stack.holdsQuote || this.emptyItem !== "no" || (leaf !== "none" && leaf !== "paragraph"))
      return false;
    this.paragraph = false;
    this.continuesParagraph = false;
    if (at === this.to) {
      this.leaf = "none";
      return true;
    }
    if (this.columns > 0) return false;
    const code = text.charCodeAt(at);
    if (code === HASH && isHeading(text, at, this.to)) {
      this.leaf = "none";
      stack.truncate(0);
      this.setMarker();
      return true;
    }
    if (isWordCharacter(code === ASTERISK && text.charCodeAt(at + 1) === ASTERISK ? text.charCodeAt(at + 2) : code)) {
      this.paragraph = true;
      this.continuesParagraph = leaf === "paragraph";
      if (leaf === "none") stack.truncate(0);
      this.leaf = "paragraph";
      return true;
    }
    const content = this.findItemText();
    if (content < 0) return false;
    this.isClean = false;
    const item = this.openPlainItem(content);
    if (!this.isLookAhead) this.setBox(item);
    return true;
  }

  /**
   * Where the text of a list item begins that opens at the line's start, with one blank behind its marker, and holds a letter or
   * a box first; -1 where the line is none of this kind, or may not interrupt the paragraph above.
   *
   * ```markdown
   * > | 2. Deploy
   *        ^
   * ```
   */
  private findItemText(): number {
    const { text, at } = this;
    let behind = at + 1;
    const code = text.charCodeAt(at);
    if (isDigit(code)) {
      if (isDigit(text.charCodeAt(behind))) behind++;
      if (text.charCodeAt(behind) !== DOT) return -1;
      behind++;
      if (this.stack.depth === 0 && this.leaf === "paragraph" && (code !== ONE || behind > at + 2)) return -1;
    } else if (code !== DASH && code !== ASTERISK && code !== PLUS) {
      return -1;
    }
    if (text.charCodeAt(behind) !== SPACE) return -1;
    const first = text.charCodeAt(behind + 1);
    return first === BRACKET_OPEN || isWordCharacter(first) ? behind + 1 : -1;
  }

  private setMarker(): void {
    this.isClean = false;
    this.marker = readMarker(this.text, this.textFrom, this.to);
    if (this.marker !== null) return;
    this.gluedFrom = findGluedHeader(this.text, this.textFrom, this.to);
    if (this.gluedFrom >= 0) this.marker = "task_begin";
  }

  /** Reads a line of frontmatter or of a `%%` comment; false where it is none. */
  private readHidden(): boolean {
    const { text, from, to, leaf } = this;
    if (leaf === "frontmatter") {
      this.mask = "frontmatter";
      if (from === 0 || !isFrontmatterFence(text, from, to)) return true;
      this.inFrontmatter = false;
      this.endLeaf();
      return true;
    }
    if (leaf === "hidden") {
      this.mask = "hidden";
      if (holds(text, "%%", from, to)) this.endLeaf();
      return true;
    }
    if (this.columns > 0 || text.charCodeAt(this.at) !== PERCENT || text.charCodeAt(this.at + 1) !== PERCENT)
      return false;
    if (this.stack.depth === 0 && this.isConcrete()) return false;
    this.leave(0);
    this.emptyItem = "no";
    this.mask = "hidden";
    if (!holds(text, "%%", this.at + 2, to)) this.openLeaf("hidden");
    return true;
  }

  /**
   * Sets the box of the innermost item. A box counts if text follows it, be it on the next line, and if no underline makes a
   * heading of the paragraph; and it may stand on the line below a bare list marker.
   */
  private setBox(item: OpenedItem): void {
    if (this.boxAt >= 0) {
      if (!this.boxNeedsMore && this.endsParagraph()) item.boxAt = this.boxAt;
      else item.boxAt = this.lookAhead().confirmBox(this.boxAt, this.boxNeedsMore);
    } else if (this.emptyItem === "bare") {
      // Most lines behind an empty item are told apart without a scan.
      const next = this.text.charCodeAt(skipBlanks(this.text, this.end, this.text.length));
      if (next !== BRACKET_OPEN && next !== GREATER) return;
      const ahead = this.lookAhead();
      if (ahead.next() && !ahead.opened) item.boxAt = ahead.confirmBox(ahead.boxAt, ahead.boxNeedsMore);
    }
  }

  /**
   * Whether no line behind a box surely underlines its paragraph: most boxes then need no scan of them. Inside a list
   * item only an indented line can be one, and up to the next blank line or list item there mostly is none.
   */
  private endsParagraph(): boolean {
    if (this.mayHoldReturns) return false;
    const { text } = this;
    let at = this.end;
    for (let lines = 0; lines < FEW_LINES && at > 0; lines++) {
      const code = text.charCodeAt(at);
      if (code === LF) return true;
      if (code === SPACE || code === TAB || code === GREATER) return false;
      if (code === DASH && text.charCodeAt(at + 1) === SPACE && text.charCodeAt(at + 2) > SPACE) return true;
      at = text.indexOf("\n", at) + 1;
    }
    return false;
  }

  private lookAhead(): LineScanner {
    const ahead = new LineScanner(this.text, this.end, this.state());
    ahead.shareBreaks(this);
    ahead.isLookAhead = true;
    return ahead;
  }

  /** Reads on to the end of a paragraph that begins with a box at `boxAt`, or -1; returns it if it counts, else -1. */
  private confirmBox(boxAt: number, needsMore: boolean): number {
    if (boxAt < 0) return -1;
    let more = false;
    while (this.next() && this.continuesParagraph) more = true;
    return this.underlines || (needsMore && !more) ? -1 : boxAt;
  }
}

/** A Latin letter or what is beyond ASCII: no block but a paragraph begins with it. */
function isWordCharacter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code > 127;
}
