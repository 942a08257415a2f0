import { Modal, Platform, type App } from "obsidian";
import { makeElement, patchElement } from "../cards/elements";
import { count } from "../cards/words";
import { expectFreshEnter } from "./fresh-enter";
import { drawPromotion } from "./promotion-face";
import type { PromotionModel } from "./promotion-model";
import type { WayOut } from "./promotion-ways";

/** What the preview of a promotion lets a person do. */
export interface PromotionActions {
  promote(): void;
  /** @param goal one line, as it is typed. */
  setGoal(goal: string): void;
  setArchiveDone(archiveDone: boolean): void;
  follow(way: WayOut): void;
  closed(): void;
}

/** Where Enter does what the control does. */
const CONTROLS = "button, summary, a, select";

/** The preview of a promotion: what would move, or why nothing does. Enter promotes, Escape leaves. */
export class PromotionModal extends Modal {
  private model: PromotionModel;
  private readonly footer: HTMLElement;
  private readonly unfolded = new Set<string>();
  /** As it is typed; kept here, since a refusal has no field for it. */
  private goal = "";
  private busy = false;

  constructor(
    app: App,
    model: PromotionModel,
    private readonly actions: PromotionActions,
  ) {
    super(app);
    this.model = model;
    this.modalEl.addClass("backlog-promotion");
    expectFreshEnter(this.modalEl);
    this.footer = this.modalEl.createDiv("backlog-promotion-footer");
    for (const root of [this.contentEl, this.footer]) root.addEventListener("click", (event) => this.click(event));
    this.contentEl.addEventListener("input", (event) => this.input(event));
    this.scope.register(null, "Enter", (event) => this.enter(event));
  }

  override onOpen(): void {
    this.draw(true);
    this.focusFirst();
  }

  override onClose(): void {
    this.actions.closed();
  }

  /** Shows something else; what has the focus keeps it, where it is still there. */
  show(model: PromotionModel): void {
    const anew = (model.refusal === null) !== (this.model.refusal === null) || model.refusal !== null;
    const refusedNow = model.refusal !== null && this.model.refusal === null;
    const { activeElement } = this.modalEl.doc;
    const inside = activeElement !== null && this.modalEl.contains(activeElement);
    const unticked = activeElement?.matches('[data-control="archive"]') === true;
    const kind = activeElement?.getAttribute("data-kind") ?? null;
    this.model = model;
    this.draw(anew);
    const lost =
      !this.modalEl.contains(this.modalEl.doc.activeElement) || this.modalEl.doc.activeElement === this.modalEl;
    if (!inside || !lost) return;
    // The key that was meant for the goal or to promote must not do what leads out of the refusal, nor leave it unread; the one
    // that unticked the box may undo that.
    if (refusedNow && !unticked) this.contentEl.querySelector<HTMLElement>(".backlog-promotion-sentence")?.focus();
    else this.focusFirst(kind);
  }

  /** While something is written, nothing else can be begun. */
  setBusy(busy: boolean): void {
    this.busy = busy;
    this.modalEl.setAttribute("aria-busy", String(busy));
    this.modalEl.toggleClass("is-busy", busy);
  }

  /** @param anew whether nothing that is drawn stands for the same thing as before. */
  private draw(anew: boolean): void {
    const { model, unfolded } = this;
    if (anew) for (const key of model.refusal?.unfolded ?? []) unfolded.add(key);
    const doc = this.modalEl.doc;
    this.drawTitle(doc);
    const body = drawPromotion(doc, model, unfolded);
    const former = this.contentEl.firstElementChild;
    if (former && !anew) patchElement(former, body);
    else this.contentEl.replaceChildren(body);
    const field = this.goalField();
    if (field && field.value !== this.goal) field.value = this.goal;
    const box = this.contentEl.querySelector<HTMLInputElement>('[data-control="archive"]');
    if (box) box.checked = model.archiveDone === true;
    this.drawFooter(doc, anew);
  }

  private drawTitle(doc: Document): void {
    const { chosen, folder } = this.model;
    const title = chosen ? "Promote from group" : "Promote next batch";
    const where =
      folder === "" ? null : makeElement(doc, "span", { class: "backlog-promotion-folder", dir: "auto" }, folder);
    const words = makeElement(doc, "span", {}, title, where && " ", where);
    if (!this.titleEl.firstElementChild?.isEqualNode(words)) this.titleEl.replaceChildren(words);
  }

  private drawFooter(doc: Document, anew: boolean): void {
    const { refusal, batch } = this.model;
    const promote = makeElement(
      doc,
      "button",
      { type: "button", class: "mod-cta", "data-control": "promote" },
      `Promote ${count(batch.length, "task")}`,
    );
    const leave = makeElement(doc, "button", { type: "button", "data-control": "leave" }, refusal ? "Close" : "Cancel");
    const keys = [makeElement(doc, "kbd", {}, "↵"), " promotes, ", makeElement(doc, "kbd", {}, "esc"), " leaves"];
    const hint = makeElement(
      doc,
      "span",
      { class: "backlog-promotion-hint" },
      makeElement(doc, "bdi", { dir: "ltr" }, ...keys),
    );
    const footer = makeElement(
      doc,
      "div",
      { class: this.footer.className },
      ...(refusal ? [] : [hint, promote]),
      leave,
    );
    if (anew) this.footer.replaceChildren(...footer.childNodes);
    else patchElement(this.footer, footer);
  }

  private goalField(): HTMLInputElement | null {
    return this.contentEl.querySelector<HTMLInputElement>('[data-control="goal"]');
  }

  /**
   * The goal is what is typed first; on a touch screen its keyboard would hide what is to be read.
   *
   * @param kind of the way out that had the focus: the next one of its kind comes before the others.
   */
  private focusFirst(kind: string | null = null): void {
    const find = (selector: string) => this.modalEl.querySelector<HTMLElement>(selector);
    const goal = Platform.isMobile ? null : this.goalField();
    const same = kind === null ? null : find(`[data-control="way"][data-kind="${kind}"]`);
    const button = same ?? find('[data-control="way"], [data-control="promote"]');
    (goal ?? button ?? this.footer.querySelector("button"))?.focus();
  }

  private enter(event: KeyboardEvent): false | undefined {
    if (event.isComposing) return undefined;
    const { activeElement } = this.modalEl.doc;
    // The key that chose the command may still be held.
    if (event.repeat) return false;
    if (activeElement?.matches(CONTROLS)) return undefined;
    if (!this.model.refusal && !this.busy) this.actions.promote();
    return false;
  }

  private click(event: MouseEvent): void {
    const target = event.target as Element;
    const summary = target.closest("summary");
    const key = summary?.getAttribute("data-fold") ?? null;
    if (key !== null) {
      event.preventDefault();
      if (!this.unfolded.delete(key)) this.unfolded.add(key);
      this.draw(false);
      return;
    }
    const control = target.closest("button");
    const tell = (name: string): string => control?.getAttribute(`data-${name}`) ?? "";
    const way = this.model.refusal?.ways[Number(tell("way"))];
    const { actions, busy } = this;
    switch (tell("control")) {
      case "leave":
        return this.close();
      case "open":
        return actions.follow({ kind: "open", path: tell("path"), line: Number(tell("line")), label: "" });
      case "promote":
        return busy ? undefined : actions.promote();
      case "way":
        return busy || !way ? undefined : actions.follow(way);
    }
  }

  private input(event: Event): void {
    const field = event.target as HTMLInputElement;
    if (field.getAttribute("data-control") === "goal") {
      this.goal = field.value;
      this.actions.setGoal(field.value);
    }
    if (field.getAttribute("data-control") === "archive") this.actions.setArchiveDone(field.checked);
  }
}
