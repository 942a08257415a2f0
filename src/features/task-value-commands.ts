import { iconOf } from "../cards/card-face";
import { readPlainWords } from "../cards/draw-content";
import { capitalize } from "../cards/words";
import { mendDoubleEncoded } from "../core/double-encoding";
import { lineEndAt } from "../core/line-ends";
import { parseNote, type Note } from "../core/note";
import { statusOf, STATUSES } from "../core/promotable";
import { describeShown, type TaskChange } from "../core/shown-task";
import type { TaskBlock } from "../core/task";
import { ChooseValue, type ValueLine } from "../ui/choose-value";
import { refuse } from "../ui/notices";
import { findTaskAtHand } from "./at-hand";
import { findEditor } from "./panes";
import type { Parts } from "./parts";
import type { TaskValues } from "./task-values";

/** The commands that set the status of the task at hand, and tick its criteria. */
export function registerTaskValues(parts: Parts, values: TaskValues): void {
  const { plugin } = parts;
  plugin.addCommand({
    id: "set-status",
    name: "Set status of current task",
    icon: "circle-dot",
    checkCallback: (checking) => withTask(parts, values, checking, chooseStatus),
  });
  plugin.addCommand({
    id: "tick-criterion",
    name: "Tick criterion of current task",
    icon: "square-check",
    checkCallback: (checking) => withTask(parts, values, checking, chooseCriterion),
  });
}

/** The task at hand in its note, and what makes a change of it. */
interface CurrentTask {
  readonly note: Note;
  readonly task: TaskBlock;
  readonly change: (change: TaskChange) => void;
}

function withTask(
  parts: Parts,
  values: TaskValues,
  checking: boolean,
  choose: (parts: Parts, task: CurrentTask) => void,
): boolean {
  const found = findTaskAtHand(parts);
  if (!found || parts.watch.contextOf(found.path).kind === "archive") return false;
  if (checking) return true;
  const { pane, path, line } = found;
  const note = parseNote(findEditor(parts, pane)?.state.doc.toString() ?? pane.getViewData());
  const task = note.tasks.find((one) => one.line === line);
  if (task?.closed !== true) {
    refuse("This task has no ## task_end. Add it behind its last line, then try again.");
    return true;
  }
  const shown = describeShown(note, task);
  const change = (wanted: TaskChange) => {
    void values.change(path, shown, wanted, findEditor(parts, pane));
  };
  choose(parts, { note, task, change });
  return true;
}

function chooseStatus({ app, overlays }: Parts, { task, change }: CurrentTask): void {
  const present = statusOf(task);
  // What Enter would choose without a look is a change: the present one comes last.
  const ordered = [...STATUSES].sort((a, b) => Number(a === present) - Number(b === present));
  const lines = ordered.map((status) => ({
    value: status,
    icon: iconOf(status),
    words: capitalize(status),
    note: status === present ? "now" : "",
  }));
  overlays.openModal(
    new ChooseValue(app, {
      placeholder: `Set the status of ${nameTask(task)}…`,
      purpose: "to set it",
      lines,
      choose: (status) => change({ kind: "status", status }),
    }),
  );
}

function chooseCriterion({ app, overlays }: Parts, { note, task, change }: CurrentTask): void {
  if (task.criteria.length === 0) {
    refuse(`${capitalize(nameTask(task))} has no criteria that could be ticked.`);
    return;
  }
  const lines = task.criteria.map(({ ticked, boxAt }, at): ValueLine<TaskChange & { readonly ticked: boolean }> => {
    const written = note.text.slice(boxAt + 2, lineEndAt(note.text, boxAt)).trim();
    return {
      value: { kind: "criterion", criterion: at + 1, ticked: !ticked },
      icon: ticked ? "square-check" : "square",
      words: readPlainWords(mendDoubleEncoded(written)) || written || `Criterion ${at + 1}`,
      note: ticked ? "ticked" : "",
    };
  });
  overlays.openModal(
    new ChooseValue(app, {
      placeholder: `Tick a criterion of ${nameTask(task)}…`,
      purpose: "to tick it, or to take the tick away",
      // What is to be ticked comes first.
      lines: lines.sort((a, b) => Number(b.value.ticked) - Number(a.value.ticked)),
      choose: change,
    }),
  );
}

function nameTask({ id, title }: TaskBlock): string {
  return mendDoubleEncoded(title) || id || "this task";
}
