/** Suggestions below a field: `div.suggestion-container > div.suggestion > div.suggestion-item`. */
import { Scope, type KeyApp } from "./keymap";

/** What opens below something and takes keys while it is open. */
export abstract class PopoverSuggest<T> {
  readonly scope: Scope;
  protected readonly suggestEl = createDiv("suggestion-container");
  protected readonly listEl = this.suggestEl.createDiv({
    cls: "suggestion",
    attr: { role: "listbox", "aria-label": "Suggestions" },
  });
  #values: readonly T[] = [];
  #selected = 0;
  #isOpen = false;

  constructor(
    readonly app: KeyApp,
    scope?: Scope,
  ) {
    this.scope = scope ?? new Scope();
    this.scope.register([], "ArrowDown", () => this.#select(this.#selected + 1));
    this.scope.register([], "ArrowUp", () => this.#select(this.#selected - 1));
    this.scope.register([], "Escape", () => {
      this.close();
      return false;
    });
    this.scope.register(null, "Enter", (event) => {
      const value = this.#values[this.#selected];
      if (value !== undefined) this.selectSuggestion(value, event);
      return false;
    });
  }

  abstract renderSuggestion(value: T, el: HTMLElement): void;
  abstract selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void;

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    activeDocument.body.append(this.suggestEl);
    this.app.keymap.pushScope(this.scope);
  }

  close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.suggestEl.remove();
    this.app.keymap.popScope(this.scope);
  }

  /** Draws what is suggested; nothing closes it. */
  protected draw(values: readonly T[]): void {
    this.#values = values;
    this.listEl.empty();
    for (const value of values) {
      const el = this.listEl.createDiv({ cls: "suggestion-item", attr: { role: "option" } });
      this.renderSuggestion(value, el);
      el.addEventListener("mousedown", (event) => event.preventDefault());
      el.addEventListener("click", (event) => this.selectSuggestion(value, event));
    }
    if (values.length === 0) this.close();
    else this.open();
    this.#select(0);
  }

  #select(at: number): false {
    const count = Math.max(this.#values.length, 1);
    this.#selected = (at + count) % count;
    for (const [place, el] of [...this.listEl.children].entries()) {
      el.toggleClass("is-selected", place === this.#selected);
      el.setAttr("aria-selected", place === this.#selected);
    }
    return false;
  }
}

/** Suggests for a field of text. */
export abstract class AbstractInputSuggest<T> extends PopoverSuggest<T> {
  limit = 100;
  #onSelect: ((value: T, event: MouseEvent | KeyboardEvent) => unknown) | null = null;

  constructor(
    app: KeyApp,
    readonly textInputEl: HTMLInputElement | HTMLDivElement,
  ) {
    super(app);
    textInputEl.addEventListener("input", () => void this.#suggest());
    textInputEl.addEventListener("focus", () => void this.#suggest());
    textInputEl.addEventListener("blur", () => this.close());
  }

  protected abstract getSuggestions(query: string): T[] | Promise<T[]>;

  setValue(value: string): void {
    if ("value" in this.textInputEl) this.textInputEl.value = value;
    else this.textInputEl.setText(value);
  }

  getValue(): string {
    return "value" in this.textInputEl ? this.textInputEl.value : this.textInputEl.getText();
  }

  selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    this.#onSelect?.(value, event);
  }

  onSelect(callback: (value: T, event: MouseEvent | KeyboardEvent) => unknown): this {
    this.#onSelect = callback;
    return this;
  }

  async #suggest(): Promise<void> {
    const query = this.getValue();
    const values = await this.getSuggestions(query);
    if (query !== this.getValue() || !this.textInputEl.isActiveElement()) return;
    const place = this.textInputEl.getBoundingClientRect();
    this.suggestEl.setCssStyles({ left: `${place.left}px`, top: `${place.bottom}px` });
    this.draw(this.limit > 0 ? values.slice(0, this.limit) : values);
  }
}
