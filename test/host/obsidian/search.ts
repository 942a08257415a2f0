/** Searches in names: fuzzy, by words, and how results are drawn. */
import type { SearchMatches, SearchResult, SearchResultContainer } from "obsidian";

/** A search that finds the letters of a query in order; better the fewer gaps and the earlier. */
export function prepareFuzzySearch(query: string): (text: string) => SearchResult | null {
  const letters = query.toLowerCase().replace(/\s+/g, "");
  return (text) => {
    const low = text.toLowerCase();
    const whole = low.indexOf(query.toLowerCase().trim());
    if (whole >= 0)
      return { score: -whole / 100, matches: letters === "" ? [] : [[whole, whole + query.trim().length]] };
    const matches: SearchMatches = [];
    let from = 0;
    for (const letter of letters) {
      const at = low.indexOf(letter, from);
      if (at < 0) return null;
      const last = matches.at(-1);
      if (last?.[1] === at) last[1] = at + 1;
      else matches.push([at, at + 1]);
      from = at + 1;
    }
    return { score: -matches.length - (matches[0]?.[0] ?? 0) / 100, matches };
  };
}

/** A search that finds every word of a query anywhere. */
export function prepareSimpleSearch(query: string): (text: string) => SearchResult | null {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (text) => {
    const low = text.toLowerCase();
    const matches = words.map((word): [number, number] => [low.indexOf(word), low.indexOf(word) + word.length]);
    return matches.every(([at]) => at >= 0) ? { score: -(matches[0]?.[0] ?? 0), matches: matches.sort(byPlace) } : null;
  };
}

/** Puts the best results first. */
export function sortSearchResults(results: SearchResultContainer[]): void {
  results.sort((one, other) => other.match.score - one.match.score);
}

/** Writes a text into an element, what matched as `span.suggestion-highlight`. */
export function renderMatches(
  el: HTMLElement | DocumentFragment,
  text: string,
  matches: SearchMatches | null,
  offset = 0,
): void {
  let from = 0;
  for (const [start, end] of matches ?? []) {
    const [first, last] = [Math.max(start + offset, from), Math.min(end + offset, text.length)];
    if (last <= first) continue;
    el.appendText(text.slice(from, first));
    el.createSpan({ cls: "suggestion-highlight", text: text.slice(first, last) });
    from = last;
  }
  el.appendText(text.slice(from));
}

/** The same for a whole result. */
export function renderResults(el: HTMLElement, text: string, result: SearchResult, offset?: number): void {
  renderMatches(el, text, result.matches, offset);
}

function byPlace([one]: readonly [number, number], [other]: readonly [number, number]): number {
  return one - other;
}
