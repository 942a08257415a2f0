import { mendDoubleEncoded } from "../core/double-encoding";
import type { GroupHeader } from "../core/context";
import type { BandActions } from "./card-actions";
import { drawIconButton, drawPill, drawPriority } from "./card-face";
import { makeElement, makeIcon } from "./elements";
import { actsAsBand } from "./source-button";
import { capitalize, count } from "./words";

/** All that the band of a group shows, as a value. */
export interface BandModel {
  /** As it was meant to be read; "" where the group has none. */
  readonly title: string;
  /** In lower case; null where it is not said. */
  readonly type: string | null;
  readonly priority: string | null;
  readonly tasks: number;
  /** How many of them are promotable. */
  readonly ready: number;
  /** Whether promotion would choose this group. */
  readonly next: boolean;
  /** Whether the group holds nothing but blanks, `---` and moved notes. */
  readonly empty: boolean;
  /** How many ids its moved notes name. */
  readonly moved: number;
}

/** Ids of elements have to differ within a page, and one group may be drawn in several panes of it. */
let bandCount = 0;

/** What a band counts in its group. */
export interface GroupCounts {
  readonly tasks: number;
  readonly ready: number;
  readonly empty: boolean;
  readonly movedIds: number;
}

/** The band of a group. */
export function describeBand(header: GroupHeader, counts: GroupCounts, next: boolean): BandModel {
  const { type, priority, title } = header;
  const { tasks, ready, empty, movedIds: moved } = counts;
  return { title: mendDoubleEncoded(title), type, priority, tasks, ready, next, empty, moved };
}

/** Whether two bands look the same. */
export function equalBands(a: BandModel, b: BandModel): boolean {
  return (
    a.title === b.title &&
    a.type === b.type &&
    a.priority === b.priority &&
    a.tasks === b.tasks &&
    a.ready === b.ready &&
    a.next === b.next &&
    a.empty === b.empty &&
    a.moved === b.moved
  );
}

/** Draws a group's band; an empty group's is one thin line. */
export function renderBand(model: BandModel, actions: BandActions, doc: Document): HTMLElement {
  const { title, type, priority, ready, next, empty } = model;
  const titleId = `backlog-band-title-${++bandCount}`;
  const name = title || capitalize(type ?? "") || "Untitled group";
  const attributes = {
    class: empty ? "backlog-band is-empty" : "backlog-band",
    role: "group",
    // By its title: the app shows labels as tooltips.
    "aria-labelledby": titleId,
    ...(priority === null ? {} : { "data-priority": priority }),
  };
  const kind = type === null || title === "" ? null : type;
  const titled = makeElement(doc, "span", { class: "backlog-band-title", id: titleId, dir: "auto" }, name);
  const words = makeElement(
    doc,
    "div",
    { class: "backlog-band-words" },
    ...(empty
      ? [makeElement(doc, "span", {}, titled, joinWords([kind, priority, describeCounts(model)]))]
      : [
          titled,
          next ? makeElement(doc, "span", { class: "backlog-band-next" }, makeIcon(doc, "arrow-right"), "next") : null,
          kind === null ? null : drawPill(doc, kind),
          priority === null ? null : drawPriority(doc, priority),
          makeElement(doc, "span", { class: "backlog-band-counts", dir: "auto" }, describeCounts(model)),
        ]),
  );
  const buttons = makeElement(
    doc,
    "div",
    { class: "backlog-band-buttons" },
    // Only in a backlog is a task ready.
    ready > 0 ? drawIconButton(doc, "promote", "list-start", "Promote from this group…") : null,
    drawIconButton(doc, "edit", "pencil", "Edit source"),
  );
  const frame = makeElement(doc, "div", { class: "backlog-band-frame" }, words, buttons);
  return actsAsBand(makeElement(doc, "div", attributes, frame), actions);
}

/** Draws what stands for a group's end: a hairline. */
export function renderGroupEnd(doc: Document): HTMLElement {
  return makeElement(doc, "div", { class: "backlog-band-end", "aria-hidden": "true" });
}

/** Each behind a dot that stays on the line of what is before it. */
function joinWords(words: readonly (string | null)[]): string {
  return words.map((word) => (word === null ? "" : `\u00a0· ${word}`)).join("");
}

function describeCounts({ tasks, ready, empty, moved }: BandModel): string {
  if (empty) return moved > 0 ? `empty, ${moved} moved` : "empty";
  return `${count(tasks, "task")}, ${ready} ready`;
}
