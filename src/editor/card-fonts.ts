import { makeElement } from "../cards/elements";
import { measureLetters, NARROW_LETTERS, type LetterWidths } from "../cards/letter-widths";

const SAMPLE = "The quick brown fox, 0123456789";

/** The fonts of an editor's cards. */
export class CardFonts {
  readonly #pen: CanvasRenderingContext2D | null;
  #letters = NARROW_LETTERS;
  #signature = "";

  constructor(doc: Document) {
    this.#pen = makeElement(doc, "canvas", {}).getContext("2d");
  }

  /** The widths of their letters, the same object until a font is another: chosen, or loaded at last. */
  letters(style: CSSStyleDeclaration): LetterWidths {
    if (this.#pen === null) return this.#letters;
    const families = [style.fontFamily, style.getPropertyValue("--font-interface") || style.fontFamily] as const;
    const letters = measureLetters(this.#pen, families);
    const signature = [...families, letters.title(SAMPLE), letters.small(SAMPLE)].join();
    if (signature !== this.#signature) this.#letters = letters;
    this.#signature = signature;
    return this.#letters;
  }
}
