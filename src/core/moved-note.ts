import type { Edit } from "./edits";
import { dominantLineEnd } from "./line-ends";
import type { Group, Note } from "./note";
import { insertLinesBelow } from "./placement";

/**
 * The edit that adds a moved note to a group (FORMAT.md §5 rule 7): below the last of the earlier ones that stand before
 * its first task, else below its title, else below its marker. `destination` is the note's name as the comment says it, `today` is `YYYY-MM-DD`.
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
  const bound = note.tasks.find((task) => task.group === groupIndex)?.from ?? group.to;
  const earlier = note.movedNotes.filter((moved) => moved.group === groupIndex && moved.from < bound).at(-1);
  const at = (earlier ?? group.titleSpan)?.to ?? group.markerTo;
  return insertLinesBelow(note.text, at, comment, dominantLineEnd(note.text));
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
