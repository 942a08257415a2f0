import type * as api from "obsidian";
import { Events } from "./events";
import { TFile } from "./file";
import { readMetadata } from "./read-metadata";
import type { Vault } from "./vault";

/**
 * What is known of every note. Source: typing `MetadataCache`: `changed` comes after a note was read anew, not after a rename;
 * `resolved` when all that was to be read is read. Observation: at the start the app has its cache from the last time, so no
 * `changed` comes for what did not change since.
 */
export class MetadataCache extends Events implements api.MetadataCache {
  readonly resolvedLinks: Record<string, Record<string, number>> = {};
  readonly unresolvedLinks: Record<string, Record<string, number>> = {};
  readonly #caches = new Map<TFile, api.CachedMetadata>();
  /** Paths of the notes that are being read, each as often as it is. */
  readonly #reading: string[] = [];
  #warm = false;

  constructor(private readonly vault: Vault) {
    super();
    vault.adapter.onAbandon((path) => this.#stopReading(path));
    vault.on("create", (file: unknown) => this.#read(file));
    vault.on("modify", (file: unknown) => this.#read(file));
    vault.on("delete", (file: unknown) => {
      if (!(file instanceof TFile)) return;
      const before = this.#caches.get(file) ?? null;
      this.#caches.delete(file);
      if (file.extension === "md") this.trigger("deleted", file, before);
    });
  }

  /** Whether notes are still to be read. */
  get busy(): boolean {
    return this.#reading.length > 0;
  }

  /** Says that the vault is loaded: from now on what is read is a change. */
  becomeWarm(): void {
    this.#warm = true;
    if (!this.busy) this.trigger("resolved");
  }

  getFileCache(file: api.TFile): api.CachedMetadata | null {
    return file instanceof TFile ? (this.#caches.get(file) ?? null) : null;
  }

  getCache(path: string): api.CachedMetadata | null {
    const file = this.vault.getFileByPath(path);
    return file && this.getFileCache(file);
  }

  /**
   * The file that a link's path leads to: by its whole path, by a path from the source's folder (`./`, `../`), or by the end of a
   * path; of several the one nearest to the source, then the shortest path. Letters' case is ignored.
   */
  getFirstLinkpathDest(linkpath: string, sourcePath: string): TFile | null {
    const folder = sourcePath.slice(0, Math.max(0, sourcePath.lastIndexOf("/")));
    const wanted = (
      linkpath.startsWith(".") ? resolveRelative(folder, linkpath) : linkpath.replace(/^\//, "")
    ).toLowerCase();
    const found = this.vault.getFiles().filter((file) => {
      const path = file.path.toLowerCase();
      return [wanted, `${wanted}.md`].some((end) => path === end || path.endsWith(`/${end}`));
    });
    const exact = found.find((file) => [wanted, `${wanted}.md`].includes(file.path.toLowerCase()));
    if (exact !== undefined) return exact;
    const near = (file: TFile): number => (folder !== "" && file.path.startsWith(`${folder}/`) ? 0 : 1);
    return found.sort((a, b) => near(a) - near(b) || a.path.length - b.path.length)[0] ?? null;
  }

  /** The shortest text that leads to the file: its name, or its path where another file has that name too. */
  fileToLinktext(file: api.TFile, _sourcePath: string, omitMdExtension = true): string {
    const same = this.vault.getFiles().filter((other) => other.name.toLowerCase() === file.name.toLowerCase());
    const text = same.length > 1 ? file.path : file.name;
    return omitMdExtension && file.extension === "md" ? text.slice(0, -3) : text;
  }

  #read(file: unknown): void {
    if (!(file instanceof TFile) || file.extension !== "md") return;
    const { stat } = file;
    const { path } = file;
    const warm = this.#warm;
    this.#reading.push(path);
    this.vault
      .cachedRead(file)
      .then((text) => {
        // Read again since, or gone.
        if (file.stat !== stat || this.vault.getFileByPath(file.path) !== file) return;
        const cache = readMetadata(text);
        this.#caches.set(file, cache);
        if (warm) this.trigger("changed", file, text, cache);
        this.trigger("resolve", file);
      })
      .catch((error: unknown) => console.debug(`${file.path} could not be read for the cache`, error))
      .finally(() => {
        this.#stopReading(path);
        if (!this.busy && this.#warm) this.trigger("resolved");
      });
  }

  #stopReading(path: string): void {
    const at = this.#reading.indexOf(path);
    if (at >= 0) this.#reading.splice(at, 1);
  }
}

/** A path that is written from a folder, as one from the vault's root. */
function resolveRelative(folder: string, path: string): string {
  const segments = folder === "" ? [] : folder.split("/");
  for (const segment of path.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== ".") segments.push(segment);
  }
  return segments.join("/");
}
