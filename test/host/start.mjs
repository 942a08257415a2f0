// `npm start [-- FOLDER] [--codemirror 6.38.6]`: the plugin at work on a folder of notes, in a browser.
import { spawn } from "node:child_process";
import { stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { buildHost, buildServer, CODEMIRRORS } from "./build.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const BUILD = join(ROOT, "dist/host");

/** The page's address, as the browser of the person opens it; nothing where there is none. */
function openInBrowser(url) {
  const { platform } = process;
  const command = platform === "darwin" ? "open" : platform === "win32" ? "explorer" : "xdg-open";
  spawn(command, [url], { detached: true, stdio: "ignore" })
    .on("error", () => undefined)
    .unref();
}

function readArguments() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { codemirror: { type: "string", default: "newest" }, "no-open": { type: "boolean", default: false } },
  });
  if (positionals.length > 1) throw new Error("Name one folder of notes: npm start -- FOLDER");
  if (!CODEMIRRORS.includes(values.codemirror)) throw new Error(`--codemirror is one of ${CODEMIRRORS.join(", ")}.`);
  return { folder: positionals[0], codemirror: values.codemirror, open: !values["no-open"] };
}

async function start() {
  const { folder, codemirror, open } = readArguments();
  const vault = resolve(folder ?? join(ROOT, "playground"));
  const isFolder = await stat(vault).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new Error(`There is no folder ${vault}.`);
  await buildHost(BUILD, [codemirror]);
  await buildServer(join(BUILD, "server.mjs"));
  const { startServer } = await import(pathToFileURL(join(BUILD, "server.mjs")).href);
  const server = await startServer({ vault, page: join(BUILD, codemirror), plugin: join(BUILD, "plugin") });
  const url = `${server.url}?files`;
  console.log(`Notes:   ${vault} (the files themselves: what you change is changed there)`);
  console.log(`Editor:  CodeMirror ${codemirror}`);
  console.log(`Address: ${url}`);
  console.log("Ctrl+C stops it.");
  if (open) openInBrowser(url);
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => void server.close().then(() => process.exit(0)));
  }
}

start().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
