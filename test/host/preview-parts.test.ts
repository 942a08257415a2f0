// Pins that the parts of the host's reading view stand where they say: `getSectionInfo` hands these lines to plugins (typing
// `MarkdownSectionInformation`), and a library's tokens alone do not tell them.
import fc from "fast-check";
import { splitParts } from "./obsidian/preview-parts";

const describeParts = (text: string): string[] =>
  splitParts(text).map(({ tag, lineStart, lineEnd }) => `${tag} ${lineStart}-${lineEnd}`);

test.each([
  ["properties, then text", "---\nkey: value\n---\ntext\n", ["pre 0-2", "p 3-3"]],
  ["blank lines at both ends", "\n\ntext\n\n", ["p 2-2"]],
  [
    "a marker and its header, glued to a list",
    "## task_begin\n### # [id:T1] A\n- one\n\n- two\n## task_end",
    ["h2 0-0", "h3 1-1", "ul 2-4", "h2 5-5"],
  ],
  ["a numbered list and a table", "1. a\n2. b\n\n| a | b |\n|---|---|\n| c | d |\n", ["ol 0-1", "table 3-5"]],
  ["a rule and a quote", "a\n\n---\n> b\n> c\n", ["p 0-0", "hr 2-2", "blockquote 3-4"]],
  ["a fence with markers in it", "```\n## task_begin\n\n```\nb\n", ["pre 0-3", "p 4-4"]],
  ["a fence that never closes", "a\n\n~~~\nb\n\nc", ["p 0-0", "pre 2-5"]],
  ["comments of both kinds", "<!-- a\n\nb -->\n%% c\n\nd %%\ne\n", ["div 0-2", "div 3-5", "p 6-6"]],
  ["a comment that never closes", "a\n\n%%\nb\n\nc", ["p 0-0", "div 2-5"]],
  ["a link's definition, which is no part", "[a]: b\n\nc [a]\n", ["p 2-2"]],
  ["a setext heading", "a\n===\nb\n", ["h1 0-1", "p 2-2"]],
])("the parts of %s", (_case, text, parts) => {
  expect(describeParts(text)).toEqual(parts);
});

test("parts stand in order, apart, and hold the lines that they name", () => {
  const line = fc.constantFrom(
    "text",
    "",
    "  ",
    "# h",
    "## task_begin",
    "- a",
    "  - b",
    "1. c",
    "```",
    "> q",
    "---",
    "| a | b |",
    "|---|---|",
    "<!-- c",
    "-->",
    "%%",
    "\tcode",
    "    code",
    "<div>",
    "</div>",
    "===",
  );
  fc.assert(
    fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
      let next = 0;
      for (const { lineStart, lineEnd, source } of splitParts(lines.join("\n"))) {
        expect(lineStart).toBeGreaterThanOrEqual(next);
        expect(lineEnd).toBeGreaterThanOrEqual(lineStart);
        expect(lineEnd).toBeLessThan(lines.length);
        const held = lines.slice(lineStart, lineEnd + 1).join("\n");
        expect(source.replace(/\s/g, "")).toBe(held.replace(/\s/g, ""));
        next = lineEnd + 1;
      }
    }),
    { seed: 3, numRuns: 2000 },
  );
});
