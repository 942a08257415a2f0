import * as commands from "@codemirror/commands";
import { foldAll, toggleFold, unfoldAll } from "@codemirror/language";
import { type ChangeSpec, EditorSelection, type SelectionRange, type TransactionSpec } from "@codemirror/state";
import { type Command, EditorView } from "@codemirror/view";
import type * as api from "obsidian";

const COMMANDS: Readonly<Record<api.EditorCommandName, Command>> = {
  goUp: commands.cursorLineUp,
  goDown: commands.cursorLineDown,
  goLeft: commands.cursorCharLeft,
  goRight: commands.cursorCharRight,
  goStart: commands.cursorDocStart,
  goEnd: commands.cursorDocEnd,
  goWordLeft: commands.cursorGroupLeft,
  goWordRight: commands.cursorGroupRight,
  indentMore: commands.indentMore,
  indentLess: commands.indentLess,
  newlineAndIndent: commands.insertNewlineAndIndent,
  swapLineUp: commands.moveLineUp,
  swapLineDown: commands.moveLineDown,
  deleteLine: commands.deleteLine,
  toggleFold,
  foldAll,
  unfoldAll,
};

/**
 * The app's interface over an editor. Source: typing `Editor`: lines count from 0, and a transaction's changes are all places of
 * the text before it (EDITOR.md, "Fakes"). Assumption: a place outside the text is the nearest one inside; `origin` is the
 * transaction's user event.
 */
export class Editor implements api.Editor {
  constructor(readonly cm: EditorView) {}

  getDoc(): this {
    return this;
  }

  refresh(): void {
    this.cm.requestMeasure();
  }

  getValue(): string {
    return this.cm.state.doc.toString();
  }

  setValue(content: string): void {
    this.cm.dispatch({ changes: { from: 0, to: this.cm.state.doc.length, insert: content } });
  }

  getLine(line: number): string {
    return this.lineAt(line).text;
  }

  setLine(line: number, text: string): void {
    const { from, to } = this.lineAt(line);
    this.cm.dispatch({ changes: { from, to, insert: text } });
  }

  lineCount(): number {
    return this.cm.state.doc.lines;
  }

  lastLine(): number {
    return this.cm.state.doc.lines - 1;
  }

  getSelection(): string {
    const { from, to } = this.cm.state.selection.main;
    return this.cm.state.sliceDoc(from, to);
  }

  somethingSelected(): boolean {
    return this.cm.state.selection.ranges.some((range) => !range.empty);
  }

  getRange(from: api.EditorPosition, to: api.EditorPosition): string {
    return this.cm.state.sliceDoc(this.posToOffset(from), this.posToOffset(to));
  }

  replaceSelection(replacement: string, origin?: string): void {
    this.dispatch(this.cm.state.replaceSelection(replacement), origin);
  }

  replaceRange(replacement: string, from: api.EditorPosition, to = from, origin?: string): void {
    this.dispatch({ changes: { from: this.posToOffset(from), to: this.posToOffset(to), insert: replacement } }, origin);
  }

  getCursor(side: "from" | "to" | "head" | "anchor" = "head"): api.EditorPosition {
    return this.offsetToPos(this.cm.state.selection.main[side]);
  }

  listSelections(): api.EditorSelection[] {
    return this.cm.state.selection.ranges.map(({ anchor, head }) => ({
      anchor: this.offsetToPos(anchor),
      head: this.offsetToPos(head),
    }));
  }

  setCursor(place: api.EditorPosition | number, ch = 0): void {
    this.setSelection(typeof place === "number" ? { line: place, ch } : place);
  }

  setSelection(anchor: api.EditorPosition, head = anchor): void {
    this.setSelections([{ anchor, head }]);
  }

  setSelections(ranges: api.EditorSelectionOrCaret[], main = 0): void {
    const selection = EditorSelection.create(
      ranges.map(({ anchor, head }) => this.rangeOf(anchor, head)),
      main,
    );
    this.cm.dispatch({ selection, scrollIntoView: true });
  }

  focus(): void {
    this.cm.focus();
  }

  blur(): void {
    this.cm.contentDOM.blur();
  }

  hasFocus(): boolean {
    return this.cm.hasFocus;
  }

  getScrollInfo(): api.EditorScrollInfo {
    const { scrollLeft, scrollTop, scrollWidth, scrollHeight, clientWidth, clientHeight } = this.cm.scrollDOM;
    return { left: scrollLeft, top: scrollTop, width: scrollWidth, height: scrollHeight, clientWidth, clientHeight };
  }

  scrollTo(x?: number | null, y?: number | null): void {
    this.cm.scrollDOM.scrollTo({ left: x ?? this.cm.scrollDOM.scrollLeft, top: y ?? this.cm.scrollDOM.scrollTop });
  }

  scrollIntoView(range: api.EditorRange, center = false): void {
    const target = EditorSelection.range(this.posToOffset(range.from), this.posToOffset(range.to));
    this.cm.dispatch({ effects: EditorView.scrollIntoView(target, center ? { y: "center" } : {}) });
  }

  undo(): void {
    commands.undo(this.cm);
  }

  redo(): void {
    commands.redo(this.cm);
  }

  exec(command: api.EditorCommandName): void {
    COMMANDS[command](this.cm);
  }

  transaction(spec: api.EditorTransaction, origin?: string): void {
    const changes: ChangeSpec[] = (spec.changes ?? []).map(({ from, to = from, text }) => ({
      from: this.posToOffset(from),
      to: this.posToOffset(to),
      insert: text,
    }));
    if (spec.replaceSelection !== undefined)
      changes.push(this.cm.state.replaceSelection(spec.replaceSelection).changes as ChangeSpec);
    const set = this.cm.state.changes(changes);
    const places = spec.selections ?? (spec.selection === undefined ? [] : [spec.selection]);
    // Where the selection goes counts in the text after the changes.
    const after = set.apply(this.cm.state.doc);
    const ranges = places.map(({ from, to = from }) =>
      EditorSelection.range(offsetIn(after, from), offsetIn(after, to)),
    );
    this.dispatch(
      ranges.length > 0 ? { changes: set, selection: EditorSelection.create(ranges) } : { changes: set },
      origin,
    );
  }

  wordAt(place: api.EditorPosition): api.EditorRange | null {
    const word = this.cm.state.wordAt(this.posToOffset(place));
    return word === null ? null : { from: this.offsetToPos(word.from), to: this.offsetToPos(word.to) };
  }

  posToOffset(place: api.EditorPosition): number {
    return offsetIn(this.cm.state.doc, place);
  }

  offsetToPos(offset: number): api.EditorPosition {
    const line = this.cm.state.doc.lineAt(Math.max(0, Math.min(offset, this.cm.state.doc.length)));
    return { line: line.number - 1, ch: Math.min(offset, this.cm.state.doc.length) - line.from };
  }

  processLines<T>(
    read: (line: number, lineText: string) => T | null,
    write: (line: number, lineText: string, value: T | null) => api.EditorChange | undefined,
    ignoreEmpty = true,
  ): void {
    const changes = Array.from({ length: this.lineCount() }, (_, line) => ({ line, text: this.getLine(line) }))
      .filter(({ text }) => !ignoreEmpty || text !== "")
      .map(({ line, text }) => ({ line, text, value: read(line, text) }))
      .flatMap(({ line, text, value }) => write(line, text, value) ?? []);
    this.transaction({ changes });
  }

  private dispatch(spec: TransactionSpec, origin: string | undefined): void {
    this.cm.dispatch(spec, ...(origin === undefined ? [] : [{ userEvent: origin }]));
  }

  private lineAt(line: number): { from: number; to: number; text: string } {
    return this.cm.state.doc.line(Math.max(1, Math.min(line + 1, this.cm.state.doc.lines)));
  }

  private rangeOf(anchor: api.EditorPosition, head: api.EditorPosition = anchor): SelectionRange {
    return EditorSelection.range(this.posToOffset(anchor), this.posToOffset(head));
  }
}

/** The offset of a place, in a text. */
function offsetIn(
  doc: { lines: number; line(number: number): { from: number; length: number } },
  { line, ch }: api.EditorPosition,
): number {
  const found = doc.line(Math.max(1, Math.min(line + 1, doc.lines)));
  return found.from + Math.max(0, Math.min(ch, found.length));
}
