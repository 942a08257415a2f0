import type { RulesInForce, RuleSource } from "../core/rules";
import type { SourceActions } from "./card-actions";
import { makeElement, makeIcon } from "./elements";
import { opensSource } from "./source-button";
import { count } from "./words";

/** All that the line in place of a rules comment shows. */
export interface RulesModel {
  /** "5 a batch · 3 steps, plan, effort (default)": the rules in force, and where the comment does not decide one, what does. */
  readonly text: string;
}

const SHORT_NAMES: ReadonlyMap<string, string> = new Map([
  ["estimated effort", "effort"],
  ["relevant documentation", "documentation"],
]);

/** The line for the rules in force in a note's folder. */
export function describeRules({ limit, minimumSteps, required, order, movedNote }: RulesInForce): RulesModel {
  const names = required.value.map((label) => SHORT_NAMES.get(label) ?? label);
  const rules: readonly (readonly [RuleSource, string])[] = [
    [limit.source, `${limit.value} a batch`],
    [minimumSteps.source, count(minimumSteps.value, "step")],
    [required.source, names.length > 0 ? names.join(", ") : "no required fields"],
    ...(order.value === "priority" ? [[order.source, "groups by priority"] as const] : []),
    ...(movedNote.value ? [] : [[movedNote.source, "no moved notes"] as const]),
  ];
  let text = "";
  rules.forEach(([source, words], at) => {
    const [next] = rules[at + 1] ?? [];
    const by = source === "rules comment" ? "" : ` (${source})`;
    text += words + (next === source ? ", " : next === undefined ? by : `${by} · `);
  });
  return { text };
}

/** Whether two lines look the same. */
export function equalRules(a: RulesModel, b: RulesModel): boolean {
  return a.text === b.text;
}

/** Draws the line: a button that opens the comment. */
export function renderRulesLine(model: RulesModel, actions: SourceActions, doc: Document): HTMLElement {
  const words = makeElement(
    doc,
    "span",
    { class: "backlog-rules-text", dir: "auto" },
    makeElement(doc, "strong", {}, "Rules: "),
    model.text,
  );
  const attributes = {
    type: "button",
    class: "backlog-rules-button",
    "data-control": "edit",
    title: `Edit source: ${model.text}`,
  };
  const button = makeElement(doc, "button", attributes, makeIcon(doc, "scroll-text"), words, makeIcon(doc, "pencil"));
  return opensSource(makeElement(doc, "div", { class: "backlog-rules" }, button), actions);
}
