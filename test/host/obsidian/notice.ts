/** Notices: words in a corner that go away by themselves. */

const DEFAULT_DURATION = 5000;

/** Shows a message at once, for `duration` milliseconds; 0 leaves it until it is clicked. */
export class Notice {
  readonly noticeEl: HTMLElement;
  readonly containerEl: HTMLElement;
  readonly messageEl: HTMLElement;
  readonly #timer: number;

  constructor(message: string | DocumentFragment, duration = DEFAULT_DURATION) {
    const { body } = activeDocument;
    const stack = body.querySelector<HTMLElement>(".notice-container") ?? body.createDiv("notice-container");
    this.containerEl = stack.createDiv({ cls: "notice", attr: { role: "status" } });
    this.noticeEl = this.containerEl;
    this.messageEl = this.containerEl.createDiv("notice-message");
    this.setMessage(message);
    this.containerEl.addEventListener("click", () => this.hide());
    this.#timer = duration > 0 ? window.setTimeout(() => this.hide(), duration) : 0;
  }

  setMessage(message: string | DocumentFragment): this {
    this.messageEl.setText(message);
    return this;
  }

  hide(): void {
    window.clearTimeout(this.#timer);
    const stack = this.containerEl.parentElement;
    this.containerEl.remove();
    if (stack?.childElementCount === 0) stack.remove();
  }
}
