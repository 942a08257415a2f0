import { ViewPlugin, type EditorView, type PluginValue, type ViewUpdate } from "@codemirror/view";
import { CardFonts } from "./card-fonts";
import { cardField } from "./card-field";
import { refitFigures } from "./effects";
import { figureOf } from "./figure-widget";
import type { HeightMemory } from "./heights";

/** How long nothing may come, in milliseconds, before heights are guessed anew: panes are resized and scrolled in many steps. */
const SETTLED = 100;

/**
 * Remembers how high the figures on the screen are. Where others are expected to be as high as these, or the sizes of the
 * text have changed, all heights are guessed anew: once, when it is quiet.
 */
class Measuring implements PluginValue {
  #isFitted = false;
  #isWrong = false;
  #refitTimer: number | null = null;
  readonly #fonts: CardFonts;
  readonly #request = {
    key: this,
    read: (view: EditorView) => this.#measure(view),
  };

  constructor(readonly view: EditorView) {
    this.#fonts = new CardFonts(view.dom.ownerDocument);
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
    const style = win.getComputedStyle(view.contentDOM);
    const { paddingLeft, paddingRight } = style;
    const width = view.contentDOM.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
    const sizes = { width, lineHeight: view.defaultLineHeight, letters: this.#fonts.letters(style) };
    if (heights.resize(sizes)) this.#isWrong = true;
    if (rememberHeights(view, heights)) this.#isWrong = true;
    if (this.#isWrong) this.#refitSoon(win, heights);
  }

  /** The first time at once, for then the note is not yet on the screen. */
  #refitSoon(win: Window, heights: HeightMemory): void {
    this.#stopWaiting();
    const { scrollDOM } = this.view;
    const before = scrollDOM.scrollTop;
    const act = () => {
      if (scrollDOM.scrollTop === before) this.#refit(heights);
      else this.#refitSoon(win, heights);
    };
    this.#refitTimer = win.setTimeout(act, this.#isFitted ? SETTLED : 0);
    this.#isFitted = true;
  }

  #refit(heights: HeightMemory): void {
    const { view } = this;
    this.#isWrong = false;
    heights.fitting++;
    // If it had scrolled since it last measured, or did so before it measures again, the editor would lose its place.
    measureNow(view);
    view.dispatch({ effects: refitFigures.of(null) });
    measureNow(view);
  }

  #stopWaiting(): void {
    if (this.#refitTimer !== null) this.view.dom.ownerDocument.defaultView?.clearTimeout(this.#refitTimer);
    this.#refitTimer = null;
  }
}

/** An editor that is asked for a line measures first what it wanted to measure soon. */
function measureNow(view: EditorView): void {
  view.requestMeasure();
  view.lineBlockAtHeight(0);
}

/** True where heights of figures that are not drawn are expected to be others by that. */
function rememberHeights(view: EditorView, heights: HeightMemory): boolean {
  let isNews = false;
  for (const root of view.contentDOM.children) {
    const figure = figureOf(root);
    if (figure && heights.remember(figure, root.getBoundingClientRect().height / view.scaleY)) isNews = true;
  }
  return isNews;
}

/** Measures figures each time some have come onto the screen. */
export const measuring = ViewPlugin.fromClass(Measuring);
