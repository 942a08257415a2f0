import type { Edit } from "./edits";
import { KNOWN_TAGS } from "./header";
import type { Header, Tag } from "./task";

/**
 * Edits that give a header a tag's value: in its first tag of that name, else in a new tag at its place in the order id,
 * type, priority, p_level, component. None where it has that value already. `name` is in lower case.
 *
 * ```text
 * ### # [id:TASK-20260204-121][priority:high] Title
 *                             ^type goes here
 * ```
 */
export function planTagValue(text: string, header: Header, name: string, value: string): readonly Edit[] {
  const present = findTag(header, name);
  if (present) {
    const { valueFrom: from, valueTo: to } = present;
    return present.value === value ? [] : [{ from, to, insert: value }];
  }
  const tag = `[${name}:${value}]`;
  const before = KNOWN_TAGS.slice(0, KNOWN_TAGS.indexOf(name)).reverse();
  const [above] = before.flatMap((other) => findTag(header, other) ?? []);
  const at = above?.to ?? header.tags[0]?.from;
  if (at !== undefined) return [{ from: at, to: at, insert: tag }];
  const { titleFrom, title } = header;
  const gap = /[ \t]/.test(text.charAt(titleFrom - 1)) ? "" : " ";
  return [{ from: titleFrom, to: titleFrom, insert: gap + tag + (title === "" ? "" : " ") }];
}

/**
 * Edits that put a header's tags in their order (FORMAT.md §4). An unknown tag goes with the known one before it, or
 * last; what stands between two tags stays where it is.
 */
export function planTagOrder(text: string, header: Header): readonly Edit[] {
  const { tags } = header;
  let rank = KNOWN_TAGS.length;
  const ranked = tags.map((tag) => {
    const own = KNOWN_TAGS.indexOf(tag.name.toLowerCase());
    if (own !== -1) rank = own;
    return { tag, rank };
  });
  const sorted = [...ranked].sort((a, b) => a.rank - b.rank);
  return tags.flatMap((slot, at) =>
    sorted.slice(at, at + 1).flatMap(({ tag }) => {
      const insert = text.slice(tag.from, tag.to);
      return tag === slot ? [] : [{ from: slot.from, to: slot.to, insert }];
    }),
  );
}

/** The first tag of that name, in any case. */
export function findTag(header: Header, name: string): Tag | undefined {
  return header.tags.find((tag) => tag.name.toLowerCase() === name);
}
