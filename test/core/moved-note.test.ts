// Pins where the moved note goes (FORMAT.md §5 rule 7, Moved note): below earlier ones of the group, wherever they stand
// before its first task, else below the title, else below the marker, one blank line on each side. `/` is a line break, `(a)` an earlier moved note.
import { applyEdits } from "../../src/core/edits";
import { groupTopAt, planMovedNote } from "../../src/core/moved-note";
import { parseNote, type Group } from "../../src/core/note";

const drawn = (sketch: string) =>
  sketch
    .replaceAll("/", "\n")
    .replace("BEGIN", "## group_begin [type:infra][priority:high]")
    .replace("END", "## group_end")
    .replace(/\((\w)\)/g, "<!-- Tasks $1 moved to TODO.md on 2026-02-04 -->");
const comment = "<!-- Tasks B, C moved to TODO.md on 2026-11-23 -->";

test.each([
  ["below the title", "BEGIN/## T//END/", "BEGIN/## T//NEW//END/"],
  ["below the title, directly above the end", "BEGIN/## T/END/", "BEGIN/## T//NEW//END/"],
  ["below the title, two blank lines there", "BEGIN/## T///END/", "BEGIN/## T//NEW//END/"],
  ["below a title with a blank line before it", "BEGIN//## T//END/", "BEGIN//## T//NEW//END/"],
  ["below the marker", "BEGIN//END/", "BEGIN//NEW//END/"],
  ["below the marker, above text", "BEGIN/text/END/", "BEGIN//NEW//text/END/"],
  ["below an earlier one", "BEGIN/## T//(A)//END/", "BEGIN/## T//(A)//NEW//END/"],
  ["below two earlier ones", "BEGIN/## T//(A)/(D)//END/", "BEGIN/## T//(A)/(D)//NEW//END/"],
  ["below one that stands behind text", "BEGIN/## T//text//(A)//END/", "BEGIN/## T//text//(A)//NEW//END/"],
  [
    "below one that stands behind another comment",
    "BEGIN/## T//<!-- x -->/(A)//text/(D)//y/END/",
    "BEGIN/## T//<!-- x -->/(A)//text/(D)//NEW//y/END/",
  ],
  [
    "not below one behind the first task",
    "BEGIN/## T//x//## task_begin/### # [id:A] A/## task_end//(A)//END/",
    "BEGIN/## T//NEW//x//## task_begin/### # [id:A] A/## task_end//(A)//END/",
  ],
  [
    "below one before the first task",
    "BEGIN/## T//x//(A)/## task_begin/### # [id:A] A/## task_end//END/",
    "BEGIN/## T//x//(A)//NEW//## task_begin/### # [id:A] A/## task_end//END/",
  ],
  [
    "not below one of the next group",
    "BEGIN/## T//END//## group_begin//(A)//",
    "BEGIN/## T//NEW//END//## group_begin//(A)//",
  ],
  ["not below one before the group", "(A)//BEGIN/## T//END/", "(A)//BEGIN/## T//NEW//END/"],
  ["at the end of the note", "BEGIN/## T/", "BEGIN/## T//NEW/"],
])("%s", (_, before, after) => {
  for (const lineEnd of ["\n", "\r\n"]) {
    const note = parseNote(drawn(before).replaceAll("\n", lineEnd));
    const edit = planMovedNote(note, 0, ["B", "C"], "TODO.md", "2026-11-23");
    expect(applyEdits(note.text, [edit])).toBe(drawn(after).replace("NEW", comment).replaceAll("\n", lineEnd));
  }
});

test("it reads back as a moved note of its group", () => {
  const note = parseNote(drawn("BEGIN/## T//(A)//END/"));
  const after = parseNote(applyEdits(note.text, [planMovedNote(note, 0, ["B", "C"], "TODO.md", "2026-11-23")]));
  expect(after.movedNotes.map(({ ids, group }) => [ids.join(" "), group])).toEqual([
    ["A", 0],
    ["B C", 0],
  ]);
});

test.each([
  ["below the title", "BEGIN/## T^//END/"],
  ["below the marker", "BEGIN^/text/END/"],
  ["below the moved notes that directly follow", "BEGIN/## T//(A)/(D)^//END/"],
  ["above text and what stands behind it", "BEGIN/## T^//text//(A)//END/"],
  ["not below one before the group", "(A)//BEGIN/## T^//END/"],
])("the top of a group is %s", (_, sketch) => {
  const note = parseNote(drawn(sketch.replace("^", "")));
  expect(groupTopAt(note, note.groups[0] as Group)).toBe(drawn(sketch).indexOf("^"));
});
