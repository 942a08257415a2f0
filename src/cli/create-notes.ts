import { closeSync, fsyncSync, lstatSync, mkdirSync, openSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { CallFailure } from "../calls/failure";
import { showPath, type FoundFolder } from "../calls/host";
import type { NewNote } from "../core/new-backlog";
import { failFile, readErrorCode } from "./failure";
import { findStats, toSlashes } from "./folders";

/**
 * Creates notes and the folders that they lie in, none of them over an existing file, and gives their paths. Fails where
 * one can't be created; those created before it are removed again.
 */
export function createNotes(folder: FoundFolder, notes: readonly NewNote[]): readonly string[] {
  const created: string[] = [];
  for (const { path, text } of notes) {
    const target = join(folder.path, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      const file = openSync(target, "wx");
      created.push(target);
      try {
        writeFileSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      for (const earlier of created) unlinkSync(earlier);
      throw findObstacle(error, target) ?? failFile(error, `create ${showPath(folder, path)}`);
    }
  }
  return notes.map(({ path }) => path);
}

/** The failure that names what stands in a note's place, or in that of a folder above it; null where nothing does. */
function findObstacle(error: unknown, target: string): CallFailure | null {
  if (!["EEXIST", "ENOTDIR", "ENOENT"].includes(readErrorCode(error) ?? "")) return null;
  for (let at = target; at !== dirname(at); at = dirname(at)) {
    const stats = findStats(at);
    if (stats?.isDirectory()) return null;
    if (stats) {
      const what = at === target ? "is there already" : "is a file where a folder should be";
      return new CallFailure("io", `${toSlashes(at)} ${what}: name another folder.`);
    }
    if (isLink(at)) {
      const wayOut = "remove it, or make what it leads to, then try again";
      return new CallFailure("io", `${toSlashes(at)} is a link that leads nowhere: ${wayOut}.`);
    }
  }
  return null;
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path).isSymbolicLink();
  } catch (error) {
    const code = readErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw failFile(error, `read ${path}`);
  }
}
