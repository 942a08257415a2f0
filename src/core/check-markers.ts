import { findDoubleEncoded } from "./double-encoding";
import { severityOf, type Finding, type FindingCode } from "./finding";
import { lineEndAt } from "./line-ends";
import type { Note } from "./note";
import { describeMask } from "./select";

const CLOSERS = {
  fence: "a closing fence",
  comment: "`-->`",
  hidden: "`%%`",
  html: "its closing tag",
  frontmatter: "`---`",
} as const;

/**
 * The findings about a note's markers, masks and encoding (FORMAT.md §3 and §6); those of one task's own marker line are
 * `checkTask`'s.
 */
export function checkMarkers(note: Note): readonly Finding[] {
  const findings: Finding[] = [];
  const add = (
    code: FindingCode,
    span: { readonly from: number; readonly to: number },
    message: string,
    fixable: boolean,
    task: number | null,
  ) => {
    findings.push({ code, severity: severityOf(code), from: span.from, to: span.to, message, task, fixable });
  };
  for (const marker of note.strayMarkers) {
    if (marker.kind === "task_end")
      add("orphan-task-end", marker, "This `## task_end` ends no task: remove it or add its beginning.", false, null);
    if (marker.kind === "group_end")
      add(
        "orphan-group-end",
        marker,
        "This `## group_end` ends no group: remove it or add its beginning.",
        false,
        null,
      );
  }
  for (const group of note.groups) {
    if (group.closed) continue;
    const span = { from: group.from, to: group.markerTo };
    const hidden = note.openAtEnd !== null && note.openAtEnd.from >= group.from && note.groups.at(-1) === group;
    add(
      "unclosed-group",
      span,
      hidden
        ? "A comment or fence that never closes hides the end of this group: close it."
        : "Add `## group_end` behind the last line of this group.",
      !hidden,
      null,
    );
  }
  for (const marker of note.indentedMarkers) {
    add("indented-marker", marker, "Put this marker at the start of its line.", true, marker.task);
  }
  for (const open of note.unclosed) {
    const task = note.tasks.findIndex(({ from, to }) => from <= open.from && open.from <= to);
    const code = open.kind === "fence" ? "unclosed-fence" : "unclosed-comment";
    const message = `The ${describeMask(open.kind)} that opens here hides what follows: close it with ${CLOSERS[open.kind]}.`;
    add(code, { from: open.from, to: lineEndAt(note.text, open.from) }, message, false, task === -1 ? null : task);
  }
  checkEncoding(note, add);
  return findings;
}

type Add = (
  code: FindingCode,
  span: { readonly from: number; readonly to: number },
  message: string,
  fixable: boolean,
  task: number | null,
) => void;

/** Both lists are in the order of the text, so one walk serves; code in a fence may hold such characters on purpose. */
function checkEncoding(note: Note, add: Add): void {
  const fences = note.masked.filter(({ mask }) => mask === "fence");
  let fence = 0;
  let task = 0;
  for (const run of findDoubleEncoded(note.text, 0, note.text.length)) {
    while ((fences[fence]?.to ?? Infinity) < run.from) fence++;
    while ((note.tasks[task]?.to ?? Infinity) < run.from) task++;
    if ((fences[fence]?.from ?? Infinity) <= run.from) continue;
    const inTask = (note.tasks[task]?.from ?? Infinity) <= run.from;
    add(
      "double-encoded",
      run,
      `These characters were encoded twice: write “${run.decoded}”.`,
      true,
      inTask ? task : null,
    );
  }
}
