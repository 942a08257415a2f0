// Pins how the browser tests come by a browser: one that is named, else one that is installed, else Debian's package; and that
// whoever has none is told what to do. Commands of the system are stand-ins in a folder that is all of PATH.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const MODULE = pathToFileURL(join(__dirname, "../browser/support/find-browser.mjs")).href;
const ADVICE = "Install Chromium, Chrome or Edge, or name one in the environment variable CHROMIUM.";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "find-browser-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

function addCommand(name: string, script: string): string {
  const place = join(folder, name);
  writeFileSync(place, `#!/bin/sh\n${script}\n`);
  chmodSync(place, 0o755);
  return place;
}

/** What is said, and the sentence of the error where it fails. */
function find(env: Readonly<Record<string, string>> = {}): {
  readonly said: readonly string[];
  readonly error: string;
} {
  const code = `import { findBrowser } from ${JSON.stringify(MODULE)};
    try { findBrowser((line) => console.log(line), "linux"); } catch (error) { console.error(error.message); }`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
    env: { PATH: folder, ...env },
  });
  return { said: stdout.trim().split("\n"), error: stderr.trim() };
}

/** Debian's installer as a stand-in that is also reached over `sudo`. */
function addInstaller(script: string): void {
  addCommand("apt-get", script);
  addCommand("sudo", 'shift\nexec "$@"');
}

test("the browser that a variable names comes first", () => {
  addCommand("chromium", "echo Chromium 1.0");
  const named = addCommand("mine", "echo Chromium 156.0.1");
  expect(find({ CHROMIUM: named })).toEqual({ said: [`Browser: ${named} 156.0.1`], error: "" });
});

test("a variable that names no file is an error, not passed over", () => {
  addCommand("chromium", "echo Chromium 1.0");
  expect(find({ CHROME_PATH: "/nowhere/chrome" }).error).toBe(
    "CHROME_PATH names /nowhere/chrome, and there is no such file.",
  );
});

test("else an installed one is taken, Chromium before the others", () => {
  addCommand("google-chrome", "echo Google Chrome 155.0");
  const chromium = addCommand("chromium", "echo Chromium 156.0");
  expect(find().said).toEqual([`Browser: ${chromium} 156.0`]);
});

test("else Debian's package is installed, and that is said", () => {
  const browser = join(folder, "chromium");
  addInstaller(`if [ "$1" = install ]; then echo '#!/bin/sh' > ${browser}; /bin/chmod 755 ${browser}; fi`);
  expect(find().said).toEqual(["No browser found: installing Debian's package chromium…", `Browser: ${browser}`]);
});

test("where that fails, its reason and the ways out are told", () => {
  addInstaller('if [ "$1" = update ]; then echo "no network" >&2; exit 100; fi');
  expect(find().error).toBe(`Chromium could not be installed: no network\n${ADVICE}`);
});

test("where there is no installer, the ways out are told", () => {
  expect(find().error).toBe(`The browser tests need a browser, and none was found. ${ADVICE}`);
});
