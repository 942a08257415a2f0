import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import type { PaneMode, PaneOptions } from "../../host/host-window";
import type { DiskFaults } from "../../host/server/disk-faults";
import { startServer } from "../../host/server/server";
import { BUNDLE, type Ended } from "../../support/command-line";

/** The versions of CodeMirror over which every browser test runs. */
export const CODEMIRRORS = ["6.38.6", "newest"] as const;

export type Codemirror = (typeof CODEMIRRORS)[number];

/** What a test's page shows, and how. */
export interface HostOptions {
  readonly codemirror: Codemirror;
  /** Texts by path, written into a new folder; or a folder that is copied into one. */
  readonly vault: Readonly<Record<string, string>> | { readonly folder: string };
  /** What `data.json` holds at the start; none where it is left out. A string is written as it is. */
  readonly settings?: unknown;
  /** Notes opened at the start, the last one active, each beside the one before. */
  readonly open?: readonly { readonly path: string; readonly mode?: PaneMode }[];
  /** 1400. */
  readonly width?: number;
  /** 900. */
  readonly height?: number;
  /** Light. */
  readonly theme?: "light" | "dark";
  /** What the browser tells the page of the person's wishes. */
  readonly media?: Parameters<Page["emulateMedia"]>[0];
}

/** A vault in the browser, with the plugin loaded. */
export interface Host {
  /** The page; another one after `reopen`. */
  readonly page: Page;
  readonly context: BrowserContext;
  /** The folder of the vault on the disk. */
  readonly vaultPath: string;
  /** Makes the disk refuse the page's calls, or hold them back. */
  readonly faults: DiskFaults;
  /** A note's text on the disk. */
  read(path: string): Promise<string>;
  /** Writes a note as another program does: at once, without the page. Missing folders are made. */
  write(path: string, text: string): Promise<void>;
  /** The same by renaming another file over it, as agents and sync programs do. */
  replace(path: string, text: string): Promise<void>;
  /** Runs the command line in the vault's folder as a process of its own, which `npm run build` has made. */
  runCommandLine(...args: readonly string[]): Promise<Ended>;
  open(path: string, options?: PaneOptions): Promise<void>;
  command(id: string): Promise<void>;
  settled(): Promise<void>;
  /** What went wrong in the page so far: errors on its console and errors that nothing caught. */
  errors(): readonly string[];
  /** Ends the page as a crash does, without a word to it, and opens the vault anew; nothing is open but what is named. */
  reopen(open?: HostOptions["open"]): Promise<void>;
  close(): Promise<void>;
}

const DATA = ".obsidian/plugins/backlog-cards/data.json";

let browser: Promise<Browser> | undefined;

afterAll(async () => {
  await (await browser)?.close();
});

/** Opens a new vault in a new page, as soon as its layout is ready. Close it at the end of the test. */
export async function openHost(options: HostOptions): Promise<Host> {
  const { BACKLOG_CARDS_BROWSER: endpoint = "", BACKLOG_CARDS_BUILD: build = "" } = process.env;
  browser ??= chromium.connect(endpoint);
  const folder = await mkdtemp(join(tmpdir(), "backlog-cards-vault-"));
  const vaultPath = join(folder, "vault");
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(join(vaultPath, path)), { recursive: true });
    await writeFile(join(vaultPath, path), text);
  };
  await mkdir(vaultPath);
  await fillVault(options, vaultPath, write);
  const server = await startServer({
    vault: vaultPath,
    page: join(build, options.codemirror),
    plugin: join(build, "plugin"),
  });
  const context = await (
    await browser
  ).newContext({
    viewport: { width: options.width ?? 1400, height: options.height ?? 900 },
    bypassCSP: true,
    permissions: ["clipboard-read", "clipboard-write"],
  });
  const errors: string[] = [];
  context.on("weberror", (error) => errors.push(String(error.error().stack ?? error.error())));
  context.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  const openPage = async (open: HostOptions["open"] = []): Promise<Page> => {
    const page = await context.newPage();
    if (options.media !== undefined) await page.emulateMedia(options.media);
    const query = new URLSearchParams(open.map(({ path, mode = "live" }) => ["open", `${mode}:${path}`]));
    query.set("theme", options.theme ?? "light");
    await page.goto(`${server.url}?${query.toString()}`);
    await page.evaluate(() => window.hostStarted);
    return page;
  };
  let page = await openPage(options.open);
  return {
    get page() {
      return page;
    },
    context,
    vaultPath,
    faults: server.faults,
    read: (path) => readFile(join(vaultPath, path), "utf8"),
    write,
    replace: async (path, text) => {
      await write(`${path}.other`, text);
      await rename(join(vaultPath, `${path}.other`), join(vaultPath, path));
    },
    runCommandLine: (...args) =>
      new Promise((resolve) => {
        execFile(process.execPath, [BUNDLE, ...args], { cwd: vaultPath }, (error, out, err) => {
          resolve({ exit: error === null ? 0 : Number(error.code), out, err });
        });
      }),
    open: (path, how) => page.evaluate(([at, given]) => window.host.open(at, given), [path, how ?? {}] as const),
    command: (id) => page.evaluate((given) => window.host.command(given), id),
    settled: () => page.evaluate(() => window.host.settled()),
    errors: () => errors,
    reopen: async (open) => {
      await page.close({ runBeforeUnload: false });
      page = await openPage(open);
    },
    close: async () => {
      await context.close();
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function fillVault(
  { vault, settings }: HostOptions,
  place: string,
  write: (path: string, text: string) => Promise<void>,
): Promise<void> {
  if (isFolder(vault)) await cp(vault.folder, place, { recursive: true });
  else for (const [path, text] of Object.entries(vault)) await write(path, text);
  if (settings !== undefined) await write(DATA, typeof settings === "string" ? settings : JSON.stringify(settings));
}

function isFolder(vault: HostOptions["vault"]): vault is { readonly folder: string } {
  return Object.keys(vault).length === 1 && typeof vault["folder"] === "string";
}
