/** Notes hold a few thousand cards at most; beyond this many the oldest heights are forgotten. */
const CAPACITY = 8000;

interface Measured {
  readonly width: number;
  /** What besides the text decides on the height. */
  readonly look: string;
  readonly height: number;
}

/**
 * The heights in CSS pixels that figures had when they were last drawn in an editor, so that one that is drawn again takes
 * the place that it took before. One per editor state; it is a memory, so states that follow each other share it.
 */
export class HeightMemory {
  /** Width of the editor's text in CSS pixels, and height of one of its lines. Before the first measurement, a guess. */
  width = 700;
  lineHeight = 24;
  readonly #measured = new Map<string, Measured>();

  /** Takes over the sizes of the editor's text. False where they are those that heights were guessed for. */
  resize(width: number, lineHeight: number): boolean {
    if (Math.abs(width - this.width) < 1 && Math.abs(lineHeight - this.lineHeight) < 0.5) return false;
    this.width = width;
    this.lineHeight = lineHeight;
    return true;
  }

  /** The height of a figure of this text and look at the width of now; null where none was measured. */
  recall(text: string, look: string): number | null {
    const measured = this.#measured.get(text);
    return measured?.look === look && measured.width === this.width ? measured.height : null;
  }

  remember(text: string, look: string, height: number): void {
    this.#measured.delete(text);
    this.#measured.set(text, { width: this.width, look, height });
    if (this.#measured.size <= CAPACITY) return;
    for (const oldest of this.#measured.keys()) {
      this.#measured.delete(oldest);
      return;
    }
  }
}
