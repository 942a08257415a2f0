import { showPath, type FoundFolder } from "./host";
import { showLines, type Paint } from "./paint";

/** A note before and after; null where it does not exist. */
export interface NoteDifference {
  /** Relative to the folder. */
  readonly path: string;
  readonly before: string | null;
  readonly after: string | null;
}

/**
 * The differences as one unified diff, as `patch -p1` and `git apply` take it; a note that is created or removed has
 * `/dev/null` on the other side. "" where nothing differs.
 */
export async function renderDiff(folder: FoundFolder, differences: readonly NoteDifference[]): Promise<string> {
  // Loaded only where a diff is shown: most calls of the command line need none.
  const { writeUnifiedDiff } = await import("./unified-diff");
  return differences
    .filter(({ before, after }) => before !== after)
    .map(({ path, before, after }) => {
      const shown = showPath(folder, path).replace(/^\/+/, "");
      const [from, to] = [before === null ? "/dev/null" : `a/${shown}`, after === null ? "/dev/null" : `b/${shown}`];
      return endNames(writeUnifiedDiff(from, to, before ?? "", after ?? ""));
    })
    .join("");
}

/** Without a tab behind it, `patch` reads a name up to its first blank; git writes it so too. */
function endNames(patch: string): string {
  return patch.replace(/^--- .*\n\+\+\+ .*\n/, (names) => names.replace(/^(?:---|\+\+\+) .* .*$/gm, "$&\t"));
}

/**
 * The diff for a person: on a terminal coloured and without control characters that could steer it, else as it is.
 */
export function paintDiff(diff: string, paint: Paint): string {
  if (!paint.colours) return diff;
  return diff
    .split("\n")
    .map((line) => {
      const shown = showLines(line);
      if (/^(?:---|\+\+\+) /.test(line)) return paint.bold(shown);
      if (line.startsWith("@@")) return paint.cyan(shown);
      if (line.startsWith("+")) return paint.green(shown);
      return line.startsWith("-") ? paint.red(shown) : shown;
    })
    .join("\n");
}
