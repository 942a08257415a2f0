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
}

/** What the controls of a group's band and of the rules line do. */
export interface BandActions {
  editSource(root: HTMLElement): void;
}
