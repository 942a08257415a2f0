// Pins whole moves on whole notes, byte for byte: `fixtures/<kind>/<case>/before` with the request beside it becomes
// `after`. A missing, different or additional note fails. `UPDATE_FIXTURES=1` writes what came out and still fails, so that
// somebody looks at it.
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { planArchival } from "../../src/core/archive";
import { DEFAULT_NAMES, type BacklogFolder } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import type { BlockPlace, Planned } from "../../src/core/plan";
import { planPromotion } from "../../src/core/promote";
import { planReturn } from "../../src/core/return";
import { readRules } from "../../src/core/rules";

const FIXTURES = join(__dirname, "..", "fixtures");
const UPDATE = process.env["UPDATE_FIXTURES"] === "1";

interface Request {
  readonly today: string;
  readonly goal?: string;
  readonly archiveDone?: boolean;
  readonly fromBacklog?: boolean;
  readonly id?: string;
  readonly place?: BlockPlace | null;
}

const PLANS: Readonly<Record<string, (folder: BacklogFolder, request: Request) => Planned>> = {
  promotion: (folder, request) => planPromotion(folder, { ...request, rules: readRules(folder.backlog, {}, {}) }),
  archival: (folder, request) => planArchival(folder, request),
  return: (folder, { id = "", today, place = null }) => planReturn(folder, id, { today, place }),
};

/** The notes of a folder by name; none where it does not exist. */
function readNotes(folder: string): ReadonlyMap<string, string> {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

function openFolder(notes: ReadonlyMap<string, string>): BacklogFolder {
  const open = (path: string) => {
    const text = notes.get(path);
    return text === undefined ? null : parseNote(text);
  };
  const { backlog, todo, archive, index } = DEFAULT_NAMES;
  return { names: DEFAULT_NAMES, backlog: open(backlog), todo: open(todo), archive: open(archive), index: open(index) };
}

describe.each([
  ["promotion", 4],
  ["archival", 2],
  ["return", 2],
])("%s", (kind, count) => {
  const cases = readdirSync(join(FIXTURES, kind));

  test("finds its cases", () => {
    expect(cases.length).toBeGreaterThanOrEqual(count);
  });

  test.each(cases)("%s", (name) => {
    const folder = join(FIXTURES, kind, name);
    const before = readNotes(join(folder, "before"));
    const request = JSON.parse(readFileSync(join(folder, "request.json"), "utf8")) as Request;
    const planned = PLANS[kind]?.(openFolder(before), request);
    expect(planned?.refusal).toBeNull();
    const after = new Map(before);
    for (const change of planned?.plan?.changes ?? []) after.set(change.path, String(change.after));
    if (UPDATE) {
      mkdirSync(join(folder, "after"), { recursive: true });
      for (const [path, text] of after) writeFileSync(join(folder, "after", path), text);
      throw new Error(
        `The fixtures of ${kind}/${name} were written: look at them, then run again without UPDATE_FIXTURES.`,
      );
    }
    const expected = readNotes(join(folder, "after"));
    expect([...after.keys()].sort()).toEqual([...expected.keys()]);
    for (const [path, text] of expected) expect(after.get(path)).toBe(text);
  });
});
