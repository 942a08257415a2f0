import { isUtf8 } from "node:buffer";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CheckedText } from "../core/check";
import type { NoteKind } from "../core/note";
import { CallFailure, failFile } from "./failure";
import { findStats, showPath, type FoundFolder } from "./folders";

const COMPANIONS = ["backlog", "todo", "archive", "index"] as const satisfies readonly NoteKind[];

/**
 * The notes of a folder that exist: backlog, todo, archive, index, then every other `*.md` directly in it by name
 * (FORMAT.md §1). Fails where a companion is a folder or the disk refuses.
 */
export function readFolderNotes(folder: FoundFolder): readonly CheckedText[] {
  return [...readCompanions(folder), ...readOthers(folder)];
}

/** The companions of a folder that exist, in the order backlog, todo, archive, index. Fails as `readFolderNotes` does. */
export function readCompanions(folder: FoundFolder): readonly CheckedText[] {
  const notes: CheckedText[] = [];
  for (const kind of COMPANIONS) {
    const path = folder.names[kind];
    const stats = findStats(join(folder.path, path));
    if (!stats) continue;
    if (!stats.isFile()) {
      const what = stats.isDirectory() ? "a folder" : "no file";
      throw new CallFailure("io", `${showPath(folder, path)} is ${what}, not a note: rename it, or set another name.`);
    }
    notes.push({ path, kind, text: readText(folder, path) });
  }
  return notes;
}

function readOthers(folder: FoundFolder): readonly CheckedText[] {
  const companions = new Set<string>(Object.values(folder.names));
  const names: string[] = [];
  for (const entry of readdirSync(folder.path, { withFileTypes: true })) {
    if (!entry.name.endsWith(".md") || companions.has(entry.name)) continue;
    const isNote = entry.isSymbolicLink() ? findStats(join(folder.path, entry.name))?.isFile() : entry.isFile();
    if (isNote) names.push(entry.name);
  }
  return names.sort().map((path) => ({ path, kind: "other", text: readText(folder, path) }));
}

/** The note's text, a byte-order mark included; null where it is not valid UTF-8. */
function readText(folder: FoundFolder, path: string): string | null {
  const target = join(folder.path, path);
  try {
    const text = readFileSync(target, "utf8");
    // What is not UTF-8 is decoded as U+FFFD; so is U+FFFD itself. The bytes are looked at only where that occurs: held
    // beside the text they would double what a large note takes.
    return !text.includes("\ufffd") || isUtf8(readFileSync(target)) ? text : null;
  } catch (error) {
    throw failFile(error, `read ${showPath(folder, path)}`);
  }
}
