// Moves over the real notes of the corpus: every backlog by itself and beside the corpus's todo, archive and index notes in
// every combination. What moves is byte for byte what it was, all else stays but for what FORMAT.md §5 allows, and an undo
// gives every byte back.
import { readdirSync, readFileSync } from "node:fs";
import { planArchival } from "../../src/core/archive";
import { DEFAULT_NAMES } from "../../src/core/folder";
import { performMove, type MoveOutcome } from "../../src/core/move";
import { parseNote } from "../../src/core/note";
import { planPromotion } from "../../src/core/promote";
import { readRules, type GroupOrder } from "../../src/core/rules";
import { selectBatch } from "../../src/core/select";
import { undoMove } from "../../src/core/undo";
import { planReturn } from "../../src/core/return";
import { blocksOf, countSeparators, linesOf } from "../support/allowed-changes";
import { CORPUS, testOnCorpus } from "../support/corpus";
import { MemoryPlace, MemoryStore } from "../support/memory-store";

const TODAY = "2026-11-23";
const REQUEST = { today: TODAY };
type Notes = Readonly<Record<string, string>>;

function read(name: string): readonly { readonly from: string; readonly text: string }[] {
  return readdirSync(CORPUS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && readdirSync(`${CORPUS}/${entry.name}`).includes(name))
    .map((entry) => ({ from: entry.name, text: readFileSync(`${CORPUS}/${entry.name}/${name}`, "utf8") }));
}

/** Every backlog with every todo, archive and index note, none of each included. */
function* combine(): Generator<{ readonly name: string; readonly notes: Notes }> {
  const none = { from: "none", text: null };
  for (const backlog of read("BACKLOG.md")) {
    for (const todo of [none, ...read("TODO.md")]) {
      for (const archive of [none, ...read("ARCHIVE.md")]) {
        for (const index of [none, ...read("TASK_INDEX.md")]) {
          const notes = {
            "BACKLOG.md": backlog.text,
            "TODO.md": todo.text,
            "ARCHIVE.md": archive.text,
            "TASK_INDEX.md": index.text,
          };
          const there = Object.entries(notes).filter((entry): entry is [string, string] => entry[1] !== null);
          yield {
            name: [backlog, todo, archive, index].map(({ from }) => from).join(" + "),
            notes: Object.fromEntries(there),
          };
        }
      }
    }
  }
}

const BATCH_LINES = /^\*\*Batch (?:Type|Goal):\*\*/;
const MOVED_LINE = /^<!-- Tasks [^>]* moved to TODO\.md on 2026-11-23 -->$/;
const INDEX_LINES =
  /^(?:location|status|completed): |^## index_entry|^\[id:|^(?:type|priority|component|p_level|created|title): /;

const promote = (place: MemoryPlace, order: GroupOrder = "file", archiveDone = false) =>
  performMove(
    new MemoryStore(place),
    DEFAULT_NAMES,
    (folder) => planPromotion(folder, { rules: readRules(folder.backlog, { order }, {}), today: TODAY, archiveDone }),
    REQUEST,
  );
const archive = (place: MemoryPlace) =>
  performMove(new MemoryStore(place), DEFAULT_NAMES, (folder) => planArchival(folder, REQUEST), REQUEST);
const undo = (place: MemoryPlace) => undoMove(new MemoryStore(place), DEFAULT_NAMES, REQUEST);

/** Checks one promotion against the notes before it. */
function checkPromotion(name: string, before: Notes, after: Notes, { plan }: MoveOutcome): void {
  const moved = plan?.blocks.map(({ sourceText }) => sourceText) ?? [];
  expect([name, moved.length > 0]).toEqual([name, true]);
  expect([name, blocksOf(after["BACKLOG.md"])]).toEqual([
    name,
    blocksOf(before["BACKLOG.md"]).filter((block) => !moved.includes(block)),
  ]);
  expect([name, blocksOf(after["TODO.md"])]).toEqual([name, [...blocksOf(before["TODO.md"]), ...moved]]);
  expect([name, linesOf(after["BACKLOG.md"], MOVED_LINE)]).toEqual([name, linesOf(before["BACKLOG.md"], /^$/)]);
  expect(linesOf(after["BACKLOG.md"], /^$/).filter((line) => MOVED_LINE.test(line))).toHaveLength(1);
  if (before["TODO.md"] !== undefined) {
    expect([name, linesOf(after["TODO.md"], BATCH_LINES)]).toEqual([name, linesOf(before["TODO.md"], BATCH_LINES)]);
    const added = countSeparators(after["TODO.md"]) - countSeparators(before["TODO.md"]);
    expect([name, added === moved.length || added === moved.length - 1]).toEqual([name, true]);
  }
  const removed = countSeparators(before["BACKLOG.md"]) - countSeparators(after["BACKLOG.md"]);
  expect([name, removed >= 0 && removed <= moved.length]).toEqual([name, true]);
  expect([name, after["ARCHIVE.md"]]).toEqual([name, before["ARCHIVE.md"]]);
  expect([name, linesOf(after["TASK_INDEX.md"], INDEX_LINES)]).toEqual([
    name,
    linesOf(before["TASK_INDEX.md"], INDEX_LINES),
  ]);
  if (before["TASK_INDEX.md"] === undefined) return;
  const where = new Map(
    parseNote(after["TASK_INDEX.md"] ?? "").entries.map(({ id, values }) => [
      id,
      values.find(({ key }) => key === "location")?.value,
    ]),
  );
  const twice = plan?.warnings.length ?? 0;
  const elsewhere = plan?.blocks.filter(({ id }) => where.get(id) !== "TODO.md") ?? [];
  expect([name, elsewhere.length <= twice]).toEqual([name, true]);
}

testOnCorpus(
  "a promotion moves the batch, changes only what it may, and is taken back to the byte",
  async () => {
    const counts = { promoted: 0, refused: 0 };
    for (const { name, notes } of combine()) {
      // The two orders differ in one backlog of the corpus; by itself each is tried in both.
      for (const order of Object.keys(notes).length === 1 ? (["file", "priority"] as const) : (["file"] as const)) {
        const place = new MemoryPlace(notes);
        const parse = (path: string) => (notes[path] === undefined ? null : parseNote(notes[path]));
        const folder = {
          names: DEFAULT_NAMES,
          backlog: parse("BACKLOG.md"),
          todo: parse("TODO.md"),
          archive: parse("ARCHIVE.md"),
          index: parse("TASK_INDEX.md"),
        };
        const { batch } = selectBatch(folder, readRules(folder.backlog, { order }, {}));
        const outcome = await promote(place, order);
        expect([name, outcome.plan?.blocks.map(({ id }) => id) ?? null]).toEqual([
          name,
          batch?.tasks.map(({ id }) => id) ?? null,
        ]);
        if (outcome.refusal) {
          counts.refused++;
          expect(place.texts()).toEqual(notes);
          expect(place.states.size).toBe(0);
          continue;
        }
        counts.promoted++;
        checkPromotion(name, notes, place.texts(), outcome);
        const taken = await undo(place);
        expect([name, taken.refusal]).toEqual([name, null]);
        expect([name, place.texts()]).toEqual([name, notes]);
      }
    }
    expect(counts.promoted).toBeGreaterThan(100);
    expect(counts.refused).toBeGreaterThan(100);
  },
  120_000,
);

testOnCorpus(
  "finishing a batch, archiving it and taking both back gives every byte back",
  async () => {
    let archived = 0;
    for (const { name, notes } of combine()) {
      const place = new MemoryPlace(notes);
      const { plan } = await promote(place);
      if (!plan) continue;
      const done = (place.texts()["TODO.md"] ?? "").replaceAll(
        /^(\*\*Status:\*\*) (?:todo|in-progress|blocked)/gm,
        "$1 done",
      );
      place.notes.set("TODO.md", done);
      const before = place.texts();
      const outcome = await archive(place);
      if (outcome.refusal) {
        expect([name, outcome.refusal.code]).toEqual([name, "already-archived"]);
        expect(place.texts()).toEqual(before);
        continue;
      }
      archived++;
      const after = place.texts();
      expect([name, blocksOf(after["TODO.md"])]).toEqual([name, []]);
      const completed = blocksOf(before["TODO.md"]).map((block) => block.replace(/^\*\*Completed:\*\* .*\n/m, ""));
      const arrived = blocksOf(after["ARCHIVE.md"]).slice(blocksOf(before["ARCHIVE.md"]).length);
      expect([name, arrived.map((block) => block.replace(/^\*\*Completed:\*\* .*\n/m, ""))]).toEqual([name, completed]);
      expect(arrived.every((block) => block.includes(`**Completed:** ${TODAY}`))).toBe(true);
      expect([name, (after["ARCHIVE.md"] ?? "").startsWith(before["ARCHIVE.md"] ?? "")]).toEqual([name, true]);
      expect([name, after["BACKLOG.md"]]).toEqual([name, before["BACKLOG.md"]]);
      expect((await undo(place)).refusal).toBeNull();
      expect([name, place.texts()]).toEqual([name, before]);
      // The tasks were marked as done since: to take the promotion back would lose that.
      expect((await undo(place)).refusal?.code).toBe("block-changed");
      expect([name, place.texts()]).toEqual([name, before]);
    }
    expect(archived).toBeGreaterThan(100);
  },
  120_000,
);

testOnCorpus(
  "returning a batch task by task gives every group its tasks in their order",
  async () => {
    let returned = 0;
    for (const { name, notes } of combine()) {
      const place = new MemoryPlace(notes);
      const { plan } = await promote(place);
      if (!plan) continue;
      const ids = plan.blocks.map(({ id }) => id);
      for (const id of [...ids.slice(1), ...ids.slice(0, 1)]) {
        const { refusal } = await performMove(
          new MemoryStore(place),
          DEFAULT_NAMES,
          (folder) => {
            const block = plan.blocks.find((one) => one.id === id);
            return planReturn(folder, id, { today: TODAY, place: block?.place ?? null });
          },
          REQUEST,
        );
        expect([name, refusal]).toEqual([name, null]);
        returned++;
      }
      const after = place.texts();
      expect([name, blocksOf(after["BACKLOG.md"])]).toEqual([name, blocksOf(notes["BACKLOG.md"])]);
      expect([name, blocksOf(after["TODO.md"])]).toEqual([name, blocksOf(notes["TODO.md"])]);
      expect([name, linesOf(after["BACKLOG.md"], MOVED_LINE)]).toEqual([name, linesOf(notes["BACKLOG.md"], /^$/)]);
      for (let moves = ids.length + 1; moves > 0; moves--) expect((await undo(place)).refusal).toBeNull();
      expect([name, place.texts()]).toEqual([name, notes]);
    }
    expect(returned).toBeGreaterThan(200);
  },
  120_000,
);
