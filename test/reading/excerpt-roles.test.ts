// Hover previews, embeds and paper come without lines: only the order of the rendered blocks and the words of headings tell
// which block of the note one is. What cannot be told for certain has to stay as it was rendered.
import { readHeadingKind, rolesInOrder } from "../../src/reading/excerpt-roles";
import { NoteRoles } from "../../src/reading/roles";

const task = (id: string, title: string) => `## task_begin\n### # [id:${id}][type:a] ${title}\ntext\n\n## task_end`;
const NOTE = [
  "# Note",
  task("A-20260101-001", "One"),
  "## group_begin [type:a][priority:high]\n## *Group* of `two`",
  task("A-20260101-002", "Two"),
  task("A-20260101-002", "Two again"),
  "## group_end",
  "## group_begin [type:b][priority:low]\n## Empty\n\n---\n\n## group_end",
].join("\n\n");
const roles = new NoteRoles(NOTE);

/** What the app renders: the text of headings without their signs, null for all else. */
function sketch(...headings: readonly (string | null)[]): string {
  const letters = { task: "T", group: "G", "group-end": "E", rules: "R", hidden: "h", plain: "." };
  return rolesInOrder(headings, roles)
    .map((role) => `${letters[role.kind]}${"task" in role ? role.task : ""}`)
    .join(" ");
}

const rendered = (id: string) => ["task_begin", `# [id:${id}][type:a] Title`, null, "task_end"];

it("finds each block by the id in its header", () => {
  expect(sketch(null, ...rendered("A-20260101-002"), null, ...rendered("A-20260101-001"))).toBe(
    ". T1 h h h . T0 h h h",
  );
});

it("takes blocks of one id in the order of the note, and leaves one too many", () => {
  const twice = rendered("a-20260101-002");
  expect(sketch(...twice, ...twice, ...twice)).toBe("T1 h h h T2 h h h . . . .");
});

it("reads a header that is glued to its marker", () => {
  expect(sketch("task_begin### # [id:A-20260101-001] One", null, "task_end")).toBe("T0 h h");
});

it("leaves a block that is not whole, or is not in the note", () => {
  expect(sketch("task_begin", "# [id:A-20260101-001]", null)).toBe(". . .");
  expect(sketch("task_begin", "# [id:A-20260101-001]", ...rendered("A-20260101-002"))).toBe(". . T1 h h h");
  expect(sketch("task_begin", "No id", "task_end")).toBe(". . .");
  expect(sketch(...rendered("A-20260101-009"))).toBe(". . . .");
});

it("finds a block without an id by its title, never by its place alone", () => {
  const block = (header: string) => `## task_begin\n${header}\n\n## task_end`;
  const titles = ["### Some *title*", "### # [type:a] Other", "### # [id:A-20260101-003] Other", "### Some title", ""];
  const without = new NoteRoles(titles.map(block).join("\n\n"));
  const find = (title: string | null) =>
    rolesInOrder(["task_begin", title, null, "task_end", "task_begin", title, "task_end"], without)
      .flatMap((role) => ("task" in role ? [role.task] : []))
      .join(" ");
  expect(find("Some title")).toBe("0 3");
  expect(find("# [type:a] Other")).toBe("1");
  expect(find("Some other title")).toBe("");
  expect(find(null)).toBe("");
});

it("finds groups by tags and title, whatever became of the title's markup", () => {
  const group = ["group_begin [type:a][priority:high]", "Group of two"];
  expect(sketch(...group, ...rendered("A-20260101-002"), "group_end")).toBe("G h T1 h h h E");
  expect(sketch("group_begin [type:z]", "Group of two", "group_end")).toBe(". . .");
});

it("takes all that is left in an empty group", () => {
  expect(sketch("group_begin [type:b][priority:low]", "Empty", null, "group_end", null)).toBe("G h h h .");
});

it("knows markers from headings that only begin like one", () => {
  const kinds = ["task_begin", " task_end ", "group_begin [type:a]", "group_end", "task_begins", "task_end of it"];
  expect(kinds.map(readHeadingKind)).toEqual(["task-begin", "task-end", "group-begin", "group-end", "other", "other"]);
});
