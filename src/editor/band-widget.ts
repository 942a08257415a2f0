import type { EditorView } from "@codemirror/view";
import { describeBand, equalBands, renderBand, type BandModel, type GroupCounts } from "../cards/band";
import type { GroupHeader } from "../core/context";
import type { Bench } from "./bench";
import { editSource, FigureWidget } from "./figure-widget";

/** The band of a group; where the group is empty, the thin line that stands for all of it. */
export class BandWidget extends FigureWidget {
  readonly model: BandModel;

  constructor(bench: Bench, source: string, header: GroupHeader, counts: GroupCounts, next: boolean) {
    super(bench, source);
    this.model = describeBand(header, counts, next);
  }

  override get sourceClass(): string {
    return "backlog-band-source";
  }

  override get look(): string {
    return this.model.empty ? "empty" : "band";
  }

  override get kind(): string {
    return this.look;
  }

  protected override looksLike(other: FigureWidget): boolean {
    return other instanceof BandWidget && equalBands(this.model, other.model);
  }

  protected override estimateHeight(): number {
    return this.bench.heights.sizes.lineHeight;
  }

  protected override draw(view: EditorView): HTMLElement {
    const actions = { ...this.bench.host.actionsFor(view), editSource: (root: HTMLElement) => editSource(view, root) };
    return renderBand(this.model, actions, view.dom.ownerDocument);
  }

  protected override redraw(): boolean {
    return false;
  }
}
