import { describeCard, type CardModel } from "../cards/card-model";
import { readBadge } from "../core/badge";
import { readBlock } from "../core/block";
import type { NoteContext } from "../core/context";
import { mendDoubleEncoded } from "../core/double-encoding";
import type { BacklogFolder } from "../core/folder";
import { blockText, type Group, type Note } from "../core/note";
import { isOpen, type PassOverReason } from "../core/promotable";
import type { PlannedPromotion } from "../core/promote";
import type { RuleSource, RulesInForce } from "../core/rules";
import type { TaskBlock } from "../core/task";
import { describeDiff, type NoteDiff } from "./note-diff";
import type { WayOut } from "./promotion-ways";

/** A task as a line of the preview. */
export interface NamedTask {
  /** As it was meant to be read; never empty. */
  readonly title: string;
  readonly id: string | null;
  /** In lower case; null where it is not said. */
  readonly type: string | null;
  /** Of the begin marker, 1-based. */
  readonly line: number;
}

/** A task of the batch, with what its card says; null where that can't be read. */
export interface BatchTask extends NamedTask {
  readonly card: CardModel | null;
}

/** A task that stays. */
export interface StayingTask extends NamedTask {
  readonly reason: PassOverReason;
  /** "its status is blocked". */
  readonly message: string;
}

/** A group by what it is called. */
export interface NamedGroup {
  /** As it was meant to be read; never empty. */
  readonly title: string;
  readonly type: string | null;
  readonly priority: string | null;
  readonly line: number;
}

/** What the todo note holds already. */
export interface HeldTasks {
  readonly path: string;
  readonly exists: boolean;
  readonly open: readonly NamedTask[];
  readonly finished: readonly NamedTask[];
  readonly limit: number;
}

/** Why nothing would move, with what leads out of it. */
export interface RefusedPromotion {
  /** The reason and the way out, one or two sentences. */
  readonly sentence: string;
  readonly ways: readonly WayOut[];
  /** What is shown unfolded, because the way out is in it. */
  readonly unfolded: readonly string[];
  /** What is wrong in the notes, each with its place, where that is what stands in the way. */
  readonly findings: readonly { readonly path: string; readonly line: number; readonly message: string }[];
  /** What the fix would change; empty where there is none. */
  readonly fix: readonly NoteDiff[];
}

/** All that the preview of a promotion shows, as a value. */
export interface PromotionModel {
  /** Whether the group was chosen by the person. */
  readonly chosen: boolean;
  /** The folder's path, where the vault has several; else "". */
  readonly folder: string;
  /** The backlog's name. */
  readonly backlog: string;
  /** Null where no group would be taken from. */
  readonly group: (NamedGroup & { readonly tasks: number }) | null;
  /** Why this group, in a sentence; "" where there is none. */
  readonly why: string;
  /** The rules that decided, each with its source: "Limit: 5 (default)". */
  readonly rules: readonly string[];
  readonly batch: readonly BatchTask[];
  readonly todo: HeldTasks | null;
  readonly passedOver: readonly StayingTask[];
  readonly groupsPassedOver: readonly (NamedGroup & { readonly message: string })[];
  readonly notes: readonly NoteDiff[];
  /** What the batch is for at present; "(not set)" where nothing is said. */
  readonly goal: string;
  /** Null where no task of the todo note is done; else whether those are archived first. */
  readonly archiveDone: boolean | null;
  readonly warnings: readonly string[];
  readonly refusal: RefusedPromotion | null;
  readonly status: PreviewStatus;
}

/** What became of the last attempt, or that the notes changed. */
export interface PreviewStatus {
  /** "" where nothing is to be said. */
  readonly words: string;
  /** `failed`: something that the person asked for did not happen. */
  readonly tone: "told" | "failed";
}

/** Where nothing is to be said. */
export const SILENT: PreviewStatus = { words: "", tone: "told" };

/** What a preview is made from. */
export interface PlannedPreview {
  readonly folder: BacklogFolder;
  readonly rules: RulesInForce;
  /** Of the backlog's cards. */
  readonly context: NoteContext;
  readonly planned: PlannedPromotion;
  /** The group that the person chose, as an index into the backlog's; null where the rules choose. */
  readonly chosen: number | null;
  readonly archiveDone: boolean;
}

/** The part of a preview that notes and rules tell. */
export type DescribedPlan = Omit<PromotionModel, "folder" | "refusal" | "status" | "warnings">;

const UNTITLED = "Untitled task";
const NO_GOAL = "(not set)";

const SOURCES: Readonly<Record<RuleSource, string>> = {
  flag: "as asked",
  properties: "property of the backlog",
  "rules comment": "rules comment",
  settings: "settings",
  default: "default",
};

/** The preview of a planned promotion. */
export function describePlan({ folder, rules, context, planned, chosen, archiveDone }: PlannedPreview): DescribedPlan {
  const { selection, plan } = planned;
  const { names, backlog, todo } = folder;
  const batch = plan ? selection.batch : null;
  const group = batch?.group ?? (chosen === null ? null : (backlog?.groups[chosen] ?? null));
  const held = describeHeld(folder, rules);
  return {
    chosen: chosen !== null,
    backlog: names.backlog,
    group: group && { ...nameGroup(group), tasks: group.tasks.length },
    why: batch ? explainChoice(batch.type, chosen !== null, held, rules) : "",
    rules: batch ? listRules(rules, chosen !== null) : [],
    batch: batch && backlog ? batch.tasks.map((task) => describeTask(backlog, task, batch.group, context)) : [],
    todo: backlog ? held : null,
    passedOver: selection.passedOver.map(({ task, reason, message }) => ({ ...nameTask(task), reason, message })),
    // Of the one group that was chosen, the sentence says it.
    groupsPassedOver: (chosen === null ? selection.groupsPassedOver : []).map(({ group: other, message }) => ({
      ...nameGroup(other),
      message,
    })),
    notes: plan?.changes.filter(({ before, after }) => before !== after).map(describeDiff) ?? [],
    goal: mendDoubleEncoded(todo?.batchHeader?.goal?.value ?? "") || NO_GOAL,
    archiveDone: held.finished.length > 0 ? archiveDone : null,
  };
}

/** A task by its title and id. */
export function nameTask({ title, id, type, line }: TaskBlock): NamedTask {
  return { title: mendDoubleEncoded(title) || UNTITLED, id, type, line };
}

/** A group by its title; by type and priority where it has none. */
export function nameGroup({ title, type, priority, line }: Group): NamedGroup {
  const named = mendDoubleEncoded(title) || [type, priority].filter((word) => word !== null).join("/");
  return { title: named || "Untitled group", type, priority, line };
}

function describeHeld({ names, todo }: BacklogFolder, rules: RulesInForce): HeldTasks {
  const tasks = todo?.tasks ?? [];
  const open = tasks.filter(isOpen).map(nameTask);
  const finished = tasks.filter((task) => !isOpen(task)).map(nameTask);
  return { path: names.todo, exists: todo !== null, open, finished, limit: rules.limit.value };
}

function describeTask(backlog: Note, task: TaskBlock, group: Group, context: NoteContext): BatchTask {
  const block = readBlock(blockText(backlog, task));
  const { type, priority, title } = group;
  const badge = block && readBadge(block, { type, priority, title }, context);
  return { ...nameTask(task), card: block && badge ? describeCard(block, badge, false) : null };
}

/** By which rule the group is the one; a batch that is under way is filled up with its type. */
function explainChoice(type: string, chosen: boolean, { path, open }: HeldTasks, { order }: RulesInForce): string {
  const refill = open.length > 0;
  const underWay = refill ? `: the batch in ${path} is ${type}` : "";
  if (chosen) return `The group that you chose${refill ? `; only its ${type} tasks${underWay}` : ""}.`;
  const article = /^[aeiou]/i.test(type) ? "an" : "a";
  const task = refill ? `${article} ${type} task` : "a task";
  const which = order.value === "file" ? "First group in the order of the note" : "First group by priority";
  return `${which} with ${task} to promote${underWay}.`;
}

function listRules({ order, limit }: RulesInForce, chosen: boolean): readonly string[] {
  const listed = order.value === "file" ? "as listed" : "by priority";
  return [
    ...(chosen ? [] : [`Order: ${listed} (${SOURCES[order.source]})`]),
    `Limit: ${limit.value} (${SOURCES[limit.source]})`,
  ];
}
