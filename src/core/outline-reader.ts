import { readBlock } from "./block";
import { CommentReader, readMovedIds } from "./comment-reader";
import { readHeading } from "./labels";
import type { MarkerKind, Mask } from "./lines";
import { type Group, parseNote } from "./note";
import {
  type Boundary,
  type EarlierParts,
  type GroupPart,
  type Part,
  type PlacedPart,
  START_PLACE,
  type StartPlace,
  type TextSource,
} from "./outline";
import { SourceLines } from "./outline-lines";
import type { Span } from "./removal";
import { equalStates, type ScanState, START } from "./scan-state";

/** What was read of a text. */
export interface OutlineReading {
  /** In order. */
  readonly parts: readonly PlacedPart[];
  /** Where reading stopped: the start of a line from which on the earlier parts stand, or the text's length. */
  readonly to: number;
  /** Whether it stopped at an earlier boundary. */
  readonly met: boolean;
  /** The group that is open there. */
  readonly group: GroupPart | null;
  /** How many lines were read. */
  readonly lines: number;
}

/**
 * Reads the parts of a text from a place on, to where an earlier boundary is met in the same state, else to its end. Agrees
 * with `parseNote` on which tasks are closed, on groups and on the rules comment; total.
 */
export function readOutline(
  source: TextSource,
  start: StartPlace = START_PLACE,
  earlier: EarlierParts | null = null,
): OutlineReading {
  return new OutlineReader(source, start, earlier).read();
}

/** Lines of which a part is made where text goes on without a marker; the last such part has up to twice as many. */
const MANY_LINES = 32;

const RULE = /^---[ \t]*$/;

const CLEAN: Boundary = { scan: START, afterRules: true };
const CLEAN_BEFORE_RULES: Boundary = { scan: START, afterRules: false };

/** Lines of text that are no part yet. */
interface OpenText {
  readonly from: number;
  lines: number;
  quiet: boolean;
  movedIds: number;
}

/** Those that may be a part by themselves, or begin one that goes on. */
interface TextHead extends OpenText {
  readonly to: number;
  readonly after: Boundary;
}

class OutlineReader {
  private readonly parts: PlacedPart[] = [];
  private readonly lines: SourceLines;
  private readonly comments = new CommentReader();
  private group: GroupPart | null;
  private afterRules: boolean;
  /** The block that is open, and whether its text by itself says what it says here. */
  private task: { readonly from: number; readonly readable: boolean } | null = null;
  /** The marker line of the group that awaits its title. */
  private untitled: Span | null = null;
  private head: TextHead | null = null;
  private plain: OpenText | null = null;
  /** End of the last line. */
  private lastTo = 0;

  constructor(
    private readonly source: TextSource,
    start: StartPlace,
    private readonly earlier: EarlierParts | null,
  ) {
    this.lines = new SourceLines(source, start.at, start.boundary.scan);
    this.group = start.group;
    this.afterRules = start.boundary.afterRules;
  }

  read(): OutlineReading {
    const { lines } = this;
    let met = false;
    while (!met && lines.next()) {
      if (lines.mask) this.readMasked(lines.mask);
      else {
        this.comments.leave();
        if (lines.marker) this.readMarker(lines.marker);
        else if (!this.task) this.readText();
      }
      this.lastTo = lines.to;
      met = this.splitText();
    }
    this.endTask();
    this.endUntitled();
    this.endText(null);
    const { parts, group } = this;
    return { parts, to: met ? lines.end : this.source.length, met, group, lines: lines.count };
  }

  private readMasked(mask: Mask): void {
    if (this.task) return;
    this.endUntitled();
    const { lines, afterRules } = this;
    const opens = this.comments.readLine(mask, lines.from, lines.text);
    if (opens && !afterRules) this.endText(null);
    const ids = opens && mask === "comment" ? readMovedIds(lines.text).length : 0;
    this.addText(ids > 0, ids);
    if (!this.comments.closed || afterRules) return;
    this.plain = null;
    this.afterRules = true;
    this.add(this.comments.from, lines.to, { kind: "rules", group: null, after: this.makeBoundary() });
  }

  private readMarker(kind: MarkerKind): void {
    const isEntry = kind === "index_entry_begin" || kind === "index_entry_end";
    if (isEntry && this.task) return;
    const { from, to } = this.lines;
    this.afterRules = true;
    this.endUntitled();
    if (kind === "task_end" && this.task) {
      this.closeTask(this.task);
    } else if (isEntry || kind === "task_end") {
      this.addText(false, 0);
    } else {
      this.endTask();
      this.endText(null);
      if (kind === "task_begin") this.task = { from, readable: isClean(this.lines.state()) };
      else if (kind === "group_begin") this.untitled = { from, to };
      else {
        this.add(from, to, { kind: "group-end", group: this.group, after: this.makeBoundary() });
        this.group = null;
      }
    }
  }

  private readText(): void {
    const { from, to, columns, text } = this.lines;
    if (text === "") {
      if (this.plain) this.plain.lines++;
      return;
    }
    if (this.untitled && columns <= 3 && readHeading(text, 0, text.length)) {
      this.addGroup(this.untitled, { from, to });
      return;
    }
    this.endUntitled();
    if (this.plain || columns > 3 || !RULE.test(text)) this.addText(columns <= 3 && RULE.test(text), 0);
  }

  private addText(quiet: boolean, movedIds: number): void {
    this.plain ??= { from: this.lines.from, lines: 0, quiet: true, movedIds: 0 };
    this.plain.lines++;
    this.plain.quiet &&= quiet;
    this.plain.movedIds += movedIds;
  }

  /** Ends the text with the last line. */
  private endText(after: Boundary | null): void {
    const { head, plain } = this;
    this.head = null;
    this.plain = null;
    if (!plain) this.addHead(head);
    else {
      const quiet = plain.quiet && (head?.quiet ?? true);
      const movedIds = plain.movedIds + (head?.movedIds ?? 0);
      this.add(head?.from ?? plain.from, this.lastTo, { kind: "plain", quiet, movedIds, group: this.group, after });
    }
  }

  private addHead(head: TextHead | null): void {
    if (!head) return;
    const { from, to, quiet, movedIds, after } = head;
    this.add(from, to, { kind: "plain", quiet, movedIds, group: this.group, after });
  }

  private closeTask({ from, readable }: { readonly from: number; readonly readable: boolean }): void {
    const { to } = this.lines;
    const block = readable ? readBlock(this.source.slice(from, to)) : null;
    this.add(from, to, { kind: "task", closed: true, block, group: this.group, after: this.makeBoundary() });
    this.task = null;
  }

  private endTask(): void {
    if (!this.task) return;
    this.add(this.task.from, this.lastTo, { kind: "task", closed: false, block: null, group: this.group, after: null });
    this.task = null;
  }

  private endUntitled(): void {
    if (this.untitled) this.addGroup(this.untitled, null);
  }

  private addGroup({ from, to: markerTo }: Span, title: Span | null): void {
    const to = title?.to ?? markerTo;
    const group = parseNote(this.source.slice(from, to)).groups[0] as Group;
    const part: GroupPart = {
      kind: "group",
      header: { type: group.type, priority: group.priority, title: group.title },
      title: group.titleSpan,
      after: title && this.makeBoundary(),
    };
    this.untitled = null;
    this.group = this.earlier?.sameGroup(part, this.lines.end) ?? part;
    this.add(from, to, this.group);
  }

  private add(from: number, to: number, part: Part): void {
    this.parts.push({ from, to, part });
  }

  /** Parts text that is long, and ends it where an earlier boundary is met; true if one is. */
  private splitText(): boolean {
    if (this.task || this.untitled) return false;
    const { plain } = this;
    const earlier = this.earlier?.boundaryAt(this.lines.end) ?? null;
    const isLong = plain !== null && plain.lines >= MANY_LINES;
    const now = earlier || isLong ? this.makeBoundary() : null;
    if (!now) return false;
    if (isLong) {
      this.addHead(this.head);
      this.head = { ...plain, to: this.lastTo, after: now };
      this.plain = null;
    }
    const met = earlier !== null && now.afterRules === earlier.afterRules && equalStates(now.scan, earlier.scan, 0);
    if (met) this.endText(now);
    return met;
  }

  /** The boundary behind the line; null in what is masked, which is read as a whole, and where frontmatter may begin. */
  private makeBoundary(): Boundary | null {
    const state = this.lines.state();
    const { leaf, frontmatter } = state;
    if (frontmatter || (leaf !== "none" && leaf !== "paragraph" && leaf !== "code")) return null;
    if (isClean(state)) return this.afterRules ? CLEAN : CLEAN_BEFORE_RULES;
    const containers = state.containers.map((container) => ({ ...container, from: 0 }));
    return { scan: { ...state, containers }, afterRules: this.afterRules };
  }
}

/** Whether nothing is open but the root of the note. */
function isClean({ containers, leaf, emptyItem }: ScanState): boolean {
  return containers.length === 0 && leaf === "none" && emptyItem === "no";
}
