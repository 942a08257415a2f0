// The vault as a NoteStore keeps the contract that the disk keeps, in the browser host: notes that no pane shows, written by
// another program a moment ago, so that the app's index need not know them yet.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describeStoreContract } from "../support/store-contract";
import { CODEMIRRORS, type Host, openHost } from "./support/harness";
import { loadStores, openStore } from "./support/vault-stores";

describe.each(CODEMIRRORS)("on CodeMirror %s", (codemirror) => {
  let host: Host;
  let places = 0;

  beforeAll(async () => {
    host = await openHost({ codemirror, vault: { "NOTE.md": "in the vault's root\n" } });
    await loadStores(host.page);
  });

  afterAll(async () => {
    expect(host.errors()).toEqual([]);
    await host.close();
  });

  describeStoreContract("the vault store", () => {
    const folder = `place ${places++}/below`;
    const path = join(host.vaultPath, folder);
    const put = (name: string, bytes: string | Uint8Array): void => {
      mkdirSync(dirname(join(path, name)), { recursive: true });
      writeFileSync(join(path, name), bytes);
    };
    mkdirSync(path, { recursive: true });
    return {
      open: () => openStore(host.page, folder),
      look: (name) => (existsSync(join(path, name)) ? readFileSync(join(path, name), "utf8") : null),
      put,
      spoil: (name) => {
        put(name, Uint8Array.of(0x23, 0x20, 0xff, 0xfe, 0x0a));
      },
      block: (name) => {
        mkdirSync(join(path, name));
      },
    };
  });
});
