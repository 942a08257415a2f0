import { WidgetType, type EditorView } from "@codemirror/view";
import { makeElement } from "../cards/elements";
import type { Bench } from "./bench";
import { listenInFigure } from "./figure-events";

/** The figure that an element was last drawn for. */
const drawnFor = new WeakMap<Element, FigureWidget>();

/** Elements that show lines of the note, because their figure could not be drawn. */
const showingSource = new WeakSet<Element>();

/** The figure whose root an element is; null for any other element. */
export function figureOf(root: Element): FigureWidget | null {
  return drawnFor.get(root) ?? null;
}

/** Puts the cursor into the lines that a figure stands for, by which they show, and gives the editor the keyboard. */
export function editSource(view: EditorView, root: HTMLElement): void {
  const at = view.posAtDOM(root) + (figureOf(root)?.cursorAt ?? 0);
  view.dispatch({
    selection: { anchor: Math.min(at, view.state.doc.length) },
    scrollIntoView: true,
    userEvent: "select",
  });
  view.focus();
}

/** What stands in place of lines of the note: a value, compared by what it shows. Where it cannot be drawn, it is the lines. */
export abstract class FigureWidget extends WidgetType {
  /** @param source the lines that the figure stands for */
  constructor(
    protected readonly bench: Bench,
    readonly source: string,
  ) {
    super();
  }

  /** Where the cursor goes in the lines when they are to be edited: UTF-16 code units from the first character on. */
  get cursorAt(): number {
    return 0;
  }

  /** The class of the lines while they show in place of the figure. */
  abstract get sourceClass(): string;

  /** What besides the source decides on the height. */
  abstract get look(): string;

  /** The height in CSS pixels where none was measured; rather too low than too high. */
  protected abstract guessHeight(): number;

  protected abstract draw(view: EditorView): HTMLElement;

  /** Draws what differs into an element that shows a former figure of the same kind; false where a new element is due. */
  protected abstract redraw(root: HTMLElement, view: EditorView, former: FigureWidget): boolean;

  override get estimatedHeight(): number {
    const { heights } = this.bench;
    try {
      return heights.recall(this.source, this.look) ?? this.guessHeight();
    } catch (error) {
      this.bench.report(error, this.source);
      return heights.lineHeight;
    }
  }

  override toDOM(view: EditorView): HTMLElement {
    let root: HTMLElement;
    try {
      root = this.draw(view);
    } catch (error) {
      this.bench.report(error, this.source);
      root = this.#showSource(view);
    }
    drawnFor.set(root, this);
    listenInFigure(root, view);
    return root;
  }

  override updateDOM(root: HTMLElement, view: EditorView): boolean {
    const former = drawnFor.get(root);
    if (former === undefined || showingSource.has(root)) return false;
    try {
      if (!this.redraw(root, view, former)) return false;
    } catch (error) {
      this.bench.report(error, this.source);
      return false;
    }
    drawnFor.set(root, this);
    return true;
  }

  #showSource(view: EditorView): HTMLElement {
    const root = makeElement(view.dom.ownerDocument, "pre", { class: "backlog-card-failed" }, this.source);
    root.addEventListener("click", () => editSource(view, root));
    showingSource.add(root);
    return root;
  }
}
