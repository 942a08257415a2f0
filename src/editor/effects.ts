import { StateEffect } from "@codemirror/state";
import type { NoteContext } from "../core/context";

/** What the note's folder holds or what the settings want has changed: all cards of the editor are drawn for this context. */
export const refreshContext = StateEffect.define<NoteContext>();

/** Whether the editor's text has the keyboard. A window that is left keeps it. */
export const setFocused = StateEffect.define<boolean>();

/** Whether the left mouse button, a finger or a pen is down in the editor's text. */
export const setPressed = StateEffect.define<boolean>();

/** Shows the details of the card that starts at this offset, or hides them again. */
export const toggleDetails = StateEffect.define<number>({ map: (at, changes) => changes.mapPos(at, 1) });

/** The editor's text has another width, or its lines another height: heights that were guessed are guessed anew. */
export const refitFigures = StateEffect.define();
