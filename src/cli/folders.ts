import { readdirSync, realpathSync, statSync, type Dirent, type Stats } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { DEFAULT_NAMES, OTHER_ARCHIVE, type NoteNames } from "../core/folder";
import type { RuleSettings } from "../core/rules";
import { CallFailure, failFile, readErrorCode } from "./failure";
import { findVaultSettings, readVaultSettings, type VaultSettings } from "./vault-settings";

/** A folder on the disk with what holds in it. */
export interface FoundFolder {
  /** As it is shown: it begins as the person gave it. `.` for the current folder. */
  readonly path: string;
  readonly names: NoteNames;
  /** What the settings of the vault around it state. */
  readonly rules: RuleSettings;
  /** A sentence about settings that cannot be read; null where all is well. */
  readonly warning: string | null;
}

/** A folder or note that is there and cannot be read. */
export interface Unread {
  /** As it is shown. */
  readonly path: string;
  /** Why, as one sentence that names it. */
  readonly message: string;
}

/** What a search finds, and what it cannot look into. */
export interface Search<Found> {
  readonly folders: readonly Found[];
  readonly unread: readonly Unread[];
}

/** A backlog folder to be checked. */
export interface CheckedFolder {
  readonly folder: FoundFolder;
  /** Paths of the notes to show, relative to the folder; null for all of them. */
  readonly only: ReadonlySet<string> | null;
}

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
  if (!readStats(path).isDirectory()) {
    throw new CallFailure("usage", `${path} is not a folder: give the folder that holds the backlog.`);
  }
  return describeFolder(path, findVaultSettings(resolve(path)));
}

/** The folder as it would be at a path that need not exist yet. */
export function planFolder(path: string): FoundFolder {
  if (path === "") throw describeEmpty();
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

/** The order of paths in every output: by code units, `/` between segments. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [toSlashes(a), toSlashes(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A path below a folder as it is shown: relative to where the person is, `/` between segments. */
export function showPath(folder: FoundFolder, path: string): string {
  return toSlashes(join(folder.path, path));
}

/** A call on a folder as a person would type it: "backlog-cards undo docs". */
export function nameCall(command: string, { path }: Pick<FoundFolder, "path">): string {
  const folder = path === "." ? "" : /^[\w./+@%-]+$/.test(path) ? ` ${path}` : ` '${path.replaceAll("'", "'\\''")}'`;
  return `backlog-cards ${command}${folder}`;
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

/** What is said of a companion that is there and no file. */
export function describeNoNote(shown: string, stats: Stats): CallFailure {
  const what = stats.isDirectory() ? "a folder" : "no file";
  return new CallFailure("io", `${shown} is ${what}, not a note: rename it, or set another name.`);
}

/** What is said of a folder without any backlog. */
function describeNothing(path: string): CallFailure {
  const { names } = openFolder(path);
  const stats = findStats(join(path, names.backlog));
  if (stats && !stats.isFile()) return describeNoNote(toSlashes(join(path, names.backlog)), stats);
  const where = path === "." ? "here" : `in ${path}`;
  const call = nameCall("init", { path });
  return new CallFailure("not-found", `There is no backlog folder ${where} or below: \`${call}\` starts one.`);
}

function describeEmpty(): CallFailure {
  return new CallFailure(
    "usage",
    "The path is empty: name a folder or a note, or leave it out for the current folder.",
  );
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
  throw new CallFailure(
    "not-found",
    `${path} is no note of a backlog folder: there is no ${name} beside it (\`backlog-cards init\` starts a backlog).`,
  );
}

function readStats(path: string): Stats {
  if (path === "") throw describeEmpty();
  const stats = findStats(path);
  if (!stats) throw new CallFailure("not-found", `There is no folder or note ${path}.`);
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
