import type { PassedOver, Selection } from "../core/select";
import { describePlace } from "./records";

/** What promotion would take and what it passes over, under the names of the JSON. No batch where it is refused. */
export function describeSelection(selection: Selection | null, refused: boolean): object {
  const batch = refused ? null : (selection?.batch ?? null);
  return {
    batch: batch && {
      group: describeGroup(batch.group),
      type: batch.type,
      tasks: batch.tasks.map(describePlace),
    },
    passedOver: (selection?.passedOver ?? []).map(describePassedOver),
    groupsPassedOver: (selection?.groupsPassedOver ?? []).map(({ group, message }) => ({
      ...describeGroup(group),
      message,
    })),
  };
}

function describeGroup({ line, type, priority, title }: NamedGroup): NamedGroup {
  return { line, type, priority, title };
}

interface NamedGroup {
  readonly line: number;
  readonly type: string | null;
  readonly priority: string | null;
  readonly title: string;
}

function describePassedOver({ task, reason, message }: PassedOver): object {
  return { id: task.id, line: task.line, reason, message };
}
