import type { MetadataCache, Vault, Workspace } from "obsidian";

/** The part of the app that reading the notes of a vault needs; an `App` is one. */
export interface VaultApp {
  readonly vault: Pick<
    Vault,
    "on" | "getFileByPath" | "getFolderByPath" | "getRoot" | "getMarkdownFiles" | "cachedRead" | "readBinary"
  >;
  readonly workspace: Pick<Workspace, "on" | "onLayoutReady" | "iterateAllLeaves" | "getActiveViewOfType">;
  readonly metadataCache: Pick<MetadataCache, "on" | "getFileCache">;
}
