/** Where a link leads. */
export interface LinkTarget {
  /** An address with a scheme, else the path or the name of a note, perhaps with `#heading`. */
  readonly target: string;
  readonly external: boolean;
}

const SCHEME = /^([a-z][a-z\d+.-]*):/i;
const ALLOWED: ReadonlySet<string> = new Set(["http", "https", "mailto", "obsidian"]);
/** Behind a path: the line that it points to. */
const LINE = /:\d[\d:,–-]*$/;

/**
 * Where a destination leads, as it is written in a link or named as a path. Null where it is not to be followed: another
 * scheme than `http`, `https`, `mailto` and `obsidian`, another computer's path, a pattern, or nothing at all.
 */
export function readTarget(written: string): LinkTarget | null {
  const target = written.trim();
  const scheme = SCHEME.exec(target)?.[1];
  if (scheme !== undefined && ALLOWED.has(scheme.toLowerCase())) return { target, external: true };
  const path = target.replace(LINE, "");
  const leadsOut = SCHEME.test(path) || path.startsWith("//") || path.includes("\\");
  return leadsOut || path === "" || /[\p{Cc}*]/u.test(path) ? null : { target: path, external: false };
}

/** A destination of a Markdown link without its percent signs: `My%20note.md` is `My note.md`. What is no code stays. */
export function decodeDestination(destination: string): string {
  if (SCHEME.test(destination)) return destination;
  try {
    return decodeURIComponent(destination);
  } catch {
    // A lone percent sign in a path: it means itself.
    return destination;
  }
}
