// Pins what the plugin's bundle holds, as it is released: nothing that makes markup or code of text, no module that the app does
// not bring, the licences of what was bundled, and no package that slipped in and doubled its size.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const BUILD = 'import { buildPlugin } from "./esbuild.config.mjs"; await buildPlugin(process.argv[1]);';
const LARGEST = 416 * 1024;

let bundle = "";

beforeAll(() => {
  const folder = mkdtempSync(join(tmpdir(), "bundle-"));
  try {
    const path = join(folder, "main.js");
    const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", BUILD, path], {
      cwd: ROOT,
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(`The build ended with ${String(status)}: ${stderr}`);
    bundle = readFileSync(path, "utf8");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("asks for nothing but what the app brings", () => {
  const asked = Array.from(bundle.matchAll(/\b(?:require|import)\b *\(([^)]*)\)/g), ([, what]) => String(what));
  expect(asked).toContain('"obsidian"');
  expect(asked.filter((what) => !/^"(?:obsidian|@codemirror\/(?:commands|language|state|view))"$/.test(what))).toEqual(
    [],
  );
});

test.each(["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval", "new Function"])(
  "has no %s in it",
  (word) => {
    expect(bundle).not.toMatch(new RegExp(`\\b${word}\\b`));
  },
);

test("has no regular expression that looks behind: an older WebKit does not load a script that has one", () => {
  expect(bundle).not.toMatch(/\(\?<[=!]/);
});

test("names the packages in it, with a licence behind each", () => {
  const [, notices] = bundle.split(/^\/\*$/m);
  for (const name of ["mdast-util-from-markdown", "micromark", "micromark-core-commonmark", "mdast-util-to-string"]) {
    expect(notices).toMatch(
      new RegExp(`^${name} \\d+\\.\\d+\\.\\d+$[^]*?^Copyright \\(c\\).*$[^]*?^THE SOFTWARE IS`, "m"),
    );
  }
  expect(notices).not.toContain("obsidian");
});

test("is not larger than the most that is thought right", () => {
  expect(Buffer.byteLength(bundle)).toBeLessThan(LARGEST);
});
