// Another program changes, deletes, moves or doubles a block or a note before any operation of a move over the memory
// store: its text is kept, nothing of ours is half done, no block is lost or doubled by us.
import { makeFaulty } from "../support/faulty-store";
import { MemoryPlace, MemoryStore } from "../support/memory-store";
import { notesOf, promote, returnTask, undo, type Run } from "../support/move-scenarios";
import { expectKept, INTERFERENCES, runInterfered, type OpenNotes } from "../support/other-writers";

const LINE = "infra/high: a b c; docs/low: d | todo: w~ | archive: x+ | index: a/backlog b/backlog w/todo";

/** How a move may end that is interfered with; what it finds at its very start may forbid it for any reason. */
const EXPECTED = ["moved", "stale-source", "no-backlog", "block-changed", "place-lost", "unknown-task"];

/** What is renamed in the middle of a move takes a copy of its blocks along, out of every move's reach. */
const COPIED = () => [1, 2];

function openNotes(place: MemoryPlace): OpenNotes {
  return {
    read: (path) => place.texts()[path] ?? null,
    write: (path, text) => {
      if (text === null) place.notes.delete(path);
      else place.notes.set(path, text);
    },
  };
}

/** Notes before a move, and the move. */
const MOVES: readonly (readonly [string, readonly Run[], Run])[] = [
  ["a promotion", [], promote()],
  ["a return", [promote()], returnTask("a")],
  ["an undo", [promote()], undo],
];

describe.each(MOVES)("during %s", (_, earlier, run) => {
  test.each(Object.entries(INTERFERENCES))("another program that %s does no harm", async (name, interference) => {
    const ends = new Set<string>();
    for (let at = 1; ; at++) {
      const place = new MemoryPlace(notesOf(LINE));
      for (const move of earlier) await move(new MemoryStore(place));
      const before = place.texts();
      let acted = false;
      const store = makeFaulty(new MemoryStore(place), null, (count) => {
        if (count === at) acted = interference.act(openNotes(place));
      });
      const outcome = await runInterfered(() => run(store));
      const expected = name === "renames the backlog" ? { ...interference, allows: COPIED } : interference;
      ends.add(await expectKept(new MemoryStore(place), { outcome, acted }, expected, before, () => place.texts()));
      if (at > store.operations.length) break;
    }
    expect(ends).toEqual(new Set([...ends, "moved"]));
    expect([...ends].filter((end) => !EXPECTED.includes(end))).toEqual([]);
  });
});
