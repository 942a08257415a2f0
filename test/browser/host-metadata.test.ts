// The contract of the cache of notes and of looking up links, as far as the plugin relies on it (typings of MetadataCache).
import { CODEMIRRORS, type Host, openHost } from "./support/harness";

const NOTE = `---
batch-limit: 4
required: [Plan, "Estimated Effort"]
tags:
  - planning
---
# Title

Text with [[b|words]] and \`[[not a link]]\`.

- one
  - [x] two

<!-- a comment -->
`;

describe.each(CODEMIRRORS)("the cache, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeAll(async () => {
    host = await openHost({
      codemirror,
      vault: { "a.md": NOTE, "b.md": "b", "one/same.md": "1", "two/same.md": "2", "two/deep/only.md": "3" },
    });
    await host.settled();
  });

  afterAll(() => host.close());

  test("a note's cache tells its headings, blocks, list rows, links and properties, with places", async () => {
    const cache = await host.page.evaluate(() => window.host.app.metadataCache.getCache("a.md"));
    expect(cache?.frontmatter).toEqual({
      "batch-limit": 4,
      required: ["Plan", "Estimated Effort"],
      tags: ["planning"],
    });
    expect(cache?.headings).toEqual([
      {
        heading: "Title",
        level: 1,
        position: {
          start: { line: 6, col: 0, offset: NOTE.indexOf("# Title") },
          end: { line: 6, col: 7, offset: NOTE.indexOf("# Title") + 7 },
        },
      },
    ]);
    expect(cache?.sections?.map(({ type, position }) => `${type} ${position.start.line}-${position.end.line}`)).toEqual(
      ["yaml 0-5", "heading 6-6", "paragraph 8-8", "list 10-11", "html 13-13"],
    );
    expect(cache?.listItems?.map(({ task, parent }) => [task, parent])).toEqual([
      [undefined, -10],
      ["x", 10],
    ]);
    expect(cache?.links?.map(({ link, displayText }) => [link, displayText])).toEqual([["b", "words"]]);
  });

  test("places count in the text as it is on the disk, carriage returns included", async () => {
    await host.write("b.md", "one\r\n\r\n# Two\r\n");
    await host.settled();
    const start = await host.page.evaluate(
      () => window.host.app.metadataCache.getCache("b.md")?.headings?.[0]?.position.start,
    );
    expect(start).toEqual({ line: 2, col: 0, offset: 7 });
  });

  test("changed comes with the new text and cache once a note was read anew, and not after a rename", async () => {
    await host.page.evaluate(() => {
      const { metadataCache } = window.host.app;
      const heard: string[] = [];
      metadataCache.on("changed", (file, text, cache) => {
        heard.push(
          `${file.path} ${text} ${String(cache.headings?.length)} ${String(metadataCache.getFileCache(file) === cache)}`,
        );
      });
      Object.assign(window, { heard });
    });
    await host.write("b.md", "# New");
    await host.settled();
    await host.page.evaluate(async () => {
      const { vault } = window.host.app;
      const file = vault.getFileByPath("b.md");
      if (file !== null) await vault.rename(file, "c.md");
    });
    await host.settled();
    expect(await host.page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([
      "b.md # New 1 true",
    ]);
    expect(await host.page.evaluate(() => window.host.app.metadataCache.getCache("c.md")?.headings?.length)).toBe(1);
  });

  test.each([
    ["only", "a.md", "two/deep/only.md"],
    ["two/same", "a.md", "two/same.md"],
    ["same.md", "two/deep/only.md", "one/same.md"],
    ["../same", "two/deep/only.md", "two/same.md"],
    ["deep/only", "a.md", "two/deep/only.md"],
    ["SAME", "one/x.md", "one/same.md"],
    ["nothing", "a.md", null],
  ])("a link %s in %s leads to %s", async (link, source, target) => {
    expect(
      await host.page.evaluate(
        ([path, from]) => window.host.app.metadataCache.getFirstLinkpathDest(path, from)?.path ?? null,
        [link, source] as const,
      ),
    ).toBe(target);
  });

  test("the text of a link is a note's name, and its path where two are called so", async () => {
    expect(
      await host.page.evaluate(() => {
        const { metadataCache, vault } = window.host.app;
        return ["two/deep/only.md", "two/same.md"].map((path) => {
          const file = vault.getFileByPath(path);
          return file && metadataCache.fileToLinktext(file, "a.md");
        });
      }),
    ).toEqual(["only", "two/same"]);
  });

  test("nothing of this left an error on the console", () => {
    expect(host.errors()).toEqual([]);
  });
});
