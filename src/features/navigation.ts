import type { EditorView } from "@codemirror/view";
import type { MarkdownView } from "obsidian";
import { revealTask, taskAt, type PlacedTask } from "../editor/task-positions";
import { refuse } from "../ui/notices";
import type { CardLinks } from "./card-links";
import { goToNextIncomplete, listFoldersAtHand } from "./next-incomplete";
import { findEditor, findPane } from "./panes";
import type { Parts } from "./parts";
import { stepToTask } from "./task-lines";

const MARKER = /^ {0,3}## task_begin/m;

/** The commands that go from task to task. */
export function registerNavigation(parts: Parts, links: CardLinks): void {
  const { plugin } = parts;
  plugin.addCommand({
    id: "next-task",
    name: "Go to next task",
    icon: "arrow-down",
    repeatable: true,
    checkCallback: (checking) => step(parts, true, checking),
  });
  plugin.addCommand({
    id: "previous-task",
    name: "Go to previous task",
    icon: "arrow-up",
    repeatable: true,
    checkCallback: (checking) => step(parts, false, checking),
  });
  plugin.addCommand({
    id: "next-incomplete-task",
    name: "Go to next incomplete task",
    icon: "circle-dashed",
    checkCallback: (checking) => {
      if (listFoldersAtHand(parts).length === 0) return false;
      if (!checking) void goToNextIncomplete(parts);
      return true;
    },
  });
  plugin.addCommand({
    id: "edit-task",
    name: "Edit current task",
    icon: "pencil",
    checkCallback: (checking) =>
      withTask(parts, (editor, task) => {
        if (!checking) revealTask(editor, task);
      }),
  });
  plugin.addCommand({
    id: "copy-task-id",
    name: "Copy task ID",
    icon: "copy",
    checkCallback: (checking) =>
      withTask(parts, (_editor, { part }) => {
        const id = part.block?.task.id ?? null;
        if (checking) return;
        if (id === null) refuse("This task has no id that could be read. Give its header a tag [id:…].");
        else void links.copyId(id);
      }),
  });
}

function step(parts: Parts, forward: boolean, checking: boolean): boolean {
  const pane = findPane(parts);
  if (!pane || !holdsTasks(pane)) return false;
  if (!checking && !stepToTask(parts, pane, forward)) {
    refuse(forward ? "There is no task further down in this note." : "There is no task further up in this note.");
  }
  return true;
}

/** Does something with the task at the cursor of the editor at hand; false where there is none. */
function withTask(parts: Parts, act: (editor: EditorView, task: PlacedTask) => void): boolean {
  const pane = findPane(parts);
  const editor = pane && holdsTasks(pane) ? findEditor(parts, pane) : null;
  if (!editor) return false;
  const context = parts.watch.contextOf(pane?.file?.path ?? "");
  const task = taskAt(editor.state, context, editor.state.selection.main.head);
  if (!task) return false;
  act(editor, task);
  return true;
}

function holdsTasks(pane: MarkdownView): boolean {
  return MARKER.test(pane.getViewData());
}
