// Pins that no sentence of the core sends a person in the app to the command line: each command that the core names has words
// of the app, and a sentence that the core gains without them fails here.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describeOwner } from "../../src/core/lock-owner";
import { wordForApp } from "../../src/features/refusals";

jest.mock("obsidian", () => ({ Notice: function Notice() {} }), { virtual: true });

const CORE = join(__dirname, "../../src/core");
/** Commands in sentences: in backticks that a template escapes; what is in backticks besides is the notation of a note. */
const COMMAND = /\\`(?:recover|return|init|fix|undo|archive|promote|set|tick)\b[^`\\]*\\`|\brun fix\b/;
const LINES = readdirSync(CORE)
  .filter((name) => name.endsWith(".ts") && name !== "workflow-template.ts")
  .flatMap((name) => readFileSync(join(CORE, name), "utf8").split("\n"))
  .filter((line) => COMMAND.test(line) && !/^\s*(?:\*|\/\/)/.test(line));

test("the core names commands", () => {
  expect(LINES.length).toBeGreaterThan(5);
});

test.each(LINES)("%s", (line) => {
  const said = wordForApp(line.replaceAll("\\`", "`"));
  expect(said).not.toMatch(/`(?:recover|return|init|fix|undo|archive|promote|set|tick)\b|run fix/);
});

test.each([
  [
    "An earlier move was interrupted: run `recover` to finish it or take it back, then try again.",
    "An earlier move was interrupted: run “Recover interrupted move” to finish it or take it back, then try again.",
  ],
  [
    "Look at the notes, then drop the journal with `recover --discard`.",
    "Look at the notes, then drop the journal with “Recover interrupted move”.",
  ],
  [
    "Move A by hand, or `return` it: undo would lose what was changed.",
    "Move A by hand, or take it back with “Return task to backlog”: undo would lose what was changed.",
  ],
  ["TODO.md has no `**Batch Goal:**` line.", "TODO.md has no **Batch Goal:** line."],
  [
    describeOwner({ pid: 7, host: "laptop", token: "t", started: null }, "my work/.backlog-cards/lock"),
    "Process 7 on laptop is moving tasks here: try again when it is done. Where that program is gone, “Recover interrupted move” removes its lock.",
  ],
  [
    describeOwner({ pid: 0, host: "app", token: "t", started: null }, "my work/.backlog-cards/app-lock.0123456789ab"),
    "The app is moving tasks here: try again when it is done.",
  ],
])("%s", (core, app) => {
  expect(wordForApp(core)).toBe(app);
});
