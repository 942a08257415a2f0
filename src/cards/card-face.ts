import { setTooltip } from "obsidian";
import type { BadgeKind } from "../core/badge";
import type { CardModel } from "./card-model";
import { makeElement, makeIcon } from "./elements";
import { BADGE_WORDS, capitalize, count } from "./words";

const BADGE_ICONS: Readonly<Record<BadgeKind, string>> = {
  ready: "circle-check",
  incomplete: "circle-dashed",
  valid: "check",
  invalid: "circle-x",
};
const STATUS_ICONS: ReadonlyMap<string, string> = new Map([
  ["todo", "circle"],
  ["in-progress", "circle-dot"],
  ["blocked", "ban"],
  ["done", "circle-check"],
]);

/** The words of a card's title where the task has none. */
const UNTITLED = "Untitled task";

/** The title: two lines of it while the card is closed, all of it where it is open. */
export function drawTitle(doc: Document, { title }: CardModel, id: string): HTMLElement {
  const untitled = title === "" ? " is-untitled" : "";
  return makeElement(doc, "div", { class: `backlog-card-title${untitled}`, id, dir: "auto" }, title || UNTITLED);
}

/** The three buttons of a card. */
export function drawButtons(doc: Document, { open }: CardModel, detailsId: string): HTMLElement {
  const details = drawIconButton(doc, "details", open ? "chevron-up" : "chevron-down", "Details");
  details.setAttribute("aria-expanded", String(open));
  details.setAttribute("aria-controls", detailsId);
  const edit = drawIconButton(doc, "edit", "pencil", "Edit source");
  const more = drawIconButton(doc, "more", "ellipsis", "More");
  more.setAttribute("aria-haspopup", "menu");
  return makeElement(doc, "div", { class: "backlog-card-buttons" }, details, edit, more);
}

/** A button that is an icon; its name is its tooltip. */
export function drawIconButton(doc: Document, control: string, icon: string, name: string): HTMLElement {
  const button = makeElement(doc, "button", {
    type: "button",
    class: "clickable-icon backlog-card-button",
    "data-control": control,
  });
  button.append(makeIcon(doc, icon));
  setTooltip(button, name);
  return button;
}

/**
 * Badge, warnings, priority, type, component, status and effort; what the task does not say is left out. Behind a badge with a
 * sentence the rest stays together: on its line, or on the next.
 */
export function drawFacts(doc: Document, model: CardModel): HTMLElement {
  const { priority, type, component, effort } = model;
  const traits = makeElement(
    doc,
    "span",
    { class: "backlog-card-traits" },
    drawWarnings(doc, model),
    priority === null ? null : drawPriority(doc, priority),
    type === null ? null : drawPill(doc, type),
    component === null ? null : drawPill(doc, component),
    drawStatus(doc, model),
    effort === null ? null : drawFact(doc, "timer", effort, "effort"),
  );
  return makeElement(doc, "div", { class: "backlog-card-facts" }, drawBadge(doc, model), traits);
}

/** Where it can be set, a button that opens a menu. */
function drawStatus(doc: Document, { status, editable }: CardModel): HTMLElement {
  const word = capitalize(status);
  if (!editable) return drawFact(doc, iconOf(status), word, "status");
  const attributes = {
    type: "button",
    class: "backlog-card-fact is-status backlog-card-status",
    "data-control": "status",
    "aria-haspopup": "menu",
  };
  const chevron = makeIcon(doc, "chevron-down");
  chevron.classList.add("is-chevron");
  const button = makeElement(doc, "button", attributes, makeIcon(doc, iconOf(status)), drawWord(doc, word), chevron);
  setTooltip(button, `Status: ${word}`);
  return button;
}

/** The icon of a status, known or not. */
export function iconOf(status: string): string {
  return STATUS_ICONS.get(status) ?? "circle-help";
}

/** A priority as a dot and its word. */
export function drawPriority(doc: Document, priority: string): HTMLElement {
  const dot = makeElement(doc, "span", { class: "backlog-card-dot", "aria-hidden": "true" });
  return makeElement(doc, "span", { class: "backlog-card-fact is-priority" }, dot, drawWord(doc, capitalize(priority)));
}

/** A type or component, as the app draws tags. */
export function drawPill(doc: Document, word: string): HTMLElement {
  return makeElement(doc, "span", { class: "backlog-card-pill", dir: "auto" }, word);
}

/** Progress of the criteria, and counts; null where a task has none of these. */
export function drawCounts(doc: Document, model: CardModel): HTMLElement | null {
  const { criteria, steps, documents, files } = model;
  if (criteria.total + steps + documents + files === 0) return null;
  return makeElement(
    doc,
    "div",
    { class: "backlog-card-counts" },
    criteria.total > 0 ? drawProgress(doc, criteria.done, criteria.total) : null,
    steps > 0 ? drawCount(doc, "list-ordered", steps, "step") : null,
    documents > 0 ? drawCount(doc, "file-text", documents, "document") : null,
    files > 0 ? drawCount(doc, "file-code", files, "file") : null,
  );
}

/** The id: a button that copies it; null where there is none. */
export function drawId(doc: Document, { id }: CardModel): HTMLElement | null {
  return id === null ? null : drawTextButton(doc, "id", id, "copy", `Copy ${id}`);
}

/** The tasks that this one depends on, each a button that leads to it; null where there are none. */
export function drawDependencies(doc: Document, { dependencies }: CardModel): HTMLElement | null {
  if (dependencies.length === 0) return null;
  const buttons = dependencies.map((id) => {
    const button = drawTextButton(doc, "task", id, "arrow-right", `Go to ${id}`);
    button.setAttribute("data-task", id);
    return button;
  });
  return makeElement(doc, "div", { class: "backlog-card-dependencies" }, drawWord(doc, "Depends on"), ...buttons);
}

/** What a card says of its task at a glance, with why. */
export function drawBadge(doc: Document, { badge: { kind, reason } }: CardModel): HTMLElement {
  // Back-ticks mark code in a sentence, and here is no room for that.
  const why = reason.replace(/`/g, "");
  const word = makeElement(doc, "strong", {}, why === "" ? BADGE_WORDS[kind] : `${BADGE_WORDS[kind]}:`);
  const attributes = {
    class: why === "" ? "backlog-card-badge" : "backlog-card-badge has-reason",
    "data-badge": kind,
    ...(why === "" ? {} : { title: why }),
  };
  const words = { class: "backlog-card-badge-words", dir: "auto" };
  return makeElement(
    doc,
    "span",
    attributes,
    makeIcon(doc, BADGE_ICONS[kind]),
    makeElement(doc, "span", words, word, why === "" ? null : ` ${why}`),
  );
}

/** How many warnings there are; null where there are none. */
export function drawWarnings(doc: Document, { badge: { warnings, findings } }: CardModel): HTMLElement | null {
  if (warnings === 0) return null;
  const drawn = drawCount(doc, "triangle-alert", warnings, "warning");
  const sentences = findings.filter(({ severity }) => severity === "warning").map(({ message }) => message);
  drawn.setAttribute("title", sentences.join("\n"));
  return drawn;
}

function drawFact(doc: Document, icon: string, words: string, name: string): HTMLElement {
  return makeElement(doc, "span", { class: `backlog-card-fact is-${name}` }, makeIcon(doc, icon), drawWord(doc, words));
}

/** A narrow card shows the number alone, and still says what is counted. */
function drawCount(doc: Document, icon: string, number: number, noun: string): HTMLElement {
  const [figure = "", ...nouns] = count(number, noun).split(" ");
  const words = makeElement(doc, "span", { class: "backlog-card-noun" }, ` ${nouns.join(" ")}`);
  const title = count(number, noun);
  return makeElement(
    doc,
    "span",
    { class: "backlog-card-fact", title },
    makeIcon(doc, icon),
    makeElement(doc, "span", { dir: "auto" }, figure, words),
  );
}

function drawWord(doc: Document, word: string): HTMLElement {
  return makeElement(doc, "span", { class: "backlog-card-word", dir: "auto" }, word);
}

function drawProgress(doc: Document, done: number, total: number): HTMLElement {
  const words = `${done} of ${total}`;
  const title = `${words} criteria met`;
  // Not by a label: the app shows labels as tooltips, and the title is one already.
  const bar = makeElement(doc, "progress", { max: String(total), value: String(done), title });
  return makeElement(doc, "span", { class: "backlog-card-fact is-criteria", title }, bar, drawWord(doc, words));
}

function drawTextButton(doc: Document, control: string, words: string, icon: string, name: string): HTMLElement {
  const attributes = { type: "button", class: "backlog-card-text-button", "data-control": control };
  const button = makeElement(doc, "button", attributes, makeElement(doc, "bdi", {}, words), makeIcon(doc, icon));
  setTooltip(button, name);
  return button;
}
