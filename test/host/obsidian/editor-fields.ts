import { StateEffect, StateField } from "@codemirror/state";
import { type EditorView, ViewPlugin } from "@codemirror/view";
import type { App } from "./app";
import type { Editor } from "./editor";
import type { TFile } from "./file";

/**
 * What an editor belongs to. Source: typing `MarkdownFileInfo`; `file` is null in an editor that shows no note, as on a
 * canvas (EDITOR.md, "Live Preview").
 */
export interface MarkdownFileInfo {
  readonly app: App;
  readonly file: TFile | null;
  readonly editor?: Editor;
  hoverPopover: unknown;
}

const missing = (name: string) => (): never => {
  throw new Error(`${name} is given a value where an editor is made`);
};

/** The owner of an editor: a MarkdownView, but not always. Source: typing `editorInfoField`. */
export const editorInfoField = StateField.define<MarkdownFileInfo>({
  create: missing("editorInfoField"),
  update: (owner) => owner,
});

/** Source: typing `editorViewField`, the same field by its older name. */
export const editorViewField = editorInfoField;

/** The view of a state. Source: typing `editorEditorField`. */
export const editorEditorField = StateField.define<EditorView>({
  create: missing("editorEditorField"),
  update: (view) => view,
});

/** Turns live preview on or off in one editor. Assumption: the app's own effect is private. */
export const setLivePreview = StateEffect.define<boolean>();

/** Whether live preview is on; false in source mode. Source: typing `editorLivePreviewField`. */
export const editorLivePreviewField = StateField.define<boolean>({
  create: () => false,
  update: (on, transaction) =>
    transaction.effects.reduce((last, effect) => (effect.is(setLivePreview) ? effect.value : last), on),
});

/**
 * Whether the left button of the mouse is held down in the editor. Source: typing `livePreviewState`. Assumption: nothing is
 * dispatched when it is let go, so whoever waits for that has to listen.
 */
class LivePreviewState {
  mousedown = false;
  private readonly release = (): void => {
    this.mousedown = false;
    this.window?.removeEventListener("mouseup", this.release, true);
  };
  private window: Window | null = null;

  press(event: MouseEvent, view: EditorView): void {
    if (event.button !== 0) return;
    this.mousedown = true;
    this.window = view.dom.ownerDocument.defaultView;
    this.window?.addEventListener("mouseup", this.release, true);
  }

  destroy(): void {
    this.release();
  }
}

/** Source: typing `livePreviewState`. */
export const livePreviewState = ViewPlugin.fromClass(LivePreviewState, {
  eventObservers: {
    mousedown(event, view) {
      this.press(event, view);
    },
  },
});
