import { planBatchType } from "./batch-header";
import { draftIndex, draftNote, draftRemoval, sortEdits, type Draft, type ExpectedBlock } from "./draft";
import type { BacklogFolder } from "./folder";
import type { LineEnd } from "./line-ends";
import { blockText, type Note } from "./note";
import { chooseLineEnds, refuseAtEnd } from "./placement";
import type { BlockPlace, MovableTask, MovedBlock, Planned } from "./plan";
import { idKey, nameTask } from "./promotable";
import type { Refusal, RefusalCode } from "./refusal";
import { findReturnPlace, planReturnEdit, type ReturnPlace } from "./return-place";
import { describeMove } from "./task-index";
import { finishPlan } from "./verify";

/** What a return is asked for. */
export interface ReturnRequest {
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** Where the block stood in the backlog, as the ledger knows it; null where it does not. */
  readonly place: BlockPlace | null;
}

/**
 * The plan that takes a task of the todo note back into the backlog (FORMAT.md §5 rule 9). Ids compare without regard to
 * case. Refused: `no-backlog`, `unknown-task` (it is not in the todo note), `ambiguous-task` (it is there twice, or in the
 * backlog too), `damaged-note`.
 */
export function planReturn(folder: BacklogFolder, id: string, request: ReturnRequest): Planned {
  const { names, backlog, todo, index } = folder;
  if (!backlog) return refuse("no-backlog", `There is no ${names.backlog} here. Name the folder that holds it.`);
  const [task, ...twins] = findById(todo, id);
  if (!todo || !task) return { plan: null, refusal: refuseUnknown(folder, id) };
  const uses = [[names.todo, [task, ...twins]] as const, [names.backlog, findById(backlog, id)] as const];
  const refusal = refuseTwins(task.id, uses) ?? refuseDamage(names.todo, task);
  if (refusal) return { plan: null, refusal };
  const place = findReturnPlace(backlog, task, request.place);
  const closed = place.kind === "new" ? refuseAtEnd(backlog, names.backlog) : null;
  if (closed) return { plan: null, refusal: closed };
  const { lineEnd, convert } = chooseLineEnds(backlog.text, todo.text);
  const sourceText = blockText(todo, task);
  const destinationText = convert(sourceText);
  const moved = { id: task.id, title: task.title, line: task.line, from: names.todo, to: names.backlog };
  const block: MovedBlock = { ...moved, sourceText, destinationText, place: null };
  const entries = draftIndex(names.index, index, [describeMove(todo, task, names.backlog, null, request.today)]);
  if (entries.refusal) return { plan: null, refusal: entries.refusal };
  const added = { task, source: names.todo, text: destinationText };
  const drafts = [
    draftBacklog(names.backlog, backlog, place, added, lineEnd),
    draftTodo(names.todo, todo, task),
    ...entries.drafts,
  ];
  return finishPlan("return", drafts, [block], entries.warnings);
}

function refuse(code: RefusalCode, message: string): Planned {
  return { plan: null, refusal: { code, message } };
}

function findById(note: Note | null, id: string): readonly MovableTask[] {
  // Where there is an id there is a header.
  return (note?.tasks ?? []).filter((task) => task.id !== null && idKey(task.id) === idKey(id)) as MovableTask[];
}

function refuseUnknown({ names, backlog, archive }: BacklogFolder, id: string): Refusal {
  const elsewhere = [
    ...findById(backlog, id).map(({ line }) => `It stands in ${names.backlog} line ${line}.`),
    ...findById(archive, id).map(({ line }) => `It stands in ${names.archive} line ${line}.`),
  ];
  const way = elsewhere.length > 0 ? elsewhere.join(" ") : "Look up the id of a task in the batch.";
  return { code: "unknown-task", message: `${names.todo} holds no task ${id}. ${way}` };
}

function refuseTwins(id: string, uses: readonly (readonly [string, readonly MovableTask[]])[]): Refusal | null {
  const places = uses.flatMap(([path, tasks]) => tasks.map(({ line }) => `${path} line ${line}`));
  if (places.length === 1) return null;
  const message = `The id ${id} is used in ${places.join(", ")}. Give each task an id of its own first.`;
  return { code: "ambiguous-task", message };
}

function refuseDamage(path: string, task: MovableTask): Refusal | null {
  const damage = describeDamage(task);
  if (damage === null) return null;
  return { code: "damaged-note", message: `In ${path} ${nameTask(task)} cannot be moved: ${damage}. Mend it first.` };
}

function describeDamage(task: MovableTask): string | null {
  if (!task.closed) return "it has no `## task_end`";
  return task.type === null || task.priority === null ? "its header has no type or no priority" : null;
}

function draftBacklog(
  path: string,
  backlog: Note,
  place: ReturnPlace,
  added: Omit<ExpectedBlock, "group"> & { readonly task: MovableTask },
  lineEnd: LineEnd,
): Draft {
  const draft = draftNote(path, backlog);
  const edit = planReturnEdit(backlog, place, added.text, added.task, lineEnd);
  const group = place.kind === "new" ? draft.groups : place.group;
  const at = backlog.tasks.filter(({ from }) => from < edit.from).length;
  const blocks = [...draft.blocks.slice(0, at), { ...added, group }, ...draft.blocks.slice(at)];
  return { ...draft, edits: [edit], blocks, groups: draft.groups + (place.kind === "new" ? 1 : 0) };
}

function draftTodo(path: string, todo: Note, task: MovableTask): Draft {
  const draft = draftRemoval(path, todo, [task]);
  if (draft.blocks.length > 0) return draft;
  return { ...draft, edits: sortEdits(...draft.edits, ...planBatchType(todo, null)) };
}
