// Pins an archival (FORMAT.md §5 rule 8): every done task, whole and in order, to the end of an archive whose old text is
// never touched, a Completed line the only change to a block.
import { planArchival, type ArchivalRequest } from "../../src/core/archive";
import { parseNote } from "../../src/core/note";
import { blockOf, folderAfter, folderOf, idOf, notationOf } from "../support/notation";

const TODAY = "2026-11-23";

function archived(line: string, more: Partial<ArchivalRequest> = {}): string {
  const folder = folderOf(line);
  const planned = planArchival(folder, { today: TODAY, ...more });
  return planned.plan ? notationOf(folderAfter(folder, planned.plan.changes)) : planned.refusal.code;
}

const changed = (line: string, path: string, more: Partial<ArchivalRequest> = {}) =>
  planArchival(folderOf(line), { today: TODAY, ...more }).plan?.changes.find((change) => change.path === path);

describe("what is done moves", () => {
  test.each([
    ["all of the batch", "infra/high: | todo: x+ y+ | archive: z", "infra/high: | todo: | archive: z x+ y+"],
    [
      "what of the batch is done",
      "infra/high: | todo: w x+ y~ z+ | archive:",
      "infra/high: | todo: w y~ | archive: x+ z+",
    ],
    ["into an archive that is made", "infra/high: | todo: x+", "infra/high: | todo: | archive: x+"],
    ["not from the backlog", "infra/high: a+ | todo: x+ | archive:", "infra/high: a+ | todo: | archive: x+"],
    [
      "and its entries in the index",
      "infra/high: | todo: x+ y+ | archive: | index: x/todo",
      "infra/high: | todo: | archive: x+ y+ | index: x/archive+ y/archive+",
    ],
  ])("%s", (_, before, after) => {
    expect(archived(before)).toBe(after);
  });

  test.each([
    [
      "behind the todo note's",
      "infra/high: a+ b; -: c+ | todo: x+ | archive:",
      "infra/high: b | todo: | archive: x+ a+ c+",
    ],
    ["where there is no todo note", "infra/high: a+ | archive:", "infra/high: | archive: a+"],
  ])("from the backlog where asked, %s", (_, before, after) => {
    expect(archived(before, { fromBacklog: true })).toBe(after);
  });
});

describe("the blocks", () => {
  test("get a Completed line, and the plan knows both texts", () => {
    const { plan } = planArchival(folderOf("infra/high: a+ b | todo: x+ | archive:"), {
      today: TODAY,
      fromBacklog: true,
    });
    const stamped = (name: string) =>
      blockOf(`${name}+`).replace("2026-02-04  \n", "2026-02-04  \n**Completed:** 2026-11-23  \n");
    expect(plan?.blocks).toMatchObject([
      { from: "TODO.md", to: "ARCHIVE.md", sourceText: blockOf("x+"), destinationText: stamped("x"), place: null },
      { from: "BACKLOG.md", destinationText: stamped("a"), place: { type: "infra", ids: [idOf("a"), idOf("b")] } },
    ]);
  });

  test("of a task outside every group have no place", () => {
    const { plan } = planArchival(folderOf("-: a+ | archive:"), { today: TODAY, fromBacklog: true });
    expect(plan?.blocks[0]?.place).toBeNull();
  });

  test("with criteria that are not ticked are named and move all the same", () => {
    const folder = folderOf("infra/high: | todo: x+ y+ z+ | archive:", (text) =>
      text.replace("- [x] x is done", "- [ ] one\n- [x] two\n- [ ] three").replace("- [x] z", "- [ ] z"),
    );
    expect(planArchival(folder, { today: TODAY }).plan?.warnings).toEqual([
      `${idOf("x")} is done, but 2 of its 3 criteria are not ticked (TODO.md, lines 15, 17).`,
      `${idOf("z")} is done, but 1 of its 1 criteria is not ticked (TODO.md, line 49).`,
    ]);
  });
});

describe("the notes", () => {
  test("the archive keeps its text, whatever stands below its last block", () => {
    const folder = { ...folderOf("infra/high: | todo: x+"), archive: parseNote(`${blockOf("z")}\n\nFooter`) };
    const [change] = planArchival(folder, { today: TODAY }).plan?.changes ?? [];
    expect(change?.path).toBe("ARCHIVE.md");
    expect(change?.after?.startsWith(`${blockOf("z")}\n\nFooter\n\n---\n\n## task_begin\n`)).toBe(true);
    expect(change?.after?.endsWith("## task_end")).toBe(true);
  });

  test("a new archive has a short header, the source's line ends and no byte-order mark", () => {
    const dress = (text: string) => `\ufeff${text.replaceAll("\n", "\r\n")}`;
    const { plan } = planArchival(folderOf("infra/high: | todo: x+ y+", dress), { today: TODAY });
    const after = String(plan?.changes[0]?.after);
    expect(after.startsWith("# Archive\r\n\r\n---\r\n\r\n## task_begin\r\n")).toBe(true);
    expect(after.endsWith("## task_end\r\n")).toBe(true);
    expect(plan?.changes[0]?.before).toBeNull();
  });

  test("the batch type becomes (none) when the last task leaves, and only then", () => {
    expect(changed("infra/high: | todo: x+ | archive:", "TODO.md")?.after).toContain("**Batch Type:** (none)  \n");
    expect(changed("infra/high: | todo: x+ y | archive:", "TODO.md")?.after).toContain(
      "**Batch Type:** [type:infra]  \n",
    );
    expect(changed("infra/high: | todo: x+ | archive:", "TODO.md", { beforeBatch: true })?.after).toContain(
      "[type:infra]",
    );
    expect(changed("infra/high: a+ | todo: | archive:", "TODO.md", { fromBacklog: true })).toBeUndefined();
  });

  test("are written archive first and index last", () => {
    const { plan } = planArchival(folderOf("infra/high: a+ | todo: x+ | archive: | index: a/backlog"), {
      today: TODAY,
      fromBacklog: true,
    });
    expect(plan?.kind).toBe("archival");
    expect(plan?.changes.map(({ path }) => path)).toEqual(["ARCHIVE.md", "TODO.md", "BACKLOG.md", "TASK_INDEX.md"]);
  });
});

describe("refused as a whole", () => {
  test.each([
    ["no-backlog", "none | todo: x+", "There is no BACKLOG.md here. Name the folder that holds it."],
    [
      "nothing-finished",
      "infra/high: a+ | todo: x",
      "No task in TODO.md is done. Set the Status of a finished one to done first.",
    ],
    [
      "damaged-note",
      "infra/high: | todo: x+^",
      `In TODO.md ${idOf("x")} (line 10) is done, but it has no \`## task_end\`. Mend it first.`,
    ],
    [
      "damaged-note",
      "infra/high: | todo: x+ | archive: z^",
      `ARCHIVE.md takes nothing at its end: ${idOf("z")} (line 5) has no \`## task_end\`. Close it first.`,
    ],
    [
      "already-archived",
      "infra/high: | todo: x+ y+ | archive: y",
      `ARCHIVE.md line 5 already holds ${idOf("y")}. Give the one in TODO.md line 26 another id, or delete it there.`,
    ],
    [
      "ambiguous-task",
      "infra/high: | todo: x+ x+ | archive:",
      `Two done tasks have the id ${idOf("x")} (TODO.md line 10 and TODO.md line 26). Give one of them another id first.`,
    ],
  ])("%s: %s", (code, line, message) => {
    expect(planArchival(folderOf(line), { today: TODAY }).refusal).toEqual({ code, message });
  });

  test("nothing-finished, of both notes where both were asked for", () => {
    const { refusal } = planArchival(folderOf("infra/high: a | todo: x"), { today: TODAY, fromBacklog: true });
    expect(refusal?.message).toContain("No task in TODO.md or BACKLOG.md is done.");
  });

  test.each([
    ["it has no header", /### # .*\n/, "A line.\n"],
    ["its header has no id", /\[id:.*?\]/, ""],
  ])("a done task of which %s", (what, found, written) => {
    const folder = folderOf("infra/high: | todo: x+", (text) => text.replace(found, written));
    const { refusal } = planArchival(folder, { today: TODAY });
    expect(refusal?.code).toBe("damaged-note");
    expect(refusal?.message).toContain(what);
  });

  test("a done task that takes no Completed date", () => {
    const folder = folderOf("infra/high: | todo: x+", (text) =>
      text.replace(/\*\*Status:.*/, "**Status:** done\nx <!-- a").replace(/\*\*Created:.*\n/, "**Notes:** b -->\n"),
    );
    const { refusal } = planArchival(folder, { today: TODAY });
    expect(refusal?.code).toBe("damaged-note");
    expect(refusal?.message).toContain("takes no Completed date");
  });

  test("ids compare without regard to case", () => {
    const folder = folderOf("infra/high: | todo: x+ | archive: x");
    const archive = parseNote(String(folder.archive?.text).replace(idOf("x"), idOf("x").toLowerCase()));
    expect(planArchival({ ...folder, archive }, { today: TODAY }).refusal?.code).toBe("already-archived");
  });

  test("an index note that takes no entry", () => {
    const folder = { ...folderOf("infra/high: | todo: x+"), index: parseNote("```\n") };
    expect(planArchival(folder, { today: TODAY }).refusal?.code).toBe("damaged-note");
  });
});
