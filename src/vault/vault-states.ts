import { STATE_LIMIT } from "../core/journal";
import { SET_ASIDE } from "../core/kept-note";
import { isWholeState, NEXT, STATE_FOLDER } from "../core/state-files";
import { folderOf } from "./folders";
import type { VaultDisk } from "./vault-disk";

/** Journal and ledger of a backlog folder, in its dot folder. Names are relative to that folder. */
export class VaultStates {
  constructor(private readonly disk: VaultDisk) {}

  /** See `NoteStore.readState`. */
  async read(name: string): Promise<string | null> {
    const path = pathOf(name);
    // Looked at twice: between the two names another may have put the one in place of the other.
    for (let look = 0; look < 2; look++) {
      const text = await this.readText(path);
      if (text !== null) return text;
      const next = await this.readText(path + NEXT);
      if (next !== null && isWholeState(next)) return next;
    }
    return null;
  }

  /** See `NoteStore.writeState`. Stopped at whichever step, the state is the old one or the new one. */
  async write(name: string, text: string): Promise<void> {
    const path = pathOf(name);
    await this.disk.makeFolder(folderOf(path));
    await this.disk.write(path + NEXT, text);
    await this.complete(path);
  }

  /** See `NoteStore.removeState`. The next text goes first: it would count as soon as the other is gone. */
  async remove(name: string): Promise<void> {
    const path = pathOf(name);
    await this.disk.remove(path + NEXT);
    await this.disk.remove(path);
  }

  /** See `NoteStore.listState`. A state counts as soon as its next text does. */
  async list(folder: string): Promise<readonly string[]> {
    const path = folder === "" ? STATE_FOLDER : pathOf(folder);
    const names = await this.disk.list(path);
    const listed = new Set<string>();
    for (const name of names) {
      if (name.endsWith(TEMPORARY)) continue;
      const own = name.endsWith(NEXT) ? name.slice(0, -NEXT.length) : name;
      if (own === name || (!names.includes(own) && (await this.isWhole(`${path}/${name}`)))) listed.add(own);
    }
    return [...listed].sort();
  }

  /** Finishes or drops what was being written when the app or the command line was stopped. Only under the lock. */
  async tidy(): Promise<void> {
    for (const folder of [STATE_FOLDER, pathOf("ledger"), pathOf(SET_ASIDE)]) {
      const names = await this.disk.list(folder);
      for (const name of names.filter((each) => each.endsWith(NEXT))) {
        const path = `${folder}/${name}`;
        const own = path.slice(0, -NEXT.length);
        if (names.includes(name.slice(0, -NEXT.length)) || !(await this.isWhole(path))) await this.disk.remove(path);
        else await this.complete(own);
      }
    }
    if ((await this.disk.stat(pathOf(".gitignore"))) === null) await this.disk.write(pathOf(".gitignore"), "*\n");
  }

  /** Puts the next text in place of the old one. */
  private async complete(path: string): Promise<void> {
    await this.disk.remove(path);
    await this.disk.rename(path + NEXT, path);
  }

  private async isWhole(path: string): Promise<boolean> {
    const text = await this.readText(path);
    return text !== null && isWholeState(text);
  }

  private async readText(path: string): Promise<string | null> {
    const bytes = await this.disk.readBytes(path);
    // A unit of UTF-16 is at most three bytes: so a longer state still gives a longer text.
    return bytes && new TextDecoder().decode(bytes.byteLength > MOST_BYTES ? bytes.slice(0, MOST_BYTES) : bytes);
  }
}

const MOST_BYTES = 3 * STATE_LIMIT + 3;

/** How the names of the command line's temporary files end. */
const TEMPORARY = ".backlog-cards-tmp";

function pathOf(name: string): string {
  return `${STATE_FOLDER}/${name}`;
}
