// Pins what counts as a reference of Relevant Documentation (FORMAT.md §4): completeness hangs on there being one. Code
// spans and links are judged by mdast-util-from-markdown over seeded random paragraphs.
import fc from "fast-check";
import { fromMarkdown } from "mdast-util-from-markdown";
import type { Nodes } from "mdast";
import { findReferences } from "../../src/core/references";

const find = (text: string) => findReferences(text, 0, text.length).map(({ kind, target }) => `${kind} ${target}`);

describe("what is a reference", () => {
  test.each([
    ["`docs/api.md` — the API, `README.md`", ["path docs/api.md", "path README.md"]],
    ["`docs/` and `/AGENTS/*`", ["path docs/", "path /AGENTS/*"]],
    ["`docs/My notes.md`", ["path docs/My notes.md"]],
    ["``docs/a`b.md``", ["path docs/a`b.md"]],
    [
      "[the plan](plan.md), [[Design|the design]], [[Other note]]",
      ["link plan.md", "wikilink Design", "wikilink Other note"],
    ],
    ["see https://example.org/a?b=c.", ["url https://example.org/a?b=c"]],
    ["<https://example.org> and <mailto:a@b.c>", ["url https://example.org", "url mailto:a@b.c"]],
    ["docs/one.md, ./docs/two.md and /docs/three", ["path docs/one.md", "path ./docs/two.md", "path /docs/three"]],
    ["[a](<b c.md> 'title') [d](e \"f\") [g]( h (i) )", ["link b c.md", "link e", "link h"]],
    ["[![shield](x.svg)](docs/a.md)", ["link docs/a.md"]],
    ["[`docs/a.md`](docs/b.md)", ["link docs/b.md"]],
    ["[a [b](c) d](e)", ["link c"]],
    ["[a](b(c(d)e)f)", ["link b(c(d)e)f"]],
    ["[a](b\\)c) [d](<e\\>f>)", ["link b\\)c", "link e\\>f"]],
    ["[a]('x\\'y') [a](b 'x\\'y')", ["link 'x\\'y'", "link b"]],
    ["\\[a](b.md) \\`c.md`", []],
    ["!\\[a](b.md) \\![c](d.md)", ["link d.md"]],
    ["None", []],
    ["`npm test`, `x`, `/`, `1.5`", []],
    ["![picture](docs/a.png)", []],
    ["mydocs/one.md x-docs/a http", []],
    ["[a](b 'c\\'' d) [e](f (g(h)) [i](<j\nk>) [l](<m<n>) [o](p", []],
    ["[[a\nb]] [[]] [[c]d", []],
    ["`docs/a.md", ["path docs/a.md"]],
    ["``docs` `a.md", []],
    ["<a href='docs/a.md'> <b x=\"`\"> `c.md`", ["path c.md"]],
    ['[a](b "c\nd") [x]y](z)', ["link b"]],
    [`[a](${"(".repeat(40)}${")".repeat(40)})`, []],
    ["[a](", []],
    ['[a](b "c', []],
    ["[a](b \\", []],
    ["a\\", []],
  ])("%j gives %j", (text, expected) => {
    expect(find(text)).toEqual(expected);
  });

  test("says where each stands", () => {
    const text = "see `a.md` and [b](c)";
    expect(findReferences(text, 4, text.length).map(({ from, to }) => text.slice(from, to))).toEqual([
      "`a.md`",
      "[b](c)",
    ]);
  });

  test("reads nothing outside its span", () => {
    const text = "`a.md` `b.md` `c.md` [x](y) <https://e.org> [[w]] https://f.org docs/g";
    expect(findReferences(text, 7, 13)).toHaveLength(1);
    expect(findReferences(text, 7, 12)).toEqual([]);
    for (const [from, to] of [
      [21, 24],
      [21, 26],
      [44, 47],
    ] as const) {
      expect(findReferences(text, from, to)).toEqual([]);
    }
  });
});

/** Code spans that look like paths, and links with a destination of their own, as mdast sees them, outermost only. */
function judge(text: string): readonly string[] {
  const found: string[] = [];
  const visit = (node: Nodes): void => {
    if (node.type === "link") {
      found.push(`link@${String(node.position?.start.offset)}`);
      return;
    }
    if (node.type === "inlineCode" && /\.[A-Za-z][A-Za-z0-9]{0,9}$|^\S*\/\S*$/.test(node.value.trim())) {
      if (node.value.trim() !== "/") found.push(`code@${String(node.position?.start.offset)}`);
    }
    if ("children" in node) node.children.forEach(visit);
  };
  visit(fromMarkdown(text));
  return found;
}

test("code spans and links are those of mdast, over random paragraphs", () => {
  const piece = fc.constantFrom(
    "`",
    "``",
    "```",
    "[",
    "]",
    "(",
    ")",
    "](",
    "![",
    "\\",
    "<",
    ">",
    '"',
    "'",
    " ",
    "a",
    "x/y.md",
    "b.md",
    "\n",
    "[a](b)",
    "`c.md`",
    "<b>",
    "<a href='q'>",
    "<ftp://x.y>",
    "](<",
    "*",
    "é",
    "x y",
  );
  const paragraph = fc.array(piece, { minLength: 1, maxLength: 14 }).map((pieces) => `p ${pieces.join("")} p`);
  fc.assert(
    fc.property(paragraph, (text) => {
      // Wiki links are none to mdast; a blank line or a line that opens a block would end the paragraph.
      fc.pre(!/\[\[|\n\s*\n|\n\s*(?:```|[<>*])/.test(text));
      const found = findReferences(text, 0, text.length).filter(({ kind }) => kind !== "wikilink");
      const ours = found.map(({ kind, from }) => `${kind === "path" ? "code" : "link"}@${from}`);
      expect(ours).toEqual(judge(text));
    }),
    { numRuns: 20_000, seed: 20261123 },
  );
});
