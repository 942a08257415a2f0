import { Menu } from "obsidian";
import { iconOf } from "../cards/card-face";
import { capitalize } from "../cards/words";
import { readBadge } from "../core/badge";
import { readBlock } from "../core/block";
import type { Group, Note } from "../core/note";
import { statusOf, STATUSES } from "../core/promotable";
import type { Status, TaskBlock } from "../core/task";
import { archiveFinished } from "./archival";
import type { CardLinks } from "./card-links";
import type { Parts } from "./parts";
import { promoteFrom } from "./promotion";
import { rememberGroup } from "./promotion-plan";
import { returnToBacklog } from "./returning";

/** The task of a card whose menu is asked for, in its note as it stands. */
export interface MenuTask {
  /** Path of the note in the vault. */
  readonly path: string;
  readonly note: Note;
  readonly task: TaskBlock;
  readonly edit: () => void;
  readonly setStatus: (status: Status) => void;
}

/** Opens the menu of a card at an event: what can be done with its task. */
export function openCardMenu(parts: Parts, links: CardLinks, card: MenuTask, event: MouseEvent): void {
  const { id } = card.task;
  const menu = new Menu();
  addEntry(menu, "edit", "pencil", "Edit source", () => card.edit());
  if (id !== null) addEntry(menu, "edit", "copy", "Copy task ID", () => void links.copyId(id));
  if (parts.watch.contextOf(card.path).kind !== "archive") {
    menu.addItem((entry) => entry.setSection("status").setTitle("Status").setIsLabel(true));
    addStatuses(menu, card);
  }
  addMoves(menu, parts, card);
  parts.overlays.showMenu(menu, event, event.target as HTMLElement);
}

/** Opens the menu of the statuses at an event. */
export function openStatusMenu({ overlays }: Parts, card: MenuTask, event: MouseEvent): void {
  const menu = new Menu();
  addStatuses(menu, card);
  overlays.showMenu(menu, event, event.target as HTMLElement);
}

function addStatuses(menu: Menu, { task, setStatus }: MenuTask): void {
  const present = statusOf(task);
  for (const status of STATUSES) {
    menu.addItem((entry) =>
      entry
        .setSection("status")
        .setTitle(capitalize(status))
        .setIcon(iconOf(status))
        .setChecked(status === present)
        .onClick(() => setStatus(status)),
    );
  }
}

function addMoves(menu: Menu, parts: Parts, { path, note, task }: MenuTask): void {
  const place = parts.watch.placeOf(path);
  if (!place) return;
  const { folder, kind } = place;
  const { id, group } = task;
  if (kind === "todo" && id !== null) {
    addEntry(menu, "moves", "undo-2", "Return task to backlog", () => void returnToBacklog(parts, folder, id));
  }
  if (kind === "todo" && statusOf(task) === "done") {
    addEntry(menu, "moves", "archive", "Archive finished tasks", () => void archiveFinished(parts, folder));
  }
  const own = group === null ? undefined : note.groups[group];
  if (kind === "backlog" && own && holdsReady(parts, path, note, own)) {
    const promote = () => void promoteFrom(parts, folder, rememberGroup(note, own));
    addEntry(menu, "moves", "list-start", "Promote from this group…", promote);
  }
}

function holdsReady({ watch }: Parts, path: string, { text, tasks }: Note, group: Group): boolean {
  const context = watch.contextOf(path);
  return group.tasks.some((at) => {
    const task = tasks[at];
    const block = task && readBlock(text.slice(task.from, task.to));
    return block ? readBadge(block, group, context).promotable : false;
  });
}

function addEntry(menu: Menu, section: string, icon: string, title: string, act: () => void): void {
  menu.addItem((entry) => entry.setSection(section).setTitle(title).setIcon(icon).onClick(act));
}
