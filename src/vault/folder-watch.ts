import { Component, TFolder, type TAbstractFile, type TFile } from "obsidian";
import { bareContext, type NoteContext } from "../core/context";
import { equalValues } from "../core/equal-values";
import type { Counts } from "../core/facts";
import type { NoteNames } from "../core/folder";
import type { NoteKind } from "../core/note";
import type { Settings } from "../settings";
import { findPlace, folderOf, holdsBacklog, isBelow, listBacklogFolders, listOwners, type NotePlace } from "./folders";
import { listEdited } from "./note-texts";
import type { VaultApp } from "./vault-app";
import { VaultCounts } from "./vault-counts";
import { WatchedFolder, type WatchedFacts } from "./watched-folder";

/** How long a folder is left alone after a change, in milliseconds. */
const DELAY = 250;

/**
 * Keeps what is known of the vault's backlog folders. A folder is read when one of its notes is shown or its facts are
 * asked for, and again after each change of its notes. Nothing is read before the layout is ready; nothing is ever written.
 * Folders are named by their paths in the vault, "" for the vault itself.
 */
export class FolderWatch extends Component {
  private state: "new" | "ready" | "unloaded" = "new";
  private readonly whenReady: Promise<void>;
  private announceReady: () => void = () => undefined;
  /** Notes whose context was asked for before the layout was ready. */
  private readonly asked = new Set<string>();
  private readonly folders = new Map<string, WatchedFolder>();
  private readonly counts: VaultCounts;
  private readonly callbacks = new Set<(folder: string) => void>();
  /** Folders that are not watched and that the callbacks have to be told of. */
  private readonly changed = new Set<string>();
  private timer: number | null = null;
  /** The note at hand. */
  private opened: TFile | null = null;
  /** By kind and names, so that two contexts that say the same are one. */
  private readonly bare = new Map<string, NoteContext>();
  private applied: Pick<Settings, "names" | "rules">;

  /** @param settings gives the settings in force; `settingsChanged` tells that they are others. */
  constructor(
    private readonly app: VaultApp,
    private readonly settings: () => Settings,
  ) {
    super();
    this.applied = settings();
    this.counts = new VaultCounts(app, settings, (folder) => this.folders.get(folder)?.facts?.counts ?? null);
    this.whenReady = new Promise((resolve) => {
      this.announceReady = resolve;
    });
  }

  override onload(): void {
    this.app.workspace.onLayoutReady(() => {
      if (this.state === "new") this.start();
    });
  }

  override onunload(): void {
    this.state = "unloaded";
    this.announceReady();
    this.counts.close();
    for (const watched of this.folders.values()) watched.close();
    this.folders.clear();
    if (this.timer !== null) window.clearTimeout(this.timer);
  }

  /** Has a function called with the path of each folder of which something else is known, or that came or went. Returns what ends it. */
  subscribe(callback: (folder: string) => void): () => void {
    this.callbacks.add(callback);
    return () => this.callbacks.delete(callback);
  }

  /** The backlog folder of a note, and what the note is in it; null where it belongs to none. */
  placeOf(path: string): NotePlace | null {
    return findPlace(this.app.vault, path, this.settings().names);
  }

  /** Paths of all backlog folders of the vault, in order. */
  listFolders(): readonly string[] {
    return listBacklogFolders(this.app.vault, this.settings().names);
  }

  /**
   * What is known beyond a note's own text: the same object for as long as it says the same. Of a folder that was not read
   * yet it is bare; the folder is then read, and the callbacks are told.
   */
  contextOf(path: string): NoteContext {
    const place = this.placeOf(path);
    if (this.state === "new") this.asked.add(path);
    if (!place) return this.bareOf("other", this.settings().names);
    const known = this.state === "ready" ? this.watch(place.folder).contextOf(place.note, place.kind) : null;
    return known ?? this.bareOf(place.kind, place.names);
  }

  /** The facts of a folder as of the last reading; null where it was not read yet. Reads nothing. */
  knownFacts(folder: string): WatchedFacts | null {
    return this.folders.get(folder)?.facts ?? null;
  }

  /** The facts of a folder with every change so far; null where it holds no backlog. */
  async factsOf(folder: string): Promise<WatchedFacts | null> {
    await this.whenReady;
    if (this.state !== "ready" || !holdsBacklog(this.app.vault, folder, this.settings().names)) return null;
    return this.watch(folder).whenCurrent();
  }

  /** The open and incomplete tasks of all backlog folders together. */
  async countVault(): Promise<Counts> {
    await this.whenReady;
    return this.counts.count();
  }

  /** Takes new settings: what is known under other names or rules is dropped, and the folders are read at once. */
  settingsChanged(): void {
    const { names, rules } = this.settings();
    if (equalValues({ names, rules }, { names: this.applied.names, rules: this.applied.rules })) return;
    this.applied = { names, rules };
    this.bare.clear();
    this.counts.forget();
    for (const watched of this.folders.values()) {
      watched.forget();
      watched.refresh(0);
    }
  }

  private start(): void {
    this.state = "ready";
    const { vault, workspace, metadataCache } = this.app;
    this.registerEvent(vault.on("create", (file) => this.noteFile(file.path, true)));
    this.registerEvent(vault.on("modify", (file) => this.noteFile(file.path, false)));
    this.registerEvent(vault.on("delete", (file) => this.noteEither(file, file.path)));
    this.registerEvent(
      vault.on("rename", (file, before) => {
        this.noteEither(file, before);
        this.noteEither(file, file.path);
      }),
    );
    this.registerEvent(
      workspace.on("editor-change", (_editor, { file }) => {
        if (file) this.noteFile(file.path, false);
      }),
    );
    // While a pane fills up with another note, its editor seems to hold something typed. These come when it is full.
    this.registerEvent(workspace.on("file-open", (file) => this.noteOpened(file)));
    this.registerEvent(
      workspace.on("layout-change", () => listEdited(this.app).forEach((path) => this.noteFile(path, false, 0))),
    );
    this.registerEvent(metadataCache.on("changed", (file) => this.noteOther(file.path)));
    for (const path of this.asked) this.contextOf(path);
    this.asked.clear();
    this.announceReady();
  }

  private watch(folder: string): WatchedFolder {
    const before = this.folders.get(folder);
    if (before) return before;
    const watched = new WatchedFolder(this.app, folder, this.settings, () => {
      this.counts.forget(folder);
      this.tell(folder);
    });
    this.folders.set(folder, watched);
    watched.refresh(0);
    return watched;
  }

  private bareOf(kind: NoteKind, names: NoteNames): NoteContext {
    const key = `${kind} ${names.archive}`;
    const context = this.bare.get(key) ?? bareContext(kind, names, this.settings().rules);
    this.bare.set(key, context);
    return context;
  }

  private noteEither(file: TAbstractFile, path: string): void {
    if (file instanceof TFolder) this.noteFolder(path);
    else this.noteFile(path, true);
  }

  /** A pane shows another note than before. */
  private noteOpened(file: TFile | null): void {
    const former = this.opened;
    this.opened = file;
    for (const one of [former, file]) if (one) this.noteFile(one.path, false, 0);
  }

  /** @param structural whether the note came or went. */
  private noteFile(path: string, structural: boolean, delay = DELAY): void {
    for (const { folder, kind } of listOwners(path, this.settings().names)) {
      const watched = this.folders.get(folder);
      if (watched) watched.refresh(delay);
      else if (kind === "backlog" || kind === "todo") {
        const counted = this.counts.holds(folder);
        this.counts.forget(folder);
        if (counted || (structural && kind === "backlog")) this.tellSoon(folder);
      }
    }
    this.noteOther(path, delay);
  }

  /** A note that may lie directly in a watched folder. */
  private noteOther(path: string, delay = DELAY): void {
    const folder = folderOf(path);
    const watched = this.folders.get(folder);
    if (watched?.concerns(path.slice(folder === "" ? 0 : folder.length + 1))) watched.refresh(delay);
  }

  /** A folder that came or went with all that is in it. */
  private noteFolder(path: string): void {
    for (const watched of this.folders.values()) {
      if (isBelow(watched.folder, path) || isBelow(path, watched.folder)) watched.refresh(DELAY);
    }
    this.counts.forget();
    for (const folder of [path, ...this.listFolders().filter((folder) => isBelow(folder, path))]) {
      this.tellSoon(folder);
    }
  }

  private tellSoon(folder: string): void {
    this.changed.add(folder);
    if (this.timer !== null) window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.timer = null;
      const folders = [...this.changed];
      this.changed.clear();
      folders.forEach((folder) => this.tell(folder));
    }, DELAY);
  }

  private tell(folder: string): void {
    for (const callback of [...this.callbacks]) callback(folder);
  }
}
