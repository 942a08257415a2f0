import type { Block } from "../core/block";
import { mendDoubleEncoded } from "../core/double-encoding";
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
    addField(shown, null, readText(block, at, field.from, 0));
    const content = readText(block, field.contentFrom, field.to, field.indent);
    if (!isOnTheFace(field, content)) addField(shown, field.label, content);
    at = field.to;
  }
  addField(shown, null, readText(block, at, lineStartAt(text, task.to), 0));
  return shown;
}

function addField(shown: ShownField[], label: string | null, content: string): void {
  if (content === "") return;
  shown.push({ name: label === null ? null : capitalize(label), content, paths: label !== null && PATHS.has(label) });
}

function isOnTheFace({ label }: Field, content: string): boolean {
  if (!ON_THE_FACE.has(label)) return false;
  return label === "dependencies" ? ONLY_IDS.test(content) : ONE_LINE.test(content);
}

/** Lines as far to the left as their label stands: what is indented with it is no code. */
function readText({ text, note }: Block, from: number, to: number, indent: number): string {
  let content = "";
  let at = from;
  for (const { mask, from: maskFrom, to: maskTo } of note.masked) {
    if (mask !== "hidden" || maskTo <= at || maskFrom >= to) continue;
    content += text.slice(at, Math.max(at, maskFrom));
    at = Math.min(to, maskTo);
  }
  content = `${content}${text.slice(at, Math.max(at, to))}`.replace(/^(?:[ \t]*(?:\r\n?|\n))+|^[ \t]+/, "");
  const lines = indent > 0 ? content.replace(new RegExp(`^ {1,${indent}}`, "gm"), "") : content;
  return mendDoubleEncoded(lines.trimEnd());
}
