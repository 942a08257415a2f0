// Pins, on random damaged folders and on the real notes, what holds of every fix: its finding goes away, fixing again
// changes nothing, formatting moves no character but white space and tags, and masked text and archives stay.
import fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { checkFolder, type CheckedFolder } from "../../src/core/check";
import { applyEdits } from "../../src/core/edits";
import type { FindingCode } from "../../src/core/finding";
import { FIXABLE_CODES, fixFindings, FORMATTING_CODES } from "../../src/core/fixes";
import { DEFAULT_NAMES } from "../../src/core/folder";
import type { Note } from "../../src/core/note";
import { CORPUS, testOnCorpus } from "../support/corpus";
import { createDraw, drawNote } from "../support/hostile-notes";

type Texts = Readonly<Record<"backlog" | "todo" | "archive" | "index" | "other", string>>;
const PATHS = { ...DEFAULT_NAMES, other: "NOTES.md" };
const KINDS = ["backlog", "todo", "archive", "index", "other"] as const;

function check(texts: Texts): CheckedFolder {
  const notes = KINDS.map((kind) => ({ path: PATHS[kind], kind, text: texts[kind] }));
  return checkFolder(notes, DEFAULT_NAMES, {}, {});
}

/** Fixes, checks what holds of every fix, and returns the folder before and afterwards. */
function fixAll(texts: Texts, codes: ReadonlySet<FindingCode>): readonly [CheckedFolder, CheckedFolder] {
  const context = { names: DEFAULT_NAMES, today: "2026-11-23" };
  const before = check(texts);
  const { plan, left, fixed } = fixFindings(before, codes, context);
  const changed = KINDS.map((kind) => {
    const change = plan.changes.find(({ path }) => path === PATHS[kind]);
    if (change) expect(applyEdits(texts[kind], change.edits)).toBe(change.after);
    return [kind, change?.after ?? texts[kind]] as const;
  });
  const after = Object.fromEntries(changed) as unknown as Texts;
  const checked = check(after);
  const fixable = checked.notes.flatMap(({ path, findings }) =>
    findings.filter(({ code, fixable: can }) => can && codes.has(code)).map((finding) => ({ path, finding })),
  );
  expect(fixable).toEqual(left);
  expect(plan.changes.length > 0).toBe(fixed > 0);
  expect(after.archive).toBe(texts.archive);
  expect(fixFindings(checked, codes, context).plan.changes).toEqual([]);
  expect(checked.notes.map(({ note }) => note?.tasks.length)).toEqual(
    before.notes.map(({ note }) => note?.tasks.length),
  );
  expect(fencesOf(checked)).toEqual(fencesOf(before));
  return [before, checked];
}

function fencesOf({ notes }: CheckedFolder): readonly string[] {
  return notes.flatMap(({ note }) => {
    const fences = (note as Note).masked.filter(({ mask }) => mask === "fence");
    return fences.map(({ from, to }) => (note as Note).text.slice(from, to));
  });
}

/** Every character but white space, in order of its code. */
function charactersOf({ notes }: CheckedFolder): readonly string[] {
  return notes.map(({ note }) =>
    Array.from((note as Note).text.replace(/\s/g, ""))
      .sort()
      .join(""),
  );
}

const LINES: readonly string[] = [
  ...[
    "",
    "",
    "---",
    "text",
    "- [ ] a",
    "1. step",
    "2. step",
    "> quote",
    "# Title",
    "```",
    "~~~",
    "<div>",
    "<!-- x -->",
  ],
  ...["## task_begin", "## task_begin", " ## task_begin", "## task_end", "## task_end", "  ## task_end"],
  ...[
    "## group_begin [type:x][priority:low]",
    "## group_end",
    " ## group_begin",
    "## index_entry_begin",
    "## index_entry_end",
  ],
  ...[
    "### # [id:T1][type:x][priority:p1] A",
    "### # [type:x][id:T2] B",
    "### # [prioirty:low] C â€”",
    "## task_begin### # [id:T3] D",
  ],
  ...[
    "[id:T1]",
    "status: done",
    "location: TODO.md",
    "<!-- Tasks T9 moved to TODO.md on 2026-02-04 -->",
    "<!--",
    "-->",
  ],
  ...[
    "**Status:** doen",
    "**Status:**",
    "**Plan:**  ",
    "  **Plan:**",
    "### Plan",
    "**Relevant Documentation:** `docs/a.md`",
  ],
  ...["## Current Batch Focus", "**Batch Type:** docs", "**Estimated Effort:** 1 day"],
];
const note = fc
  .tuple(
    fc.array(fc.constantFrom(...LINES), { maxLength: 24 }),
    fc.constantFrom("\n", "\n", "\r\n"),
    fc.constantFrom("", "\ufeff"),
  )
  .map(([lines, lineEnd, mark]) => mark + lines.join(lineEnd));
const folder = fc.record({ backlog: note, todo: note, archive: note, index: note, other: note });

test("on random folders, whatever is fixed", () => {
  fc.assert(
    fc.property(folder, fc.subarray([...FIXABLE_CODES]), (texts, codes) => {
      fixAll(texts, new Set(codes));
    }),
    { seed: 20261123, numRuns: 150 },
  );
});

test("on random folders, formatting moves white space and tags only", () => {
  fc.assert(
    fc.property(folder, (texts) => {
      const [before, after] = fixAll(texts, FORMATTING_CODES);
      expect(charactersOf(after)).toEqual(charactersOf(before));
    }),
    { seed: 20261123, numRuns: 150 },
  );
});

test("on hostile notes", () => {
  const draw = createDraw(20261123);
  for (let run = 0; run < 150; run++) {
    const text = drawNote(draw);
    fixAll({ backlog: text, todo: "", archive: "", index: "", other: drawNote(draw) }, FIXABLE_CODES);
  }
});

testOnCorpus("on the real notes every finding that has a fix is fixed", () => {
  const empty = { backlog: "", todo: "", archive: "", index: "", other: "" };
  const kinds: Readonly<Record<string, (typeof KINDS)[number]>> = {
    "BACKLOG.md": "backlog",
    "TODO.md": "todo",
    "TASK_INDEX.md": "index",
  };
  let count = 0;
  for (const path of readdirSync(CORPUS, { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".md"),
  )) {
    const kind = kinds[path.replace(/^.*[/\\]/, "")] ?? "other";
    const texts = { ...empty, [kind]: readFileSync(join(CORPUS, path), "utf8") };
    const [before, after] = fixAll(texts, FIXABLE_CODES);
    expect(after.notes.flatMap(({ findings }) => findings.filter(({ fixable }) => fixable))).toEqual([]);
    count += before.notes.flatMap(({ findings }) => findings.filter(({ fixable }) => fixable)).length;
  }
  expect(count).toBeGreaterThan(100);
});
