import type { ChangeDesc, Text } from "@codemirror/state";

const MARKER = /## (?:task|group)_begin/;

/** Whether a note may hold a marker that figures begin with; true too where one stands in masked text. */
export function holdsMarker(doc: Text): boolean {
  return holdsMarkerWithin(doc, 1, doc.lines);
}

/** Whether changes may have brought the first such marker of a note: looks at the lines that they touch. */
export function bringsMarker(changes: ChangeDesc, doc: Text): boolean {
  let found = false;
  changes.iterChangedRanges((_fromA, _toA, from, to) => {
    found ||= holdsMarkerWithin(doc, doc.lineAt(from).number, doc.lineAt(to).number);
  });
  return found;
}

function holdsMarkerWithin(doc: Text, first: number, last: number): boolean {
  for (const line of doc.iterLines(first, last + 1)) {
    if (MARKER.test(line)) return true;
  }
  return false;
}
