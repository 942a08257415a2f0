// The contract of the vault, as far as the plugin relies on it: each test names a behaviour of the app and, in brackets, where
// it is known from: the documentation, the typings of the API, or an observation in EDITOR.md. The host that runs it is what
// all other browser tests stand on.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";
import { recordEvents } from "./support/record-events";

describe.each(CODEMIRRORS)("the vault, over CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeAll(async () => {
    host = await openHost({
      codemirror,
      vault: { "a.md": "a", "folder/b.md": "b", "folder/picture.png": "p", ".hidden/c.md": "c", "folder/.d.md": "d" },
    });
  });

  afterAll(() => host.close());

  beforeEach(async () => {
    await host.write("count.md", "0");
    await host.settled();
  });

  describe("looking up", () => {
    test("files and folders are found by their path, of their class only (typing of Vault.getFileByPath)", async () => {
      expect(
        await host.page.evaluate(() => {
          const { vault } = window.host.app;
          return [
            vault.getFileByPath("folder/b.md")?.name,
            vault.getFileByPath("folder"),
            vault.getFolderByPath("folder")?.path,
            vault.getFolderByPath("a.md"),
            vault.getAbstractFileByPath("folder")?.parent?.isRoot(),
            vault.getFileByPath("A.md"),
          ];
        }),
      ).toEqual(["b.md", null, "folder", null, true, null]);
    });

    test("only files that end in .md are notes (typing of Vault.getMarkdownFiles)", async () => {
      const [notes, files] = await host.page.evaluate(() => {
        const { vault } = window.host.app;
        return [vault.getMarkdownFiles(), vault.getFiles()].map((all) => all.map((file) => file.path).sort());
      });
      expect(notes).toEqual(["a.md", "count.md", "folder/b.md"]);
      expect(files).toEqual(["a.md", "count.md", "folder/b.md", "folder/picture.png"]);
    });

    test("a file tells its name, ending, size and times (typing of TFile)", async () => {
      expect(
        await host.page.evaluate(() => {
          const file = window.host.app.vault.getFileByPath("folder/b.md");
          return [file?.basename, file?.extension, file?.stat.size, Number.isInteger(file?.stat.mtime)];
        }),
      ).toEqual(["b", "md", 1, true]);
    });

    test("dot folders and dot files are invisible to the vault, and the adapter reaches them (EDITOR.md, Writing)", async () => {
      expect(
        await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          return [
            vault.getAbstractFileByPath(".hidden"),
            vault.getFileByPath(".hidden/c.md"),
            vault.getFileByPath("folder/.d.md"),
            await vault.adapter.read(".hidden/c.md"),
            await vault.adapter.exists("folder/.d.md"),
            (await vault.adapter.list(".hidden")).files,
          ];
        }),
      ).toEqual([null, null, null, "c", true, [".hidden/c.md"]]);
    });

    test("the app's own folder is named by the vault (typing of Vault.configDir)", async () => {
      expect(await host.page.evaluate(() => window.host.app.vault.configDir)).toBe(".obsidian");
    });
  });

  describe("reading", () => {
    test("read goes to the disk, cachedRead need not (typings of Vault.read, Vault.cachedRead)", async () => {
      const read = (how: "read" | "cachedRead"): Promise<string | null> =>
        host.page.evaluate(async (name) => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("a.md");
          return file && vault[name](file);
        }, how);
      await read("cachedRead");
      const held = host.faults.hold({ operation: "read", path: "a.md" });
      expect(await read("cachedRead")).toBe("a");
      const reading = read("read");
      await held.arrived();
      held.release();
      expect(await reading).toBe("a");
    });

    test("cachedRead gives the new text once the change was told of (typing of Vault.cachedRead)", async () => {
      await host.write("count.md", "changed outside");
      await host.settled();
      expect(
        await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("count.md");
          return file && vault.cachedRead(file);
        }),
      ).toBe("changed outside");
    });

    test("a byte order mark and carriage returns are kept (issue 1: byte for byte)", async () => {
      await host.write("count.md", "\uFEFFone\r\ntwo\rthree\n");
      expect(
        await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("count.md");
          if (file === null) return null;
          const text = await vault.read(file);
          await vault.modify(file, text);
          return text;
        }),
      ).toBe("\uFEFFone\r\ntwo\rthree\n");
      expect(await host.read("count.md")).toBe("\uFEFFone\r\ntwo\rthree\n");
    });
  });

  describe("writing", () => {
    test("ten concurrent process calls that add one make ten (EDITOR.md, Writing: process is serialized)", async () => {
      await host.page.evaluate(async () => {
        const { vault } = window.host.app;
        const file = vault.getFileByPath("count.md");
        if (file === null) throw new Error("no note");
        await Promise.all(Array.from({ length: 10 }, () => vault.process(file, (text) => String(Number(text) + 1))));
      });
      expect(await host.read("count.md")).toBe("10");
    });

    test("process and modify of one file happen in the order asked for (EDITOR.md, Writing)", async () => {
      const held = host.faults.hold({ operation: "write", path: "count.md" });
      const writing = host.page.evaluate(async () => {
        const { vault } = window.host.app;
        const file = vault.getFileByPath("count.md");
        if (file === null) throw new Error("no note");
        await Promise.all([
          vault.process(file, (text) => `${text}1`),
          vault.modify(file, "set"),
          vault.process(file, (text) => `${text}2`),
        ]);
      });
      await held.arrived();
      held.release();
      await writing;
      expect(await host.read("count.md")).toBe("set2");
    });

    test("process resolves with what it wrote (typing of Vault.process)", async () => {
      expect(
        await host.page.evaluate(async () => {
          const file = window.host.app.vault.getFileByPath("count.md");
          return file && window.host.app.vault.process(file, (text) => `${text}!`);
        }),
      ).toBe("0!");
    });

    test("where the callback throws, process rejects with it and writes nothing (EDITOR.md, Writing)", async () => {
      const heard = await recordEvents(host, async () => {
        const message = await host.page.evaluate(async () => {
          const file = window.host.app.vault.getFileByPath("count.md");
          if (file === null) return "no note";
          const process = window.host.app.vault.process(file, () => {
            throw new Error("the text has changed");
          });
          return process.then(String, (error: unknown) => (error as Error).message);
        });
        expect(message).toBe("the text has changed");
      });
      expect(heard).toEqual([]);
      expect(await host.read("count.md")).toBe("0");
    });

    test("a write of the plugin's own comes back as an event, before the call resolves (EDITOR.md, Writing)", async () => {
      const heard = await recordEvents(host, async () => {
        const order = await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("count.md");
          if (file === null) return [];
          const seen: string[] = [];
          const ref = vault.on("modify", () => void seen.push("event"));
          await vault.modify(file, "1");
          seen.push("resolved");
          vault.offref(ref);
          return seen;
        });
        expect(order).toEqual(["event", "resolved"]);
      });
      expect(heard).toEqual(["modify count.md"]);
    });

    test("create refuses a path that is taken and a folder that is missing (typing of Vault.create)", async () => {
      expect(
        await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const messageOf = (act: Promise<unknown>): Promise<string> =>
            act.then(
              () => "done",
              (error: unknown) => (error as Error).message,
            );
          return [await messageOf(vault.create("a.md", "x")), await messageOf(vault.create("missing/a.md", "x"))];
        }),
      ).toEqual(["File already exists.", expect.stringContaining("ENOENT")]);
      expect(await host.read("a.md")).toBe("a");
    });

    test("create does not exclude another program: between its look and its write a note may come (EDITOR.md, Writing)", async () => {
      const held = host.faults.hold({ operation: "write", path: "raced.md" });
      const creating = host.page.evaluate(async () => (await window.host.app.vault.create("raced.md", "ours")).path);
      await held.arrived();
      await host.write("raced.md", "theirs");
      held.release();
      expect(await creating).toBe("raced.md");
      expect(await host.read("raced.md")).toBe("ours");
      await rm(join(host.vaultPath, "raced.md"));
    });

    test("folders are made with those above them, and refused where there is one (typing of Vault.createFolder)", async () => {
      const heard = await recordEvents(host, () =>
        host.page.evaluate(async () => {
          const { vault } = window.host.app;
          await vault.createFolder("one/two");
          await vault
            .createFolder("one/two")
            .catch((error: unknown) => vault.create("one/two/refused.md", (error as Error).message));
        }),
      );
      expect(heard).toEqual(["create one", "create one/two", "create one/two/refused.md"]);
      expect(await host.read("one/two/refused.md")).toBe("Folder already exists.");
      await rm(join(host.vaultPath, "one"), { recursive: true });
    });

    test("the disk's refusal reaches the caller with the system's code, and nothing is told of", async () => {
      host.faults.refuse({ operation: "write", path: "count.md" }, "ENOSPC");
      const heard = await recordEvents(host, async () => {
        const code = await host.page.evaluate(async () => {
          const file = window.host.app.vault.getFileByPath("count.md");
          const writing = file === null ? Promise.resolve() : window.host.app.vault.process(file, () => "lost");
          return writing.then(
            () => "done",
            (error: unknown) => (error as { code?: string }).code,
          );
        });
        expect(code).toBe("ENOSPC");
      });
      expect(heard).toEqual([]);
      expect(await host.read("count.md")).toBe("0");
    });
  });

  describe("the adapter", () => {
    /** Does something with the adapter; gives what came of it, or how it was refused. */
    const ask = (what: string): Promise<unknown> =>
      host.page.evaluate(
        `window.host.app.vault.adapter.${what}.then((value) => value ?? "done", (error) => "refused: " + error.code)`,
      );

    beforeEach(async () => {
      await host.write(".state/one.json", "1");
      await host.write(".state/two.json", "2");
    });

    test.each([
      [
        'a rename never overwrites (the app as it is used: "Destination file already exists!")',
        "rename('.state/one.json', '.state/two.json')",
        "refused: EEXIST",
      ],
      ["a rename to a free place takes the file there", "rename('.state/one.json', '.state/three.json')", "done"],
      ["a rename of nothing is refused", "rename('.state/none', '.state/three.json')", "refused: ENOENT"],
      ["a folder that is not there can't be listed", "list('.state/none')", "refused: ENOENT"],
      [
        "a folder is listed with paths from the vault's root",
        "list('.state')",
        { files: [".state/one.json", ".state/two.json"], folders: [] },
      ],
      ["a folder is made with those above it", "mkdir('.state/a/b')", "done"],
      ["a folder that is there may be made again", "mkdir('.state')", "done"],
      ["a write makes no folder", "write('.state/a/b.json', 'x')", "refused: ENOENT"],
      ["what is not there can't be removed", "remove('.state/none')", "refused: ENOENT"],
      ["what is not there has no stat", "stat('.state/none').then(String)", "null"],
      ["what is not there can't be processed", "process('.state/none', String)", "refused: ENOENT"],
      ["process works in dot folders", "process('.state/one.json', (text) => text + '!')", "1!"],
      ["a folder can't be read", "read('.state')", "refused: EISDIR"],
    ])("%s (typing of DataAdapter; Node)", async (_, what, end) => {
      expect(await ask(what)).toEqual(end);
      expect(await host.read(".state/two.json")).toBe("2");
      await rm(join(host.vaultPath, ".state"), { recursive: true });
    });

    test("a write that the disk refuses half-way leaves half of it (a write is not atomic: assumption)", async () => {
      host.faults.refuse({ operation: "write" }, "ENOSPC", 1, "half");
      expect(await ask("write('.state/one.json', 'abcdef')")).toBe("refused: ENOSPC");
      expect(await host.read(".state/one.json")).toBe("abc");
    });
  });

  test("trashFile takes a note away into the bin, and tells of it (typing of FileManager.trashFile)", async () => {
    await host.write("gone.md", "gone");
    const heard = await recordEvents(host, () =>
      host.page.evaluate(async () => {
        const { vault, fileManager } = window.host.app;
        const file = vault.getFileByPath("gone.md");
        if (file !== null) await fileManager.trashFile(file);
      }),
    );
    expect(heard).toEqual(["delete gone.md"]);
    expect(await host.read(".trash/gone.md")).toBe("gone");
  });

  test("nothing of this left an error on the console", () => {
    expect(host.errors()).toEqual([]);
  });
});
