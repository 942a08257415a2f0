import type { HtmlKind } from "./html-blocks";

/** A block quote or a list item that is open. */
export interface Container {
  /** Code of `>`, of the bullet, or of the `.` or `)` behind the number. */
  readonly marker: number;
  /** Columns that a line must be indented by to stay in a list item; 0 for a block quote. */
  readonly size: number;
  /** Offset of its marker. */
  readonly from: number;
}

/** What the lines above left open, below the containers. `code` is indented code, blank lines behind it included. */
export type Leaf = "none" | "paragraph" | "code" | "fence" | "html" | "hidden" | "frontmatter";

/**
 * What the innermost list item holds so far, where that is its marker only: "bare" without, "padded" with blanks behind the
 * marker; "left" when a blank line followed, after which no text belongs to the item. Otherwise "no".
 */
export type EmptyItem = "no" | "bare" | "padded" | "left";

/**
 * All that a scan of the lines from one on needs to know of the lines before it. Immutable; `containers` is shared between
 * states as long as no container opens or closes.
 */
export interface ScanState {
  /** Outermost first. */
  readonly containers: readonly Container[];
  readonly leaf: Leaf;
  /** Start of the line that opened a masked leaf; -1 where the leaf is none. */
  readonly leafFrom: number;
  /** Code of a fence's character, or 0. */
  readonly fenceCode: number;
  /** Length of a fence, or 0. */
  readonly fenceSize: number;
  readonly htmlKind: HtmlKind;
  readonly emptyItem: EmptyItem;
  /** Inside frontmatter, or in a note whose first line opens frontmatter that nothing closes. */
  readonly frontmatter: boolean;
}

const NO_CONTAINERS: readonly Container[] = [];

/** The state before the first line of a note. */
export const START: ScanState = {
  containers: NO_CONTAINERS,
  leaf: "none",
  leafFrom: -1,
  fenceCode: 0,
  fenceSize: 0,
  htmlKind: 0,
  emptyItem: "no",
  frontmatter: false,
};

/**
 * Whether what was found in the lines before stands whatever the text from here on becomes. It does not in a paragraph or
 * behind a bare list marker (a task-list box needs text behind it, and no underline below), nor where the note opens with
 * frontmatter as far as its closing line.
 */
export function isSettled(state: ScanState): boolean {
  return state.leaf !== "paragraph" && state.emptyItem !== "bare" && !state.frontmatter;
}

/**
 * Whether scans from two states on find the same, given the same text: all is equal, and offsets inside `b` are those inside
 * `a` plus `shift` (UTF-16 code units). So a container or a masked block that opened before an edit which changes the length
 * keeps the states apart until it closes. The state before a note's first line counts only there: frontmatter and a
 * byte-order mark are at the start of a note or nowhere.
 */
export function equalStates(a: ScanState, b: ScanState, shift: number): boolean {
  return (
    a.leaf === b.leaf &&
    (a.leafFrom === -1 || a.leafFrom + shift === b.leafFrom) &&
    a.fenceCode === b.fenceCode &&
    a.fenceSize === b.fenceSize &&
    a.htmlKind === b.htmlKind &&
    a.emptyItem === b.emptyItem &&
    a.frontmatter === b.frontmatter &&
    equalContainers(a.containers, b.containers, shift)
  );
}

function equalContainers(a: readonly Container[], b: readonly Container[], shift: number): boolean {
  if (a === b && shift === 0) return true;
  if (a.length !== b.length) return false;
  return a.every((container, index) => {
    const other = b[index];
    return (
      other !== undefined &&
      container.marker === other.marker &&
      container.size === other.size &&
      container.from + shift === other.from
    );
  });
}
