// Pins what the net under fixes and values lets through: any change of structure that nobody asked for must be caught.
import { parseNote } from "../../src/core/note";
import { isMaskedAt, keepsStructure } from "../../src/core/structure";

const lines = (...all: readonly string[]) => all.join("\n");
const BLOCK = [
  "### # [id:A] T",
  "**Status:** todo",
  "**Plan:**",
  "1. a",
  "**Definition of Done:**",
  "- [ ] b",
  "`c/d`",
];
const task = (...body: readonly string[]) => lines("## task_begin", ...body, "## task_end");
const GROUP = "## group_begin [type:x]\n## Title\n## group_end";
const before = lines(
  "<!-- note -->",
  "",
  task(...BLOCK),
  GROUP,
  "",
  "## index_entry_begin",
  "[id:A]",
  "## index_entry_end",
);

const keeps = (after: string, removedLines?: number) =>
  keepsStructure(parseNote(before), parseNote(after), removedLines);

test.each([
  ["nothing", before],
  ["a status", before.replace("todo", "done")],
  ["a new label", before.replace("**Plan", "**Created:** x\n**Plan")],
  ["text of a field", before.replace("1. a", "1. b")],
  ["nothing, said twice", before.replace("`c/d`", "`c/e`")],
  ["another entry at the end", `${before}\n\n## index_entry_begin\n[id:B]\n## index_entry_end`],
])("a change of %s keeps it", (_, after) => {
  expect(keeps(after)).toBe(true);
});

test.each([
  ["the id", before.replace("[id:A] T", "[id:B] T")],
  ["no id any more", before.replace("[id:A] T", "T")],
  ["the title", before.replace(" T", " U")],
  ["the header", before.replace("### # [id:A] T", "text")],
  ["a step more", before.replace("1. a", "1. a\n2. b")],
  ["a tick", before.replace("[ ]", "[x]")],
  ["a label less", before.replace("**Status:** todo", "Status: todo")],
  ["a label with its steps less", before.replace("**Plan:**", "Plan:")],
  ["the order of labels", before.replace("**Status:** todo\n**Plan:**", "**Plan:**\n**Status:** todo")],
  ["a block less", before.replace("## task_begin", "# task_begin")],
  ["a block more", lines(before, task())],
  ["an open block", before.replace("## task_end", "# task_end")],
  ["a group's title", before.replace("## Title", "## Other")],
  ["no title any more", before.replace("## Title", "Title")],
  ["a group more", lines(before, "## group_begin [type:x]", "## group_end")],
  ["a stray marker", lines(before, "## task_end")],
  ["a masked line more", lines(before, "<!-- x -->")],
  ["a masked line less", before.replace("<!-- note -->", "note")],
  ["something unclosed", lines(before, "<!-- x")],
  ["an entry less", before.replace("index_entry_begin", "entry_begin")],
  ["an entry's id", before.replace("\n[id:A]\n", "\n[id:B]\n")],
])("%s does not", (_, after) => {
  expect(keeps(after)).toBe(false);
});

test("a missing id may be given, an open block closed, a masked line taken away where that is the fix", () => {
  const untitled = parseNote(before.replace("## Title", "Title"));
  expect(keepsStructure(untitled, parseNote(before))).toBe(true);
  const open = parseNote("## task_begin\n### # T");
  expect(keepsStructure(open, parseNote("## task_begin\n### # [id:A] T\n## task_end"))).toBe(true);
  expect(keepsStructure(open, open)).toBe(true);
  expect(keeps(before.replace("<!-- note -->\n\n", ""), 1)).toBe(true);
  expect(keeps(before, 1)).toBe(false);
  const comment = parseNote("<!--\n<!-- x -->\n~~~");
  expect(keepsStructure(comment, parseNote("<!--\n~~~"), 1)).toBe(false);
});

test("a masked line is masked from its first character to its end", () => {
  const note = parseNote("a\n<!-- b\nc -->\nd\n<p>\n");
  expect([0, 2, 10, 14, 15].map((at) => isMaskedAt(note, at))).toEqual([false, true, true, true, false]);
  expect([2, 17, 20].map((at) => isMaskedAt(note, at, "html"))).toEqual([false, true, true]);
});
