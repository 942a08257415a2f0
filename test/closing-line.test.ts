// Pins that a run of the tests ends with `N passed, N failed`, also after a coverage table, and that a coverage below its
// threshold fails the run: both are read by machines that see only the last line and the exit code.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const JEST = require.resolve("jest/bin/jest");
const REPORTER = join(__dirname, "support/closing-line-reporter.mjs");

/** Runs jest over tests that are written for the occasion, and gives its exit code and the last line of all its output. */
function run(tests: Readonly<Record<string, string>>): {
  readonly status: number | null;
  readonly lastLine: string | undefined;
} {
  const folder = mkdtempSync(join(tmpdir(), "closing-line-"));
  try {
    const config = {
      rootDir: folder,
      transform: {},
      reporters: ["default", REPORTER],
      collectCoverage: true,
      collectCoverageFrom: ["sign.js"],
      coverageReporters: ["text"],
      coverageThreshold: { global: { branches: 100 } },
    };
    writeFileSync(join(folder, "sign.js"), "module.exports = (n) => (n < 0 ? -1 : 1);\n");
    for (const [name, code] of Object.entries(tests)) writeFileSync(join(folder, `${name}.test.js`), code);
    const all = `"${process.execPath}" "${JEST}" --no-cache --config '${JSON.stringify(config)}' 2>&1`;
    const { status, stdout } = spawnSync(all, { cwd: folder, encoding: "utf8", shell: true });
    return { status, lastLine: stdout.split("\n").at(-2) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const below = `const sign = require("./sign"); test("below", () => { expect(sign(-2)).toBe(-1); });`;
const above = `const sign = require("./sign"); test("above", () => { expect(sign(2)).toBe(1); });`;
const wrong = `const sign = require("./sign"); test("wrong", () => { expect(sign(2)).toBe(2); });`;

test.each([
  ["all tests pass and every branch ran", { below, above }, 0, "2 passed, 0 failed"],
  ["a branch never ran", { below }, 1, "1 passed, 0 failed"],
  ["a test fails", { below, above, wrong }, 1, "2 passed, 1 failed"],
  ["a test file cannot be read", { below, above, broken: "(" }, 1, "2 passed, 1 failed"],
])("where %s", (_case, tests, status, lastLine) => {
  expect(run(tests)).toEqual({ status, lastLine });
});
