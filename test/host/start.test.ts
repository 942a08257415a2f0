// Pins `npm start`: it serves a folder of notes as it is, says where, leaves nothing behind in it and ends at Ctrl+C.
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const START = join(__dirname, "start.mjs");

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "npm-start-"));
  await writeFile(join(folder, "a.md"), "a");
});

afterEach(() => rm(folder, { recursive: true }));

interface Run {
  readonly child: ChildProcess;
  /** What it printed so far. */
  readonly output: () => string;
  readonly ended: Promise<number | null>;
}

function run(...words: readonly string[]): Run {
  const child = spawn(process.execPath, [START, ...words, "--no-open"]);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return { child, output: () => output, ended: new Promise((resolve) => child.on("close", resolve)) };
}

test.each(["6.38.6", "newest"])("a folder of notes is shown over CodeMirror %s until Ctrl+C", async (codemirror) => {
  const { child, output, ended } = run(folder, "--codemirror", codemirror);
  while (!output().includes("Ctrl+C") && child.exitCode === null)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(output()).toContain(`Notes:   ${folder} (the files themselves`);
  expect(output()).toContain(`CodeMirror ${codemirror}`);
  const url = /^Address: (\S+)$/m.exec(output())?.[1] ?? "";
  for (const path of ["", "host.js", "theme.css", "plugin/main.js", "plugin/styles.css", "plugin/manifest.json"]) {
    expect((await fetch(new URL(path, url))).status).toBe(200);
  }
  child.kill("SIGINT");
  expect(await ended).toBe(0);
  expect(await readdir(folder)).toEqual(["a.md"]);
});

test("a folder that is not there is told, and so is a version that is not built", async () => {
  const missing = run(join(folder, "missing"));
  expect(await missing.ended).toBe(1);
  expect(missing.output()).toBe(`There is no folder ${join(folder, "missing")}.\n`);
  const version = run(folder, "--codemirror", "5");
  expect(await version.ended).toBe(1);
  expect(version.output()).toBe("--codemirror is one of 6.38.6, newest.\n");
});
