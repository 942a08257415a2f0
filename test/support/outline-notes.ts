// Random notes and edits whose parts are hard to keep track of, what a reading of such a note says in plain values, and what
// `parseNote` says of the same text in the same words: the judge of the outline.
import { groupAfter, type GroupPart, type PlacedPart } from "../../src/core/outline";
import { parseNote, type Note } from "../../src/core/note";
import { type Draw, drawNote, pick } from "./hostile-notes";

const TASK = [
  "## task_begin",
  "### # [id:TASK-20260204-001][type:infra][priority:high][component:core] A",
  "**Status:** todo",
  "**Acceptance Criteria:**",
  "- [ ] a",
  "**Plan:**",
  "1. a",
  "2. b",
  "3. c",
  "**Relevant Documentation:** `docs/a.md`",
  "**Estimated Effort:** 2 days",
  "## task_end",
].join("\n");

const FRAGMENTS: readonly string[] = [
  ...[TASK, TASK, `${TASK}\n${TASK}`, `${TASK}\n\n---\n\n${TASK}`, TASK.replace("todo", "blocked"), `- a\n\n  ${TASK}`],
  ...[
    "## task_begin",
    "## task_end",
    "## task_end\n## task_begin",
    "## task_begin### # [id:B][type:a] B",
    " ## task_end",
  ],
  ...[
    "   ## task_begin  ",
    "    ## task_begin",
    "  ## task_begin",
    "- a\n  ## task_begin",
    "> ## task_begin",
    "## task_beginx",
  ],
  ...[
    "## group_begin [type:infra][priority:high]",
    "## group_begin [type:docs][priority:low]",
    "## group_begin",
    "  ## group_begin",
  ],
  ...[
    "## group_begin [type:infra][priority:high]\n\n## Title",
    "## group_begin\n# Other #",
    "## group_end",
    "## group_end",
    " ## group_end",
  ],
  ...[
    "## index_entry_begin",
    "## index_entry_end",
    "<!--",
    "-->",
    "<!-- rules -->",
    "<!-- a\nb -->",
    "- <!-- a",
    "  b",
    "%%",
    "%% a %%",
  ],
  ...[
    "```",
    "~~~",
    "> ```",
    "- ```",
    "---",
    "---",
    "",
    "",
    "",
    " ",
    "text",
    "- a",
    "- [ ] a",
    "-",
    "1. a",
    "> a",
    "# Heading",
    "===",
    "<div>",
  ],
  ...[
    "<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->",
    "<!-- Task C moved to TODO.md on 2026-02-04 -->",
    "a\nb\nc\nd\ne\nf",
  ],
  Array.from({ length: 40 }, (_, line) => `line ${line}`).join("\n"),
];

/** A note of up to 24 fragments, most of them with markers in them; sometimes a hostile one. */
export function drawMarkedNote(draw: Draw): string {
  if (draw(10) === 0) return drawNote(draw).replace(/\r\n?/g, "\n");
  const start = pick(draw, ["", "", "", "", "\uFEFF", "---\na: 1\n---\n", "---\na: 1\n"]);
  return start + Array.from({ length: draw(25) }, () => pick(draw, FRAGMENTS)).join("\n");
}

/** What is typed or pasted: a piece of a line, a fragment with or without line breaks around it, or nothing. */
export function drawPiece(draw: Draw): string {
  switch (draw(6)) {
    case 0:
    case 1:
      return pick(draw, [
        "x",
        " ",
        "#",
        "-",
        "%",
        "`",
        ">",
        "\n",
        "\n",
        "\n\n",
        "%%",
        "<!--",
        "-->",
        "```",
        "---",
        "---\n",
        "\uFEFF",
      ]);
    case 2:
      return pick(draw, ["## task_begin", "## task_end", "## group_end", "## group_begin", " [type:x]", "_end", "## "]);
    case 3:
      return `${pick(draw, ["", "\n"])}${pick(draw, FRAGMENTS)}${pick(draw, ["", "\n", "\n\n"])}`;
    default:
      return "";
  }
}

/** An offset of a text, often one where a line begins or ends, or where a part does. */
export function drawPlace(draw: Draw, text: string, places: readonly number[]): number {
  const at = draw(text.length + 1);
  switch (draw(4)) {
    case 0:
      return at;
    case 1:
      return text.lastIndexOf("\n", at) + 1;
    case 2: {
      const end = text.indexOf("\n", at);
      return end === -1 ? text.length : end;
    }
    default:
      return places.length > 0 ? pick(draw, places) : at;
  }
}

/** A part in plain values: its group is the place among the note's groups. */
export type PartWords = Readonly<Record<string, unknown>>;

/** What parts say; text without markers as one, however it was parted, and without the blank lines at its end. */
export function describeParts(text: string, placed: readonly PlacedPart[]): readonly PartWords[] {
  const groups = placed.flatMap(({ part }) => (part.kind === "group" ? [part] : []));
  if (new Set(groups).size < groups.length) throw new Error("one group stands in two places");
  const indexOf = (group: GroupPart | null): number | null => (group ? groups.indexOf(group) : null);
  const words: PartWords[] = [];
  for (const { from, to, part } of placed) {
    const group = indexOf(groupAfter(part));
    const last = words.at(-1);
    switch (part.kind) {
      case "group": {
        const { header, title, after } = part;
        words.push({ kind: part.kind, from, to, header, title, after });
        break;
      }
      case "task": {
        const { closed, block, after } = part;
        if (block && block.text !== text.slice(from, to)) throw new Error(`a block of other text at ${from}`);
        words.push({ kind: part.kind, from, to, closed, readable: block !== null, group, after });
        break;
      }
      case "group-end":
        words.push({ kind: part.kind, from, to, group: indexOf(part.group), after: part.after });
        break;
      case "rules":
        words.push({ kind: part.kind, from, to, after: part.after });
        break;
      case "plain": {
        const { quiet, movedIds } = part;
        if (last?.["kind"] !== "plain") words.push({ kind: part.kind, from, quiet, movedIds, group });
        else {
          const both = { quiet: last["quiet"] === true && quiet, movedIds: Number(last["movedIds"]) + movedIds };
          words.splice(-1, 1, { ...last, ...both });
        }
      }
    }
  }
  return words;
}

/** What both the outline and `parseNote` say of a text. */
export interface Structure {
  readonly tasks: readonly unknown[];
  readonly groups: readonly unknown[];
  readonly rulesComment: unknown;
}

/** What a reading says of what `parseNote` says too; throws where a block does not read as it does in the note. */
export function structureOf(placed: readonly PlacedPart[]): Structure {
  const groups = placed.flatMap(({ part }) => (part.kind === "group" ? [part] : []));
  const rules = placed.find(({ part }) => part.kind === "rules");
  return {
    tasks: placed.flatMap(({ from, to, part }) => {
      if (part.kind !== "task") return [];
      const group = part.group ? groups.indexOf(part.group) : null;
      return [{ from, to, closed: part.closed, group, content: part.block ? contentOf(part.block.note, from) : null }];
    }),
    groups: placed.flatMap(({ from, part }) => {
      if (part.kind !== "group") return [];
      const mine = placed.filter((other) => other.part.kind === "plain" && other.part.group === part);
      const title = part.title && { from: from + part.title.from, to: from + part.title.to };
      const closed = placed.some((other) => other.part.kind === "group-end" && other.part.group === part);
      const movedIds = mine.reduce((sum, { part }) => sum + (part.kind === "plain" ? part.movedIds : 0), 0);
      const hasTask = placed.some((other) => other.part.kind === "task" && other.part.group === part);
      const empty = !hasTask && mine.every((other) => other.part.kind === "plain" && other.part.quiet);
      return [{ from, header: part.header, title, closed, movedIds, empty }];
    }),
    rulesComment: rules ? { from: rules.from, to: rules.to } : null,
  };
}

/** What `parseNote` says; of `readable` it takes which of its tasks are to say what they hold. */
export function structureOfNote(text: string, readable: (from: number) => boolean): Structure {
  const note = parseNote(text);
  return {
    tasks: note.tasks.map((task, at) => {
      const { from, to, closed, group } = task;
      return { from, to, closed, group, content: readable(from) ? contentOf(note, 0, at) : null };
    }),
    groups: note.groups.map(({ from, to, markerTo, type, priority, title, titleSpan, closed, tasks }, group) => {
      const moved = note.movedNotes.filter((one) => one.group === group);
      const lines = text.slice(titleSpan?.to ?? markerTo, to).split(/\r\n|\r|\n/);
      const isMoved = (line: string) => moved.some((one) => text.slice(one.from, one.to).trim() === line.trim());
      const isQuiet = (line: string) => /^(?: {0,3}---)?[ \t]*$/.test(line) || isMoved(line);
      const masked = note.masked.some((lines) => lines.from >= from && lines.to <= to && lines.mask !== "comment");
      const inside = closed ? lines.slice(0, -1) : lines;
      return {
        from,
        header: { type, priority, title },
        title: titleSpan,
        closed,
        movedIds: moved.reduce((sum, { ids }) => sum + ids.length, 0),
        empty: tasks.length === 0 && !masked && inside.every(isQuiet),
      };
    }),
    rulesComment: note.rulesComment,
  };
}

/** All that a block says, offsets of the note. */
function contentOf(note: Note, shift: number, at = 0): unknown {
  const task = note.tasks[at];
  if (!task) throw new Error("no task to describe");
  const move = (span: { readonly from: number; readonly to: number }) => ({
    from: span.from + shift,
    to: span.to + shift,
  });
  return {
    glued: task.glued,
    header: task.header && {
      ...move(task.header),
      titleFrom: task.header.titleFrom + shift,
      tags: task.header.tags.length,
    },
    place: move(task.place),
    values: [task.id, task.type, task.priority, task.component, task.title, task.status, task.steps],
    fields: task.fields.map(({ label, style, contentFrom, indent, ...span }) => {
      return { label, style, indent, ...move(span), contentFrom: contentFrom + shift };
    }),
    others: task.others.map(({ name, contentFrom, to }) => ({
      name,
      contentFrom: contentFrom + shift,
      to: to + shift,
    })),
    criteria: task.criteria.map(({ label, ticked, boxAt }) => ({ label, ticked, boxAt: boxAt + shift })),
    references: task.references.map(({ kind, target, ...span }) => ({ kind, target, ...move(span) })),
  };
}
