/** The properties at the top of a note. */
export interface Frontmatter {
  /** Null where they cannot be read. */
  readonly properties: Record<string, unknown> | null;
  /** Where the closing line ends, without its line end. */
  readonly to: number;
}

/**
 * The properties of a note; null where it has none. Read are plain values, lists in brackets and lists of rows, which is what
 * the app writes itself; whatever else YAML knows makes them unreadable.
 */
export function readFrontmatter(text: string): Frontmatter | null {
  const match = /^---[ \t]*\r?\n(?:([\s\S]*?)\r?\n)?---[ \t]*(?=\r?\n|$)/.exec(text);
  if (match === null) return null;
  const properties: Record<string, unknown> = {};
  let last = "";
  for (const line of (match[1] ?? "").split(/\r?\n/)) {
    if (line.trim() === "" || line.startsWith("#")) continue;
    const [, row] = /^\s*-\s+(.*)$/.exec(line) ?? [];
    const [, key, value = ""] = /^([^\s:#-][^:]*):(?:\s+(.*))?$/.exec(line) ?? [];
    const before = properties[last];
    if (key !== undefined) properties[(last = key.trim())] = readValue(value);
    else if (row !== undefined && before === null) properties[last] = [readValue(row)];
    else if (row !== undefined && Array.isArray(before)) before.push(readValue(row));
    else return { properties: null, to: match[0].length };
  }
  return { properties, to: match[0].length };
}

function readValue(written: string): unknown {
  const value = written.trim();
  const list = /^\[(.*)\]$/.exec(value);
  if (list !== null) return list[1]?.trim() === "" ? [] : (list[1] ?? "").split(",").map(readValue);
  const quoted = /^"(.*)"$|^'(.*)'$/.exec(value);
  if (quoted !== null) return quoted[1] ?? quoted[2];
  if (value === "true" || value === "false") return value === "true";
  if (value === "null" || value === "~" || value === "") return null;
  return /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
}
