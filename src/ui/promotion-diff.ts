import { makeElement } from "../cards/elements";
import { count } from "../cards/words";
import type { DiffLine, NoteDiff } from "./note-diff";

/** So many lines of one note are drawn. */
const MOST_LINES = 200;

/** Draws the lines of a diff; behind so many of them it says how many more there are. */
export function drawDiff(doc: Document, { hunks }: NoteDiff): HTMLElement {
  let room = MOST_LINES;
  const all = hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  const drawn = hunks.flatMap(({ line, lines }) => {
    const shown = lines.slice(0, room);
    room -= shown.length;
    if (shown.length === 0) return [];
    const place = makeElement(doc, "div", { class: "backlog-diff-place" }, `Line ${line}`);
    return [place, ...shown.map((one) => drawLine(doc, one))];
  });
  const rest = all - (MOST_LINES - room);
  const more =
    rest > 0 ? makeElement(doc, "div", { class: "backlog-diff-more" }, `… ${count(rest, "more line")}`) : null;
  return makeElement(doc, "div", { class: "backlog-diff" }, ...drawn, more);
}

/** How many lines come and go: "+48", "−47 +2"; "±5" where as many come as go. Spoken in words. */
export function drawDiffCounts(doc: Document, { added, removed }: NoteDiff): HTMLElement {
  const signs = makeElement(doc, "span", { class: "backlog-diff-signs", "aria-hidden": "true", dir: "ltr" });
  const sign = (kind: string, words: string) => makeElement(doc, "span", { class: `is-${kind}` }, words);
  if (added === removed) signs.append(sign("both", `±${added}`));
  else {
    if (removed > 0) signs.append(sign("removed", `−${removed}`), " ");
    if (added > 0) signs.append(sign("added", `+${added}`));
  }
  const spoken = [
    added > 0 ? `${count(added, "line")} added` : "",
    removed > 0 ? `${count(removed, "line")} removed` : "",
  ];
  const words = spoken.filter((part) => part !== "").join(", ");
  return makeElement(
    doc,
    "span",
    { class: "backlog-diff-counts" },
    signs,
    makeElement(doc, "span", { class: "backlog-promotion-spoken" }, words),
  );
}

function drawLine(doc: Document, { kind, text }: DiffLine): HTMLElement {
  const tag = kind === "added" ? "ins" : kind === "removed" ? "del" : "div";
  const sign = kind === "added" ? "+" : kind === "removed" ? "−" : "";
  return makeElement(
    doc,
    tag,
    { class: `backlog-diff-line is-${kind}` },
    makeElement(doc, "span", { class: "backlog-diff-sign", "aria-hidden": "true" }, sign),
    makeElement(doc, "span", { class: "backlog-diff-text", dir: "auto" }, text === "" ? "\u00a0" : text),
  );
}
