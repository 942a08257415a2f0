import { drawBadge, drawPill, drawPriority, drawWarnings } from "../cards/card-face";
import { makeElement, makeIcon } from "../cards/elements";
import { count } from "../cards/words";
import { drawDiff } from "./promotion-diff";
import { drawFold, drawFolds, drawPlace, drawPlaceButton, isolate, nameFixFold, type Fold } from "./promotion-folds";
import type { BatchTask, NamedGroup, PreviewStatus, PromotionModel, RefusedPromotion } from "./promotion-model";

/** So many tasks of a batch are drawn. */
const MOST_TASKS = 50;

/** Draws what the preview of a promotion shows, but for its buttons. `unfolded` names the folds that are open. */
export function drawPromotion(doc: Document, model: PromotionModel, unfolded: ReadonlySet<string>): HTMLElement {
  const { refusal, group, status } = model;
  return makeElement(
    doc,
    "div",
    { class: "backlog-promotion-body" },
    ...drawStatus(doc, status),
    group && drawGroup(doc, group, count(group.tasks, "task")),
    ...(refusal ? [drawRefusal(doc, refusal, unfolded)] : drawBatch(doc, model)),
    drawArchiveFirst(doc, model),
    drawWarningList(doc, model.warnings),
    drawFolds(doc, model, unfolded),
  );
}

/** Both are there before they have words: what is put into one then is read aloud. */
function drawStatus(doc: Document, { words, tone }: PreviewStatus): readonly HTMLElement[] {
  const told = tone === "told" && words !== "" ? [isolate(doc, words)] : [];
  const failed =
    tone === "failed" && words !== ""
      ? [makeIcon(doc, "circle-alert"), makeElement(doc, "span", {}, isolate(doc, words))]
      : [];
  return [
    makeElement(doc, "p", { class: "backlog-promotion-status", role: "status" }, ...told),
    makeElement(doc, "p", { class: "backlog-promotion-failure", role: "alert" }, ...failed),
  ];
}

/** A group as its band in the note. */
function drawGroup(doc: Document, { title, type, priority }: NamedGroup, counts: string): HTMLElement {
  const words = makeElement(
    doc,
    "div",
    { class: "backlog-band-words" },
    makeElement(doc, "span", { class: "backlog-band-title", dir: "auto" }, title),
    type === null ? null : drawPill(doc, type),
    priority === null ? null : drawPriority(doc, priority),
    makeElement(doc, "span", { class: "backlog-band-counts" }, isolate(doc, counts)),
  );
  const frame = makeElement(doc, "div", { class: "backlog-band-frame" }, words);
  const attributes = { class: "backlog-band", ...(priority === null ? {} : { "data-priority": priority }) };
  return makeElement(doc, "div", attributes, frame);
}

function drawBatch(doc: Document, model: PromotionModel): readonly (HTMLElement | null)[] {
  const { backlog, batch, why, rules, goal, todo } = model;
  const more = batch.length - MOST_TASKS;
  return [
    makeElement(
      doc,
      "div",
      { class: "backlog-promotion-why" },
      makeElement(doc, "p", { class: "backlog-promotion-reason" }, isolate(doc, why)),
      makeElement(doc, "p", { class: "backlog-promotion-rules" }, ...rules.map((rule) => isolate(doc, rule))),
    ),
    makeElement(
      doc,
      "label",
      { class: "backlog-promotion-goal" },
      makeElement(doc, "span", { class: "backlog-promotion-label" }, "Batch goal"),
      makeElement(doc, "input", {
        type: "text",
        class: "backlog-promotion-input",
        "data-control": "goal",
        placeholder: goal,
        autocomplete: "off",
        dir: "auto",
      }),
    ),
    makeElement(
      doc,
      "h3",
      { class: "backlog-promotion-heading" },
      isolate(doc, `${count(batch.length, "task")} to ${todo?.path ?? ""}`),
    ),
    makeElement(
      doc,
      "ul",
      { class: "backlog-promotion-batch" },
      ...batch.slice(0, MOST_TASKS).map((task) => drawBatchTask(doc, task, backlog)),
      more > 0 ? makeElement(doc, "li", { class: "backlog-promotion-more" }, `… ${count(more, "more task")}`) : null,
    ),
  ];
}

function drawBatchTask(doc: Document, task: BatchTask, path: string): HTMLElement {
  const { id, card } = task;
  const effort = card?.effort ?? null;
  return makeElement(
    doc,
    "li",
    { class: "backlog-promotion-task" },
    makeElement(doc, "span", { class: "backlog-promotion-title" }, drawPlaceButton(doc, { ...task, path })),
    makeElement(
      doc,
      "span",
      { class: "backlog-promotion-badges" },
      card && drawBadge(doc, card),
      card && drawWarnings(doc, card),
    ),
    makeElement(
      doc,
      "span",
      { class: "backlog-promotion-facts" },
      makeElement(doc, "span", {}, isolate(doc, id ?? "")),
      effort === null ? null : makeElement(doc, "span", {}, isolate(doc, effort)),
    ),
  );
}

function drawRefusal(doc: Document, refusal: RefusedPromotion, unfolded: ReadonlySet<string>): HTMLElement {
  const { sentence, ways, findings, fix } = refusal;
  const buttons = ways.map(({ kind, label }, at) => {
    const attributes = { type: "button", "data-control": "way", "data-way": String(at), "data-kind": kind };
    return makeElement(
      doc,
      "button",
      { ...attributes, ...(at === 0 ? { class: "mod-cta" } : {}) },
      isolate(doc, label),
    );
  });
  const places = findings.map(({ path, line, message }) =>
    drawPlace(doc, { path, line, title: message, id: null }, `${path}, line ${line}`),
  );
  const fixes = fix.map((diff): Fold => {
    return {
      key: nameFixFold(diff),
      name: `What the fix changes in ${diff.path}`,
      diff,
      draw: () => drawDiff(doc, diff),
    };
  });
  return makeElement(
    doc,
    "div",
    { class: "backlog-promotion-refusal" },
    makeElement(
      doc,
      "p",
      { class: "backlog-promotion-sentence", role: "alert", tabindex: "-1" },
      makeIcon(doc, "circle-alert"),
      makeElement(doc, "span", {}, isolate(doc, sentence)),
    ),
    places.length > 0 ? makeElement(doc, "ul", { class: "backlog-promotion-list" }, ...places) : null,
    ...fixes.map((fold) => drawFold(doc, fold, unfolded)),
    buttons.length > 0 ? makeElement(doc, "div", { class: "backlog-promotion-ways" }, ...buttons) : null,
  );
}

/** The box says what a button says where that is what leads out of a refusal. */
function drawArchiveFirst(doc: Document, { archiveDone, todo, refusal }: PromotionModel): HTMLElement | null {
  // Under a refusal, to take the tick away may lead out; to set it does not, where no button says so.
  if (archiveDone === null || !todo || (refusal && !archiveDone)) return null;
  const number = todo.finished.length;
  const words = `Archive the ${number === 1 ? "finished task" : `${number} finished tasks`} of ${todo.path} first`;
  return makeElement(
    doc,
    "label",
    { class: "backlog-promotion-archive" },
    makeElement(doc, "input", { type: "checkbox", "data-control": "archive" }),
    makeElement(doc, "span", {}, isolate(doc, words)),
  );
}

function drawWarningList(doc: Document, warnings: readonly string[]): HTMLElement | null {
  if (warnings.length === 0) return null;
  const drawn = warnings.map((warning) =>
    makeElement(doc, "li", {}, makeIcon(doc, "triangle-alert"), makeElement(doc, "span", {}, isolate(doc, warning))),
  );
  return makeElement(doc, "ul", { class: "backlog-promotion-warnings" }, ...drawn);
}
