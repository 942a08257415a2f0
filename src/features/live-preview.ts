import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { editorInfoField, editorLivePreviewField } from "obsidian";
import type { NoteContext } from "../core/context";
import { refreshContext } from "../editor/effects";
import { describeShown } from "../core/shown-task";
import { taskCards } from "../editor/extension";
import { editSource } from "../editor/figure-widget";
import type { EditorHost } from "../editor/host";
import { findBandGroup, findCardTask } from "../editor/task-edits";
import { refuse } from "../ui/notices";
import type { CardLinks } from "./card-links";
import { openCardMenu, openStatusMenu, type MenuTask } from "./card-menus";
import type { Parts } from "./parts";
import { promoteFrom } from "./promotion";
import { rememberGroup } from "./promotion-plan";
import type { TaskValues } from "./task-values";

/** Draws cards in live preview, and draws them anew when their folder or the settings change. */
export function registerLivePreview(parts: Parts, links: CardLinks, values: TaskValues): void {
  const { plugin, store, watch, editors } = parts;
  const contextOf = (state: EditorState): NoteContext => watch.contextOf(findPath(state));
  const host: EditorHost = {
    enabled: (state) =>
      store.loaded && store.settings.cards.livePreview && state.field(editorLivePreviewField, false) === true,
    contextOf,
    actionsFor: (view) => ({
      ...links.actionsFor(findPath(view.state)),
      openMenu: (root, event) => {
        const card = findCard(values, view, root);
        if (card) openCardMenu(parts, links, card, event);
      },
      openStatus: (root, event) => {
        const card = findCard(values, view, root);
        if (card) openStatusMenu(parts, card, event);
      },
      tick: (root, { criterion, ticked, text }) => {
        const found = findCardTask(view, root);
        const shown = found && describeShown(found.note, found.task);
        const path = findPath(view.state);
        if (shown?.text !== text) {
          refuse(`This task has changed in ${path || "the note"} meanwhile, so nothing was written. Try again.`);
          return false;
        }
        return values.change(path, shown, { kind: "criterion", criterion, ticked }, view);
      },
      promote: (root) => {
        const found = findBandGroup(view, root);
        const place = watch.placeOf(findPath(view.state));
        if (place && found) void promoteFrom(parts, place.folder, rememberGroup(found.note, found.group));
      },
    }),
  };
  const refresh = (): void => {
    for (const view of editors) view.dispatch({ effects: refreshContext.of(contextOf(view.state)) });
  };
  plugin.registerEditorExtension(taskCards(host, editors));
  plugin.register(watch.subscribe(refresh));
  plugin.register(store.subscribe(refresh));
}

/** The task of a card, for its menus; null where the editor shows that card no more. */
function findCard(values: TaskValues, view: EditorView, root: HTMLElement): MenuTask | null {
  const found = findCardTask(view, root);
  if (!found) return null;
  const path = findPath(view.state);
  const shown = describeShown(found.note, found.task);
  return {
    ...found,
    path,
    edit: () => editSource(view, root),
    setStatus: (status) => void values.change(path, shown, { kind: "status", status }, view),
  };
}

/** The path of the note in an editor; "" where it has none. */
function findPath(state: EditorState): string {
  return state.field(editorInfoField, false)?.file?.path ?? "";
}
