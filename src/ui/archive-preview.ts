import { ConfirmationModal, type App } from "obsidian";
import { expectFreshEnter } from "./fresh-enter";
import { countTasks } from "./names";

/** So many criteria of a task are listed. */
const LISTED = 5;

/** A done task with criteria that are not ticked. */
export interface UntickedTask {
  readonly title: string;
  readonly id: string;
  /** As they are written. */
  readonly criteria: readonly string[];
}

/** What an archival would do that is not quite clear. */
export interface DoubtfulArchival {
  /** How many tasks would move. */
  readonly count: number;
  /** What the notes are called. */
  readonly todo: string;
  readonly archive: string;
  readonly unticked: readonly UntickedTask[];
  /** Whether this is not what was shown a moment ago. */
  readonly changed: boolean;
}

/** Asks whether tasks are to be archived though criteria of theirs are not ticked. */
export class ArchivePreview extends ConfirmationModal {
  constructor(
    app: App,
    private readonly archival: DoubtfulArchival,
    private readonly answer: { archive(): void; show(task: UntickedTask): void },
  ) {
    super(app);
    const { count } = archival;
    this.addClass("backlog-archive-preview");
    this.setTitle(`Archive ${count === 1 ? "the finished task" : `${count} finished tasks`}?`);
    this.addButton((button) =>
      button
        .setButtonText(`Archive ${countTasks(count)}`)
        .setCta()
        .setInitialFocus()
        .onClick(() => answer.archive()),
    );
    this.addCancelButton(count === 1 ? "Leave it" : "Leave them");
    expectFreshEnter(this.modalEl);
  }

  override onOpen(): void {
    const { contentEl } = this;
    const { count, todo, archive, unticked, changed } = this.archival;
    if (changed) {
      contentEl.createEl("p", {
        cls: "backlog-modal-changed",
        text: "The notes changed meanwhile, and nothing was archived. This is what stands there now.",
        attr: { role: "status" },
      });
    }
    const whose =
      count === 1 ? "It has" : unticked.length === 1 ? "One of them has" : `${unticked.length} of them have`;
    const what = count === 1 ? "One task goes" : `${countTasks(count)} go`;
    contentEl.createEl("p", { text: `${what} from ${todo} to ${archive}. ${whose} criteria that are not ticked:` });
    const list = contentEl.createEl("ul", "backlog-modal-tasks");
    for (const task of unticked) this.addTask(list, task);
  }

  private addTask(list: HTMLElement, task: UntickedTask): void {
    const entry = list.createEl("li");
    const title = entry.createEl("button", {
      cls: "backlog-modal-link",
      text: task.title || task.id,
      attr: { dir: "auto", "aria-label": `Show ${task.title || task.id} in the note` },
    });
    title.addEventListener("click", () => {
      this.close();
      this.answer.show(task);
    });
    const criteria = entry.createEl("ul", "backlog-modal-criteria");
    for (const criterion of task.criteria.slice(0, LISTED)) {
      criteria.createEl("li", { text: criterion, attr: { dir: "auto" } });
    }
    const more = task.criteria.length - LISTED;
    if (more > 0) criteria.createEl("li", { cls: "is-more", text: `… and ${more} more` });
  }
}
