import { describeShown } from "../core/shown-task";
import type { DrawnBlock } from "./reading-host";
import type { NoteRoles, Role } from "./roles";

/** What a part stands for, as an editor finds it again; null for a part that stands for nothing by itself. */
export function findDrawnBlock(path: string, role: Role, roles: NoteRoles): DrawnBlock | null {
  const { note, text } = roles;
  if (role.kind === "task") {
    const task = note.tasks[role.task];
    return task && roles.blockOf(role.task) ? { path, id: task.id, ...describeShown(note, task) } : null;
  }
  if (role.kind === "group" || role.kind === "group-end") {
    const group = note.groups[role.group];
    if (!group) return null;
    const marker = text.slice(group.from, group.titleSpan?.to ?? group.markerTo);
    const equals = note.groups.filter((one) => text.slice(one.from, one.titleSpan?.to ?? one.markerTo) === marker);
    return { path, text: marker, id: null, before: equals.indexOf(group), equals: equals.length };
  }
  if (role.kind !== "rules" || !note.rulesComment) return null;
  return { path, text: text.slice(note.rulesComment.from, note.rulesComment.to), id: null, before: 0, equals: 1 };
}
