import { lstat, realpath } from "node:fs/promises";
import { dirname, join, sep } from "node:path";

/** An error as the system gives it: a message for people and a code for programs. */
export function createDiskError(code: string, message: string): NodeJS.ErrnoException {
  return Object.assign(new Error(`${code}: ${message}`), { code });
}

/**
 * The place on the disk of a path of the vault (`notes/a.md`; empty or `/` is the vault itself). Throws `EACCES` where it would
 * lead out of the vault: by `..`, by an absolute path, by a drive, or over a symbolic link. The place need not exist.
 */
export async function confinePath(root: string, path: string): Promise<string> {
  const segments = path === "" || path === "/" ? [] : path.split("/");
  if (segments.some((segment) => /^\.{0,2}$|[\0\\]|^[A-Za-z]:/.test(segment))) throw outside(path);
  const place = join(root, ...segments);
  const realRoot = await realpath(root);
  const real = await resolveExisting(place);
  if (real !== realRoot && !real.startsWith(realRoot + sep)) throw outside(path);
  return place;
}

/** The real path of a place, or of the nearest folder above it that exists. A link that leads nowhere is no way in. */
async function resolveExisting(place: string): Promise<string> {
  try {
    return await realpath(place);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    if (await isLink(place)) throw outside(place);
    return resolveExisting(dirname(place));
  }
}

async function isLink(place: string): Promise<boolean> {
  return lstat(place).then(
    (stat) => stat.isSymbolicLink(),
    () => false,
  );
}

const outside = (path: string): Error => createDiskError("EACCES", `outside the vault, '${path}'`);
