import type { NoteNames } from "./folder";
import { archiveTemplate, backlogTemplate, todoTemplate } from "./templates";
import { WORKFLOW_NAME, workflowTemplate } from "./workflow-template";

/** A note that does not exist yet. */
export interface NewNote {
  /** Relative to the folder. */
  readonly path: string;
  readonly text: string;
}

/**
 * The notes that start a backlog, the backlog first. The one that explains the workflow is left out where its name is
 * another note's. `today` is `YYYY-MM-DD`.
 */
export function listNewNotes(names: NoteNames, today: string): readonly NewNote[] {
  const taken = Object.values<string>({ ...names }).some((name) => name.toLowerCase() === WORKFLOW_NAME.toLowerCase());
  return [
    { path: names.backlog, text: backlogTemplate(names, today) },
    { path: names.todo, text: todoTemplate(names) },
    { path: names.archive, text: archiveTemplate(names) },
    ...(taken ? [] : [{ path: WORKFLOW_NAME, text: workflowTemplate(names) }]),
  ];
}
