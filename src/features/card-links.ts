import { Keymap, parseLinktext, type TFile } from "obsidian";
import type { CardActions } from "../cards/card-actions";
import { parseNote, type Note } from "../core/note";
import { idKey } from "../core/promotable";
import { confirmDone, refuse, reportFailure } from "../ui/notices";
import { nameFolder } from "../ui/names";
import { folderOf, joinPath } from "../vault/folders";
import { readNoteText } from "../vault/note-texts";
import { showLine } from "./panes";
import type { Parts } from "./parts";

/** What cards do alike in the editor and in reading view. `path` is that of the note that they stand in. */
export class CardLinks {
  constructor(private readonly parts: Parts) {}

  /** The actions of the cards of a note. */
  actionsFor(path: string): Pick<CardActions, "copyId" | "goToTask" | "openLink"> {
    return {
      copyId: (id) => void this.copyId(id),
      goToTask: (id) => void this.goToTask(id, path),
      openLink: (target, event) => void this.openLink(target, event, path),
    };
  }

  /** Copies an id and says so. */
  async copyId(id: string): Promise<void> {
    try {
      await activeWindow.navigator.clipboard.writeText(id);
      confirmDone(`Copied ${id}.`);
    } catch (error) {
      reportFailure(`${id} could not be copied: the clipboard is not available.`, error);
    }
  }

  /** Goes to a task of the note's folder, wherever it stands: in the note itself, else in its companions, else beside them. */
  async goToTask(id: string, path: string): Promise<void> {
    try {
      const found = await this.findTask(id, path);
      if (found) await showLine(this.parts, found.path, found.line);
      else {
        const place = this.parts.watch.placeOf(path);
        const where = place ? `No note of ${nameFolder(place.folder)}` : path;
        refuse(
          `${where} ${place ? "holds" : "does not hold"} ${id}. Look for it by its title: its id may have changed.`,
        );
      }
    } catch (error) {
      reportFailure(`${id} could not be looked up.`, error);
    }
  }

  /** Opens what a card links to; a note that is not there is not created. */
  async openLink(target: string, event: MouseEvent | KeyboardEvent, path: string): Promise<void> {
    if (/^[a-z][a-z\d+.-]*:/i.test(target)) {
      activeWindow.open(target, "_blank");
      return;
    }
    const { path: name, subpath } = parseLinktext(target);
    const file = this.findFile(name, path);
    if (!file) {
      refuse(`The vault holds no file “${name}”.`);
      return;
    }
    try {
      await this.parts.app.workspace.openLinkText(file.path + subpath, path, Keymap.isModEvent(event));
    } catch (error) {
      reportFailure(`${file.path} could not be opened.`, error);
    }
  }

  private findFile(name: string, path: string): TFile | null {
    const { metadataCache, vault } = this.parts.app;
    const linked = metadataCache.getFirstLinkpathDest(name, path);
    if (linked || name === "") return linked ?? vault.getFileByPath(path);
    // A path in a task often counts from its backlog folder, or climbs out of it.
    const folder = this.parts.watch.placeOf(path)?.folder ?? folderOf(path);
    const reached = resolvePath(folder, name);
    return reached === null ? null : vault.getFileByPath(reached);
  }

  private async findTask(id: string, path: string): Promise<{ readonly path: string; readonly line: number } | null> {
    const { app, watch } = this.parts;
    const own = app.vault.getFileByPath(path);
    const text = own && (await readNoteText(app, own));
    const line = text === null ? null : findLine(parseNote(text), id);
    if (line !== null) return { path, line };
    const place = watch.placeOf(path);
    const facts = place && (await watch.factsOf(place.folder));
    for (const { path: name, note } of facts?.checked ?? []) {
      const there = note && findLine(note, id);
      if (there !== null) return { path: joinPath(String(place?.folder), name), line: there };
    }
    return null;
  }
}

function findLine(note: Note, id: string): number | null {
  return note.tasks.find((task) => task.id !== null && idKey(task.id) === idKey(id))?.line ?? null;
}

/** A path of the vault from one that counts from a folder; null where it leads out of the vault. */
function resolvePath(folder: string, name: string): string | null {
  const segments = folder === "" ? [] : folder.split("/");
  for (const segment of name.split("/")) {
    if (segment === "..") {
      if (segments.pop() === undefined) return null;
    } else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return segments.join("/");
}
