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
  const root = fromMarkdown(markdown, READING);
  return isTooDeep(root) ? { type: "root", children: [{ type: "code", value: markdown }] } : root;
}

function isTooDeep(root: Root): boolean {
  let level: readonly Nodes[] = [root];
  for (let depth = 0; depth < DEEPEST && level.length > 0; depth++) {
    level = level.flatMap((node) => ("children" in node ? node.children : []));
  }
  return level.length > 0;
}
