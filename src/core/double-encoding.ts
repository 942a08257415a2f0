/** A run of characters that are the bytes of UTF-8 text, each read as a character of Windows-1252 or Latin-1. */
export interface DoubleEncoded {
  readonly from: number;
  readonly to: number;
  /** What the run was meant to say. */
  readonly decoded: string;
}

/** What Windows-1252 has at 0x80 to 0x9F; a byte that it leaves undefined stands for the control character itself. */
const SPECIAL_BYTES: ReadonlyMap<string, number> = new Map(
  Array.from(
    "€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ",
    (char, index) => [char, 0x80 + index] as const,
  ),
);

const SPECIALS = [...SPECIAL_BYTES.keys()];
const LOW = `${SPECIALS.slice(0, 16).join("")}\u0080-\u008f`;
const MIDDLE = `${SPECIALS.slice(16).join("")}\u0090-\u009f`;
const HIGH = "\u00a0-\u00bf";
/** Any byte that continues a sequence. */
const NEXT = `[${LOW}${MIDDLE}${HIGH}]`;

/** One sequence of well-formed UTF-8 of two to four bytes (Unicode, table 3-7). */
const SEQUENCE = [
  `[\u00c2-\u00df]${NEXT}`,
  `\u00e0[${HIGH}]${NEXT}`,
  `\u00ed[${LOW}${MIDDLE}]${NEXT}`,
  `[\u00e1-\u00ec\u00ee\u00ef]${NEXT}{2}`,
  `\u00f0[${MIDDLE}${HIGH}]${NEXT}{2}`,
  `[\u00f1-\u00f3]${NEXT}{3}`,
  `\u00f4[${LOW}]${NEXT}{2}`,
].join("|");

/** Bounded, so that no text exhausts the matcher's stack; a longer run is found in parts. */
const RUN = new RegExp(`(?:${SEQUENCE}){1,4096}`, "g");

const QUOTES_AND_DASHES = "\u00a0«»‹›“”‘’–—…";

/**
 * Runs that are ordinary text as well: a word's last letter and what may follow it (`Spaß«`, `café »` with its no-break
 * space, `NESCAFÉ®`), a lone multiplication sign (`2×½`). Letters that begin most double-encoded text (`Ã`, `â`, `ð`) and
 * end no word are not among them.
 */
const ORDINARY = new RegExp(`^(?:×.|(?:[ÄÅÎÏÐÑ][${QUOTES_AND_DASHES}]+|[Æ-ÍÒ-áã-î][${QUOTES_AND_DASHES}™®]+)+)$`);

const CONTROL = /[\u0080-\u009f]/;

/**
 * The runs of double-encoded characters in `[from, to)`, in order: `â€”` for `—`, `ðŸš€` for `🚀`. Adjacent characters
 * are one run; what was encoded several times is decoded as often. Only well-formed UTF-8 counts that holds no
 * control character in the end, and no run that a word and its punctuation give as well. Empty where there is none;
 * offsets are the text's.
 */
export function findDoubleEncoded(text: string, from: number, to: number): readonly DoubleEncoded[] {
  const found: DoubleEncoded[] = [];
  for (const match of text.slice(from, to).matchAll(RUN)) {
    const decoded = decodeRun(match[0]);
    if (decoded === null) continue;
    const at = from + match.index;
    found.push({ from: at, to: at + match[0].length, decoded });
  }
  return found;
}

/** The text with every double-encoded run decoded; the text itself where there is none. */
export function mendDoubleEncoded(text: string): string {
  return text.replace(RUN, (run) => decodeRun(run) ?? run);
}

/** Control characters may come up on the way: text that was encoded twice has them. */
function decodeRun(run: string): string | null {
  if (ORDINARY.test(run)) return null;
  const decoded = mendDoubleEncoded(decode(run));
  return CONTROL.test(decoded) ? null : decoded;
}

/** A lead byte tells how many bits of it count, each byte after it adds six. */
function decode(run: string): string {
  const points: number[] = [];
  let point = 0;
  let left = 0;
  for (const char of run) {
    const byte = SPECIAL_BYTES.get(char) ?? char.charCodeAt(0);
    if (left === 0) {
      left = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : 1;
      point = byte & (0x3f >> left);
    } else {
      point = (point << 6) | (byte & 0x3f);
      left--;
      if (left === 0) points.push(point);
    }
  }
  return points.map((code) => String.fromCodePoint(code)).join("");
}
