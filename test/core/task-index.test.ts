// Pins what a move does to the index note (FORMAT.md §5 rule 7, Index): location, status and completed of the entries of
// the moved tasks, a missing entry in the note's style, and nothing where an id has two entries. `/` is a line break.
import { applyEdits } from "../../src/core/edits";
import { parseNote } from "../../src/core/note";
import type { MovableTask } from "../../src/core/plan";
import { describeMove, planIndexEdits } from "../../src/core/task-index";
import { blockOf, idOf } from "../support/notation";

const TODAY = "2026-11-23";
const drawn = (sketch: string) =>
  sketch
    .replaceAll("/", "\n")
    .replaceAll("BEGIN", "## index_entry_begin")
    .replaceAll("END", "## index_entry_end")
    .replaceAll("\\", "/");

/** What the index is to say of the task `name` that moves to `location`. */
function move(word: string, location = "TODO.md", completed: string | null = null) {
  const note = parseNote(blockOf(word));
  return describeMove(note, note.tasks[0] as MovableTask, location, completed, TODAY);
}

function indexed(sketch: string, ...moves: ReturnType<typeof move>[]): string {
  const note = parseNote(drawn(sketch));
  return applyEdits(note.text, planIndexEdits(note, moves, "TASK_INDEX.md").edits);
}

const A = `[id:${idOf("a")}]`;
const B = `[id:${idOf("b")}]`;

describe("an entry", () => {
  test.each([
    [
      "says where the task is",
      `BEGIN/${A}  /status: todo  /location: BACKLOG.md  /END/`,
      `BEGIN/${A}  /status: todo  /location: TODO.md  /END/`,
    ],
    [
      "keeps its other keys and its order",
      `x/BEGIN/location: B/owner: me/${A}/END/y/`,
      `x/BEGIN/location: TODO.md/owner: me/${A}/status: todo/END/y/`,
    ],
    [
      "keeps the folders of a path",
      `BEGIN/${A}/location: docs\\BACKLOG.md  /status: todo/END`,
      `BEGIN/${A}/location: docs\\TODO.md  /status: todo/END`,
    ],
    [
      "keeps back-ticks",
      `BEGIN/${A}/location: \`BACKLOG.md\`/status: todo/END`,
      `BEGIN/${A}/location: \`TODO.md\`/status: todo/END`,
    ],
    [
      "keeps back-ticks around a path",
      `BEGIN/${A}/location: \`a\\B.md\`/status: todo/END`,
      `BEGIN/${A}/location: \`a\\TODO.md\`/status: todo/END`,
    ],
    [
      "gets the block's status",
      `BEGIN/${A}/status: in-progress/location: TODO.md/END/`,
      `BEGIN/${A}/status: todo/location: TODO.md/END/`,
    ],
    [
      "gets values where none are",
      `BEGIN/${A}/status:/location:  /END/`,
      `BEGIN/${A}/status: todo/location: TODO.md  /END/`,
    ],
    ["gets lines where none are", `BEGIN/${A}  /END/`, `BEGIN/${A}  /status: todo  /location: TODO.md  /END/`],
    [
      "gets lines like the others",
      `BEGIN/${A}/ Type: infra  /END/`,
      `BEGIN/${A}/ Type: infra  / Status: todo  / Location: TODO.md  /END/`,
    ],
    [
      "gets lines like others below its id",
      `BEGIN/${A}/title: t  /END/`,
      `BEGIN/${A}/status: todo  /location: TODO.md  /title: t  /END/`,
    ],
    [
      "gets a line like one without value",
      `BEGIN/${A}/component:/END/`,
      `BEGIN/${A}/component:/status: todo/location: TODO.md/END/`,
    ],
    [
      "keeps bold keys, bullets and quotes",
      `BEGIN/${A}/- **Status:** in-progress  /__Location__: "BACKLOG.md"/END/`,
      `BEGIN/${A}/- **Status:** todo  /__Location__: "TODO.md"/END/`,
    ],
    [
      "gets values behind bold keys",
      `BEGIN/${A}/**Status:**/* location:/END/`,
      `BEGIN/${A}/**Status:** todo/* location: TODO.md/END/`,
    ],
    [
      "gets lines with bold keys, bullets and quotes",
      `BEGIN/${A}/- **Type:** "infra"  /END/`,
      `BEGIN/${A}/- **Type:** "infra"  /- **Status:** "todo"  /- **Location:** "TODO.md"  /END/`,
    ],
    [
      "is found by an id with a bold key",
      `BEGIN/**ID:** ${idOf("a")}/status: x/location: X/END/`,
      `BEGIN/**ID:** ${idOf("a")}/status: todo/location: TODO.md/END/`,
    ],
    [
      "is found by an id in a list",
      `BEGIN/* ${A}/status: x/location: X/END/`,
      `BEGIN/* ${A}/status: todo/location: TODO.md/END/`,
    ],
    [
      "is found by an id in a heading with more",
      `BEGIN/### # ${A}[type:infra] T/status: x/location: X/END/`,
      `BEGIN/### # ${A}[type:infra] T/status: todo/location: TODO.md/END/`,
    ],
    [
      "is found in any case",
      `BEGIN/${A.toLowerCase()}/status: todo/location: X/END/`,
      `BEGIN/${A.toLowerCase()}/status: todo/location: TODO.md/END/`,
    ],
  ])("%s", (_, before, after) => {
    expect(indexed(before, move("a"))).toBe(drawn(after));
    expect(indexed(before.replaceAll("/", "\r/"), move("a"))).toBe(drawn(after).replaceAll("\n", "\r\n"));
  });

  test.each([
    ["[BACKLOG.md](docs\\BACKLOG.md)", "[TODO.md](docs\\TODO.md)"],
    ["see [the backlog](<BACKLOG.md#infra>) first", "see [the backlog](<TODO.md#infra>) first"],
    ['[BACKLOG.md](BACKLOG.md "t")', '[TODO.md](TODO.md "t")'],
    ["[[BACKLOG]]", "[[TODO]]"],
    ["[[BACKLOG.md]]", "[[TODO.md]]"],
    ["[[tasks\\BACKLOG|x]]", "[[tasks\\TODO|x]]"],
    ["[[tasks\\BACKLOG#infra|BACKLOG]]", "[[tasks\\TODO#infra|TODO]]"],
    ["docs\\BACKLOG.md#infra", "docs\\TODO.md#infra"],
    ["docs.md\\BACKLOG.md (group 3)", "docs.md\\TODO.md (group 3)"],
    ["BACKLOG#infra", "TODO.md#infra"],
    ["`docs\\BACKLOG.md`", "`docs\\TODO.md`"],
    ["`BACKLOG.md` (group 3)", "`TODO.md` (group 3)"],
  ])("of a location %s only the note's name changes", (before, after) => {
    const entry = (location: string) => `BEGIN/${A}/status: todo/location: ${location}  /END/`;
    expect(indexed(entry(before), move("a"))).toBe(drawn(entry(after)));
  });

  test.each([
    [
      "after created",
      `BEGIN/${A}/status: todo/location: X/created: 2026-01-01  /title: t/END/`,
      `BEGIN/${A}/status: done/location: ARCHIVE.md/created: 2026-01-01  /completed: 2026-03-01  /title: t/END/`,
    ],
    [
      "after location",
      `BEGIN/${A}/status: todo/location: X/title: t/END/`,
      `BEGIN/${A}/status: done/location: ARCHIVE.md/completed: 2026-03-01/title: t/END/`,
    ],
    [
      "over an old one",
      `BEGIN/${A}/status: done/location: X/completed: 2026-01-01  /END/`,
      `BEGIN/${A}/status: done/location: ARCHIVE.md/completed: 2026-03-01  /END/`,
    ],
  ])("of an archived task gets completed %s", (_, before, after) => {
    expect(indexed(before, move("a+", "old/ARCHIVE.md", "2026-03-01"))).toBe(drawn(after));
  });

  test("that says all already is left alone", () => {
    const note = parseNote(drawn(`BEGIN/${A}/status: todo/location: TODO.md/END/`));
    expect(planIndexEdits(note, [move("a")], "I.md")).toEqual({ edits: [], added: [], warnings: [], refusal: null });
  });

  test("one of two with an id is touched no more than the other, and a warning names both", () => {
    const entry = `BEGIN/${A}/status: todo/location: B/END/`;
    const { edits, warnings } = planIndexEdits(parseNote(drawn(`${entry}/${entry}`)), [move("a")], "I.md");
    expect(edits).toEqual([]);
    expect(warnings).toEqual([`I.md has 2 entries for ${idOf("a")} (lines 1, 7); none of them was changed.`]);
  });
});

describe("a missing entry", () => {
  const entry =
    "BEGIN/[id:X]  /title: t/type: x  /p_level: P0/owner: me/priority: low/location: docs\\ARCHIVE.md  /status: done/END";

  test("is added after the last one, with its keys in its order", () => {
    const added = `BEGIN/${B}  /title: Do b/type: infra  /priority: high/location: docs\\TODO.md  /status: todo/END`;
    expect(indexed(`${entry}//---/`, move("b"))).toBe(drawn(`${entry}//${added}//---/`));
    expect(indexed(entry, move("b"))).toBe(drawn(`${entry}//${added}`));
  });

  test("has what the last one lacks and every entry needs", () => {
    const bare = "BEGIN/[id:X]  /component:/END";
    const added = `BEGIN/${B}  /component: core/status: done/location: ARCHIVE.md/completed: 2026-03-01/END`;
    expect(indexed(`${bare}/`, move("b+", "ARCHIVE.md", "2026-03-01"))).toBe(drawn(`${bare}//${added}/`));
  });

  test("has completed where the last one has it", () => {
    const done = "BEGIN/[id:X]/completed: 2026-01-01/status: done/location: ARCHIVE.md/END/";
    const added = `BEGIN/${B}/completed: 2026-03-01/status: done/location: ARCHIVE.md/END/`;
    expect(indexed(done, move("b+", "ARCHIVE.md", "2026-03-01"))).toBe(drawn(`${done}/${added}`));
    const open = `BEGIN/${B}/status: todo/location: TODO.md/END/`;
    expect(indexed(done, move("b"))).toBe(drawn(`${done}/${open}`));
  });

  const own = (name: string, status = "todo", more = "") =>
    `BEGIN/[id:${idOf(name)}]  /type: infra  /priority: high  /component: core  /status: ${status}  /location: TODO.md  /created: 2026-02-04  /${more}title: Do ${name}  /END`;

  test("is written in the format's own form where there is none to follow", () => {
    expect(indexed("# Index//---/", move("a"), move("b~"))).toBe(
      drawn(`# Index//---//${own("a")}//${own("b", "in-progress")}/`),
    );
    expect(indexed("", move("a", "TODO.md", "2026-03-01"))).toBe(
      drawn(`${own("a", "todo", "completed: 2026-03-01  /")}/`),
    );
    expect(indexed("BEGIN/x/END/", move("a"))).toBe(drawn(`BEGIN/x/END//${own("a")}/`));
  });

  test.each([
    ["without brackets", "BEGIN/id: X  /status: x/location: X/END", `BEGIN/id: ${idOf("b")}  /`],
    ["in quotes", 'BEGIN/- id: "X"/status: x/location: X/END', `BEGIN/- id: "${idOf("b")}"/`],
    ["in a bold tag", "BEGIN/### **[id:X]**/status: x/location: X/END", `BEGIN/### **${B}**/`],
  ])("has its id like the last one: %s", (_, entry, start) => {
    const added = `${start}status: todo/location: TODO.md/END`;
    expect(indexed(`${entry}/`, move("b"))).toBe(drawn(`${entry}//${added}/`));
  });

  test("has the decoration of the last one", () => {
    const last = 'BEGIN/* [id:X]/* **Status:** x/* **Location:** "[[docs\\ARCHIVE]]"  /END';
    const added = `BEGIN/* ${B}/* **Status:** todo/* **Location:** "[[docs\\TODO]]"  /END`;
    expect(indexed(last, move("b"))).toBe(drawn(`${last}//${added}`));
  });

  test.each(["### [id:X][type:x] Title", "[id:X] Title", "[type:x][id:X]"])(
    "is written in the format's own form where the last one has the line %s",
    (line) => {
      const last = `BEGIN/${line}/status: x/location: X/END`;
      expect(indexed(`${last}/`, move("b"))).toBe(drawn(`${last}//${own("b")}/`));
    },
  );

  test("takes the day of the block, else of the id, else today", () => {
    const note = parseNote(
      blockOf("a")
        .replace(/\*\*Created.*/, "")
        .replace(idOf("a"), "QT-1"),
    );
    const facts = describeMove(note, note.tasks[0] as MovableTask, "TODO.md", null, TODAY).facts;
    expect(facts.get("created")).toBe(TODAY);
    expect(facts.get("type")).toBe("infra");
  });

  test("of a header with a tag twice takes the first", () => {
    const note = parseNote(blockOf("a").replace("[type:infra]", "[type:infra][type:docs]"));
    expect(describeMove(note, note.tasks[0] as MovableTask, "TODO.md", null, TODAY).facts.get("type")).toBe("infra");
  });

  test.each([
    ["an entry without end", "BEGIN/[id:X]/", "the one in line 1 has no `## index_entry_end`"],
    ["an unclosed comment", "BEGIN/[id:X]/END//<!-- open/", "the comment that begins in line 5 never closes"],
  ])("is refused where the note ends in %s", (_, sketch, what) => {
    const { refusal } = planIndexEdits(parseNote(drawn(sketch)), [move("a")], "I.md");
    expect(refusal?.code).toBe("damaged-note");
    expect(refusal?.message).toContain(what);
  });

  test("is no reason to refuse where none has to be added", () => {
    const note = parseNote(drawn(`BEGIN/${A}/status: todo/location: X/END/<!-- open/`));
    expect(planIndexEdits(note, [move("a")], "I.md").refusal).toBeNull();
  });
});
