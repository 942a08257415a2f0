import type { Edit } from "./edits";
import { dominantLineEnd } from "./line-ends";
import type { Group, Note } from "./note";
import { insertLinesBelow } from "./placement";

/**
 * The edit that adds a moved note to a group (FORMAT.md §5 rule 7): below earlier ones, which stand below the title, else
 * below the marker. `destination` is the note's name as the comment says it, `today` is `YYYY-MM-DD`.
 */
export function planMovedNote(
  note: Note,
  groupIndex: number,
  ids: readonly string[],
  destination: string,
  today: string,
): Edit {
  const group = note.groups[groupIndex] as Group;
  const comment = `<!-- Tasks ${ids.join(", ")} moved to ${destination} on ${today} -->`;
  return insertLinesBelow(note.text, groupTopAt(note, group), comment, dominantLineEnd(note.text));
}

/**
 * End of the last line that stands at the top of a group: of the moved notes that directly follow its title, else of its
 * title, else of its marker.
 *
 * ```text
 * ## group_begin [type:infra][priority:high]
 * ## Infrastructure
 *
 * <!-- Tasks A moved to TODO.md on 2026-02-04 -->
 *                                                ^
 * ```
 */
export function groupTopAt(note: Note, group: Group): number {
  let top = group.titleSpan?.to ?? group.markerTo;
  for (const moved of note.movedNotes) {
    if (moved.from >= top && note.text.slice(top, moved.from).trim() === "") top = moved.to;
  }
  return top;
}
