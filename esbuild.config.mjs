import { build } from "esbuild";
import { chmod, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";

const shared = {
  bundle: true,
  charset: "utf8",
  legalComments: "none",
  logLevel: "info",
  metafile: true,
  // For size: the sources are public, and a release is attested to be built from them.
  minify: true,
  write: false,
};

/** The plugin: what the app brings stays outside, and a module of Node stops the build. */
const plugin = {
  ...shared,
  entryPoints: ["src/main.ts"],
  outfile: "main.js",
  format: "cjs",
  platform: "browser",
  // The package brings a table of 29 KB, or uses `innerHTML`.
  alias: { "decode-named-character-reference": "./src/cards/decode-named-character-reference.ts" },
  target: ["es2022", "safari15"],
  external: ["obsidian", "electron", "@codemirror/*", "@lezer/*"],
};

/** commander asks for this module at its start and needs it only for subcommands that are programs of their own: 4 ms. */
const withoutChildProcess = {
  name: "without-child-process",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
      /[\\/]node_modules[\\/]commander[\\/]/.test(importer) ? { path: "child_process", namespace: "empty" } : undefined,
    );
    onLoad({ filter: /^/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

/** The command line: one file without dependencies, so that starting it costs little more than starting Node. */
const commandLine = {
  ...shared,
  entryPoints: ["src/cli/main.ts"],
  outfile: "dist/backlog-cards.mjs",
  // As a script inside a module: Node's modules are then asked for by `require`, and each only where it is needed. An
  // `import` of node:fs costs 3 ms more, for the streams that it loads along with it.
  format: "iife",
  platform: "node",
  target: "node20",
  plugins: [withoutChildProcess],
  banner: {
    js: '#!/usr/bin/env node\nimport{createRequire}from"node:module";const require=createRequire(import.meta.url);',
  },
};

/** The licences of the packages in a bundle, as a comment: they ask to go with every copy. The same text is written once. */
async function readLicences(metafile) {
  const folders = new Set();
  for (const output of Object.values(metafile.outputs)) {
    for (const [path, { bytesInOutput }] of Object.entries(output.inputs)) {
      const folder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
      if (folder !== undefined && bytesInOutput > 0) folders.add(folder);
    }
  }
  const packagesOf = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version } = JSON.parse(await readFile(`${folder}/package.json`, "utf8"));
    const file = (await readdir(folder)).find((entry) => /^licen[cs]e(?:\.\w+)?$/i.test(entry));
    if (file === undefined) throw new Error(`${folder} is in the bundle and has no licence file`);
    const licence = (await readFile(`${folder}/${file}`, "utf8"))
      .trim()
      .replaceAll("\r\n", "\n")
      .replaceAll("*/", "* /");
    packagesOf.set(licence, [...(packagesOf.get(licence) ?? []), `${name} ${version}`]);
  }
  const notices = [...packagesOf].map(([licence, packages]) => `${packages.join("\n")}\n\n${licence}\n`);
  return notices.length > 0 ? `/*\n${notices.join("\n")}*/\n` : "";
}

async function write(options) {
  const { metafile, outputFiles } = await build(options);
  await mkdir(dirname(options.outfile), { recursive: true });
  await writeFile(options.outfile, outputFiles[0].text + (await readLicences(metafile)));
}

/** Writes the plugin's bundle, as it is released, to a place. */
export async function buildPlugin(outfile) {
  await write({ ...plugin, outfile, logLevel: "warning" });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await write(plugin);
  await write(commandLine);
  await chmod(commandLine.outfile, 0o755);
}
