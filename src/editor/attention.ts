import { type EditorView, ViewPlugin, type PluginValue } from "@codemirror/view";
import { cardField } from "./card-field";
import { setFocused, setPressed } from "./effects";

/**
 * Tells the field whether the editor has the keyboard and whether the mouse is down in it. A transaction is never sent while
 * another is under way, so both follow at the end of the browser's task.
 */
class Attention implements PluginValue {
  #isGone = false;
  /** The window in which the mouse went down; a pane may move to another. */
  #pressedIn: Window | null = null;
  #releaseTimer: number | null = null;

  constructor(readonly view: EditorView) {
    this.checkFocus();
  }

  /** A window that is left takes the focus from the text, but not its place: source that shows goes on showing. */
  checkFocus(): void {
    void Promise.resolve().then(() => {
      const { view } = this;
      const value = this.#isGone ? null : view.state.field(cardField, false);
      const focused = view.root.activeElement === view.contentDOM;
      if (value && value.focused !== focused) view.dispatch({ effects: setFocused.of(focused) });
    });
  }

  press(): void {
    this.#stopWaiting();
    this.#pressedIn = this.view.dom.ownerDocument.defaultView;
    for (const name of RELEASES) this.#pressedIn?.addEventListener(name, this.#release, true);
    if (this.view.state.field(cardField, false)?.pressed === false)
      this.view.dispatch({ effects: setPressed.of(true) });
  }

  destroy(): void {
    this.#isGone = true;
    this.#stopWaiting();
  }

  /** Later than the editor itself, which reads the place of the click once more when the button comes up. */
  readonly #release = () => {
    const pressedIn = this.#pressedIn;
    this.#stopWaiting();
    this.#pressedIn = pressedIn;
    this.#releaseTimer =
      pressedIn?.setTimeout(() => {
        this.#stopWaiting();
        this.view.dispatch({ effects: setPressed.of(false) });
      }) ?? null;
  };

  #stopWaiting(): void {
    for (const name of RELEASES) this.#pressedIn?.removeEventListener(name, this.#release, true);
    if (this.#releaseTimer !== null) this.#pressedIn?.clearTimeout(this.#releaseTimer);
    this.#pressedIn = null;
    this.#releaseTimer = null;
  }
}

const RELEASES = ["pointerup", "pointercancel", "blur"] as const;

/** Keeps focus and mouse in the field up to date. */
export const attention = ViewPlugin.fromClass(Attention, {
  eventObservers: {
    focus() {
      this.checkFocus();
    },
    blur() {
      this.checkFocus();
    },
    pointerdown(event) {
      if (event.button === 0) this.press();
    },
  },
});
