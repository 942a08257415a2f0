import type { EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import { editorInfoField, editorLivePreviewField } from "obsidian";
import type { NoteContext } from "../core/context";
import { refreshContext } from "../editor/effects";
import { taskCards } from "../editor/extension";
import type { EditorHost } from "../editor/host";
import { revealTask, taskAt } from "../editor/task-positions";
import type { CardLinks } from "./card-links";
import type { Parts } from "./parts";

/** Draws cards in live preview, and draws them anew when their folder or the settings change. */
export function registerLivePreview(parts: Parts, links: CardLinks): void {
  const { plugin, store, watch, editors } = parts;
  const contextOf = (state: EditorState): NoteContext => watch.contextOf(findPath(state));
  const host: EditorHost = {
    enabled: (state) =>
      store.loaded && store.settings.cards.livePreview && state.field(editorLivePreviewField, false) === true,
    contextOf,
    actionsFor: (view) => ({
      ...links.actionsFor(findPath(view.state)),
      openMenu: (root, event) => openMenu(view, root, event),
    }),
  };
  const openMenu = (view: EditorView, root: HTMLElement, event: MouseEvent): void => {
    const task = taskAt(view.state, contextOf(view.state), view.posAtDOM(root));
    if (!task) return;
    links.openMenu({ id: task.part.block?.task.id ?? null, edit: () => revealTask(view, task) }, event);
  };
  const refresh = (): void => {
    for (const view of editors) view.dispatch({ effects: refreshContext.of(contextOf(view.state)) });
  };
  plugin.registerEditorExtension(taskCards(host, editors));
  plugin.register(watch.subscribe(refresh));
  plugin.register(store.subscribe(refresh));
}

/** The path of the note in an editor; "" where it has none. */
function findPath(state: EditorState): string {
  return state.field(editorInfoField, false)?.file?.path ?? "";
}
