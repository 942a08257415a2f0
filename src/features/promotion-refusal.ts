import type { BacklogFolder, NoteNames } from "../core/folder";
import { idKey, isOpen, nameTask } from "../core/promotable";
import type { Refusal } from "../core/refusal";
import type { RuleSettings } from "../core/rules";
import type { PassedOver, Selection } from "../core/select";
import { count } from "../cards/words";
import { nameTask as nameForPeople, type RefusedPromotion } from "../ui/promotion-model";
import { nameFixFold } from "../ui/promotion-folds";
import type { WayOut } from "../ui/promotion-ways";
import { describeDamage, findDamaged, NO_DAMAGE } from "./promotion-damage";
import { shortenTitle } from "./moved-tasks";
import { wordForApp } from "./refusals";

/** So many tasks of a mixed batch get a button of their own. */
const FEW = 3;

/** So much of a title stands on a button. */
const MOST_TITLE = 40;

/** What a refusal is about. */
export interface RefusalScene {
  /** Null where the notes could not be read. */
  readonly folder: BacklogFolder | null;
  readonly names: NoteNames;
  readonly settings: RuleSettings;
  readonly selection: Selection | null;
  /** Whether the person chose the group. */
  readonly chosen: boolean;
  /** YYYY-MM-DD. */
  readonly today: string;
}

/** A refusal as it is shown, with the ways out of it. */
export function describeRefusal(refusal: Refusal, scene: RefusalScene): RefusedPromotion {
  const { chosen, folder, names, settings, today } = scene;
  const isDamage = refusal.code === "damaged-note";
  const { findings, fix } = isDamage && folder ? describeDamage(refusal, folder, settings, today) : NO_DAMAGE;
  const damaged = findDamaged(refusal, names);
  const others: readonly WayOut[] = chosen
    ? [
        { kind: "choose-group", label: "Choose another group" },
        { kind: "any-group", label: "Promote next batch" },
      ]
    : [];
  const own = listWays(refusal, scene);
  const mend: readonly WayOut[] = fix.length > 0 ? [{ kind: "fix", label: `Fix ${damaged}` }] : [];
  const first = findings[0];
  const place: readonly WayOut[] = first
    ? [{ kind: "open", path: first.path, line: first.line, label: `Open ${first.path}` }]
    : isDamage
      ? [{ kind: "open", path: damaged, line: 1, label: `Open ${damaged}` }]
      : [];
  const isAboutGroup = ["nothing-promotable", "type-in-progress", "damaged-note"].includes(refusal.code);
  return {
    sentence: wordForApp(shorten(refusal, scene)),
    ways: [...mend, ...place, ...own, ...(isAboutGroup ? others : [])],
    findings,
    fix,
    unfolded: [...fix.map(nameFixFold), ...listUnfolded(refusal)],
  };
}

function listWays(refusal: Refusal, { folder, names, selection }: RefusalScene): readonly WayOut[] {
  const todo = folder?.todo?.tasks ?? [];
  const firstOpen = todo.find(isOpen)?.line ?? 1;
  const openTodo: WayOut = { kind: "open", path: names.todo, line: firstOpen, label: `Open ${names.todo}` };
  const stay = selection?.passedOver ?? [];
  const lacking = stay.find(({ reason }) => reason === "incomplete")?.task;
  const incomplete: readonly WayOut[] = lacking
    ? [{ kind: "next-incomplete", path: names.backlog, line: lacking.line, label: "Go to next incomplete task" }]
    : [];
  const line = stay[0]?.task.line ?? 1;
  const openBacklog: WayOut = { kind: "open", path: names.backlog, line, label: `Open ${names.backlog}` };
  switch (refusal.code) {
    case "no-backlog":
      return [{ kind: "start-backlog", label: "Start a backlog here" }];
    case "move-in-progress":
      return [
        { kind: "recover", label: "Recover interrupted move" },
        { kind: "retry", label: "Try again" },
      ];
    case "stale-source":
      return [{ kind: "retry", label: "Try again" }];
    case "finished-in-todo": {
      const done = todo.filter((task) => !isOpen(task)).length;
      return [
        { kind: "archive", label: `Archive the ${done === 1 ? "finished task" : count(done, "finished task")} first` },
        openTodo,
      ];
    }
    case "mixed-todo": {
      const type = todo.find(isOpen)?.type ?? null;
      const odd = todo.filter((task) => isOpen(task) && task.type !== type);
      const returned = odd.slice(0, FEW).flatMap((task): readonly WayOut[] => {
        const title = shortenTitle(nameForPeople(task).title, MOST_TITLE);
        return task.id === null ? [] : [{ kind: "return", id: task.id, label: `Return “${title}”` }];
      });
      return [{ ...openTodo, line: odd[0]?.line ?? firstOpen }, ...returned];
    }
    case "batch-full":
      return [openTodo];
    case "type-in-progress": {
      const type = todo.find(isOpen)?.type;
      const helpful = stay.find(({ reason, task }) => reason === "incomplete" && task.type === type)?.task;
      if (!helpful) return [openTodo];
      const label = `Go to the first incomplete ${String(type)} task`;
      return [openTodo, { kind: "open", path: names.backlog, line: helpful.line, label }];
    }
    case "already-archived":
    case "ambiguous-task":
      return listTwins(folder, names);
    case "nothing-promotable":
      return incomplete.length > 0 ? incomplete : [openBacklog];
    default:
      return [];
  }
}

/** The done tasks whose id the archive holds already, or another of them has, each with a button. */
function listTwins(folder: BacklogFolder | null, names: NoteNames): readonly WayOut[] {
  const done = (folder?.todo?.tasks ?? []).filter((task) => !isOpen(task) && task.id !== null);
  const keyOf = ({ id }: { readonly id: string | null }) => idKey(id ?? "");
  const archived = (folder?.archive?.tasks ?? []).filter((task) => done.some((twin) => keyOf(twin) === keyOf(task)));
  const twins = done.filter(
    (task) =>
      archived.some((twin) => keyOf(twin) === keyOf(task)) ||
      done.some((twin) => twin !== task && keyOf(twin) === keyOf(task)),
  );
  const open = (path: string, line: number): WayOut => ({
    kind: "open",
    path,
    line,
    label: `Open ${path}, line ${line}`,
  });
  return [
    ...twins.slice(0, 2).map(({ line }) => open(names.todo, line)),
    ...archived.slice(0, 1).map(({ line }) => open(names.archive, line)),
  ];
}

/** Which tasks are finished, and what those in the backlog lack, is in the lists below. */
function shorten({ code, message }: Refusal, { folder, selection, chosen }: RefusalScene): string {
  const done = (folder?.todo?.tasks ?? []).filter((task) => !isOpen(task)).map(nameTask);
  // Where some of them do not stand in the way, it is said which ones do.
  if (code === "finished-in-todo") return message.replace(`: ${done.join(", ")}.`, ".");
  const first: PassedOver | undefined = selection?.passedOver[0];
  const at = first ? message.indexOf(` ${nameTask(first.task)}: `) : -1;
  const head = at > 0 ? message.slice(0, at) : message;
  const lacks = selection?.passedOver.some(({ reason }) => reason === "incomplete") ?? false;
  const end = lacks ? "Complete one of them first." : "The list below says why.";
  const said = code === "nothing-promotable" && at > 0 ? `${head} ${end}` : head;
  if (!chosen) return said;
  return said
    .replace("No task can be promoted.", "No task of this group can be promoted.")
    .replace("No group holds a task. Add tasks to a group first.", "This group holds no task. Add tasks to it first.")
    .replace("no group has a promotable", "this group has no promotable");
}

function listUnfolded({ code }: Refusal): readonly string[] {
  if (code === "nothing-promotable" || code === "type-in-progress") return ["passed-over"];
  return code === "mixed-todo" || code === "batch-full" || code === "finished-in-todo" ? ["todo"] : [];
}
