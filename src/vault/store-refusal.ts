import { printable } from "../core/journal";
import { StoreError } from "../core/store";

/** What was to be done to a file. */
export type Deed = "read" | "written" | "removed";

/**
 * A failure of the app as the store throws it: a StoreError that says in a sentence which file it is, why, and what to do. A
 * StoreError stays what it is.
 */
export function explainRefusal(error: unknown, shown: string, deed: Deed): StoreError {
  if (error instanceof StoreError) return error;
  return new StoreError(`${shown} can't be ${deed}: ${explainCode(error)}`, { cause: error });
}

/** Does something with a file; what it throws becomes a StoreError. */
export async function refusing<T>(shown: string, deed: Deed, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw explainRefusal(error, shown, deed);
  }
}

/** The code of the operating system, such as `ENOENT`, where the app hands it on; null where it does not. */
export function readCode(error: unknown): string | null {
  const known = typeof error === "object" && error !== null && "code" in error;
  return known && typeof error.code === "string" ? error.code : null;
}

function explainCode(error: unknown): string {
  switch (readCode(error)) {
    case "EACCES":
    case "EPERM":
      return "permission denied. Give yourself the right to it and its folder, then try again.";
    case "EROFS":
      return "the disk is read-only.";
    case "ENOSPC":
    case "EDQUOT":
      return "the disk is full. Free some space, then try again.";
    case "EISDIR":
      return "it is a folder. Rename the folder, then try again.";
    case "EEXIST":
    case "ENOTDIR":
      return "something else of that name, or of its folder's, is in the way. Rename that, then try again.";
    case "ENOENT":
      return "it is not there any more, or its folder is not.";
    default:
      return `the app says "${printable(error instanceof Error ? error.message : String(error))}". Try again.`;
  }
}
