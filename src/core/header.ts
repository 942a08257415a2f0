import { isDigit, skipBlanks, trimSpan } from "./blanks";
import type { Header, Tag } from "./task";

const HASH = 35;
/** One tag, on one line; a link is none. */
const TAG = /\[([^[\]:\r\n]+):[^\]\r\n]*\](?!\()/y;

/**
 * Reads a task's header line: 2 to 6 `#`, then optionally `N.`, then optionally `#`, then the tags, then the title. Null
 * where the line is no such heading (FORMAT.md §4).
 *
 * ```text
 * ## 3. # [id:TASK-20260204-121][type:infra] Title
 * ^textFrom ^tags                            ^titleFrom
 * ```
 */
export function readHeader(text: string, textFrom: number, to: number, line: number): Header | null {
  let at = textFrom;
  while (at < to && text.charCodeAt(at) === HASH) at++;
  const level = at - textFrom;
  if (level < 2 || level > 6) return null;
  at = skipBlanks(text, at, to);
  const number = at;
  while (at < to && isDigit(text.charCodeAt(at))) at++;
  at = at > number && text[at] === "." ? skipBlanks(text, at + 1, to) : number;
  if (text.charCodeAt(at) === HASH) at = skipBlanks(text, at + 1, to);
  return new HeaderLine(text, textFrom, to, line, at);
}

/** The tags that have a meaning, in the order in which they are written (FORMAT.md §4). */
export const KNOWN_TAGS: readonly string[] = ["id", "type", "priority", "p_level", "component"];

/** The tags whose order is checked: `p_level` may stand anywhere. */
export const TAG_ORDER: readonly string[] = ["id", "type", "priority", "component"];

class HeaderLine implements Header {
  readonly orderly: boolean;
  readonly titleFrom: number;

  constructor(
    private readonly text: string,
    readonly from: number,
    readonly to: number,
    readonly line: number,
    private readonly tagsFrom: number,
  ) {
    const { tags } = this;
    this.titleFrom = skipBlanks(text, tags.at(-1)?.to ?? tagsFrom, to);
    let last = 0;
    this.orderly = tags.every(({ name }) => {
      const key = name.toLowerCase();
      const place = TAG_ORDER.indexOf(key);
      const inOrder = key === "p_level" || place >= last;
      if (place >= last) last = place;
      return inOrder;
    });
  }

  get tags(): readonly Tag[] {
    return readTags(this.text, this.tagsFrom, this.to);
  }

  get title(): string {
    return this.text.slice(this.titleFrom, this.to).trimEnd();
  }
}

/**
 * Reads `[name:value]` tags one after another, blanks between them allowed; stops at the first that is none, e.g. a link.
 *
 * ```text
 * [id:TASK-1][type: infra ] Title
 *  ^name      ^name ^value
 * ```
 */
export function readTags(text: string, from: number, to: number): readonly Tag[] {
  const tags: Tag[] = [];
  let at = skipBlanks(text, from, to);
  while (at < to) {
    TAG.lastIndex = at;
    const match = TAG.exec(text);
    if (!match || TAG.lastIndex > to) break;
    const close = TAG.lastIndex - 1;
    const colon = at + 1 + String(match[1]).length;
    const [nameFrom, nameTo] = trimSpan(text, at + 1, colon);
    const [valueFrom, valueTo] = trimSpan(text, colon + 1, close);
    const name = text.slice(nameFrom, nameTo);
    if (name === "") break;
    const value = text.slice(valueFrom, valueTo);
    tags.push({ name, value, from: at, to: close + 1, nameFrom, nameTo, valueFrom, valueTo });
    at = skipBlanks(text, close + 1, to);
  }
  return tags;
}

/** The value of the first tag of that name, in any case; null where there is none or it is empty. */
export function tagValue(tags: readonly Tag[], name: string): string | null {
  for (const tag of tags) if (tag.name.toLowerCase() === name) return tag.value || null;
  return null;
}
