import type * as api from "obsidian";
import type { MetadataCache } from "./metadata-cache";
import type { Vault } from "./vault";

/** What concerns files beyond the vault. Source: typing `FileManager`, as far as the plugin may come to need it. */
export class FileManager implements Pick<
  api.FileManager,
  "getNewFileParent" | "renameFile" | "trashFile" | "generateMarkdownLink"
> {
  constructor(
    private readonly vault: Vault,
    private readonly metadataCache: MetadataCache,
  ) {}

  getNewFileParent(_sourcePath: string): api.TFolder {
    return this.vault.getRoot();
  }

  /** Renames; links to the file are left as they are, which is the app's way too where a person has set it so. */
  async renameFile(file: api.TAbstractFile, newPath: string): Promise<void> {
    await this.vault.rename(file, newPath);
  }

  async trashFile(file: api.TAbstractFile): Promise<void> {
    await this.vault.trash(file, true);
  }

  generateMarkdownLink(file: api.TFile, sourcePath: string, subpath = "", alias = ""): string {
    const text = this.metadataCache.fileToLinktext(file, sourcePath) + subpath;
    return `[[${text}${alias === "" ? "" : `|${alias}`}]]`;
  }
}
