import { count } from "../cards/words";
import type { BacklogFolder } from "../core/folder";
import type { Group, Note } from "../core/note";
import { blockersOf, knowIds } from "../core/promotable";
import type { Plan } from "../core/plan";
import { planPromotion, type PlannedPromotion } from "../core/promote";
import type { Refusal } from "../core/refusal";
import { missingFields, readRules, type RulesInForce, type RuleSettings } from "../core/rules";
import type { GroupChoice } from "../ui/choose-group";
import { describeDiff, digestDiff } from "../ui/note-diff";
import { nameGroup } from "../ui/promotion-model";

/** A group that a person chose, by what is found again when the note changed meanwhile. */
export interface WantedGroup {
  readonly type: string | null;
  readonly priority: string | null;
  readonly title: string;
  /** Among the groups that are called the same, 0-based. */
  readonly ordinal: number;
}

/** What a person asks of a promotion. */
export interface PromotionWishes {
  /** Null for the group that the rules choose. */
  readonly group: WantedGroup | null;
  /** One line; "" where none is given. */
  readonly goal: string;
  /** Whether the done tasks of the todo note are archived first; null for: where nothing moves otherwise. */
  readonly archiveDone: boolean | null;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** A planned promotion with what it rests on. */
export interface WishedPromotion {
  readonly planned: PlannedPromotion;
  readonly rules: RulesInForce;
  readonly archiveDone: boolean;
  /** The wanted group, as an index into the backlog's; null where none is wanted or it is gone. */
  readonly chosen: number | null;
}

/** Why a group that was chosen can't be promoted from any more. */
const GROUP_GONE: Refusal = {
  code: "nothing-promotable",
  message: "The group is not in the backlog any more: choose another.",
};

/** The promotion that a person asks for, over a folder as it stands. */
export function planWishes(folder: BacklogFolder, wishes: PromotionWishes, settings: RuleSettings): WishedPromotion {
  const { group, goal, today } = wishes;
  const rules = readRules(folder.backlog, {}, settings);
  const chosen = group && folder.backlog ? findGroup(folder.backlog, group) : null;
  const plan = (archiveDone: boolean): PlannedPromotion => {
    const request = { rules, today, goal: toLine(goal), archiveDone };
    return planPromotion(folder, chosen === null ? request : { ...request, groupIndex: chosen });
  };
  if (group && folder.backlog && chosen === null) {
    const selection = { batch: null, refusal: GROUP_GONE, passedOver: [], groupsPassedOver: [] };
    return { planned: { plan: null, refusal: GROUP_GONE, selection }, rules, archiveDone: false, chosen };
  }
  const planned = plan(wishes.archiveDone ?? false);
  const archive = wishes.archiveDone === null && planned.refusal?.code === "finished-in-todo";
  return archive
    ? { planned: plan(true), rules, archiveDone: true, chosen }
    : { planned, rules, archiveDone: wishes.archiveDone ?? false, chosen };
}

/**
 * What a person sees of what a planned promotion does: the same for two of which the one does what the other shows, wherever in
 * the notes; "" where nothing would move.
 */
export function digestPromotion({ plan, selection }: PlannedPromotion): string {
  if (!plan) return "";
  const { group, type } = selection.batch ?? {};
  const header = group ? [group.title, group.type, group.priority, type] : [];
  const blocks = plan.blocks.map(({ from, to, sourceText, destinationText }) => [
    from,
    to,
    sourceText,
    destinationText,
  ]);
  const notes = plan.changes.map((change) => digestDiff(describeDiff(change)));
  return JSON.stringify([header, blocks, notes]);
}

/** The groups of a folder's backlog, in their order, with how many of their tasks are ready. */
export function listGroups(
  folder: BacklogFolder,
  rules: RulesInForce,
): readonly (GroupChoice & { readonly wanted: WantedGroup })[] {
  const { backlog } = folder;
  if (!backlog) return [];
  const known = knowIds(folder);
  const isReady = (index: number): boolean => {
    const task = backlog.tasks[index];
    return task !== undefined && blockersOf(task, missingFields(backlog.text, task, rules), known, rules).length === 0;
  };
  return backlog.groups.map((group) => ({
    ...nameGroup(group),
    ready: group.tasks.filter(isReady).length,
    tasks: group.tasks.length,
    wanted: rememberGroup(backlog, group),
  }));
}

/** A group of a note by what it is found again by. */
export function rememberGroup({ groups }: Note, group: Group): WantedGroup {
  const { type, priority, title } = group;
  const alike = groups.filter((other) => isCalled(other, { type, priority, title }));
  return { type, priority, title, ordinal: alike.indexOf(group) };
}

function findGroup({ groups }: Note, wanted: WantedGroup): number | null {
  const alike = groups.flatMap((group, at) => (isCalled(group, wanted) ? [at] : []));
  return alike[wanted.ordinal] ?? alike.at(-1) ?? null;
}

function isCalled({ type, priority, title }: Group, wanted: Omit<WantedGroup, "ordinal">): boolean {
  return type === wanted.type && priority === wanted.priority && title === wanted.title;
}

/** What is typed or pasted, as one line. */
function toLine(goal: string): string {
  return goal.replace(/[\x00-\x1f\x7f\u2028\u2029]+/g, " ").trim();
}

/** "5 docs tasks moved to TODO.md." `name` says what a note is called. */
export function sayPromotion({ blocks }: Plan, type: string, name: (note: string) => string): string {
  // What is archived before the batch comes from the todo note, where no block has a place.
  const promoted = blocks.filter(({ place }) => place !== null);
  const archived = blocks.filter(({ place }) => place === null);
  const to = name(promoted[0]?.to ?? "");
  const first = archived[0] && `, ${count(archived.length, "finished task")} to ${name(archived[0].to)}`;
  return `${count(promoted.length, `${type} task`)} moved to ${to}${first ?? ""}.`;
}
