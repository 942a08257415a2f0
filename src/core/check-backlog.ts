import { severityOf, type Finding } from "./finding";
import type { BacklogFolder } from "./folder";
import type { Note } from "./note";
import { idKey } from "./promotable";
import { badProperties } from "./rules";

/** The findings that only a backlog has: moved notes of which no other note knows, and properties that cannot be read. */
export function checkBacklog(note: Note, folder: BacklogFolder): readonly Finding[] {
  const stale = staleMovedNotes(note, folder).map((moved): Finding => {
    const message = `No other note of the folder knows ${moved.ids.join(", ")}: remove this comment.`;
    return finding("stale-moved-note", moved, message, true);
  });
  const bad = badProperties(note).map(({ property, takes }): Finding => {
    return finding("bad-property", property, `The property ${property.key} takes ${takes}; it is passed over.`, false);
  });
  return [...stale, ...bad];
}

function finding(
  code: "stale-moved-note" | "bad-property",
  { from, to }: { readonly from: number; readonly to: number },
  message: string,
  fixable: boolean,
): Finding {
  return { code, severity: severityOf(code), from, to, message, task: null, fixable };
}

/** The moved notes of a backlog whose ids neither the todo nor the archive nor the index note knows, where one exists. */
export function staleMovedNotes(note: Note, { todo, archive, index }: BacklogFolder) {
  if (!todo && !archive && !index) return [];
  const known = new Set<string>();
  for (const { id } of [...(todo?.tasks ?? []), ...(archive?.tasks ?? []), ...(index?.entries ?? [])]) {
    if (id !== null) known.add(idKey(id));
  }
  return note.movedNotes.filter(({ ids }) => !ids.some((id) => known.has(idKey(id))));
}
