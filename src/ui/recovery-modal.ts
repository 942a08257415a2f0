import { Modal, type App } from "obsidian";
import { expectFreshEnter } from "./fresh-enter";
import { refuse } from "./notices";

/** So many tasks of a move are listed. */
const LISTED = 20;

/** What a modal on an interrupted move says, and what can be done. */
export interface RecoveryWords {
  readonly title: string;
  /** What was interrupted, and how it can be ended. */
  readonly sentences: readonly string[];
  /** The tasks of the move, with where they go. */
  readonly tasks: readonly { readonly title: string; readonly id: string; readonly way: string }[];
  /** A journal that can't be read, as it is; null for every other. */
  readonly source: string | null;
  /** Why it can't be ended. */
  readonly reasons: readonly string[];
  /** What happened at the last attempt; "" where nothing is to be said of it. */
  readonly status: string;
  /** The first one has the focus. */
  readonly choices: readonly RecoveryChoice[];
}

/** A button of the modal. */
export interface RecoveryChoice {
  readonly title: string;
  readonly look: "cta" | "warning" | "plain";
  /** Gives what is to be shown next; null closes the modal. */
  readonly act: () => Promise<RecoveryWords | null>;
}

/** Shows an interrupted move. Nothing is done before one of its buttons is pressed. */
export class RecoveryModal extends Modal {
  /** When it is closed. */
  readonly closed: Promise<void>;
  private announceClosed: () => void = () => undefined;
  private isClosed = false;
  private readonly buttons: HTMLElement;

  constructor(
    app: App,
    private words: RecoveryWords,
  ) {
    super(app);
    this.closed = new Promise((resolve) => {
      this.announceClosed = resolve;
    });
    this.modalEl.addClass("backlog-recovery");
    expectFreshEnter(this.modalEl);
    this.buttons = this.modalEl.createDiv("modal-button-container");
  }

  override onOpen(): void {
    this.draw();
  }

  override onClose(): void {
    this.isClosed = true;
    this.announceClosed();
  }

  private draw(): void {
    const { contentEl, words } = this;
    this.setTitle(words.title);
    contentEl.empty();
    contentEl.createEl("p", { cls: "backlog-modal-changed", text: words.status, attr: { role: "status" } });
    for (const text of words.sentences) contentEl.createEl("p", { text });
    this.drawTasks();
    if (words.reasons.length > 0) {
      const list = contentEl.createEl("ul", "backlog-modal-reasons");
      for (const text of words.reasons) list.createEl("li", { text });
    }
    if (words.source !== null) {
      contentEl.createEl("pre", {
        cls: "backlog-modal-source",
        text: words.source,
        attr: { tabindex: 0, role: "region", "aria-label": "The journal" },
      });
    }
    // What can be scrolled, the keyboard has to reach.
    if (contentEl.scrollHeight > contentEl.clientHeight) contentEl.setAttr("tabindex", 0);
    else contentEl.removeAttribute("tabindex");
    this.drawButtons();
  }

  private drawTasks(): void {
    const { tasks } = this.words;
    if (tasks.length === 0) return;
    const list = this.contentEl.createEl("ul", "backlog-modal-tasks");
    for (const { title, id, way } of tasks.slice(0, LISTED)) {
      const entry = list.createEl("li");
      entry.createDiv({ text: title || id, attr: { dir: "auto" } });
      entry.createDiv({ cls: "backlog-modal-facts", text: title === "" ? way : `${id} · ${way}` });
    }
    if (tasks.length > LISTED) list.createEl("li", { cls: "is-more", text: `… and ${tasks.length - LISTED} more` });
  }

  private drawButtons(): void {
    this.buttons.empty();
    for (const [at, { title, look, act }] of this.words.choices.entries()) {
      const button = this.buttons.createEl("button", { text: title });
      if (look !== "plain") button.addClass(`mod-${look}`);
      button.addEventListener("click", () => void this.follow(act));
      if (at === 0) button.focus();
    }
  }

  private async follow(act: RecoveryChoice["act"]): Promise<void> {
    if (this.modalEl.hasClass("is-busy")) return;
    this.modalEl.addClass("is-busy");
    this.modalEl.setAttr("aria-busy", "true");
    const next = await act();
    this.modalEl.removeClass("is-busy");
    this.modalEl.removeAttribute("aria-busy");
    if (next === null) this.close();
    else if (!this.isClosed) {
      this.words = next;
      this.draw();
    } else if (next.status !== "") refuse(next.status);
  }
}
