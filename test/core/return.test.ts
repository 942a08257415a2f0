// Pins a return (FORMAT.md §5 rule 9): to the old place where the ledger knows it and it is still there, else to the top of
// the first group of its type and priority, else into a new group at the end.
import type { BacklogFolder } from "../../src/core/folder";
import { parseNote } from "../../src/core/note";
import type { BlockPlace } from "../../src/core/plan";
import { planReturn } from "../../src/core/return";
import { blockOf, folderAfter, folderOf, idOf, notationOf } from "../support/notation";
import { drawn, sketchOf } from "../support/sketch";

const TODAY = "2026-11-23";

/** `infra/high: a x b`: the place of x in the group of that type and priority. */
function placeFrom(line: string): BlockPlace {
  const [head = "", names = ""] = line.split(":");
  const [type = "", priority = ""] = head.split("/");
  return { type, priority, title: `${type} ${priority}`, ids: names.trim().split(/\s+/).map(idOf) };
}

function returned(line: string, place: string | null, name = "x"): string {
  const folder = folderOf(line);
  const planned = planReturn(folder, idOf(name), { today: TODAY, place: place === null ? null : placeFrom(place) });
  return planned.plan ? notationOf(folderAfter(folder, planned.plan.changes)) : planned.refusal.code;
}

describe("to where it stood", () => {
  test.each([
    ["behind the one before it", "infra/high: a b c | todo: x", "infra/high: a x b c", "infra/high: a x b c | todo:"],
    [
      "behind the nearest before it that is there",
      "infra/high: a c | todo: x",
      "infra/high: a b x c",
      "infra/high: a x c | todo:",
    ],
    ["behind the last", "infra/high: a | todo: x y", "infra/high: a x y", "infra/high: a x | todo: y"],
    ["before the one behind it", "infra/high: z b c | todo: x", "infra/high: a x b c", "infra/high: z x b c | todo:"],
    [
      "before the nearest behind it that is there",
      "infra/high: z c | todo: x",
      "infra/high: x b c",
      "infra/high: z x c | todo:",
    ],
    [
      "to the top where no neighbour is left",
      "infra/high: (x) z | todo: x",
      "infra/high: a x b",
      "infra/high: (x) x z | todo:",
    ],
    ["into the empty group", "infra/high: (x) | todo: x", "infra/high: x", "infra/high: (x) x | todo:"],
    ["not behind one without end", "infra/high: c a^ | todo: x", "infra/high: a x c", "infra/high: x c a^ | todo:"],
    [
      "into the one of two groups with a neighbour",
      "infra/high: z; infra/high: b | todo: x",
      "infra/high: x b",
      "infra/high: z; infra/high: x b | todo:",
    ],
    [
      "into the first of two groups without",
      "infra/high: z; infra/high: y | todo: x",
      "infra/high: x b",
      "infra/high: x z; infra/high: y | todo:",
    ],
    ["into a group of another type", "docs/low: a | todo: x", "docs/low: a x", "docs/low: a x@infra | todo:"],
    ["by a list that does not have it", "infra/high: z b | todo: x", "infra/high: b", "infra/high: z x b | todo:"],
    [
      "not where the group is gone",
      "docs/low: a; infra/high: z | todo: x",
      "infra/low: a x",
      "docs/low: a; infra/high: x z | todo:",
    ],
  ])("%s", (_, before, place, after) => {
    expect(returned(before, place)).toBe(after);
  });
});

describe("without a place", () => {
  test.each([
    [
      "to the top of the first group like it",
      "docs/high: a; infra/high: (b) c; infra/high: | todo: x",
      "docs/high: a; infra/high: (b) x c; infra/high: | todo:",
    ],
    [
      "into a new group at the end",
      "docs/high: a; infra/low: | todo: x",
      "docs/high: a; infra/low:; infra/high: x | todo:",
    ],
    [
      "and its entry in the index",
      "infra/high: | todo: x | index: x/todo+",
      "infra/high: x | todo: | index: x/backlog",
    ],
    ["and a new entry in the index", "infra/high: | todo: x | index:", "infra/high: x | todo: | index: x/backlog"],
  ])("%s", (_, before, after) => {
    expect(returned(before, null)).toBe(after);
  });
});

describe("spacing", () => {
  const group = "## group_begin [type:infra][priority:high]";
  const place = { type: "infra", priority: "high", title: "T", ids: ["A", "X", "B"] };
  const spaced = (sketch: string, where: BlockPlace | null) => {
    const [marker, end] = [`${group}/`, "## group_end/"];
    const backlog = parseNote(drawn(sketch.replace("BEGIN/", marker).replace("END/", end)));
    const todo = parseNote(drawn("[X]/"));
    const folder: BacklogFolder = { ...folderOf("none"), backlog, todo };
    const [change] = planReturn(folder, "X", { today: TODAY, place: where }).plan?.changes ?? [];
    return sketchOf(String(change?.after)).replace(marker, "BEGIN/").replace(end, "END/");
  };

  test.each([
    ["behind", "BEGIN/## T//[A]//---//[B]//END/", "BEGIN/## T//[A]//---//[X]//---//[B]//END/"],
    ["behind, above a leftover", "BEGIN/## T//[A]//---/END/", "BEGIN/## T//[A]//---//[X]//---/END/"],
    ["before", "BEGIN/## T//[B]//END/", "BEGIN/## T//[X]//---//[B]//END/"],
    ["before, directly below the title", "BEGIN/## T/[B]/END/", "BEGIN/## T/[X]//---//[B]/END/"],
    ["at the top, text stays with the title", "BEGIN/## T//text//[C]//END/", "BEGIN/## T//text//[X]//---//[C]//END/"],
    ["into an empty group", "BEGIN/## T//END/", "BEGIN/## T//[X]//END/"],
    ["into an empty group without blank lines", "BEGIN/## T/END/", "BEGIN/## T//[X]//END/"],
    ["into leftovers", "BEGIN/## T///---///END/", "BEGIN/## T//[X]//---///END/"],
  ])("%s", (_, before, after) => {
    expect(spaced(before, place)).toBe(after);
  });

  test("in a new group at the end", () => {
    expect(spaced("text/", null)).toBe("text//BEGIN//[X]//END/");
    expect(spaced("text", null)).toBe("text//BEGIN//[X]//## group_end");
  });
});

describe("the plan", () => {
  test("writes the backlog first and the index last, and the batch type when the last task leaves", () => {
    const { plan } = planReturn(folderOf("infra/high: a | todo: x | index: x/todo x/todo"), idOf("x").toLowerCase(), {
      today: TODAY,
      place: null,
    });
    expect(plan?.kind).toBe("return");
    expect(plan?.changes.map(({ path }) => path)).toEqual(["BACKLOG.md", "TODO.md"]);
    expect(plan?.changes[1]?.after).toContain("**Batch Type:** (none)  \n");
    expect(plan?.blocks).toMatchObject([
      { id: idOf("x"), from: "TODO.md", to: "BACKLOG.md", sourceText: blockOf("x"), place: null },
    ]);
    expect(plan?.warnings).toHaveLength(1);
  });

  test("takes the backlog's line ends", () => {
    const folder = folderOf("infra/high: | todo: x");
    const backlog = parseNote(String(folder.backlog?.text).replaceAll("\n", "\r\n"));
    const { plan } = planReturn({ ...folder, backlog }, idOf("x"), { today: TODAY, place: null });
    expect(plan?.changes[0]?.after).not.toMatch(/[^\r]\n/);
  });
});

describe("refused", () => {
  test.each([
    ["no-backlog", "none | todo: x", "There is no BACKLOG.md here. Name the folder that holds it."],
    [
      "unknown-task",
      "infra/high: | todo: y",
      `TODO.md holds no task ${idOf("x")}. Look up the id of a task in the batch.`,
    ],
    [
      "unknown-task",
      "infra/high: x | archive: x",
      `TODO.md holds no task ${idOf("x")}. It stands in BACKLOG.md line 6. It stands in ARCHIVE.md line 5.`,
    ],
    [
      "ambiguous-task",
      "infra/high: | todo: x x",
      `The id ${idOf("x")} is used in TODO.md line 10, TODO.md line 26. Give each task an id of its own first.`,
    ],
    [
      "ambiguous-task",
      "infra/high: x | todo: x",
      `The id ${idOf("x")} is used in TODO.md line 10, BACKLOG.md line 6. Give each task an id of its own first.`,
    ],
    [
      "damaged-note",
      "infra/high: | todo: x^",
      `In TODO.md ${idOf("x")} (line 10) cannot be moved: it has no \`## task_end\`. Mend it first.`,
    ],
    [
      "damaged-note",
      "-: a^ | todo: x",
      `BACKLOG.md takes nothing at its end: ${idOf("a")} (line 3) has no \`## task_end\`. Close it first.`,
    ],
  ])("%s: %s", (code, line, message) => {
    expect(planReturn(folderOf(line), idOf("x"), { today: TODAY, place: null }).refusal).toEqual({ code, message });
  });

  test.each(["[type:infra]", "[priority:high]"])("a task without %s", (tag) => {
    const folder = folderOf("infra/high: | todo: x");
    const todo = parseNote(String(folder.todo?.text).replace(`]${tag}`, "]"));
    expect(planReturn({ ...folder, todo }, idOf("x"), { today: TODAY, place: null }).refusal?.code).toBe(
      "damaged-note",
    );
  });

  test("an index note that takes no entry", () => {
    const folder = { ...folderOf("infra/high: | todo: x"), index: parseNote("```\n") };
    expect(planReturn(folder, idOf("x"), { today: TODAY, place: null }).refusal?.code).toBe("damaged-note");
  });
});
