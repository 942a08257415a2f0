// Pins the house: which folder may import which, what keeps the core pure and the tests whole, and that manifest, versions
// and package agree and would be taken on submission. The rules are linter configuration, and a pattern with a slip in it
// forbids nothing without a word; so each is run here over a text that breaks it, beside one that does not.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const readJson = (path: string): Record<string, unknown> => JSON.parse(read(path)) as Record<string, unknown>;

/** The ids of the rules that report each text. */
function lint(texts: readonly { readonly path: string; readonly code: string }[]): readonly (readonly string[])[] {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(__dirname, "support/lint-texts.mjs")], {
    cwd: ROOT,
    encoding: "utf8",
    input: JSON.stringify(texts),
  });
  if (status !== 0) throw new Error(`The linter ended with ${String(status)}: ${stderr}`);
  return JSON.parse(stdout) as readonly (readonly string[])[];
}

const IMPORTS: readonly (readonly [file: string, allowed: readonly string[], forbidden: readonly string[]])[] = [
  [
    "src/main.ts",
    ["obsidian", "./settings", "./features/promote", "./vault/vault-store", "./editor/card", "./core/note"],
    ["./cli/main", "../test/support/notation", "./core/../cli/main", "node:fs", "fs"],
  ],
  ["src/settings.ts", ["./core/folder"], ["./main", "./ui/notice", "./cli/main", "obsidian"]],
  [
    "src/features/promote.ts",
    [
      "obsidian",
      "./archive",
      "../ui/notice",
      "../editor/card",
      "../reading/card",
      "../vault/store",
      "../cards/card",
      "../calls/check",
      "../core/note",
      "../settings",
    ],
    ["../main", "../cli/main", "path", "./../main"],
  ],
  ...["editor", "reading", "vault"].map(
    (folder) =>
      [
        `src/${folder}/card.ts`,
        ["obsidian", "@codemirror/view", "./keys", "../ui/notice", "../cards/card", "../core/note", "../settings"],
        ["editor", "reading", "vault"]
          .filter((other) => other !== folder)
          .map((other) => `../${other}/card`)
          .concat([
            "../features/promote",
            "../main",
            "../calls/check",
            "../cli/main",
            "../core/../features/promote",
            "src/features/promote",
            "node:path",
          ]),
      ] as const,
  ),
  [
    "src/ui/notice.ts",
    ["obsidian", "./modal", "../cards/card", "../core/note", "../settings"],
    ["../editor/card", "../reading/card", "../vault/store", "../features/promote", "../main", "../cli/main"],
  ],
  [
    "src/cards/card.ts",
    ["obsidian", "./badge", "../core/note", "../settings"],
    [
      "../ui/notice",
      "../editor/card",
      "../reading/card",
      "../vault/store",
      "../features/promote",
      "../main",
      "../calls/check",
      "../cli/main",
    ],
  ],
  [
    "src/calls/check.ts",
    ["diff", "./paint", "../core/note", "../settings"],
    [
      "../cards/card",
      "../ui/notice",
      "../vault/store",
      "../features/promote",
      "../main",
      "../cli/main",
      "../core/../cli/main",
      "node:fs",
      "fs",
      "obsidian",
      "commander",
    ],
  ],
  [
    "src/core/note.ts",
    [
      "./task",
      "mdast",
      "mdast-util-from-markdown",
      "mdast-util-gfm-strikethrough",
      "mdast-util-gfm-table",
      "mdast-util-gfm-task-list-item",
      "micromark-extension-gfm-table",
    ],
    [
      "../settings",
      "../cards/card",
      "../calls/check",
      "../cli/main",
      "../main",
      "./../cli/main",
      "obsidian",
      "diff",
      "node:fs",
      "fs",
      "mdast-util-to-markdown",
      "mdast-util-gfm",
    ],
  ],
  [
    "src/cli/main.ts",
    [
      "commander",
      "diff",
      "node:fs",
      "./commands/check",
      "../calls/check",
      "../core/note",
      "../settings",
      "../../package.json",
    ],
    ["../main", "../features/promote", "../vault/store", "../ui/notice", "obsidian", "@codemirror/state"],
  ],
  [
    "src/cli/commands/check.ts",
    ["commander", "./list", "../terminal", "../../calls/check", "../../core/note", "../../settings"],
    ["../../main", "../../ui/notice", "../../vault/store", "../../../test/support/notation", "obsidian"],
  ],
];

const FORMS = [
  (path: string): string => `import { a } from "${path}"; export const b: string = a;`,
  (path: string): string => `import type { A } from "${path}"; export type B = A;`,
  (path: string): string => `export { a } from "${path}";`,
] as const;

const IMPORT_CASES = IMPORTS.flatMap(([file, allowed, forbidden]) => [
  ...allowed.map((path) => ({ file, path, expected: null })),
  ...forbidden.map((path) => ({ file, path, expected: "no-restricted-imports" })),
]).flatMap(({ file, path, expected }) => FORMS.map((form) => [file, form(path), expected] as const));

const CONSTRUCTS: readonly (readonly [path: string, code: string, rule: string | null])[] = [
  ["src/core/note.ts", "export const a = Date.now();", "no-restricted-properties"],
  ["src/core/note.ts", "export const a = new Date();", "no-restricted-syntax"],
  ["src/core/note.ts", "export const a = Date();", "no-restricted-syntax"],
  ["src/core/note.ts", "export const a = Date.parse('2026-02-04');", null],
  ["src/core/note.ts", "export const a = Math.random();", "no-restricted-properties"],
  ["src/core/note.ts", "export const a = Math.max(1, 2);", null],
  ["src/core/note.ts", "console.log(1);", "no-restricted-globals"],
  ["src/core/note.ts", "export const a = document.body;", "no-restricted-globals"],
  ["src/core/note.ts", "export const a = window.name;", "no-restricted-globals"],
  ["src/core/note.ts", "export const a = process.cwd();", "no-restricted-globals"],
  ["src/core/note.ts", "export const a = globalThis.process;", "no-restricted-globals"],
  ["src/core/note.ts", "export const a = await import('mdast-util-from-markdown');", "no-restricted-syntax"],
  ["src/cli/main.ts", "export const a = process.cwd();", null],
  ["src/cli/main.ts", "export const a = await import('node:fs');", null],
  ["src/cli/main.ts", "export const a = await import('./commands/check');", null],
  ["src/cli/main.ts", "export const a = await import('../vault/store');", "no-restricted-syntax"],
  ["src/calls/diff.ts", "export const a = await import('diff');", null],
  ["src/calls/diff.ts", "export const a = process.cwd();", "no-restricted-globals"],
  ["src/cli/main.ts", "export const a = await import(process.cwd());", "no-restricted-syntax"],
  ["src/cli/main.ts", "export type A = import('../vault/store').A;", "@typescript-eslint/consistent-type-imports"],
  ["src/cards/card.ts", "export enum A { B }", "no-restricted-syntax"],
  ["src/cards/card.ts", "export * from './badge';", "no-restricted-syntax"],
  ["src/cards/card.ts", "export default 1;", "no-restricted-syntax"],
  ["src/main.ts", "export default 1;", null],
  ["test/core/note.test.ts", "test('a', () => { expect(1).toBe(1); });", null],
  ["test/core/note.test.ts", "test.each([1])('a', (b) => { expect(b).toBe(1); });", null],
  ["test/core/note.test.ts", "test.only('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "test['only']('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "test.skip('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "describe.skip('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "it.skip.each([1])('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "test.concurrent.only('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "test.todo('a');", "no-restricted-syntax"],
  ["test/core/note.test.ts", "test.failing('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "xit('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "fdescribe('a', () => {});", "no-restricted-syntax"],
  ["test/core/note.test.ts", "expect(1).toMatchSnapshot();", "no-restricted-syntax"],
  ["test/core/note.test.ts", "expect(1).toMatchInlineSnapshot();", "no-restricted-syntax"],
];

describe("the linter", () => {
  const cases = [...IMPORT_CASES, ...CONSTRUCTS].map((entry, index) => [...entry, index] as const);
  let reports: readonly (readonly string[])[] = [];
  beforeAll(() => {
    reports = lint(cases.map(([path, code]) => ({ path, code })));
  });

  test.each(cases)("in %s, says of `%s`: %s", (_path, _code, rule, index) => {
    expect(reports[index]).toEqual(rule === null ? [] : [rule]);
  });
});

test("src holds nothing that the linter has no direction for", () => {
  const known = /^(?:main\.ts|settings\.ts|features|ui|editor|reading|vault|cards|calls|core|cli)$/;
  expect(readdirSync(join(ROOT, "src")).filter((name) => !known.test(name))).toEqual([]);
});

describe("what is submitted", () => {
  const manifest = readJson("manifest.json");
  const pack = readJson("package.json");

  test("the manifest has the keys that are allowed and no others", () => {
    expect(Object.keys(manifest).sort()).toEqual([
      "author",
      "description",
      "id",
      "isDesktopOnly",
      "minAppVersion",
      "name",
      "version",
    ]);
  });

  test.each(["id", "name", "description"])("the manifest's %s says neither what it is for nor what it is", (key) => {
    expect(manifest[key]).not.toMatch(/obsidian|plugin/i);
  });

  test("id and description have the form that is asked for", () => {
    expect(manifest["id"]).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(manifest["description"]).toMatch(/^(?=[A-Z])[A-Za-z0-9 .,!?'"-]{9,249}\.$/);
  });

  test("manifest, package and versions name one version, and one plugin", () => {
    expect(manifest["version"]).toMatch(/^\d+\.\d+\.\d+$/);
    expect(pack["version"]).toBe(manifest["version"]);
    expect(pack["name"]).toBe(manifest["id"]);
    expect(readJson("versions.json")[String(manifest["version"])]).toBe(manifest["minAppVersion"]);
    expect(readJson("package-lock.json")["version"]).toBe(manifest["version"]);
  });

  test("the published package needs no other, as it ships bundled", () => {
    expect(pack["dependencies"]).toBeUndefined();
    expect(pack["bin"]).toEqual({ "backlog-cards": "dist/backlog-cards.mjs" });
  });

  test("the lock file names no host", () => {
    expect(read("package-lock.json")).not.toMatch(/"resolved"/);
  });

  test("every package has its reason in CONTRIBUTING.md", () => {
    const prose = read("CONTRIBUTING.md");
    const packages = Object.keys(pack["devDependencies"] as Record<string, string>);
    expect(packages.filter((name) => !prose.includes(`\`${name}\``))).toEqual([]);
  });
});
