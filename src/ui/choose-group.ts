import { renderMatches, type App, type FuzzyMatch } from "obsidian";
import { ChooseList } from "./choose-list";

/** A group as the list shows it. */
export interface GroupChoice {
  /** As it was meant to be read; never empty. */
  readonly title: string;
  readonly type: string | null;
  readonly priority: string | null;
  /** How many of its tasks are promotable. */
  readonly ready: number;
  readonly tasks: number;
}

/** A list of the groups of a backlog that is searched while one types; those with nothing to promote come last. */
export class ChooseGroup<Choice extends GroupChoice> extends ChooseList<Choice> {
  constructor(
    app: App,
    private readonly groups: readonly Choice[],
    private readonly choose: (group: Choice) => void,
  ) {
    super(app);
    this.modalEl.addClass("backlog-groups");
    this.setPlaceholder("Promote from…");
    this.emptyStateText = "No group of this name.";
    this.setInstructions([
      { command: "↑↓", purpose: "to move" },
      { command: "↵", purpose: "to see its batch" },
      { command: "esc", purpose: "to leave" },
    ]);
  }

  override getItems(): Choice[] {
    return [...this.groups].sort((a, b) => Number(b.ready > 0) - Number(a.ready > 0));
  }

  override getItemText({ title, type, priority }: Choice): string {
    return [title, type, priority].filter((word) => word !== null).join(" ");
  }

  override renderSuggestion({ item, match }: FuzzyMatch<Choice>, el: HTMLElement): void {
    const { title, type, priority, ready, tasks } = item;
    el.addClass("mod-complex", "backlog-groups-choice");
    el.toggleClass("is-unready", ready === 0);
    const content = el.createDiv("suggestion-content");
    const inTitle = match.matches.flatMap(([from, to]): [number, number][] => {
      return from < title.length ? [[from, Math.min(to, title.length)]] : [];
    });
    renderMatches(content.createDiv({ cls: "suggestion-title", attr: { dir: "auto" } }), title, inTitle);
    content.createDiv({ cls: "suggestion-note", text: `${type ?? "?"}/${priority ?? "?"}` });
    const flair = el.createDiv("suggestion-aux").createSpan("suggestion-flair");
    flair.setText(tasks === 0 ? "empty" : `${ready} ready of ${tasks}`);
  }

  override onChooseItem(group: Choice): void {
    this.choose(group);
  }
}
