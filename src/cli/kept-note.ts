import { isChangedSince, isCutOff, type KeptNote } from "../core/kept-note";
import { inspectThere, type FileSystem } from "./file-system";
import { sweepNote } from "./leftovers";
import { removeNote, replaceNote, type NoteFile } from "./replace-note";

/**
 * Puts a note back that the app was writing when it was stopped; a note that holds anything but a part of what it was to hold is
 * left alone. `busy`: another program wrote at the same moment, so that it is to be tried again; `changed`: what the note held
 * before may stand nowhere else any more. Only under the lock.
 */
export function settleKeptNote(fs: FileSystem, note: NoteFile, kept: KeptNote): "settled" | "busy" | "changed" {
  sweepNote(fs, note.path, note.shown);
  const isFile = inspectThere(fs, note.path)?.kind === "file";
  const bytes = isFile ? fs.readFile(note.path) : null;
  if (bytes === null || !isCutOff(kept, bytes)) return isChangedSince(kept, bytes) ? "changed" : "settled";
  const { before } = kept;
  const result = before === null ? removeNote(fs, note, bytes) : replaceNote(fs, note, bytes, before);
  return result === "written" ? "settled" : "busy";
}
