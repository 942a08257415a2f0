import { MarkdownView } from "obsidian";
import { toLineFeeds } from "../core/line-ends";
import { parseNote } from "../core/note";
import { findShown } from "../core/shown-task";
import type { Status } from "../core/task";
import { rerenderReading } from "../reading/reading-views";
import { readingCards } from "../reading/reading-cards";
import type { DrawnBlock, ReadingHost } from "../reading/reading-host";
import { refuse, reportFailure } from "../ui/notices";
import { readNoteText } from "../vault/note-texts";
import type { CardLinks } from "./card-links";
import { openCardMenu, openStatusMenu, type MenuTask } from "./card-menus";
import { findPaneOf, goToLine, showLine } from "./panes";
import type { Parts } from "./parts";
import { promoteFrom } from "./promotion";
import { rememberGroup } from "./promotion-plan";
import type { TaskValues } from "./task-values";

/** Draws cards in reading view, embeds, previews and on paper. */
export function registerReading(parts: Parts, links: CardLinks, values: TaskValues): void {
  const { app, plugin, store, watch } = parts;
  const enabled = (): boolean => store.loaded && store.settings.cards.reading;
  const editSource = (block: DrawnBlock, root: HTMLElement): void => void showSource(parts, block, root);
  const host: ReadingHost = {
    app,
    enabled,
    detailsOpen: () => store.settings.detailsOpen,
    contextOf: (path) => watch.contextOf(path),
    textOf: (path) => findText(parts, path),
    readText: async (path) => {
      const file = app.vault.getFileByPath(path);
      return file && readNoteText(app, file);
    },
    actionsFor: (path) => links.actionsFor(path),
    editSource,
    openMenu: (block, root, event) => {
      const card = findCard(parts, values, block, () => editSource(block, root));
      if (card) openCardMenu(parts, links, card, event);
    },
    openStatus: (block, root, event) => {
      const card = findCard(parts, values, block, () => editSource(block, root));
      if (card) openStatusMenu(parts, card, event);
    },
    tick: async (block, { criterion, ticked, text }) => {
      const { path } = block;
      if (toLineFeeds(text) !== block.text && !values.isFollowed(path, text, block)) {
        refuse(describeChanged(path));
        return false;
      }
      return values.change(path, block, { kind: "criterion", criterion, ticked }, null);
    },
    takeBack: (path) => void values.takeBack(path),
    promote: (block) => void promote(parts, block),
    onRefresh: (callback) => {
      const changed = app.metadataCache.on("changed", (file) => callback(file.path));
      const endings = [
        watch.subscribe(() => callback(null)),
        store.subscribe(() => callback(null)),
        () => app.metadataCache.offref(changed),
      ];
      return () => endings.forEach((end) => end());
    },
  };
  plugin.registerMarkdownPostProcessor(readingCards(host, plugin));
  let drawn = enabled();
  plugin.register(
    store.subscribe(() => {
      if (enabled() === drawn) return;
      drawn = enabled();
      rerenderReading(app);
    }),
  );
  // What is registered last ends first: without the turn of the event loop the cards would be drawn again.
  plugin.register(() => queueMicrotask(() => rerenderReading(app)));
}

/** The text of a note as far as it is known without reading it. */
function findText({ app, watch }: Parts, path: string): string | null {
  const texts: string[] = [];
  app.workspace.iterateAllLeaves(({ view }) => {
    if (view instanceof MarkdownView && view.file?.path === path) texts.push(view.getViewData());
  });
  const place = watch.placeOf(path);
  const known = place && watch.knownFacts(place.folder)?.checked.find((note) => note.path === place.note);
  return texts[0] ?? known?.note?.text ?? null;
}

/** The task of a card, for its menus; null, and a notice, where the note does not hold it as it was drawn. */
function findCard(parts: Parts, values: TaskValues, block: DrawnBlock, edit: () => void): MenuTask | null {
  const { path } = block;
  const note = parseNote(findText(parts, path) ?? "");
  const task = findShown(note, block);
  if (!task) {
    refuse(describeChanged(path));
    return null;
  }
  const setStatus = (status: Status) => void values.change(path, block, { kind: "status", status }, null);
  return { path, note, task, edit, setStatus };
}

/** Promotes from the group of a band, found by its marker and title. */
async function promote(parts: Parts, block: DrawnBlock): Promise<void> {
  const { app, watch } = parts;
  try {
    const place = watch.placeOf(block.path);
    const file = app.vault.getFileByPath(block.path);
    const note = parseNote((file && (await readNoteText(app, file))) ?? "");
    const wanted = toLineFeeds(block.text);
    const equals = note.groups.filter(
      (one) => toLineFeeds(note.text.slice(one.from, one.titleSpan?.to ?? one.markerTo)) === wanted,
    );
    const group = equals.length === block.equals ? equals[block.before] : undefined;
    if (!place || !group) refuse(describeChanged(block.path));
    else await promoteFrom(parts, place.folder, rememberGroup(note, group));
  } catch (error) {
    reportFailure(`${block.path} could not be read. Nothing was moved.`, error);
  }
}

function describeChanged(path: string): string {
  return `This block has changed in ${path} meanwhile. Look at the note, then try again.`;
}

/** Shows a block's source in an editor: in the pane in which it is drawn, or in one that opens the note. */
async function showSource(parts: Parts, block: DrawnBlock, root: HTMLElement): Promise<void> {
  const { app } = parts;
  try {
    const pane = findPaneOf(parts, root);
    const file = app.vault.getFileByPath(block.path);
    const text = file && (await readNoteText(app, file));
    const line = text === null ? null : findLine(text, block);
    if (line === null) {
      refuse(describeChanged(block.path));
    } else if (pane?.file?.path === block.path) {
      await pane.setState({ ...pane.getState(), mode: "source" }, { history: false });
      goToLine(parts, pane, line);
    } else await showLine(parts, block.path, line);
  } catch (error) {
    reportFailure(`${block.path} could not be opened.`, error);
  }
}

/** The line in which a block begins, 1-based; null where the note does not hold it as it was drawn. */
function findLine(text: string, block: DrawnBlock): number | null {
  const whole = toLineFeeds(text);
  const wanted = toLineFeeds(block.text);
  let at = whole.indexOf(wanted);
  for (let before = block.before; before > 0 && at >= 0; before--) at = whole.indexOf(wanted, at + 1);
  return at < 0 ? null : whole.slice(0, at).split("\n").length;
}
