import { isBlank, isDigit, skipBlanks } from "./blanks";
import {
  ASTERISK,
  BACKTICK,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  closesFence,
  DASH,
  GREATER,
  HASH,
  isHeading,
  isUnderline,
  LESS,
  openFence,
  PLUS,
  SPACE,
  TILDE,
  UNDERSCORE,
} from "./blocks";
import { ContainerStack } from "./container-stack";
import { closesHtml, type HtmlKind, openHtml } from "./html-blocks";
import { LineCursor } from "./line-cursor";
import type { ItemStart, Mask, Unclosed } from "./lines";
import type { EmptyItem, Leaf, ScanState } from "./scan-state";

/** An `ItemStart` while its line is read. */
export interface OpenedItem {
  readonly ordered: boolean;
  readonly from: number;
  readonly parentFrom: number;
  boxAt: number;
}

/**
 * Block quotes and list items that may stand in each other; deeper markers are text. Nobody nests like this, but a line of
 * megabytes of `>` would open a container for each, and every state would hold them all.
 */
const MAX_DEPTH = 1000;

/** More digits than these start no list item (CommonMark 5.2). */
const MAX_DIGITS = 9;

const PARENTHESIS = 41;
const DOT = 46;
const ONE = 49;
const NINE = 57;
const UPPER_X = 88;
const LOWER_X = 120;

const NO_ITEMS: readonly ItemStart[] = [];

/**
 * CommonMark's block structure, line by line, as micromark has it: which containers and which leaf a line belongs to. Link
 * definitions are paragraphs here. How a line is found and what else it may be is the subclass's.
 */
export class BlockReader extends LineCursor {
  /** Why the line is masked, opening and closing lines of the block included; null if it is not. */
  mask: Mask | null = null;
  /** List items that open on the line, outermost first. */
  items: readonly ItemStart[] = NO_ITEMS;
  /** The line is text of a paragraph, a link definition or a setext heading, container markers aside. */
  paragraph = false;
  /** The line is indented code; false on a blank line. */
  code = false;

  protected readonly unclosedBlocks: Unclosed[] = [];
  protected readonly stack: ContainerStack;
  protected leaf: Leaf;
  protected emptyItem: EmptyItem;
  /** A container opened on this line. */
  protected opened = false;
  /** The item that opened last on this line, unless a block quote did in it. */
  protected innermostItem: OpenedItem | null = null;
  /** Box at the start of the paragraph that starts an item on this line; whether only a further line makes it one. */
  protected boxAt = -1;
  protected boxNeedsMore = false;
  protected continuesParagraph = false;
  protected underlines = false;

  private leafFrom: number;
  private fenceCode: number;
  private fenceSize: number;
  private htmlKind: HtmlKind;
  /** Column at which the content of the containers matched so far begins. */
  private contentColumn = 0;
  private openedItems: OpenedItem[] = [];

  protected constructor(text: string, from: number, state: ScanState) {
    super(text, from);
    this.stack = new ContainerStack(state.containers);
    this.leaf = state.leaf;
    this.leafFrom = state.leafFrom;
    this.fenceCode = state.fenceCode;
    this.fenceSize = state.fenceSize;
    this.htmlKind = state.htmlKind;
    this.emptyItem = state.emptyItem;
  }

  /** The state before the next line; what it says about frontmatter is the caller's. */
  protected makeState(frontmatter: boolean): ScanState {
    const { leaf, leafFrom, fenceCode, fenceSize, htmlKind, emptyItem } = this;
    return {
      containers: this.stack.snapshot(),
      leaf,
      leafFrom,
      fenceCode,
      fenceSize,
      htmlKind,
      emptyItem,
      frontmatter,
    };
  }

  protected clearLine(): void {
    this.mask = null;
    this.items = NO_ITEMS;
    this.paragraph = false;
    this.code = false;
    this.contentColumn = 0;
    this.opened = false;
    this.innermostItem = null;
    this.boxAt = -1;
    this.boxNeedsMore = false;
    this.continuesParagraph = false;
    this.underlines = false;
  }

  /** Reads the line at the cursor, whatever block it belongs to. */
  protected readBlocks(): void {
    const { emptyItem } = this;
    this.emptyItem = "no";
    let matched = 0;
    if (this.at === this.to) matched = this.stack.depthOnBlank(0);
    else if (this.stack.depth > 0) matched = this.matchContainers(emptyItem === "left");
    if (matched === this.stack.depth && !this.opened && this.isConcrete()) return this.readMasked();
    if (this.at < this.to) {
      matched = this.openContainers(matched);
      if (this.at < this.to) this.readLeaf(matched, emptyItem === "bare" && !this.opened);
    } else if (matched < this.stack.depth) {
      this.leave(matched);
    } else if (!this.opened) {
      if (this.leaf === "paragraph") this.endLeaf();
      if (emptyItem !== "no") this.emptyItem = "left";
    }
  }

  /** Number of open containers that the line stays in. A further item of a list takes the place of the one before. */
  private matchContainers(emptyItemLeft: boolean): number {
    const { containers, depth } = this.stack;
    let matched = 0;
    let quotes = 0;
    // Not `for … of`: every line of a list comes through here, mostly before the engine has compiled it.
    for (let container = containers[0]; container !== undefined; container = containers[++matched]) {
      const indent = this.column - this.contentColumn;
      if (container.marker === GREATER) {
        if (indent > 3 || this.text.charCodeAt(this.at) !== GREATER) return matched;
        this.skipQuoteMarker();
        quotes++;
        if (this.at === this.to) return this.stack.depthOnBlank(quotes);
      } else if (indent >= container.size && !(emptyItemLeft && matched === depth - 1)) {
        this.contentColumn += container.size;
      } else {
        return indent <= 3 && this.openItem(matched, false, container.marker) ? this.stack.depth : matched;
      }
    }
    return depth;
  }

  /** Opens containers inside the outermost `matched`; returns how many the line then stands in. */
  private openContainers(matched: number): number {
    // As in micromark, what may not interrupt a paragraph may not do so inside a container that interrupts it either, and
    // indented code is kept from interruption like a paragraph.
    const interrupts =
      !this.opened && matched === this.stack.depth && (this.leaf === "paragraph" || this.leaf === "code");
    while (matched < MAX_DEPTH && this.column - this.contentColumn <= 3) {
      const code = this.text.charCodeAt(this.at);
      if (code === GREATER) {
        this.leave(matched);
        this.stack.push({ marker: GREATER, size: 0, from: this.at });
        this.opened = true;
        this.innermostItem = null;
        this.skipQuoteMarker();
      } else if (code > NINE || !this.openItem(matched, interrupts, 0)) {
        return matched;
      }
      matched = this.stack.depth;
    }
    return matched;
  }

  private skipQuoteMarker(): void {
    const behind = this.column + 1;
    this.skipTo(this.at + 1, behind);
    this.contentColumn = this.column > behind ? behind + 1 : behind;
  }

  /**
   * Opens a list item inside the outermost `matched` containers, only with the marker `wanted` unless that is 0.
   *
   * ```markdown
   * > | 10. a
   *     ^
   * ```
   */
  private openItem(matched: number, interrupts: boolean, wanted: number): boolean {
    const { text, to, at, column } = this;
    const start = text.charCodeAt(at);
    const ordered = isDigit(start);
    const behind = ordered ? this.skipNumber(interrupts) : at + 1;
    if (!ordered && start !== DASH && start !== ASTERISK && start !== PLUS) return false;
    const marker = text.charCodeAt(behind - 1);
    if ((ordered && marker !== DOT && marker !== PARENTHESIS) || (wanted !== 0 && marker !== wanted)) return false;
    if (behind < to && !isBlank(text.charCodeAt(behind))) return false;
    if (marker !== PLUS && !ordered && this.isThematicBreak()) return false;
    const behindColumn = column + behind - at;
    this.skipTo(behind, behindColumn);
    const empty = this.at === to;
    if (empty && interrupts) {
      this.at = at;
      this.column = column;
      return false;
    }
    const padding = empty || this.column - behindColumn > 4 ? 1 : this.column - behindColumn;
    const size = behindColumn + padding - this.contentColumn;
    this.contentColumn += size;
    if (empty) this.emptyItem = behind === to ? "bare" : "padded";
    this.leave(matched);
    const item: OpenedItem = { ordered, from: at, parentFrom: this.stack.innermostFrom, boxAt: -1 };
    this.stack.push({ marker, size, from: at });
    if (this.items === NO_ITEMS) this.items = this.openedItems = [item];
    else this.openedItems.push(item);
    this.opened = true;
    this.innermostItem = item;
    return true;
  }

  /** Opens the only list item of a line that begins at its start and holds text from `content` on, one blank behind the marker. */
  protected openPlainItem(content: number): OpenedItem {
    const { at } = this;
    const item: OpenedItem = { ordered: content > at + 2, from: at, parentFrom: -1, boxAt: -1 };
    this.stack.truncate(0);
    this.stack.push({ marker: this.text.charCodeAt(content - 2), size: content - at, from: at });
    this.items = this.openedItems = [item];
    this.opened = true;
    this.innermostItem = item;
    this.leaf = "paragraph";
    this.paragraph = true;
    this.at = content;
    this.readBox();
    return item;
  }

  /** Offset behind the number at the cursor and one more character. Only `1` may interrupt a paragraph. */
  private skipNumber(interrupts: boolean): number {
    const { text, to, at } = this;
    const last = Math.min(to, at + (interrupts ? 1 : MAX_DIGITS));
    let behind = at + 1;
    while (behind < last && isDigit(text.charCodeAt(behind))) behind++;
    return interrupts && text.charCodeAt(at) !== ONE ? at + 1 : behind + 1;
  }

  /** Reads a line that is not blank inside `matched` containers; `inEmptyItem`: it is the first behind a bare list marker. */
  private readLeaf(matched: number, inEmptyItem: boolean): void {
    const lazy = matched < this.stack.depth;
    const indent = this.column - this.contentColumn;
    if (this.leaf === "paragraph") {
      if (indent <= 3) {
        if (!lazy && isUnderline(this.text, this.at, this.to)) {
          this.underlines = true;
          return this.endLeaf();
        }
        if (this.startBlock(matched, lazy)) return;
      }
      this.paragraph = true;
      this.continuesParagraph = true;
    } else if (indent > 3) {
      if (lazy || this.leaf !== "code") this.leave(matched);
      // micromark: on a lazy line, code is over with its line.
      this.leaf = lazy ? "none" : "code";
      this.code = true;
    } else if (!this.startBlock(matched, true)) {
      this.leave(matched);
      this.leaf = "paragraph";
      this.paragraph = true;
      if (this.innermostItem !== null || (inEmptyItem && !lazy && indent === 0)) this.readBox();
    }
  }

  /** Reads a heading, a thematic break, or the first line of a fence or of HTML, of kind 7 if `whole`; false if it is none. */
  private startBlock(matched: number, whole: boolean): boolean {
    const { text, at, to } = this;
    const code = text.charCodeAt(at);
    switch (code) {
      case HASH:
        if (!isHeading(text, at, to)) return false;
        this.leave(matched);
        return true;
      case DASH:
      case ASTERISK:
      case UNDERSCORE:
        if (!this.isThematicBreak()) return false;
        this.leave(matched);
        return true;
      case BACKTICK:
      case TILDE: {
        const size = openFence(text, at, to);
        if (size === 0) return false;
        this.leave(matched);
        this.mask = "fence";
        this.openLeaf("fence");
        this.fenceCode = code;
        this.fenceSize = size;
        return true;
      }
      case LESS: {
        const kind = openHtml(text, at, to);
        if (kind === 0 || (kind === 7 && !whole)) return false;
        // micromark: on a lazy line a whole tag interrupts a paragraph, and stays in the paragraph's containers.
        this.leave(kind === 7 && this.leaf === "paragraph" ? this.stack.depth : matched);
        this.mask = kind === 2 ? "comment" : "html";
        if (closesHtml(text, kind, at + 1, to)) return true;
        this.openLeaf("html");
        this.htmlKind = kind;
        return true;
      }
      default:
        return false;
    }
  }

  /** Whether a fence or HTML is open: blocks in which no container opens. */
  protected isConcrete(): boolean {
    return this.leaf === "fence" || this.leaf === "html";
  }

  private readMasked(): void {
    const { text, at, to } = this;
    if (this.leaf === "fence") {
      this.mask = "fence";
      const indent = this.column - this.contentColumn;
      if (indent <= 3 && closesFence(text, at, to, this.fenceCode, this.fenceSize)) this.endLeaf();
    } else if (at === to && this.htmlKind > 5) {
      this.endLeaf();
    } else {
      this.mask = this.htmlKind === 2 ? "comment" : "html";
      if (closesHtml(text, this.htmlKind, at, to)) this.endLeaf();
    }
  }

  protected openLeaf(leaf: Leaf): void {
    this.leaf = leaf;
    this.leafFrom = this.from;
  }

  protected endLeaf(): void {
    this.leaf = "none";
    this.leafFrom = -1;
    this.fenceCode = 0;
    this.fenceSize = 0;
    this.htmlKind = 0;
  }

  /** Ends the leaf, and all containers but the outermost `depth`, before this line. */
  protected leave(depth: number): void {
    if (this.leaf !== "none") {
      this.noteUnclosed(this.from);
      this.endLeaf();
    }
    if (this.stack.depth > depth) this.stack.truncate(depth);
  }

  /** Notes that the leaf ends at `to` without its own end, if it is one that has such an end. */
  protected noteUnclosed(to: number): Unclosed | null {
    const { leaf, htmlKind } = this;
    if (leaf !== "fence" && leaf !== "hidden" && (leaf !== "html" || htmlKind > 5)) return null;
    const block: Unclosed = { kind: leaf === "html" && htmlKind === 2 ? "comment" : leaf, from: this.leafFrom, to };
    this.unclosedBlocks.push(block);
    return block;
  }

  /**
   * Reads a task-list box at the start of a paragraph.
   *
   * ```markdown
   * > | - [x] a
   *       ^
   * ```
   */
  private readBox(): void {
    const { text, at, to } = this;
    if (text.charCodeAt(at) !== BRACKET_OPEN || text.charCodeAt(at + 2) !== BRACKET_CLOSE) return;
    const mark = text.charCodeAt(at + 1);
    if (mark !== SPACE && mark !== LOWER_X && mark !== UPPER_X) return;
    const behind = skipBlanks(text, at + 3, to);
    this.boxNeedsMore = behind === to;
    if (behind > at + 3 || behind === to) this.boxAt = at + 1;
  }
}
