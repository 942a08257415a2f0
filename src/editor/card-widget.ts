import type { EditorView, WidgetType } from "@codemirror/view";
import { estimateCardHeight, renderCard, updateCard } from "../cards/card";
import type { CardActions } from "../cards/card-actions";
import { describeCard, equalCards, type CardModel } from "../cards/card-model";
import { equalBadges, type Badge } from "../core/badge";
import type { Block } from "../core/block";
import type { Bench } from "./bench";
import { toggleDetails } from "./effects";
import { editSource, FigureWidget } from "./figure-widget";

/** The card of a task block. What it says is read from the block only when it is drawn. */
export class CardWidget extends FigureWidget {
  #model: CardModel | null = null;
  /** The width that its height is guessed for: another one is another figure to the editor, which asks once for each. */
  readonly #width: number;

  constructor(
    bench: Bench,
    source: string,
    readonly block: Block,
    readonly badge: Badge,
    readonly open: boolean,
  ) {
    super(bench, source);
    this.#width = bench.heights.width;
  }

  get model(): CardModel {
    return (this.#model ??= describeCard(this.block, this.badge, this.open));
  }

  override get sourceClass(): string {
    return "backlog-card-source";
  }

  override get cursorAt(): number {
    const { task, text } = this.block;
    return this.source.length - text.length + (task.header?.from ?? 0);
  }

  override get look(): string {
    const { kind, reason, warnings } = this.badge;
    return `${this.open ? "open" : "closed"} ${kind} ${warnings} ${reason}`;
  }

  override eq(other: WidgetType): boolean {
    return other instanceof CardWidget && this.#width === other.#width && this.#looksLike(other);
  }

  #looksLike(other: CardWidget): boolean {
    if (this.open !== other.open) return false;
    if (this.block === other.block) return equalBadges(this.badge, other.badge);
    return equalCards(this.model, other.model);
  }

  protected override guessHeight(): number {
    const { width, lineHeight } = this.bench.heights;
    return estimateCardHeight(this.model, width, lineHeight);
  }

  protected override draw(view: EditorView): HTMLElement {
    return renderCard(this.model, this.#actionsIn(view), view.dom.ownerDocument);
  }

  /** The element of another task is never taken over: the keyboard may be in it. */
  protected override redraw(root: HTMLElement, view: EditorView, former: FigureWidget): boolean {
    if (!(former instanceof CardWidget) || former.block.task.id !== this.block.task.id) return false;
    if (!this.#looksLike(former)) updateCard(root, this.model, this.#actionsIn(view));
    return true;
  }

  #actionsIn(view: EditorView): CardActions {
    return {
      ...this.bench.host.actionsFor(view),
      editSource: (root) => editSource(view, root),
      toggleDetails: (root) => view.dispatch({ effects: toggleDetails.of(view.posAtDOM(root)) }),
    };
  }
}
