import { build } from "esbuild";
import { copyFile, mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildPlugin } from "../../esbuild.config.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../..");

/** The packages that stand for an editor's version. */
const PACKAGES = {
  "6.38.6": { view: "@codemirror/view", state: "@codemirror/state" },
  newest: { view: "codemirror-view-newest", state: "codemirror-state-newest" },
};

/** The versions of CodeMirror that the host can be built over. */
export const CODEMIRRORS = Object.keys(PACKAGES);

/** The page over one version of CodeMirror, and one only: packages that bring their own are given this one. */
async function buildPage(codemirror, folder) {
  const alias = Object.fromEntries(
    Object.entries(PACKAGES[codemirror]).map(([name, installed]) => [
      `@codemirror/${name}`,
      join(ROOT, "node_modules", installed, "dist/index.js"),
    ]),
  );
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { host: join(HERE, "main.ts"), theme: join(HERE, "theme.css") },
    outdir: folder,
    absWorkingDir: ROOT,
    alias,
    bundle: true,
    charset: "utf8",
    conditions: ["worker"],
    format: "esm",
    logLevel: "warning",
    platform: "browser",
    target: "es2022",
  });
  await copyFile(join(HERE, "page.html"), join(folder, "page.html"));
}

/**
 * Builds the plugin, as it is released, into `plugin/` of a folder, and the page over some versions of CodeMirror, each into a
 * folder of its name.
 */
export async function buildHost(folder, codemirrors = CODEMIRRORS) {
  await buildPlugin(join(folder, "plugin/main.js"));
  for (const file of ["manifest.json", "styles.css"]) await copyFile(join(ROOT, file), join(folder, "plugin", file));
  for (const codemirror of codemirrors) await buildPage(codemirror, join(folder, codemirror));
}

/** Builds the server as a module for Node. */
export async function buildServer(outfile) {
  await build({
    entryPoints: [join(HERE, "server/server.ts")],
    outfile,
    absWorkingDir: ROOT,
    bundle: true,
    format: "esm",
    logLevel: "warning",
    platform: "node",
    target: "node20",
  });
}
