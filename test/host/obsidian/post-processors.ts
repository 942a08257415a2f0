import type { MarkdownRenderChild } from "./markdown-render-child";

/** Source: typing `MarkdownSectionInformation`. */
export interface PartPlace {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** Source: typing `MarkdownPostProcessorContext`. */
export interface PostProcessorContext {
  readonly docId: string;
  readonly sourcePath: string;
  readonly frontmatter: unknown;
  addChild(child: MarkdownRenderChild): void;
  getSectionInfo(element: HTMLElement): PartPlace | null;
}

/** Source: typing `MarkdownPostProcessor`. */
export interface PostProcessor {
  (element: HTMLElement, context: PostProcessorContext): unknown;
  sortOrder?: number;
}

const processors: { readonly run: PostProcessor; readonly order: number }[] = [];

/** Source: typing `MarkdownPreviewRenderer`; what is open is not rendered anew by a registration (observation). */
export const MarkdownPreviewRenderer = {
  registerPostProcessor(run: PostProcessor, sortOrder = run.sortOrder ?? 0): void {
    processors.push({ run, order: sortOrder });
    processors.sort((a, b) => a.order - b.order);
  },

  unregisterPostProcessor(run: PostProcessor): void {
    const at = processors.findIndex((processor) => processor.run === run);
    if (at >= 0) processors.splice(at, 1);
  },

  createCodeBlockPostProcessor(
    language: string,
    handler: (source: string, element: HTMLElement, context: PostProcessorContext) => unknown,
  ): PostProcessor {
    return async (element, context) => {
      for (const code of element.querySelectorAll(`pre > code.language-${CSS.escape(language)}`)) {
        const block = element.createDiv(`block-language-${language}`);
        code.parentElement?.replaceWith(block);
        await handler(code.textContent.replace(/\n$/, ""), block, context);
      }
    };
  },
};

/**
 * Runs all post processors over an element, lowest order first. Assumption: one that fails is told of on the console and does not
 * keep the others from running.
 */
export async function processElement(element: HTMLElement, context: PostProcessorContext): Promise<void> {
  const running = [...processors].map(async ({ run }) => run(element, context));
  for (const result of await Promise.allSettled(running)) {
    if (result.status === "rejected") console.error("A post processor failed", result.reason);
  }
}
