import { foldedRanges, unfoldEffect } from "@codemirror/language";
import type { StateEffect } from "@codemirror/state";
import { ViewPlugin, type EditorView, type PluginValue, type ViewUpdate } from "@codemirror/view";
import type { Span } from "../core/removal";
import { cardField } from "./card-field";

/** Unfolds what is folded in the source of a figure when it is revealed: it was asked for. */
class Unfolding implements PluginValue {
  #isGone = false;

  constructor(readonly view: EditorView) {}

  update({ startState, state, changes }: ViewUpdate): void {
    const former = startState.field(cardField, false)?.revealed ?? [];
    const revealed = state.field(cardField, false)?.revealed ?? [];
    if (former === revealed) return;
    const before = former.map(({ from, to }) => ({ from: changes.mapPos(from), to: changes.mapPos(to) }));
    const opened = revealed.filter(({ from, to }) => !before.some((span) => span.from <= to && from <= span.to));
    // No transaction is sent while another is under way.
    if (opened.length > 0) void Promise.resolve().then(() => this.#unfold(opened));
  }

  destroy(): void {
    this.#isGone = true;
  }

  #unfold(spans: readonly Span[]): void {
    if (this.#isGone) return;
    const folded = foldedRanges(this.view.state);
    const effects: StateEffect<unknown>[] = [];
    for (const { from, to } of spans) {
      folded.between(from, to, (start, end) => {
        effects.push(unfoldEffect.of({ from: start, to: end }));
      });
    }
    if (effects.length > 0) this.view.dispatch({ effects });
  }
}

/** Unfolds what is revealed. */
export const unfolding = ViewPlugin.fromClass(Unfolding);
