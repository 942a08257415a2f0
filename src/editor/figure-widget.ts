import { WidgetType, type EditorView } from "@codemirror/view";
import { makeElement } from "../cards/elements";
import type { Bench } from "./bench";
import { listenInFigure } from "./figure-events";
import type { Measurable } from "./heights";

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
export abstract class FigureWidget extends WidgetType implements Measurable {
  /** An editor asks a figure for its height once, and takes one that equals it for the same: the next fitting has others. */
  readonly #fitting: number;

  /** @param source the lines that the figure stands for */
  constructor(
    protected readonly bench: Bench,
    readonly source: string,
  ) {
    super();
    this.#fitting = bench.heights.fitting;
  }

  /** Where the cursor goes in the lines when they are to be edited: UTF-16 code units from the first character on. */
  get cursorAt(): number {
    return 0;
  }

  /** The class of the lines while they show in place of the figure. */
  abstract get sourceClass(): string;

  abstract get look(): string;

  abstract get kind(): string;

  /** The height in CSS pixels from what is known without drawing; may throw as `draw` may. */
  protected abstract estimateHeight(): number;

  /** Whether another figure shows the same. */
  protected abstract looksLike(other: FigureWidget): boolean;

  protected abstract draw(view: EditorView): HTMLElement;

  /** Draws what differs into an element that shows a former figure of the same kind; false where a new element is due. */
  protected abstract redraw(root: HTMLElement, view: EditorView, former: FigureWidget): boolean;

  override eq(other: WidgetType): boolean {
    return other instanceof FigureWidget && this.#fitting === other.#fitting && this.looksLike(other);
  }

  override get estimatedHeight(): number {
    return this.bench.heights.expect(this);
  }

  guessHeight(): number {
    try {
      return this.estimateHeight();
    } catch (error) {
      this.bench.report(error, this.source);
      return this.bench.heights.sizes.lineHeight;
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
    listenInFigure(root, view, () => drawnFor.get(root)?.source);
    return root;
  }

  override updateDOM(root: HTMLElement, view: EditorView): boolean {
    const former = drawnFor.get(root);
    if (former === undefined || showingSource.has(root)) return false;
    try {
      if (!this.looksLike(former) && !this.redraw(root, view, former)) return false;
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
