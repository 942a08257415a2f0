import { dirname } from "node:path";
import type { WriteResult } from "../core/store";
import { errorCode, inspectThere, type FileSystem } from "./file-system";
import { nameKept, nameTemporary, refuseKept } from "./leftovers";
import { isWithoutLinks } from "./lock";
import { removeQuietly, writeNewFile } from "./temporary-file";

/** The file that a note is. */
export interface NoteFile {
  /** Absolute, links followed. */
  readonly path: string;
  /** The note's path as people know it. */
  readonly shown: string;
}

/**
 * Replaces a note's text: a new file beside it, flushed to the disk, is renamed over it. The replaced file keeps a second
 * name meanwhile: it is compared before, and once more after; where another program wrote into it in between, its text is
 * put back. `stale` where the note is not `before`; it then holds what the other program wrote. Throws Node's errors, and a
 * StoreError where two other programs wrote at once.
 */
export function replaceNote(fs: FileSystem, note: NoteFile, before: Uint8Array, after: string): WriteResult {
  const { path } = note;
  const state = inspectThere(fs, path);
  if (state === null || !isWritableThere(fs, path)) return "stale";
  if (!holdsBytes(fs, path, before)) return "stale";
  const next = Buffer.from(after);
  const temporary = nameTemporary(path);
  const kept = nameKept(path, before, next);
  writeNewFile(fs, temporary, next, state);
  try {
    const { identity } = fs.inspect(temporary);
    const replaced = renameOver(fs, temporary, path, kept, before);
    if (replaced === "stale") return "stale";
    return replaced === "kept" ? settleReplaced(fs, note, { kept, old: before, next, identity }) : finish(fs, path);
  } finally {
    removeQuietly(fs, temporary);
  }
}

/** Creates a note in a folder that exists; `stale` where something stands there already. */
export function createNote(fs: FileSystem, { path }: NoteFile, after: string): WriteResult {
  const temporary = nameTemporary(path);
  writeNewFile(fs, temporary, Buffer.from(after), null);
  try {
    return nameNew(fs, temporary, path) ? finish(fs, path) : "stale";
  } finally {
    removeQuietly(fs, temporary);
  }
}

/**
 * Removes a note: it is renamed aside, compared there, and only then removed. Where another program wrote into it, its text
 * is put back, and the result is `stale`.
 */
export function removeNote(fs: FileSystem, note: NoteFile, before: Uint8Array): WriteResult {
  const { path, shown } = note;
  if (!isWritableThere(fs, path) || !holdsBytes(fs, path, before)) return "stale";
  const kept = nameKept(path, before, null);
  if (!replaceThere(fs, path, kept, null)) return "stale";
  const failure = tryFlush(fs, path);
  if (holdsBytes(fs, kept, before)) {
    removeQuietly(fs, kept);
    if (failure) throw failure.error;
    return "written";
  }
  if (!nameNew(fs, kept, path)) throw refuseKept(kept, shown);
  removeQuietly(fs, kept);
  fs.flushFolder(dirname(path));
  return "stale";
}

/** Renames the new text over the note, if the note still is `old`. `kept`: the replaced file now has that name alone. */
function renameOver(
  fs: FileSystem,
  temporary: string,
  path: string,
  kept: string,
  old: Uint8Array,
): "kept" | "unkept" | "stale" {
  let linked = false;
  try {
    linked = linkThere(fs, path, kept);
    const held = linked ? kept : path;
    const state = inspectThere(fs, held);
    const fits = state !== null && holdsBytes(fs, held, old) && replaceThere(fs, temporary, path, state.identity);
    if (!fits && linked) removeQuietly(fs, kept);
    return fits ? (linked ? "kept" : "unkept") : "stale";
  } catch (error) {
    // Nothing was renamed: it is a second name of the note, or of what another program replaced by its own.
    if (linked) removeQuietly(fs, kept);
    throw error;
  }
}

/** Compares the replaced file once more. What another program wrote into it goes back in place of our text. */
function settleReplaced(
  fs: FileSystem,
  { path, shown }: NoteFile,
  turn: { readonly kept: string; readonly old: Uint8Array; readonly next: Uint8Array; readonly identity: string },
): WriteResult {
  const { kept, old, next, identity } = turn;
  const failure = tryFlush(fs, path);
  if (holdsBytes(fs, kept, old)) {
    removeQuietly(fs, kept);
    if (failure) throw failure.error;
    return "written";
  }
  if (!holdsBytes(fs, path, next) || !replaceThere(fs, kept, path, identity)) throw refuseKept(kept, shown);
  fs.flushFolder(dirname(path));
  return "stale";
}

/** Gives a file a name that must not be taken, and says whether it did. Without hard links the file's old name goes. */
function nameNew(fs: FileSystem, path: string, name: string): boolean {
  try {
    fs.link(path, name);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    if (!isWithoutLinks(error)) throw error;
  }
  try {
    fs.close(fs.create(name, 0o600));
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
  return replaceThere(fs, path, name, fs.inspect(name).identity);
}

/** Links a note to a second name; false where there are no hard links, or no note any more. */
function linkThere(fs: FileSystem, path: string, name: string): boolean {
  try {
    fs.link(path, name);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT" || isWithoutLinks(error)) return false;
    throw error;
  }
}

/** `FileSystem.replace`, and false where the file to be replaced, or to be renamed, is not there any more. */
function replaceThere(fs: FileSystem, path: string, name: string, identity: string | null): boolean {
  try {
    return fs.replace(path, name, identity);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

/** Throws where the note may not be written; false where there is none any more. */
function isWritableThere(fs: FileSystem, path: string): boolean {
  try {
    fs.checkWritable(path);
    return true;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

function holdsBytes(fs: FileSystem, path: string, bytes: Uint8Array): boolean {
  try {
    return Buffer.compare(fs.readFile(path), bytes) === 0;
  } catch (error) {
    if (errorCode(error) === "ENOENT") return false;
    throw error;
  }
}

function finish(fs: FileSystem, path: string): WriteResult {
  fs.flushFolder(dirname(path));
  return "written";
}

/** Flushes the note's folder; gives the system's error for later, when it is known what the replaced file holds. */
function tryFlush(fs: FileSystem, path: string): { readonly error: unknown } | null {
  try {
    fs.flushFolder(dirname(path));
    return null;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return { error };
  }
}
