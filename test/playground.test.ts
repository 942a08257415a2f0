// The sample vault: people meet the cards there first and screenshots are taken of it, so what its folders promise is
// held to: one is clean, one has every finding of FORMAT.md §6, one is large and made by a seed.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { checkFolder, type CheckedFolder, type CheckedText } from "../src/core/check";
import type { FindingCode } from "../src/core/finding";
import { DEFAULT_NAMES } from "../src/core/folder";
import type { NoteKind } from "../src/core/note";
import { writeLargeBacklog, writeLargeList } from "./support/large-backlog";

const PLAYGROUND = join(__dirname, "..", "playground");

const KINDS: ReadonlyMap<string, NoteKind> = new Map(
  Object.entries(DEFAULT_NAMES).map(([kind, name]) => [name, kind as NoteKind]),
);

function checkSample(folder: string): CheckedFolder {
  const path = join(PLAYGROUND, folder);
  const texts = readdirSync(path)
    .filter((name) => name.endsWith(".md"))
    .map((name): CheckedText => {
      const bytes = readFileSync(join(path, name));
      const kind = KINDS.get(name) ?? "other";
      return { path: name, kind, text: bytes.toString().includes("\ufffd") ? null : bytes.toString() };
    });
  return checkFolder(texts, DEFAULT_NAMES, {}, {});
}

function listCodes({ notes }: CheckedFolder): readonly FindingCode[] {
  return notes.flatMap(({ findings }) => findings.map(({ code }) => code));
}

/** Every code; an object, so that a new code does not compile before it is here, and fails before it has a sample. */
const EVERY_CODE: Readonly<Record<FindingCode, true>> = {
  "no-header": true,
  "no-id": true,
  "no-type": true,
  "no-priority": true,
  "bad-priority": true,
  "bad-status": true,
  "duplicate-id": true,
  "unclosed-task": true,
  "orphan-task-end": true,
  "unclosed-group": true,
  "orphan-group-end": true,
  "mixed-types": true,
  "not-done": true,
  "unclosed-comment": true,
  "unclosed-fence": true,
  "not-utf8": true,
  "index-phantom": true,
  "no-plan": true,
  "short-plan": true,
  "no-effort": true,
  "no-documentation": true,
  "no-required": true,
  "no-status": true,
  "no-component": true,
  "glued-marker": true,
  "indented-marker": true,
  "indented-label": true,
  "tag-typo": true,
  "tag-order": true,
  "unknown-tag": true,
  "id-form": true,
  "outside-group": true,
  "type-differs": true,
  "priority-differs": true,
  "repeated-label": true,
  "effort-unclear": true,
  "documentation-elsewhere": true,
  "double-encoded": true,
  "too-many-tasks": true,
  "done-in-backlog": true,
  "no-completed": true,
  "unticked-criteria": true,
  "stale-batch-header": true,
  "stale-moved-note": true,
  "index-missing": true,
  "index-differs": true,
  "index-duplicate": true,
  "bad-property": true,
};

describe("the garden app", () => {
  const folder = checkSample("Garden app");

  it("has no finding", () => {
    expect(listCodes(folder)).toEqual([]);
  });

  it("has every companion, and tasks that are ready, blocked, in progress and done", () => {
    const statuses = folder.notes.flatMap(({ note }) => note?.tasks.map(({ status }) => status) ?? []);
    expect(folder.notes.map(({ kind }) => kind).sort()).toEqual(["archive", "backlog", "index", "other", "todo"]);
    expect(new Set(statuses)).toEqual(new Set(["todo", "in-progress", "blocked", "done"]));
    expect(folder.notes.some(({ verdicts }) => verdicts.some(({ promotable }) => promotable))).toBe(true);
  });
});

describe("every finding", () => {
  const found = new Set([
    ...listCodes(checkSample("Every finding")),
    ...listCodes(checkSample("Every finding/Stale batch")),
  ]);
  const readme = readFileSync(join(PLAYGROUND, "Every finding/README.md"), "utf8");

  it.each(Object.keys(EVERY_CODE))("holds %s, and its README says where", (code) => {
    expect(found).toContain(code);
    expect(readme).toContain(`| \`${code}\` |`);
  });
});

describe("the large backlog", () => {
  const texts = {
    "BACKLOG.md": writeLargeBacklog(2026, 300),
    "TODO.md": writeLargeList(
      7,
      4,
      "open",
      "# City library: active batch\n\n## Current Batch Focus\n**Batch Type:** feature  \n**Batch Goal:** Fewer questions at the desk  \n**Batch Size Target:** 5",
    ),
    "ARCHIVE.md": writeLargeList(11, 40, "done", "# City library: archive"),
  };

  // As with the golden cases: UPDATE_FIXTURES=1 writes, and still fails.
  it.each(Object.entries(texts))("%s is what the seed gives", (name, text) => {
    const path = join(PLAYGROUND, "Large", name);
    const before = readdirSync(join(PLAYGROUND, "Large")).includes(name) ? readFileSync(path, "utf8") : null;
    if (process.env["UPDATE_FIXTURES"] === "1") writeFileSync(path, text);
    expect(before === text).toBe(true);
  });

  it("holds three hundred closed tasks with ids of their own in several hundred kilobytes", () => {
    const { notes } = checkSample("Large");
    const backlog = notes.find(({ kind }) => kind === "backlog")?.note;
    expect(backlog?.tasks.length).toBe(300);
    expect(backlog?.tasks.every(({ closed }) => closed)).toBe(true);
    expect(backlog?.text.length).toBeGreaterThan(300_000);
    expect(listCodes({ notes, rules: checkSample("Large").rules })).not.toContain("duplicate-id");
  });

  it("has right-to-left, emoji and double-encoded titles, and tasks of every kind of badge", () => {
    const backlog = checkSample("Large").notes.find(({ kind }) => kind === "backlog");
    const titles = backlog?.note?.tasks.map(({ title }) => title) ?? [];
    for (const sign of [/\p{Script=Arabic}/u, /\p{Script=Hebrew}/u, /📖/u, /â€”/u]) {
      expect(titles.some((title) => sign.test(title))).toBe(true);
    }
    expect(new Set(backlog?.verdicts.map(({ promotable, complete }) => `${promotable} ${complete}`)).size).toBe(3);
  });
});
