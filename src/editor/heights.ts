/** Notes hold a few thousand cards at most; beyond this many the oldest heights are forgotten. */
const CAPACITY = 8000;

import { NARROW_LETTERS, type LetterWidths } from "../cards/letter-widths";

/** The sizes of an editor's text, in CSS pixels. */
export interface TextSizes {
  readonly width: number;
  readonly lineHeight: number;
  /** Others as soon as a font is another. */
  readonly letters: LetterWidths;
}

/** What a figure's height is remembered by. */
export interface Measurable {
  /** The lines that the figure stands for. */
  readonly source: string;
  /** What besides the source decides on the height. */
  readonly look: string;
  /** Figures whose heights are guessed in one way: where one guess is wrong, the same guess is wrong by as much for all. */
  readonly kind: string;
  /** The height in CSS pixels from what is known without drawing. */
  guessHeight(): number;
}

interface Measured {
  /** The sizes that the text had. */
  readonly sizes: TextSizes;
  readonly look: string;
  readonly height: number;
}

/**
 * The heights in CSS pixels of figures in an editor: one that was drawn before takes the place that it took then, and one
 * that was not, that of the figures that were guessed to be as high. One per editor state; it is a memory, so states that
 * follow each other share it.
 */
export class HeightMemory {
  /** Another number as soon as heights that were expected so far are to be asked for anew. */
  fitting = 0;
  // Before the first measurement, a guess.
  #sizes: TextSizes = { width: 700, lineHeight: 24, letters: NARROW_LETTERS };
  readonly #measured = new Map<string, Measured>();
  /** By kind, and then by guess. */
  readonly #likely = new Map<string, Map<number, LikelyHeight>>();

  /** The same object until one of them is another. */
  get sizes(): TextSizes {
    return this.#sizes;
  }

  /** Takes over the sizes of the editor's text. False where they are those that heights were guessed for. */
  resize(sizes: TextSizes): boolean {
    if (equalSizes(sizes, this.#sizes)) return false;
    this.#sizes = sizes;
    this.#likely.clear();
    return true;
  }

  /** The height that a figure will have, as far as is known. */
  expect(figure: Measurable): number {
    const measured = this.#recall(figure);
    if (measured !== null) return measured;
    const guess = figure.guessHeight();
    return this.#findLikely(figure.kind, guess) ?? guess;
  }

  /** Remembers the height of a figure that is drawn. True where others are expected to have another height by that. */
  remember(figure: Measurable, height: number): boolean {
    if (this.#recall(figure) === height) return false;
    this.#measured.delete(figure.source);
    this.#measured.set(figure.source, { sizes: this.#sizes, look: figure.look, height });
    this.#forgetOldest();
    const guess = figure.guessHeight();
    const before = this.#findLikely(figure.kind, guess) ?? guess;
    const guesses = this.#likely.get(figure.kind) ?? new Map<number, LikelyHeight>();
    const likely = guesses.get(guess) ?? new LikelyHeight();
    this.#likely.set(figure.kind, guesses.set(guess, likely));
    likely.add(height);
    return Math.abs(likely.height - before) >= 0.5;
  }

  /** The height of this very figure at the sizes of now; null where none was measured. */
  #recall({ source, look }: Measurable): number | null {
    const measured = this.#measured.get(source);
    return measured?.look === look && equalSizes(measured.sizes, this.#sizes) ? measured.height : null;
  }

  /** What a guess has turned out to be, or else by how much the guess nearest to it was wrong; null where none is known. */
  #findLikely(kind: string, guess: number): number | null {
    const guesses = this.#likely.get(kind);
    if (guesses === undefined) return null;
    const known = guesses.get(guess);
    if (known !== undefined) return known.height;
    let nearest: number | null = null;
    for (const other of guesses.keys()) {
      if (nearest === null || Math.abs(other - guess) < Math.abs(nearest - guess)) nearest = other;
    }
    return nearest === null ? null : Math.max(0, guess + (guesses.get(nearest)?.height ?? nearest) - nearest);
  }

  #forgetOldest(): void {
    if (this.#measured.size <= CAPACITY) return;
    for (const oldest of this.#measured.keys()) {
      this.#measured.delete(oldest);
      return;
    }
  }
}

function equalSizes(a: TextSizes, b: TextSizes): boolean {
  return (
    a === b ||
    (Math.abs(a.width - b.width) < 1 && Math.abs(a.lineHeight - b.lineHeight) < 0.5 && a.letters === b.letters)
  );
}

/** The height that most figures of one guess had: one whose text broke otherwise than guessed says nothing of the others. */
class LikelyHeight {
  height = 0;
  #most = 0;
  readonly #counts = new Map<number, number>();

  add(height: number): void {
    const count = (this.#counts.get(height) ?? 0) + 1;
    this.#counts.set(height, count);
    if (count <= this.#most) return;
    this.#most = count;
    this.height = height;
  }
}
