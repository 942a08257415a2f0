import { createHash } from "node:crypto";
import { basename, dirname } from "node:path";
import { StoreError } from "../core/store";
import { errorCode, inspectThere, type FileSystem } from "./file-system";
import { randomName, removeQuietly, TEMPORARY } from "./temporary-file";

/** How the names of files end that hold what a note held until it was replaced. */
const KEPT = ".backlog-cards-kept";

/** The longest name of a note, in bytes, that stands in full in the names beside it. */
const LONGEST = 150;

/** A name beside a note for its next text. It starts with a dot: the app and the command line take it for no note. */
export function nameTemporary(target: string): string {
  return `${dirname(target)}/.${stemOf(target)}.${randomName()}${TEMPORARY}`;
}

/**
 * A name beside a note for the text that is replaced, which says what the note was and becomes: so that whoever finds it
 * after the process was killed knows whether somebody else wrote into it. `after` null: the note is removed.
 */
export function nameKept(target: string, before: Uint8Array, after: Uint8Array | null): string {
  const turn = `${shortDigest(before)}-${after === null ? "removed" : shortDigest(after)}`;
  return `${dirname(target)}/.${stemOf(target)}.${randomName()}.${turn}${KEPT}`;
}

/**
 * Clears away what a killed process left beside a note. A text that another program had written into the replaced file at
 * that moment is put back, unless the note was changed once more: then a StoreError names both. Only under the lock.
 */
export function sweepNote(fs: FileSystem, target: string, shown: string): void {
  const stem = `.${stemOf(target)}.`;
  for (const name of readNames(fs, dirname(target))) {
    if (!name.startsWith(stem)) continue;
    const path = `${dirname(target)}/${name}`;
    const rest = name.slice(stem.length);
    const kept = /^[0-9a-f]{12}\.([0-9a-f]{16})-([0-9a-f]{16}|removed)\.backlog-cards-kept$/.exec(rest);
    if (/^[0-9a-f]{12}\.backlog-cards-tmp$/.test(rest)) removeQuietly(fs, path);
    else if (kept) settleKept(fs, path, target, shown, { before: kept[1], after: kept[2] });
  }
}

/** Puts back a kept text that is another program's; says where both stand when the note is not what the move left. */
export function refuseKept(kept: string, shown: string): StoreError {
  return new StoreError(
    `${shown} was changed by two other programs at once: one text stands in ${shown}, the other beside it in ` +
      `${basename(kept)}. Make one of the two, delete the other, then try again.`,
  );
}

function settleKept(
  fs: FileSystem,
  path: string,
  target: string,
  shown: string,
  turn: { readonly before: string | undefined; readonly after: string | undefined },
): void {
  const note = inspectThere(fs, target);
  if (note?.identity !== fs.inspectLink(path).identity && shortDigest(fs.readFile(path)) !== turn.before) {
    if (note !== null && shortDigest(fs.readFile(target)) !== turn.after) throw refuseKept(path, shown);
    if (!fs.replace(path, target, note === null ? null : note.identity)) throw refuseKept(path, shown);
    fs.flushFolder(dirname(target));
  } else {
    removeQuietly(fs, path);
  }
}

function readNames(fs: FileSystem, folder: string): readonly string[] {
  try {
    return fs.readFolder(folder);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}

/** The note's name; of a long one its start and a digest, so that the names beside it are not too long for the disk. */
function stemOf(target: string): string {
  const name = basename(target);
  return Buffer.byteLength(name) <= LONGEST ? name : `${name.slice(0, 20)}~${shortDigest(Buffer.from(name))}`;
}

function shortDigest(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}
