import { EditorView, ViewPlugin, type PluginValue, type ViewUpdate } from "@codemirror/view";
import { Platform } from "obsidian";
import { figureOf, type FigureWidget } from "./figure-widget";

/** A figure that was drawn before the editor drew others, and where its top was then, in CSS pixels of the window. */
interface Held {
  readonly root: Element;
  readonly figure: FigureWidget;
  readonly top: number;
}

/**
 * Holds what is on the screen in its place when scrolling brings figures that turn out higher or lower than guessed. The
 * editor by itself holds the line at the top of the pane, which may be one of those that were only guessed.
 */
class Standstill implements PluginValue {
  #held: Held | null = null;
  /** What is dispatched may change heights, or lead elsewhere: that is meant, and moves the text. */
  #isDispatched = true;

  update({ transactions, viewportChanged, view }: ViewUpdate): void {
    if (transactions.length > 0) {
      this.#isDispatched = true;
      this.#held = null;
    } else if (viewportChanged && !this.#isDispatched) {
      this.#held ??= findFigure(view);
    }
  }

  /** All is drawn and measured, and not yet on the screen. */
  settle({ transactions, view }: ViewUpdate): void {
    if (transactions.length > 0) return;
    const held = this.#held;
    this.#held = null;
    this.#isDispatched = false;
    if (held === null || !held.root.isConnected || figureOf(held.root) !== held.figure) return;
    const drift = (held.root.getBoundingClientRect().top - held.top) / view.scaleY;
    if (Math.abs(drift) >= 0.5) view.scrollDOM.scrollTop += drift;
  }
}

/** The first figure that is at least partly in the pane, else the one nearest to it; null where there is none. */
function findFigure(view: EditorView): Held | null {
  const { scrollDOM, contentDOM } = view;
  // Another element scrolls; or a position that is set ends the glide after a flick.
  if (scrollDOM.scrollHeight <= scrollDOM.clientHeight || Platform.isIosApp) return null;
  const pane = scrollDOM.getBoundingClientRect();
  let above: Held | null = null;
  for (const root of contentDOM.children) {
    const figure = figureOf(root);
    if (figure === null) continue;
    const { top, bottom } = root.getBoundingClientRect();
    if (bottom > pane.top) return above !== null && top >= pane.bottom ? above : { root, figure, top };
    above = { root, figure, top };
  }
  return above;
}

const standstillPlugin = ViewPlugin.fromClass(Standstill);

/** Keeps the text still while it is scrolled. */
export const standstill = [
  standstillPlugin,
  EditorView.updateListener.of((update) => update.view.plugin(standstillPlugin)?.settle(update)),
];
