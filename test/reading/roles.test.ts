// What each rendered part of a note is shown as, by its lines. The app renders part by part and keeps parts whose text did
// not change, so a wrong answer here leaves bits of source below a card, or hides text that belongs to nobody.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { mayHoldMarkers, NoteRoles } from "../../src/reading/roles";

/** The role of each line by itself, as letters: task, group, end, rules, hidden, `.` for plain. */
function sketch(...lines: readonly string[]): string {
  const letters = { task: "T", group: "G", "group-end": "E", rules: "R", hidden: "h", plain: "." };
  const roles = new NoteRoles(lines.join("\n"));
  return lines.map((_, line) => letters[roles.roleOf(line, line).kind]).join("");
}

const TASK = ["## task_begin", "### # [id:A] Title", "text", "## task_end"];

describe("a task block", () => {
  it("is a card at its begin marker, and hidden down to its end marker", () => {
    expect(sketch("before", ...TASK, "after")).toBe(".Thhh.");
  });

  it("hides parts of several lines that lie in it, and leaves those that reach out of it", () => {
    const roles = new NoteRoles(["before", ...TASK, "after"].join("\n"));
    expect(roles.roleOf(2, 4).kind).toBe("hidden");
    expect(roles.roleOf(3, 5).kind).toBe("plain");
    expect(roles.roleOf(0, 1).kind).toBe("plain");
  });

  it("stays as it is where nothing closes it", () => {
    expect(sketch("## task_begin", "### # [id:A] Title", ...TASK)).toBe("..Thhh");
    expect(sketch("## task_begin", "### # [id:A] Title", "text")).toBe("...");
  });

  it("stays as it is in a list, which the app renders as one part", () => {
    const roles = new NoteRoles(["- entry", "", ...TASK.map((line) => `  ${line}`)].join("\n"));
    expect(roles.roleOf(0, 5).kind).toBe("plain");
  });

  it("is found in text with a byte-order mark and other line ends", () => {
    const roles = new NoteRoles(`\ufeffbefore\r\n\r\n${TASK.join("\r\n")}\r\n`);
    expect(roles.roleOf(2, 2)).toEqual({ kind: "task", task: 0 });
    expect(roles.roleOf(5, 5).kind).toBe("hidden");
    expect(roles.roleOf(6, 6).kind).toBe("plain");
  });

  it("is no card in a fence", () => {
    expect(sketch("```", ...TASK, "```")).toBe("......");
  });
});

describe("a group", () => {
  const GROUP = "## group_begin [type:a][priority:high]";

  it("is a band at its marker, takes its title with it, and ends in a line", () => {
    expect(sketch(GROUP, "", "## Title", "", ...TASK, "", "## group_end", "after")).toBe("Ghh.Thhh.E.");
  });

  it("leaves the rules between its tasks", () => {
    expect(sketch(GROUP, ...TASK, "", "---", "", ...TASK, "## group_end")).toBe("GThhh...ThhhE");
  });

  it("is one line with all that is left in it where it is empty", () => {
    const moved = "<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->";
    expect(sketch(GROUP, "## Title", "", moved, "", "---", " - - -", "## group_end", "after")).toBe("Ghhhhhhh.");
    expect(sketch(GROUP, "## group_end")).toBe("Gh");
  });

  it("takes what is left in it only up to its end marker: without one the note goes on as it was", () => {
    expect(sketch(GROUP, "## Title", "", "---", "", GROUP, "## Other", "", "---")).toBe("Gh...Gh..");
  });

  it("is not empty where any text stands in it", () => {
    expect(sketch(GROUP, "## Title", "Nothing here yet.", "## group_end")).toBe("Gh.E");
  });

  it("counts what its moved notes name", () => {
    const moved = "<!-- Tasks A, B moved to TODO.md on 2026-02-04 -->";
    const roles = new NoteRoles([GROUP, moved, "", moved, "## group_end", GROUP, "## group_end"].join("\n"));
    expect([roles.countMoved(0), roles.countMoved(1)]).toEqual([4, 0]);
  });

  it("has no end where the marker ends no group", () => {
    expect(sketch("## group_end", "text")).toBe("..");
  });
});

it("shows the rules comment as one part, before any marker only", () => {
  expect(sketch("# Backlog", "<!--", "Take up to 3 tasks", "-->", ...TASK, "<!-- later -->")).toBe(".RhhThhh.");
});

it("leaves a rules comment with text behind it, which shows", () => {
  expect(sketch("<!--", "Take up to 3 tasks", "--> text", ...TASK)).toBe("...Thhh");
  expect(sketch("%%", "Take up to 3 tasks", "%% text", ...TASK)).toBe("...Thhh");
});

it("glances at a text without reading it", () => {
  expect(mayHoldMarkers("no markers")).toBe(false);
  expect(mayHoldMarkers(TASK.join("\n"))).toBe(true);
});

describe("the sample notes", () => {
  const folder = join(__dirname, "..", "..", "playground");
  const notes = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".md"));

  it("are there", () => expect(notes.length).toBeGreaterThan(10));

  it.each(notes)(
    "%s has a card for each closed block, a band for each group, and nothing hidden outside of them",
    (path) => {
      const text = readFileSync(join(folder, path), "utf8");
      const roles = new NoteRoles(text);
      const count = { task: 0, group: 0, "group-end": 0, rules: 0, hidden: 0, plain: 0 };
      const lines = text.split(/\r?\n/);
      for (const line of lines.keys()) count[roles.roleOf(line, line).kind]++;
      expect(count.task).toBe(roles.note.tasks.filter(({ closed }) => closed).length);
      expect(count.group).toBe(roles.note.groups.length);
      const closed = roles.note.tasks.filter((task) => task.closed);
      const inTasks = closed.flatMap(({ from, to, line }) => {
        const count = text.slice(from, to).split(/\r?\n/).length;
        return Array.from({ length: count }, (_, at) => line - 1 + at);
      });
      expect(inTasks.map((line) => roles.roleOf(line, line).kind)).not.toContain("plain");
      expect(count.hidden).toBeLessThanOrEqual(inTasks.length + countHeadLines(roles));
    },
  );
});

/** Lines that bands and the rules line take with them. */
function countHeadLines({ text, note: { groups, rulesComment } }: NoteRoles): number {
  const spans = groups.map((group) =>
    group.tasks.length > 0 ? [group.from, group.titleSpan?.to ?? group.markerTo] : [group.from, group.to],
  );
  if (rulesComment) spans.push([rulesComment.from, rulesComment.to]);
  return spans.reduce((sum, [from, to]) => sum + text.slice(from, to).split("\n").length, 0);
}
