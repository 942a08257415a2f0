// Pins the differences that the preview of a promotion shows: they are told from the edits, so they must say exactly what the
// notes become, and count as a person counts.
import type { NoteChange } from "../../src/core/plan";
import { applyEdits, type Edit } from "../../src/core/edits";
import { planPromotion } from "../../src/core/promote";
import { readRules } from "../../src/core/rules";
import { describeDiff, digestDiff, type NoteDiff } from "../../src/ui/note-diff";
import { folderOf } from "../support/notation";

const SIGNS = { kept: " ", added: "+", removed: "-" } as const;

function changeOf(before: string | null, ...edits: readonly Edit[]): NoteChange {
  return { path: "a.md", before, edits, after: applyEdits(before ?? "", edits) };
}

/** "@3  a -b +c": the line of each hunk, then its lines. */
function show({ hunks }: NoteDiff): string {
  return hunks
    .map(({ line, lines }) => [`@${line}`, ...lines.map(({ kind, text }) => SIGNS[kind] + text)].join(" "))
    .join(" ");
}

/** The lines of a text; a break at its end begins no further one. */
const splitLines = (text: string | null) =>
  (text ?? "")
    .replace(/\n$/, "")
    .split("\n")
    .filter((_, at) => text !== "" || at > 0);

/** The lines that a diff makes of a note's. */
function applyDiff(before: string | null, { hunks }: NoteDiff): readonly string[] {
  const old = before === null ? [] : splitLines(before);
  const lines: string[] = [];
  let at = 0;
  for (const hunk of hunks) {
    lines.push(...old.slice(at, hunk.line - 1));
    at = hunk.line - 1;
    for (const { kind, text } of hunk.lines) {
      if (kind !== "added") expect(old[at++]).toBe(text);
      if (kind !== "removed") lines.push(text);
    }
  }
  return [...lines, ...old.slice(at)];
}

const LETTERS = "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n";

test.each<[string, NoteChange, string, string]>([
  ["a word in a line", changeOf(LETTERS, { from: 8, to: 9, insert: "E" }), "@3  c  d -e +E  f  g", "1/1"],
  ["lines that go", changeOf(LETTERS, { from: 2, to: 6, insert: "" }), "@1  a -b -c  d  e", "0/2"],
  ["a line that comes", changeOf(LETTERS, { from: 4, to: 4, insert: "x\n" }), "@1  a  b +x  c  d", "1/0"],
  ["the end", changeOf("a", { from: 1, to: 1, insert: "\nb\n" }), "@1  a +b", "1/0"],
  ["a new note", changeOf(null, { from: 0, to: 0, insert: "a\nb\n" }), "@1 +a +b", "2/0"],
  ["a note that goes", { path: "a.md", before: "a\nb\n", edits: [], after: null }, "@1 -a -b", "0/2"],
  ["line ends alone", changeOf("a\r\nb", { from: 1, to: 3, insert: "\n" }), "", "0/0"],
  [
    "two places that lie close",
    changeOf(LETTERS, { from: 4, to: 5, insert: "C" }, { from: 12, to: 13, insert: "G" }),
    "@1  a  b -c +C  d  e  f -g +G  h  i",
    "2/2",
  ],
  [
    "two places that lie apart",
    changeOf(LETTERS, { from: 0, to: 1, insert: "A" }, { from: 18, to: 19, insert: "J" }),
    "@1 -a +A  b  c @8  h  i -j +J",
    "2/2",
  ],
  [
    "a line between two that change",
    changeOf(LETTERS, { from: 4, to: 9, insert: "C\nd\nE" }),
    "@1  a  b -c +C  d -e +E  f  g",
    "2/2",
  ],
])("%s", (_, change, shown, counts) => {
  const diff = describeDiff(change);
  expect(show(diff)).toBe(shown);
  expect(`${diff.added}/${diff.removed}`).toBe(counts);
  expect(diff.created).toBe(change.before === null);
});

test("a block that goes begins with its own first line, though the one behind begins alike", () => {
  const before = "## task_begin\na\n## task_end\n\n---\n\n## task_begin\nb\n## task_end\n";
  const diff = describeDiff(changeOf(before, { from: 0, to: before.indexOf("## task_begin", 1), insert: "" }));
  expect(show(diff)).toBe("@1 -## task_begin -a -## task_end - ---- -  ## task_begin  b");
});

test("blocks in each other's place are shown whole", () => {
  const block = (name: string) => `## task_begin\n${name}\n**Status:** todo\n## task_end\n`;
  const diff = describeDiff(changeOf(block("a"), { from: 0, to: block("a").length, insert: `x\n${block("b")}y\n` }));
  expect(show(diff)).toContain("-## task_begin -a -**Status:** todo -## task_end +x");
});

test.each([
  "infra/high: a b! c; docs/low: d | todo: e+ f | archive: | index: a/backlog c/backlog e/todo",
  "infra/high: a b c | todo: | archive: g",
  "infra/high: (x) a! b c; docs/low: d",
  "docs/low: ; infra/high: a | todo: e+ f@infra | index: a/backlog",
])("what is shown makes of each note what is written: %s", (line) => {
  const folder = folderOf(line);
  const request = { rules: readRules(folder.backlog, {}, {}), today: "2026-02-05", goal: "a goal", archiveDone: true };
  const { plan } = planPromotion(folder, request);
  for (const change of plan?.changes ?? []) {
    expect(applyDiff(change.before, describeDiff(change))).toEqual(splitLines(change.after));
  }
  expect(plan).not.toBeNull();
});

test("two diffs that do the same elsewhere in the note have one digest", () => {
  const one = describeDiff(changeOf("a\nb\nc\n", { from: 2, to: 3, insert: "B" }));
  const other = describeDiff(changeOf("x\ny\na\nb\nz\n", { from: 6, to: 7, insert: "B" }));
  const third = describeDiff(changeOf("a\nb\nc\n", { from: 2, to: 3, insert: "C" }));
  expect(digestDiff(one)).toEqual(digestDiff(other));
  expect(digestDiff(one)).not.toEqual(digestDiff(third));
});
