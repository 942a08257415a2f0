import { renderMatches, setIcon, type App, type FuzzyMatch } from "obsidian";
import { ChooseList } from "./choose-list";

/** One line of a list of values. */
export interface ValueLine<T> {
  readonly value: T;
  readonly icon: string;
  readonly words: string;
  /** Said at the end of the line, as "now"; "" for nothing. */
  readonly note: string;
}

/** What a value is chosen for. */
export interface ValueChoice<T> {
  /** In the empty field. */
  readonly placeholder: string;
  /** Behind the Enter key, in the line below the list. */
  readonly purpose: string;
  readonly lines: readonly ValueLine<T>[];
  choose(value: T): void;
}

/** A list of values of one task that is searched while one types. */
export class ChooseValue<T> extends ChooseList<ValueLine<T>> {
  constructor(
    app: App,
    private readonly choice: ValueChoice<T>,
  ) {
    super(app);
    this.setPlaceholder(choice.placeholder);
    this.emptyStateText = "None of these.";
    this.setInstructions([
      { command: "↑↓", purpose: "to move" },
      { command: "↵", purpose: choice.purpose },
      { command: "esc", purpose: "to leave" },
    ]);
  }

  override getItems(): ValueLine<T>[] {
    return [...this.choice.lines];
  }

  override getItemText({ words }: ValueLine<T>): string {
    return words;
  }

  override renderSuggestion({ item, match }: FuzzyMatch<ValueLine<T>>, el: HTMLElement): void {
    el.addClass("mod-complex", "backlog-value");
    setIcon(el.createDiv({ cls: "suggestion-icon", attr: { "aria-hidden": "true" } }), item.icon);
    const title = el.createDiv("suggestion-content").createDiv({ cls: "suggestion-title", attr: { dir: "auto" } });
    renderMatches(title, item.words, match.matches);
    if (item.note !== "") el.createDiv("suggestion-aux").createSpan({ cls: "suggestion-flair", text: item.note });
  }

  override onChooseItem({ value }: ValueLine<T>): void {
    this.choice.choose(value);
  }
}
