import { spawnSync } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** The bundle under test. `npm test` builds it before the tests. */
export const BUNDLE = join(__dirname, "../../dist/backlog-cards.mjs");

/** How a process ended. */
export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** A folder of its own for one test, with notes in it. */
export interface TestFolder {
  readonly path: string;
  /** Runs the command line in it as a process of its own. */
  run(...args: readonly string[]): Ended;
  runWith(environment: Readonly<Record<string, string>>, ...args: readonly string[]): Ended;
  /** Runs it with `--json` and gives what standard output holds. */
  runJson(...args: readonly string[]): { readonly exit: number | null; readonly json: Json; readonly err: string };
  write(path: string, content: string | Uint8Array): void;
  read(path: string): string;
  has(path: string): boolean;
  /** Every file and folder with its kind, size, time of change and content, so that any write shows. */
  listAll(): readonly string[];
}

/** What JSON.parse gives, for tests to look into. */
export interface Json {
  readonly [name: string]: Json;
}

const folders: string[] = [];

/** Creates a folder with these notes; `removeFolders` takes it away. */
export function createFolder(notes: Readonly<Record<string, string | Uint8Array>> = {}): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "backlog-cards-"));
  folders.push(path);
  const runWith: TestFolder["runWith"] = (environment, ...args) => {
    if (!existsSync(BUNDLE)) throw new Error(`${BUNDLE} is missing: run \`npm run build\` first`);
    const inherited = Object.entries(process.env).filter(([name]) => !/^(?:NO|FORCE)_COLOR$/.test(name));
    const ended = spawnSync(process.execPath, [BUNDLE, ...args], {
      cwd: path,
      encoding: "utf8",
      env: { ...Object.fromEntries(inherited), ...environment },
      maxBuffer: 1 << 28,
    });
    return { exit: ended.status, out: ended.stdout, err: ended.stderr };
  };
  const folder: TestFolder = {
    path,
    run: (...args) => runWith({}, ...args),
    runWith,
    runJson: (...args) => {
      const { exit, out, err } = folder.run("--json", ...args);
      return { exit, json: JSON.parse(out) as Json, err };
    },
    write: (name, content) => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), content);
    },
    read: (name) => readFileSync(join(path, name), "utf8"),
    has: (name) => existsSync(join(path, name)),
    listAll: () => listBelow(path, ""),
  };
  for (const [name, content] of Object.entries(notes)) folder.write(name, content);
  return folder;
}

/** Removes the folders of all tests so far. */
export function removeFolders(): void {
  for (const path of folders.splice(0)) rmSync(path, { recursive: true, force: true });
}

function listBelow(root: string, path: string): readonly string[] {
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => {
      const at = join(path, name);
      const stats = lstatSync(join(root, at), { bigint: true });
      const line = `${at} ${stats.mode} ${stats.size} ${stats.mtimeNs} ${stats.ctimeNs} ${stats.ino}`;
      if (stats.isDirectory()) return [line, ...listBelow(root, at)];
      return [stats.isFile() ? `${line} ${readFileSync(join(root, at), "latin1")}` : line];
    });
}

/** What is special of a task that `taskBlock` writes. */
export interface TaskParts {
  readonly type?: string;
  readonly priority?: string;
  readonly status?: string;
  readonly title?: string;
  /** Without Plan, Estimated Effort and Relevant Documentation. */
  readonly incomplete?: boolean;
}

/** A task block, complete unless it is to be incomplete; with one open criterion. */
export function taskBlock(id: string, parts: TaskParts = {}): string {
  const { type = "docs", priority = "high", status = "todo", title = `Write ${id}`, incomplete = false } = parts;
  const rest = incomplete
    ? []
    : [
        "**Relevant Documentation:** `docs/guide.md`  ",
        "**Plan:**  ",
        "1. Read it",
        "2. Write it",
        "3. Link it",
        "**Estimated Effort:** 2 hours  ",
      ];
  return [
    "## task_begin",
    `### # [id:${id}][type:${type}][priority:${priority}][component:site] ${title}`,
    `**Status:** ${status}  `,
    "**Acceptance Criteria:**  ",
    "- [ ] It is there",
    "- [ ] It is linked",
    ...rest,
    "## task_end",
  ].join("\n");
}

/** A backlog note with one group for each list of blocks: docs/high, then infra/medium, then config/critical. */
export function backlogNote(...groups: readonly (readonly string[])[]): string {
  const tags = ["[type:docs][priority:high]", "[type:infra][priority:medium]", "[type:config][priority:critical]"];
  const texts = groups.map((blocks, at) =>
    [
      `## group_begin ${tags[at] ?? ""}`,
      `### Group ${at + 1}`,
      "",
      blocks.join("\n\n---\n\n"),
      "",
      "## group_end",
    ].join("\n"),
  );
  return ["# Backlog", "", texts.join("\n\n"), ""].join("\n");
}
