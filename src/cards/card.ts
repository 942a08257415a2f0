import type { CardActions } from "./card-actions";
import { drawDetails } from "./card-details";
import { drawButtons, drawCounts, drawDependencies, drawFacts, drawId, drawTitle } from "./card-face";
import type { CardModel } from "./card-model";
import { makeElement, patchElement } from "./elements";

interface Drawn {
  readonly number: number;
  model: CardModel;
  actions: CardActions;
  /** The control that was pressed last, and what the card showed of its block then. */
  pressed: { readonly control: HTMLElement; readonly text: string } | null;
  /** Boxes that were ticked or unticked, and of which is not known yet whether the note says so. */
  readonly pending: Map<number, boolean>;
}

/** What each card on a page shows; a card that is gone is forgotten. */
const drawnCards = new WeakMap<HTMLElement, Drawn>();
/** Ids of elements have to differ within a page, and one task may be drawn in several panes of it. */
let cardCount = 0;

/**
 * Draws a card: a labelled group, whose controls call `actions`. A card belongs to one place: draw another for the next.
 *
 * @param doc the document that the card is to stand in; a pop-out window has its own.
 */
export function renderCard(model: CardModel, actions: CardActions, doc: Document): HTMLElement {
  const drawn: Drawn = { number: ++cardCount, model, actions, pressed: null, pending: new Map() };
  const root = drawCard(doc, drawn);
  drawnCards.set(root, drawn);
  root.addEventListener("mousedown", keepFocus);
  root.addEventListener("mousedown", rememberPress);
  root.addEventListener("keydown", rememberPress);
  root.addEventListener("click", useControl);
  root.addEventListener("auxclick", useControl);
  return root;
}

/** Shows another model in a card of `renderCard`: the same node, and what has the focus keeps it. */
export function updateCard(root: HTMLElement, model: CardModel, actions: CardActions): void {
  const drawn = drawnCards.get(root);
  if (!drawn) throw new Error(`no card of ours: ${root.className}`);
  drawn.model = model;
  drawn.actions = actions;
  patchElement(root, drawCard(root.ownerDocument, drawn));
  for (const [criterion, ticked] of drawn.pending) showBox(root, criterion, ticked);
}

function drawCard(doc: Document, { number, model }: Drawn): HTMLElement {
  const titleId = `backlog-card-title-${number}`;
  const detailsId = `backlog-card-details-${number}`;
  return makeElement(
    doc,
    "div",
    {
      class: model.open ? "backlog-card is-open" : "backlog-card",
      role: "group",
      "aria-labelledby": titleId,
      "data-status": model.status,
      ...(model.priority === null ? {} : { "data-priority": model.priority }),
    },
    makeElement(
      doc,
      "div",
      { class: "backlog-card-frame" },
      drawTitle(doc, model, titleId),
      drawButtons(doc, model, detailsId),
      drawFacts(doc, model),
      drawCounts(doc, model),
      drawId(doc, model),
      drawDependencies(doc, model),
      drawDetails(doc, model, detailsId),
    ),
  );
}

/** The editor keeps its focus, and with it the selection, when a control is pressed. */
function keepFocus(event: MouseEvent): void {
  if (findControl(event)) event.preventDefault();
}

/** Until the click comes, the card may be drawn anew: for another text the click was not meant. */
function rememberPress(this: HTMLElement, event: MouseEvent | KeyboardEvent): void {
  const control = findControl(event);
  const drawn = drawnCards.get(this);
  if (control && drawn) drawn.pressed = { control, text: drawn.model.text };
}

/** A box is found from its label too, which is larger than the box. */
function findControl({ target }: Event): HTMLElement | null {
  const element = target as Element;
  const label = element.closest(".backlog-card-box");
  return label?.querySelector<HTMLElement>("[data-control]") ?? element.closest<HTMLElement>("[data-control]");
}

function useControl(this: HTMLElement, event: MouseEvent): void {
  const control = findControl(event);
  const drawn = drawnCards.get(this);
  if (!control || !drawn) return;
  const { control: name, task = "", target = "" } = control.dataset;
  // The second button opens links, and nothing else.
  if (event.button !== 0 && (event.button !== 1 || name !== "link")) return;
  // The app follows links of its own: once is enough.
  event.stopPropagation();
  if (name === "criterion") {
    // The click on its label is followed by one on the box.
    if (event.target === control) useBox(this, drawn, control as HTMLInputElement);
    return;
  }
  event.preventDefault();
  const { actions, model } = drawn;
  if (name === "details") actions.toggleDetails(this);
  else if (name === "edit") actions.editSource(this);
  else if (name === "more") actions.openMenu(this, event);
  else if (name === "status") actions.openStatus(this, event);
  else if (name === "id") actions.copyId(String(model.id));
  else if (name === "task") actions.goToTask(task);
  else actions.openLink(target, event);
}

/** Ticks what the browser has ticked already, and takes that back where the note does not take it. */
function useBox(root: HTMLElement, drawn: Drawn, box: HTMLInputElement): void {
  const { pressed, pending, actions, model } = drawn;
  const criterion = Number(box.dataset["criterion"]);
  const { checked: ticked } = box;
  drawn.pressed = null;
  const text = pressed?.control === box ? pressed.text : model.text;
  // Keys that take the change back go to what has the focus.
  const { activeElement, body } = root.ownerDocument;
  if (activeElement === null || activeElement === body) box.focus({ preventScroll: true });
  pending.set(criterion, ticked);
  const settle = (isDone: boolean) => {
    if (pending.get(criterion) !== ticked) return;
    pending.delete(criterion);
    if (!isDone) showBox(root, criterion, null);
  };
  const done = actions.tick(root, { criterion, ticked, text });
  if (typeof done === "boolean") settle(done);
  else void done.then(settle);
}

/** @param ticked null: as the card was drawn. */
function showBox(root: HTMLElement, criterion: number, ticked: boolean | null): void {
  const box = root.querySelector<HTMLInputElement>(`input[data-criterion="${criterion}"]`);
  if (box) box.checked = ticked ?? box.defaultChecked;
}
