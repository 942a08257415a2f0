import { planBatchType } from "./batch-header";
import { completedOn, stampCompleted } from "./completed";
import { draftIndex, draftNote, draftRemoval, sortEdits, type Draft } from "./draft";
import type { Edit } from "./edits";
import type { BacklogFolder } from "./folder";
import { lineNumberAt, type LineEnd } from "./line-ends";
import { blockText, type Note } from "./note";
import { appendBlocks, chooseLineEnds, refuseAtEnd, separator } from "./placement";
import { placeOf, type MovableTask, type MovedBlock, type Planned } from "./plan";
import { idKey, isOpen, nameTask } from "./promotable";
import type { Refusal, RefusalCode } from "./refusal";
import { describeMove } from "./task-index";
import type { TaskBlock } from "./task";
import { finishPlan } from "./verify";

/** What an archival is asked for. */
export interface ArchivalRequest {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The done tasks of the backlog too, behind those of the todo note; default false. */
  readonly fromBacklog?: boolean;
  /** A batch follows in the same move: the todo note's Batch Type is left to it; default false. */
  readonly beforeBatch?: boolean;
}

interface Finished {
  readonly path: string;
  readonly note: Note;
  readonly task: MovableTask;
}

/**
 * The plan that moves every done task of the todo note, and when asked of the backlog, to the end of the archive
 * (FORMAT.md §5 rule 8). Warnings name the criteria that are not ticked. Refused as a whole: `no-backlog`,
 * `nothing-finished`, `damaged-note`, `ambiguous-task` (two done tasks with one id), `already-archived`.
 */
export function planArchival(folder: BacklogFolder, request: ArchivalRequest): Planned {
  const { names, backlog, todo, archive, index } = folder;
  if (!backlog) return refuse("no-backlog", `There is no ${names.backlog} here. Name the folder that holds it.`);
  const finished = [
    ...listFinished(names.todo, todo),
    ...(request.fromBacklog === true ? listFinished(names.backlog, backlog) : []),
  ];
  const [first] = finished;
  if (!first) {
    const where = request.fromBacklog === true ? `${names.todo} or ${names.backlog}` : names.todo;
    return refuse("nothing-finished", `No task in ${where} is done. Set the Status of a finished one to done first.`);
  }
  const refusal =
    findDamage(finished) ??
    (archive && refuseAtEnd(archive, names.archive)) ??
    findKnown(finished, archive, names.archive);
  if (refusal) return { plan: null, refusal };
  const { lineEnd, convert } = chooseLineEnds(archive?.text ?? "", first.note.text);
  const stamped = finished.map(({ note, task }) => stampCompleted(note.text, task, request.today));
  const unstamped = finished[stamped.indexOf(null)];
  if (unstamped) return refuseStamp(unstamped);
  const blocks = finished.map(({ note, task, path }, index): MovedBlock => {
    const destinationText = convert(String(stamped[index]));
    const moved = { id: task.id, title: task.title, line: task.line, from: path, to: names.archive };
    const place = note === backlog ? placeOf(note, task) : null;
    return { ...moved, sourceText: blockText(note, task), destinationText, place };
  });
  const warnings = finished.flatMap(warnOfUnticked);
  const moves = finished.map(({ note, task }) => {
    return describeMove(note, task, names.archive, completedOn(note.text, task, request.today), request.today);
  });
  const entries = draftIndex(names.index, index, moves);
  if (entries.refusal) return { plan: null, refusal: entries.refusal };
  const tasks = finished.map(({ task }) => task);
  const drafts = [
    draftArchive(names.archive, archive, finished, blocks, lineEnd),
    ...(todo ? [draftTodo(names.todo, todo, tasks, request.beforeBatch === true)] : []),
    draftRemoval(names.backlog, backlog, tasks),
    ...entries.drafts,
  ];
  return finishPlan("archival", drafts, blocks, [...warnings, ...entries.warnings]);
}

function refuse(code: RefusalCode, message: string): Planned {
  return { plan: null, refusal: { code, message } };
}

function refuseStamp({ path, task }: Finished): Planned {
  const message = `In ${path} ${nameTask(task)} takes no Completed date below its Created or Status. Add **Completed:** with the date by hand first.`;
  return refuse("damaged-note", message);
}

function listFinished(path: string, note: Note | null): readonly Finished[] {
  if (!note) return [];
  // What is not movable is refused before anything reads its id.
  return note.tasks.filter((task) => !isOpen(task)).map((task) => ({ path, note, task: task as MovableTask }));
}

function findDamage(finished: readonly Finished[]): Refusal | null {
  for (const { path, task } of finished) {
    const damage = describeDamage(task);
    if (damage === null) continue;
    return { code: "damaged-note", message: `In ${path} ${nameTask(task)} is done, but ${damage}. Mend it first.` };
  }
  return null;
}

function describeDamage(task: TaskBlock): string | null {
  if (!task.closed) return "it has no `## task_end`";
  if (!task.header) return "it has no header";
  return task.id === null ? "its header has no id" : null;
}

function findKnown(finished: readonly Finished[], archive: Note | null, path: string): Refusal | null {
  const seen = new Map<string, Finished>();
  for (const found of finished) {
    const key = idKey(found.task.id);
    const twin = seen.get(key);
    if (twin) {
      const where = [twin, found].map(({ path, task }) => `${path} line ${task.line}`).join(" and ");
      const message = `Two done tasks have the id ${found.task.id} (${where}). Give one of them another id first.`;
      return { code: "ambiguous-task", message };
    }
    seen.set(key, found);
    const archived = archive?.tasks.find(({ id }) => id !== null && idKey(id) === key);
    if (archived) {
      const message = `${path} line ${archived.line} already holds ${found.task.id}. Give the one in ${found.path} line ${found.task.line} another id, or delete it there.`;
      return { code: "already-archived", message };
    }
  }
  return null;
}

function warnOfUnticked({ path, note, task }: Finished): readonly string[] {
  const open = task.criteria.filter(({ ticked }) => !ticked);
  if (open.length === 0) return [];
  const lines = open.map(({ boxAt }) => lineNumberAt(note.text, boxAt)).join(", ");
  const count = `${open.length} of its ${task.criteria.length} criteria ${open.length === 1 ? "is" : "are"} not ticked`;
  return [`${task.id} is done, but ${count} (${path}, ${open.length === 1 ? "line" : "lines"} ${lines}).`];
}

function draftArchive(
  path: string,
  archive: Note | null,
  finished: readonly Finished[],
  moved: readonly MovedBlock[],
  lineEnd: LineEnd,
): Draft {
  const texts = moved.map(({ destinationText }) => destinationText);
  const kept = draftNote(path, archive);
  const added = finished.map(({ path: source, task }, index) => {
    return { source, task, text: String(texts[index]), group: undefined };
  });
  const edit = archive ? appendBlocks(archive, texts, lineEnd) : createArchive(texts, lineEnd);
  return { ...kept, edits: [edit], blocks: [...kept.blocks, ...added] };
}

function createArchive(blocks: readonly string[], lineEnd: LineEnd): Edit {
  const insert = `# Archive${separator(lineEnd)}${blocks.join(separator(lineEnd))}${lineEnd}`;
  return { from: 0, to: 0, insert };
}

function draftTodo(path: string, todo: Note, tasks: readonly MovableTask[], beforeBatch: boolean): Draft {
  const draft = draftRemoval(path, todo, tasks);
  if (draft.edits.length === 0 || draft.blocks.length > 0 || beforeBatch) return draft;
  return { ...draft, edits: sortEdits(...draft.edits, ...planBatchType(todo, null)) };
}
