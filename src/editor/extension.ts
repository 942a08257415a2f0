import type { Extension } from "@codemirror/state";
import { ViewPlugin, type EditorView } from "@codemirror/view";
import { attention } from "./attention";
import { cardField } from "./card-field";
import { edgeGuards } from "./edges";
import { cardHost, type EditorHost } from "./host";
import { stayAtFigure } from "./figure-events";
import { figureKeys } from "./keys";
import type { LiveEditors } from "./live-editors";
import { measuring } from "./measuring";
import { standstill } from "./standstill";
import { unfolding } from "./unfolding";

/**
 * The extension that draws task blocks, groups and rules comments of a note as figures while it is edited in live preview.
 *
 * @param editors gets every editor that has the extension, for as long as it has it
 */
export function taskCards(host: EditorHost, editors: LiveEditors): Extension {
  const registration = ViewPlugin.define((view: EditorView) => {
    editors.add(view);
    return { destroy: () => editors.delete(view) };
  });
  return [
    cardHost.of(host),
    cardField,
    figureKeys,
    edgeGuards,
    stayAtFigure,
    attention,
    measuring,
    standstill,
    unfolding,
    registration,
  ];
}
