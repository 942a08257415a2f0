import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { CallFailure } from "../calls/failure";
import { comparePaths, type CheckedFolder, type FoundFolder, type Search, type Unread } from "../calls/host";
import { failAbsent, failEmpty, failNoBacklogBelow, failNoFolder, failNoNote, failStray } from "../calls/path-failures";
import { DEFAULT_NAMES, OTHER_ARCHIVE } from "../core/folder";
import { failFile, readErrorCode } from "./failure";
import { findVaultSettings, readVaultSettings, type VaultSettings } from "./vault-settings";

/**
 * The backlog folders at and below some paths, sorted by path, each once (FORMAT.md §1): at any depth, dot folders and
 * `node_modules` aside, links followed, a circle of links once. A path that is a note stands for that note alone. Fails
 * where a path does not exist, or has no backlog folder below it though all of it can be read.
 */
export function findFolders(paths: readonly string[]): Search<CheckedFolder> {
  const found = new Map<string, { folder: FoundFolder; only: Set<string> | null }>();
  const unread = new Map<string, Unread>();
  for (const path of paths) {
    if (readStats(path).isDirectory()) {
      const below = searchFolders(path);
      if (below.folders.length + below.unread.length === 0) throw describeNothing(path);
      for (const one of below.unread) unread.set(one.message, one);
      for (const folder of below.folders) {
        const key = realpathSync(folder.path);
        const earlier = found.get(key);
        if (earlier) earlier.only = null;
        else found.set(key, { folder, only: null });
      }
    } else {
      const { folder, note } = findFolderOfNote(path);
      const key = realpathSync(folder.path);
      const earlier = found.get(key);
      if (earlier) earlier.only?.add(note);
      else found.set(key, { folder, only: new Set([note]) });
    }
  }
  return {
    folders: [...found.values()].sort((a, b) => comparePaths(a.folder.path, b.folder.path)),
    unread: [...unread.values()],
  };
}

/** The folder at a path, whether or not it holds a backlog. Fails where it does not exist or is a note. */
export function openFolder(path: string): FoundFolder {
  if (!readStats(path).isDirectory()) throw failNoFolder(path);
  return describeFolder(path, findVaultSettings(resolve(path)));
}

/** The folder as it would be at a path that need not exist yet. */
export function planFolder(path: string): FoundFolder {
  if (path === "") throw failEmpty();
  return describeFolder(path, findVaultSettings(resolve(path)));
}

/**
 * The backlog folders at and below one folder, as `findFolders` looks for them; empty where there are none. What cannot be
 * read is passed over.
 */
export function findFoldersBelow(path: string): readonly FoundFolder[] {
  return searchFolders(path).folders;
}

/**
 * What `read` gives; null where the disk refuses, which is then added to `unread` under the path as it is shown. Every
 * other error is thrown on.
 */
export function tryReading<Result>(unread: Unread[], path: string, read: () => Result): Result | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    unread.push({ path, message: error.message });
    return null;
  }
}

function searchFolders(path: string): Search<FoundFolder> {
  const found: FoundFolder[] = [];
  const unread: Unread[] = [];
  const visited = new Set<string>();
  const links: { path: string; vault: VaultSettings }[] = [];
  const visit = (path: string, real: string, findOuter: () => VaultSettings): void => {
    if (visited.has(real)) return;
    visited.add(real);
    const shown = showFolder(path);
    const entries = tryReading(unread, shown, () => readEntries(path));
    if (!entries) return;
    // Where a vault's settings can't be read, neither the names of its notes nor their rules are known.
    const vault = tryReading(unread, shown, () => findOwnSettings(path, entries) ?? findOuter());
    if (!vault) return;
    const { backlog } = vault.settings.names;
    if (tryReading(unread, toSlashes(join(path, backlog)), () => holdsBacklog(path, entries, backlog))) {
      found.push(describeFolder(path, vault));
    }
    for (const entry of entries) {
      if (entry.name.startsWith(".") || entry.name === "node_modules") continue;
      const below = join(path, entry.name);
      if (entry.isDirectory()) visit(below, join(real, entry.name), () => vault);
      else if (entry.isSymbolicLink()) links.push({ path: below, vault });
    }
  };
  visit(path, realpathSync(path), () => findVaultSettings(resolve(path)));
  // Links last, so that a folder is shown under its own name where that is below the path too.
  for (const link of links) {
    const real = followToFolder(link.path);
    if (real !== null) visit(link.path, real, () => link.vault);
  }
  return {
    folders: found.sort((a, b) => comparePaths(a.path, b.path)),
    unread: unread.sort((a, b) => comparePaths(a.path, b.path)),
  };
}

/** A call on a folder as a person would type it: "backlog-cards undo docs". */
export function nameCall(command: string, { path }: Pick<FoundFolder, "path">): string {
  const folder = path === "." ? "" : /^[\w./+@%-]+$/.test(path) ? ` ${path}` : ` '${path.replaceAll("'", "'\\''")}'`;
  return `backlog-cards ${command}${folder}`;
}

/** What starts a backlog at a path, quoted: "`backlog-cards init docs`". Null for no place in particular. */
export function nameStart(path: string | null): string {
  return `\`${path === null ? "backlog-cards init" : nameCall("init", { path })}\``;
}

/** The path with `/` between its segments on every system. */
export function toSlashes(path: string): string {
  return process.platform === "win32" ? path.replaceAll("\\", "/") : path;
}

/** The stats of what a path leads to; null where there is nothing. */
export function findStats(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (error) {
    const code = readErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw failFile(error, `read ${path}`);
  }
}

/** The entries of a folder. Fails where it cannot be read. */
export function readEntries(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch (error) {
    throw failFile(error, `read the folder ${path}`);
  }
}

/** Whether an entry is a file or a link to one; a link that leads nowhere or in a circle is none. Fails where the disk refuses. */
export function isFileEntry(folder: string, entry: Dirent): boolean {
  return entry.isSymbolicLink() ? leadsToFile(join(folder, entry.name)) : entry.isFile();
}

/** What is said of a folder without any backlog. */
function describeNothing(path: string): CallFailure {
  const shown = toSlashes(join(path, openFolder(path).names.backlog));
  const stats = findStats(shown);
  if (stats && !stats.isFile()) return failNoNote(shown, stats.isDirectory());
  return failNoBacklogBelow(path, nameStart(path));
}

/** A folder's path as it is shown. */
function showFolder(path: string): string {
  return toSlashes(join(path, ".")).replace(/(?<=.)\/$/, "");
}

function describeFolder(path: string, { settings, warning }: VaultSettings): FoundFolder {
  const { names, rules } = settings;
  const elsewhere =
    names.archive === DEFAULT_NAMES.archive &&
    !isThere(join(path, names.archive)) &&
    isThere(join(path, OTHER_ARCHIVE));
  return {
    path: showFolder(path),
    names: elsewhere ? { ...names, archive: OTHER_ARCHIVE } : names,
    rules,
    warning,
  };
}

/** Whether a path leads somewhere, be it to what cannot be read: reading it then says so. */
function isThere(path: string): boolean {
  try {
    return findStats(path) !== null;
  } catch (error) {
    if (!(error instanceof CallFailure)) throw error;
    return true;
  }
}

function findOwnSettings(path: string, entries: readonly Dirent[]): VaultSettings | null {
  return entries.some(({ name }) => name === ".obsidian") ? readVaultSettings(path) : null;
}

function holdsBacklog(path: string, entries: readonly Dirent[], backlog: string): boolean {
  if (backlog.includes("/")) return leadsToFile(join(path, backlog));
  const entry = entries.find(({ name }) => name === backlog);
  return entry !== undefined && isFileEntry(path, entry);
}

function leadsToFile(path: string): boolean {
  try {
    return statSync(path).isFile();
  } catch (error) {
    const code = readErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR" || code === "ELOOP") return false;
    throw failFile(error, `read ${path}`);
  }
}

// A companion may lie in a subfolder (FORMAT.md §1), so the folder of a note is looked for upwards.
function findFolderOfNote(path: string): { folder: FoundFolder; note: string } {
  const start = dirname(path);
  const top = resolve(start, "../../../..");
  for (let at = start; ; at = join(at, "..")) {
    const folder = describeFolder(at, findVaultSettings(resolve(at)));
    const note = toSlashes(join(relative(resolve(at), resolve(start)), basename(path)));
    const own = Object.values(folder.names).includes(note) || (at === start && note.endsWith(".md"));
    if (own && leadsToFile(join(at, folder.names.backlog))) return { folder, note };
    if (resolve(at) === top || resolve(at) === resolve("/")) break;
  }
  const name = describeFolder(start, findVaultSettings(resolve(start))).names.backlog;
  throw failStray(path, name, nameStart(null));
}

function readStats(path: string): Stats {
  if (path === "") throw failEmpty();
  const stats = findStats(path);
  if (!stats) throw failAbsent(path);
  return stats;
}

/** The real path of the folder that a link leads to; null where it leads to none. */
function followToFolder(path: string): string | null {
  try {
    return statSync(path).isDirectory() ? realpathSync(path) : null;
  } catch (error) {
    const code = readErrorCode(error);
    if (code === null) throw error;
    return null;
  }
}
