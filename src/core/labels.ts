import { isBlank } from "./blanks";
import type { Label } from "./task";

const LABELS: ReadonlyMap<string, Label> = new Map(
  (
    [
      "status",
      "description",
      "dependencies",
      "acceptance criteria",
      "definition of done",
      "relevant files",
      "relevant documentation",
      "plan",
      "estimated effort",
      "created",
      "completed",
      "assignee",
      "notes",
      "notes & summary",
      "final summary",
    ] as const
  ).flatMap((label): [string, Label][] => [
    [label, label],
    [label.replace(/\b(?!of\b)[a-z]/g, (letter) => letter.toUpperCase()), label],
  ]),
);

const MAX_LABEL_INDENT = 6;
const COLON = 58;
const STAR = 42;
const HASH = 35;

/** The label on a line: a known one, or the unknown bold label that ends a field of one value. */
export interface LabelLine {
  /** Null for an unknown bold label. */
  readonly label: Label | null;
  /** As written, without colon. */
  readonly name: string;
  readonly style: "bold" | "heading";
  /** Behind the label, its colon and its stars; of a heading, the end of the line. */
  readonly to: number;
}

/**
 * Reads the label that a line begins with; null where it begins with none. Case does not matter, a heading may end in a
 * colon, and a heading that is no label gives null (FORMAT.md §4).
 *
 * ```text
 * **Plan:**  1. First        ### Plan
 * ^textFrom                  ^textFrom
 * ```
 */
export function readLabel(text: string, textFrom: number, to: number, columns: number): LabelLine | null {
  const char = text.charCodeAt(textFrom);
  if (char === STAR && text.charCodeAt(textFrom + 1) === STAR && columns <= MAX_LABEL_INDENT) {
    const star = text.indexOf("*", textFrom + 2);
    if (star === -1 || star + 1 >= to) return null;
    if (text.charCodeAt(star - 1) !== COLON || text.charCodeAt(star + 1) !== STAR) return null;
    const name = text.slice(textFrom + 2, star - 1);
    return { label: findLabel(name), name: name.trim(), style: "bold", to: star + 2 };
  }
  if (char === HASH && columns <= 3) {
    const heading = readHeading(text, textFrom, to);
    if (!heading || heading.level < 2) return null;
    const { title } = heading;
    const name = title.endsWith(":") ? title.slice(0, -1).trimEnd() : title;
    const label = findLabel(name);
    return label ? { label, name, style: "heading", to } : null;
  }
  return null;
}

/** The label of a name, however it is spelled. Most are spelled as below, which is quicker to look up. */
function findLabel(name: string): Label | null {
  return LABELS.get(name) ?? LABELS.get(normalizeLabel(name)) ?? null;
}

/** A label for comparing: lower case, single blanks. */
export function normalizeLabel(name: string): string {
  return name.trim().toLowerCase().replace(/\s+/g, " ");
}

/** Reads an ATX heading whose first `#` is at `textFrom`; null where the line is none (CommonMark §4.2). */
export function readHeading(
  text: string,
  textFrom: number,
  to: number,
): { readonly level: number; readonly title: string; readonly titleFrom: number } | null {
  let at = textFrom;
  while (at < to && text.charCodeAt(at) === HASH) at++;
  const level = at - textFrom;
  if (level === 0 || level > 6 || (at < to && !isBlank(text.charCodeAt(at)))) return null;
  while (at < to && isBlank(text.charCodeAt(at))) at++;
  const title = text.slice(at, to).trimEnd();
  return { level, title: title.replace(/(?:^|[ \t])#+$/, "").trimEnd(), titleFrom: at };
}
