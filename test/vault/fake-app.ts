// The app as far as `src/vault` asks it: a vault in memory, an index that follows it, and a workspace whose editors are no more
// than their text.
import type * as api from "obsidian";
import type { VaultApp } from "../../src/vault/vault-app";
import { Events } from "../host/obsidian/events";
import { readMetadata } from "../host/obsidian/read-metadata";
import { FakeFile, FakeMarkdownView } from "./fake-obsidian";
import { FakeVault } from "./fake-vault";

/** How long the app takes to index a note, in milliseconds. */
const INDEXING = 20;

class FakeWorkspace extends Events {
  readonly views: unknown[] = [];
  active: unknown = null;
  private waiting: (() => unknown)[] | null = [];

  onLayoutReady(callback: () => unknown): void {
    if (this.waiting) this.waiting.push(callback);
    else callback();
  }

  becomeReady(): void {
    const callbacks = this.waiting ?? [];
    this.waiting = null;
    for (const callback of callbacks) callback();
  }

  iterateAllLeaves(callback: (leaf: api.WorkspaceLeaf) => unknown): void {
    for (const view of this.views) callback({ view } as unknown as api.WorkspaceLeaf);
  }

  getActiveViewOfType<View extends api.View>(type: api.Constructor<View>): View | null {
    return this.active instanceof type ? this.active : null;
  }
}

class FakeMetadataCache extends Events {
  private readonly caches = new Map<unknown, api.CachedMetadata>();

  constructor(private readonly vault: FakeVault) {
    super();
  }

  getFileCache(file: api.TFile): api.CachedMetadata | null {
    return this.caches.get(file) ?? null;
  }

  /** Knows what was there when the app was last closed, and follows what changes. */
  load(): void {
    for (const file of this.vault.getMarkdownFiles()) this.caches.set(file, readMetadata(this.vault.textOf(file.path)));
    const indexSoon = (file: unknown): void => {
      setTimeout(() => this.index(file), INDEXING);
    };
    this.vault.on("create", indexSoon);
    this.vault.on("modify", indexSoon);
  }

  private index(file: unknown): void {
    if (!(file instanceof FakeFile) || this.vault.getFileByPath(file.path) !== file) return;
    const text = this.vault.textOf(file.path);
    const cache = readMetadata(text);
    this.caches.set(file, cache);
    this.trigger("changed", file, text, cache);
  }
}

/** An app over a vault in memory, and what a test does to it. */
export class FakeApp implements VaultApp {
  readonly vault = new FakeVault();
  readonly workspace = new FakeWorkspace();
  readonly metadataCache = new FakeMetadataCache(this.vault);

  constructor(texts: Readonly<Record<string, string>> = {}) {
    for (const [path, text] of Object.entries(texts)) this.vault.write(path, text);
    this.metadataCache.load();
  }

  /** Opens a note in a new pane, in an editor. */
  open(path: string): FakeMarkdownView {
    const view = new FakeMarkdownView(this.vault.getFileByPath(path), this.vault.textOf(path));
    this.workspace.views.push(view);
    return view;
  }

  /** Has a pane show another note: the pane has that at once, and its text when what is returned is called. */
  reuse(view: FakeMarkdownView, path: string): () => void {
    view.file = this.vault.getFileByPath(path);
    return () => view.fill(this.vault.textOf(path));
  }

  /** Types into an editor until it holds a text. */
  type(view: FakeMarkdownView, text: string): void {
    view.text = text;
    this.workspace.trigger("editor-change", view.editor, view);
  }

  /** The readings since the last call, by their paths. */
  takeReads(): readonly string[] {
    return this.vault.reads.splice(0);
  }

  /** How many listeners there are, of everything. */
  countListeners(): number {
    return [this.vault, this.workspace, this.metadataCache].reduce((sum, one) => sum + one.countSubscriptions(), 0);
  }
}
