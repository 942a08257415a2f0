/** Modals that suggest: `div.prompt > input.prompt-input + div.prompt-results > div.suggestion-item`. */
import type { FuzzyMatch, Instruction } from "obsidian";
import type { KeyApp } from "./keymap";
import { Modal } from "./modal";
import { prepareFuzzySearch, renderMatches, sortSearchResults } from "./search";

let latest = 0;

/** Suggests while one types. */
export abstract class SuggestModal<T> extends Modal {
  limit = 100;
  emptyStateText = "No results found.";
  readonly inputEl: HTMLInputElement;
  readonly resultContainerEl: HTMLElement;
  readonly #instructionsEl: HTMLElement;
  #values: readonly T[] = [];
  #selected = 0;
  #turn = 0;

  constructor(app: KeyApp) {
    super(app);
    const list = `suggestions-${++latest}`;
    this.modalEl.empty();
    this.modalEl.removeClass("modal");
    this.modalEl.addClass("prompt");
    this.modalEl.setAttrs({ "aria-labelledby": null, "aria-label": "Choose" });
    this.inputEl = this.modalEl.createDiv("prompt-input-container").createEl("input", {
      cls: "prompt-input",
      type: "text",
      attr: {
        role: "combobox",
        "aria-expanded": true,
        "aria-controls": list,
        "aria-label": "Search",
        autocomplete: "off",
      },
    });
    this.resultContainerEl = this.modalEl.createDiv({
      cls: "prompt-results",
      attr: { id: list, role: "listbox", "aria-label": "Suggestions", tabindex: -1 },
    });
    this.#instructionsEl = this.modalEl.createDiv("prompt-instructions");
    this.inputEl.addEventListener("input", () => void this.#suggest());
    this.scope.register([], "ArrowDown", () => this.#move(1));
    this.scope.register([], "ArrowUp", () => this.#move(-1));
    this.scope.register(null, "Enter", (event) => {
      if (event.isComposing) return undefined;
      this.selectActiveSuggestion(event);
      return false;
    });
  }

  abstract getSuggestions(query: string): T[] | Promise<T[]>;
  abstract renderSuggestion(value: T, el: HTMLElement): void;
  abstract onChooseSuggestion(value: T, event: MouseEvent | KeyboardEvent): void;

  override onOpen(): Promise<void> | void {
    this.inputEl.focus();
    void this.#suggest();
  }

  setPlaceholder(placeholder: string): void {
    this.inputEl.placeholder = placeholder;
  }

  setInstructions(instructions: Instruction[]): void {
    this.#instructionsEl.empty();
    for (const { command, purpose } of instructions) {
      const line = this.#instructionsEl.createDiv("prompt-instruction");
      line.createSpan({ cls: "prompt-instruction-command", text: command });
      line.createSpan({ text: ` ${purpose}` });
    }
  }

  onNoSuggestion(): void {
    this.resultContainerEl.empty();
    this.resultContainerEl.createDiv({ cls: "suggestion-empty", text: this.emptyStateText, attr: { role: "option" } });
  }

  selectSuggestion(value: T, event: MouseEvent | KeyboardEvent): void {
    this.close();
    this.onChooseSuggestion(value, event);
  }

  selectActiveSuggestion(event: MouseEvent | KeyboardEvent): void {
    const value = this.#values[this.#selected];
    if (value !== undefined) this.selectSuggestion(value, event);
  }

  async #suggest(): Promise<void> {
    const turn = ++this.#turn;
    const found = this.getSuggestions(this.inputEl.value);
    const values = Array.isArray(found) ? found : await found;
    if (turn !== this.#turn) return;
    this.#values = this.limit > 0 ? values.slice(0, this.limit) : values;
    this.resultContainerEl.empty();
    for (const [at, value] of this.#values.entries()) {
      const el = this.resultContainerEl.createDiv({
        cls: "suggestion-item",
        attr: { role: "option", id: `${this.resultContainerEl.id}-${at}` },
      });
      this.renderSuggestion(value, el);
      el.addEventListener("mousemove", () => this.#select(at));
      el.addEventListener("click", (event) => this.selectSuggestion(value, event));
    }
    if (this.#values.length === 0) this.onNoSuggestion();
    this.#select(0);
  }

  #move(step: number): false {
    const count = Math.max(this.#values.length, 1);
    this.#select((this.#selected + step + count) % count);
    return false;
  }

  #select(at: number): void {
    this.#selected = at;
    for (const [place, el] of [...this.resultContainerEl.children].entries()) {
      el.toggleClass("is-selected", place === at);
      el.setAttr("aria-selected", place === at);
      if (place === at && this.#values.length > 0) {
        el.scrollIntoView({ block: "nearest" });
        this.inputEl.setAttr("aria-activedescendant", el.id);
      }
    }
  }
}

/** Suggests from a list, by a fuzzy search in the texts. */
export abstract class FuzzySuggestModal<T> extends SuggestModal<FuzzyMatch<T>> {
  abstract getItems(): T[];
  abstract getItemText(value: T): string;
  abstract onChooseItem(value: T, event: MouseEvent | KeyboardEvent): void;

  getSuggestions(query: string): FuzzyMatch<T>[] {
    const search = prepareFuzzySearch(query);
    const found = this.getItems().flatMap((item) => {
      const match = search(this.getItemText(item));
      return match ? [{ item, match }] : [];
    });
    if (query.trim() !== "") sortSearchResults(found);
    return found;
  }

  renderSuggestion(value: FuzzyMatch<T>, el: HTMLElement): void {
    renderMatches(el, this.getItemText(value.item), value.match.matches);
  }

  onChooseSuggestion(value: FuzzyMatch<T>, event: MouseEvent | KeyboardEvent): void {
    this.onChooseItem(value.item, event);
  }
}
