import { isCutOff, type KeptNote } from "../core/kept-note";
import { inspectThere, type FileSystem } from "./file-system";
import { sweepNote } from "./leftovers";
import { removeNote, replaceNote, type NoteFile } from "./replace-note";

/**
 * Puts a note back that the app was writing when it was stopped; a note that holds anything but a part of what it was to hold is
 * left alone. Says whether that is over: not where another program wrote at the same moment. Only under the lock.
 */
export function settleKeptNote(fs: FileSystem, note: NoteFile, kept: KeptNote): boolean {
  sweepNote(fs, note.path, note.shown);
  if (inspectThere(fs, note.path)?.kind !== "file") return true;
  const bytes = fs.readFile(note.path);
  if (!isCutOff(kept, bytes)) return true;
  const { before } = kept;
  const result = before === null ? removeNote(fs, note, bytes) : replaceNote(fs, note, bytes, before);
  return result === "written";
}
