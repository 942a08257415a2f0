// `npm run bench`: ratios within one run, so that the machine's own speed cancels out. Nothing here is a test.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const CLI = join(ROOT, "dist", "backlog-cards.mjs");
const folder = mkdtempSync(join(tmpdir(), "backlog-cards-bench-"));

/** A backlog of so many tasks, about 1.6 kB each, in groups of 50. */
function makeBacklog(tasks) {
  const words = "Optimize the connection pool of the database so that a request waits for nothing but its own query. ";
  const parts = ["# Backlog\n"];
  for (let number = 1; number <= tasks; number++) {
    if (number % 50 === 1) parts.push("## group_begin [type:infra][priority:high]\n## Infrastructure\n");
    const id = `TASK-${20260101 + Math.floor(number / 1000)}-${String(number % 1000).padStart(3, "0")}`;
    parts.push(
      "## task_begin",
      `### # [id:${id}][type:infra][priority:high][component:platform] Task ${number}`,
      "**Status:** todo  ",
      `**Description:** ${words.repeat(6)}  `,
      "**Acceptance Criteria:**  ",
      ...[1, 2, 3, 4, 5].map((at) => `- [ ] Outcome ${at} is there — and measured, over a week`),
      "**Relevant Files:** `server/db/`, `server/index.ts`, `docs/architecture/`  ",
      "**Relevant Documentation:** `docs/architecture/components.md`, `docs/performance.md` — limits  ",
      "**Plan:**  ",
      ...[1, 2, 3, 4, 5].map((at) => `${at}. Step ${at}: look at what is there, change one thing, measure it again`),
      "**Estimated Effort:** 2 days",
      "## task_end",
      "",
      "---",
      "",
    );
    if (number % 50 === 0 || number === tasks) parts.push("## group_end\n");
  }
  return parts.join("\n");
}

function time(run, rounds) {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

const bare = ["-e", "0"];
function runNode(args) {
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status === 2 || status === null) throw new Error(stderr);
}

/** Both in turn, so that whatever else the machine does meets both. */
function timeProcesses(one, other, rounds) {
  const best = [Infinity, Infinity];
  for (let round = 0; round < rounds; round++) {
    [one, other].forEach((args, at) => {
      best[at] = Math.min(
        best[at],
        time(() => runNode(args), 1),
      );
    });
  }
  return best;
}

/** Peak resident memory of a process, in bytes. */
function peakMemory(args) {
  const probe = `process.on("exit", () => process._rawDebug("peak=" + process.resourceUsage().maxRSS));`;
  const file = join(folder, "probe.cjs");
  writeFileSync(file, probe);
  const { stderr } = spawnSync(process.execPath, ["--require", file, ...args], {
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  return Number(/peak=(\d+)/.exec(stderr)?.[1]) * 1024;
}

function say(what, value, unit, bound) {
  console.log(
    `${what.padEnd(72)} ${value.toFixed(2).padStart(9)} ${unit}${bound === undefined ? "" : `   (bound ${bound})`}`,
  );
}

async function loadCore() {
  const entry = join(folder, "core.ts");
  const from = (path) => JSON.stringify(join(ROOT, path));
  writeFileSync(
    entry,
    `export { checkFolder } from ${from("src/core/check")};
     export { parseNote } from ${from("src/core/note")};
     export { LineScanner } from ${from("src/core/lines")};
     export { DEFAULT_NAMES } from ${from("src/core/folder")};
     export { fromMarkdown } from "mdast-util-from-markdown";`,
  );
  const outfile = join(folder, "core.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    nodePaths: [join(ROOT, "node_modules")],
  });
  return import(pathToFileURL(outfile).href);
}

/** The editor's field over a real CodeMirror state. Nothing is drawn, so of the app's module nothing is called. */
async function loadEditor() {
  const entry = join(folder, "editor.ts");
  const from = (path) => JSON.stringify(join(ROOT, path));
  writeFileSync(
    entry,
    `export { EditorState } from "@codemirror/state";
     export { bareContext } from ${from("src/core/context")};
     export { DEFAULT_NAMES } from ${from("src/core/folder")};
     export { cardField } from ${from("src/editor/card-field")};
     export { cardHost } from ${from("src/editor/host")};`,
  );
  const app = join(folder, "app.ts");
  writeFileSync(app, "export const setIcon = () => {}, editorLivePreviewField = {}, setTooltip = () => {};");
  const outfile = join(folder, "editor.mjs");
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    nodePaths: [join(ROOT, "node_modules")],
    alias: { obsidian: app },
    logLevel: "error",
  });
  return import(pathToFileURL(outfile).href);
}

/** One keystroke in the middle of a note, in milliseconds: the state of an editor, with cards and without. */
function timeKeystroke({ EditorState, bareContext, DEFAULT_NAMES, cardField, cardHost }, tasks, withCards) {
  const context = bareContext("backlog", DEFAULT_NAMES, {});
  const host = { enabled: () => true, contextOf: () => context };
  const extensions = withCards ? [cardHost.of(host), cardField] : [];
  const doc = makeBacklog(tasks);
  const at = doc.indexOf("wait", doc.length / 2);
  let state = EditorState.create({ doc, extensions });
  const type = () => {
    state = state.update({ changes: { from: at, insert: "x" } }).state;
    if (withCards) state.field(cardField);
  };
  for (let round = 0; round < 300; round++) type();
  const rounds = Array.from({ length: 9 }, () => time(() => Array.from({ length: 50 }, type), 1) / 50);
  return rounds.sort((a, b) => a - b)[4];
}

try {
  const text = makeBacklog(1000);
  const vault = join(folder, "vault");
  mkdirSync(vault);
  writeFileSync(join(vault, "BACKLOG.md"), text);
  const megabytes = Buffer.byteLength(text) / 1e6;
  console.log(`1,000 tasks, ${megabytes.toFixed(2)} MB, node ${process.version}\n`);

  const [none, check] = timeProcesses(bare, [CLI, "check", vault], 25);
  say("`node -e 0`, whole process", none, "ms");
  say("`backlog-cards check` of 1,000 tasks, whole process", check, "ms");
  say("  as a multiple of `node -e 0`", check / none, "times", 2);
  const [, list] = timeProcesses(bare, [CLI, "list", vault], 10);
  say("`backlog-cards list` of 1,000 tasks, as a multiple of `node -e 0`", list / none, "times");

  const { checkFolder, parseNote, LineScanner, DEFAULT_NAMES, fromMarkdown } = await loadCore();
  const texts = [{ path: "BACKLOG.md", kind: "backlog", text }];
  const scan = time(() => {
    const scanner = new LineScanner(text);
    while (scanner.next());
  }, 20);
  const core = time(() => checkFolder(texts, DEFAULT_NAMES, {}, {}), 20);
  const tree = time(() => fromMarkdown(text), 1);
  say("core: lines scanned", scan, "ms");
  say("core: parsed and checked", core, "ms", 30);
  say("mdast over the same text", tree, "ms");
  say("  mdast as a multiple of parsed and checked", tree / core, "times");

  const editor = await loadEditor();
  const small = timeKeystroke(editor, 30, true);
  const big = timeKeystroke(editor, 3000, true);
  say("a keystroke among 3,000 cards (state alone)", big, "ms");
  say("  as a multiple of one among 30 cards", big / small, "times");
  say("  without cards", timeKeystroke(editor, 3000, false), "ms");

  const large = makeBacklog(30_000);
  writeFileSync(join(vault, "BACKLOG.md"), large);
  const bytes = Buffer.byteLength(large);
  const memory = peakMemory([CLI, "check", vault]) - peakMemory(bare);
  say(
    `memory of \`check\` above Node's own, of a note of ${(bytes / 1e6).toFixed(0)} MB, per byte`,
    memory / bytes,
    "times",
    4,
  );

  const repeat = (piece) => piece.repeat(Math.ceil(10_000_000 / piece.length));
  const prose = makeBacklog(6200);
  const perByte = (content, rounds) => time(() => parseNote(content), rounds) / content.length;
  const base = perByte(prose, 3);
  console.log("");
  say("10 MB of a backlog as people write it, parsed", base * 1e7, "ms");
  for (const piece of ["[", "*", " ", "a", "`", "<", "> ", "- ", "#", "\t", "[](", "<!--", "1. "]) {
    say(`10 MB of ${JSON.stringify(piece)}, per byte, as a multiple`, perByte(repeat(piece), 2) / base, "times", 1);
  }
  const perLine = (base * prose.length) / prose.split("\n").length;
  for (const piece of ["\n", "%%\n", "## task_begin\n"]) {
    const lines = perByte(repeat(piece), 2) * piece.length;
    say(`10 MB of lines of ${JSON.stringify(piece)}, per line, as a multiple`, lines / perLine, "times", 1);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
