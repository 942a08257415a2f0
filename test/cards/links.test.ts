// Pins which destinations of a note's links are followed: nothing that a note says may run a script or reach another computer.
import { decodeDestination, readTarget } from "../../src/cards/links";

test.each(["https://a.b/c", "HTTP://a.b", "mailto:a@b.c", "obsidian://open?vault=x"])("%s leads out", (written) => {
  expect(readTarget(written)).toEqual({ target: written, external: true });
});

test.each([
  ["docs/a.md", "docs/a.md"],
  [" Note#Heading ", "Note#Heading"],
  ["#Heading", "#Heading"],
  ["src/a.ts:120", "src/a.ts"],
  ["a.ts:12-15", "a.ts"],
  ["../a b.md", "../a b.md"],
])("%j is the path %j of the vault", (written, target) => {
  expect(readTarget(written)).toEqual({ target, external: false });
});

test.each([
  "javascript:alert(1)",
  " JavaScript:alert(1)",
  "data:text/html,x",
  "vbscript:x",
  "file:///etc/passwd",
  "app://local/x",
  "C:\\x",
  "//host/x",
  "\\\\host\\x",
  "java\nscript:x",
  "java\tscript:x",
  "src/*.ts",
  "",
  "  ",
])("%j is not followed", (written) => {
  expect(readTarget(written)).toBeNull();
});

test("a Markdown link's percent signs are decoded, an address keeps them, and what is no code stays", () => {
  expect(decodeDestination("My%20note.md")).toBe("My note.md");
  expect(decodeDestination("https://a.b/c%20d")).toBe("https://a.b/c%20d");
  expect(decodeDestination("100%.md")).toBe("100%.md");
});
