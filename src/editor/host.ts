import { Facet, type EditorState } from "@codemirror/state";
import type { EditorView } from "@codemirror/view";
import type { BandActions, CardActions } from "../cards/card-actions";
import type { NoteContext } from "../core/context";

/** What the editor's cards ask of the app. */
export interface EditorHost {
  /**
   * Whether cards are drawn in this editor now: it is in live preview, and the settings want cards there. Asked at every
   * transaction; where a setting changes, dispatch `refreshContext` (or an empty transaction) to have it asked.
   */
  enabled(state: EditorState): boolean;
  /** Synchronous, from what is known. Asked when an editor opens a note or comes to draw cards; later changes come by `refreshContext`. */
  contextOf(state: EditorState): NoteContext;
  /** All that the controls of cards and bands do beyond the editor itself. */
  actionsFor(view: EditorView): Omit<CardActions & BandActions, "editSource" | "toggleDetails">;
}

/** The host of an editor's cards; null where the editor has none. */
export const cardHost = Facet.define<EditorHost, EditorHost | null>({ combine: ([host]) => host ?? null });
