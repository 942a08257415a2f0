// A backlog folder in one line, so that a case of a test is a line (and what a move makes of it another).
//
//   "infra/high: a b! c; docs/low: d | todo: e+ | archive: f | index: a/backlog e/todo"
//
// Notes are parted by `|`. The first is the backlog ("none": there is no such note), the others name themselves; a note
// that is not named does not exist, one that is named with nothing behind it holds no task.
//
//   backlog   groups parted by `;`, each `type/priority: tasks`; `-: tasks` for tasks outside every group
//   task      a name, then what is special about it:
//               !  incomplete (no Plan)      +  done     ~  in progress     ?  blocked
//               ^  without `## task_end`     @docs  of that type and not of its group's (in todo and archive: not infra)
//             The name stands for the id TASK-20260204-NAME.
//   (a b)     a moved note that names a and b
//   index     entries, `name/note` with the note in lower case and without `.md`; `+` for done
//
// `notationOf` writes the same line for a folder that `folderOf` has read from it, in the order of these marks: @ ! + ^.
import { parseNote, type Note } from "../../src/core/note";
import { DEFAULT_NAMES, type BacklogFolder } from "../../src/core/folder";
import type { NoteChange } from "../../src/core/plan";
import type { TaskBlock } from "../../src/core/task";

const DEFAULT_TYPE = "infra";
const STATUS_MARKS: Readonly<Record<string, string>> = { "+": "done", "~": "in-progress", "?": "blocked" };

/** The id that a name stands for. */
export function idOf(name: string): string {
  return `TASK-20260204-${name.toUpperCase()}`;
}

/** The text of the task block that a word of the notation stands for, without a final line break. */
export function blockOf(word: string, type: string = DEFAULT_TYPE, priority = "high"): string {
  const [, name = "", own, marks = ""] = /^(\w+)(?:@(\w+))?([!+~?^]*)$/.exec(word) ?? [];
  if (name === "") throw new Error(`no task in the notation: "${word}"`);
  const status = Object.entries(STATUS_MARKS).find(([mark]) => marks.includes(mark))?.[1] ?? "todo";
  const tags = `[id:${idOf(name)}][type:${own ?? type}][priority:${priority}][component:core]`;
  return [
    "## task_begin",
    `### # ${tags} Do ${name}`,
    `**Status:** ${status}  `,
    "**Created:** 2026-02-04  ",
    "**Acceptance Criteria:**",
    `- [x] ${name} is done`,
    "**Relevant Documentation:** `docs/guide.md`  ",
    ...(marks.includes("!") ? [] : ["**Plan:**  ", "1. First", "2. Second", "3. Third"]),
    "**Estimated Effort:** 2 days",
    ...(marks.includes("^") ? [] : ["## task_end"]),
  ].join("\n");
}

/** The texts of the notes that a line stands for, by kind; null for a note that does not exist. */
export function textsOf(line: string): Readonly<Record<"backlog" | "todo" | "archive" | "index", string | null>> {
  const [backlog = "", ...others] = line.split("|").map((part) => part.trim());
  const find = (kind: string): string | null => {
    const part = others.find((other) => other.startsWith(`${kind}:`));
    return part === undefined ? null : part.slice(kind.length + 1).trim();
  };
  const [todo, archive, index] = [find("todo"), find("archive"), find("index")];
  return {
    backlog: backlog === "none" ? null : writeBacklog(backlog),
    todo: todo === null ? null : writeTodo(todo),
    archive: archive === null ? null : `# Archive\n\n---\n\n${writeBlocks(archive)}`,
    index: index === null ? null : writeIndex(index),
  };
}

/** The folder that a line stands for; `dress` may change each text before it is read, e.g. its line ends. */
export function folderOf(line: string, dress: (text: string) => string = (text) => text): BacklogFolder {
  const texts = textsOf(line);
  const read = (text: string | null): Note | null => (text === null ? null : parseNote(dress(text)));
  return {
    names: DEFAULT_NAMES,
    backlog: read(texts.backlog),
    todo: read(texts.todo),
    archive: read(texts.archive),
    index: read(texts.index),
  };
}

/** The folder when the changes of a plan are written. */
export function folderAfter(folder: BacklogFolder, changes: readonly NoteChange[]): BacklogFolder {
  const read = (path: string, note: Note | null): Note | null => {
    const change = changes.find((candidate) => candidate.path === path);
    return change === undefined ? note : change.after === null ? null : parseNote(change.after);
  };
  const { names } = folder;
  return {
    names,
    backlog: read(names.backlog, folder.backlog),
    todo: read(names.todo, folder.todo),
    archive: read(names.archive, folder.archive),
    index: read(names.index, folder.index),
  };
}

/** The line that stands for a folder. */
export function notationOf({ backlog, todo, archive, index }: BacklogFolder): string {
  const tasks = (note: Note) => note.tasks.map((task) => wordOf(task, DEFAULT_TYPE)).join(" ");
  return [
    backlog ? readBacklog(backlog) : "none",
    ...(todo ? [`todo: ${tasks(todo)}`] : []),
    ...(archive ? [`archive: ${tasks(archive)}`] : []),
    ...(index ? [`index: ${readIndex(index)}`] : []),
  ]
    .map((part) => part.trim())
    .join(" | ");
}

const words = (part: string) => part.split(/\s+/).filter((word) => word !== "");

function writeBlocks(part: string, type?: string, priority?: string): string {
  return words(part)
    .map((word) => `${blockOf(word, type, priority)}\n`)
    .join("\n---\n\n");
}

function writeBacklog(part: string): string {
  const groups = part
    .split(";")
    .filter((group) => group.trim() !== "")
    .map((group) => {
      const [, type = "", priority = "", moved = "", tasks = ""] =
        /^\s*(?:-|(\w+)\/(\w+)):\s*((?:\([^)]*\)\s*)*)(.*)$/.exec(group) ?? [];
      const blocks = writeBlocks(tasks, type === "" ? undefined : type, priority === "" ? undefined : priority);
      if (type === "") return blocks;
      const comments = [...moved.matchAll(/\(([^)]*)\)/g)].map(([, names = ""]) => {
        return `<!-- Tasks ${words(names).map(idOf).join(", ")} moved to TODO.md on 2026-02-04 -->\n\n`;
      });
      const head = `## group_begin [type:${type}][priority:${priority}]\n## ${type} ${priority}\n\n`;
      return `${head}${comments.join("")}${blocks}${blocks === "" ? "" : "\n"}## group_end\n`;
    });
  return ["# Project Backlog\n", ...groups].join("\n");
}

function writeTodo(part: string): string {
  const [first] = words(part);
  const type = first === undefined ? "(none)" : `[type:${/@(\w+)/.exec(first)?.[1] ?? DEFAULT_TYPE}]`;
  const header = `# Active\n\n## Current Batch Focus\n**Batch Type:** ${type}  \n**Batch Goal:** (set later)  \n`;
  return `${header}**Batch Size Target:** 5\n\n---\n${first === undefined ? "" : "\n"}${writeBlocks(part)}`;
}

function writeIndex(part: string): string {
  const entries = words(part).map((word) => {
    const [, name = "", place = "", done = ""] = /^(\w+)\/(\w+)(\+?)$/.exec(word) ?? [];
    const lines = [
      `[id:${idOf(name)}]`,
      "type: infra",
      "priority: high",
      "component: core",
      `status: ${done === "" ? "todo" : "done"}`,
      `location: ${place.toUpperCase()}.md`,
      "created: 2026-02-04",
      `title: Do ${name}`,
    ];
    return ["## index_entry_begin", ...lines.map((line) => `${line}  `), "## index_entry_end\n"].join("\n");
  });
  return ["# Task Index\n\n---\n", ...entries].join("\n");
}

function nameOf(id: string | null): string {
  return /-(\w+)$/.exec(id ?? "")?.[1]?.toLowerCase() ?? "?";
}

function wordOf(task: TaskBlock, type: string): string {
  const own = task.type === type ? "" : `@${task.type ?? ""}`;
  const mark = Object.entries(STATUS_MARKS).find(([, status]) => status === task.status)?.[0] ?? "";
  return nameOf(task.id) + own + (task.steps >= 3 ? "" : "!") + mark + (task.closed ? "" : "^");
}

function readBacklog(note: Note): string {
  const parts: { group: number | null; head: string; words: string[] }[] = note.groups.map((group, index) => ({
    group: index,
    head: `${group.type ?? "?"}/${group.priority ?? "?"}:`,
    words: note.movedNotes
      .filter((moved) => moved.group === index)
      .map(({ ids }) => `(${ids.map((id) => nameOf(id)).join(" ")})`),
  }));
  const outside = { group: null, head: "-:", words: [] as string[] };
  for (const task of note.tasks) {
    const part = parts.find(({ group }) => group === task.group) ?? outside;
    part.words.push(wordOf(task, task.group === null ? DEFAULT_TYPE : (note.groups[task.group]?.type ?? "")));
  }
  const all = outside.words.length > 0 ? [...parts, outside] : parts;
  return all.map(({ head, words }) => [head, ...words].join(" ")).join("; ");
}

function readIndex(note: Note): string {
  return note.entries
    .map(({ id, values }) => {
      const value = (key: string) => values.find((candidate) => candidate.key === key)?.value ?? "";
      const place = value("location").replace(/\.md$/, "").toLowerCase();
      return `${nameOf(id)}/${place}${value("status") === "done" ? "+" : ""}`;
    })
    .join(" ");
}
