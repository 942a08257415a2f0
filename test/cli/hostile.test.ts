/*
 * Whatever stands in a note, in the state folder or among the arguments: a process ends with 0, 1 or 2, says what it says in
 * sentences, and never shows a stack trace. Cases are drawn from a fixed seed, so that a failure can be run again.
 */
import { backlogNote, createFolder, removeFolders, taskBlock } from "../support/command-line";

afterEach(removeFolders);

const ID = "TASK-20261123-001";

const PIECES = [
  "## task_begin",
  "## task_end",
  "## task_begin### # [id:A][type:][priority:] x",
  "## group_begin [type:docs][priority:high]",
  "## group_end",
  "  ## group_begin [type",
  "<!--",
  "-->",
  "```",
  "%%",
  "---",
  "---\nbatch-limit: -1\nrequired-fields: [\n---",
  "<pre>",
  "**Status:** done",
  "**Plan:**\n1. a\n2. b\n3. c",
  "### Plan",
  "## index_entry_begin",
  "[id:A]",
  "\u0000",
  "\ufeff",
  "\r",
  "\ud83c\udfaf",
  "[".repeat(300),
  taskBlock(ID),
  taskBlock("A", { status: "done" }),
];

/** The bytes of notes and states made of the pieces, the same for the same seed. */
function makeNote(seed: number): string {
  let state = seed;
  const next = (below: number): number => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % below;
  };
  return Array.from({ length: 3 + next(20) }, () => PIECES[next(PIECES.length)]).join(next(4) === 0 ? "\r\n" : "\n");
}

function expectNoTrace(ended: { readonly exit: number | null; readonly out: string; readonly err: string }): void {
  expect([0, 1, 2]).toContain(ended.exit);
  expect(ended.out + ended.err).not.toMatch(/^\s+at .*\d+:\d+\)?$/m);
  expect(ended.err).not.toMatch(/This is a bug|Error:|node:internal/);
}

test.each([1, 2, 3, 4, 5, 6, 7, 8])("notes made of damaged pieces, seed %i", (seed) => {
  const folder = createFolder();
  ["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASK_INDEX.md", "OTHER.md"].forEach((name, at) => {
    folder.write(name, makeNote(seed * 100 + at));
  });
  const calls = [
    ["check", "--json"],
    ["list"],
    ["next", "--json"],
    ["fix", "--code", "no-id,unclosed-task,no-plan,index-missing"],
    ["promote", "--archive-done"],
    ["archive", "--from-backlog"],
    ["return", "A"],
    ["set", ID, "status=done"],
    ["undo"],
  ];
  for (const call of calls) expectNoTrace(folder.run(...call));
});

test.each([
  "",
  "null",
  "[]",
  "{}",
  '{"version":1}',
  "\u0000\u0001",
  "[".repeat(200_000),
  '{"version":1,"number":1,"id":"x","kind":"promotion","date":"2026-01-01","notes":[{"path":"../../etc/passwd"}],"blocks":[]}',
])("a state folder that holds %j", (text) => {
  const notes = { "BACKLOG.md": backlogNote([taskBlock(ID)]), "outside.txt": "outside" };
  const interrupted = createFolder({ ...notes, ".backlog-cards/journal.json": text });
  for (const call of [["next"], ["recover"], ["recover", "--discard"]]) expectNoTrace(interrupted.run(...call));
  const moved = createFolder({ ...notes, ".backlog-cards/ledger/000001.json": text });
  for (const call of [["promote"], ["undo"]]) expectNoTrace(moved.run(...call));
  for (const folder of [interrupted, moved]) expect(folder.read("outside.txt")).toBe("outside");
});

test("a lock that says nothing of its owner", () => {
  const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ID)]), ".backlog-cards/lock": "\u0000" });
  for (const call of [["next"], ["promote"]]) {
    expect(folder.runJson(...call)).toMatchObject({ exit: 1, json: { refusal: { code: "move-in-progress" } } });
  }
});

test.each([
  [["check", ""]],
  [["check", "\u0001"]],
  [["check", "x".repeat(5000)]],
  [["check", "BACKLOG.md/x"]],
  [["next", "-"]],
  [["next", "--", "--json"]],
  [["set", "", "status=done"]],
  [["set", "__proto__", "constructor=1"]],
  [["set", ID, "=done"]],
  [["set", ID, "assignee=\u0000"]],
  [["set", ID, `assignee=${"## task_end\n".repeat(3)}`]],
  [["tick", ID, "999999"]],
  [["return", "../../x"]],
  [["promote", "--goal"]],
  [["promote", "--goal", "\u001b[2J"]],
  [["fix", "--code", ""]],
  [["help", "nope"]],
  [["init", "BACKLOG.md"]],
  [["init", "\u0001/x"]],
])("the arguments %j", (args) => {
  const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock(ID)]) });
  // No argument of a process can hold U+0000.
  expectNoTrace(folder.run(...args.map((arg) => arg.replaceAll("\u0000", "\u0002"))));
});
