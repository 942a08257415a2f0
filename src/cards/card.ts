import type { CardActions } from "./card-actions";
import { drawDetails } from "./card-details";
import { drawButtons, drawCounts, drawDependencies, drawFacts, drawId, drawTitle } from "./card-face";
import type { CardModel } from "./card-model";
import { makeElement, patchElement } from "./elements";

interface Drawn {
  readonly number: number;
  model: CardModel;
  actions: CardActions;
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
  const drawn: Drawn = { number: ++cardCount, model, actions };
  const root = drawCard(doc, drawn);
  drawnCards.set(root, drawn);
  root.addEventListener("mousedown", keepFocus);
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

function findControl(event: MouseEvent): HTMLElement | null {
  return (event.target as Element).closest<HTMLElement>("[data-control]");
}

function useControl(this: HTMLElement, event: MouseEvent): void {
  const control = findControl(event);
  const drawn = drawnCards.get(this);
  if (!control || !drawn) return;
  const { control: name, task = "", target = "" } = control.dataset;
  // The second button opens links, and nothing else.
  if (event.button !== 0 && (event.button !== 1 || name !== "link")) return;
  // The app follows links of its own: once is enough.
  event.preventDefault();
  event.stopPropagation();
  const { actions, model } = drawn;
  if (name === "details") actions.toggleDetails(this);
  else if (name === "edit") actions.editSource(this);
  else if (name === "more") actions.openMenu(this, event);
  else if (name === "id") actions.copyId(String(model.id));
  else if (name === "task") actions.goToTask(task);
  else actions.openLink(target, event);
}
