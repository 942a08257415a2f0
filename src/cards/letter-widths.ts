/** How wide texts are on one line, in heights of their font. */
export interface LetterWidths {
  /** Of a title. */
  readonly title: (text: string) => number;
  /** Of what stands below the title. */
  readonly small: (text: string) => number;
}

/** A letter of most fonts is wider. */
const NARROW_LETTER = 0.45;
/** At which words are measured, in pixels: what they are at other sizes follows from it. */
const SIZE = 100;

const countLetters = (text: string): number => text.length * NARROW_LETTER;

/** Where nothing is known of the fonts. */
export const NARROW_LETTERS: LetterWidths = { title: countLetters, small: countLetters };

/**
 * Measures texts in the fonts that cards have: word by word, each once, without laying anything out.
 *
 * @param families of title and small text, as CSS says them.
 */
export function measureLetters(pen: CanvasRenderingContext2D, families: readonly [string, string]): LetterWidths {
  return { title: startRuler(pen, `600 ${SIZE}px ${families[0]}`), small: startRuler(pen, `${SIZE}px ${families[1]}`) };
}

function startRuler(pen: CanvasRenderingContext2D, font: string): (text: string) => number {
  const known = new Map<string, number>();
  const measure = (word: string): number => {
    let width = known.get(word);
    if (width === undefined) {
      pen.font = font;
      width = pen.measureText(word).width / SIZE;
      known.set(word, width);
    }
    return width;
  };
  return (text) => {
    const words = text.split(" ");
    return words.reduce((sum, word) => sum + measure(word), (words.length - 1) * measure(" "));
  };
}
