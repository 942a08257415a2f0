// Random notes out of snippets that are hard to read line by line. The same seed gives the same note for ever.

/** A source of numbers: each call gives an integer of `[0, below)`. */
export type Draw = (below: number) => number;

/** Seeded numbers (mulberry32). */
export function createDraw(seed: number): Draw {
  let state = seed | 0;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below);
  };
}

/** One of several values; those that stand more often come more often. */
export function pick<Value>(draw: Draw, values: readonly Value[]): Value {
  const value = values[draw(values.length)];
  if (value === undefined) throw new RangeError("nothing to pick from");
  return value;
}

const INDENTS = [
  "",
  "",
  "",
  "",
  "",
  " ",
  "  ",
  "  ",
  "   ",
  "    ",
  "     ",
  "      ",
  "\t",
  " \t",
  "  \t",
  "\t\t",
  "        ",
];

const CONTAINERS = [
  ...[
    "",
    "",
    "",
    "",
    "",
    "",
    "- ",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "1) ",
    "2. ",
    "10. ",
    "123456789. ",
    "1234567890. ",
    "> ",
    "> ",
    ">",
  ],
  ...[
    "- - ",
    "> - ",
    "- > ",
    "1. - ",
    ">> ",
    ">  ",
    "-   ",
    "-    ",
    "-     ",
    "-\t",
    ">\t",
    "1.\t",
    "- 2. ",
    "0. ",
    "* 1) ",
    "-  \t",
  ],
];

/** Texts of one line, grouped by what they try. */
export const SNIPPETS: Readonly<Record<string, readonly string[]>> = {
  prose: [
    "a",
    "some text",
    "**Plan:**  ",
    "text with `code`",
    "a <b> c",
    "x -->",
    "é — “text”",
    "[x] a",
    "]",
    "\\",
    "~~ ~~~",
    "end ```",
  ],
  blank: ["", "", "", "", " ", "   ", "\t", "      "],
  fence: [
    "```",
    "````",
    "~~~",
    "~~~~",
    "```js",
    "~~~ `a`",
    "``` a`b",
    "``",
    "~~",
    "```  ",
    "~~~ ~~~",
    "``` x",
    "  ```",
    "   ~~~",
    "    ```",
  ],
  comment: ["<!--", "<!-- a", "<!-- a -->", "-->", "b --> c", "<!-->", "<!--->", "<!-- -- >", "<!-", "<!---->", "--->"],
  html: [
    "<pre",
    "<pre>",
    "<script>",
    "</pre>",
    "</script> a",
    "<style x",
    "<textarea>",
    "</TEXTAREA>",
    "<PRE>x</pre >",
    "<pre/>",
    "</pre",
    "<prefix>",
    "<pre>a</pre>",
  ],
  instruction: [
    "<?",
    "<?php",
    "?>",
    "<?>",
    "<!X",
    "<!doctype html>",
    "<!doctype",
    ">",
    "<![CDATA[",
    "]]>",
    "<![CDATA[ a ]]> b",
    "<![cdata[",
  ],
  tags: [
    "<div>",
    "</div>",
    "<div",
    "<div/>",
    "<div/",
    "<p>a",
    "<table",
    "<h1 x",
    "<li>",
    "<details>",
    "<summary>a",
    "<divx",
    "</p/>",
    "<search>",
    "<p/ >",
    "<h7>",
  ],
  whole: [
    "<x>",
    "</x>",
    "<x/>",
    "<x y>",
    "<x y=z>",
    "<x y='z'>",
    '<x y="z" w>',
    "<x y = z >",
    "<x> a",
    "<x",
    "<x y='z'w>",
    "<x y=>",
    "<x y=/>",
    "<x y=a/b>",
  ],
  more: [
    "<a :b>",
    "<a _b.c-d:e>",
    "<a b=c=d>",
    "<a b=`>",
    '<a b="c>',
    "<a b='c'/>",
    "</a b>",
    "</a >",
    "<a/ >",
    "<a b / >",
    "<a-b>",
    "<1>",
    "< a>",
    "<a b=c/>",
    "<a b=<>",
    "<a =>",
  ],
  marker: [
    "## task_begin",
    "## task_end",
    " ## task_end",
    "   ## task_begin  ",
    "    ## task_begin",
    "## task_begin### # [id:A]",
    "## group_begin [type:a][priority:b]",
  ],
  marker2: [
    "## group_end",
    "## index_entry_begin",
    "## index_entry_end\t",
    "##  task_begin",
    "## Task_end",
    "##task_end",
    "# task_end",
    "\t## task_end",
    "  ## group_begin",
  ],
  heading: ["# a", "## b", "###### c", "####### d", "#", "#a", "### Plan", "# #", "#\ta"],
  underline: ["===", "=", "---", "--", "-", "== =", "---  ", "===\t", "   ---", "    ---", "=-="],
  rule: [
    "***",
    "* * *",
    "- - -",
    "___",
    "_ _ _ ",
    "**",
    "--- -",
    "*-*",
    "-  -  -",
    "+++",
    "- - a",
    "* * b",
    "* *",
    "_ _",
    "- * -",
  ],
  box: [
    "- [ ] a",
    "- [x] b",
    "* [X] c",
    "1. [ ] d",
    "- [ ]",
    "- [x] ",
    "- [x]a",
    "- [y] z",
    "- [ ]  e",
    "  - [ ] f",
    "- [] g",
    "-  [x] h",
    "[ ]",
    "[x]",
    "- [x",
    "- [ ] [",
  ],
  list: [
    "- a",
    "* b",
    "+ c",
    "1. d",
    "2. e",
    "3) f",
    "-",
    "*",
    "+",
    "1.",
    "2)",
    "-a",
    "1.a",
    "- ",
    "-  ",
    "1.  ",
    "0. g",
    "01. h",
    "999999999. i",
    "9999999999. j",
    "12",
  ],
  quote: [
    "> a",
    ">",
    ">> b",
    "> > c",
    ">c",
    "> - d",
    "> ```",
    "> <!--",
    "> ---",
    ">     e",
    "> # f",
    "> ===",
    "> 2. g",
  ],
  definition: ["[a]: /b", "[a]:", "/b", "[c]: <d> 'e'", "[f", "g]: h", "'title'", "[a]: /b 'x' y"],
  matter: ["---", "--- ", "---", "key: value", "----", "batch-limit: 5", "...", " ---"],
};

const GROUPS = Object.values(SNIPPETS);

/** A note of 3 to 15 lines: snippets in random containers, with random breaks, some of them behind a byte-order mark. */
export function drawNote(draw: Draw): string {
  const breaks = pick(draw, [["\n"], ["\n"], ["\n"], ["\r\n"], ["\r"], ["\n", "\r\n", "\r"]]);
  // Few groups in a note, so that what opens also meets what closes it.
  const groups = [pick(draw, GROUPS), pick(draw, GROUPS), pick(draw, GROUPS), SNIPPETS["blank"] ?? []];
  const contained = draw(4) > 0;
  const count = 3 + draw(13);
  let note = draw(8) === 0 ? "\uFEFF" : "";
  if (draw(12) === 0) note += pick(draw, ["---", "--- ", "---\t"]) + pick(draw, breaks);
  for (let line = 0; line < count; line++) {
    note += contained ? pick(draw, INDENTS) + pick(draw, CONTAINERS) : draw(3) === 0 ? pick(draw, INDENTS) : "";
    note += pick(draw, pick(draw, groups));
    if (line < count - 1 || draw(2) === 0) note += pick(draw, breaks);
  }
  return note;
}
