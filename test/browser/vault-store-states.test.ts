// Journal and ledger as the app writes them, which cannot rename over a file: whatever call of the disk it dies at, the app after
// it and the command line read the old state or the new one, never a part, never none where there was one.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createDiskStore } from "../../src/cli/disk-store";
import type { NoteStore } from "../../src/core/store";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";
import { loadStores, openStore } from "./support/vault-stores";

const OLD = '{"state":"old"}';
const NEW = '{"state":"new, and longer than the old one"}';
const NAME = "ledger/000001.json";

/** Calls that change something, of one writing over an old state, and some more: the last ones are never made. */
const CALLS = 6;

describe.each(CODEMIRRORS)("on CodeMirror %s", (codemirror) => {
  let host: Host;

  beforeAll(async () => {
    host = await openHost({ codemirror, vault: { "NOTE.md": "\n" } });
    await loadStores(host.page);
  });

  afterAll(async () => {
    await host.close();
  });

  const put = (folder: string, name: string, text: string): void => {
    const path = join(host.vaultPath, folder, ".backlog-cards", name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const disk = (folder: string): NoteStore => createDiskStore(join(host.vaultPath, folder));
  const look = async (store: NoteStore): Promise<readonly [string | null, boolean]> => [
    await store.readState(NAME),
    (await store.listState("ledger")).includes("000001.json"),
  ];
  const take = async (store: NoteStore): Promise<void> => {
    const lock = await store.lock();
    if (!lock.held) throw new Error(lock.owner);
    await lock.release();
  };

  test("the app that dies at any call leaves the old state or the new one, for the command line and for the app", async () => {
    const cases = [null, OLD].flatMap((before) =>
      Array.from({ length: CALLS }, (_, index) => index + 1).flatMap((at) =>
        (["none", "half", "whole"] as const).map((extent) => ({
          before,
          at,
          extent,
          folder: `${before === null ? "none" : "old"}-${at}-${extent}`,
        })),
      ),
    );
    for (const { before, at, extent, folder } of cases) {
      mkdirSync(join(host.vaultPath, folder));
      if (before !== null) put(folder, NAME, before);
      const below = new RegExp(`^${folder}/`);
      const death = host.faults.killAt({ operation: "changing", path: below }, at, extent, below);
      const written = openStore(host.page, folder).writeState(NAME, NEW);
      written.catch(() => undefined);
      await Promise.race([death.met, written]);
      host.faults.forgive();
    }
    const seen = new Set<string | null>();
    for (const { before, folder } of cases) {
      const [text, listed] = await look(disk(folder));
      expect([before, NEW]).toContain(text);
      expect(listed).toBe(text !== null);
      seen.add(text);
    }
    expect(seen).toEqual(new Set([null, OLD, NEW]));
    await host.reopen();
    await loadStores(host.page);
    for (const [index, { folder }] of cases.entries()) {
      const left = await look(disk(folder));
      const app = openStore(host.page, folder);
      expect(await look(app)).toEqual(left);
      await take(index % 2 === 0 ? app : disk(folder));
      expect([await look(app), await look(disk(folder))]).toEqual([left, left]);
      const ledger = join(host.vaultPath, folder, ".backlog-cards/ledger");
      if (left[1]) expect(readdirSync(ledger)).toEqual(["000001.json"]);
    }
  });

  test("a state that is removed does not come back from a next text that was left", async () => {
    for (const open of [(folder: string) => openStore(host.page, folder), disk]) {
      const folder = `removed-${open === disk ? "disk" : "app"}`;
      put(folder, "journal.json", OLD);
      put(folder, "journal.json.new", NEW);
      const store = open(folder);
      expect(await store.readState("journal.json")).toBe(OLD);
      await store.removeState("journal.json");
      expect([await store.readState("journal.json"), await store.listState("")]).toEqual([null, []]);
    }
  });

  test("a state longer than any is read in part", async () => {
    const folder = "long";
    put(folder, "journal.json", "x".repeat(1000));
    expect((await openStore(host.page, folder).readState("journal.json"))?.length).toBe(1000);
  });

  test("the folder is kept out of version control", async () => {
    mkdirSync(join(host.vaultPath, "ignored"));
    await take(openStore(host.page, "ignored"));
    expect(readdirSync(join(host.vaultPath, "ignored/.backlog-cards"))).toEqual([".gitignore"]);
    expect(await host.read("ignored/.backlog-cards/.gitignore")).toBe("*\n");
  });
});
