import { isUtf8 } from "node:buffer";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { showPath, type FolderNotes, type FoundFolder, type Unread } from "../calls/host";
import { failNoNote } from "../calls/path-failures";
import type { CheckedText } from "../core/check";
import { COMPANIONS } from "../core/folder";
import { failFile } from "./failure";
import { findStats, isFileEntry, readEntries, tryReading } from "./folders";

/**
 * The notes of a folder that exist: backlog, todo, archive, index, then every other `*.md` directly in it by name
 * (FORMAT.md §1). A companion that is a folder and what the disk refuses are among `unread`.
 */
export function readFolderNotes(folder: FoundFolder): FolderNotes {
  const texts: CheckedText[] = [];
  const unread: Unread[] = [];
  const add = (path: string, read: () => CheckedText | null): void => {
    const text = tryReading(unread, showPath(folder, path), read);
    if (text) texts.push(text);
  };
  for (const kind of COMPANIONS) add(folder.names[kind], () => readCompanion(folder, kind));
  const companions = new Set<string>(Object.values(folder.names));
  const entries = tryReading(unread, folder.path, () => readEntries(folder.path)) ?? [];
  for (const entry of [...entries].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const path = entry.name;
    if (!path.endsWith(".md") || companions.has(path)) continue;
    add(path, () => (isFileEntry(folder.path, entry) ? { path, kind: "other", text: readText(folder, path) } : null));
  }
  return { texts, unread };
}

/**
 * The companions of a folder that exist, in the order backlog, todo, archive, index. Fails where one is a folder or the
 * disk refuses.
 */
export function readCompanions(folder: FoundFolder): readonly CheckedText[] {
  return COMPANIONS.map((kind) => readCompanion(folder, kind)).filter((text) => text !== null);
}

function readCompanion(folder: FoundFolder, kind: (typeof COMPANIONS)[number]): CheckedText | null {
  const path = folder.names[kind];
  const stats = findStats(join(folder.path, path));
  if (!stats) return null;
  if (!stats.isFile()) throw failNoNote(showPath(folder, path), stats.isDirectory());
  return { path, kind, text: readText(folder, path) };
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
