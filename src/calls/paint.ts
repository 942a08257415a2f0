import { mendDoubleEncoded } from "../core/double-encoding";

/** A text in a colour. */
export type Colour = (text: string) => string;

/** Colours for text on a terminal. Each gives back its text unchanged where colours are off. */
export interface Paint {
  readonly colours: boolean;
  readonly bold: Colour;
  readonly red: Colour;
  readonly green: Colour;
  readonly yellow: Colour;
  readonly cyan: Colour;
}

/** The colours of ANSI terminals, or none. */
export function createPaint(colours: boolean): Paint {
  const wrap = (open: number, close: number) => (text: string) =>
    colours && text !== "" ? `\u001b[${open}m${text}\u001b[${close}m` : text;
  return {
    colours,
    bold: wrap(1, 22),
    red: wrap(31, 39),
    green: wrap(32, 39),
    yellow: wrap(33, 39),
    cyan: wrap(36, 39),
  };
}

/**
 * The text with its control characters made visible (`\u001b` as `\x1b`), so that no note can steer a terminal. Line
 * breaks are shown as well: the result is one line.
 */
export function showLine(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000a-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    escapeCharacter,
  );
}

/** A title as `showLine` shows it, what is double-encoded in it decoded: `â€”` as `—`. For a person, never for JSON. */
export function showTitle(title: string): string {
  return showLine(mendDoubleEncoded(title));
}

/** As `showLine`, but line breaks and tabs stay: for a text of several lines. */
export function showLines(text: string): string {
  return text.replace(
    /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/g,
    escapeCharacter,
  );
}

function escapeCharacter(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length > 2 ? `\\u${code.padStart(4, "0")}` : `\\x${code.padStart(2, "0")}`;
}

/** Rows with their columns aligned by blanks; the last column is as long as it is. Widths count UTF-16 units. */
export function alignColumns(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => (widths[column] = Math.max(widths[column] ?? 0, cell.length)));
  }
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd(),
  );
}
