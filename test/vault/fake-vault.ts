// A vault in memory that sends the events that the app sends: `create` for what is new and for all that is there when it is
// loaded, `delete` and `rename` for a folder and for each thing in it, all after the list of files has changed.
import type * as api from "obsidian";
import { Events } from "../host/obsidian/events";
import { FakeFile, FakeFolder } from "./fake-obsidian";

type Content = string | Uint8Array<ArrayBuffer>;

/** Paths with their contents, as other programs and the app itself change them. */
export class FakeVault extends Events {
  /** Every reading that was asked for, by the path. */
  readonly reads: string[] = [];
  /** Paths that the disk refuses to read. */
  readonly refused = new Set<string>();
  /** Whether a folder's events are followed by those of each thing in it, as the app's are. */
  tellsOfChildren = true;
  private readonly held = new Map<string, Promise<void>>();
  private readonly root: FakeFolder;
  private readonly known = new Map<string, FakeFile | FakeFolder>();
  private readonly bytes = new Map<unknown, Uint8Array<ArrayBuffer>>();

  constructor() {
    super();
    this.root = new FakeFolder(this.typed, "/");
  }

  /** As the app's typings call it; files name their vault, and nothing here asks them for it. */
  private get typed(): api.Vault {
    return this as unknown as api.Vault;
  }

  getFileByPath(path: string): FakeFile | null {
    const file = this.known.get(path);
    return file instanceof FakeFile ? file : null;
  }

  getFolderByPath(path: string): FakeFolder | null {
    const folder = this.known.get(path);
    return folder instanceof FakeFolder ? folder : null;
  }

  getRoot(): FakeFolder {
    return this.root;
  }

  getMarkdownFiles(): FakeFile[] {
    return [...this.known.values()]
      .filter((file) => file instanceof FakeFile)
      .filter((file) => file.extension === "md");
  }

  async cachedRead(file: api.TFile): Promise<string> {
    this.reads.push(file.path);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(await this.readBinary(file));
  }

  async readBinary(file: api.TFile): Promise<ArrayBuffer> {
    await this.held.get(file.path);
    const bytes = this.bytes.get(file);
    if (!bytes || this.refused.has(file.path)) throw new Error(`the disk refuses ${file.path}`);
    return bytes.slice().buffer;
  }

  /** Has every reading of a note wait until what is returned is called. */
  hold(path: string): () => void {
    let release: () => void = () => undefined;
    this.held.set(
      path,
      new Promise((resolve) => {
        release = resolve;
      }),
    );
    return () => {
      this.held.delete(path);
      release();
    };
  }

  /** The text of a note, read by nobody. */
  textOf(path: string): string {
    const file = this.getFileByPath(path);
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(file ? this.bytes.get(file) : undefined);
  }

  write(path: string, content: Content): void {
    const before = this.getFileByPath(path);
    const file = before ?? this.place(new FakeFile(this.typed, path));
    this.bytes.set(file, typeof content === "string" ? new TextEncoder().encode(content) : content);
    this.trigger(before ? "modify" : "create", file);
  }

  remove(path: string): void {
    const gone = this.listWithin(path).reverse();
    for (const file of gone) {
      this.detach(file);
      if (this.tellsOfChildren || file.path === path) this.trigger("delete", file);
    }
  }

  rename(path: string, to: string): void {
    const moved = this.listWithin(path).map((file) => ({ file, before: file.path }));
    const [first] = moved;
    if (!first) throw new Error(`there is nothing at ${path}`);
    this.detach(first.file);
    for (const { file, before } of moved) {
      this.known.delete(before);
      file.path = to + before.slice(path.length);
      this.known.set(file.path, file);
    }
    this.place(first.file);
    for (const { file, before } of this.tellsOfChildren ? moved : [first]) this.trigger("rename", file, before);
  }

  private listWithin(path: string): (FakeFile | FakeFolder)[] {
    return [...this.known.values()].filter((file) => file.path === path || file.path.startsWith(`${path}/`));
  }

  private place<File extends FakeFile | FakeFolder>(file: File): File {
    const parent = file.path.slice(0, Math.max(0, file.path.lastIndexOf("/")));
    const folder = parent === "" ? this.root : (this.getFolderByPath(parent) ?? this.createFolder(parent));
    this.known.set(file.path, file);
    file.parent = folder;
    folder.children.push(file);
    return file;
  }

  private createFolder(path: string): FakeFolder {
    const folder = this.place(new FakeFolder(this.typed, path));
    this.trigger("create", folder);
    return folder;
  }

  private detach(file: FakeFile | FakeFolder): void {
    this.known.delete(file.path);
    if (file.parent) file.parent.children = file.parent.children.filter((child) => child !== file);
  }
}
