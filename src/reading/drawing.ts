import { describeBand, equalBands, renderBand, renderGroupEnd, type BandModel } from "../cards/band";
import { renderCard } from "../cards/card";
import type { BandActions, CardActions } from "../cards/card-actions";
import { describeCard, equalCards, type CardModel } from "../cards/card-model";
import { describeRules, equalRules, renderRulesLine, type RulesModel } from "../cards/rules-line";
import { readBadge } from "../core/badge";
import type { NoteContext } from "../core/context";
import { freezeControls } from "./freeze";
import type { NoteRoles, Role } from "./roles";

/** What is drawn in place of a part, as a value: two of them are compared before the page is touched. */
export type Picture =
  | { readonly kind: "card"; readonly card: CardModel }
  | { readonly kind: "band"; readonly band: BandModel }
  | { readonly kind: "rules"; readonly rules: RulesModel }
  | { readonly kind: "group-end" }
  | { readonly kind: "nothing" };

/** What the controls of one drawn part do. */
export type PartActions = CardActions & BandActions;

/** What a part of a role is to show under a context; null where it stays as it was rendered. `isOpen` is asked for a task's details. */
export function describePart(
  role: Role,
  roles: NoteRoles,
  context: NoteContext,
  isOpen: (task: number) => boolean,
): Picture | null {
  switch (role.kind) {
    case "task": {
      const block = roles.blockOf(role.task);
      if (!block) return null;
      const badge = readBadge(block, roles.groupOf(role.task), context);
      // Nothing in an archive is ever rewritten (FORMAT.md §5, rule 11).
      const editable = context.kind !== "archive";
      return { kind: "card", card: describeCard(block, badge, isOpen(role.task), editable) };
    }
    case "group":
      return { kind: "band", band: describeGroup(role.group, roles, context) };
    case "rules":
      return context.kind === "backlog" ? { kind: "rules", rules: describeRules(context.rules) } : null;
    case "group-end":
      return { kind: "group-end" };
    case "hidden":
      return { kind: "nothing" };
    case "plain":
      return null;
  }
}

function describeGroup(index: number, roles: NoteRoles, context: NoteContext): BandModel {
  const group = roles.note.groups[index];
  if (!group) throw new RangeError(`No group ${index} of ${roles.note.groups.length}`);
  let ready = 0;
  for (const task of group.tasks) {
    const block = roles.blockOf(task);
    if (block && readBadge(block, group, context).promotable) ready++;
  }
  const { next } = context;
  const { type, priority, title } = group;
  const isNext =
    next?.index === index &&
    next.header.type === type &&
    next.header.priority === priority &&
    next.header.title === title;
  const counts = {
    tasks: group.tasks.length,
    ready,
    empty: roles.isEmpty(group),
    movedIds: roles.countMoved(index),
  };
  return describeBand({ type, priority, title }, counts, isNext);
}

/** Whether two pictures look the same. */
export function equalPictures(a: Picture, b: Picture): boolean {
  if (a.kind === "card") return b.kind === "card" && equalCards(a.card, b.card);
  if (a.kind === "band") return b.kind === "band" && equalBands(a.band, b.band);
  if (a.kind === "rules") return b.kind === "rules" && equalRules(a.rules, b.rules);
  return a.kind === b.kind;
}

/** A picture as an element; null for the one that shows nothing. What is only to be read has no controls but its links. */
export function renderPicture(
  picture: Picture,
  actions: PartActions,
  readOnly: boolean,
  doc: Document,
): HTMLElement | null {
  if (!readOnly) return renderWith(picture, actions, doc);
  const fixed = picture.kind === "card" ? { ...picture, card: { ...picture.card, editable: false } } : picture;
  const root = renderWith(fixed, actions, doc);
  if (root) freezeControls(root);
  return root;
}

function renderWith(picture: Picture, actions: PartActions, doc: Document): HTMLElement | null {
  switch (picture.kind) {
    case "card":
      return renderCard(picture.card, actions, doc);
    case "band":
      return renderBand(picture.band, actions, doc);
    case "rules":
      return renderRulesLine(picture.rules, actions, doc);
    case "group-end":
      return renderGroupEnd(doc);
    case "nothing":
      return null;
  }
}
