import { appendFile, copyFile, lstat, mkdir, readdir, readFile, rename, rm, rmdir, unlink } from "node:fs/promises";
import { stat as readStat, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { confinePath, createDiskError } from "./confine-path";
import { type DiskEntry, type DiskOptions, type DiskStat, isHidden } from "./disk-protocol";

/** The folder of a vault on the disk, and no way out of it. Every call rejects with the system's code. */
export class VaultDisk {
  constructor(readonly root: string) {}

  /** All that is not hidden, folders before what they hold. */
  async readTree(): Promise<readonly DiskEntry[]> {
    const entries: DiskEntry[] = [];
    const visit = async (folder: string): Promise<void> => {
      for (const entry of await this.list(folder)) {
        if (isHidden(entry.path)) continue;
        entries.push(entry);
        if (entry.stat.type === "folder") await visit(entry.path);
      }
    };
    await visit("");
    return entries;
  }

  /** What a folder holds, hidden or not, by name. Links to folders and links out of the vault are left out. */
  async list(path: string): Promise<readonly DiskEntry[]> {
    const place = await confinePath(this.root, path);
    const entries: DiskEntry[] = [];
    for (const name of (await readdir(place)).sort()) {
      const below = path === "" || path === "/" ? name : `${path}/${name}`;
      const stat = await this.stat(below).catch(() => null);
      if (stat === null) continue;
      const link = stat.type === "folder" && (await lstat(join(place, name))).isSymbolicLink();
      if (!link) entries.push({ path: below, stat });
    }
    return entries;
  }

  /** Null where there is nothing, or neither file nor folder. */
  async stat(path: string): Promise<DiskStat | null> {
    const place = await confinePath(this.root, path);
    try {
      const stat = await readStat(place);
      if (!stat.isFile() && !stat.isDirectory()) return null;
      const type = stat.isFile() ? "file" : "folder";
      return { type, ctime: stat.birthtimeMs, mtime: stat.mtimeMs, size: type === "file" ? stat.size : 0 };
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
      throw error;
    }
  }

  async read(path: string): Promise<Uint8Array> {
    return readFile(await confinePath(this.root, path));
  }

  /** Writes over what is there; the folder has to exist, as for the app. */
  async write(path: string, bytes: Uint8Array, options: DiskOptions): Promise<void> {
    const place = await confinePath(this.root, path);
    await writeFile(place, bytes);
    if (options.mtime !== undefined) await utimes(place, new Date(), new Date(options.mtime));
  }

  async append(path: string, bytes: Uint8Array): Promise<void> {
    await appendFile(await confinePath(this.root, path), bytes);
  }

  /** Makes a folder and those above it; one that exists is no error. */
  async mkdir(path: string): Promise<void> {
    await mkdir(await confinePath(this.root, path), { recursive: true });
  }

  /** Rejects with `EEXIST` where the new place is taken, as the app does. */
  async rename(path: string, to: string): Promise<void> {
    const [from, target] = [await confinePath(this.root, path), await this.findFree(to)];
    await rename(from, target);
  }

  async copy(path: string, to: string): Promise<void> {
    const [from, target] = [await confinePath(this.root, path), await this.findFree(to)];
    await copyFile(from, target);
  }

  async remove(path: string): Promise<void> {
    await unlink(await this.confineBelow(path));
  }

  async rmdir(path: string, recursive: boolean): Promise<void> {
    const place = await this.confineBelow(path);
    await (recursive ? rm(place, { recursive: true }) : rmdir(place));
  }

  /** Into the vault's own `.trash`, under a name that is free there. */
  async trash(path: string): Promise<void> {
    const from = await this.confineBelow(path);
    const name = path.slice(path.lastIndexOf("/") + 1);
    for (let count = 1; ; count++) {
      const to = await confinePath(
        this.root,
        `.trash/${count === 1 ? name : name.replace(/(\.[^.]*)?$/, ` ${count}$1`)}`,
      );
      if (await exists(to)) continue;
      await mkdir(dirname(to), { recursive: true });
      await rename(from, to);
      return;
    }
  }

  private async confineBelow(path: string): Promise<string> {
    if (path === "" || path === "/") throw createDiskError("EPERM", "the vault itself stays");
    return confinePath(this.root, path);
  }

  private async findFree(path: string): Promise<string> {
    const place = await this.confineBelow(path);
    if (await exists(place)) throw createDiskError("EEXIST", `file already exists, '${path}'`);
    return place;
  }
}

const exists = (place: string): Promise<boolean> =>
  lstat(place).then(
    () => true,
    () => false,
  );
