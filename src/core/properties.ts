import type { Note } from "./note";

/** One property of a note's frontmatter: its value as written, or the values of a list. */
export interface Property {
  readonly key: string;
  readonly values: readonly string[];
  /** Whether it is written as a list, `[a, b]` or one `- a` a line. */
  readonly list: boolean;
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the properties of a note's frontmatter that FORMAT.md §5 needs: one `key: value`, `key: [a, b]` or `key:` with
 * `- a` lines below it, at the start of a line. Quotes and `# comments` are taken off; whatever else YAML allows is
 * passed over. Empty without frontmatter.
 *
 * ```text
 * batch-limit: 3 # for now
 * ^key         ^value
 * ```
 */
export function readProperties(note: Note): readonly Property[] {
  if (!note.frontmatter) return [];
  const properties: { key: string; values: string[]; list: boolean; from: number; to: number }[] = [];
  const { from: start, to: end } = note.frontmatter;
  const lines = note.text.slice(start, end).matchAll(/[^\r\n]+/g);
  for (const line of lines) {
    const from = start + line.index;
    const to = from + line[0].length;
    const pair = /^([A-Za-z][\w-]*):(?:[ \t]+(.*))?$/.exec(line[0]);
    const element = /^[ \t]*-[ \t]/.test(line[0]);
    const last = properties.at(-1);
    if (pair) {
      const written = unquote(pair[2] ?? "");
      const inline = /^\[.*\]$/.test(written);
      const values = inline ? splitList(written.slice(1, -1)) : written === "" ? [] : [written];
      properties.push({ key: pair[0].slice(0, pair[0].indexOf(":")).toLowerCase(), values, list: inline, from, to });
    } else if (element && last && (last.list || last.values.length === 0)) {
      last.values.push(unquote(line[0].trim().slice(1)));
      last.list = true;
      last.to = to;
    }
  }
  return properties;
}

function splitList(text: string): string[] {
  return text
    .split(",")
    .map(unquote)
    .filter((value) => value !== "");
}

function unquote(text: string): string {
  const bare = text.replace(/(?:^|[ \t])#.*$/, "").trim();
  return /^(["'])(.*)\1$/.exec(bare)?.[2] ?? bare;
}
