import { makeElement, makeIcon } from "../cards/elements";
import { count } from "../cards/words";
import type { PassOverReason } from "../core/promotable";
import type { NoteDiff } from "./note-diff";
import { drawDiff, drawDiffCounts } from "./promotion-diff";
import type { HeldTasks, NamedGroup, NamedTask, PromotionModel } from "./promotion-model";

/** So many tasks or groups that are passed over are drawn, each. */
const MOST_LISTED = 100;

/** A part that is folded until it is asked for. */
export interface Fold {
  /** What it is known by while it is drawn anew. */
  readonly key: string;
  readonly name: string;
  /** Whose counts stand beside the name. */
  readonly diff?: NoteDiff;
  /** Words in grey beside the name. */
  readonly aside?: string;
  /** What is in it; called only while it is open. */
  readonly draw: () => HTMLElement;
}

/** The words of a reason, for a count in front. */
const REASONS: Readonly<Record<PassOverReason, string>> = {
  incomplete: "incomplete",
  "not-todo": "with another status",
  "other-type": "of another type",
  "over-limit": "over the limit",
  "duplicate-id": "with an id used twice",
  "known-elsewhere": "moved already",
  damaged: "damaged",
};

/** Draws what the batch is warned of, what the todo note holds, what is passed over, and what changes in each note. */
export function drawFolds(doc: Document, model: PromotionModel, unfolded: ReadonlySet<string>): HTMLElement {
  const { todo, notes } = model;
  const all = [foldWarnings(doc, model), todo && foldHeld(doc, todo), foldPassedOver(doc, model)];
  const folds = all.flatMap((fold) => fold ?? []);
  const changes = notes.map((diff): Fold => ({
    key: `note ${diff.path}`,
    name: diff.path,
    diff,
    draw: () => drawDiff(doc, diff),
  }));
  return makeElement(
    doc,
    "div",
    { class: "backlog-promotion-folds" },
    ...folds.map((fold) => drawFold(doc, fold, unfolded)),
    changes.length > 0 ? makeElement(doc, "h3", { class: "backlog-promotion-heading" }, "Where the text goes") : null,
    ...changes.map((fold) => drawFold(doc, fold, unfolded)),
  );
}

/** The key of the fold of what a fix changes in a note. */
export function nameFixFold({ path }: NoteDiff): string {
  return `fix ${path}`;
}

/** Draws one fold; what is in it only where it is open. */
export function drawFold(
  doc: Document,
  { key, name, diff, aside, draw }: Fold,
  unfolded: ReadonlySet<string>,
): HTMLElement {
  const isOpen = unfolded.has(key);
  const summary = makeElement(
    doc,
    "summary",
    // Said, because what keeps Tab inside a modal may not know of it otherwise.
    { "data-fold": key, tabindex: "0" },
    makeIcon(doc, "chevron-right"),
    makeElement(doc, "span", {}, isolate(doc, name)),
    diff?.created ? makeElement(doc, "span", { class: "backlog-promotion-new" }, "new") : null,
    aside === undefined ? null : makeElement(doc, "span", { class: "backlog-promotion-aside" }, isolate(doc, aside)),
    diff ? drawDiffCounts(doc, diff) : null,
  );
  const attributes = { class: "backlog-promotion-fold", ...(isOpen ? { open: "" } : {}) };
  return makeElement(doc, "details", attributes, summary, isOpen ? draw() : null);
}

/** Words of their own direction, in the place that the line around gives them. */
export function isolate(doc: Document, words: string): HTMLElement {
  return makeElement(doc, "bdi", {}, words);
}

/** A place in a note that a button opens. */
export interface PlaceInNote {
  readonly title: string;
  readonly id: string | null;
  /** Relative to the folder. */
  readonly path: string;
  /** 1-based. */
  readonly line: number;
}

/** Draws the button that opens a place. */
export function drawPlaceButton(doc: Document, { title, line, path }: Omit<PlaceInNote, "id">): HTMLElement {
  return makeElement(
    doc,
    "button",
    {
      type: "button",
      class: "backlog-promotion-open",
      "data-control": "open",
      "data-path": path,
      "data-line": String(line),
    },
    makeElement(doc, "span", {}, isolate(doc, title)),
    makeIcon(doc, "arrow-up-right"),
  );
}

/** Draws a place in a line of a list: a button that opens it, and what is said of it. */
export function drawPlace(doc: Document, place: PlaceInNote, words: string): HTMLElement {
  const { id } = place;
  const told = makeElement(
    doc,
    "span",
    { class: "backlog-promotion-told" },
    id === null ? null : isolate(doc, id),
    id === null || words === "" ? null : " · ",
    words === "" ? null : isolate(doc, words),
  );
  return makeElement(doc, "li", {}, drawPlaceButton(doc, place), told);
}

/** What stands in the tooltip of a card's warnings, for those who have no pointer. */
function foldWarnings(doc: Document, { backlog, batch }: PromotionModel): Fold | null {
  const warned = batch.flatMap((task) => {
    const warnings = task.card?.badge.findings.filter(({ severity }) => severity === "warning") ?? [];
    return warnings.length > 0 ? [{ task, warnings }] : [];
  });
  if (warned.length === 0) return null;
  const total = warned.reduce((sum, { warnings }) => sum + warnings.length, 0);
  return {
    key: "warnings",
    name: "Warnings",
    aside: `${total} in ${count(warned.length, "task")}`,
    draw: () =>
      makeElement(
        doc,
        "ul",
        { class: "backlog-promotion-list" },
        ...warned.map(({ task, warnings }) => {
          const sentences = new Set(warnings.map(({ message }) => message.replace(/`/g, "")));
          return drawPlace(doc, { ...task, path: backlog }, [...sentences].join(" "));
        }),
      ),
  };
}

function foldHeld(doc: Document, { path, exists, open, finished, limit }: HeldTasks): Fold | null {
  if (!exists || open.length + finished.length === 0) return null;
  const types = new Set(open.map(({ type }) => type));
  // A batch has one type, which is said only where this one has several.
  const tellType = ({ type }: NamedTask): string => (types.size > 1 ? (type ?? "no type") : "");
  const done = finished.length > 0 ? `, ${finished.length} finished` : "";
  return {
    key: "todo",
    name: `${path} holds ${open.length} open of ${limit}${done}`,
    draw: () =>
      makeElement(
        doc,
        "ul",
        { class: "backlog-promotion-list" },
        ...open.map((task) => drawPlace(doc, { ...task, path }, tellType(task))),
        ...finished.map((task) => drawPlace(doc, { ...task, path }, "done")),
      ),
  };
}

function foldPassedOver(doc: Document, { backlog, passedOver, groupsPassedOver }: PromotionModel): Fold | null {
  if (passedOver.length + groupsPassedOver.length === 0) return null;
  const reasons = Object.entries(REASONS).flatMap(([reason, words]) => {
    const number = passedOver.filter((task) => task.reason === reason).length;
    return number === 0 ? [] : [`${number} ${words}`];
  });
  const groups = groupsPassedOver.length > 0 ? [count(groupsPassedOver.length, "group")] : [];
  return {
    key: "passed-over",
    name: "Passed over",
    aside: [...reasons, ...groups].join(", "),
    draw: () => {
      const more = (number: number, noun: string) =>
        number > 0 ? makeElement(doc, "li", { class: "backlog-promotion-more" }, `… ${count(number, noun)}`) : null;
      return makeElement(
        doc,
        "ul",
        { class: "backlog-promotion-list" },
        ...passedOver.slice(0, MOST_LISTED).map((task) => drawPlace(doc, { ...task, path: backlog }, task.message)),
        more(passedOver.length - MOST_LISTED, "more task"),
        ...groupsPassedOver
          .slice(0, MOST_LISTED)
          .map((group) => drawPlace(doc, { ...group, id: null, path: backlog }, tellGroup(group))),
        more(groupsPassedOver.length - MOST_LISTED, "more group"),
      );
    },
  };
}

function tellGroup({ type, priority, message }: NamedGroup & { readonly message: string }): string {
  return `Group ${type ?? "?"}/${priority ?? "?"}: ${message}`;
}
