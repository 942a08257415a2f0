import type { TFile } from "obsidian";
import type { ParsedNote } from "../core/check";
import { parseNote, type Note } from "../core/note";
import type { FolderNote } from "./folder-notes";
import { nextTask } from "./next-task";
import { readNoteText } from "./note-texts";
import type { VaultApp } from "./vault-app";

/** The notes of a folder as they were read. */
export interface ReadNotes {
  readonly notes: readonly ParsedNote[];
  /** Paths of the notes that the disk refused, relative to the folder. */
  readonly unread: readonly string[];
}

/** Reads the notes of one folder and remembers them, so that a note is parsed again only when its text is another. */
export class ParsedNotes {
  private readonly remembered = new Map<string, Note>();

  constructor(private readonly app: VaultApp) {}

  /** Whether the note was among those read. */
  holds(path: string): boolean {
    return this.remembered.has(path);
  }

  /**
   * Reads the notes one after the other, the app getting its turn after each that had to be parsed. Null where `isCurrent`
   * said no meanwhile: what was read is no longer wanted.
   */
  async read(listed: readonly FolderNote[], isCurrent: () => boolean): Promise<ReadNotes | null> {
    const notes: ParsedNote[] = [];
    const unread: string[] = [];
    for (const { path, kind, file } of listed) {
      const read = await this.readText(file);
      if (!isCurrent()) return null;
      if (read === "unread") unread.push(path);
      else if (read.text === null) notes.push({ path, kind, note: null });
      else {
        const before = this.remembered.get(path);
        const note = before?.text === read.text ? before : parseNote(read.text);
        this.remembered.set(path, note);
        notes.push({ path, kind, note });
        if (note !== before) await nextTask();
        if (!isCurrent()) return null;
      }
    }
    const held = new Set(notes.map(({ path }) => path));
    for (const path of this.remembered.keys()) if (!held.has(path)) this.remembered.delete(path);
    return { notes, unread };
  }

  private async readText(file: TFile): Promise<{ readonly text: string | null } | "unread"> {
    try {
      return { text: await readNoteText(this.app, file) };
    } catch {
      // Deleted meanwhile, or the disk refuses: the caller tells which note it was.
      return "unread";
    }
  }
}
