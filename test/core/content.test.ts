// Pins what a card relies on in a field's Markdown: which extensions of CommonMark are read and which are not, what only
// Obsidian has, and that no text fails or comes back deeper than can be drawn. The rest is the parser's own, and tested there.
import type { Nodes } from "mdast";
import { readContent } from "../../src/core/content";
import { createDraw, pick } from "../support/hostile-notes";

/** A tree on one line: `p(a em(b))`; what a node holds besides its children stands behind a colon. */
function sketch(node: Nodes): string {
  const inner = "children" in node ? node.children.map(sketch).join(" ") : "";
  switch (node.type) {
    case "root":
      return inner;
    case "text":
      return JSON.stringify(node.value);
    case "heading":
      return `h${node.depth}(${inner})`;
    case "list":
      return `${node.ordered === true ? `ol:${String(node.start)}` : "ul"}(${inner})`;
    case "listItem": {
      const box = typeof node.checked === "boolean" ? (node.checked ? "[x]" : "[ ]") : "";
      return `li${box}${node.spread === true ? ":spread" : ""}(${inner})`;
    }
    case "link":
      return `link:${node.url}(${inner})`;
    case "linkReference":
      return `ref:${node.identifier}(${inner})`;
    case "image":
      return `image:${node.url}:${String(node.alt)}`;
    case "imageReference":
      return `image-ref:${node.identifier}:${String(node.alt)}`;
    case "definition":
      return `def:${node.identifier}:${node.url}`;
    case "code":
      return `code:${String(node.lang)}:${JSON.stringify(node.value)}`;
    case "inlineCode":
    case "html":
      return `${node.type}:${JSON.stringify(node.value)}`;
    case "table":
      return `table:${String(node.align?.map((side) => side ?? "-").join(","))}(${inner})`;
    default:
      return `${node.type}(${inner})`;
  }
}

const read = (markdown: string): string => sketch(readContent(markdown));

test.each([
  ["", ""],
  ["a\n\nb", 'paragraph("a") paragraph("b")'],
  ["---\na: b\n---", 'thematicBreak() h2("a: b")'],
  ["- a\n  - b\n\n  c", 'ul(li:spread(paragraph("a") ul(li(paragraph("b"))) paragraph("c")))'],
  ["- [ ] a\n- [X] b\n- c", 'ul(li[ ](paragraph("a")) li[x](paragraph("b")) li(paragraph("c")))'],
  ["3. a\n4. b", 'ol:3(li(paragraph("a")) li(paragraph("b")))'],
  ["~~~\n%% a %%\n[[b]]\n~~~", 'code:null:"%% a %%\\n[[b]]"'],
  ["<div>\n  a\n</div>\n\nb", 'html:"<div>\\n  a\\n</div>" paragraph("b")'],
  [
    "|a|b|\n|-|:-:|\n|~~c~~|\\|d|",
    'table:-,center(tableRow(tableCell("a") tableCell("b")) tableRow(tableCell(delete("c")) tableCell("|d")))',
  ],
])("blocks: %j", (markdown, tree) => {
  expect(read(markdown)).toBe(tree);
});

test.each([
  ["*a* __b__ ~~c~~ ~d~", 'paragraph(emphasis("a") " " strong("b") " " delete("c") " ~d~")'],
  ["a  \nb\r\nc", 'paragraph("a" break() "b\\r\\nc")'],
  ["a <b c='d'> e", 'paragraph("a " html:"<b c=\'d\'>" " e")'],
  ["\\*a\\* &amp; &#65; &nope; www.b.c", 'paragraph("*a* & A &nope; www.b.c")'],
  ["[a *b*](c.md) <https://d.e>", 'paragraph(link:c.md("a " emphasis("b")) " " link:https://d.e("https://d.e"))'],
  ["[a][b] ![c][b] [d]\n\n[b]: <e>", 'paragraph(ref:b("a") " " image-ref:b:c " [d]") def:b:e'],
])("inline: %j", (markdown, tree) => {
  expect(read(markdown)).toBe(tree);
});

test.each([
  ["a %%b *c* `d` [e](f)%% g", 'paragraph("a  g")'],
  ["a %%b\n> c%% d", 'paragraph("a %%b") blockquote(paragraph("c%% d"))'],
  ["> a %%b\n> c\r\n> d% e%% f", 'blockquote(paragraph("a  f"))'],
  ["*a %%b* c%% d*", 'paragraph(emphasis("a  d"))'],
  ["[a%%b%%](c)", 'paragraph(link:c("a"))'],
  ["`%%a%%` b", 'paragraph(inlineCode:"%%a%%" " b")'],
  ["5% of \\%%a%% b", 'paragraph("5% of %%a%% b")'],
])("a comment hides all up to its end in the same paragraph, outside code: %j", (markdown, tree) => {
  expect(read(markdown)).toBe(tree);
});

test.each([
  ["[[__a__|b *c* &amp; \\d]] *e*", 'paragraph("[[__a__|b *c* &amp; \\\\d]] " emphasis("e"))'],
  ["![[_a_]] !b", 'paragraph("![[_a_]] !b")'],
  ["[[a\\|b]]\n\n[a]: c", 'paragraph("[[a\\\\|b]]") def:a:c'],
  ["[[*a*\nb]]", 'paragraph("[[" emphasis("a") "\\nb]]")'],
  ["[[*a*", 'paragraph("[[" emphasis("a"))'],
  ["[[a] b](c)", 'paragraph(link:c("[a] b"))'],
  ["[[a](b)", 'paragraph("[" link:b("a"))'],
  ["[a [[b]]](c)", 'paragraph(link:c("a [[b]]"))'],
  ["![a](b)", "paragraph(image:b:a)"],
])("a wiki link is text as it is written: %j", (markdown, tree) => {
  expect(read(markdown)).toBe(tree);
});

test("what nests too deep to be drawn comes back as it is written", () => {
  for (const markdown of [`${">".repeat(300)}a`, "*a _b ".repeat(150) + "c_ d*".repeat(150)]) {
    expect(readContent(markdown)).toEqual({ type: "root", children: [{ type: "code", value: markdown }] });
  }
  expect(read("> > > > a")).toContain('"a"');
});

const nestImages = (depth: number): string => "![".repeat(depth) + "](a)".repeat(depth);

test.each([
  ["brackets open at once", nestImages(200), nestImages(201)],
  ["brackets that never close", "[a] [".repeat(200), "[a] [".repeat(201)],
  ["quotes on a line", `b\n\n${">".repeat(100)}a`, `b\n\n${">".repeat(101)}a`],
  ["containers on a line", ">> > 1. ".repeat(25), `${">> > 1. ".repeat(25)}- a`],
])("a field of absurdly many %s is not parsed, which would take the parser minutes", (_what, most, more) => {
  expect(readContent(most).children[0]?.type).not.toBe("code");
  expect(readContent(more)).toEqual({ type: "root", children: [{ type: "code", value: more }] });
});

test("random pieces of markup are read, and none of their words is lost", () => {
  const pieces = "%% [[ ]] ![[ [ ]( ) * ** _ ` ~~ | --- \n \n\n > - 1. \\ < & # word".split(" ");
  for (let seed = 0; seed < 300; seed++) {
    const draw = createDraw(seed);
    let markdown = "";
    for (let left = draw(20); left > 0; left--) markdown += `${pick(draw, pieces)}${draw(2) === 0 ? " " : ""}`;
    const shown = read(markdown);
    if (!markdown.includes("%%")) expect(shown.split("word").length).toBe(markdown.split("word").length);
  }
});
