import { readFileSync } from "node:fs";
import { failFile, readErrorCode } from "./failure";

/** A file's text; null where there is none at that path. Fails where it is there and cannot be read. */
export function readTextIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = readErrorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return null;
    throw failFile(error, `read ${path}`);
  }
}
