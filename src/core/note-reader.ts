import { findIn, trimSpan } from "./blanks";
import { CommentReader, readMovedIds } from "./comment-reader";
import { readTags, tagValue } from "./header";
import { normalizeLabel, readHeading, readLabel } from "./labels";
import { LineScanner, type MarkerKind, type Mask } from "./lines";
import type {
  BatchHeader,
  EntryValue,
  Group,
  IndentedMarker,
  IndexEntry,
  MaskedLines,
  MovedNote,
  Note,
  StrayMarker,
} from "./note";
import type { TaskBlock } from "./task";
import { TaskReader } from "./task-reader";

const COLON = 58;
const QUOTES: readonly string[] = ['"', "'", "`"];
const BATCH_HEADING = /current batch focus/i;

/** A bullet, the signs of a heading, and those that begin strong text. Matches everywhere. */
const BEFORE_KEY = /(?:[-*+][ \t]+)?(?:#{1,6}[ \t]+(?:#[ \t]*)?)?(\*\*|__)?/y;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenGroup = Mutable<Omit<Group, "tasks">> & { tasks: number[] };

/** One pass over a note. The begin marker opens, the end marker or whatever ends it without one closes. */
export class NoteReader {
  private readonly scanner: LineScanner;
  private readonly textFrom: number;
  private line = 0;
  /** End of the last line read, its line break left out. */
  private lastTo = 0;
  private task: TaskReader | null = null;
  private group: OpenGroup | null = null;
  private awaitsTitle = false;
  private entry: (Mutable<Omit<IndexEntry, "values">> & { values: EntryValue[] }) | null = null;
  private batch: Mutable<BatchHeader> | null = null;
  private inBatchHeader = false;
  private sawMarker = false;
  private readonly comments = new CommentReader();
  private rulesComment: Note["rulesComment"] = null;
  private frontmatter: Note["frontmatter"] = null;
  private readonly groups: OpenGroup[] = [];
  private readonly tasks: TaskBlock[] = [];
  private readonly movedNotes: MovedNote[] = [];
  private readonly entries: IndexEntry[] = [];
  private readonly strayMarkers: StrayMarker[] = [];
  private readonly indentedMarkers: IndentedMarker[] = [];
  private readonly masked: Mutable<MaskedLines>[] = [];
  private lastMask: Mask | null = null;
  private readonly words = new Map<string, string>();

  constructor(private readonly text: string) {
    this.scanner = new LineScanner(text);
    this.textFrom = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  }

  read(): Note {
    const scanner = this.scanner;
    while (scanner.next()) {
      this.line++;
      if (scanner.mask) this.readMasked(scanner.mask);
      else {
        this.comments.leave();
        if (scanner.marker) this.readMarker(scanner.marker);
        else this.readText();
      }
      this.lastMask = scanner.mask;
      this.lastTo = scanner.to;
    }
    this.endTask(this.lastTo, false);
    this.endGroup(this.lastTo, false);
    this.endEntry(this.lastTo, false);
    const {
      text,
      groups,
      tasks,
      movedNotes,
      entries,
      strayMarkers,
      indentedMarkers,
      masked,
      frontmatter,
      rulesComment,
    } = this;
    const { unclosed, openAtEnd } = scanner;
    const batchHeader = this.batch;
    const parts = { groups, tasks, movedNotes, batchHeader, entries, strayMarkers, indentedMarkers };
    return { text, frontmatter, rulesComment, ...parts, masked, unclosed, openAtEnd };
  }

  private get from(): number {
    return Math.max(this.scanner.from, this.textFrom);
  }

  private get groupIndex(): number | null {
    return this.group ? this.groups.length - 1 : null;
  }

  private readMasked(mask: Mask): void {
    const { to } = this.scanner;
    const lines = this.masked.at(-1);
    if (lines && this.lastMask === mask) lines.to = to;
    else this.masked.push({ mask, from: this.from, to });
    if (mask === "frontmatter") this.frontmatter = { from: this.frontmatter?.from ?? this.from, to };
    const line = this.text.slice(this.scanner.textFrom, to);
    const opens = this.comments.readLine(mask, this.from, line);
    if (this.comments.closed && !this.sawMarker) this.rulesComment ??= { from: this.comments.from, to };
    this.awaitsTitle = false;
    if (this.task) this.task.addMasked(this.scanner);
    else if (opens && mask === "comment") this.readMovedNote(line);
  }

  private readMovedNote(comment: string): void {
    const { from, line } = this;
    const ids = readMovedIds(comment);
    if (ids.length > 0) this.movedNotes.push({ from, to: this.scanner.to, line, ids, group: this.groupIndex });
  }

  private readMarker(kind: MarkerKind): void {
    const { from } = this;
    const { to, textFrom, columns, gluedFrom } = this.scanner;
    this.sawMarker = true;
    this.awaitsTitle = false;
    this.inBatchHeader = false;
    if (kind.startsWith("index") && this.task) {
      this.addText();
      return;
    }
    if (columns > 0) {
      const opens = kind === "task_begin";
      const task = opens
        ? this.tasks.length + (this.task ? 1 : 0)
        : kind === "task_end" && this.task
          ? this.tasks.length
          : null;
      this.indentedMarkers.push({ from, markerFrom: textFrom, to, line: this.line, task });
    }
    if (kind === "task_begin") {
      this.endTask(this.lastTo, false);
      this.endEntry(this.lastTo, false);
      this.task = new TaskReader(this.text, from, to, this.line, gluedFrom !== -1, this.groupIndex, this.words);
      if (gluedFrom !== -1) this.task.readGluedHeader(gluedFrom, to);
    } else if (kind === "task_end") {
      if (!this.endTask(to, true)) this.addStray(kind);
    } else if (kind === "group_begin") {
      this.endTask(this.lastTo, false);
      this.endGroup(this.lastTo, false);
      this.beginGroup(textFrom);
    } else if (kind === "group_end") {
      this.endTask(this.lastTo, false);
      if (!this.endGroup(to, true)) this.addStray(kind);
    } else if (kind === "index_entry_begin") {
      this.endEntry(this.lastTo, false);
      this.entry = { from, to, line: this.line, closed: false, id: null, values: [] };
    } else if (!this.endEntry(to, true)) {
      this.addStray(kind);
    }
  }

  private addStray(kind: MarkerKind): void {
    this.strayMarkers.push({ kind, from: this.from, to: this.scanner.to, line: this.line, group: this.groupIndex });
  }

  private beginGroup(textFrom: number): void {
    const { from } = this;
    const { to } = this.scanner;
    const tags = readTags(this.text, textFrom + "## group_begin".length, to);
    const type = tagValue(tags, "type")?.toLowerCase() ?? null;
    const priority = tagValue(tags, "priority")?.toLowerCase() ?? null;
    const span = { from, to, line: this.line, markerTo: to, closed: false };
    this.group = { ...span, tags, type, priority, title: "", titleSpan: null, tasks: [] };
    this.groups.push(this.group);
    this.awaitsTitle = true;
  }

  private readText(): void {
    if (this.task) {
      this.addText();
      return;
    }
    const { textFrom, to, columns } = this.scanner;
    if (textFrom >= to) return;
    const heading = columns <= 3 ? readHeading(this.text, textFrom, to) : null;
    if (this.awaitsTitle && this.group && heading) {
      this.group.title = heading.title;
      this.group.titleSpan = { from: this.from, to };
    }
    this.awaitsTitle = false;
    if (this.entry) this.readEntryLine(this.entry.values);
    else if (heading) this.readBatchHeading(heading.title);
    else if (this.batch && this.inBatchHeader) this.readBatchValue(this.batch);
  }

  private addText(): void {
    this.task?.addLine(this.scanner, this.line);
  }

  private readBatchHeading(title: string): void {
    this.inBatchHeader = this.batch === null && BATCH_HEADING.test(title);
    if (this.inBatchHeader) this.batch = { from: this.from, line: this.line, type: null, goal: null };
  }

  private readBatchValue(batch: Mutable<BatchHeader>): void {
    const { textFrom, to, columns } = this.scanner;
    const label = readLabel(this.text, textFrom, to, columns);
    if (!label) return;
    const [from, end] = trimSpan(this.text, label.to, to);
    const value = { value: this.text.slice(from, end), from, to: end };
    const name = normalizeLabel(label.name);
    if (name === "batch type") batch.type ??= value;
    else if (name === "batch goal") batch.goal ??= value;
  }

  /**
   * What decorates a key or a value belongs to neither.
   *
   * ```text
   * - **Location:** "docs/BACKLOG.md"     ### [id:TASK-20260204-121][type:infra] Title
   *     ^key         ^from          ^to           ^from            ^to
   * ```
   */
  private readEntryLine(values: EntryValue[]): void {
    const { text } = this;
    const { textFrom, to: lineTo } = this.scanner;
    const lineFrom = this.from;
    BEFORE_KEY.lastIndex = textFrom;
    const [, strong = ""] = BEFORE_KEY.exec(text) as RegExpExecArray;
    const keyFrom = BEFORE_KEY.lastIndex;
    const id = readTags(text, keyFrom, lineTo).find((tag) => tag.name.toLowerCase() === "id");
    if (id) {
      values.push({ key: "id", value: id.value, from: id.valueFrom, to: id.valueTo, lineFrom, lineTo });
      return;
    }
    const colon = findIn(text, COLON, keyFrom, lineTo);
    if (colon === lineTo) return;
    const name = text.slice(keyFrom, colon).trim();
    const inKey = strong !== "" && name.endsWith(strong);
    const key = (inKey ? name.slice(0, -strong.length).trim() : name).toLowerCase();
    const behindKey = colon + 1 + (!inKey && text.startsWith(strong, colon + 1) ? strong.length : 0);
    const [from, to] = trimQuotes(text, ...trimSpan(text, behindKey, lineTo));
    values.push({ key, value: text.slice(from, to), from, to, lineFrom, lineTo });
  }

  private endTask(to: number, closed: boolean): boolean {
    if (!this.task) return false;
    this.group?.tasks.push(this.tasks.length);
    this.tasks.push(this.task.end(to, closed));
    this.task = null;
    return true;
  }

  private endGroup(to: number, closed: boolean): boolean {
    if (!this.group) return false;
    this.group.to = to;
    this.group.closed = closed;
    this.group = null;
    return true;
  }

  private endEntry(to: number, closed: boolean): boolean {
    if (!this.entry) return false;
    const id = this.entry.values.find((value) => value.key === "id")?.value || null;
    this.entries.push({ ...this.entry, to, closed, id });
    this.entry = null;
    return true;
  }
}

/** A span without the quotes or back-ticks around it; as it is where they hold nothing, or one of them stands within. */
function trimQuotes(text: string, from: number, to: number): readonly [number, number] {
  const quote = text.charAt(from);
  const isQuoted = QUOTES.includes(quote) && text.indexOf(quote, from + 1) === to - 1 && to - from > 2;
  return isQuoted ? [from + 1, to - 1] : [from, to];
}
