import { readTags, tagValue } from "../core/header";
import { idKey } from "../core/promotable";
import { HIDDEN, PLAIN, type NoteRoles, type Role } from "./roles";

/** What the text of a rendered heading says of the line that it comes from. */
export type HeadingKind = "task-begin" | "task-end" | "group-begin" | "group-end" | "other";

const MARKERS: readonly (readonly [RegExp, HeadingKind])[] = [
  [/^task_begin(?:\s*#{2,6}.*)?$/s, "task-begin"],
  [/^task_end$/, "task-end"],
  [/^group_begin\s*(?:\[.*)?$/s, "group-begin"],
  [/^group_end$/, "group-end"],
];

/** What stands before the title in a task's header (FORMAT.md §4). */
const TAGS = /^(?:\d+\.)?\s*#?\s*(?:\[[^\]]*\]\s*)*/;

/** Which marker a rendered heading is, by its text. */
export function readHeadingKind(heading: string): HeadingKind {
  const text = heading.trim();
  return MARKERS.find(([pattern]) => pattern.test(text))?.[1] ?? "other";
}

/**
 * The roles of rendered parts of which only their order is known: in a hover preview, an embed, on paper. `headings` are
 * their headings' texts, null for a part that is no heading. A block is the one of the note that has the id which the
 * heading behind the marker names, else the title; of equal ones the first in the parts is the first in the note. A block that is not whole
 * here, or that the note does not hold, stays plain; so does a group's marker that the note does not hold.
 */
export function rolesInOrder(headings: readonly (string | null)[], roles: NoteRoles): readonly Role[] {
  const found: Role[] = headings.map(() => PLAIN);
  const kinds = headings.map((heading) => (heading === null ? null : readHeadingKind(heading)));
  const seen = new Map<string, number>();
  let group: number | null = null;
  let emptyFrom = -1;
  for (let at = 0; at < headings.length; at++) {
    const kind = kinds[at];
    if (kind === "task-begin") {
      const end = findEnd(kinds, at);
      const task = end === -1 ? -1 : findTask(headings, at, end, roles, seen);
      if (task === -1) continue;
      found[at] = { kind: "task", task };
      found.fill(HIDDEN, at + 1, end + 1);
      at = end;
    } else if (kind === "group-begin") {
      group = findGroup(String(headings[at]), headings[at + 1] ?? null, roles, seen);
      if (group === null) continue;
      found[at] = { kind: "group", group };
      const one = roles.note.groups[group];
      emptyFrom = one && roles.isEmpty(one) ? at : -1;
      if (one?.titleSpan) found[++at] = HIDDEN;
    } else if (kind === "group-end" && group !== null) {
      if (emptyFrom === -1) found[at] = { kind: "group-end", group };
      else found.fill(HIDDEN, emptyFrom + 1, at + 1);
      group = null;
    }
  }
  return found;
}

/** Where the block that begins at `at` ends; -1 where another marker comes first. */
function findEnd(kinds: readonly (HeadingKind | null | undefined)[], at: number): number {
  for (let end = at + 1; end < kinds.length; end++) {
    const kind = kinds[end];
    if (kind === "task-end") return end;
    if (kind !== null && kind !== "other") return -1;
  }
  return -1;
}

function findTask(
  headings: readonly (string | null)[],
  from: number,
  to: number,
  roles: NoteRoles,
  seen: Map<string, number>,
): number {
  const header = headings.slice(from, to).find((heading) => heading?.includes("[id:"));
  const id = /\[id:\s*([^\]]*?)\s*\]/i.exec(header ?? "")?.[1];
  // A header that is glued to its marker is in no heading of its own.
  const title = headings[from]?.trim() === "task_begin" ? lettersOf((headings[from + 1] ?? "").replace(TAGS, "")) : "";
  if (id === undefined && title === "") return -1;
  const key = id === undefined ? JSON.stringify(title) : idKey(id);
  const place = seen.get(key) ?? 0;
  seen.set(key, place + 1);
  const places = [...roles.note.tasks.entries()].flatMap(([at, { id: known, title: written }]) => {
    const same = known === null ? id === undefined && lettersOf(written) === title : idKey(known) === key;
    return same ? [at] : [];
  });
  const task = places[place] ?? -1;
  return roles.blockOf(task) ? task : -1;
}

function findGroup(marker: string, title: string | null, roles: NoteRoles, seen: Map<string, number>): number | null {
  const tags = marker.includes("[") ? readTags(marker, marker.indexOf("["), marker.length) : [];
  const says = (name: string) => tagValue(tags, name)?.toLowerCase() ?? null;
  const key = JSON.stringify([says("type"), says("priority"), lettersOf(title ?? "")]);
  const place = seen.get(key) ?? 0;
  seen.set(key, place + 1);
  const places = [...roles.note.groups.entries()].filter(([, group]) => {
    const letters = group.titleSpan ? lettersOf(group.title) : lettersOf(title ?? "");
    return JSON.stringify([group.type, group.priority, letters]) === key;
  });
  return places[place]?.[0] ?? null;
}

/** Letters and digits only: rendering takes away the signs of inline markup. */
function lettersOf(text: string): string {
  return text.replace(/[^\p{L}\p{N}]/gu, "");
}
