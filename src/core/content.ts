import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmStrikethroughFromMarkdown } from "mdast-util-gfm-strikethrough";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmTaskListItemFromMarkdown } from "mdast-util-gfm-task-list-item";
import { gfmStrikethrough } from "micromark-extension-gfm-strikethrough";
import { gfmTable } from "micromark-extension-gfm-table";
import { gfmTaskListItem } from "micromark-extension-gfm-task-list-item";
import { obsidianFromMarkdown, obsidianText } from "./obsidian-text";

/** Levels of a tree that are read: whoever draws or searches it goes down by recursion. */
const DEEPEST = 200;

/** Brackets that are open at once in what is parsed: of thousands the parser makes minutes. */
const MOST_BRACKETS = 200;

/** A line that begins more containers than anybody writes, for the same reason. */
const MANY_CONTAINERS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){101}/m;

const READING = {
  extensions: [gfmTaskListItem(), gfmTable(), gfmStrikethrough({ singleTilde: false }), obsidianText],
  mdastExtensions: [
    gfmTaskListItemFromMarkdown(),
    gfmTableFromMarkdown(),
    gfmStrikethroughFromMarkdown(),
    obsidianFromMarkdown,
  ],
};

/**
 * One field's Markdown as an mdast tree: CommonMark with task lists, tables and `~~struck~~` text; wiki links are text as they
 * are written, and of `%%` comments in a paragraph there is nothing (those of whole lines are the note's, and masked there).
 * Total: what nests absurdly deep comes back as code.
 */
export function readContent(markdown: string): Root {
  const root = isTooNested(markdown) ? null : fromMarkdown(markdown, READING);
  return root === null || isTooDeep(root) ? { type: "root", children: [{ type: "code", value: markdown }] } : root;
}

function isTooNested(markdown: string): boolean {
  let open = 0;
  for (const [bracket] of markdown.matchAll(/[[\]]/g)) {
    open = bracket === "[" ? open + 1 : Math.max(0, open - 1);
    if (open > MOST_BRACKETS) return true;
  }
  return MANY_CONTAINERS.test(markdown);
}

function isTooDeep(root: Root): boolean {
  let level: readonly Nodes[] = [root];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  }
  return level.length > 0;
}
