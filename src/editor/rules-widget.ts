import type { EditorView } from "@codemirror/view";
import { describeRules, equalRules, renderRulesLine, type RulesModel } from "../cards/rules-line";
import type { RulesInForce } from "../core/rules";
import type { Bench } from "./bench";
import { editSource, FigureWidget } from "./figure-widget";

/** The line in place of a backlog's rules comment. */
export class RulesWidget extends FigureWidget {
  readonly model: RulesModel;

  constructor(bench: Bench, source: string, rules: RulesInForce) {
    super(bench, source);
    this.model = describeRules(rules);
  }

  override get sourceClass(): string {
    return "backlog-band-source";
  }

  override get look(): string {
    return this.model.text;
  }

  override get kind(): string {
    return "rules";
  }

  protected override looksLike(other: FigureWidget): boolean {
    return other instanceof RulesWidget && equalRules(this.model, other.model);
  }

  protected override estimateHeight(): number {
    return this.bench.heights.sizes.lineHeight;
  }

  protected override draw(view: EditorView): HTMLElement {
    return renderRulesLine(this.model, { editSource: (root) => editSource(view, root) }, view.dom.ownerDocument);
  }

  protected override redraw(): boolean {
    return false;
  }
}
