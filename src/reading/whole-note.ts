import { MarkdownRenderChild } from "obsidian";
import type { NoteContext } from "../core/context";
import { describePart, renderPicture, type PartActions } from "./drawing";
import { readHeadingKind, rolesInOrder } from "./excerpt-roles";
import type { NoteRoles } from "./roles";

const HEADINGS = "h1, h2, h3, h4, h5, h6";

/** Whether an element holds several markers: a whole note or excerpt, rendered in one call, not one part of it. */
export function holdsWholeNote(element: Element): boolean {
  return findMarkers(element).length > 1;
}

/** The markers in an element; those in a quote or a list are none, as in the note. */
function findMarkers(element: Element): readonly Element[] {
  return Array.from(element.querySelectorAll(HEADINGS)).filter(
    (heading) => readHeadingKind(heading.textContent) !== "other" && !heading.closest("blockquote, li, .callout"),
  );
}

interface Exchange {
  readonly root: HTMLElement | null;
  readonly removed: readonly Element[];
}

/** Cards in what was rendered in one call: on paper, in a hover preview. They are only to be read, and their details are open. */
export class WholeNote extends MarkdownRenderChild {
  private exchanges: readonly Exchange[] = [];

  /** Replaces the elements of each block by its card. What cannot be drawn stays as it was rendered. */
  draw(path: string, roles: NoteRoles, context: NoteContext, links: Pick<PartActions, "openLink">): void {
    const units = listUnits(this.containerEl);
    const found = rolesInOrder(units.map(readHeading), roles);
    const actions: PartActions = { ...NOTHING_TO_DO, ...links };
    const exchanges: { root: HTMLElement | null; removed: Element[] }[] = [];
    units.forEach((unit, at) => {
      const role = found[at];
      if (!role || role.kind === "plain") return;
      if (role.kind === "hidden") {
        exchanges.at(-1)?.removed.push(unit);
        return;
      }
      const root = tryDrawing(path, () => {
        const picture = describePart(role, roles, context, () => true);
        return picture && renderPicture(picture, actions, true, unit.ownerDocument);
      });
      exchanges.push({ root, removed: [unit] });
    });
    this.exchanges = exchanges.filter(({ root }) => root !== null);
    for (const { root, removed } of this.exchanges) {
      if (root) removed[0]?.before(root);
      for (const unit of removed) unit.remove();
    }
  }

  /** Puts back what the app rendered. */
  restore(): void {
    for (const { root, removed } of this.exchanges) root?.replaceWith(...removed);
    this.exchanges = [];
  }
}

/** The elements that stand for a note's blocks one by one: the markers, wrapped or not, and all beside them. */
function listUnits(element: Element): readonly Element[] {
  const [marker] = findMarkers(element);
  let parent = marker?.parentElement ?? element;
  // A wrapper holds one block; what holds the wrappers holds several markers.
  while (parent !== element && findMarkers(parent).length < 2 && parent.parentElement) parent = parent.parentElement;
  return Array.from(parent.children);
}

function readHeading(unit: Element): string | null {
  const heading = unit.matches(HEADINGS) ? unit : unit.querySelector(`:scope > :is(${HEADINGS})`);
  return heading?.textContent.trim() ?? null;
}

function tryDrawing(path: string, draw: () => HTMLElement | null): HTMLElement | null {
  try {
    return draw();
  } catch (error) {
    console.error("Backlog Cards: a task could not be drawn, its text is shown.", path, error);
    return null;
  }
}

const NOTHING_TO_DO: Omit<PartActions, "openLink"> = {
  copyId: doNothing,
  goToTask: doNothing,
  editSource: doNothing,
  toggleDetails: doNothing,
  openMenu: doNothing,
  openStatus: doNothing,
  promote: doNothing,
  tick: () => false,
};

function doNothing(): void {
  // The controls for it are taken out.
}
