import { MarkdownView } from "obsidian";
import { rerenderReading } from "../reading/reading-views";
import { readingCards } from "../reading/reading-cards";
import type { DrawnBlock, ReadingHost } from "../reading/reading-host";
import { refuse, reportFailure } from "../ui/notices";
import { readNoteText } from "../vault/note-texts";
import type { CardLinks } from "./card-links";
import { findPaneOf, goToLine, showLine } from "./panes";
import type { Parts } from "./parts";

/** Draws cards in reading view, embeds, previews and on paper. */
export function registerReading(parts: Parts, links: CardLinks): void {
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
    openMenu: (block, root, event) => links.openMenu({ id: block.id, edit: () => editSource(block, root) }, event),
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

/** Shows a block's source in an editor: in the pane in which it is drawn, or in one that opens the note. */
async function showSource(parts: Parts, block: DrawnBlock, root: HTMLElement): Promise<void> {
  const { app } = parts;
  try {
    const pane = findPaneOf(parts, root);
    const file = app.vault.getFileByPath(block.path);
    const text = file && (await readNoteText(app, file));
    const line = text === null ? null : findLine(text, block);
    if (line === null) {
      refuse(`This block has changed in ${block.path} meanwhile. Look at the note, then try again.`);
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
  const whole = text.replace(/\r\n?/g, "\n");
  const wanted = block.text.replace(/\r\n?/g, "\n");
  let at = whole.indexOf(wanted);
  for (let before = block.before; before > 0 && at >= 0; before--) at = whole.indexOf(wanted, at + 1);
  return at < 0 ? null : whole.slice(0, at).split("\n").length;
}
