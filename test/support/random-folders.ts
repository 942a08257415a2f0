// Random backlog folders as people leave them: byte-order marks, CRLF and mixed line ends, no final line break, glued
// markers, both field styles, tasks outside groups, empty groups with leftovers, blocks without separators, fences and
// comments that hold fake markers. Every task is closed and has an id, so that moves are mostly possible.
import fc from "fast-check";
import { DEFAULT_NAMES, type BacklogFolder } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";

const GAPS = [
  "\n",
  "\n\n",
  "\n\n---\n\n",
  "\n---\n",
  "\n\n\n---  \n\n\n",
  "\n\n---\n\n\n---\n\n",
  "\n\nâ€” text —\n\n",
];
const BODIES = [
  "",
  "**Description:** Double-encoded â€” text  ",
  "### Notes\n\n## Another heading\n\n---\n\n| a | b |\n|---|---|",
  "```md\n## task_begin\n## task_end\n```",
  "<!--\n## task_end\n-->",
  "**Notes:**\n- a list\n\n  ```\n  ## group_end\n  ```",
  "%%\n## task_begin\n%%",
];
const FULL = {
  bold: "**Plan:**  \n1. a\n2. b\n3. c\n**Estimated Effort:** 2 days\n**Relevant Documentation:** `docs/a.md`",
  heading: "### Plan\n1. a\n2. b\n3. c\n\n### Estimated Effort\n2 days\n\n### Relevant Documentation\n- `docs/a.md`",
};

interface TaskShape {
  readonly type: string;
  readonly priority: string;
  readonly status: string;
  readonly glued: boolean;
  readonly style: "bold" | "heading";
  readonly created: boolean;
  readonly complete: boolean;
  readonly body: string;
}

const taskShape = (status: fc.Arbitrary<string>): fc.Arbitrary<TaskShape> =>
  fc.record({
    type: fc.constantFrom("infra", "infra", "infra", "docs"),
    priority: fc.constantFrom("high", "low"),
    status,
    glued: fc.boolean(),
    style: fc.constantFrom("bold", "heading"),
    created: fc.boolean(),
    complete: fc.integer({ min: 0, max: 4 }).map((n) => n > 0),
    body: fc.constantFrom(...BODIES),
  });

function writeTask(shape: TaskShape, id: string): string {
  const header = `### # [id:${id}][type:${shape.type}][priority:${shape.priority}][component:c] Title of ${id}`;
  const field = (label: string, value: string) =>
    shape.style === "bold" ? `**${label}:** ${value}  ` : `### ${label}\n${value}\n`;
  return [
    `## task_begin${shape.glued ? "" : "\n"}${header}`,
    field("Status", shape.status),
    ...(shape.created ? [field("Created", "2026-02-04")] : []),
    ...(shape.body === "" ? [] : [shape.body]),
    ...(shape.complete ? [FULL[shape.style]] : []),
    "## task_end",
  ].join("\n");
}

/** Blocks, each with the gap behind it; ids come from `nextId`. */
const blocks = (status: fc.Arbitrary<string>, maxLength: number) =>
  fc.array(fc.tuple(taskShape(status), fc.constantFrom(...GAPS)), { maxLength });

const groups = fc.array(
  fc.record({
    type: fc.constantFrom("infra", "docs"),
    priority: fc.constantFrom("high", "low"),
    title: fc.constantFrom(
      "\n## Title\n\n",
      "\n\n### Title â€” x\n",
      "\n",
      "\n\n",
      "\n## Title\n\n<!-- Tasks Z moved to TODO.md on 2026-01-01 -->\n\n",
    ),
    tasks: blocks(fc.constantFrom("todo", "todo", "todo", "in-progress", "done"), 6),
    end: fc.constantFrom("## group_end\n", "\n## group_end\n\n", "---\n\n\n---\n## group_end\n\n", "", "\n"),
  }),
  { minLength: 1, maxLength: 4 },
);

const dress = fc.record({
  mark: fc.boolean(),
  lineEnd: fc.constantFrom("\n", "\n", "\r\n", "mixed"),
  cut: fc.boolean(),
});

type Dress = typeof dress extends fc.Arbitrary<infer T> ? T : never;

function dressed(text: string, { mark, lineEnd, cut }: Dress): string {
  let line = 0;
  const body = (cut ? text.replace(/\n+$/, "") : text).replaceAll("\n", () => {
    line++;
    return lineEnd === "mixed" ? (line % 3 === 0 ? "\r\n" : "\n") : lineEnd;
  });
  return (mark ? "\ufeff" : "") + body;
}

/** A random folder: a backlog, mostly a todo and an archive note, and sometimes an index that knows every other task. */
export const randomTexts: fc.Arbitrary<FolderTexts> = fc
  .record({
    head: fc.constantFrom(
      "# Project Backlog\n\n",
      "",
      "---\nbatch-limit: 3\n---\n# B\n\n",
      "<!--\n## task_begin\nTake up to 2 tasks\n-->\n\n",
    ),
    groups,
    outside: blocks(fc.constant("todo"), 2),
    todo: fc.option(blocks(fc.constantFrom("todo", "done"), 3)),
    todoHead: fc.constantFrom(
      "# T\n\n## Current Batch Focus\n**Batch Type:** infra  \n**Batch Goal:** g  \n\n---\n\n",
      "## Current Batch Focus\n**Batch Type:** (none)\n\n<!-- Keep it short. -->\n\n",
      "",
    ),
    archive: fc.option(blocks(fc.constant("done"), 3)),
    hasIndex: fc.boolean(),
    dresses: fc.tuple(dress, dress, dress, dress),
  })
  .map(({ head, groups, outside, todo, todoHead, archive, hasIndex, dresses }) => {
    const ids: string[] = [];
    const write = (list: readonly (readonly [TaskShape, string])[]) =>
      list
        .map(([shape, gap]) => {
          ids.push(`TASK-20260204-${String(ids.length + 1).padStart(3, "0")}`);
          return writeTask(shape, String(ids.at(-1))) + gap;
        })
        .join("");
    const grouped = groups.map(({ type, priority, title, tasks, end }) => {
      return `## group_begin [type:${type}][priority:${priority}]${title}${write(tasks)}${end}`;
    });
    const read = (text: string, index: number) => dressed(text, dresses[index] as Dress);
    const backlog = read(`${head}${grouped.join("")}\n## group_end\n\n${write(outside)}`, 0);
    const todoNote = todo && read(todoHead + write(todo), 1);
    const archiveNote = archive && read(`# Archive\n\n${write(archive)}`, 2);
    const entries = ids
      .filter((_, index) => index % 2 === 0)
      .map(
        (id) => `## index_entry_begin\n[id:${id}]  \nstatus: ?  \nlocation: tasks/BACKLOG.md  \n## index_entry_end\n`,
      );
    const index = hasIndex ? read(`# Index\n\n${entries.join("\n")}\n---\n`, 3) : null;
    return { backlog, todo: todoNote, archive: archiveNote, index };
  });

/** The texts of a folder's notes; null for a note that does not exist. */
export interface FolderTexts {
  readonly backlog: string | null;
  readonly todo: string | null;
  readonly archive: string | null;
  readonly index: string | null;
}

/** The folder of these texts. */
export function openTexts({ backlog, todo, archive, index }: FolderTexts): BacklogFolder {
  const read = (text: string | null) => (text === null ? null : parseNote(text));
  return { names: DEFAULT_NAMES, backlog: read(backlog), todo: read(todo), archive: read(archive), index: read(index) };
}
