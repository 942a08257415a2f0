import type { Block } from "../core/block";
import { findDoubleEncoded } from "../core/double-encoding";
import { applyEdits, type Edit } from "../core/edits";
import { lineEndAt, lineStartAt } from "../core/line-ends";
import type { Field } from "../core/task";
import { capitalize } from "./words";

/** One part of a task as its details show it. */
export interface ShownField {
  /** "Acceptance criteria"; null for text under no label that is a field: before the first, or under a label of its own. */
  readonly name: string | null;
  /** Markdown, double-encoded characters decoded, Obsidian's `%%` comments left out. */
  readonly content: string;
  /** Whether back-ticked paths in it name documents or files. */
  readonly paths: boolean;
  /** Where the boxes of its criteria stand in `content`: by the offset between the brackets, their numbers from 1 in the block. */
  readonly boxes: ReadonlyMap<number, number>;
}

/** The face of the card says these; the details say them again only where there is more to them than that. */
const ON_THE_FACE: ReadonlySet<string> = new Set(["status", "estimated effort", "dependencies"]);
const PATHS: ReadonlySet<string> = new Set(["relevant files", "relevant documentation"]);
const ONE_LINE = /^[^\r\n]*$/;
/** Ids and what stands between them, or that there are none. */
const ONLY_IDS = /^(?:none|n\/a|[-–—]|(?:[-*+>\s,;`]|\b[A-Z]+-\d{8}(?:-[A-Z0-9]+)+)*)\.?$/i;

/** All text of a task that its card does not show closed, in the order of the block; parts without text are left out. */
export function listFields(block: Block): readonly ShownField[] {
  const { text, task } = block;
  const shown: ShownField[] = [];
  let at = task.header?.to ?? lineEndAt(text, 0);
  for (const field of task.fields) {
    addField(shown, null, readPassage(block, at, field.from, 0));
    const passage = readPassage(block, field.contentFrom, field.to, field.indent);
    if (!isOnTheFace(field, passage.text)) addField(shown, field.label, passage);
    at = field.to;
  }
  addField(shown, null, readPassage(block, at, lineStartAt(text, task.to), 0));
  return shown;
}

function addField(shown: ShownField[], label: string | null, { text: content, boxes }: Passage): void {
  if (content === "") return;
  const name = label === null ? null : capitalize(label);
  shown.push({ name, content, paths: label !== null && PATHS.has(label), boxes });
}

function isOnTheFace({ label }: Field, content: string): boolean {
  if (!ON_THE_FACE.has(label)) return false;
  return label === "dependencies" ? ONLY_IDS.test(content) : ONE_LINE.test(content);
}

/** Lines as far to the left as their label stands: what is indented with it is no code. */
function readPassage({ text, note, task }: Block, from: number, to: number, indent: number): Passage {
  const boxes = new Map<number, number>();
  task.criteria.forEach(({ boxAt }, at) => {
    if (from <= boxAt && boxAt < to) boxes.set(boxAt - from, at + 1);
  });
  const hidden: Edit[] = [];
  let at = from;
  for (const { mask, from: maskFrom, to: maskTo } of note.masked) {
    if (mask !== "hidden" || maskTo <= at || maskFrom >= to) continue;
    hidden.push(cut(Math.max(at, maskFrom) - from, Math.min(to, maskTo) - from));
    at = Math.min(to, maskTo);
  }
  let passage = rewrite({ text: text.slice(from, Math.max(from, to)), boxes }, hidden);
  passage = rewrite(passage, findCuts(passage.text, /^(?:[ \t]*(?:\r\n?|\n))+|^[ \t]+/));
  if (indent > 0) passage = rewrite(passage, findCuts(passage.text, new RegExp(`^ {1,${indent}}`, "gm")));
  passage = rewrite(passage, [cut(passage.text.trimEnd().length, passage.text.length)]);
  const encoded = findDoubleEncoded(passage.text, 0, passage.text.length);
  return rewrite(
    passage,
    encoded.map(({ from: start, to: end, decoded }) => ({ from: start, to: end, insert: decoded })),
  );
}

/** A part of a block's text, rewritten, and where the boxes of criteria stand in it. */
interface Passage {
  readonly text: string;
  readonly boxes: ReadonlyMap<number, number>;
}

/** Boxes go with the text around them; one that is itself rewritten is forgotten. */
function rewrite({ text, boxes }: Passage, edits: readonly Edit[]): Passage {
  const moved = new Map<number, number>();
  for (const [boxAt, criterion] of boxes) {
    if (edits.some(({ from, to }) => from <= boxAt && boxAt < to)) continue;
    const before = edits.filter(({ to }) => to <= boxAt);
    moved.set(
      before.reduce((at, { from, to, insert }) => at + insert.length - (to - from), boxAt),
      criterion,
    );
  }
  return { text: applyEdits(text, edits), boxes: moved };
}

function findCuts(text: string, pattern: RegExp): readonly Edit[] {
  const all = pattern.global
    ? Array.from(text.matchAll(pattern))
    : [pattern.exec(text)].filter((found) => found !== null);
  return all.map(({ index, 0: { length } }) => cut(index, index + length));
}

function cut(from: number, to: number): Edit {
  return { from, to, insert: "" };
}
