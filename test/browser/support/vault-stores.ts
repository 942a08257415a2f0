import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import type { NoteChange } from "../../../src/core/plan";
import { StoreError, type LockResult, type NoteRead, type WriteResult } from "../../../src/core/store";
import type { VaultStore } from "../../../src/vault/vault-store";

const ROOT = join(__dirname, "../../..");

const ENTRY = `
  export { createVaultStore } from "./src/vault/vault-store";
  export { MovedTexts, movedTexts } from "./src/editor/moved-texts";
`;

let bundle: string | undefined;

/** The sources of the store as one module, built as the plugin is: what the app brings stays outside. */
function bundleStore(): string {
  if (bundle !== undefined) return bundle;
  const folder = mkdtempSync(join(tmpdir(), "backlog-cards-store-"));
  const outfile = join(folder, "store.js");
  const options = {
    stdin: { contents: ENTRY, resolveDir: ROOT, loader: "ts" },
    bundle: true,
    platform: "browser",
    format: "cjs",
    external: ["obsidian", "@codemirror/*"],
    outfile,
  };
  execFileSync(process.execPath, ["-e", `require("esbuild").buildSync(${JSON.stringify(options)})`], { cwd: ROOT });
  bundle = readFileSync(outfile, "utf8");
  rmSync(folder, { recursive: true });
  return bundle;
}

/** What the page keeps of the stores that tests opened in it. */
interface PageStores {
  open(folder: string): number;
  call(id: number, method: string, args: string): Promise<string>;
}

declare global {
  interface Window {
    vaultStores: PageStores;
  }
}

/** Puts the store's sources into a page; again after it was opened anew. */
export async function loadStores(page: Page): Promise<void> {
  await page.evaluate((code) => {
    interface Loaded {
      createVaultStore(...args: readonly unknown[]): Record<string, (...args: readonly unknown[]) => Promise<unknown>>;
      MovedTexts: new () => { expect(path: string, given: readonly string[]): () => void };
      movedTexts(texts: object): never;
    }
    const { app, modules, plugin } = window.host;
    const module = { exports: {} as Loaded };
    // The sources are run as a plugin's are by the app.
    const run = window.eval(`(function (require, module, exports) {${code}\n})`) as (
      require: (name: keyof typeof modules) => unknown,
      module: object,
      exports: object,
    ) => void;
    run((name) => modules[name], module, module.exports);
    const texts = new module.exports.MovedTexts();
    plugin?.registerEditorExtension(module.exports.movedTexts(texts));
    const stores: ReturnType<Loaded["createVaultStore"]>[] = [];
    const releases: (() => Promise<void>)[] = [];
    const editorOf = (view: { getMode(): string; editor: unknown }): unknown =>
      view.getMode() === "source" ? (view.editor as { cm: unknown }).cm : null;
    window.vaultStores = {
      open: (folder) => {
        const store = module.exports.createVaultStore(app, folder, editorOf, (path: string, given: readonly string[]) =>
          texts.expect(path, given),
        );
        return stores.push(store) - 1;
      },
      call: async (id, method, given) => {
        const args = JSON.parse(given) as readonly unknown[];
        try {
          if (method === "release") {
            await releases[args[0] as number]?.();
            return JSON.stringify({});
          }
          const value = await stores[id]?.[method]?.(...args);
          if (method === "lock") {
            const lock = value as LockResult;
            if (!lock.held) return JSON.stringify({ value: lock });
            return JSON.stringify({ value: { held: true, release: releases.push(() => lock.release()) - 1 } });
          }
          return JSON.stringify({ value });
        } catch (error) {
          if (error instanceof Error && error.name === "StoreError") return JSON.stringify({ refused: error.message });
          throw error;
        }
      },
    };
  }, bundleStore());
}

/** A store in the page over a folder of its vault, as one in this process. Its errors are `StoreError`s of this process. */
export function openStore(page: Page, folder: string): VaultStore {
  const opened = page.evaluate((path) => window.vaultStores.open(path), folder);
  const call = async (method: string, ...args: readonly unknown[]): Promise<unknown> => {
    // As text, so that half a character gets there.
    const given = [await opened, method, JSON.stringify(args)] as const;
    const said = await page.evaluate(([id, name, text]) => window.vaultStores.call(id, name, text), given);
    const { value, refused } = JSON.parse(said) as { value?: unknown; refused?: string };
    if (refused !== undefined) throw new StoreError(refused);
    return value;
  };
  return {
    read: (path) => call("read", path) as Promise<NoteRead>,
    write: (change: NoteChange) => call("write", change) as Promise<WriteResult>,
    readState: (name) => call("readState", name) as Promise<string | null>,
    writeState: (name, text) => call("writeState", name, text) as Promise<void>,
    removeState: (name) => call("removeState", name) as Promise<void>,
    listState: (folder) => call("listState", folder) as Promise<readonly string[]>,
    lock: async (): Promise<LockResult> => {
      const lock = (await call("lock")) as { held: true; release: number } | { held: false; owner: string };
      return lock.held ? { held: true, release: () => call("release", lock.release) as Promise<void> } : lock;
    },
    digest: (text) => call("digest", text) as Promise<string>,
    findCutOff: () => call("findCutOff") as Promise<string | null>,
    findLock: () => call("findLock") as Promise<string | null>,
    breakLock: () => call("breakLock") as Promise<void>,
  };
}
