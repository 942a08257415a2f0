import type * as api from "obsidian";
import type { DiskStat } from "../server/disk-protocol";
import type { Vault } from "./vault";

/** A file or folder of the vault; the same object as long as it is there, also after a rename. Source: typing `TAbstractFile`. */
export abstract class TAbstractFile implements api.TAbstractFile {
  name = "";
  parent: TFolder | null = null;

  constructor(
    readonly vault: Vault,
    public path: string,
  ) {
    this.moveTo(path);
  }

  /** Takes a new path; who holds the tree sees to `parent`. */
  moveTo(path: string): void {
    this.path = path;
    this.name = path.slice(path.lastIndexOf("/") + 1);
  }
}

/** Source: typing `TFile`; `stat` is replaced when the file changes. */
export class TFile extends TAbstractFile implements api.TFile {
  stat: api.FileStats = { ctime: 0, mtime: 0, size: 0 };
  // Not assigned here: `moveTo` has done so by the time field initializers run.
  declare basename: string;
  declare extension: string;

  override moveTo(path: string): void {
    super.moveTo(path);
    const dot = this.name.lastIndexOf(".");
    this.basename = dot > 0 ? this.name.slice(0, dot) : this.name;
    this.extension = dot > 0 ? this.name.slice(dot + 1).toLowerCase() : "";
  }

  takeStat({ ctime, mtime, size }: DiskStat): void {
    this.stat = { ctime: Math.round(ctime), mtime: Math.round(mtime), size };
  }
}

/** Source: typing `TFolder`. The root's path is `/`, its name empty. */
export class TFolder extends TAbstractFile implements api.TFolder {
  children: TAbstractFile[] = [];

  isRoot(): boolean {
    return this.path === "/";
  }
}

/** The path of the folder that holds a path: `/` at the top. */
export function getParentPath(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash <= 0 ? "/" : path.slice(0, slash);
}
