import type { ChangeDesc, RangeCursor, RangeSet, Text } from "@codemirror/state";
import {
  groupAfter,
  START_PLACE,
  type Boundary,
  type EarlierParts,
  type GroupPart,
  type PlacedPart,
  type StartPlace,
  type TextSource,
} from "../core/outline";
import { readOutline } from "../core/outline-reader";
import type { Span } from "../core/removal";
import type { PartValue } from "./outline";

/** What an edit made of the parts of a note. */
export interface Reread {
  /** What stands no more, or not as it was. */
  readonly removed: ReadonlySet<PartValue>;
  /** What stands in its stead: places in the new text, in order. */
  readonly added: readonly PlacedPart[];
  /** The spans of the new text that hold all of these, in order. */
  readonly spans: readonly Span[];
  /** How many lines were read. */
  readonly lines: number;
}

/** A text of the editor as the core reads it. */
export function sourceOf(doc: Text): TextSource {
  return { length: doc.length, slice: (from, to) => doc.sliceString(from, to) };
}

/** Reads what `changes` touched in the note that is now `doc`. Nothing else is read, however long the note. */
export function rereadParts(parts: RangeSet<PartValue>, changes: ChangeDesc, doc: Text): Reread {
  const reader = new PartRereader(parts, changes, doc);
  reader.run();
  return reader;
}

interface ChangedRange {
  readonly fromA: number;
  readonly toA: number;
  readonly toB: number;
}

/** Names with `A` are places before the edit, those with `B` places behind it. */
class PartRereader implements Reread, EarlierParts {
  readonly removed = new Set<PartValue>();
  readonly added: PlacedPart[] = [];
  readonly spans: Span[] = [];
  lines = 0;

  private readonly source: TextSource;
  private readonly ranges: ChangedRange[] = [];
  /** The changed range that is read, and the last that was passed while reading it. */
  private current = 0;
  private passed = -1;
  /** The first earlier part that does not end before the lines read. */
  private cursor: RangeCursor<PartValue>;
  /** Groups that are gone and may stand anew as they were; and the first earlier part that was not asked for one. */
  private groups: GroupPart[] = [];
  private ahead: RangeCursor<PartValue>;

  constructor(
    private readonly parts: RangeSet<PartValue>,
    changes: ChangeDesc,
    doc: Text,
  ) {
    this.source = sourceOf(doc);
    this.cursor = parts.iter();
    this.ahead = this.cursor;
    changes.iterChangedRanges((fromA, toA, _fromB, toB) => {
      this.ranges.push({ fromA, toA, toB });
    });
  }

  run(): void {
    /** From here on the earlier parts stand, but for their group where another is open now. */
    let stand = START_PLACE;
    let isOtherGroup = false;
    for (let range = this.ranges[0]; range; range = this.ranges[this.current]) {
      let start = this.findStart(range.fromA, stand);
      if (isOtherGroup && this.regroup(stand, start.at)) start = { ...start, group: stand.group };
      const group = this.readFrom(start);
      const value = this.cursor.value;
      if (!value?.part.after) return;
      stand = { at: this.cursor.to + 1, boundary: value.part.after, group };
      isOtherGroup = groupAfter(value.part) !== group;
    }
    if (isOtherGroup) this.regroup(stand, Infinity);
  }

  boundaryAt(endB: number): Boundary | null {
    this.passRanges(endB);
    const at = endB - this.shift;
    if (this.passed < this.current || at > (this.ranges[this.passed + 1]?.fromA ?? at)) return null;
    this.removeBefore(at);
    return this.cursor.value && this.cursor.to + 1 === at ? this.cursor.value.part.after : null;
  }

  sameGroup(group: GroupPart, endB: number): GroupPart {
    this.passRanges(endB);
    const { ahead, groups } = this;
    const { toA } = this.ranges[Math.max(this.passed, this.current)] as ChangedRange;
    const at = this.passed < this.current ? 0 : endB - this.shift;
    // What a change touches, and what ends where the lines read do, is gone wherever reading stops.
    while (ahead.value && (ahead.from < toA || ahead.to < at)) {
      if (ahead.value.part.kind === "group") groups.push(ahead.value.part);
      ahead.next();
    }
    const index = groups.findIndex((other) => equalGroups(other, group));
    return index === -1 ? group : (groups.splice(index, 1)[0] as GroupPart);
  }

  private passRanges(endB: number): void {
    for (let next = this.ranges[this.passed + 1]; next && next.toB <= endB; next = this.ranges[this.passed + 1]) {
      this.passed++;
    }
  }

  /** What is to be added to a place before the edit, behind the last range passed. */
  private get shift(): number {
    const range = this.ranges[this.passed];
    return range ? range.toB - range.toA : 0;
  }

  /** The last boundary before a change, or where the earlier parts stand from; read on from there. */
  private findStart(fromA: number, stand: StartPlace): StartPlace {
    for (let reach = 1024; ; reach *= 4) {
      const lowest = Math.max(stand.at, fromA - reach);
      const starts: StartPlace[] = [];
      this.parts.between(lowest, fromA, (from, to, { part }) => {
        if (from < stand.at || to >= fromA || !part.after) return;
        starts.push({ at: to + 1, boundary: part.after, group: groupAfter(part) });
      });
      const last = starts.at(-1);
      if (last || lowest === stand.at) return last ?? stand;
    }
  }

  /** Reads from a place on until the earlier parts stand again; returns the group that is open there. The cursor is then at the last part that is gone. */
  private readFrom(start: StartPlace): GroupPart | null {
    const from = start.at + this.shift;
    this.groups = [];
    this.cursor = this.parts.iter(start.at);
    this.ahead = this.parts.iter(start.at);
    const { parts, to, met, group, lines } = readOutline(this.source, { ...start, at: from }, this);
    this.lines += lines;
    for (const placed of parts) this.added.push(placed);
    // What a deletion up to the next part has taken away has left its place at that part's begin.
    const isUpToNext = this.ranges[this.passed]?.toB === to;
    this.spans.push({ from, to: met && !isUpToNext ? to - 1 : to });
    if (met) this.removed.add(this.cursor.value as PartValue);
    else this.removeBefore(Infinity);
    this.current = this.passed + 1;
    return group;
  }

  /** Removes earlier parts up to the one whose next line begins at `at` or behind it. */
  private removeBefore(at: number): void {
    const { cursor } = this;
    while (cursor.value && cursor.to + 1 < at) {
      this.removed.add(cursor.value);
      cursor.next();
    }
  }

  /** Gives the parts behind a place their new group, up to `untilA`; true if the group is still open there. */
  private regroup({ at, group }: StartPlace, untilA: number): boolean {
    const { shift } = this;
    const cursor = this.parts.iter(at);
    while (cursor.value && cursor.to < untilA) {
      const { part } = cursor.value;
      if (part.kind === "group" || part.kind === "rules") return false;
      const placed = { from: cursor.from + shift, to: cursor.to + shift, part: { ...part, group } };
      this.removed.add(cursor.value);
      this.added.push(placed);
      this.spans.push(placed);
      if (part.kind === "group-end") return false;
      cursor.next();
    }
    return true;
  }
}

function equalGroups(a: GroupPart, b: GroupPart): boolean {
  return (
    a.header.type === b.header.type &&
    a.header.priority === b.header.priority &&
    a.header.title === b.header.title &&
    a.title?.from === b.title?.from &&
    a.title?.to === b.title?.to &&
    a.after === b.after
  );
}
