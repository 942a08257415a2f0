// The page: an app over the vault that the server holds, with this project's plugin in it. The address says what is open:
// `?open=live:notes/a.md&open=reading:b.md&theme=dark`.
import type * as api from "obsidian";
import { browseNotes } from "./browse-notes";
import { DiskClient } from "./disk-client";
import type { HostWindow, PaneMode, PaneOptions } from "./host-window";
import { MODULES } from "./modules";
import { App } from "./obsidian/app";
import { DataAdapter } from "./obsidian/data-adapter";
import { installDomExtensions, type Realm } from "./obsidian/dom-extensions";
import { openEmbeddedEditor } from "./obsidian/embedded-editor";
import type { TFile } from "./obsidian/file";
import { openHoverPreview } from "./obsidian/hover-preview";
import { MarkdownView } from "./obsidian/markdown-view";
import { printNote } from "./obsidian/print";
import { PluginLoader } from "./plugin-loader";
import { TraceCounts } from "./trace-counts";

/** How long the page may take to come to rest, in milliseconds. */
const PATIENCE = 10_000;

const STATES: Readonly<Record<PaneMode, Readonly<Record<string, unknown>>>> = {
  live: { mode: "source", source: false },
  source: { mode: "source", source: true },
  reading: { mode: "preview" },
};

/** What the plugin draws and the styles that it brings. */
const OURS = '[class*="backlog-"], [id^="backlog-"], style[data-plugin="backlog-cards"]';

const counts = new TraceCounts();
counts.count(window);
installDomExtensions(window);
const client = new DiskClient();
const adapter = new DataAdapter(client, document.documentElement.dataset["vault"] ?? "");
const app = new App(adapter, document.body.createDiv("app-container").createDiv());
const loader = new PluginLoader(app);
app.workspace.on("window-open", (_container: unknown, win: Realm) => counts.count(win));

function findNote(path: string): TFile {
  const file = app.vault.getFileByPath(path);
  if (file === null) throw new Error(`The vault has no note "${path}".`);
  return file;
}

async function open(path: string, { mode = "live", split = false, popout = false }: PaneOptions = {}): Promise<void> {
  const file = findNote(path);
  const leaf = app.workspace.getLeaf(popout ? "window" : split ? "split" : false);
  await leaf.openFile(file, { state: { ...STATES[mode] } });
  app.workspace.setActiveLeaf(leaf, { focus: true });
}

function listViews(): readonly MarkdownView[] {
  const views: MarkdownView[] = [];
  app.workspace.iterateAllLeaves(({ view }) => {
    if (view instanceof MarkdownView) views.push(view);
  });
  return views;
}

const nextFrame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));

/** What keeps the page from being at rest; empty where it is. */
function describeWork(): string {
  const work = { "calls to the disk": client.pending, "short timeouts": counts.shortTimers };
  const left = Object.entries(work).filter(([, count]) => count > 0);
  return [
    ...left.map(([name, count]) => `${count} ${name}`),
    ...(app.metadataCache.busy ? ["reading for the cache"] : []),
  ].join(", ");
}

async function settle(): Promise<void> {
  const start = performance.now();
  await client.catchUp();
  for (let quiet = 0; quiet < 2;) {
    await nextFrame();
    quiet = describeWork() === "" ? quiet + 1 : 0;
    if (performance.now() - start > PATIENCE) throw new Error(`The page does not come to rest: ${describeWork()}`);
  }
}

function listDocuments(): readonly Document[] {
  const documents = new Set([document]);
  app.workspace.iterateAllLeaves((leaf) => documents.add(leaf.containerEl.ownerDocument));
  return [...documents];
}

const host: HostWindow = {
  app: app as unknown as api.App,
  get plugin() {
    return loader.plugin as unknown as api.Plugin | null;
  },
  modules: MODULES as unknown as HostWindow["modules"],
  views: () => listViews() as unknown as readonly api.MarkdownView[],
  open,
  command: async (id) => {
    if (!app.commands.executeCommandById(id)) throw new Error(`The command "${id}" cannot be run now.`);
  },
  loadPlugin: () => loader.load(),
  unloadPlugin: async () => loader.unload(),
  runCli: async (command, flags = {}) => {
    const known = app.cli.get(command);
    if (known === undefined) throw new Error(`The command line has no "${command}".`);
    return known.handler({ ...flags });
  },
  embedEditor: (text) => openEmbeddedEditor(app, text),
  openDeferred: (path) => app.workspace.openDeferred(findNote(path)) as unknown as api.WorkspaceLeaf,
  print: (path) => printNote(app, path),
  hover: (path) => openHoverPreview(app, path),
  settled: settle,
  setTheme: (theme) => {
    document.body.classList.toggle("theme-dark", theme === "dark");
    document.body.classList.toggle("theme-light", theme === "light");
    app.workspace.trigger("css-change");
  },
  traces: () => ({
    timers: counts.timers,
    listeners: counts.listeners,
    events: [app.workspace, app.vault, app.metadataCache].reduce((sum, source) => sum + source.countSubscriptions(), 0),
    commands: Object.keys(app.commands.commands).length,
    elements: listDocuments().reduce((sum, doc) => sum + doc.querySelectorAll(OURS).length, 0),
  }),
  onloadTimes: loader.onloadTimes,
};

/** Starts as the app does: plugins first, then the vault is read, then the notes are opened, then the layout is ready. */
async function start(): Promise<void> {
  window.host = host;
  const query = new URLSearchParams(location.search);
  host.setTheme(query.get("theme") === "dark" ? "dark" : "light");
  await loader.load().catch((error: unknown) => console.error("The plugin could not be loaded.", error));
  await app.vault.load();
  app.metadataCache.becomeWarm();
  for (const [place, word] of query.getAll("open").entries()) {
    const [mode = "live", path = ""] = word.split(/:(.*)/s);
    await open(path, { mode: mode as PaneMode, split: place > 0 });
  }
  app.workspace.becomeReady();
  if (query.has("files")) await browseNotes(app, host);
}

window.hostStarted = start();
