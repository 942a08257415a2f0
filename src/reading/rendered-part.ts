import { MarkdownRenderChild, type MarkdownPostProcessorContext } from "obsidian";
import { updateCard } from "../cards/card";
import { readHistoryKey } from "../cards/history-keys";
import { describePart, equalPictures, renderPicture, type PartActions, type Picture } from "./drawing";
import { readHeadingKind } from "./excerpt-roles";
import { PLAIN, type NoteRoles, type Role } from "./roles";
import type { DrawnBlock } from "./reading-host";
import type { RenderedNote } from "./rendered-note";

/** What stands around a note that is only read. */
const READ_ONLY = ".print, .hover-popover, .markdown-embed, .internal-embed";
const HEADINGS = "h1, h2, h3, h4, h5, h6";

/** Whether what is drawn in an element is only to be read: on paper, in an embed, in a hover preview. */
export function isReadOnly(element: Element): boolean {
  return element.closest(READ_ONLY) !== null;
}

/**
 * One rendered part of a note. It draws into its own element, and there only: the app recycles parts, so one may come to
 * stand for other lines, and its neighbours are not its own.
 */
export class RenderedPart extends MarkdownRenderChild {
  /** The text of the heading that it was rendered as; null for what is no heading. */
  readonly heading: string | null;
  private role: Role | null = null;
  private roles: NoteRoles | null = null;
  private shown: { readonly picture: Picture; readonly root: HTMLElement | null; readonly readOnly: boolean } | null =
    null;
  private original: readonly Node[] = [];

  constructor(
    element: HTMLElement,
    private readonly context: MarkdownPostProcessorContext,
    private readonly note: RenderedNote,
  ) {
    super(element);
    const heading = element.matches(HEADINGS) ? element : element.querySelector(`:scope > :is(${HEADINGS})`);
    this.heading = heading?.textContent.trim() ?? null;
  }

  override onload(): void {
    this.note.add(this);
  }

  override onunload(): void {
    this.note.remove(this);
  }

  /** The lines that it stands for now, read anew; false where the app does not say, or says it of other text. */
  refresh(): boolean {
    const place = this.context.getSectionInfo(this.containerEl);
    if (!place) return false;
    const roles = this.note.read(place.text);
    if (!this.isLine(roles.lineText(place.lineStart))) return false;
    this.show(roles.roleOf(place.lineStart, place.lineEnd), roles);
    return true;
  }

  /** Whether another element of the same note stands for something that is drawn. */
  hasRole(element: HTMLElement): boolean {
    const place = this.context.getSectionInfo(element);
    return place !== null && this.note.read(place.text).roleOf(place.lineStart, place.lineEnd).kind !== "plain";
  }

  /** Shows what a role asks for; a part whose role is another than in the text before tells its note. */
  show(role: Role, roles: NoteRoles): void {
    if (this.role && this.roles !== roles && this.role.kind !== role.kind) this.note.askForRerender(this.containerEl);
    this.role = role;
    this.roles = roles;
    try {
      this.draw(describePart(role, roles, this.note.context(), (task) => this.isOpen(task)));
    } catch (error) {
      console.error("Backlog Cards: this part of a note could not be drawn, its text is shown.", this.note.path, error);
      this.restore();
      this.note.giveUp(role, roles);
    }
  }

  /** Puts back what the app rendered. */
  restore(): void {
    if (!this.shown) return;
    this.containerEl.replaceChildren(...this.original);
    this.shown = null;
  }

  /** Other lines of the app's element stand where it was told that this one does: in an excerpt lines count anew. */
  private isLine(line: string): boolean {
    const written = readHeadingKind(/^ {0,3}#{1,6}[ \t]+(.*)$/.exec(line)?.[1] ?? "");
    const rendered = this.heading === null ? "other" : readHeadingKind(this.heading);
    return written === rendered;
  }

  private isOpen(task: number): boolean {
    return isReadOnly(this.containerEl) || this.note.isOpen(this.keyOf(task));
  }

  private draw(picture: Picture | null): void {
    const { shown, containerEl } = this;
    const readOnly = isReadOnly(containerEl);
    if (!picture) {
      this.restore();
      return;
    }
    if (shown && shown.readOnly === readOnly && equalPictures(shown.picture, picture)) return;
    if (shown?.root && picture.kind === "card" && shown.picture.kind === "card" && !readOnly && !shown.readOnly) {
      updateCard(shown.root, picture.card, this.actions);
      this.shown = { picture, root: shown.root, readOnly };
    } else {
      const root = renderPicture(picture, this.actions, readOnly, containerEl.doc);
      if (picture.kind === "card" && !readOnly) root?.addEventListener("keydown", (event) => this.takeBack(event));
      if (!shown) this.original = Array.from(containerEl.childNodes);
      containerEl.replaceChildren(...(root ? [root] : []));
      this.shown = { picture, root, readOnly };
    }
    if (shown) this.note.tellResized(containerEl);
  }

  /** Here is no editor that knows what was written. */
  private takeBack(event: KeyboardEvent): void {
    if (event.defaultPrevented || readHistoryKey(event) !== "undo") return;
    event.preventDefault();
    this.note.host.takeBack(this.note.path);
  }

  private keyOf(task: number): string {
    const block = this.roles?.blockOf(task);
    return block?.task.id ?? block?.text ?? "";
  }

  private readonly actions: PartActions = {
    copyId: (id) => this.note.actions().copyId(id),
    goToTask: (id) => this.note.actions().goToTask(id),
    openLink: (target, event) => this.note.actions().openLink(target, event),
    editSource: (root) => this.withBlock((block) => this.note.host.editSource(block, root)),
    openMenu: (root, event) => this.withBlock((block) => this.note.host.openMenu(block, root, event)),
    openStatus: (root, event) => this.withBlock((block) => this.note.host.openStatus(block, root, event)),
    promote: () => this.withBlock((block) => this.note.host.promote(block)),
    tick: (_root, box) => {
      const block = this.findBlock();
      return block !== null && this.note.host.tick(block, box);
    },
    toggleDetails: () => {
      const task = this.role?.kind === "task" ? this.role.task : -1;
      this.note.toggleDetails(this.keyOf(task));
      if (this.roles) this.show(this.role ?? PLAIN, this.roles);
    },
  };

  private withBlock(act: (block: DrawnBlock) => void): void {
    const block = this.findBlock();
    if (block) act(block);
  }

  /** What it stands for at the time of the click: the note may have changed since it was drawn. */
  private findBlock(): DrawnBlock | null {
    this.refresh();
    return this.role && this.roles && this.note.findBlock(this.role, this.roles);
  }
}
