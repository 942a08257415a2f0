import { CallFailure } from "../calls/failure";

const REASONS: ReadonlyMap<string, string> = new Map([
  ["EACCES", "permission denied"],
  ["EPERM", "the operation is not permitted"],
  ["EISDIR", "it is a folder, not a note"],
  ["ENOTDIR", "a part of the path is not a folder"],
  ["ENOSPC", "the disk is full"],
  ["EDQUOT", "the disk quota is used up"],
  ["EROFS", "the file system is read-only"],
  ["EMFILE", "too many files are open"],
  ["ENFILE", "too many files are open"],
  ["ELOOP", "its links lead in a circle"],
  ["ENAMETOOLONG", "the name is too long"],
  ["EIO", "the disk reports an error"],
  ["ERR_FS_FILE_TOO_LARGE", "it is too large to be read"],
  ["ERR_STRING_TOO_LONG", "it is too large to be read"],
]);

/** The code of an error of the operating system or of node's file functions ("ENOENT"); null for any other value. */
export function readErrorCode(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("code" in error)) return null;
  return typeof error.code === "string" ? error.code : null;
}

/**
 * The failure that an error of a file function means; `doing` completes "Cannot …" ("read BACKLOG.md"). An error without
 * a code is our bug and is thrown on as it is.
 */
export function failFile(error: unknown, doing: string): CallFailure {
  const code = readErrorCode(error);
  if (code === null) throw error;
  if (code === "ENOENT") return new CallFailure("not-found", `Cannot ${doing}: it does not exist.`);
  return new CallFailure("io", `Cannot ${doing}: ${REASONS.get(code) ?? code}.`);
}
