import { ViewPlugin, type EditorView, type PluginValue, type ViewUpdate } from "@codemirror/view";
import { cardField } from "./card-field";
import { refitFigures } from "./effects";
import { figureOf } from "./figure-widget";
import type { HeightMemory } from "./heights";

/** How long the width has to stay the same, in milliseconds, before heights are guessed anew: a pane is resized in many steps. */
const SETTLED = 100;

/** Remembers how high the figures on the screen are, and has heights guessed anew when the width of the text changes. */
class Measuring implements PluginValue {
  #isFitted = false;
  #refitTimer: number | null = null;
  readonly #request = {
    key: this,
    read: (view: EditorView) => this.#measure(view),
  };

  constructor(readonly view: EditorView) {
    view.requestMeasure(this.#request);
  }

  update({ geometryChanged, viewportChanged, view }: ViewUpdate): void {
    if (geometryChanged || viewportChanged) view.requestMeasure(this.#request);
  }

  destroy(): void {
    this.#stopWaiting();
  }

  #measure(view: EditorView): void {
    const heights = view.state.field(cardField, false)?.bench.heights;
    const win = view.dom.ownerDocument.defaultView;
    if (!heights || !win || view.contentDOM.clientWidth === 0) return;
    const { paddingLeft, paddingRight } = win.getComputedStyle(view.contentDOM);
    const width = view.contentDOM.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    if (heights.resize(width, view.defaultLineHeight)) this.#refitSoon(win);
    rememberHeights(view, heights);
  }

  /** The first time at once, for then the note is not yet on the screen. */
  #refitSoon(win: Window): void {
    this.#stopWaiting();
    const wait = this.#isFitted ? SETTLED : 0;
    this.#isFitted = true;
    this.#refitTimer = win.setTimeout(() => this.view.dispatch({ effects: refitFigures.of(null) }), wait);
  }

  #stopWaiting(): void {
    if (this.#refitTimer !== null) this.view.dom.ownerDocument.defaultView?.clearTimeout(this.#refitTimer);
    this.#refitTimer = null;
  }
}

function rememberHeights(view: EditorView, heights: HeightMemory): void {
  for (const root of view.contentDOM.children) {
    const figure = figureOf(root);
    if (figure) heights.remember(figure.source, figure.look, root.getBoundingClientRect().height / view.scaleY);
  }
}

/** Measures figures each time some have come onto the screen. */
export const measuring = ViewPlugin.fromClass(Measuring);
