import { normalizePath, TFile, TFolder } from "obsidian";
import { CallFailure } from "../calls/failure";
import type { FlagHost } from "../calls/flag-calls";
import { comparePaths, showPath, type CheckedFolder, type FoundFolder, type Unread } from "../calls/host";
import { failAbsent, failEmpty, failNoBacklogBelow, failNoFolder, failNoNote, failStray } from "../calls/path-failures";
import type { CheckedText } from "../core/check";
import { COMPANIONS } from "../core/folder";
import { JOURNAL } from "../core/journal";
import type { NoteKind } from "../core/note";
import type { RuleSettings } from "../core/rules";
import { StoreError } from "../core/store";
import { findPlace, holdsBacklog, joinPath, listBacklogFolders } from "../vault/folders";
import type { Parts } from "./parts";

/**
 * The app's vault as calls see it: as the command line sees the disk from the vault's root, but for what is typed and not
 * saved yet, which counts, and the vault's list of files, which holds nothing whose name begins with a dot.
 */
export function createVaultHost(parts: Pick<Parts, "app" | "store" | "moves">): FlagHost {
  return new VaultHost(parts);
}

class VaultHost implements FlagHost {
  constructor(private readonly parts: Pick<Parts, "app" | "store" | "moves">) {}

  async chooseFolder(): Promise<string> {
    const { vault } = this.parts.app;
    const { names } = this.parts.store.settings;
    if (holdsBacklog(vault, "", names)) return ".";
    const [only, ...others] = listBacklogFolders(vault, names);
    // Of several none is taken: the refusal for the vault's root names them.
    return only !== undefined && others.length === 0 ? only : ".";
  }

  async openFolder(path: string): Promise<FoundFolder> {
    const found = this.find(path);
    if (!(found instanceof TFolder)) throw failNoFolder(path);
    return this.describe(nameFolder(found));
  }

  async findFolders(paths: readonly string[]): Promise<{ folders: readonly CheckedFolder[]; unread: readonly [] }> {
    const found = new Map<string, Set<string> | null>();
    for (const path of paths) {
      const file = this.find(path);
      if (file instanceof TFolder) {
        const below = this.listBelow(nameFolder(file));
        if (below.length === 0) throw this.describeNothing(path, nameFolder(file));
        for (const folder of below) found.set(folder, null);
      } else {
        const place = findPlace(this.parts.app.vault, file.path, this.parts.store.settings.names);
        if (!place) throw failStray(path, this.parts.store.settings.names.backlog, this.nameStart());
        const earlier = found.get(place.folder);
        if (earlier === undefined) found.set(place.folder, new Set([place.note]));
        else earlier?.add(place.note);
      }
    }
    const folders = Array.from(found, ([folder, only]) => ({ folder: this.describe(folder), only }));
    return { folders: folders.sort((a, b) => comparePaths(a.folder.path, b.folder.path)), unread: [] };
  }

  async findFoldersBelow(folder: FoundFolder): Promise<readonly FoundFolder[]> {
    const below = this.listBelow(placeOf(folder)).map((path) => this.describe(path));
    return below.sort((a, b) => comparePaths(a.path, b.path));
  }

  async readNotes(folder: FoundFolder): Promise<{ texts: readonly CheckedText[]; unread: readonly Unread[] }> {
    const texts: CheckedText[] = [];
    const unread: Unread[] = [];
    for (const { path, kind } of this.listNotes(folder)) {
      try {
        const text = await this.readNote(folder, path, kind);
        if (text) texts.push(text);
      } catch (error) {
        if (!(error instanceof StoreError || error instanceof CallFailure)) throw error;
        unread.push({ path: showPath(folder, path), message: error.message });
      }
    }
    return { texts, unread };
  }

  async readCompanions(folder: FoundFolder): Promise<readonly CheckedText[]> {
    const texts: CheckedText[] = [];
    for (const kind of COMPANIONS) {
      const text = await this.readNote(folder, folder.names[kind], kind);
      if (text) texts.push(text);
    }
    return texts;
  }

  async storeOf(folder: FoundFolder): Promise<ReturnType<Parts["moves"]["storeOf"]>> {
    return this.parts.moves.storeOf(placeOf(folder));
  }

  async isMovePending(folder: FoundFolder): Promise<boolean> {
    return (await (await this.storeOf(folder)).readState(JOURNAL)) !== null;
  }

  async findLockRefusal(folder: FoundFolder): ReturnType<FlagHost["findLockRefusal"]> {
    const message = await (await this.storeOf(folder)).findLock();
    return message === null ? null : { code: "move-in-progress", message };
  }

  nameCall(command: string, { path }: FoundFolder): string {
    const vault = quote(`vault=${this.parts.app.vault.getName()}`);
    const folder = path === "." ? "" : ` ${quote(`folder=${path}`)}`;
    return `obsidian ${vault} backlog-cards:${command}${folder}`;
  }

  nameStart(): string {
    return "“Backlog Cards: Start a backlog in a folder” in the command palette";
  }

  private find(path: string): TFile | TFolder {
    if (path === "") throw failEmpty();
    const segments: string[] = [];
    for (const segment of path.split("/")) {
      if (segment === "..") {
        if (segments.pop() === undefined) throw new CallFailure("not-found", `${path} is outside the vault.`);
      } else if (segment !== "." && segment !== "") segments.push(segment);
    }
    const { vault } = this.parts.app;
    if (segments.length === 0) return vault.getRoot();
    const found = vault.getAbstractFileByPath(normalizePath(segments.join("/")));
    if (!(found instanceof TFile || found instanceof TFolder)) throw failAbsent(path);
    return found;
  }

  private describe(folder: string): FoundFolder {
    const { moves, store } = this.parts;
    const rules: RuleSettings = store.settings.rules;
    return { path: folder === "" ? "." : folder, names: moves.namesOf(folder), rules, warning: null };
  }

  private listBelow(folder: string): readonly string[] {
    const { app, store } = this.parts;
    return listBacklogFolders(app.vault, store.settings.names, folder);
  }

  private describeNothing(path: string, folder: string): CallFailure {
    const { backlog } = this.parts.store.settings.names;
    const inPlace = this.parts.app.vault.getAbstractFileByPath(joinPath(folder, backlog));
    if (inPlace) return failNoNote(showPath(this.describe(folder), backlog), true);
    return failNoBacklogBelow(path, this.nameStart());
  }

  /** The companions, whether or not they exist, then the other notes directly in the folder by name. */
  private listNotes(folder: FoundFolder): readonly { readonly path: string; readonly kind: NoteKind }[] {
    const { vault } = this.parts.app;
    const place = placeOf(folder);
    const found = place === "" ? vault.getRoot() : vault.getFolderByPath(place);
    const companions = new Set<string>(Object.values(folder.names));
    const others = (found?.children ?? [])
      .filter((child) => child instanceof TFile && child.name.endsWith(".md") && !companions.has(child.name))
      .map(({ name }) => name)
      .sort(comparePaths);
    return [
      ...COMPANIONS.map((kind) => ({ path: folder.names[kind], kind })),
      ...others.map((path) => ({ path, kind: "other" as const })),
    ];
  }

  /** A note as it stands, what is typed included; null where it does not exist. */
  private async readNote(folder: FoundFolder, path: string, kind: NoteKind): Promise<CheckedText | null> {
    const found = this.parts.app.vault.getAbstractFileByPath(joinPath(placeOf(folder), path));
    if (found instanceof TFolder) throw failNoNote(showPath(folder, path), true);
    const read = await (await this.storeOf(folder)).read(path);
    return read.kind === "absent" ? null : { path, kind, text: read.kind === "text" ? read.text : null };
  }
}

/** A folder's path as the rest of the plugin has it: "" for the vault itself. */
function nameFolder(folder: TFolder): string {
  return folder.isRoot() ? "" : folder.path;
}

function placeOf({ path }: FoundFolder): string {
  return path === "." ? "" : path;
}

/** A word as a shell takes it. */
function quote(word: string): string {
  return /^[\w./+@%=-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
