import { Menu } from "obsidian";
import { mendDoubleEncoded } from "../core/double-encoding";
import { nameGroup } from "../core/promotable";
import { ChooseFolder } from "../ui/choose-folder";
import { countTasks, nameFolder } from "../ui/names";
import { reportFailure } from "../ui/notices";
import { StatusBar, type StatusWords } from "../ui/status-bar";
import { joinPath } from "../vault/folders";
import type { WatchedFacts } from "../vault/watched-folder";
import { goToNextIncomplete } from "./next-incomplete";
import { addMoves } from "./note-menu";
import { openNote } from "./open-notes";
import { showLine } from "./panes";
import type { Parts } from "./parts";
import { promoteFrom } from "./promotion";

/** So many folders stand in the menu itself; more are chosen from a list. */
const LISTED = 8;

/** Counts the tasks of the folder at hand in the status bar. */
export function registerStatusBar(parts: Parts): void {
  const { app, plugin, store, watch } = parts;
  const bar = new StatusBar(plugin.addStatusBarItem());
  let turn = 0;
  const update = async (): Promise<void> => {
    const mine = ++turn;
    try {
      const words = store.loaded && store.settings.statusBar ? await count(parts) : null;
      if (mine === turn) bar.show(words);
    } catch (error) {
      console.error("The tasks could not be counted.", error);
      if (mine === turn) bar.show(null);
    }
  };
  const open = (): void => void openMenu(parts, bar.element);
  plugin.registerDomEvent(bar.element, "click", open);
  plugin.registerDomEvent(bar.element, "keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    open();
  });
  plugin.registerEvent(app.workspace.on("file-open", () => void update()));
  plugin.register(watch.subscribe(() => void update()));
  plugin.register(store.subscribe(() => void update()));
  plugin.register(() => turn++);
}

/** What is to be said of the note at hand; null where the vault holds no backlog. */
async function count({ app, watch }: Parts): Promise<StatusWords | null> {
  const file = app.workspace.getActiveFile();
  const place = file && watch.placeOf(file.path);
  if (place) {
    const facts = await watch.factsOf(place.folder);
    return facts && { counts: facts.counts, folder: place.folder };
  }
  const counts = await watch.countVault();
  return watch.listFolders().length > 0 ? { counts, folder: null } : null;
}

async function openMenu(parts: Parts, element: HTMLElement): Promise<void> {
  const { app, watch, overlays } = parts;
  try {
    const file = app.workspace.getActiveFile();
    const folder = (file && watch.placeOf(file.path)?.folder) ?? null;
    const facts = folder === null ? null : await watch.factsOf(folder);
    const menu = new Menu();
    addNextIncomplete(menu, parts);
    if (facts && folder !== null) {
      addNextBatch(menu, parts, folder, facts);
      addMoves(menu, parts, folder, "moves");
    }
    addFolders(menu, parts, folder);
    overlays.showMenuAbove(menu, element);
  } catch (error) {
    reportFailure("The backlog could not be read. Its notes stay as they are.", error);
  }
}

function addNextIncomplete(menu: Menu, parts: Parts): void {
  menu.addItem((entry) =>
    entry
      .setSection("tasks")
      .setTitle("Go to next incomplete task")
      .setIcon("circle-dashed")
      .onClick(() => void goToNextIncomplete(parts)),
  );
}

/** The group that promotion would choose; where it would refuse, a click shows why, and what leads out of it. */
function addNextBatch(menu: Menu, parts: Parts, folder: string, { names, selection }: WatchedFacts): void {
  const { batch } = selection;
  menu.addItem((entry) => {
    entry.setSection("tasks").setIcon("arrow-right");
    if (!batch) {
      entry.setTitle("Next batch: none").onClick(() => void promoteFrom(parts, folder, null));
      return;
    }
    const { group, tasks } = batch;
    const title = mendDoubleEncoded(group.title) || nameGroup(group);
    entry.setTitle(`Next batch: ${title}, ${countTasks(tasks.length)}`);
    entry.onClick(() => void showLine(parts, joinPath(folder, names.backlog), group.line));
  });
}

function addFolders(menu: Menu, parts: Parts, current: string | null): void {
  const { app, watch, overlays, store } = parts;
  const others = watch.listFolders().filter((folder) => folder !== current);
  const show = (folder: string): void => void openNote(parts, joinPath(folder, store.settings.names.backlog));
  for (const folder of others.slice(0, LISTED)) {
    menu.addItem((entry) =>
      entry
        .setSection("folders")
        .setTitle(nameFolder(folder))
        .setIcon("folder")
        .onClick(() => show(folder)),
    );
  }
  if (others.length <= LISTED) return;
  menu.addItem((entry) =>
    entry
      .setSection("folders")
      .setTitle(`All ${others.length} other folders…`)
      .setIcon("folder-search")
      .onClick(() => {
        const choice = {
          placeholder: "Open the backlog of…",
          purpose: "to open its backlog",
          folders: others,
          choose: show,
        };
        overlays.openModal(new ChooseFolder(app, choice));
      }),
  );
}
