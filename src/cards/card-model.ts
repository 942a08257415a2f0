import { equalBadges, type Badge } from "../core/badge";
import { countFiles, readDependencies, type Block } from "../core/block";
import { mendDoubleEncoded } from "../core/double-encoding";
import { statusOf } from "../core/promotable";
import { readValue } from "../core/task";

/** All that a card shows of one task block, as a value. */
export interface CardModel {
  readonly block: Block;
  /** The block's text. */
  readonly text: string;
  /** As it was meant to be read: double-encoded characters are decoded. "" where the task has none. */
  readonly title: string;
  readonly id: string | null;
  /** In lower case, like priority, component and status; null where it is not said. */
  readonly type: string | null;
  readonly priority: string | null;
  readonly component: string | null;
  /** `todo` where the task names none; may be none of the four. */
  readonly status: string;
  /** One line, as written. */
  readonly effort: string | null;
  readonly criteria: { readonly done: number; readonly total: number };
  readonly steps: number;
  readonly documents: number;
  readonly files: number;
  /** Ids, in order, once each. */
  readonly dependencies: readonly string[];
  readonly badge: Badge;
  /** Whether the details are shown. */
  readonly open: boolean;
  /** Whether its status can be set here and its criteria ticked. */
  readonly editable: boolean;
}

const BULLET = /^[-*+>][ \t]+/;

/**
 * The card of a block. Its details are read when they are drawn, so this costs little.
 *
 * @param editable not where the card is only to be read, and not in an archive (FORMAT.md §5, rule 11).
 */
export function describeCard(block: Block, badge: Badge, open: boolean, editable = false): CardModel {
  const { task, text } = block;
  const effort = task.fields.find(({ label }) => label === "estimated effort");
  const written = effort ? readValue(text, effort).replace(BULLET, "") : "";
  return {
    block,
    text,
    title: mendDoubleEncoded(task.title),
    id: task.id,
    type: task.type,
    priority: task.priority,
    component: task.component?.toLowerCase() ?? null,
    status: statusOf(task),
    effort: written === "" ? null : mendDoubleEncoded(written),
    criteria: { done: task.criteria.filter(({ ticked }) => ticked).length, total: task.criteria.length },
    steps: task.steps,
    documents: task.references.length,
    files: countFiles(block),
    dependencies: readDependencies(block),
    badge,
    open,
    editable,
  };
}

/** Whether two cards look the same. All but badge, details and what can be done comes from the block's text. */
export function equalCards(a: CardModel, b: CardModel): boolean {
  return a.open === b.open && a.editable === b.editable && a.text === b.text && equalBadges(a.badge, b.badge);
}
