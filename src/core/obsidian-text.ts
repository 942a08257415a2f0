import type { Options } from "mdast-util-from-markdown";

type Extensions<Name extends keyof Options> = NonNullable<NonNullable<Options[Name]>[number]>;
type Syntax = Extensions<"extensions">;
type Construct = Exclude<NonNullable<Syntax["text"]>[string], readonly unknown[] | undefined>;
type Effects = Parameters<Construct["tokenize"]>[0];
type State = ReturnType<Construct["tokenize"]>;

declare module "micromark-util-types" {
  interface TokenTypeMap {
    hiddenText: "hiddenText";
  }
}

const BRACKET_OPEN = 91;
const BRACKET_CLOSE = 93;
const BANG = 33;
const PERCENT = 37;

/** Inline markup that only Obsidian has, for micromark: `%%` comments, and `[[wiki links]]`, embedded ones too. */
export const obsidianText: Syntax = {
  text: {
    [PERCENT]: { tokenize: readComment },
    [BRACKET_OPEN]: { tokenize: readWikiLink },
    [BANG]: { tokenize: readWikiLink },
  },
};

/** For mdast-util-from-markdown: a comment leaves nothing, a wiki link is text. */
export const obsidianFromMarkdown: Extensions<"mdastExtensions"> = {
  enter: {
    hiddenText() {
      this.buffer();
    },
  },
  exit: {
    hiddenText() {
      this.resume();
    },
  },
};

/** `%%` to the next `%%` of the paragraph, whatever stands between. */
function readComment(effects: Effects, ok: State, nok: State): State {
  const inside: State = (code) => {
    if (code === null) return nok(code);
    if (!isLineEnd(code)) {
      effects.consume(code);
      return code === PERCENT ? close : inside;
    }
    effects.enter("lineEnding");
    effects.consume(code);
    effects.exit("lineEnding");
    return inside;
  };
  const close: State = (code) => {
    if (code !== PERCENT) return inside(code);
    effects.consume(code);
    effects.exit("hiddenText");
    return ok;
  };
  return (code) => {
    effects.enter("hiddenText");
    effects.consume(code);
    return (second) => {
      if (second !== PERCENT) return nok(second);
      effects.consume(second);
      return inside;
    };
  };
}

/** `[[` to `]]`, perhaps behind a `!`, on one line and without another bracket between. */
function readWikiLink(effects: Effects, ok: State, nok: State): State {
  const expect =
    (bracket: number, next: State): State =>
    (code) => {
      if (code !== bracket) return nok(code);
      effects.consume(code);
      return next;
    };
  const close = expect(BRACKET_CLOSE, (code) => {
    effects.exit("data");
    return ok(code);
  });
  const inside: State = (code) => {
    if (code === null || code === BRACKET_OPEN || isLineEnd(code)) return nok(code);
    effects.consume(code);
    return code === BRACKET_CLOSE ? close : inside;
  };
  const second = expect(BRACKET_OPEN, inside);
  const first = expect(BRACKET_OPEN, second);
  return (code) => {
    effects.enter("data");
    effects.consume(code);
    return code === BANG ? first : second;
  };
}

/** micromark counts line ends below zero, tabs and the columns of tabs above them. */
function isLineEnd(code: number): boolean {
  return code < -2;
}
