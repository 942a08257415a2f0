import { Lexer, type MarkedOptions, type Token } from "marked";

/** The last text that was read: after a change, the reading view and the cache ask for the same one. */
let last: {
  readonly text: string;
  readonly options: MarkedOptions | undefined;
  readonly tokens: readonly Token[];
} | null = null;

/** The blocks at the root of a text; what stands in their lines is not read. To be left as they are: the next asker gets them too. */
export function readBlocks(text: string, options?: MarkedOptions): readonly Token[] {
  if (last?.text !== text || last.options !== options) {
    last = { text, options, tokens: new Lexer(options).blockTokens(text, []) };
  }
  return last.tokens;
}
