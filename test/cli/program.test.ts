/*
 * What every call has in common: arguments, exit codes, one sentence on standard error and never a stack trace, JSON also
 * where it fails, colours. CI and agents read these, so they are pinned with real processes on the bundle.
 */
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { backlogNote, BUNDLE, createFolder, removeFolders, taskBlock } from "../support/command-line";

afterEach(removeFolders);

const COMMANDS = [
  "init",
  "check",
  "list",
  "next",
  "promote",
  "set",
  "tick",
  "archive",
  "return",
  "undo",
  "recover",
  "fix",
];

describe("help", () => {
  test("names every command", () => {
    const { exit, out, err } = createFolder().run("--help");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    for (const command of COMMANDS) expect(out).toMatch(new RegExp(`^  ${command} `, "m"));
  });

  test.each(COMMANDS)("of %s shows an example and the flags that hold everywhere", (command) => {
    const { exit, out, err } = createFolder().run(command, "--help");
    expect({ exit, err }).toEqual({ exit: 0, err: "" });
    expect(out).toMatch(new RegExp(`Example:\n {2}\\$ backlog-cards ${command}`));
    for (const flag of ["--json", "--order", "--limit", "--today"]) expect(out).toContain(flag);
  });

  // Only the command that is called is made, where it is the first word; otherwise all are.
  test.each(COMMANDS)("of %s is the same whether that alone is made or every command", (command) => {
    const folder = createFolder();
    const alone = folder.run(command, "--help");
    expect(alone.out).toContain(`Usage: backlog-cards ${command} `);
    expect(folder.run("help", command)).toEqual(alone);
    expect(folder.run("--limit", "3", command, "--help")).toEqual(alone);
    expect(folder.run("--help", command)).toEqual(folder.run("--help"));
  });

  test.each(["init", "promote", "set", "tick", "archive", "return", "undo", "recover", "fix"])(
    "of %s, which writes, offers a dry run",
    (command) => {
      expect(createFolder().run(command, "--help").out).toContain("--dry-run");
    },
  );

  test("is not needed for the version", () => {
    const { version } = JSON.parse(
      spawnSync(
        process.execPath,
        ["-p", `JSON.stringify(require(${JSON.stringify(join(__dirname, "../../package.json"))}))`],
        {
          encoding: "utf8",
        },
      ).stdout,
    ) as { version: string };
    expect(createFolder().run("--version")).toEqual({ exit: 0, out: `${version}\n`, err: "" });
  });
});

describe("a call that asks for what does not exist", () => {
  const WRONG: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /--help/],
    [["chek"], /unknown command 'chek'.*check/i],
    [["help", "chek"], /unknown command 'chek'.*check/i],
    [["help", "bogus"], /unknown command 'bogus'\.\n/i],
    [["help", "--order", "file", "bogus"], /unknown command 'bogus'\.\n/i],
    [["--limit", "3"], /Name a command.*--help/],
    [["check", ""], /The path is empty: name a folder or a note/],
    [["list", ".", ""], /The path is empty/],
    [["fix", ""], /The path is empty/],
    [["next", ""], /The path is empty/],
    [["init", ""], /The path is empty/],
    [["tick", "TASK-1", "1", "--folder", ""], /The path is empty/],
    [["check", "--nope"], /unknown option '--nope'/i],
    [["check", "--limit", "0"], /whole number of at least 1/],
    [["check", "--limit", "x"], /whole number of at least 1/],
    [["next", "--limit", "1.5"], /whole number of at least 1/],
    [["check", "--order", "foo"], /file, priority/],
    [["check", "--today", "2026-13-45"], /YYYY-MM-DD/],
    [["check", "--today", "2026-02-30"], /YYYY-MM-DD/],
    [["check", "--today", "today"], /YYYY-MM-DD/],
    [["list", "--status", "started"], /todo, in-progress, blocked, done/],
    [["next", "a", "b"], /too many arguments/i],
    [["set", "TASK-1"], /missing required argument/i],
    [["set", "TASK-1", "status"], /FIELD=VALUE/],
    [["tick", "TASK-1", "0"], /'0' is no criterion's number/],
    [["tick", "TASK-1", "two"], /'two' is no criterion's number/],
    [["fix", "--code", "nope"], /glued-marker.*tag-order/],
    [["check", "nowhere"], /There is no folder or note nowhere/],
    [["constructor"], /unknown command 'constructor'/i],
    [["next", "nowhere"], /There is no folder or note nowhere/],
    [["undo", "nowhere"], /There is no folder or note nowhere/],
    [["fix", "nowhere"], /There is no folder or note nowhere/],
    [["next", "BACKLOG.md"], /not a folder/],
  ];

  test.each(WRONG)("%j ends with 2 and one sentence", (args, sentence) => {
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock("TASK-20261123-001")]) });
    const { exit, out, err } = folder.run(...args);
    expect({ exit, out }).toEqual({ exit: 2, out: "" });
    expect(err).toMatch(sentence);
    expect(err).toMatch(/^backlog-cards: [^\n]+\n$/);
  });

  test("says so in JSON as well where that was asked for", () => {
    const { exit, json, err } = createFolder().runJson("check", "nowhere");
    expect(exit).toBe(2);
    expect(json).toEqual({
      version: 1,
      error: { code: "not-found", message: "There is no folder or note nowhere." },
    });
    expect(err).toBe("backlog-cards: There is no folder or note nowhere.\n");
  });

  test.each([[["next", "--limit", "0"]], [[]], [["help", "bogus"]], [["check", ""]]])(
    "has the code usage where the arguments are wrong: %j",
    (args) => {
      const { exit, json, err } = createFolder().runJson(...args);
      expect(exit).toBe(2);
      const message = err.replace(/^backlog-cards: /, "").trimEnd();
      expect(message).toMatch(/^[A-Z]/);
      expect(json).toEqual({ version: 1, error: { code: "usage", message } });
    },
  );

  test.each([["help"], ["help", "help"]])("is not what asks for help: %j", (...args) => {
    const folder = createFolder();
    expect(folder.run(...args)).toEqual(folder.run("--help"));
  });
});

describe("a disk that refuses", () => {
  test.each(["check", "list", "next", "promote", "archive", "undo", "fix"])(
    "%s says that BACKLOG.md is a folder, and ends with 2",
    (command) => {
      const folder = createFolder();
      mkdirSync(join(folder.path, "BACKLOG.md"));
      const { exit, err } = folder.run(command);
      expect(exit).toBe(2);
      expect(err).toMatch(/^backlog-cards: .*BACKLOG\.md.*folder.*\n$/);
    },
  );

  test("a note in the place of a folder ends init with 2", () => {
    const folder = createFolder({ work: "no folder" });
    const { exit, err } = folder.run("init", "work/here");
    expect(exit).toBe(2);
    expect(err).toMatch(/^backlog-cards: work is a file where a folder should be[^\n]*\n$/);
  });
});

describe("output", () => {
  const notes = { "BACKLOG.md": backlogNote([taskBlock("TASK-20261123-001", { incomplete: true })]) };

  test("has no colours where it is no terminal", () => {
    expect(createFolder(notes).run("check").out).not.toContain("\u001b");
  });

  test("has colours where they are forced", () => {
    expect(createFolder(notes).runWith({ FORCE_COLOR: "1" }, "check").out).toContain("\u001b[33mno-plan\u001b[39m");
  });

  test("has none with NO_COLOR, even where they are forced", () => {
    expect(createFolder(notes).runWith({ NO_COLOR: "1", FORCE_COLOR: "1" }, "check").out).not.toContain("\u001b");
  });

  test("never passes on what could steer a terminal", () => {
    const title = "\u001b]0;gotcha\u0007\u001b[2J\u009b31m\u202e";
    const folder = createFolder({ "BACKLOG.md": backlogNote([taskBlock("TASK-20261123-001", { title })]) });
    for (const args of [["check"], ["list"], ["next"], ["promote"], ["undo"]]) {
      const { out, err } = folder.run(...args);
      expect(out + err).not.toMatch(/[\u001b\u0007\u009b\u202e]/);
    }
  });

  test.each([["check"], ["list", "--json"], ["--help"], ["next", "--limit", "0", "--json"]])(
    "that the system refuses to take ends %s with 2 and a sentence",
    (...args) => {
      const command = `"${process.execPath}" "${BUNDLE}" ${args.join(" ")} > /dev/full`;
      const ended = spawnSync("bash", ["-c", command], { cwd: createFolder(notes).path, encoding: "utf8" });
      expect(ended.status).toBe(2);
      expect(ended.stderr).toMatch(/^backlog-cards: [^\n]+\n$/);
    },
  );

  test("ends quietly when its reader goes away", () => {
    const blocks = Array.from({ length: 3000 }, (_, at) =>
      taskBlock(`TASK-20261123-${at + 1000}`, { incomplete: true }),
    );
    const folder = createFolder({ "BACKLOG.md": backlogNote(blocks) });
    const command = `"${process.execPath}" "${BUNDLE}" list | head -n 1; echo "$?" "\${PIPESTATUS[0]}"`;
    const ended = spawnSync("bash", ["-c", command], { cwd: folder.path, encoding: "utf8" });
    expect(ended.stderr).toBe("");
    expect(ended.stdout.split("\n").slice(1)).toEqual(["0 0", ""]);
  });

  test("is whole where its reader is slow", () => {
    const blocks = Array.from({ length: 3000 }, (_, at) => taskBlock(`TASK-20261123-${at + 1000}`));
    const folder = createFolder({ "BACKLOG.md": backlogNote(blocks) });
    const command = `"${process.execPath}" "${BUNDLE}" list | (sleep 0.3; wc -l)`;
    expect(Number(spawnSync("bash", ["-c", command], { cwd: folder.path, encoding: "utf8" }).stdout)).toBe(3000);
  });
});

describe("global flags", () => {
  const notes = {
    "BACKLOG.md": backlogNote(
      [taskBlock("TASK-20261123-001"), taskBlock("TASK-20261123-002")],
      [],
      [taskBlock("TASK-20261123-003", { type: "config", priority: "critical" })],
    ),
  };

  test.each([[["--limit", "1", "next"]], [["next", "--limit", "1"]], [["next", "--limit=1"]]])(
    "are read in front of the command and behind it: %j",
    (args) => {
      const { json } = createFolder(notes).runJson(...args);
      expect(json["rules"]).toMatchObject({ limit: { value: 1, source: "flag" } });
      expect(json["batch"]?.["tasks"]).toHaveLength(1);
    },
  );

  test("decide the order of groups", () => {
    const ids = (order: string): unknown =>
      createFolder(notes).runJson("next", "--order", order).json["batch"]?.["tasks"]?.[0]?.["id"];
    expect([ids("file"), ids("priority")]).toEqual(["TASK-20261123-001", "TASK-20261123-003"]);
  });

  test("give the day that is written", () => {
    const folder = createFolder(notes);
    expect(folder.run("promote", "--today", "2026-02-04").exit).toBe(0);
    expect(folder.read("BACKLOG.md")).toContain("moved to TODO.md on 2026-02-04 -->");
  });
});
