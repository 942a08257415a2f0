import type { EditorView } from "@codemirror/view";
import { renderGroupEnd } from "../cards/band";
import { FigureWidget } from "./figure-widget";

/** The hairline in place of a `group_end`. */
export class GroupEndWidget extends FigureWidget {
  override get sourceClass(): string {
    return "backlog-band-source";
  }

  override get look(): string {
    return "group-end";
  }

  override get kind(): string {
    return this.look;
  }

  protected override looksLike(other: FigureWidget): boolean {
    return other instanceof GroupEndWidget;
  }

  protected override estimateHeight(): number {
    return 1;
  }

  protected override draw(view: EditorView): HTMLElement {
    return renderGroupEnd(view.dom.ownerDocument);
  }

  protected override redraw(): boolean {
    return false;
  }
}
