// Pins that a call of the app's command line is the call of the shell's: over equal copies of a vault both give the same
// text, the same JSON and the same bytes. An agent that learned one has learned the other; only the hint how to take a move
// back names the call that is at hand. And that what is typed and not saved counts, and that nothing ever opens.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createFolder, removeFolders, type Ended, type TestFolder } from "../support/command-line";
import { idOf } from "../support/notation";
import { writeBacklogFolder } from "./support/backlog-vault";
import { CODEMIRRORS, openHost, type Host } from "./support/harness";

const TODAY = "2026-02-05";

const WORK = writeBacklogFolder(
  "work",
  "infra/high: a b! c d; docs/low: e f g | todo: h+ i~ | index: a/backlog h/todo",
);
const VAULT: Readonly<Record<string, string>> = {
  ...WORK,
  "work/other.md": (WORK["work/TODO.md"] ?? "").replaceAll("TASK-20260204-", "TASK-20260101-"),
  ...mapTexts(writeBacklogFolder("my docs/site's", "docs/medium: j k l | archive: m+"), (text) =>
    text.replaceAll("\n", "\r\n"),
  ),
  ...writeBacklogFolder("deep/er", "infra/high: n! o | todo: p@docs"),
  ...writeBacklogFolder("deep/node_modules/x", "infra/high: q"),
  "deep/plain/notes.txt": "Nothing.\n",
  "empty/note.md": "# A note\n",
};

type Flags = Readonly<Record<string, string>>;

/** One call, as the app has it and as the shell has it. */
type Row = readonly [command: string, flags: Flags, args: readonly string[]];

const on = { json: "true" } as const;
const dry = { "dry-run": "true" } as const;

const READING: readonly Row[] = [
  ["check", {}, []],
  ["check", { folder: "work" }, ["work"]],
  ["check", { path: "work/TODO.md" }, ["work/TODO.md"]],
  ["check", { path: "./work//other.md" }, ["./work//other.md"]],
  ["check", { folder: "deep", path: "work/TODO.md" }, ["deep", "work/TODO.md"]],
  ["check", { folder: "deep/node_modules" }, ["deep/node_modules"]],
  ["check", { path: "nowhere" }, ["nowhere"]],
  ["check", { path: "" }, [""]],
  ["list", {}, []],
  ["list", { ready: "true", type: "Docs" }, ["--ready", "--type", "Docs"]],
  ["list", { incomplete: "true", folder: "deep" }, ["--incomplete", "deep"]],
  ["list", { status: "done" }, ["--status", "done"]],
  ["list", { open: "true", path: "work" }, ["--open", "work"]],
  ["next", {}, []],
  ["next", { folder: "work" }, ["work"]],
  ["next", { folder: "work/" }, ["work/"]],
  [
    "next",
    { folder: "my docs/site's", order: "priority", limit: "2" },
    ["my docs/site's", "--order=priority", "--limit=2"],
  ],
  ["next", { folder: "deep/er" }, ["deep/er"]],
  ["next", { folder: "empty/note.md" }, ["empty/note.md"]],
  ["next", { folder: "nowhere" }, ["nowhere"]],
  ["promote", { folder: "deep" }, ["deep"]],
  ["promote", { folder: "deep/er" }, ["deep/er"]],
  ["promote", { folder: "my docs/site's", ...dry }, ["my docs/site's", "--dry-run"]],
  ["archive", { folder: "work", ...dry }, ["work", "--dry-run"]],
  ["archive", { folder: "deep/er" }, ["deep/er"]],
  ["return", { folder: "work", id: "TASK-1" }, ["TASK-1", "--folder", "work"]],
  ["set", { folder: "work", id: idOf("a"), status: "off" }, [idOf("a"), "status=off", "--folder", "work"]],
  ["tick", { folder: "work", id: idOf("a"), n: "9" }, [idOf("a"), "9", "--folder", "work"]],
  ["tick", { folder: "work", id: idOf("a"), n: "two" }, [idOf("a"), "two", "--folder", "work"]],
  ["undo", { folder: "work" }, ["work"]],
  ["recover", { folder: "work" }, ["work"]],
];

const WRITING: readonly Row[] = [
  [
    "set",
    { id: idOf("i"), status: "todo", effort: "3 days", folder: "work" },
    [idOf("i"), "status=todo", "effort=3 days", "--folder", "work"],
  ],
  ["tick", { id: idOf("a"), n: "1", untick: "true", folder: "work" }, [idOf("a"), "1", "--untick", "--folder", "work"]],
  ["tick", { id: idOf("a"), n: "1", folder: "work" }, [idOf("a"), "1", "--folder", "work"]],
  [
    "promote",
    { folder: "work", "archive-done": "true", goal: "Ship it" },
    ["work", "--archive-done", "--goal", "Ship it"],
  ],
  ["return", { id: idOf("a"), folder: "work" }, [idOf("a"), "--folder", "work"]],
  ["undo", { folder: "work" }, ["work"]],
  ["undo", { folder: "work" }, ["work"]],
  ["archive", { folder: "work" }, ["work"]],
  ["promote", { folder: "my docs/site's" }, ["my docs/site's"]],
  ["undo", { folder: "my docs/site's", ...dry }, ["my docs/site's", "--dry-run"]],
  ["undo", { folder: "my docs/site's" }, ["my docs/site's"]],
  ["promote", { folder: "my docs/site's", limit: "1", ...on }, ["my docs/site's", "--limit", "1", "--json"]],
  [
    "set",
    { id: idOf("j"), status: "done", folder: "my docs/site's", ...on },
    [idOf("j"), "status=done", "--folder", "my docs/site's", "--json"],
  ],
  ["archive", { folder: "my docs/site's", ...on }, ["my docs/site's", "--json"]],
  ["recover", { folder: "my docs/site's", ...on }, ["my docs/site's", "--json"]],
  ["undo", { folder: "my docs/site's", ...on }, ["my docs/site's", "--json"]],
];

function mapTexts(
  texts: Readonly<Record<string, string>>,
  change: (text: string) => string,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, change(text)]));
}

/** What the app would print where the shell prints this: with the app's own call in the hint, and the app's way to start. */
function inApp({ out, err }: Ended): string {
  return [out, err]
    .filter((part) => part !== "")
    .map((part) => part.replace(/\n$/, ""))
    .join("\n\n")
    .replaceAll(
      /backlog-cards (undo|recover)(?: ('(?:[^'\n]|'\\'')*'|[^\s'`]+))?/g,
      (_, command: string, folder = "") => {
        const flag = String(folder).replace(/^('?)(?=.)/, "$1folder=");
        return `obsidian vault=vault backlog-cards:${command}${flag === "" ? "" : ` ${flag}`}`;
      },
    )
    .replaceAll(/`backlog-cards init[^`]*`/g, "“Backlog Cards: Start a backlog in a folder” in the command palette");
}

/**
 * Every file of a vault with its bytes; of the states, which have random names in them, the names alone. The app moves into
 * `.trash` what it removes.
 */
function listFiles(root: string, path = ""): readonly (readonly [string, string])[] {
  return readdirSync(join(root, path), { withFileTypes: true })
    .filter(({ name }) => name !== ".obsidian" && name !== ".trash")
    .flatMap((entry) => {
      const at = join(path, entry.name);
      if (entry.isDirectory()) return listFiles(root, at);
      return [[at, at.includes(".backlog-cards") ? "" : readFileSync(join(root, at), "latin1")] as const];
    })
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

const known = new Map<string, Ended>();

/** What the shell says to a call that changes nothing: asked once for all versions of CodeMirror. */
function runOnce(shell: TestFolder, ...args: readonly string[]): Ended {
  const key = JSON.stringify(args);
  const ended = known.get(key) ?? shell.run(...args, "--today", TODAY);
  known.set(key, ended);
  return ended;
}

describe.each(CODEMIRRORS)("the app's command line, over CodeMirror %s", (codemirror) => {
  let host: Host;
  let shell: TestFolder;

  const call = (command: string, flags: Flags = {}): Promise<string> =>
    host.page.evaluate(([name, given]) => window.host.runCli(`backlog-cards:${name}`, given), [
      command,
      flags,
    ] as const);
  const compare = async ([command, flags, args]: Row): Promise<void> => {
    const said = await call(command, { today: TODAY, ...flags });
    const ended = shell.run(command, "--today", TODAY, ...args);
    expect(said).toBe(flags["json"] === "true" ? ended.out.trimEnd() : inApp(ended));
    expect(listFiles(host.vaultPath)).toEqual(listFiles(shell.path));
  };
  const open = async (vault: Readonly<Record<string, string>>, notes: readonly string[] = []): Promise<void> => {
    host = await openHost({ codemirror, vault, open: notes.map((path) => ({ path })) });
    shell = createFolder(vault);
  };
  /** Types at the end of a line that holds a text. Nothing is saved. */
  const type = (line: string, text: string): Promise<void> =>
    host.page.evaluate(
      ([wanted, typed]) => {
        const { editor } = window.host.app.workspace.activeEditor ?? {};
        const at =
          editor
            ?.getValue()
            .split("\n")
            .findIndex((one) => one.includes(wanted)) ?? -1;
        if (!editor || at < 0) throw new Error(`no line holds "${wanted}"`);
        editor.replaceRange(typed, { line: at, ch: editor.getLine(at).length });
      },
      [line, text] as const,
    );

  const close = async (): Promise<void> => {
    expect(await host.page.locator(".modal-container, .notice").allTextContents()).toEqual([]);
    expect(host.errors()).toEqual([]);
    await host.close();
    removeFolders();
  };

  describe("where nothing is written", () => {
    let before: ReturnType<typeof listFiles>;

    beforeAll(async () => {
      await open(VAULT);
      before = listFiles(host.vaultPath);
    });
    afterAll(close);

    test.each(READING)(
      "says the same to %s with %j as the shell, in text and in JSON",
      async (command, flags, args) => {
        const ended = runOnce(shell, command, ...args);
        expect(await call(command, { today: TODAY, ...flags })).toBe(inApp(ended));
        const { out } = runOnce(shell, command, ...args, "--json");
        expect(await call(command, { today: TODAY, ...flags, ...on })).toBe(inApp({ ...ended, out, err: "" }));
      },
    );

    test("leaves everything as it was", () => {
      expect([listFiles(host.vaultPath), listFiles(shell.path)]).toEqual([before, before]);
    });
  });

  describe("where something is written, call after call", () => {
    beforeAll(() => open(VAULT, ["work/TODO.md", "work/BACKLOG.md"]));
    afterAll(close);

    test.each(WRITING)("%s with %j leaves what the shell leaves, and says the same of it", (...row) => compare(row));
  });

  describe("besides", () => {
    afterEach(close);

    test("goes by what is typed and not saved yet, and loses none of it", async () => {
      await open(VAULT, ["work/BACKLOG.md"]);
      await type("Do a", ", and more");
      // What only reads does not even wait for the disk to be writable.
      const held = host.faults.hold({ operation: "changing" });
      expect(await call("list", { folder: "work" })).toMatch(/Do a, and more$/m);
      expect(await call("next", { folder: "work" })).toContain("TASK-20260204-A");
      expect(await host.read("work/BACKLOG.md")).toBe(VAULT["work/BACKLOG.md"]);
      held.release();
      expect(await call("promote", { folder: "work", "archive-done": "true" })).toContain(
        "  TASK-20260204-A  Do a, and more",
      );
      expect(await host.read("work/TODO.md")).toContain("Do a, and more");
      expect(await host.read("work/BACKLOG.md")).not.toContain("Do a, and more");
      await type("Do e", " twice");
      expect(await call("undo", { folder: "work" })).toContain("Took back the last move");
      expect(await host.read("work/BACKLOG.md")).toMatch(/Do a, and more[^]*Do e twice/);
    });

    test("makes two calls at once one after the other", async () => {
      await open(VAULT);
      const calls = [
        call("set", { folder: "work", id: idOf("i"), status: "done" }),
        call("promote", { folder: "work", "archive-done": "true" }),
        call("list", { folder: "work", status: "done" }),
        call("set", { folder: "work", id: idOf("c"), status: "blocked" }),
      ] as const;
      const [set, promoted, listed, blocked] = await Promise.all(calls);
      expect(set).toContain(`Set of ${idOf("i")}: status=done`);
      expect(promoted).toContain("Archived 2 tasks in ARCHIVE.md:");
      expect(listed).toMatch(/^work\/ARCHIVE\.md:\d+ .*-H .*\nwork\/ARCHIVE\.md:\d+ .*-I .*/);
      expect(blocked).toContain(`Set of ${idOf("c")}: status=blocked`);
      expect(await host.read("work/TODO.md")).toContain("**Status:** blocked");
    });

    test("names the vault's only backlog folder itself, and the vault's root where that is one", async () => {
      await open(writeBacklogFolder("only/one", "infra/high: a"));
      expect(await call("promote", { today: TODAY })).toBe(inApp(shell.run("promote", "only/one", "--today", TODAY)));
      expect(await host.read("only/one/TODO.md")).toContain("Do a");
      await host.write("BACKLOG.md", WORK["work/BACKLOG.md"] ?? "");
      await host.settled();
      shell.write("BACKLOG.md", WORK["work/BACKLOG.md"] ?? "");
      for (const flags of [{}, on]) await compare(["next", flags, Object.keys(flags).map((name) => `--${name}`)]);
      await compare(["promote", {}, []]);
      await compare(["undo", { folder: "." }, ["."]]);
    });

    test("follows the settings of the vault", async () => {
      await open(VAULT);
      const settings = '{"rules":{"limit":2,"order":"priority"},"names":{"todo":"DOING.md"}}';
      const place = ".obsidian/plugins/backlog-cards/data.json";
      await host.write(place, settings);
      await host.settled();
      shell.write(place, settings);
      await compare(["next", { folder: "work" }, ["work"]]);
      await compare(["promote", { folder: "work" }, ["work"]]);
      expect(await host.read("work/DOING.md")).toContain("Do a");
    });

    test("respects the lock of another program, and a move that it left half done", async () => {
      await open(WORK);
      // Not while it starts, when the app itself would ask what to do with it.
      await host.settled();
      await host.write("work/.backlog-cards/journal.json", "{}\n");
      shell.write("work/.backlog-cards/journal.json", "{}\n");
      for (const flags of [{}, on]) {
        const args = Object.keys(flags).map((name) => `--${name}`);
        await compare(["check", flags, args]);
        await compare(["promote", { folder: "work", ...dry, ...flags }, ["work", "--dry-run", ...args]]);
        await compare(["recover", { folder: "work", ...flags }, ["work", ...args]]);
      }
      await compare(["recover", { folder: "work", discard: "true" }, ["work", "--discard"]]);
      const owner = { pid: process.pid, host: "elsewhere", token: "a", started: null };
      await host.write("work/.backlog-cards/lock", `${JSON.stringify(owner)}\n`);
      expect(await call("next", { folder: "work" })).toContain(
        `Process ${process.pid} on elsewhere is moving tasks here: try again when it is done.`,
      );
    });

    test("says what is wrong with a call in a sentence, in JSON too, and reports a bug on the console", async () => {
      await open(VAULT);
      expect(await call("next", { nope: "true" })).toBe("backlog-cards: Unknown flag 'nope'.");
      expect(await call("return", { folder: "work" })).toBe("backlog-cards: Missing required argument 'id'.");
      expect(await call("set", { folder: "work", id: "TASK-1" })).toBe(
        "backlog-cards: Missing required argument 'field=value'.",
      );
      expect(await call("check", { path: "../other" })).toBe("backlog-cards: ../other is outside the vault.");
      expect(await call("check", { path: "empty/note.md" })).toBe(
        "backlog-cards: empty/note.md is no note of a backlog folder: there is no BACKLOG.md beside it " +
          "(“Backlog Cards: Start a backlog in a folder” in the command palette starts a backlog).",
      );
      expect(JSON.parse(await call("tick", { id: "TASK-1", ...on }))).toEqual({
        version: 1,
        error: { code: "usage", message: "Missing required argument 'n'." },
      });
    });

    test("says what the disk refuses, in the JSON as an error of io", async () => {
      await open(VAULT);
      host.faults.refuse({ path: "work/BACKLOG.md", operation: "read" }, "EACCES", Infinity);
      const answer = JSON.parse(await call("promote", { folder: "work", ...on })) as { error: { code: string } };
      expect(answer.error.code).toBe("io");
    });

    test("is not there where the app has none, and all else works", async () => {
      await open(VAULT, ["work/BACKLOG.md"]);
      const said = await host.page.evaluate(async () => {
        const { modules, loadPlugin, unloadPlugin, runCli } = window.host;
        await unloadPlugin();
        const prototype = modules.obsidian.Plugin.prototype as { registerCliHandler?: unknown };
        const handler = prototype.registerCliHandler;
        delete prototype.registerCliHandler;
        await loadPlugin();
        prototype.registerCliHandler = handler;
        return runCli("backlog-cards:check").catch((error: unknown) => (error as Error).message);
      });
      expect(said).toBe('The command line has no "backlog-cards:check".');
      await host.page.locator(".backlog-card").first().waitFor();
    });
  });
});
