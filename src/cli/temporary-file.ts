import { randomBytes } from "node:crypto";
import { errorCode, type FileState, type FileSystem } from "./file-system";

/** How the names of files end that are being written and have no name of their own yet. */
export const TEMPORARY = ".backlog-cards-tmp";

/** Permission bits of a new file, before the process's mask. */
const NEW_MODE = 0o666;

/** Twelve random hexadecimal digits. */
export function randomName(): string {
  return randomBytes(6).toString("hex");
}

/**
 * Writes a new file, to the disk itself. `like`: its mode is taken, and its owner where the system allows; null: those of
 * a new file. Where it fails the file is removed again.
 */
export function writeNewFile(fs: FileSystem, path: string, bytes: Uint8Array, like: FileState | null): void {
  const file = fs.create(path, like === null ? NEW_MODE : 0o600);
  try {
    try {
      if (like !== null) {
        keepOwner(fs, file, like);
        fs.setMode(file, like.mode);
      }
      fs.write(file, bytes);
      fs.flush(file);
    } finally {
      fs.close(file);
    }
  } catch (error) {
    removeQuietly(fs, path);
    throw error;
  }
}

/** Removes a file where it is there. An error of the system is passed over: the next run under the lock tries again. */
export function removeQuietly(fs: FileSystem, path: string): void {
  try {
    fs.remove(path);
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
}

/** Replaces a file whatever it holds, or creates it: afterwards it is there as a whole, on the disk itself. */
export function writeWholeFile(fs: FileSystem, folder: string, name: string, text: string): void {
  const temporary = `${folder}/${name}.${randomName()}${TEMPORARY}`;
  writeNewFile(fs, temporary, Buffer.from(text), null);
  try {
    fs.replace(temporary, `${folder}/${name}`, null);
  } catch (error) {
    removeQuietly(fs, temporary);
    throw error;
  }
  fs.flushFolder(folder);
}

/** Another's file stays another's where the system allows it; where not, the note at least keeps its mode. */
function keepOwner(fs: FileSystem, file: number, { uid, gid }: FileState): void {
  if (process.getuid?.() === uid && process.getgid?.() === gid) return;
  try {
    fs.setOwner(file, uid, gid);
  } catch (error) {
    if (errorCode(error) === null) throw error;
  }
}
