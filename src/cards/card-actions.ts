/** A box as a person ticked it, or unticked it. */
export interface TickedBox {
  /** 1-based, over the criteria in the order of the block. */
  readonly criterion: number;
  readonly ticked: boolean;
  /** The block as the card showed it when the box was pressed. */
  readonly text: string;
}

/**
 * What the controls of a card do. Editor and reading view each have their own; where one needs the block that a card
 * shows, it finds it from the card's root at the time of the click.
 */
export interface CardActions {
  copyId(id: string): void;
  goToTask(id: string): void;
  /**
   * @param target an address with a scheme (`http`, `https`, `mailto` or `obsidian`), else the path or the name of a note,
   *   perhaps with `#heading`, as the task names it.
   */
  openLink(target: string, event: MouseEvent | KeyboardEvent): void;
  editSource(root: HTMLElement): void;
  toggleDetails(root: HTMLElement): void;
  openMenu(root: HTMLElement, event: MouseEvent): void;
  /** Opens the menu of the statuses. */
  openStatus(root: HTMLElement, event: MouseEvent): void;
  /** Whether the note says so now; where it does not, the box goes back. Never rejects. */
  tick(root: HTMLElement, box: TickedBox): boolean | Promise<boolean>;
}

/** What the one control of the rules line does. */
export interface SourceActions {
  editSource(root: HTMLElement): void;
}

/** What the controls of a group's band do. */
export interface BandActions extends SourceActions {
  promote(root: HTMLElement): void;
}
