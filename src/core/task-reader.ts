import { readHeader, tagValue } from "./header";
import { normalizeLabel, readHeading, readLabel, type LabelLine } from "./labels";
import type { ItemStart } from "./lines";
import { findReferences } from "./references";
import {
  readValue,
  type Criterion,
  type Field,
  type Header,
  type Label,
  type OtherLabel,
  type Reference,
  type Tag,
  type TaskBlock,
} from "./task";

/** Fields of one value: an unknown bold label ends them (FORMAT.md §4). */
const SINGLE: ReadonlySet<Label> = new Set<Label>([
  "status",
  "estimated effort",
  "created",
  "completed",
  "assignee",
  "relevant files",
  "relevant documentation",
  "dependencies",
]);

const STAR = 42;
const HASH = 35;
const LOWER_X = 120;

/** What the scanner tells of one line inside a task block. */
export interface TaskLine {
  readonly from: number;
  readonly to: number;
  readonly textFrom: number;
  readonly columns: number;
  readonly items: readonly ItemStart[];
}

const STEP_HEADING = /^step\s+\d/i;
const NO_TAGS: readonly Tag[] = [];
const NO_OTHERS: readonly OtherLabel[] = [];

/** Gathers the lines of one task block, in order, into a `TaskBlock`. */
export class TaskReader {
  private header: Header | null = null;
  private readonly fields: Mutable<Field>[] = [];
  private readonly others: Mutable<OtherLabel>[] = [];
  private field: Mutable<Field> | null = null;
  private other: Mutable<OtherLabel> | null = null;
  private steps = 0;
  private stepHeadings = 0;
  private readonly criteria: Criterion[] = [];
  private readonly references: Reference[] = [];
  private runFrom = -1;
  private runTo = -1;
  private sawFirst = false;

  constructor(
    private readonly text: string,
    /** First character of the begin marker's line. */
    readonly from: number,
    /** Its end, the line break left out. */
    private readonly markerTo: number,
    readonly line: number,
    readonly glued: boolean,
    readonly group: number | null,
    /** Words that the tasks of a note share. */
    private readonly words: Map<string, string>,
  ) {}

  /** Reads a header that shares the marker's line. */
  readGluedHeader(textFrom: number, to: number): void {
    this.header = readHeader(this.text, textFrom, to, this.line);
    this.sawFirst = true;
  }

  /** Takes a line that is neither masked nor a marker. */
  addLine(line: TaskLine, number: number): void {
    const blank = line.textFrom >= line.to;
    if (!this.sawFirst && !blank) {
      this.sawFirst = true;
      if (line.columns <= 3) this.header = readHeader(this.text, line.textFrom, line.to, number);
      if (this.header) return;
    }
    const char = blank ? 0 : this.text.charCodeAt(line.textFrom);
    const label = char === STAR || char === HASH ? readLabel(this.text, line.textFrom, line.to, line.columns) : null;
    if (label) {
      this.openField(label, line);
      return;
    }
    if (char === HASH && line.columns <= 3) this.addHeading(line);
    else if (this.other && !blank) this.other.to = line.to;
    const field = this.field;
    if (!field) return;
    if (!blank) field.to = line.to;
    if (line.items.length > 0) this.addItems(field, line.items);
    if (field.label === "relevant documentation") {
      if (blank || line.items.length > 0 || char === HASH) this.endRun();
      if (!blank) this.extendRun(line.textFrom, line.to);
    }
  }

  /** Takes a masked line: it belongs to the field that it stands in and holds nothing, but a step may begin on it. */
  addMasked(line: TaskLine): void {
    if (this.field) {
      this.field.to = line.to;
      this.addItems(this.field, line.items);
    }
    if (this.other) this.other.to = line.to;
    this.endRun();
  }

  /** The block, ended at `to`. */
  end(to: number, closed: boolean): TaskBlock {
    this.endRun();
    const tags = this.header?.tags ?? NO_TAGS;
    const status = this.fields.find((field) => field.label === "status");
    return {
      from: this.from,
      to,
      line: this.line,
      closed,
      glued: this.glued,
      group: this.group,
      header: this.header,
      place: this.header ?? { from: this.from, to: this.markerTo },
      id: tagValue(tags, "id"),
      type: this.share(tagValue(tags, "type")?.toLowerCase()),
      priority: this.share(tagValue(tags, "priority")?.toLowerCase()),
      component: this.share(tagValue(tags, "component")),
      title: this.header?.title ?? "",
      status: this.share(status && readValue(this.text, status).toLowerCase()),
      // Copies hold no room for more, which arrays that grew do: in a large note that is a fifth of all.
      fields: this.fields.slice(),
      others: this.others.length > 0 ? this.others.slice() : NO_OTHERS,
      steps: Math.max(this.steps, this.stepHeadings),
      criteria: this.criteria.slice(),
      references: this.references.slice(),
    };
  }

  /** The same few words stand in every task: each is kept once. Null for none and for "". */
  private share(word: string | null | undefined): string | null {
    if (!word) return null;
    const known = this.words.get(word);
    if (known === undefined) this.words.set(word, word);
    return known ?? word;
  }

  private openField(label: LabelLine, line: TaskLine): void {
    this.endRun();
    const { from, to, columns: indent } = line;
    const contentFrom = label.to;
    if (label.label === null) {
      this.openOther(label.name, contentFrom, to);
      if (this.field && SINGLE.has(this.field.label)) this.field = null;
      else if (this.field) this.field.to = to;
      return;
    }
    this.other = null;
    this.field = { label: label.label, style: label.style, from, indent, contentFrom, to };
    this.fields.push(this.field);
    if (label.label === "relevant documentation" && label.style === "bold") this.extendRun(contentFrom, to);
  }

  /** Steps and criteria; a masked line holds no box. */
  private addItems({ label, from }: Field, items: readonly ItemStart[]): void {
    for (const { ordered, parentFrom, boxAt } of items) {
      if (label === "plan") {
        if (ordered && parentFrom < from) this.steps++;
      } else if (boxAt !== -1 && (label === "acceptance criteria" || label === "definition of done")) {
        const ticked = (this.text.charCodeAt(boxAt) | 32) === LOWER_X;
        this.criteria.push({ label, ticked, boxAt });
      }
    }
  }

  private openOther(name: string, contentFrom: number, to: number): void {
    this.other = { name: normalizeLabel(name), contentFrom, to };
    this.others.push(this.other);
  }

  private addHeading(line: TaskLine): void {
    const heading = readHeading(this.text, line.textFrom, line.to);
    if (!heading) return;
    this.openOther(heading.title.replace(/:$/, ""), line.to, line.to);
    if (this.field?.label === "plan" && STEP_HEADING.test(heading.title)) this.stepHeadings++;
  }

  private extendRun(from: number, to: number): void {
    if (this.runFrom === -1) this.runFrom = from;
    this.runTo = to;
  }

  private endRun(): void {
    if (this.runFrom === -1) return;
    for (const reference of findReferences(this.text, this.runFrom, this.runTo)) this.references.push(reference);
    this.runFrom = -1;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
