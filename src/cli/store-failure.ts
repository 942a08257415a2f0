import { StoreError } from "../core/store";
import { errorCode } from "./file-system";

/**
 * An error as the store throws it: where the operating system refuses, a StoreError that says in one sentence which file
 * it is and what to do; every other error as it is.
 */
export function explainFailure(error: unknown, shown: string, deed: "read" | "written"): unknown {
  const code = errorCode(error);
  return code === null ? error : new StoreError(explain(code, shown, deed), { cause: error });
}

function explain(code: string, shown: string, deed: "read" | "written"): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
      return `${shown} can't be ${deed}: permission denied. Give yourself the right to it and its folder, then try again.`;
    case "EROFS":
      return `${shown} can't be ${deed}: the disk is read-only.`;
    case "ENOSPC":
    case "EDQUOT":
      return `${shown} can't be ${deed}: the disk is full. Free some space, then try again.`;
    case "EISDIR":
      return `${shown} can't be ${deed}: it is a folder. Rename the folder, then try again.`;
    case "EEXIST":
    case "ENOTDIR":
      return `${shown} can't be ${deed}: something else of that name, or of its folder's, is in the way.`;
    case "ENOENT":
      return `${shown} can't be ${deed}: its folder is not there any more.`;
    case "ELOOP":
      return `${shown} can't be ${deed}: its links lead in a circle.`;
    case "ENAMETOOLONG":
      return `${shown} can't be ${deed}: its name is too long.`;
    default:
      return `${shown} can't be ${deed} (${code}).`;
  }
}
