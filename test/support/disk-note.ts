// A note on the disk, and a disk that somebody interrupts or that refuses.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { nodeFileSystem, type FileSystem } from "../../src/cli/file-system";
import { makeFolder } from "./disk-place";
import { systemError, watchFileSystem, type Operation } from "./watched-file-system";

/** A new folder with NOTE.md in it. */
export function makeNote(text = "a") {
  const folder = makeFolder();
  const path = join(folder, "NOTE.md");
  writeFileSync(path, text);
  return { folder, path };
}

/** A change of NOTE.md, or of another note. */
export const change = (before: string | null, after: string | null, path = "NOTE.md") => ({
  path,
  before,
  after,
  edits: [],
});

/** A disk on which something is done before the first operation of that name on a path that ends so. */
export function interrupt(name: keyof FileSystem, end: string, act: () => void): FileSystem {
  let done = false;
  return watchFileSystem(nodeFileSystem, {
    before: (operation) => {
      if (done || operation.name !== name || !operation.path.endsWith(end)) return;
      done = true;
      act();
    },
  });
}

/** A disk on which operations of these names throw an error of the system. */
export function refuse(
  names: readonly string[],
  code: string,
  which: (operation: Operation) => boolean = () => true,
): FileSystem {
  return watchFileSystem(nodeFileSystem, {
    before: (operation) => {
      if (names.includes(operation.name) && which(operation)) throw systemError(code);
    },
  });
}
