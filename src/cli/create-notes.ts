import { closeSync, fsyncSync, mkdirSync, openSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { failFile } from "./failure";
import { showPath, type FoundFolder } from "./folders";

/** A note that does not exist yet. */
export interface NewNote {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
}

/**
 * Creates notes and the folders that they lie in, none of them over an existing file, and gives their paths. Fails where
 * one can't be created; those created before it are removed again.
 */
export function createNotes(folder: FoundFolder, notes: readonly NewNote[]): readonly string[] {
  const created: string[] = [];
  for (const { path, text } of notes) {
    const target = join(folder.path, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      const file = openSync(target, "wx");
      created.push(target);
      try {
        writeFileSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
    } catch (error) {
      for (const earlier of created) unlinkSync(earlier);
      throw failFile(error, `create ${showPath(folder, path)}`);
    }
  }
  return notes.map(({ path }) => path);
}
