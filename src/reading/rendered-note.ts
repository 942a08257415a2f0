import type { NoteContext } from "../core/context";
import { findDrawnBlock } from "./drawn-block";
import { rolesInOrder } from "./excerpt-roles";
import type { DrawnBlock, ReadingHost } from "./reading-host";
import { findReadingView } from "./reading-views";
import { isReadOnly, type RenderedPart } from "./rendered-part";
import { NoteRoles, type Role } from "./roles";

/** How long the parts of a note are waited for before they are looked at together. */
const SOON = 20;
/** Longer than the app takes to render what an edit changed, shorter than a person waits. */
const RERENDER_AFTER = 100;

/** What outlives the parts of a note, which go whenever it is rendered anew. */
export interface NoteMemory {
  /** The details that a person opened or closed, by task. */
  readonly opened: Map<string, boolean>;
  /** The last text for which a view was rendered anew: once is enough. */
  rerenderedText: string | null;
}

/** The parts of one note in one reading view, embed or preview: what they share, and what one of them alone cannot do. */
export class RenderedNote {
  private readonly parts = new Set<RenderedPart>();
  /** Parts of which is not known yet what they stand for. */
  private readonly unplaced = new Set<RenderedPart>();
  /** Parts that came since the last look at them. */
  private readonly fresh = new Set<RenderedPart>();
  private roles: NoteRoles | null = null;
  /** The text of that look; null before the first. */
  private checkedText: string | null = null;
  private readonly timers = new Map<"check" | "rerender" | "resize", () => void>();

  constructor(
    readonly host: ReadingHost,
    readonly path: string,
    private readonly memory: NoteMemory,
    private readonly whenEmpty: () => void,
  ) {}

  add(part: RenderedPart): void {
    this.parts.add(part);
    this.fresh.add(part);
    if (!part.refresh()) this.unplaced.add(part);
    this.after("check", SOON, part.containerEl, () => this.check());
  }

  remove(part: RenderedPart): void {
    this.forget(part);
    if (this.parts.size > 0) return;
    this.stopTimers();
    this.whenEmpty();
  }

  /** Looks at every part again: what it stands for, and what is to be said of it. */
  refresh(): void {
    this.look([...this.parts]);
  }

  /** Puts back what the app rendered, and forgets all parts. */
  stop(): void {
    this.stopTimers();
    for (const part of this.parts) part.restore();
    for (const part of [...this.parts]) this.forget(part);
  }

  /** The roles of a text; of one text at a time they are kept. */
  read(text: string): NoteRoles {
    if (this.roles?.text !== text) this.roles = new NoteRoles(text);
    return this.roles;
  }

  /** What cannot be drawn is shown as it was rendered, all its parts. */
  giveUp(role: Role, roles: NoteRoles): void {
    roles.giveUp(role);
    this.refreshSoon();
  }

  context(): NoteContext {
    return this.host.contextOf(this.path);
  }

  actions(): ReturnType<ReadingHost["actionsFor"]> {
    return this.host.actionsFor(this.path);
  }

  isOpen(key: string): boolean {
    return this.memory.opened.get(key) ?? this.host.detailsOpen();
  }

  toggleDetails(key: string): void {
    this.memory.opened.set(key, !this.isOpen(key));
  }

  /** What a role stands for, as the host finds it again; null for what stands for nothing by itself. */
  findBlock(role: Role, roles: NoteRoles): DrawnBlock | null {
    return findDrawnBlock(this.path, role, roles);
  }

  /** Has the view of an element rendered anew, once for each text: parts that the app kept stand for something else now. */
  askForRerender(element: HTMLElement): void {
    const text = this.roles?.text ?? null;
    if (text === null || text === this.memory.rerenderedText) return;
    this.after("rerender", RERENDER_AFTER, element, () => {
      const view = findReadingView(this.host.app, this.connectedElement() ?? element);
      if (view?.file?.path !== this.path) return;
      this.memory.rerenderedText = text;
      view.previewMode.rerender(true);
    });
  }

  /** Tells the view of an element that something in it has another size. */
  tellResized(element: HTMLElement): void {
    this.after("resize", 0, element, () => {
      findReadingView(this.host.app, this.connectedElement() ?? element)?.onResize();
    });
  }

  private connectedElement(): HTMLElement | null {
    for (const { containerEl } of this.parts) if (containerEl.isConnected) return containerEl;
    return null;
  }

  private forget(part: RenderedPart): void {
    this.parts.delete(part);
    this.unplaced.delete(part);
    this.fresh.delete(part);
  }

  /** Looks at the parts that came. Where the text is another than before, those that the app kept may stand for other lines. */
  private check(): void {
    const isFirst = this.checkedText === null;
    const isSame = this.checkedText === (this.roles?.text ?? null);
    this.look(isSame ? [...new Set([...this.fresh, ...this.unplaced])] : [...this.parts]);
    if (isFirst) this.findUntold();
  }

  private look(parts: readonly RenderedPart[]): void {
    this.fresh.clear();
    for (const part of parts) {
      if (part.refresh()) this.unplaced.delete(part);
      else this.unplaced.add(part);
    }
    this.checkedText = this.roles?.text ?? null;
    this.placeInOrder();
  }

  /** Parts that were rendered while the note held no marker: the app kept them, and said nothing of them. */
  private findUntold(): void {
    const known = new Set<Element>(Array.from(this.parts, ({ containerEl }) => containerEl));
    for (const part of this.parts) {
      const neighbours = Array.from(part.containerEl.parentElement?.children ?? []);
      const untold = neighbours.filter((element) => !known.has(element));
      if (untold.some((element) => part.hasRole(element as HTMLElement))) this.askForRerender(part.containerEl);
      if (neighbours.length > 0) return;
    }
  }

  private refreshSoon(): void {
    this.checkedText = null;
    for (const { containerEl } of this.parts) {
      this.after("check", SOON, containerEl, () => this.check());
      return;
    }
  }

  /** Parts that the app does not place, in an embed or a preview: their order says what they are. */
  private placeInOrder(): void {
    const isAny = [...this.unplaced].some(isUnplacedHere);
    if (!isAny) return;
    const known = this.host.textOf(this.path);
    if (known !== null) {
      this.showInOrder(this.read(known));
      return;
    }
    void this.host.readText(this.path).then((text) => {
      if (text !== null) this.showInOrder(this.read(text));
    });
  }

  private showInOrder(roles: NoteRoles): void {
    const byParent = new Map<Element | null, RenderedPart[]>();
    for (const part of [...this.unplaced].filter(isUnplacedHere)) {
      const parent = part.containerEl.parentElement;
      byParent.set(parent, [...(byParent.get(parent) ?? []), part]);
    }
    for (const parts of byParent.values()) {
      parts.sort((a, b) => compareInDocument(a.containerEl, b.containerEl));
      const headings = parts.map(({ heading }) => heading);
      const found = rolesInOrder(headings, roles);
      parts.forEach((part, at) => part.show(found[at] as Role, roles));
    }
  }

  private after(name: "check" | "rerender" | "resize", delay: number, { win }: HTMLElement, run: () => void): void {
    this.timers.get(name)?.();
    const timer = win.setTimeout(() => {
      this.timers.delete(name);
      run();
    }, delay);
    this.timers.set(name, () => win.clearTimeout(timer));
  }

  private stopTimers(): void {
    for (const stop of this.timers.values()) stop();
    this.timers.clear();
  }
}

function isUnplacedHere({ containerEl }: RenderedPart): boolean {
  return containerEl.isConnected && isReadOnly(containerEl);
}

function compareInDocument(a: Node, b: Node): number {
  return a.compareDocumentPosition(b) & a.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}
