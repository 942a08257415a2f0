import type { App, Stat } from "obsidian";
import type { NoteRead } from "../core/store";
import { StoreError } from "../core/store";
import { joinPath } from "./folders";
import { refusing } from "./store-refusal";

/**
 * The files of a backlog folder as they are on the disk, whatever the app's index says of them, dot folders included. Paths are
 * relative to the folder. What the app refuses is thrown as a StoreError.
 */
export class VaultDisk {
  constructor(
    readonly app: App,
    readonly folder: string,
  ) {}

  /** The path in the vault; that is also the name by which messages call a file. */
  pathOf(path: string): string {
    return joinPath(this.folder, path);
  }

  /** What is known of a file or folder without reading it; null where nothing is there. */
  stat(path: string): Promise<Stat | null> {
    const full = this.pathOf(path);
    return refusing(full, "read", () => this.app.vault.adapter.stat(full));
  }

  /** The bytes of a file; null where there is none. A folder is refused. */
  async readBytes(path: string): Promise<ArrayBuffer | null> {
    const full = this.pathOf(path);
    const stat = await this.stat(path);
    if (stat === null) return null;
    if (stat.type === "folder") throw new StoreError(`${full} is a folder where a note should be: rename the folder.`);
    try {
      return await refusing(full, "read", () => this.app.vault.adapter.readBinary(full));
    } catch (error) {
      if ((await this.stat(path)) === null) return null;
      throw error;
    }
  }

  /** The note on the disk. A byte-order mark is part of the text. */
  async readNote(path: string): Promise<NoteRead> {
    const bytes = await this.readBytes(path);
    if (bytes === null) return { kind: "absent" };
    const text = decodeStrictly(bytes);
    return text === null ? { kind: "not-utf8" } : { kind: "text", text };
  }

  /** Names of the files and folders in a folder; none where it is absent. */
  async list(folder: string): Promise<readonly string[]> {
    if ((await this.stat(folder))?.type !== "folder") return [];
    const full = this.pathOf(folder);
    const { files, folders } = await refusing(full, "read", () => this.app.vault.adapter.list(full));
    return [...files, ...folders].map((path) => path.slice(path.lastIndexOf("/") + 1)).sort();
  }

  /** Writes a file that no one has open, whatever is there. */
  async write(path: string, text: string): Promise<void> {
    const full = this.pathOf(path);
    await refusing(full, "written", () => this.app.vault.adapter.write(full, text));
  }

  /** Renames a file; refused where the other is there. */
  async rename(path: string, to: string): Promise<void> {
    const full = this.pathOf(to);
    await refusing(full, "written", () => this.app.vault.adapter.rename(this.pathOf(path), full));
  }

  /** Removes a file for good; nothing happens where there is none. */
  async remove(path: string): Promise<void> {
    if ((await this.stat(path)) === null) return;
    const full = this.pathOf(path);
    try {
      await refusing(full, "removed", () => this.app.vault.adapter.remove(full));
    } catch (error) {
      // Another was faster.
      if ((await this.stat(path)) !== null) throw error;
    }
  }

  /** Makes a folder, and those above it. */
  async makeFolder(path: string): Promise<void> {
    const segments = path.split("/");
    for (const [index] of segments.entries()) {
      const folder = segments.slice(0, index + 1).join("/");
      if ((await this.stat(folder))?.type === "folder") continue;
      const full = this.pathOf(folder);
      try {
        await refusing(full, "written", () => this.app.vault.adapter.mkdir(full));
      } catch (error) {
        if ((await this.stat(folder))?.type !== "folder") throw error;
      }
    }
  }
}

/** Null where the bytes are not valid UTF-8. */
function decodeStrictly(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
