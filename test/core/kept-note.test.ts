// What a note counts as whose writing was stopped: at whichever byte, it is what it was before; a note that holds anything else
// is as it is.
import {
  holdsText,
  isChangedSince,
  isCutOff,
  KEPT,
  readBefore,
  readKept,
  setAside,
  writeKept,
} from "../../src/core/kept-note";
import { STATE_LIMIT } from "../../src/core/journal";
import { isWholeState } from "../../src/core/state-files";
import { MemoryPlace, MemoryStore } from "../support/memory-store";

const BEFORE = "# Bäcklog 😀\n\n## Do a\n";
const AFTER = "# Bäcklog 😀\r\nmoved ü\n";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const listStarts = (text: string): readonly Uint8Array[] =>
  Array.from(bytesOf(text), (_, length) => bytesOf(text).subarray(0, length));

test.each([
  ["one text for another", BEFORE, AFTER],
  ["a line at the end", BEFORE, `${BEFORE}more ü\n`],
  ["the last line taken away", `${BEFORE}more ü\n`, BEFORE],
  ["the first text of an empty note", "", AFTER],
  ["nothing left of a note", BEFORE, ""],
  ["a byte-order mark taken away", `\ufeff${BEFORE}`, BEFORE],
])("%s: cut off at every byte, be it while it is put back, and whole at its end", (_, before, after) => {
  const whole = [bytesOf(before), bytesOf(after)];
  const isWhole = (bytes: Uint8Array): boolean => whole.some((text) => Buffer.compare(text, bytes) === 0);
  const starts = [...listStarts(after), ...listStarts(before)];
  for (const start of starts) expect(isCutOff({ before, after }, start)).toBe(!isWhole(start));
  expect(starts.some((start) => !isWhole(start))).toBe(true);
  for (const text of whole) expect(isCutOff({ before, after }, text)).toBe(false);
});

test("a note that was being created is cut off at every byte", () => {
  for (const start of listStarts(AFTER)) expect(isCutOff({ before: null, after: AFTER }, start)).toBe(true);
  expect(isCutOff({ before: null, after: AFTER }, bytesOf(AFTER))).toBe(false);
});

test.each([
  ["another text", "another"],
  ["more than the text after", `${AFTER}typed`],
  ["a part with something typed", `${AFTER.slice(0, 9)}typed`],
])("%s is nobody's but who wrote it", (_, text) => {
  expect(isCutOff({ before: BEFORE, after: AFTER }, bytesOf(text))).toBe(false);
});

test.each([
  ["neither text nor a part of one", "another", true],
  ["a part with something typed", `${AFTER.slice(0, 9)}typed`, true],
  ["not there", null, true],
  ["cut off", AFTER.slice(0, 3), false],
  ["the text before", BEFORE, false],
  ["the text after", AFTER, false],
  ["the text before with more at its end", `${BEFORE}more\n`, false],
  ["the text before with other line ends and a word", BEFORE.replace(/\n/g, "\r\n").replace("#", "# New"), false],
  ["the text after with a word", AFTER.replace("#", "# New"), false],
])("a note that is %s was changed since: %s", (_, text, changed) => {
  expect(isChangedSince({ before: BEFORE, after: AFTER }, text === null ? null : bytesOf(text))).toBe(changed);
});

test("of a long note whose end is there, the whole was changed; without it, a part was", () => {
  const block = (name: string): string =>
    `## task_begin\n### # [id:${name}] Do ${name}\n${"**Notes:** long\n".repeat(20)}## task_end\n`;
  const before = `# Backlog\n\n${block("a")}\n${block("b")}`;
  const after = `# Backlog\n\n${block("b")}`;
  const isChanged = (text: string): boolean => isChangedSince({ before, after }, bytesOf(text));
  expect(isChanged(before.replace("Do a", "Do more of a"))).toBe(false);
  expect(isChanged(after.replace("# Backlog", "# My backlog"))).toBe(false);
  expect(isChanged(after.slice(0, -80).replace("# Backlog", "# My backlog"))).toBe(true);
  expect(isChanged(after.slice(0, 5).concat("typed\n## task_end\n"))).toBe(true);
});

test.each([[null], [""], [" \n"]])("of a note that was %j nothing can be lost", (before) => {
  expect(isChangedSince({ before, after: AFTER }, bytesOf("another"))).toBe(false);
});

test("what a note held before is set aside as it is, each text once, and the sentence says where", async () => {
  const place = new MemoryPlace();
  const store = new MemoryStore(place);
  const set = (before: string | null) => setAside(store, { path: "TODO.md", before }, (path) => `work/${path}`);
  const { message } = await set(BEFORE);
  await set(BEFORE);
  const [name = "", ...others] = place.states.keys();
  expect([place.states.get(name), others]).toEqual([BEFORE, []]);
  expect(message).toContain("work/TODO.md was being written");
  expect(message).toContain(`work/.backlog-cards/${name}:`);
  await set(AFTER);
  await set(null);
  expect([...place.states.values()]).toEqual([BEFORE, AFTER, ""]);
});

test("a note that is cut off is read as what it was", () => {
  expect(readBefore({ before: BEFORE })).toEqual({ kind: "text", text: BEFORE });
  expect(readBefore({ before: null })).toEqual({ kind: "absent" });
});

test("bytes hold a text when they are all of it", () => {
  expect(holdsText(bytesOf(AFTER), AFTER)).toBe(true);
  expect(holdsText(bytesOf(BEFORE), AFTER)).toBe(false);
  for (const start of listStarts(AFTER)) expect(holdsText(start, AFTER)).toBe(false);
});

test.each([
  ["TODO.md", BEFORE],
  ["ARCHIVE/Alt ü.md", null],
])("%s is kept and read again, and never in part", (path, before) => {
  const text = writeKept({ path, before, after: AFTER });
  expect(readKept(text)).toEqual({ version: 1, path, before, after: AFTER });
  for (let length = 0; length < text.length; length++) {
    expect([isWholeState(text.slice(0, length)), readKept(text.slice(0, length))]).toEqual([false, null]);
  }
  expect(isWholeState(text)).toBe(true);
});

test.each([
  ["../a.md"],
  ["/a.md"],
  ["a//b.md"],
  ["a/../b.md"],
  [".git/a.md"],
  ["a/.b.md"],
  ["a\\b.md"],
  ["C:a.md"],
  ["a\u0000.md"],
  [".md"],
  ["a.txt"],
  [""],
  [1],
])("%j is no note that is put back", (path) => {
  expect(readKept(JSON.stringify({ version: 1, path, before: "a", after: "b" }))).toBeNull();
});

test.each([[null], ["null"], ["[]"], ["{}"], ['{"version":2,"path":"a.md","before":"a","after":"b"}']])(
  "%s keeps nothing",
  (text) => {
    expect(readKept(text)).toBeNull();
  },
);

test("a note that is too long for a state is not written", () => {
  const after = "x".repeat(STATE_LIMIT);
  expect(() => writeKept({ path: "a.md", before: null, after })).toThrow(/^a\.md is too long to be written safely/);
  expect(KEPT).toBe("kept.json");
});
