import type * as api from "obsidian";
import { type DiskStat, isHidden } from "../server/disk-protocol";
import type { DataAdapter } from "./data-adapter";
import { Events } from "./events";
import { getParentPath, type TAbstractFile, TFile, TFolder } from "./file";
import type { TreeEvent } from "./known-tree";
import { normalizePath } from "./platform";

/**
 * The files and folders of the vault, without those whose names begin with a dot. Sources: typing `Vault`; EDITOR.md, "Writing".
 * Before it is loaded it is empty, and loading it sends `create` for each file (typing of that event).
 */
export class Vault extends Events implements api.Vault {
  readonly configDir = ".obsidian";
  readonly #root = new TFolder(this, "/");
  readonly #files = new Map<string, TAbstractFile>([["/", this.#root]]);
  readonly #texts = new WeakMap<TFile, string>();

  constructor(readonly adapter: DataAdapter) {
    super();
    adapter.onChange((event) => this.#receive(event));
  }

  async load(): Promise<void> {
    await this.adapter.load();
  }

  getName(): string {
    return this.adapter.getName();
  }

  getAbstractFileByPath(path: string): TAbstractFile | null {
    return this.#files.get(normalizePath(path)) ?? null;
  }

  getFileByPath(path: string): TFile | null {
    const file = this.getAbstractFileByPath(path);
    return file instanceof TFile ? file : null;
  }

  getFolderByPath(path: string): TFolder | null {
    const folder = this.getAbstractFileByPath(path);
    return folder instanceof TFolder ? folder : null;
  }

  getRoot(): TFolder {
    return this.#root;
  }

  getAllLoadedFiles(): TAbstractFile[] {
    return [...this.#files.values()];
  }

  getAllFolders(includeRoot = false): TFolder[] {
    return this.getAllLoadedFiles().filter(
      (file) => file instanceof TFolder && (includeRoot || !file.isRoot()),
    ) as TFolder[];
  }

  getFiles(): TFile[] {
    return this.getAllLoadedFiles().filter((file) => file instanceof TFile);
  }

  getMarkdownFiles(): TFile[] {
    return this.getFiles().filter((file) => file.extension === "md");
  }

  static recurseChildren(root: api.TFolder, callback: (file: api.TAbstractFile) => unknown): void {
    callback(root);
    for (const child of root.children) {
      if (child instanceof TFolder) Vault.recurseChildren(child, callback);
      else callback(child);
    }
  }

  /** Rejects where there is one; between looking and writing another program may still make it. */
  async create(path: string, text: string, options?: api.DataWriteOptions): Promise<TFile> {
    await this.#refuseExisting(path, "File already exists.");
    await this.adapter.write(normalizePath(path), text, options);
    return this.#getCreated(path);
  }

  async createBinary(path: string, bytes: ArrayBuffer, options?: api.DataWriteOptions): Promise<TFile> {
    await this.#refuseExisting(path, "File already exists.");
    await this.adapter.writeBinary(normalizePath(path), bytes, options);
    return this.#getCreated(path);
  }

  async createFolder(path: string): Promise<TFolder> {
    await this.#refuseExisting(path, "Folder already exists.");
    await this.adapter.mkdir(normalizePath(path));
    return this.getFolderByPath(path) ?? new TFolder(this, normalizePath(path));
  }

  async read(file: api.TFile): Promise<string> {
    const text = await this.adapter.read(file.path);
    if (file instanceof TFile) this.#texts.set(file, text);
    return text;
  }

  /** The text as it was read last; from the disk where it has changed since, as far as is known. */
  async cachedRead(file: api.TFile): Promise<string> {
    return (file instanceof TFile ? this.#texts.get(file) : undefined) ?? this.read(file);
  }

  async readBinary(file: api.TFile): Promise<ArrayBuffer> {
    return this.adapter.readBinary(file.path);
  }

  getResourcePath(file: api.TFile): string {
    return this.adapter.getResourcePath(file.path);
  }

  async modify(file: api.TFile, text: string, options?: api.DataWriteOptions): Promise<void> {
    await this.adapter.write(file.path, text, options);
  }

  async modifyBinary(file: api.TFile, bytes: ArrayBuffer, options?: api.DataWriteOptions): Promise<void> {
    await this.adapter.writeBinary(file.path, bytes, options);
  }

  async append(file: api.TFile, text: string, options?: api.DataWriteOptions): Promise<void> {
    await this.adapter.append(file.path, text, options);
  }

  async appendBinary(file: api.TFile, bytes: ArrayBuffer, options?: api.DataWriteOptions): Promise<void> {
    await this.adapter.appendBinary(file.path, bytes, options);
  }

  async process(file: api.TFile, change: (text: string) => string, options?: api.DataWriteOptions): Promise<string> {
    return this.adapter.process(file.path, change, options);
  }

  /** A folder goes with all that it holds, but for one that holds hidden files, unless forced. */
  async delete(file: api.TAbstractFile, force = false): Promise<void> {
    if (file instanceof TFile) return this.adapter.remove(file.path);
    if (!force && (await this.#holdsHidden(file.path))) throw new Error("The folder holds hidden files.");
    await this.adapter.rmdir(file.path, true);
  }

  async trash(file: api.TAbstractFile, system: boolean): Promise<void> {
    if (!(system && (await this.adapter.trashSystem(file.path)))) await this.adapter.trashLocal(file.path);
  }

  async rename(file: api.TAbstractFile, newPath: string): Promise<void> {
    await this.#refuseExisting(newPath, "Destination file already exists!");
    await this.adapter.rename(file.path, normalizePath(newPath));
  }

  async copy<T extends api.TAbstractFile>(file: T, newPath: string): Promise<T> {
    if (!(file instanceof TFile)) throw new Error("The host copies no folders.");
    await this.#refuseExisting(newPath, "Destination file already exists!");
    await this.adapter.copy(file.path, normalizePath(newPath));
    return this.#getCreated(newPath) as api.TAbstractFile as T;
  }

  #getCreated(path: string): TFile {
    const file = this.getFileByPath(path);
    if (file !== null) return file;
    // In a dot folder, which the vault does not see.
    return new TFile(this, normalizePath(path));
  }

  async #refuseExisting(path: string, message: string): Promise<void> {
    if (await this.adapter.exists(normalizePath(path))) throw new Error(message);
  }

  async #holdsHidden(folder: string): Promise<boolean> {
    const { files, folders } = await this.adapter.list(folder);
    if ([...files, ...folders].some(isHidden)) return true;
    for (const below of folders) if (await this.#holdsHidden(below)) return true;
    return false;
  }

  #receive(event: TreeEvent): void {
    if (event.kind === "renamed") this.#move(event.from, event.path);
    else if (isHidden(event.path)) return;
    else if (event.kind === "removed") this.#drop(event.path);
    else this.#put(event.path, event.stat);
  }

  #put(path: string, stat: DiskStat): void {
    const known = this.#files.get(path);
    const file = known ?? (stat.type === "file" ? new TFile(this, path) : new TFolder(this, path));
    if (file instanceof TFile) {
      file.takeStat(stat);
      this.#texts.delete(file);
    }
    if (known === undefined) this.#place(file);
    this.trigger(known === undefined ? "create" : "modify", file);
  }

  #drop(path: string): void {
    const file = this.#files.get(path);
    if (file === undefined) return;
    this.#files.delete(path);
    if (file.parent !== null) file.parent.children = file.parent.children.filter((child) => child !== file);
    this.trigger("delete", file);
  }

  /** A rename within the page: the objects stay. To or from a hidden place it is a creation or a removal. */
  #move(from: string, to: string): void {
    const file = this.#files.get(from);
    if (file === undefined || isHidden(to)) {
      for (const path of [...this.#files.keys()].reverse()) if (isWithin(path, from)) this.#drop(path);
      for (const [path, stat] of this.adapter.tree.listWithin(to)) if (!isHidden(path)) this.#put(path, stat);
      return;
    }
    if (file.parent !== null) file.parent.children = file.parent.children.filter((child) => child !== file);
    const moved = [...this.#files].filter(([path]) => isWithin(path, from));
    for (const [path] of moved) this.#files.delete(path);
    for (const [path, each] of moved) {
      each.moveTo(to + path.slice(from.length));
      this.#files.set(each.path, each);
    }
    this.#place(file);
    for (const [path, each] of moved) this.trigger("rename", each, path);
  }

  #place(file: TAbstractFile): void {
    this.#files.set(file.path, file);
    const parent = this.#files.get(getParentPath(file.path));
    file.parent = parent instanceof TFolder ? parent : null;
    file.parent?.children.push(file);
  }
}

const isWithin = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);
