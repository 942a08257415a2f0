// Babel, not a compiler with source maps: istanbul then counts the branches of the source itself, so that 100 % means what
// it says.
const transform = [
  "babel-jest",
  {
    babelrc: false,
    configFile: false,
    presets: [["@babel/preset-typescript", { onlyRemoveTypeImports: true }]],
    plugins: ["@babel/plugin-transform-modules-commonjs"],
  },
];

const shared = {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  transform: { "\\.[jt]s$": transform },
  // What counts is the same for both, as coverage is of one run.
  collectCoverageFrom: ["src/core/**/*.ts"],
};

export default {
  projects: [
    {
      ...shared,
      displayName: "node",
      testMatch: ["<rootDir>/test/**/*.test.ts"],
      testPathIgnorePatterns: ["/node_modules/", "<rootDir>/test/browser/"],
      // mdast and micromark are published as ES modules only, and so are the small packages below them.
      transformIgnorePatterns: [],
    },
    {
      ...shared,
      displayName: "browser",
      testMatch: ["<rootDir>/test/browser/**/*.test.ts"],
      // Run only where a browser test is.
      globalSetup: "<rootDir>/test/browser/support/global-setup.mjs",
      globalTeardown: "<rootDir>/test/browser/support/global-teardown.mjs",
      transformIgnorePatterns: ["/node_modules/(?:playwright-core|axe-core)/"],
    },
  ],
  // Many tests start processes or pages, and a busy machine is slow at that.
  testTimeout: 120_000,
  // Most of them wait for a page or a process: one for each core, of two cores too.
  maxWorkers: "100%",
  collectCoverageFrom: shared.collectCoverageFrom,
  coverageReporters: [["text", { skipFull: true }]],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
  reporters: ["default", "<rootDir>/test/support/closing-line-reporter.mjs"],
};
