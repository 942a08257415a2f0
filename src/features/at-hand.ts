import type { MarkdownView } from "obsidian";
import { parseNote } from "../core/note";
import { taskAt } from "../editor/task-positions";
import { ChooseFolder } from "../ui/choose-folder";
import { joinPath, type NotePlace } from "../vault/folders";
import { refuse, reportFailure } from "../ui/notices";
import { findEditor, findPane } from "./panes";
import type { Parts } from "./parts";
import { findLineAtHand } from "./task-lines";

/** What a folder is chosen for. */
export interface FolderPurpose {
  /** In the empty field of the list, as "Archive the finished tasks of…". */
  readonly placeholder: string;
  /** Behind the Enter key in the line below the list, as "to archive there". */
  readonly purpose: string;
}

/** A task of the note at hand. */
export interface TaskAtHand {
  readonly pane: MarkdownView;
  /** Path of the note in the vault. */
  readonly path: string;
  /** The note in its backlog folder; null where it belongs to none. */
  readonly place: NotePlace | null;
  /** Null where the header has none. */
  readonly id: string | null;
  /** Of the begin marker, 1-based. */
  readonly line: number;
}

/** Under this name the device keeps the folder that was used last. */
const LAST = "backlog-cards-last-folder";

/** A command that is about one backlog folder. */
export interface FolderCommand extends FolderPurpose {
  readonly id: string;
  readonly name: string;
  readonly icon: string;
}

/** Adds a command that does something with a backlog folder, as `withFolder`; offered where the vault holds one. */
export function addFolderCommand(
  parts: Parts,
  { id, name, icon, ...purpose }: FolderCommand,
  act: (folder: string) => Promise<void>,
): void {
  parts.plugin.addCommand({
    id,
    name,
    icon,
    checkCallback: (checking) => {
      if (!hasFolders(parts)) return false;
      if (!checking) withFolder(parts, purpose, act);
      return true;
    },
  });
}

/** Whether the vault holds a backlog folder. */
export function hasFolders({ watch }: Parts): boolean {
  return watch.listFolders().length > 0;
}

/** The backlog folder of the note at hand; null where that belongs to none, or no note is at hand. */
export function findFolderAtHand({ app, watch }: Parts): string | null {
  const file = app.workspace.getActiveFile();
  return (file && watch.placeOf(file.path)?.folder) ?? null;
}

/**
 * Does something with the backlog folder of the note at hand; where that belongs to none, with the only one of the vault,
 * or with the one that is chosen from a list, the last used first. Where the vault holds none, a notice says so.
 */
function withFolder(parts: Parts, purpose: FolderPurpose, act: (folder: string) => void | Promise<void>): void {
  const { app, overlays, watch } = parts;
  const use = (folder: string): void => {
    rememberFolder(parts, folder);
    void Promise.resolve(act(folder)).catch((error: unknown) => {
      reportFailure("Something went wrong in Backlog Cards. The console says more.", error);
    });
  };
  const own = findFolderAtHand(parts);
  const folders = watch.listFolders();
  const [only] = folders;
  if (own !== null) use(own);
  else if (only === undefined) refuse("The vault holds no backlog. Start one with “Start a backlog in a folder”.");
  else if (folders.length === 1) use(only);
  else {
    const last: unknown = app.loadLocalStorage(LAST);
    const ordered = [...folders].sort((a, b) => Number(b === last) - Number(a === last));
    overlays.openModal(new ChooseFolder(app, { ...purpose, folders: ordered, choose: use }));
  }
}

/** Has a folder stand first in the lists from now on. */
export function rememberFolder({ app }: Parts, folder: string): void {
  app.saveLocalStorage(LAST, folder);
}

/** What a note of a folder is called: by its name where the note at hand is in that folder, else by its path. */
export function nameNote(parts: Parts, folder: string, note: string): string {
  return findFolderAtHand(parts) === folder ? note : joinPath(folder, note);
}

/**
 * The task at the cursor of the editor at hand; in reading view the one at the top of the pane, or that it was sent to.
 * Null where there is none.
 */
export function findTaskAtHand(parts: Parts): TaskAtHand | null {
  const pane = findPane(parts);
  const path = pane?.file?.path;
  if (!pane || path === undefined) return null;
  const found = findIn(parts, pane, path);
  return found && { pane, path, place: parts.watch.placeOf(path), ...found };
}

function findIn(parts: Parts, pane: MarkdownView, path: string): Pick<TaskAtHand, "id" | "line"> | null {
  const editor = findEditor(parts, pane);
  if (editor) {
    const { state } = editor;
    const found = taskAt(state, parts.watch.contextOf(path), state.selection.main.head);
    return found && { id: found.part.block?.task.id ?? null, line: state.doc.lineAt(found.from).number };
  }
  const text = pane.getViewData();
  if (!text.includes("task_begin")) return null;
  const lines = text.split(/\r\n|\n|\r/);
  let at = findLineAtHand(parts, pane);
  // What stands between two tasks is drawn above the second.
  while (/^\s*(?:---)?\s*$/.test(lines[at - 1] ?? "task")) at++;
  const { tasks } = parseNote(text);
  const task = tasks.filter(({ line }) => line <= at).at(-1);
  if (!task) return null;
  const last = task.line + text.slice(task.from, task.to).split(/\r\n|\n|\r/).length - 1;
  return at <= last ? { id: task.id, line: task.line } : null;
}
