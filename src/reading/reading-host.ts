import type { App } from "obsidian";
import type { CardActions, TickedBox } from "../cards/card-actions";
import type { NoteContext } from "../core/context";
import type { ShownTask } from "../core/shown-task";

/** Where a drawn block stands, for finding it again when a control is used: by its exact text, never by line. */
export interface DrawnBlock extends ShownTask {
  /** Path of the note in the vault. */
  readonly path: string;
  /** Null where the block has no id, and for what is no task: a group's marker, the rules comment. */
  readonly id: string | null;
}

/** What reading view asks of the plugin. Nothing in it may throw for a path that is unknown or of no backlog folder. */
export interface ReadingHost {
  /** Finds the view that an element stands in. */
  readonly app: App;
  /** Whether cards in reading view are on. */
  enabled(): boolean;
  /** Whether a card's details are open until a person closes them. */
  detailsOpen(): boolean;
  /** What is known of the note now; of an unknown note the bare context. */
  contextOf(path: string): NoteContext;
  /** The note's text where it is known without reading: of an editor, or as last read. Null where it is not. */
  textOf(path: string): string | null;
  /** The note's text as it stands, of an editor that has it open or from the disk; null where there is no such note. */
  readText(path: string): Promise<string | null>;
  /** What a card's controls do that needs no block; links are relative to `path`. */
  actionsFor(path: string): Pick<CardActions, "copyId" | "goToTask" | "openLink">;
  /** Shows the block's source in an editor: switches the view that holds `root`, else opens the note. */
  editSource(block: DrawnBlock, root: HTMLElement): void;
  /** Opens a card's menu at the event. */
  openMenu(block: DrawnBlock, root: HTMLElement, event: MouseEvent): void;
  /** Opens the menu of the statuses at the event. */
  openStatus(block: DrawnBlock, root: HTMLElement, event: MouseEvent): void;
  /** Writes a ticked box into the note; false where it is not written, and then a notice says why. */
  tick(block: DrawnBlock, box: TickedBox): Promise<boolean>;
  /** Takes back what was written last of a task of the note from reading view; nothing happens where nothing was. */
  takeBack(path: string): void;
  /** Promotes from the group that a band stands for. */
  promote(block: DrawnBlock): void;
  /**
   * Calls back after anything changed that cards say beyond their own text: facts of a folder, settings, or a note's
   * text (`path` is that note; null: any). Returns what ends it.
   */
  onRefresh(callback: (path: string | null) => void): () => void;
}
