import { basename, dirname, join } from "node:path";
import { STATE_LIMIT } from "../core/journal";
import { SET_ASIDE } from "../core/kept-note";
import { isWholeState, NEXT } from "../core/state-files";
import { unlessAbsent, type FileSystem } from "./file-system";
import { removeQuietly, TEMPORARY, writeWholeFile } from "./temporary-file";

/** Journal and ledger of a backlog folder, in its dot folder. Names are relative to that folder. Throws Node's errors. */
export class DiskStates {
  constructor(
    private readonly fs: FileSystem,
    readonly folder: string,
  ) {}

  /** See `NoteStore.readState`. */
  read(name: string): string | null {
    const path = join(this.folder, name);
    // Looked at twice: between the two names the app may have put the one in place of the other.
    return this.readText(path) ?? this.readNext(path) ?? this.readText(path);
  }

  /** See `NoteStore.writeState`. */
  write(name: string, text: string): void {
    const path = join(this.folder, name);
    if (dirname(path) !== this.folder) this.fs.makeFolder(dirname(path));
    writeWholeFile(this.fs, dirname(path), basename(path), text);
  }

  /** See `NoteStore.removeState`. The next text goes first: it would count as soon as the other is gone. */
  remove(name: string): void {
    const path = join(this.folder, name);
    const removed = [path + NEXT, path].filter((each) => this.removeThere(each));
    if (removed.length > 0) this.fs.flushFolder(dirname(path));
  }

  /** See `NoteStore.listState`. */
  list(folder: string): readonly string[] {
    const path = join(this.folder, folder);
    const names = this.readNames(path).flatMap((name) => {
      if (name.endsWith(TEMPORARY)) return [];
      if (!name.endsWith(NEXT)) return [name];
      const own = name.slice(0, -NEXT.length);
      return this.readNext(join(path, own)) === null ? [] : [own];
    });
    return [...new Set(names)].sort();
  }

  /** Removes what killed processes left of states; keeps the folder out of version control. Only under the lock. */
  tidy(): void {
    for (const folder of [this.folder, join(this.folder, "ledger"), join(this.folder, SET_ASIDE)]) {
      for (const name of this.readNames(folder)) {
        const path = join(folder, name);
        if (name.endsWith(TEMPORARY) && !name.startsWith("lock.")) removeQuietly(this.fs, path);
        if (name.endsWith(NEXT)) this.settleNext(path.slice(0, -NEXT.length));
      }
    }
    if (unlessAbsent(() => this.fs.inspect(join(this.folder, ".gitignore"))) === null) {
      writeWholeFile(this.fs, this.folder, ".gitignore", "*\n");
    }
  }

  /** Finishes or drops what the app was writing when it was stopped. */
  private settleNext(path: string): void {
    const counts = this.readText(path) === null && this.readNext(path) !== null;
    if (counts) this.fs.replace(path + NEXT, path, null);
    else this.removeThere(path + NEXT);
    this.fs.flushFolder(dirname(path));
  }

  private readText(path: string): string | null {
    // A unit of UTF-16 is at most three bytes: so a longer state still gives a longer text.
    const bytes = unlessAbsent(() => this.fs.readFile(path, 3 * STATE_LIMIT + 3));
    return bytes && new TextDecoder().decode(bytes);
  }

  /** The next text of a state, which the app was putting in place of the old one; null where there is none, or a part of one. */
  private readNext(path: string): string | null {
    const next = this.readText(path + NEXT);
    return next !== null && isWholeState(next) ? next : null;
  }

  /** Removes a file, and says whether it was there. */
  private removeThere(path: string): boolean {
    const removed = unlessAbsent(() => {
      this.fs.remove(path);
      return true;
    });
    return removed ?? false;
  }

  private readNames(folder: string): readonly string[] {
    return unlessAbsent(() => this.fs.readFolder(folder)) ?? [];
  }
}
