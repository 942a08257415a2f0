import type { EditorView } from "@codemirror/view";
import { renderCard, updateCard } from "../cards/card";
import type { CardActions } from "../cards/card-actions";
import { estimateHeight } from "../cards/card-height";
import { describeCard, equalCards, type CardModel } from "../cards/card-model";
import { equalBadges, type Badge } from "../core/badge";
import type { Block } from "../core/block";
import type { Bench } from "./bench";
import type { TextSizes } from "./heights";
import { toggleDetails } from "./effects";
import { editSource, FigureWidget } from "./figure-widget";

/** What the card of a block said last: each fitting asks all cards of a note for their heights. */
const models = new WeakMap<Block, CardModel>();
const guesses = new WeakMap<CardModel, { readonly sizes: TextSizes; readonly height: number }>();

/** The card of a task block. What it says is read from the block only when it is drawn. */
export class CardWidget extends FigureWidget {
  #model: CardModel | null = null;

  constructor(
    bench: Bench,
    source: string,
    readonly block: Block,
    readonly badge: Badge,
    readonly open: boolean,
    /** Whether the status can be set here and criteria ticked. (`editable` is a name of the editor's own.) */
    readonly changeable: boolean,
  ) {
    super(bench, source);
  }

  get model(): CardModel {
    return (this.#model ??= this.#describe());
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
    return `${this.open ? "open" : "closed"}${this.changeable ? "" : " fixed"} ${kind} ${warnings} ${reason}`;
  }

  override get kind(): string {
    return this.open ? "open" : "closed";
  }

  protected override looksLike(other: FigureWidget): boolean {
    if (!(other instanceof CardWidget)) return false;
    if (this.open !== other.open || this.changeable !== other.changeable) return false;
    if (this.block === other.block) return equalBadges(this.badge, other.badge);
    return equalCards(this.model, other.model);
  }

  protected override estimateHeight(): number {
    const { sizes } = this.bench.heights;
    const { model } = this;
    const known = guesses.get(model);
    if (known?.sizes === sizes) return known.height;
    const height = estimateHeight(model, sizes.width, sizes.lineHeight, sizes.letters);
    guesses.set(model, { sizes, height });
    return height;
  }

  protected override draw(view: EditorView): HTMLElement {
    return renderCard(this.model, this.#actionsIn(view), view.dom.ownerDocument);
  }

  /** The element of another task is never taken over: the keyboard may be in it. */
  protected override redraw(root: HTMLElement, view: EditorView, former: FigureWidget): boolean {
    if (!(former instanceof CardWidget) || former.block.task.id !== this.block.task.id) return false;
    updateCard(root, this.model, this.#actionsIn(view));
    return true;
  }

  #describe(): CardModel {
    const { block, badge, open, changeable } = this;
    const known = models.get(block);
    if (known?.badge === badge && known.open === open && known.editable === changeable) return known;
    const model = describeCard(block, badge, open, changeable);
    models.set(block, model);
    return model;
  }

  #actionsIn(view: EditorView): CardActions {
    return {
      ...this.bench.host.actionsFor(view),
      editSource: (root) => editSource(view, root),
      toggleDetails: (root) => view.dispatch({ effects: toggleDetails.of(view.posAtDOM(root)) }),
    };
  }
}
