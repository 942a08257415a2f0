import { readFrontmatter } from "./blocks";
import { LineScanner, type MarkerKind, type Mask } from "./lines";
import type { TextSource } from "./outline";
import type { ScanState } from "./scan-state";

/** Code units of the first piece; each further one is twice as long, up to the largest. */
const FIRST_PIECE = 2048;
const LARGEST_PIECE = 65_536;

/** The lines of a text from a place on, which is sliced piece by piece: what is not read is not copied. Places are those of the text. */
export class SourceLines {
  /** How many lines were read. */
  count = 0;

  private size = FIRST_PIECE;
  private piece = "";
  /** What is to be added to a place in the piece. */
  private shift = 0;
  private scanner: LineScanner;

  /** Reads on from the start of the line at `at`, with the state before it. */
  constructor(
    private readonly source: TextSource,
    at: number,
    state: ScanState,
  ) {
    this.scanner = this.openPiece(at, state);
  }

  /** First character of the line, a byte-order mark left out. */
  get from(): number {
    const from = this.scanner.from + this.shift;
    return from === 0 && this.piece.charCodeAt(0) === 0xfeff ? 1 : from;
  }

  /** Behind its last character, the line break left out. */
  get to(): number {
    return this.scanner.to + this.shift;
  }

  /** Behind its line break. */
  get end(): number {
    return this.scanner.end + this.shift;
  }

  get mask(): Mask | null {
    return this.scanner.mask;
  }

  get marker(): MarkerKind | null {
    return this.scanner.marker;
  }

  /** Columns of white space before its text. */
  get columns(): number {
    return this.scanner.columns;
  }

  /** The line from its first character on that is no blank; "" for a blank one. */
  get text(): string {
    return this.piece.slice(this.scanner.textFrom, this.scanner.to);
  }

  /** Reads the next line; false where there is none. */
  next(): boolean {
    if (this.scanner.end >= this.piece.length) {
      if (this.end >= this.source.length) return false;
      this.scanner = this.openPiece(this.end, this.scanner.state());
    }
    this.count++;
    return this.scanner.next();
  }

  /** The state before the line that `next()` would read; the places in it mean nothing. */
  state(): ScanState {
    return this.scanner.state();
  }

  /**
   * Begins a piece with the last character before it, so that its first line is not taken for the first of the note. It ends
   * with a line; the first of a note holds all of its frontmatter.
   */
  private openPiece(at: number, state: ScanState): LineScanner {
    const before = Math.min(at, 1);
    for (;;) {
      const isLast = at + this.size >= this.source.length;
      const slice = this.source.slice(at - before, Math.min(at + this.size, this.source.length));
      this.piece = isLast ? slice : slice.slice(0, slice.lastIndexOf("\n") + 1);
      this.size *= 2;
      if (isLast || (this.piece.length > before && (at > 0 || readFrontmatter(this.piece) !== "unclosed"))) break;
    }
    this.size = Math.min(this.size, LARGEST_PIECE);
    this.shift = at - before;
    return new LineScanner(this.piece, before, state);
  }
}
