import { RangeSet, RangeValue, type ChangeDesc, type Range, type Text } from "@codemirror/state";
import { equalBadges, readBadge, type Badge } from "../core/badge";
import { compareContexts, type NoteContext } from "../core/context";
import type { GroupPart, Part, PlacedPart } from "../core/outline";
import { readOutline } from "../core/outline-reader";
import type { Span } from "../core/removal";
import { rereadParts, sourceOf } from "./outline-reread";
import { Tallies } from "./outline-tallies";

/** A part of a note in the editor, with its task's badge; null where the part has no block. Text inserted at its ends stays outside. */
export class PartValue extends RangeValue {
  override startSide = 1;
  override endSide = -1;

  constructor(
    readonly part: Part,
    readonly badge: Badge | null,
  ) {
    super();
  }

  /** No two are the same. */
  override eq(other: RangeValue): boolean {
    return this === other;
  }
}

/** What a group holds. */
export interface Tally {
  /** Task blocks, unclosed ones too. */
  readonly tasks: number;
  /** Those that are promotable (FORMAT.md §5, rule 2). */
  readonly ready: number;
  /** Ids that its moved notes name. */
  readonly movedIds: number;
  /** It holds nothing but blank lines, `---` and moved notes. */
  readonly empty: boolean;
  /** A `group_end` closes it. */
  readonly closed: boolean;
}

/** The parts of the note in an editor. Immutable. */
export interface Outline {
  readonly context: NoteContext;
  /** In order, none in another; what stands between is blank or `---`. */
  readonly parts: RangeSet<PartValue>;
  readonly tallies: ReadonlyMap<GroupPart, Tally>;
  readonly counts: Tallies;
  /** The group that promotion would choose as far as is known; null where there is none. */
  readonly next: GroupPart | null;
  /** The spans of the text in which something may show otherwise than in the outline before, in order; parts lie in them or outside. */
  readonly changed: readonly Span[];
}

/** Reads a note from its first line to its last. */
export function createOutline(doc: Text, context: NoteContext): Outline {
  const { parts: placed } = readOutline(sourceOf(doc));
  const ranges = placed.map(({ from, to, part }) => new PartValue(part, judge(part, context)).range(from, to));
  const parts = RangeSet.of(ranges);
  const counts = Tallies.none.change(
    [],
    ranges.map(({ value }) => value),
  );
  const next = findNext(parts, context);
  return { context, parts, counts, tallies: counts.byGroup, next, changed: [{ from: 0, to: doc.length }] };
}

/** The outline after an edit: `doc` is the text behind it. Reads only what the edit touched, and what shows otherwise for it. */
export function updateOutline(outline: Outline, changes: ChangeDesc, doc: Text, context: NoteContext): Outline {
  if (changes.empty) return context === outline.context ? settle(outline) : assessOutline(outline, context);
  const { removed, added, spans } = rereadParts(outline.parts, changes, doc);
  const earlier = new EarlierTasks(removed);
  const add = added.map(({ from, to, part }) => {
    return (earlier.take(part) ?? new PartValue(part, judge(part, outline.context))).range(from, to);
  });
  const parts = exchange(outline.parts.map(changes), removed, add, spans);
  const counts = outline.counts.change(
    removed,
    add.map(({ value }) => value),
  );
  const next = followNext(outline.next, removed, added);
  const updated = { ...outline, parts, counts, tallies: counts.byGroup, next };
  const changed = mergeSpans([...spans, ...findBands(outline, updated)]);
  if (context === outline.context) return { ...updated, changed };
  const assessed = assessOutline(updated, context);
  return { ...assessed, changed: mergeSpans([...changed, ...assessed.changed]) };
}

/** The outline under another context: no text is read again. */
export function assessOutline(outline: Outline, context: NoteContext): Outline {
  const isOther = compareContexts(outline.context, context);
  const removed = new Set<PartValue>();
  const add: Range<PartValue>[] = [];
  for (const { from, to, value } of walkParts(outline.parts)) {
    if (!value.badge || !isOther(idOf(value.part))) continue;
    const badge = judge(value.part, context);
    if (!badge || equalBadges(badge, value.badge)) continue;
    removed.add(value);
    add.push(new PartValue(value.part, badge).range(from, to));
  }
  const parts = add.length === 0 ? outline.parts : exchange(outline.parts, removed, add);
  const counts = outline.counts.change(
    removed,
    add.map(({ value }) => value),
  );
  const next = findNext(parts, context);
  const assessed = { context, parts, counts, tallies: counts.byGroup, next };
  return { ...assessed, changed: mergeSpans([...add, ...findBands(outline, assessed)]) };
}

/** A part in its place, with its task's badge; null where it has no block. */
export interface BadgedPart extends PlacedPart {
  readonly badge: Badge | null;
}

/** The parts that touch `[from, to]`, in order. */
export function placedParts(outline: Outline, from: number, to: number): readonly BadgedPart[] {
  const placed: BadgedPart[] = [];
  outline.parts.between(from, to, (start, end, { part, badge }) => {
    placed.push({ from: start, to: end, part, badge });
  });
  return placed;
}

/** Parts without some values, which stand within `spans`, and with others. */
function exchange(
  parts: RangeSet<PartValue>,
  removed: ReadonlySet<PartValue>,
  add: readonly Range<PartValue>[],
  spans: readonly Span[] = add,
): RangeSet<PartValue> {
  return parts.update({
    filterFrom: spans[0]?.from ?? 0,
    filterTo: spans.at(-1)?.to ?? 0,
    filter: (_from, _to, value) => !removed.has(value),
    add,
  });
}

function idOf(part: Part): string | null {
  return part.kind === "task" ? (part.block?.task.id ?? null) : null;
}

function settle(outline: Outline): Outline {
  return outline.changed.length === 0 ? outline : { ...outline, changed: [] };
}

function judge(part: Part, context: NoteContext): Badge | null {
  return part.kind === "task" && part.block ? readBadge(part.block, part.group?.header ?? null, context) : null;
}

function* walkParts(parts: RangeSet<PartValue>): Generator<Span & { readonly value: PartValue }> {
  const cursor = parts.iter();
  while (cursor.value) {
    yield { from: cursor.from, to: cursor.to, value: cursor.value };
    cursor.next();
  }
}

/** The group of the note that the context says is next; null where another stands in its place by now. */
function findNext(parts: RangeSet<PartValue>, { next }: NoteContext): GroupPart | null {
  if (!next) return null;
  let left = next.index;
  for (const { value } of walkParts(parts)) {
    const { part } = value;
    if (part.kind !== "group" || left-- > 0) continue;
    const { type, priority, title } = part.header;
    const same = type === next.header.type && priority === next.header.priority && title === next.header.title;
    return same ? part : null;
  }
  return null;
}

/** The next group after an edit: where its lines were read anew, the group that stands in its stead. */
function followNext(
  next: GroupPart | null,
  removed: ReadonlySet<PartValue>,
  added: readonly PlacedPart[],
): GroupPart | null {
  const gone = [...removed].flatMap(({ part }) => (part.kind === "group" ? [part] : []));
  if (!next || !gone.includes(next)) return next;
  const come = added.flatMap(({ part }) => (part.kind === "group" ? [part] : []));
  return (come.length === gone.length && come[gone.indexOf(next)]) || null;
}

/** Where the groups stand of whose band something else is to be said. */
function findBands(before: Pick<Outline, "tallies" | "next">, now: Omit<Outline, "changed">): readonly Span[] {
  if (before.tallies === now.tallies && before.next === now.next) return [];
  const bands: Span[] = [];
  for (const { from, to, value } of walkParts(now.parts)) {
    const { part } = value;
    if (part.kind !== "group") continue;
    const isOther = before.tallies.get(part) !== now.tallies.get(part);
    if (isOther || (before.next === part) !== (now.next === part)) bands.push({ from, to });
  }
  return bands;
}

/** Spans in order, those that touch as one. */
function mergeSpans(spans: readonly Span[]): readonly Span[] {
  const merged: Span[] = [];
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.to) merged[merged.length - 1] = { from: last.from, to: Math.max(last.to, to) };
    else merged.push({ from, to });
  }
  return merged;
}

/** Tasks that were read anew and say what they said, so that nothing of them is judged anew. */
class EarlierTasks {
  private readonly byText = new Map<string, PartValue>();

  constructor(removed: Iterable<PartValue>) {
    for (const value of removed) {
      if (value.part.kind === "task" && value.part.block) this.byText.set(value.part.block.text, value);
    }
  }

  /** The value of such a task: the earlier one where not even its group is another; else null. */
  take(part: Part): PartValue | null {
    if (part.kind !== "task" || !part.block) return null;
    const { text } = part.block;
    const value = this.byText.get(text);
    if (value?.part.kind !== "task" || !equalTags(value.part.group, part.group)) return null;
    if (value.part.group !== part.group || value.part.after !== part.after) return new PartValue(part, value.badge);
    this.byText.delete(text);
    return value;
  }
}

/** Whether two groups say the same of their tasks; a title says nothing of them. */
function equalTags(a: GroupPart | null, b: GroupPart | null): boolean {
  return a?.header.type === b?.header.type && a?.header.priority === b?.header.priority;
}
