import type { App } from "./app";
import type { TFile } from "./file";

/** The note that a link leads to and the place in it: "" or `#Heading`. Observation: a link to no note makes that note. */
export async function resolveLink(
  app: App,
  linktext: string,
  sourcePath: string,
): Promise<{ file: TFile; subpath: string }> {
  const { path, subpath } = splitLink(linktext);
  const file = findLinked(app, path, sourcePath);
  return { file: file ?? (await app.vault.create(path.endsWith(".md") ? path : `${path}.md`, "")), subpath };
}

/** The note that a link leads to; null where there is none. A link without a path leads to its own note. */
export function findLinked(app: App, path: string, sourcePath: string): TFile | null {
  return path === "" ? app.vault.getFileByPath(sourcePath) : app.metadataCache.getFirstLinkpathDest(path, sourcePath);
}

/** Source: typing `parseLinktext`: a path and a subpath that begins with `#`. */
export function splitLink(linktext: string): { path: string; subpath: string } {
  const at = linktext.indexOf("#");
  return at < 0 ? { path: linktext, subpath: "" } : { path: linktext.slice(0, at), subpath: linktext.slice(at) };
}

/** The headings of a text outside fences, with their places. `line` counts from 0; `to` is the line behind the heading's part. */
export interface HeadingPlace {
  readonly title: string;
  readonly level: number;
  readonly line: number;
  readonly to: number;
}

/** The lines that a heading of a text spans; null where no heading is called so. Letters' case is ignored. */
export function findHeading(text: string, subpath: string): HeadingPlace | null {
  const wanted = (subpath.split("#").at(-1) ?? "").trim().toLowerCase();
  const lines = text.split("\n");
  let fence = "";
  let found: { title: string; level: number; line: number } | null = null;
  for (const [line, content] of lines.entries()) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(content)?.[1] ?? "";
    if (fence !== "") {
      if (mark.startsWith(fence)) fence = "";
      continue;
    }
    fence = mark;
    const heading = /^(#{1,6})\s+(.*?)\s*$/.exec(content);
    if (heading === null) continue;
    const level = (heading[1] ?? "").length;
    if (found !== null && level <= found.level) return { ...found, to: line };
    const title = heading[2] ?? "";
    if (found === null && title.toLowerCase() === wanted) found = { title, level, line };
  }
  return found === null ? null : { ...found, to: lines.length };
}
