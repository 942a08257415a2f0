import { planArchival } from "./archive";
import { planBatchGoal, planBatchType, type BatchType } from "./batch-header";
import { draftIndex, draftNote, draftRemoval, sortEdits, type Draft, type ExpectedBlock } from "./draft";
import { applyEdits, composeEdits } from "./edits";
import type { BacklogFolder, NoteNames } from "./folder";
import type { LineEnd } from "./line-ends";
import { planMovedNote } from "./moved-note";
import { blockText, parseNote, type Note } from "./note";
import { chooseLineEnds, insertBlocks, refuseAtEnd, separator } from "./placement";
import { placeOf, type MovableTask, type MovedBlock, type NoteChange, type Plan, type Planned } from "./plan";
import { isOpen } from "./promotable";
import type { Refusal } from "./refusal";
import type { RulesInForce } from "./rules";
import { selectBatch, warnOfDamage, type Batch, type Selection } from "./select";
import { describeMove } from "./task-index";
import { finishPlan } from "./verify";

/** What a promotion is asked for. */
export interface PromotionRequest {
  readonly rules: RulesInForce;
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** What `**Batch Goal:**` becomes: one line. Empty counts as not given. */
  readonly goal?: string;
  /** Archives the done tasks of the todo note first, as one move; default false. */
  readonly archiveDone?: boolean;
  /** The one group to take from, as an index into the backlog's; default: the first that is eligible. */
  readonly groupIndex?: number;
}

/** A planned promotion, and the choice that it rests on. */
export type PlannedPromotion = Planned & { readonly selection: Selection };

/**
 * The plan that moves the next batch from the backlog to the todo note (FORMAT.md §5 rules 3–7). Refused in the order of
 * rule 6; `invalid-value` where the goal is more than one line. With `archiveDone` the refusals of an archival too, but
 * that nothing is finished.
 */
export function planPromotion(folder: BacklogFolder, request: PromotionRequest): PlannedPromotion {
  const goal = request.goal?.trim() ?? "";
  const selection = selectBatch(folder, request.rules, request.groupIndex);
  if (/[\x00-\x1f\x7f\u2028\u2029]/.test(goal)) {
    const message = "A batch goal is one line without control characters: give it again without them.";
    return { plan: null, refusal: { code: "invalid-value", message }, selection };
  }
  if (request.archiveDone !== true) return planBatch(folder, selection, goal, request);
  const archival = planArchival(folder, { today: request.today, beforeBatch: true });
  if (!archival.plan) {
    if (archival.refusal.code === "nothing-finished") return planBatch(folder, selection, goal, request);
    return { ...archival, selection };
  }
  const between = openFolder(folder, archival.plan.changes);
  const promotion = planBatch(between, selectBatch(between, request.rules, request.groupIndex), goal, request);
  return promotion.plan ? { ...promotion, plan: joinPlans(folder.names, archival.plan, promotion.plan) } : promotion;
}

function planBatch(
  folder: BacklogFolder,
  selection: Selection,
  goal: string,
  { rules, today }: PromotionRequest,
): PlannedPromotion {
  const { names, backlog, todo, index } = folder;
  const { batch } = selection;
  const refusal = (backlog && todo ? refuseAtEnd(todo, names.todo) : null) ?? selection.refusal;
  if (refusal || !batch || !backlog) return { plan: null, refusal: refusal as Refusal, selection };
  // What is promotable has a header with an id.
  const tasks = batch.tasks as readonly MovableTask[];
  const { lineEnd, convert } = chooseLineEnds(todo?.text ?? "", backlog.text);
  const blocks = tasks.map((task): MovedBlock => {
    const sourceText = blockText(backlog, task);
    const moved = { id: task.id, title: task.title, line: task.line, from: names.backlog, to: names.todo };
    return { ...moved, sourceText, destinationText: convert(sourceText), place: placeOf(backlog, task) };
  });
  const entries = draftIndex(
    names.index,
    index,
    tasks.map((task) => describeMove(backlog, task, names.todo, null, today)),
  );
  if (entries.refusal) return { plan: null, refusal: entries.refusal, selection };
  const header = { type: batch.type, priority: batch.group.priority, goal, size: rules.limit.value };
  const texts = blocks.map(({ destinationText }) => destinationText);
  const destination = draftTodo(names.todo, todo, texts, header, lineEnd);
  const added = tasks.map((task, index): ExpectedBlock => {
    return { task, source: names.backlog, text: String(texts[index]), group: undefined };
  });
  const drafts = [
    { ...destination, blocks: [...destination.blocks, ...added] },
    draftBacklog(names, backlog, batch, rules.movedNote.value ? today : null),
    ...entries.drafts,
  ];
  const noGoal = todo && goal !== "" && !todo.batchHeader?.goal ? [warnOfGoal(names.todo)] : [];
  const warnings = [...noGoal, ...entries.warnings, ...warnOfDamage(backlog, batch.groupIndex)];
  return { ...finishPlan("promotion", drafts, blocks, warnings), selection };
}

function warnOfGoal(path: string): string {
  return `${path} has no \`**Batch Goal:**\` line: the goal was not written.`;
}

interface TodoHeader extends BatchType {
  /** "" where the person gave none. */
  readonly goal: string;
  readonly size: number;
}

const NO_GOAL = "(not set)";

function draftTodo(
  path: string,
  todo: Note | null,
  texts: readonly string[],
  header: TodoHeader,
  lineEnd: LineEnd,
): Draft {
  const draft = draftNote(path, todo);
  if (!todo) return { ...draft, edits: [{ from: 0, to: 0, insert: writeTodo(texts, header, lineEnd) }] };
  const goal = header.goal === "" && !todo.tasks.some(isOpen) ? NO_GOAL : header.goal;
  const goalEdits = goal === "" ? [] : (planBatchGoal(todo, goal) ?? []);
  const edits = sortEdits(...planBatchType(todo, header), ...goalEdits, insertBlocks(todo, texts, lineEnd));
  return { ...draft, edits };
}

/** A new todo note, with a short header of its own. */
function writeTodo(blocks: readonly string[], { type, goal, size }: TodoHeader, lineEnd: LineEnd): string {
  const header = [
    "# Active batch",
    "",
    "## Current Batch Focus",
    `**Batch Type:** [type:${type}]  `,
    `**Batch Goal:** ${goal === "" ? NO_GOAL : goal}  `,
    `**Batch Size Target:** ${size}`,
  ];
  return [header.join(lineEnd), ...blocks].join(separator(lineEnd)) + lineEnd;
}

/** The backlog without the batch, with a moved note of that day in its group; null for none. */
function draftBacklog(names: NoteNames, backlog: Note, batch: Batch, today: string | null): Draft {
  const draft = draftRemoval(names.backlog, backlog, batch.tasks);
  if (today === null) return draft;
  const between = parseNote(applyEdits(backlog.text, draft.edits));
  const ids = batch.tasks.map(({ id }) => String(id));
  const comment = planMovedNote(between, batch.groupIndex, ids, names.todo, today);
  return { ...draft, edits: composeEdits(backlog.text, draft.edits, [comment]) };
}

/** The folder as it is when changes are written. */
function openFolder(folder: BacklogFolder, changes: readonly NoteChange[]): BacklogFolder {
  const { names } = folder;
  const open = (path: string, note: Note | null): Note | null => {
    const after = changes.find((change) => change.path === path)?.after;
    return typeof after === "string" ? parseNote(after) : note;
  };
  return {
    names,
    backlog: open(names.backlog, folder.backlog),
    todo: open(names.todo, folder.todo),
    archive: open(names.archive, folder.archive),
    index: open(names.index, folder.index),
  };
}

/** Two plans as one, each note changed once: destinations first, the index last. */
function joinPlans(names: NoteNames, first: Plan, second: Plan): Plan {
  const changes = [names.archive, names.todo, names.backlog, names.index].flatMap((path): readonly NoteChange[] => {
    const [change, next] = [first, second].flatMap((plan) => plan.changes.filter((found) => found.path === path));
    if (!change) return [];
    if (!next) return [change];
    // A note that both change is there before: neither the archive nor a new todo note is.
    const edits = composeEdits(change.before as string, change.edits, next.edits);
    return [{ path, before: change.before, edits, after: next.after }];
  });
  const blocks = [...first.blocks, ...second.blocks];
  return { kind: "promotion", changes, blocks, warnings: [...new Set([...first.warnings, ...second.warnings])] };
}
