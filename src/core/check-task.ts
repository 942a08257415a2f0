import type { Finding, FindingCode } from "./finding";
import { severityOf } from "./finding";
import { TAG_ORDER } from "./header";
import { lineEndAt } from "./line-ends";
import { mendPriority, mendStatus, mendTagName } from "./mends";
import type { Note, NoteKind } from "./note";
import { isPriority, nameGroup, PRIORITIES, STATUSES, statusOf } from "./promotable";
import { hasContent, type RulesInForce } from "./rules";
import { readValue, type Header, type Tag, type TaskBlock } from "./task";

const HOUSE_ID = /^TASK-\d{8}-\d{3}$/i;
const NUMBER = String.raw`\d+(?:[.,]\d+)?`;
const EFFORT = new RegExp(
  String.raw`^~?\s*${NUMBER}(?:\s*(?:-|–|—|to)\s*${NUMBER})?\s*(?:minutes?|mins?|hours?|hrs?|h|days?|d|weeks?|w|months?)\b\s*(?:\(.*\))?\.?$`,
  "i",
);
const LABEL_OF: Readonly<Record<string, string>> = {
  effort: "estimated effort",
  documentation: "relevant documentation",
};
const SHORT: Readonly<Record<string, FindingCode>> = { effort: "no-effort", documentation: "no-documentation" };

/** Collects findings about one task block. */
class TaskFindings {
  readonly findings: Finding[] = [];

  constructor(private readonly index: number) {}

  add(code: FindingCode, span: { readonly from: number; readonly to: number }, message: string, fixable = false): void {
    const { from, to } = span;
    this.findings.push({ code, severity: severityOf(code), from, to, message, task: this.index, fixable });
  }
}

/**
 * The findings of one task block by itself: its marker, header, tags, fields and what the kind of its note asks of it
 * (FORMAT.md §6). What takes several tasks or notes to see is not among them.
 *
 * @param missing what the task lacks under the rules in force, as `missingFields` says.
 */
export function checkTask(
  note: Note,
  index: number,
  kind: NoteKind,
  missing: readonly string[],
  rules: RulesInForce,
): readonly Finding[] {
  const task = note.tasks[index] as TaskBlock;
  const found = new TaskFindings(index);
  const { place } = task;
  checkMarkers(note, task, found);
  if (task.header) checkHeader(task, task.header, found);
  else
    found.add(
      "no-header",
      place,
      "Put a header first in the block: `### # [id:…][type:…][priority:…][component:…] Title`.",
    );
  checkStatus(note, task, kind, place, found);
  checkLabels(task, found);
  if (kind === "backlog") checkGroup(note, task, place, found);
  if (kind !== "archive") checkCompleteness(note, task, kind, missing, rules, place, found);
  return found.findings;
}

function checkMarkers(note: Note, task: TaskBlock, found: TaskFindings): void {
  const marker = { from: task.from, to: lineEndAt(note.text, task.from) };
  if (!task.closed) {
    const hidden = note.unclosed.some(({ from }) => from >= task.from && from <= task.to);
    const way = hidden
      ? "A comment or fence that never closes hides the rest"
      : "Add `## task_end` behind its last line";
    found.add("unclosed-task", marker, `This task has no \`## task_end\`. ${way}.`, !hidden);
  }
  if (task.glued)
    found.add("glued-marker", marker, "Put the header on a line of its own, below `## task_begin`.", true);
}

function checkHeader(task: TaskBlock, header: Header, found: TaskFindings): void {
  if (task.id === null) found.add("no-id", header, "Give the task an id: `[id:TASK-YYYYMMDD-NNN]`.", true);
  else if (!HOUSE_ID.test(task.id)) {
    found.add(
      "id-form",
      header,
      `The id ${task.id} is not of the form TASK-YYYYMMDD-NNN: it is valid, but give new tasks ids of that form.`,
    );
  }
  if (task.type === null) found.add("no-type", header, "Give the task a type: `[type:…]`.");
  if (task.priority === null) {
    found.add("no-priority", header, `Give the task a priority: \`[priority:…]\`, one of ${PRIORITIES.join(", ")}.`);
  } else if (!isPriority(task.priority)) {
    const message = `The priority “${task.priority}” is not known: make it one of ${PRIORITIES.join(", ")}.`;
    found.add("bad-priority", header, message, mendPriority(task.priority) !== null);
  }
  if (task.component === null) found.add("no-component", header, "Name the component: `[component:…]`.");
  if (!header.orderly) checkTags(header, found);
}

function checkTags(header: Header, found: TaskFindings): void {
  const { tags } = header;
  const names = new Set(tags.map(({ name }) => name.toLowerCase()));
  const places: number[] = [];
  for (const tag of tags) {
    const place = TAG_ORDER.indexOf(tag.name.toLowerCase());
    if (place !== -1) places.push(place);
    else if (tag.name.toLowerCase() !== "p_level") checkUnknownTag(tag, names, found);
  }
  if (places.every((place, at) => at === 0 || place >= Number(places[at - 1]))) return;
  found.add("tag-order", header, `Put the tags in the order ${TAG_ORDER.join(", ")}.`, true);
}

function checkUnknownTag(tag: Tag, names: ReadonlySet<string>, found: TaskFindings): void {
  const meant = mendTagName(tag.name, names);
  if (meant === null)
    found.add("unknown-tag", tag, `The tag “${tag.name}” is not known and has no effect: check its name.`);
  else found.add("tag-typo", tag, `The tag “${tag.name}” should be “${meant}”: correct its name.`, true);
}

function checkStatus(
  note: Note,
  task: TaskBlock,
  kind: NoteKind,
  place: { readonly from: number; readonly to: number },
  found: TaskFindings,
): void {
  const status = statusOf(task);
  const field = task.fields.find(({ label }) => label === "status") ?? place;
  if (task.status === null) {
    found.add("no-status", place, "Add `**Status:** todo`; without it the task counts as todo.", task.header !== null);
  } else if (!(STATUSES as readonly string[]).includes(status)) {
    const message = `The status “${status}” is not known: make it one of ${STATUSES.join(", ")}.`;
    found.add("bad-status", field, message, mendStatus(status) !== null);
  }
  if (status !== "done") {
    if (kind === "archive")
      found.add("not-done", field, "This task is archived and not done: move it back, or set its status to done.");
    return;
  }
  if (kind === "backlog") found.add("done-in-backlog", field, "This task is done: archive it.");
  if (kind === "archive" && !hasContent(note.text, task, "completed")) {
    found.add(
      "no-completed",
      field,
      "The task is archived without a **Completed:** date: the archive is never rewritten here, so add it by hand.",
    );
  }
  const open = task.criteria.filter(({ ticked }) => !ticked).length;
  if (open > 0) {
    found.add(
      "unticked-criteria",
      field,
      `The task is done and ${open} of its ${task.criteria.length} criteria ${open === 1 ? "is" : "are"} not ticked: tick what is met.`,
    );
  }
}

function checkLabels(task: TaskBlock, found: TaskFindings): void {
  const seen = new Set<string>();
  for (const field of task.fields) {
    if (seen.has(field.label)) {
      const which = field.label === "status" ? "the first counts" : "their contents count as one";
      found.add("repeated-label", field, `The label “${field.label}” occurs before in this task (${which}): keep one.`);
    }
    seen.add(field.label);
    if (field.indent > 0)
      found.add("indented-label", field, `Put the label “${field.label}” at the start of its line.`, true);
  }
}

function checkGroup(
  note: Note,
  task: TaskBlock,
  place: { readonly from: number; readonly to: number },
  found: TaskFindings,
): void {
  const group = task.group === null ? undefined : note.groups[task.group];
  if (!group) {
    found.add(
      "outside-group",
      place,
      "This task stands outside every group: move it into one, or it is never promoted.",
    );
    return;
  }
  if (task.type !== null && group.type !== null && task.type !== group.type) {
    found.add(
      "type-differs",
      place,
      `The task is ${task.type} and its group ${nameGroup(group)} is ${group.type}: move it to a group of its type, or change the tag.`,
    );
  }
  if (isPriority(task.priority) && group.priority !== null && task.priority !== group.priority) {
    found.add(
      "priority-differs",
      place,
      `The task is ${task.priority} and its group ${nameGroup(group)} is ${group.priority}: move it to a group of its priority, or change the tag.`,
    );
  }
}

function checkCompleteness(
  note: Note,
  task: TaskBlock,
  kind: NoteKind,
  missing: readonly string[],
  rules: RulesInForce,
  place: { readonly from: number; readonly to: number },
  found: TaskFindings,
): void {
  const first = found.findings.length;
  const canAdd = (label: string) =>
    task.closed && task.header !== null && !task.fields.some((field) => field.label === label);
  for (const name of missing) {
    const minimum = rules.minimumSteps.value;
    const label = LABEL_OF[name] ?? name;
    const where = fieldOf(task, label) ?? place;
    if (name === "plan" && (task.steps > 0 || hasContent(note.text, task, label))) {
      const steps = `${task.steps} numbered ${task.steps === 1 ? "step" : "steps"}`;
      found.add("short-plan", where, `The plan has ${steps} and needs at least ${minimum}: number what is to be done.`);
    } else if (name === "plan") {
      found.add(
        "no-plan",
        where,
        `Add **Plan:** with ${minimum > 0 ? `at least ${minimum} numbered steps` : "what is to be done"}.`,
        canAdd(name),
      );
    } else {
      const code = SHORT[name] ?? "no-required";
      const other = task.others.some((other) => other.name === label);
      found.add(
        code,
        where,
        kind === "backlog" ? `Fill in “${label}”: without it the task is not promoted.` : `Fill in “${label}”.`,
        !other && canAdd(label),
      );
    }
  }
  if (kind !== "backlog") {
    const added = found.findings.splice(first);
    for (const finding of added) found.findings.push({ ...finding, severity: "warning" });
  }
  const effort = task.fields.find((field) => field.label === "estimated effort" && readValue(note.text, field) !== "");
  if (effort && hasContent(note.text, task, "estimated effort") && !EFFORT.test(readValue(note.text, effort))) {
    found.add("effort-unclear", effort, "Write the effort as a number and a unit, such as `2 days` or `4-6 weeks`.");
  }
  const documentation = fieldOf(task, "relevant documentation");
  if (
    documentation &&
    task.references.length > 0 &&
    !task.references.some(({ target }) => /(?:^|\/)docs\//i.test(target))
  ) {
    found.add(
      "documentation-elsewhere",
      documentation,
      "None of the documents named is under docs/: name one that is, if there is one.",
    );
  }
}

function fieldOf(task: TaskBlock, label: string) {
  return task.fields.find((field) => field.label === label);
}
