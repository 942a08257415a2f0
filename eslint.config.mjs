import js from "@eslint/js";
import { defineConfig, globalIgnores } from "eslint/config";
import obsidianmd from "eslint-plugin-obsidianmd";
import { builtinModules } from "node:module";
import tseslint from "typescript-eslint";

// The house: main → features → {ui, editor, reading, vault} → cards → core, and {features, cli} → calls → core. A folder
// sees itself, what its line names, and the settings; `editor`, `reading` and `vault` do not see each other, but may use
// the words of `ui`.
const SEES = {
  cards: ["core"],
  ui: ["cards", "core"],
  editor: ["ui", "cards", "core"],
  reading: ["ui", "cards", "core"],
  vault: ["ui", "cards", "core"],
  calls: ["core"],
  features: ["ui", "editor", "reading", "vault", "cards", "calls", "core"],
  cli: ["calls", "core"],
};
const PLUGIN_NOT = `^(?:node:|(?:${builtinModules.filter((name) => !name.startsWith("_")).join("|")})(?:/|$))`;
const CLI_NOT = "^(?:obsidian$|electron$|@codemirror/|@lezer/)";
const CALLS_NOT = "^(?![./]|diff$)";
const CORE_NOT =
  "^(?![./]|(?:mdast|mdast-util-(?:from-markdown|frontmatter|gfm-(?:strikethrough|table|task-list-item))|micromark-extension-.+)$)";

/** The packages that a folder may not import; of the others, `PLUGIN_NOT`. */
const PACKAGES_NOT = { calls: CALLS_NOT, cli: CLI_NOT };

/**
 * Forbids the packages that match `packages`, and every path that does not begin as one of `starts` does, or that climbs
 * again after its start.
 */
const allowPaths = (folder, starts, packages) => ({
  "no-restricted-imports": [
    "error",
    {
      patterns: [`^(?!${starts})(?:\\.|/|src/)`, "^\\.[./]*[^./].*/\\.", packages].map((regex) => ({
        regex,
        message: `${folder} may not import this: see the house in CONTRIBUTING.md.`,
      })),
    },
  ],
});

/** Where the version is read from. */
const VERSION = "\\.\\./\\.\\./package\\.json$";

/** The rules of a folder's files, and of those one folder deeper. */
const folderRules = (folder, sees, packages) => {
  const others = `(?:(?:${sees.join("|")})/|settings$)`;
  return [
    { files: [`src/${folder}/*.ts`], rules: allowPaths(folder, `\\./[^.]|\\.\\./${others}|${VERSION}`, packages) },
    { files: [`src/${folder}/*/*.ts`], rules: allowPaths(folder, `\\.\\.?/[^.]|\\.\\./\\.\\./${others}`, packages) },
  ];
};

const forbid = (selector, why) => ({ selector, message: why });
const IN_SOURCE = [
  forbid("TSEnumDeclaration", "No enums: a union of literals."),
  forbid("ExportAllDeclaration", "No barrel files: import from where it is written."),
  forbid(
    "ImportExpression[source.value=/[.][.]/]",
    "The house is checked on static imports; a late one stays in its folder.",
  ),
  forbid("ImportExpression:not([source.type='Literal'])", "The house is checked on static imports."),
];
const NO_DEFAULT = forbid("ExportDefaultDeclaration", "The only default export is the Plugin.");
const PURE = "The core is a function of its arguments: no clock, no random, no console, no DOM, no host.";
const CALLED = "A call knows of its host what CallHost gives it, and today is a parameter.";
const IN_CORE = [
  forbid("NewExpression[callee.name='Date'][arguments.length=0]", PURE),
  forbid("CallExpression[callee.name='Date']", PURE),
  forbid("ImportExpression", PURE),
];
// The last line holds names of the window that a forgotten variable would silently mean.
const HOST_GLOBALS = `
  Buffer activeDocument activeWindow app console crypto document fetch global globalThis localStorage module navigator
  performance process queueMicrotask require self setImmediate setInterval setTimeout window __dirname __filename
  close event find length location name open origin parent status stop top
`
  .trim()
  .split(/\s+/);
const NODE_GLOBALS = ["Buffer", "URL", "clearTimeout", "console", "performance", "process", "setTimeout"];
const TEST_NAMES = "/^(?:describe|it|test)$/";
const SKIPPING = "/^(?:only|skip|todo|failing)$/";
const IN_TESTS = [
  forbid(`MemberExpression[object.name=${TEST_NAMES}][property.name=${SKIPPING}]`, "Every test runs."),
  forbid(`MemberExpression[object.name=${TEST_NAMES}][property.value=${SKIPPING}]`, "Every test runs."),
  forbid(`MemberExpression[object.property.name='concurrent'][property.name=${SKIPPING}]`, "Every test runs."),
  forbid("CallExpression[callee.name=/^(?:fdescribe|fit|xdescribe|xit|xtest)$/]", "Every test runs."),
  forbid("MemberExpression[property.name=/^(?:toMatch|toThrowErrorMatching)(?:Inline)?Snapshot$/]", "No snapshots."),
];

export default defineConfig(
  globalIgnores(["main.js", "dist/", "coverage/", "playground/", "test/fixtures/"]),
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["**/*.mjs"],
    extends: [js.configs.recommended],
    languageOptions: { globals: Object.fromEntries(NODE_GLOBALS.map((name) => [name, "readonly"])) },
  },
  { files: ["src/**/*.ts"], ignores: ["src/cli/**"], extends: [obsidianmd.configs.recommended] },
  { files: ["package.json"], extends: [obsidianmd.configs.recommended] },
  {
    files: ["src/**/*.ts", "test/**/*.ts"],
    extends: [js.configs.recommended, tseslint.configs.strictTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        { ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true },
      ],
      "@typescript-eslint/no-unnecessary-condition": [
        "error",
        { allowConstantLoopConditions: "only-allowed-literals" },
      ],
      // A method of a port is asynchronous for those who have to wait in it.
      "@typescript-eslint/require-await": "off",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      eqeqeq: "error",
      // Control characters are legal in a note, and have to be named.
      "no-control-regex": "off",
    },
  },
  { files: ["src/**/*.ts"], rules: { "no-restricted-syntax": ["error", ...IN_SOURCE, NO_DEFAULT] } },
  {
    files: ["src/main.ts"],
    rules: {
      "no-restricted-syntax": ["error", ...IN_SOURCE],
      ...allowPaths("main", `\\./(?:features|${SEES.features.join("|")})/|\\./settings$`, PLUGIN_NOT),
    },
  },
  { files: ["src/settings.ts"], rules: allowPaths("settings", "\\./core/", "^[^./]") },
  {
    files: ["src/core/**/*.ts"],
    rules: {
      ...allowPaths("core", "\\./[^.]", CORE_NOT),
      "no-restricted-syntax": ["error", ...IN_SOURCE, NO_DEFAULT, ...IN_CORE],
      "no-restricted-globals": ["error", ...HOST_GLOBALS.map((name) => ({ name, message: PURE }))],
      "no-restricted-properties": [
        "error",
        { object: "Date", property: "now", message: PURE },
        { object: "Math", property: "random", message: PURE },
      ],
    },
  },
  Object.entries(SEES).map(([folder, sees]) => folderRules(folder, sees, PACKAGES_NOT[folder] ?? PLUGIN_NOT)),
  {
    files: ["src/calls/**/*.ts"],
    rules: { "no-restricted-globals": ["error", ...HOST_GLOBALS.map((name) => ({ name, message: CALLED }))] },
  },
  {
    files: ["test/**/*.ts"],
    // The one place that skips, and says so: where the corpus is absent.
    ignores: ["test/support/corpus.ts"],
    rules: { "no-restricted-syntax": ["error", ...IN_TESTS] },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // What stands for "any number" in an expected value has the type `any`.
      "@typescript-eslint/no-unsafe-assignment": "off",
      // `expect(store.write)` compares, it does not call.
      "@typescript-eslint/unbound-method": "off",
    },
  },
  {
    files: ["test/host/**/*.ts"],
    rules: {
      // The app's signatures, of which the host does not need every argument.
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { inheritedMethods: false } }],
      // The host's classes stand for those of the typings, which exist in the app only.
      "@typescript-eslint/no-unsafe-class-instance-assignment": "off",
    },
  },
);
