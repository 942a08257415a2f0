import { setTooltip } from "obsidian";
import type { Counts } from "../core/facts";
import { nameFolder } from "./names";

/** What the status bar says: of one backlog folder, or of all of them where `folder` is null. */
export interface StatusWords {
  readonly counts: Counts;
  /** Path in the vault, "" for the vault itself. */
  readonly folder: string | null;
}

/** The place in the status bar that counts tasks. Nothing is shown until there is something to count. */
export class StatusBar {
  constructor(readonly element: HTMLElement) {
    element.addClass("mod-clickable", "backlog-status");
    element.setAttrs({ role: "button", tabindex: 0, "aria-haspopup": "menu", dir: "auto" });
    element.hide();
  }

  /** Shows counts; null hides them. */
  show(words: StatusWords | null): void {
    this.element.toggle(words !== null);
    if (!words) return;
    this.element.setText(sayCounts(words.counts));
    setTooltip(this.element, explainCounts(words), { placement: "top" });
  }
}

/** "12 open, 3 incomplete". */
export function sayCounts({ open, incomplete }: Counts): string {
  return `${open} open, ${incomplete} incomplete`;
}

/** What the words mean, and what was counted. It begins with the counts: it is what a screen reader says instead of them. */
export function explainCounts({ counts, folder }: StatusWords): string {
  const where = folder === null ? "in all backlog folders of the vault" : `in ${nameFolder(folder)}`;
  return [
    `${sayCounts(counts)} ${where}.`,
    "Open: tasks of the backlog and the todo note that are not done.",
    "Incomplete: tasks of the backlog that lack a required field; they are not promoted.",
  ].join("\n");
}
