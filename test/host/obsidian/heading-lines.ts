import { foldService } from "@codemirror/language";
import { type Extension, RangeSetBuilder } from "@codemirror/state";
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from "@codemirror/view";

const HEADING = /^(#{1,6})\s/;

/** A heading folds what follows it up to the next one of its level or above. Source: the help page "Folding". */
const foldHeadings = foldService.of((state, from) => {
  const line = state.doc.lineAt(from);
  const level = HEADING.exec(line.text)?.[1]?.length;
  if (level === undefined) return null;
  let to = line.to;
  let at = line.to + 1;
  for (const lines = state.doc.iterLines(line.number + 1); !lines.next().done;) {
    const other = HEADING.exec(lines.value)?.[1]?.length;
    if (other !== undefined && other <= level) break;
    at += lines.value.length + 1;
    if (lines.value.trim() !== "") to = at - 1;
  }
  return to > line.to ? { from: line.to, to } : null;
});

/** Headings are larger, in both modes of the editor. Source: the class names of the app's documented style sheet. */
const markHeadings = ViewPlugin.fromClass(
  class {
    lines: DecorationSet;

    constructor(view: EditorView) {
      this.lines = readHeadings(view);
    }

    update(update: ViewUpdate): void {
      if (update.docChanged || update.viewportChanged) this.lines = readHeadings(update.view);
    }
  },
  { decorations: (plugin) => plugin.lines },
);

function readHeadings(view: EditorView): DecorationSet {
  const lines = new RangeSetBuilder<Decoration>();
  for (const { from, to } of view.visibleRanges) {
    for (let line = view.state.doc.lineAt(from); ; line = view.state.doc.lineAt(line.to + 1)) {
      const level = HEADING.exec(line.text)?.[1]?.length;
      if (level !== undefined) lines.add(line.from, line.from, headingLine(level));
      if (line.to >= to || line.to === view.state.doc.length) break;
    }
  }
  return lines.finish();
}

const headingLine = (level: number): Decoration =>
  Decoration.line({ class: `HyperMD-header HyperMD-header-${level} cm-header cm-header-${level}` });

/** What the host makes of headings in an editor; all other Markdown is shown as it is written. */
export const headingLines: Extension = [foldHeadings, markHeadings];
