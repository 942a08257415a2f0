// Runs every call that README shows, in its order, and holds what it shows against what the call prints: an example that is
// not true any more fails here.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createFolder, removeFolders } from "../support/command-line";

const ROOT = join(__dirname, "..", "..");

afterAll(removeFolders);

interface Example {
  readonly call: string;
  readonly shown: string;
}

function readExamples(): readonly Example[] {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const blocks = [...readme.matchAll(/^```console\n([\s\S]*?)^```$/gm)].map(([, block]) => String(block));
  return blocks.flatMap((block) =>
    block
      .split(/^\$ /m)
      .filter((part) => part !== "")
      .map((part) => {
        const end = part.indexOf("\n");
        return { call: part.slice(0, end), shown: part.slice(end + 1).trimEnd() };
      }),
  );
}

/** Words of a shell's line, double quotes taken off. */
function splitWords(line: string): readonly string[] {
  return [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? String(bare));
}

test("README's calls print what README shows", () => {
  const read = (path: string) => readFileSync(join(ROOT, "test", "fixtures", "readme", path), "utf8");
  const folder = createFolder({ "shop/BACKLOG.md": read("shop/BACKLOG.md"), "shop/TODO.md": read("shop/TODO.md") });
  const examples = readExamples();
  const calls = examples.map(({ call }) => splitWords(call)[1]);
  for (const name of "init check list next promote set tick archive return undo recover fix".split(" ")) {
    expect(calls).toContain(name);
  }
  for (const { call, shown } of examples) {
    const [program, ...words] = splitWords(call);
    expect(program).toBe("backlog-cards");
    const { out, err } = folder.run(...words, "--today", "2026-11-23");
    expect({ call, shown: `${out}${err}`.trimEnd() }).toEqual({ call, shown });
  }
});
