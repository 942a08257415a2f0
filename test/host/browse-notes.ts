import type { HostWindow } from "./host-window";
import type { App } from "./obsidian/app";
import type { TFile } from "./obsidian/file";
import { MarkdownView } from "./obsidian/markdown-view";

const STYLES = `
.app-container:has(> .host-notes) { flex-direction: row; }
.host-notes { flex: 0 0 240px; overflow: auto; padding: var(--size-4-3); background: var(--background-secondary);
  border-right: 1px solid var(--background-modifier-border); font-size: var(--font-ui-small); }
.host-notes h2 { margin: var(--size-4-3) 0 var(--size-4-1); font-size: var(--font-ui-smaller); color: var(--text-muted); }
.host-notes button { display: block; width: 100%; overflow: hidden; text-overflow: ellipsis; text-align: start;
  justify-content: start; background: none; box-shadow: none; }
.host-notes button:hover { background: var(--background-modifier-hover); }
.host-notes p { color: var(--text-muted); }
@media (max-width: 700px) { .host-notes { display: none; } }
`;

/** The note that people look for first in a folder. */
const FIRST = /^(?:Welcome|BACKLOG)\.md$/;

/** What a person needs besides to look around in a vault: a list of its notes, and the app's own commands for views. */
export async function browseNotes(app: App, host: HostWindow): Promise<void> {
  document.head.createEl("style", { text: STYLES });
  const list = createEl("nav", { cls: "host-notes", attr: { "aria-label": "Notes" } });
  app.workspace.containerEl.before(list);
  const draw = (): void => drawNotes(list, app, host);
  for (const event of ["create", "delete", "rename"]) app.vault.on(event, draw);
  draw();
  addCommands(app, host);
  const [first] = sortNotes(app.vault.getMarkdownFiles()).filter((note) => FIRST.test(note.name));
  if (first !== undefined && host.views().length === 0) await host.open(first.path);
}

function drawNotes(list: HTMLElement, app: App, host: HostWindow): void {
  list.empty();
  list.createEl("p", { text: "Mod+P: commands. Mod+,: settings. Mod+click: beside." });
  let folder = "/";
  for (const note of sortNotes(app.vault.getMarkdownFiles())) {
    const above = note.parent?.path ?? "/";
    if (above !== folder) list.createEl("h2", { text: above });
    folder = above;
    const button = list.createEl("button", { text: note.basename, attr: { title: note.path } });
    button.addEventListener("click", (event) => {
      void host.open(note.path, { split: event.ctrlKey || event.metaKey });
    });
  }
}

function sortNotes(notes: readonly TFile[]): readonly TFile[] {
  const rank = (note: TFile): string => `${note.parent?.path ?? ""}/ ${note.name}`;
  return [...notes].sort((a, b) => rank(a).localeCompare(rank(b)));
}

/** Commands of the app itself, under the ids that they have there. */
function addCommands(app: App, host: HostWindow): void {
  const view = (): MarkdownView | null => app.workspace.getActiveViewOfType(MarkdownView);
  const show = (state: Record<string, unknown>): void => void view()?.setState(state, { history: false });
  const add = (id: string, name: string, callback: () => unknown): void =>
    app.commands.addCommand({ id, name, callback });
  add("markdown:toggle-preview", "Toggle reading view", () => {
    show({ mode: view()?.getMode() === "preview" ? "source" : "preview" });
  });
  add("editor:toggle-source", "Toggle live preview/source mode", () => {
    show({ mode: "source", source: view()?.getState()["source"] !== true });
  });
  const reopen = (where: { readonly split?: boolean; readonly popout?: boolean }): void => {
    const path = view()?.file?.path;
    if (path !== undefined) void host.open(path, where);
  };
  add("workspace:split-vertical", "Split right", () => reopen({ split: true }));
  add("workspace:open-in-new-window", "Open current tab in new window", () => reopen({ popout: true }));
  add("theme:toggle-light-dark", "Toggle light/dark mode", () => host.setTheme(app.isDarkMode() ? "light" : "dark"));
  add("host:toggle-plugin", "Turn Backlog Cards off or on", () =>
    host.plugin === null ? host.loadPlugin() : host.unloadPlugin(),
  );
}
