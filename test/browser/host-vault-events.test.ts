// The contract of what the vault tells of files that come, go and change their names, by this page or by another program. Each
// test names a behaviour of the app and, in brackets, where it is known from. The rest of the contract: host-vault.test.ts.
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";
import { recordEvents } from "./support/record-events";

describe.each(CODEMIRRORS)("events of the vault, over CodeMirror %s", (codemirror) => {
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

  describe("renaming and deleting", () => {
    test("a rename is one event, the file stays the same object (typing of Vault.on rename)", async () => {
      const heard = await recordEvents(host, () =>
        host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("count.md");
          if (file === null) return;
          await vault.rename(file, "folder/moved.md");
          if (vault.getFileByPath("folder/moved.md") !== file || file.basename !== "moved")
            throw new Error("another object");
        }),
      );
      expect(heard).toEqual(["rename count.md to folder/moved.md"]);
      await rm(join(host.vaultPath, "folder/moved.md"));
    });

    test("with a folder everything in it is renamed", async () => {
      await host.write("old/deep/x.md", "x");
      const heard = await recordEvents(host, () =>
        host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const folder = vault.getFolderByPath("old");
          if (folder !== null) await vault.rename(folder, "new");
          if (vault.getFileByPath("new/deep/x.md")?.parent?.path !== "new/deep") throw new Error("not moved");
        }),
      );
      expect(heard).toEqual([
        "rename old to new",
        "rename old/deep to new/deep",
        "rename old/deep/x.md to new/deep/x.md",
      ]);
      await rm(join(host.vaultPath, "new"), { recursive: true });
    });

    test("a rename onto another file is refused", async () => {
      expect(
        await host.page.evaluate(async () => {
          const { vault } = window.host.app;
          const file = vault.getFileByPath("count.md");
          return (
            file &&
            vault.rename(file, "a.md").then(
              () => "done",
              (error: unknown) => (error as Error).message,
            )
          );
        }),
      ).toBe("Destination file already exists!");
      expect(await host.read("a.md")).toBe("a");
    });

    test("what is deleted is gone from the vault when the event comes (typing of Vault.on delete)", async () => {
      const left = await host.page.evaluate(async () => {
        const { vault } = window.host.app;
        const file = vault.getFileByPath("count.md");
        let found: unknown = "no event";
        const ref = vault.on("delete", (gone) => (found = vault.getAbstractFileByPath(gone.path)));
        if (file !== null) await vault.delete(file);
        vault.offref(ref);
        return found;
      });
      expect(left).toBeNull();
    });

    test("what is trashed lies in the vault's own .trash, where the system has none (typing of Vault.trash)", async () => {
      await host.page.evaluate(async () => {
        const file = window.host.app.vault.getFileByPath("count.md");
        if (file !== null) await window.host.app.vault.trash(file, true);
      });
      expect(await host.read(".trash/count.md")).toBe("0");
    });
  });

  describe("other programs", () => {
    test("an edit, a new note and a removal are told of as such (documentation page Vault; EDITOR.md, Writing)", async () => {
      await host.write("away.md", "x");
      const heard = await recordEvents(host, async () => {
        await host.write("count.md", "by an agent");
        await host.write("fresh/new.md", "new");
        await rm(join(host.vaultPath, "away.md"));
      });
      expect([...heard].sort()).toEqual(["create fresh", "create fresh/new.md", "delete away.md", "modify count.md"]);
      await rm(join(host.vaultPath, "fresh"), { recursive: true });
    });

    test("a rename by another program is a removal and a creation", async () => {
      await host.write("away.md", "x");
      const heard = await recordEvents(host, () =>
        rename(join(host.vaultPath, "away.md"), join(host.vaultPath, "there.md")),
      );
      expect([...heard].sort()).toEqual(["create there.md", "delete away.md"]);
      await rm(join(host.vaultPath, "there.md"));
    });

    test("a folder that goes away takes its notes with it, each told of", async () => {
      await host.write("gone/x.md", "x");
      const heard = await recordEvents(host, () => rm(join(host.vaultPath, "gone"), { recursive: true }));
      expect(heard).toEqual(["delete gone/x.md", "delete gone"]);
    });

    test("nothing is told of dot folders", async () => {
      const heard = await recordEvents(host, async () => {
        await mkdir(join(host.vaultPath, ".backlog-cards"), { recursive: true });
        await writeFile(join(host.vaultPath, ".backlog-cards/journal.json"), "{}");
        await host.page.evaluate(() => window.host.app.vault.adapter.write(".hidden/c.md", "changed"));
      });
      expect(heard).toEqual([]);
    });
  });

  test("nothing of this left an error on the console", () => {
    expect(host.errors()).toEqual([]);
  });
});
