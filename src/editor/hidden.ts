import type { EditorState } from "@codemirror/state";
import type { Span } from "../core/removal";
import { cardField } from "./card-field";
import { figureIn } from "./figures";

/** The lines behind the figure that is drawn at an offset, on its edges too; null where the text shows as it is. */
export function findHidden(state: EditorState, at: number): Span | null {
  const decorations = state.field(cardField, false)?.decorations;
  if (decorations === undefined || at < 0 || at > state.doc.length) return null;
  let found: Span | null = null;
  decorations.between(at, at, (from, to, decoration) => {
    if (figureIn(decoration)) found = { from, to };
  });
  return found;
}
