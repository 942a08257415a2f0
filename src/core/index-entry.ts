import { applyEdits, replaceValue, type Edit } from "./edits";
import { lineBreakAt, lineEndAt, lineStartAt } from "./line-ends";
import { parseNote, type EntryValue, type IndexEntry } from "./note";

/** What the index is to say of a task that moves. */
export interface IndexedMove {
  readonly id: string;
  /** The note that it moves to, as the folder names it. */
  readonly location: string;
  readonly status: string;
  /** `YYYY-MM-DD`; null where nothing is said of it. */
  readonly completed: string | null;
  /** What a new entry takes besides, by key in lower case: `created`, `title` and the tags of the header. */
  readonly facts: ReadonlyMap<string, string>;
}

/** Keys in the order in which an entry has them; a missing one goes behind the last that stands before it here. */
const KEYS = ["id", "type", "priority", "component", "status", "location", "created", "completed"] as const;

const OTHER_TAG = /\[[^[]*\[/;
/** Behind a value: what closes a tag, quotes or strong text, and blanks. */
const NOTHING_MORE = /^["'`]?\]?(?:\*\*|__)?[ \t]*$/;
/** `[[target#anchor|text]]` and `[text](target`, closed or not. */
const WIKI_LINK = /\[\[([^[\]|#]+)((?:#[^[\]|]*)?)((?:\|[^[\]]*)?)(?=\]\])/;
const LINK = /\[([^[\]]*)(\]\(<?)([^()<>#"]+)/;
const MARKDOWN = /\.md$/i;
/** Where a path ends: at `.md`, before an anchor or a back-tick, at the end. */
const PATH_END = /\.md(?![\w./\\-])|#[^/\\#]*$|`?$/i;
const LABEL = /^([^\p{L}\p{N}:]*)([^:]*?)([^\p{L}\p{N}:]*:)/u;
const WITHOUT_BLANK = /^[^[]*:(?:\*\*|__)?$/;

/** Edits that let an entry say what it has to of a task that moves (FORMAT.md §5 rule 7); the entry has an id. */
export function planEntryEdits(text: string, entry: IndexEntry, move: IndexedMove): readonly Edit[] {
  const { status, completed } = move;
  const location = nameOf(move.location);
  const wanted = { status, location, completed };
  return (["status", "location", "completed"] as const).flatMap((key) => {
    const value = wanted[key];
    if (value === null) return [];
    const present = entry.values.find((candidate) => candidate.key === key);
    if (!present) return [addLine(text, entry, key, value)];
    return replaceValue(text, present, key === "location" ? moveLocation(present.value, value) : value);
  });
}

/** The text of a new entry in the form that the format's own index notes have. */
export function writeEntry(move: IndexedMove, lineBreak: string): string {
  const facts = gatherFacts(move);
  const lines = [...KEYS.slice(1), "title"].flatMap((key) => {
    const value = facts.get(key);
    return value === undefined ? [] : [`${key}: ${value}  `];
  });
  return ["## index_entry_begin", `[id:${move.id}]  `, ...lines, "## index_entry_end"].join(lineBreak);
}

/**
 * The text of a new entry with the keys and the order of another, which is closed and has an id; a key of which nothing is
 * known is left out. Null where the other cannot be followed for certain: a line of it says more than its value.
 */
export function copyEntry(text: string, model: IndexEntry, move: IndexedMove): string | null {
  const facts = gatherFacts(move);
  const lines = [text.slice(model.from, lineEndAt(text, model.from))];
  for (const value of model.values) {
    const fact = facts.get(value.key);
    if (fact === undefined) continue;
    facts.delete(value.key);
    const label = text.slice(value.lineFrom, value.from);
    const behind = text.slice(value.to, value.lineTo);
    if (OTHER_TAG.test(label) || !NOTHING_MORE.test(behind)) return null;
    const written = value.key === "location" ? moveLocation(value.value, fact) : fact;
    lines.push(spaced(label) + written + behind);
  }
  lines.push(text.slice(lineStartAt(text, model.to), model.to));
  const entry = lines.join(lineBreakAt(text, lineEndAt(text, model.from)));
  return parseNote(entry).entries.reduce((copy, found) => applyEdits(copy, planEntryEdits(copy, found, move)), entry);
}

function gatherFacts(move: IndexedMove): Map<string, string> {
  const facts = new Map(move.facts).set("id", move.id).set("status", move.status);
  if (move.completed !== null) facts.set("completed", move.completed);
  return facts.set("location", nameOf(move.location));
}

/**
 * A location with another note in it: the last segment of its path changes, of a link's text also where it says the same;
 * what surrounds them stays. A wiki link without `.md` stays without.
 *
 * ```text
 * docs/tasks/BACKLOG.md#infra     [BACKLOG.md](docs/BACKLOG.md)     [[tasks/BACKLOG|the backlog]]
 *            ^changes              ^changes         ^changes                ^changes
 * ```
 */
export function moveLocation(found: string, name: string): string {
  if (WIKI_LINK.test(found)) {
    return found.replace(WIKI_LINK, (_, path: string, anchor: string, text: string) => {
      const written = MARKDOWN.test(path) ? name : name.replace(MARKDOWN, "");
      return `[[${moveSegment(path, written)}${anchor}${text === `|${nameOf(path)}` ? `|${written}` : text}`;
    });
  }
  if (!LINK.test(found)) return moveSegment(found, name);
  return found.replace(LINK, (_, text: string, between: string, path: string) => {
    return `[${text === nameOf(path.trim()) ? name : text}${between}${moveSegment(path, name)}`;
  });
}

/** A path with another last segment; back-ticks, an anchor and other text around it stay. */
function moveSegment(path: string, name: string): string {
  const end = path.search(PATH_END);
  const to = MARKDOWN.test(path.slice(end, end + 3)) ? end + 3 : end;
  const head = path.slice(0, to);
  const from = Math.max(head.lastIndexOf("/"), head.lastIndexOf("\\"), head.startsWith("`") ? 0 : -1) + 1;
  return path.slice(0, from) + name + path.slice(to);
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** A line for a key that the entry lacks, in the style of the line that it goes behind. */
function addLine(text: string, entry: IndexEntry, key: (typeof KEYS)[number], value: string): Edit {
  const before = KEYS.slice(0, KEYS.indexOf(key)).reverse();
  const present = before.flatMap((name) => entry.values.find((candidate) => candidate.key === name) ?? []);
  // The entry has an id: one at least is present.
  const above = present[0] as EntryValue;
  const model = above.key === "id" ? entry.values.find((candidate) => candidate.key !== "id") : above;
  const label = model ? spaced(labelLike(text.slice(model.lineFrom, model.from), key)) : `${key}: `;
  const behind = model ? text.slice(model.to, model.lineTo) : blanksAtEnd(text, above);
  const lineBreak = lineBreakAt(text, lineEndAt(text, entry.from));
  const at = above.lineTo;
  return { from: at, to: at, insert: lineBreak + label + value + behind };
}

/**
 * ```text
 * ··- **Status:** todo
 *       ^name
 * ```
 */
function labelLike(label: string, key: string): string {
  return label.replace(LABEL, (_, before: string, name: string, behind: string) => {
    const capital = /^\p{Lu}/u.test(name);
    return before + (capital ? key.charAt(0).toUpperCase() + key.slice(1) : key) + behind;
  });
}

/** A label without a value, with the blank that goes before one. */
function spaced(label: string): string {
  return WITHOUT_BLANK.test(label) ? `${label} ` : label;
}

function blanksAtEnd(text: string, value: EntryValue): string {
  const rest = text.slice(value.to, value.lineTo);
  return rest.slice(rest.trimEnd().length);
}
