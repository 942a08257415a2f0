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

export default {
  testEnvironment: "node",
  roots: ["<rootDir>/test"],
  testMatch: ["<rootDir>/test/**/*.test.ts"],
  // Many tests start processes, and a busy machine is slow at that.
  testTimeout: 60_000,
  transform: { "\\.[jt]s$": transform },
  // mdast and micromark are published as ES modules only, and so are the small packages below them.
  transformIgnorePatterns: [],
  collectCoverageFrom: ["src/core/**/*.ts"],
  coverageReporters: [["text", { skipFull: true }]],
  coverageThreshold: { global: { branches: 100, functions: 100, lines: 100, statements: 100 } },
  reporters: ["default", "<rootDir>/test/support/closing-line-reporter.mjs"],
};
