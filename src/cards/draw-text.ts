import { findReferences } from "../core/references";
import { makeElement } from "./elements";
import { readTarget } from "./links";

/**
 * Text that is no markup any more, with what still leads somewhere as links: `[[wiki links]]`, addresses and bare `docs/…`
 * paths. A line break is shown as one, as the app does.
 */
export function drawText(doc: Document, text: string): (Node | string)[] {
  const drawn: (Node | string)[] = [];
  let at = 0;
  for (const { kind, target, from, to } of findReferences(text, 0, text.length)) {
    const written = text.slice(from, to);
    // An escaped link or code span is meant to be read as it stands.
    if (kind === "link" || written.startsWith("`")) continue;
    // An embedded note or picture is a link as well.
    const before = text.slice(at, from);
    drawn.push(...drawLines(doc, kind === "wikilink" ? before.replace(/!$/, "") : before));
    drawn.push(drawLink(doc, target, [kind === "wikilink" ? readAlias(written) : written]));
    at = to;
  }
  return [...drawn, ...drawLines(doc, text.slice(at))];
}

/** A link with its words; only the words where it is not to be followed. Several words are kept together. */
export function drawLink(doc: Document, destination: string, words: readonly (Node | string)[]): Node {
  const link = readTarget(destination);
  if (!link) return makeElement(doc, "span", {}, ...words);
  const kind = link.external ? "external-link" : "internal-link";
  const shown = words.length > 0 ? words : [link.target];
  return makeElement(
    doc,
    "a",
    {
      class: kind,
      href: link.target,
      "data-control": "link",
      "data-target": link.target,
      ...(link.external ? { rel: "noopener nofollow" } : { "data-href": link.target }),
    },
    ...shown,
  );
}

/** A back-ticked path as a link; null where it is no path, or one of several notes. */
export function drawPath(doc: Document, code: string): Node | null {
  const written = `\`${code}\``;
  const named = findReferences(written, 0, written.length)[0];
  if (named?.kind !== "path" || !readTarget(named.target)) return null;
  return drawLink(doc, named.target, [makeElement(doc, "code", {}, code)]);
}

/** `[[target|alias]]` is shown as its alias, `[[target]]` as its target. */
function readAlias(written: string): string {
  const inner = written.slice(2, -2);
  return inner.slice(inner.indexOf("|") + 1).trim();
}

function drawLines(doc: Document, text: string): (Node | string)[] {
  return text
    .split(/\r\n|\n|\r/)
    .flatMap((line, at) => (at === 0 ? [line] : [makeElement(doc, "br", {}), line]))
    .filter((part) => part !== "");
}
