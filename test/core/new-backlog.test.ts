// Pins which notes start a backlog: the app and the command line create the same ones, and none takes another's place.
import { DEFAULT_NAMES } from "../../src/core/folder";
import { listNewNotes } from "../../src/core/new-backlog";

const paths = (names = DEFAULT_NAMES): readonly string[] => listNewNotes(names, "2026-02-04").map(({ path }) => path);

test("a backlog starts with four notes, the backlog first", () => {
  expect(paths()).toEqual(["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASKS.md"]);
});

test("the notes have the configured names", () => {
  expect(paths({ ...DEFAULT_NAMES, todo: "sub/Now.md" })).toContain("sub/Now.md");
});

test("the note that explains the workflow is left out where another note has its name, whatever the case", () => {
  expect(paths({ ...DEFAULT_NAMES, backlog: "tasks.md" })).toEqual(["tasks.md", "TODO.md", "ARCHIVE.md"]);
});

test("the example task's id is made of the day", () => {
  expect(listNewNotes(DEFAULT_NAMES, "2026-02-04")[0]?.text).toContain("[id:TASK-20260204-001]");
});
