// Pins what the notes of a folder say together: the counts of the status bar, and what the card of each task says that its
// own text does not. A wrong count is believed, and a card that says of one task what holds of another sends people astray.
import { readBadge } from "../../src/core/badge";
import { readBlock } from "../../src/core/block";
import { checkNotes, type ParsedNote } from "../../src/core/check";
import { countTasks, addCounts, keepContexts, readFacts, type FolderFacts } from "../../src/core/facts";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { blockText, parseNote, type NoteKind } from "../../src/core/note";
import { idKey } from "../../src/core/promotable";
import type { RuleSettings } from "../../src/core/rules";
import { blockOf, idOf, textsOf } from "../support/notation";

const parse = (path: string, kind: NoteKind, text: string): ParsedNote => ({ path, kind, note: parseNote(text) });

/** The notes that a line of the notation stands for. */
function notesOf(line: string): readonly ParsedNote[] {
  return Object.entries(textsOf(line)).flatMap(([kind, text]) => {
    return text === null ? [] : [parse(DEFAULT_NAMES[kind as keyof typeof DEFAULT_NAMES], kind as NoteKind, text)];
  });
}

const factsOf = (line: string, settings: RuleSettings = {}, more: readonly ParsedNote[] = []): FolderFacts =>
  readFacts([...notesOf(line), ...more], DEFAULT_NAMES, settings);

/** `code: message` of what is shared about a task. */
const sharedOf = (facts: FolderFacts, path: string, name: string): readonly string[] =>
  (facts.contexts.get(path)?.shared.get(idKey(idOf(name))) ?? []).map(({ code, message }) => `${code}: ${message}`);

describe("counts", () => {
  test.each([
    ["none", { open: 0, incomplete: 0 }],
    ["infra/high: a b! c", { open: 3, incomplete: 1 }],
    ["infra/high: a+ b!+ c~ d?", { open: 2, incomplete: 1 }],
    ["-: a! ; infra/high: b", { open: 2, incomplete: 1 }],
    ["infra/high: a! | todo: b! c+", { open: 2, incomplete: 1 }],
    ["infra/high: a | todo: b | archive: c d! e+", { open: 2, incomplete: 0 }],
    ["none | todo: a b", { open: 2, incomplete: 0 }],
  ])("of %j are %j", (line, counts) => {
    expect(factsOf(line).counts).toEqual(counts);
    expect(countTasks(notesOf(line), DEFAULT_NAMES, {})).toEqual(counts);
  });

  test("leave out tasks of other notes", () => {
    const other = parse("NOTES.md", "other", blockOf("x!"));
    expect(factsOf("infra/high: a", {}, [other]).counts).toEqual({ open: 1, incomplete: 0 });
  });

  test("follow the rules in force", () => {
    expect(factsOf("infra/high: a!", { required: [] }).counts).toEqual({ open: 1, incomplete: 0 });
    expect(countTasks(notesOf("infra/high: a!"), DEFAULT_NAMES, { required: [] })).toEqual({ open: 1, incomplete: 0 });
  });

  test("of several folders are added", () => {
    const counts = [
      { open: 3, incomplete: 1 },
      { open: 4, incomplete: 2 },
    ];
    expect(addCounts(counts)).toEqual({ open: 7, incomplete: 3 });
    expect(addCounts([])).toEqual({ open: 0, incomplete: 0 });
  });
});

describe("the next group", () => {
  const nextOf = (line: string) => factsOf(line).contexts.get("BACKLOG.md")?.next;

  test.each([
    ["infra/high: a! ; docs/low: b", { index: 1, header: { type: "docs", priority: "low", title: "docs low" } }],
    ["infra/high: a | todo: ", { index: 0, header: { type: "infra", priority: "high", title: "infra high" } }],
    ["infra/high: a!", null],
    ["infra/high: a | todo: b@docs", null],
  ])("of %j is %j", (line, next) => {
    expect(nextOf(line)).toEqual(next);
  });

  test("is the backlog's alone", () => {
    expect(factsOf("infra/high: a | todo: b").contexts.get("TODO.md")?.next).toBeNull();
  });
});

describe("what other notes say of a task", () => {
  test("is there for the note that the task stands in, with the place of the other", () => {
    const facts = factsOf("infra/high: a b | archive: a+");
    expect(sharedOf(facts, "BACKLOG.md", "a")).toEqual([
      `duplicate-id: The id ${idOf("a")} is used at ARCHIVE.md:5 too: give one of them another.`,
    ]);
    expect(sharedOf(facts, "ARCHIVE.md", "a")).toEqual([expect.stringContaining("BACKLOG.md:6 too")]);
    expect(sharedOf(facts, "BACKLOG.md", "b")).toEqual([]);
  });

  test("says one thing of two tasks with one id, as nobody can tell them apart by it", () => {
    expect(sharedOf(factsOf("infra/high: a b a"), "BACKLOG.md", "a")).toEqual([
      `duplicate-id: The id ${idOf("a")} is used more than once in this note: give each task an id of its own.`,
    ]);
  });

  test("tells of a type that the batch does not have, and of an entry that the index lacks", () => {
    const facts = factsOf("infra/high: a | todo: b c@docs | index: b/todo c/todo");
    expect(sharedOf(facts, "TODO.md", "c")).toEqual([expect.stringContaining("mixed-types: This task is docs")]);
    expect(sharedOf(facts, "BACKLOG.md", "a")).toEqual([expect.stringContaining("index-missing: ")]);
    const twice = factsOf("infra/high: a a | index: ");
    expect(sharedOf(twice, "BACKLOG.md", "a").map((text) => /^[\w-]+/.exec(text)?.[0])).toEqual([
      "duplicate-id",
      "index-missing",
    ]);
  });

  test("has its span in the block, so that it stands when the block moves", () => {
    const [note] = notesOf("infra/high: a | index: ");
    const backlog = note?.note?.text ?? "";
    const spanIn = (text: string) => {
      const facts = readFacts(
        [parse("BACKLOG.md", "backlog", text), parse("TASK_INDEX.md", "index", "")],
        DEFAULT_NAMES,
        {},
      );
      const finding = facts.contexts.get("BACKLOG.md")?.shared.get(idKey(idOf("a")))?.[0];
      return [finding?.from, finding?.to, finding?.task];
    };
    expect(spanIn(`More words above.\n\n${backlog}`)).toEqual(spanIn(backlog));
    const header = blockOf("a").split("\n")[1] ?? "";
    const from = blockOf("a").indexOf(header);
    expect(spanIn(backlog)).toEqual([from, from + header.length, 0]);
  });

  test("passes over a task without an id", () => {
    const text = textsOf("infra/high: a").backlog?.replace(/\[id:[^\]]*\]/, "") ?? "";
    const todo = `${blockOf("b")}\n\n${blockOf("c@docs").replace(/\[id:[^\]]*\]/, "")}\n`;
    const notes = [parse("BACKLOG.md", "backlog", text), parse("TODO.md", "todo", todo)];
    const facts = readFacts(notes, DEFAULT_NAMES, {});
    expect([...(facts.contexts.get("TODO.md")?.shared ?? [])]).toEqual([]);
  });

  test("with what its own text says it is all that a check of the folder finds about it", () => {
    const line =
      "infra/high: a b! a c@docs ; docs/low: d^ e+ | todo: f g@docs c | archive: h i~ | index: a/todo f/todo";
    const notes = notesOf(line);
    const { contexts } = readFacts(notes, DEFAULT_NAMES, {});
    let compared = 0;
    for (const { path, note, findings } of checkNotes(notes, DEFAULT_NAMES, {}, {}).notes) {
      const context = contexts.get(path);
      note?.tasks.forEach((task, at) => {
        const block = readBlock(blockText(note, task));
        const group = task.group === null ? null : (note.groups[task.group] ?? null);
        if (!block || !context) return;
        const codes = readBadge(block, group, context).findings.map(({ code }) => code);
        const expected = findings.filter((finding) => finding.task === at).map(({ code }) => code);
        expect([...codes].sort()).toEqual([...expected].sort());
        compared++;
      });
    }
    expect(compared).toBe(10);
    expect([...contexts.keys()]).toEqual(["BACKLOG.md", "TODO.md", "ARCHIVE.md", "TASK_INDEX.md"]);
  });
});

describe("a note that is not valid UTF-8", () => {
  test("is found to be so, and the others are read", () => {
    const facts = readFacts(
      [...notesOf("infra/high: a"), { path: "TODO.md", kind: "todo", note: null }],
      DEFAULT_NAMES,
      {},
    );
    expect(facts.counts).toEqual({ open: 1, incomplete: 0 });
    expect(facts.checked[1]?.findings).toMatchObject([{ code: "not-utf8" }]);
    expect(facts.contexts.get("TODO.md")?.shared.size).toBe(0);
  });
});

describe("contexts are kept", () => {
  const keptOf = (before: string, after: string, settings: RuleSettings = {}) => {
    const earlier = factsOf(before);
    const kept = keepContexts(earlier, factsOf(after, settings));
    return [...kept.contexts].filter(([path, context]) => earlier.contexts.get(path) === context).map(([path]) => path);
  };

  test("where nothing is said that was not said before", () => {
    expect(keptOf("infra/high: a b | todo: c", "infra/high: a b | todo: c")).toEqual(["BACKLOG.md", "TODO.md"]);
    expect(keptOf("infra/high: a b | todo: c", "infra/high: a b | todo: c~")).toEqual(["BACKLOG.md", "TODO.md"]);
  });

  test("for those notes alone of which it is so", () => {
    expect(keptOf("infra/high: a; docs/low: b | todo: ", "infra/high: a!; docs/low: b | todo: ")).toEqual(["TODO.md"]);
    expect(keptOf("infra/high: a | todo: b", "infra/high: a x | todo: b")).toEqual([]);
    expect(keptOf("infra/high: a", "infra/high: a", { limit: 9 })).toEqual([]);
    expect(keptOf("infra/high: a", "infra/high: a | todo: ")).toEqual(["BACKLOG.md"]);
  });
});
