import type { Finding, Severity } from "../core/finding";
import type { CardModel } from "./card-model";
import { drawContent } from "./draw-content";
import { makeElement, makeIcon } from "./elements";
import { listFields, type ShownField } from "./shown-fields";

const SEVERITIES: Readonly<Record<Severity, { readonly icon: string; readonly word: string }>> = {
  error: { icon: "circle-x", word: "Error" },
  incomplete: { icon: "circle-dashed", word: "Incomplete" },
  warning: { icon: "triangle-alert", word: "Warning" },
};

const NO_BOXES: ReadonlyMap<number, number> = new Map();

/** The details of a card: what is wrong with the task, then each of its fields. Hidden and empty while the card is closed. */
export function drawDetails(doc: Document, model: CardModel, id: string): HTMLElement {
  const details = makeElement(doc, "div", { class: "backlog-card-details", id });
  if (!model.open) {
    details.hidden = true;
    return details;
  }
  const { findings } = model.badge;
  if (findings.length > 0) {
    const times = new Map<string, number>();
    for (const { message } of findings) times.set(message, (times.get(message) ?? 0) + 1);
    const once = findings.filter(({ message }, at) => findings.findIndex((other) => other.message === message) === at);
    const lines = once.map((finding) => drawFinding(doc, finding, times.get(finding.message) ?? 1));
    details.append(makeElement(doc, "ul", { class: "backlog-card-findings" }, ...lines));
  }
  const fields = listFields(model.block).map((field) => drawField(doc, field, model.editable));
  if (fields.length > 0) details.append(makeElement(doc, "div", { class: "backlog-card-fields" }, ...fields));
  if (findings.length + fields.length === 0) {
    details.append(makeElement(doc, "p", { class: "backlog-card-nothing" }, "This task says nothing more."));
  }
  return details;
}

/** @param times how often the same is found. */
function drawFinding(doc: Document, { severity, message }: Finding, times: number): HTMLElement {
  const { icon, word } = SEVERITIES[severity];
  const sentence = drawSentence(doc, message);
  const lead = makeElement(doc, "strong", {}, `${word}: `);
  const text = makeElement(doc, "span", { dir: "auto" }, lead, ...sentence, times > 1 ? ` (${times} times)` : null);
  return makeElement(doc, "li", { "data-severity": severity }, makeIcon(doc, icon), text);
}

/** A sentence of ours: what it back-ticks is code. */
function drawSentence(doc: Document, sentence: string): (Node | string)[] {
  return sentence.split("`").map((part, at) => (at % 2 === 1 ? makeElement(doc, "code", {}, part) : part));
}

function drawField(doc: Document, { name, content, paths, boxes }: ShownField, editable: boolean): HTMLElement {
  const label = name === null ? null : makeElement(doc, "div", { class: "backlog-card-label" }, name);
  const drawn = makeElement(
    doc,
    "div",
    { class: "backlog-card-content", dir: "auto" },
    ...drawContent(doc, content, { paths, boxes: editable ? boxes : NO_BOXES }),
  );
  return makeElement(
    doc,
    "div",
    { class: name === null ? "backlog-card-field is-unlabelled" : "backlog-card-field" },
    label,
    drawn,
  );
}
