import { checkNotes, type ParsedNote } from "../core/check";
import type { FindingCode } from "../core/finding";
import { fixFindings } from "../core/fixes";
import type { BacklogFolder, NoteNames } from "../core/folder";
import { lineNumberAt } from "../core/line-ends";
import type { NoteKind } from "../core/note";
import type { Plan } from "../core/plan";
import { idKey, isOpen, nameGroup, nameTask } from "../core/promotable";
import type { Refusal } from "../core/refusal";
import type { RuleSettings } from "../core/rules";
import type { PassedOver, Selection } from "../core/select";
import { count } from "../cards/words";
import { describeDiff } from "../ui/note-diff";
import { nameTask as nameForPeople, type RefusedPromotion } from "../ui/promotion-model";
import type { WayOut } from "../ui/promotion-ways";
import { wordForApp } from "./refusals";

/** Codes of what may stand in the way of a move, because blocks can't be told apart for certain. */
const STRUCTURAL: ReadonlySet<FindingCode> = new Set<FindingCode>([
  "no-header",
  "no-id",
  "unclosed-task",
  "orphan-task-end",
  "unclosed-group",
  "orphan-group-end",
  "unclosed-comment",
  "unclosed-fence",
]);

/** Those of them that the preview offers to fix. */
const MENDED: ReadonlySet<FindingCode> = new Set<FindingCode>(["unclosed-task", "unclosed-group"]);

/** So many tasks of a mixed batch get a button of their own. */
const FEW = 3;

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
  const { chosen, names } = scene;
  const { findings, fix } =
    refusal.code === "damaged-note" ? describeDamage(refusal, scene) : { findings: [], fix: [] };
  const others: readonly WayOut[] = chosen
    ? [
        { kind: "choose-group", label: "Choose another group" },
        { kind: "any-group", label: "Promote next batch" },
      ]
    : [];
  const own = listWays(refusal, scene);
  const mend: readonly WayOut[] = fix.length > 0 ? [{ kind: "fix", label: `Fix ${findPath(refusal, names)}` }] : [];
  const first = findings[0];
  const place: readonly WayOut[] = first
    ? [{ kind: "open", path: first.path, line: first.line, label: `Open ${first.path}` }]
    : refusal.code === "damaged-note"
      ? [{ kind: "open", path: findPath(refusal, names), line: 1, label: `Open ${findPath(refusal, names)}` }]
      : [];
  const isAboutGroup = ["nothing-promotable", "type-in-progress", "damaged-note"].includes(refusal.code);
  return {
    sentence: wordForApp(shorten(refusal, scene)),
    ways: [...mend, ...place, ...own, ...(isAboutGroup ? others : [])],
    findings,
    fix,
    unfolded: listUnfolded(refusal),
  };
}

/** The plan of the fix that a refusal offers: of the note that is damaged, and of what stands in the way there alone. */
export function planMend(refusal: Refusal, folder: BacklogFolder, settings: RuleSettings, today: string): Plan {
  const { names } = folder;
  const { notes, rules } = checkNotes(parsedOf(folder), names, {}, settings);
  const path = findPath(refusal, names);
  const damaged = notes.filter((note) => note.path === path);
  return fixFindings({ notes: damaged, rules }, MENDED, { names, today }).plan;
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
        { kind: "recover", label: "Recover" },
        { kind: "retry", label: "Try again" },
      ];
    case "stale-source":
      return [{ kind: "retry", label: "Try again" }];
    case "finished-in-todo": {
      const done = todo.filter((task) => !isOpen(task)).length;
      return [{ kind: "archive", label: `Archive the ${count(done, "finished task")} first` }, openTodo];
    }
    case "mixed-todo": {
      const type = todo.find(isOpen)?.type ?? null;
      const odd = todo.filter((task) => isOpen(task) && task.type !== type);
      const returned = odd.slice(0, FEW).flatMap((task): readonly WayOut[] => {
        const title = nameForPeople(task).title;
        return task.id === null ? [] : [{ kind: "return", id: task.id, label: `Return “${title}”` }];
      });
      return [{ ...openTodo, line: odd[0]?.line ?? firstOpen }, ...returned];
    }
    case "batch-full":
      return [openTodo];
    case "type-in-progress":
      return [openTodo, ...incomplete];
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

/** What the tasks lack is in the list below. */
function shorten({ code, message }: Refusal, { selection, chosen }: RefusalScene): string {
  const first: PassedOver | undefined = selection?.passedOver[0];
  const at = first ? message.indexOf(` ${nameTask(first.task)}: `) : -1;
  const head = at > 0 ? message.slice(0, at) : message;
  const said = code === "nothing-promotable" && at > 0 ? `${head} Complete one of them first.` : head;
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

function describeDamage(
  refusal: Refusal,
  { folder, names, settings, today }: RefusalScene,
): Pick<RefusedPromotion, "findings" | "fix"> {
  if (!folder) return { findings: [], fix: [] };
  const path = findPath(refusal, names);
  const checked = checkNotes(parsedOf(folder), names, {}, settings).notes.find((one) => one.path === path);
  const note = checked?.note;
  if (!note) return { findings: [], fix: [] };
  const group = note.groups.find((one) => refusal.message.includes(nameGroup(one)));
  const findings = checked.findings
    .filter(({ code, from }) => STRUCTURAL.has(code) && (!group || (group.from <= from && from <= group.to)))
    .map(({ from, message }) => ({ path, line: lineNumberAt(note.text, from), message }));
  const { changes } = planMend(refusal, folder, settings, today);
  return { findings, fix: changes.map(describeDiff) };
}

/** The note that a refusal is about. */
function findPath({ message }: Refusal, names: NoteNames): string {
  const all = [names.backlog, names.todo, names.archive, names.index];
  const found = all.find((name) => message.startsWith(`${name} `) || message.includes(`In ${name} `));
  return found ?? names.backlog;
}

function parsedOf({ names, backlog, todo, archive, index }: BacklogFolder): readonly ParsedNote[] {
  const notes = { backlog, todo, archive, index };
  return (["backlog", "todo", "archive", "index"] as const satisfies readonly NoteKind[]).flatMap((kind) => {
    const note = notes[kind];
    return note ? [{ path: names[kind], kind, note }] : [];
  });
}
