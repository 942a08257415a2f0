import { EditorView } from "@codemirror/view";
import type { App } from "./app";
import { Editor } from "./editor";
import { createEditorState } from "./editor-extensions";
import type { MarkdownFileInfo } from "./editor-fields";

/**
 * An editor in live preview that belongs to no note, as a card on a canvas has. Source: EDITOR.md, "Live Preview"
 * (`editorInfoField.file` may be null; extensions load there too). Taking its element out and destroying it is the caller's.
 */
export function openEmbeddedEditor(app: App, text: string): EditorView {
  const parent = app.workspace.containerEl.createDiv("canvas-node-content markdown-source-view cm-s-obsidian mod-cm6");
  const view = new EditorView({ parent });
  const owner: MarkdownFileInfo = { app, file: null, editor: new Editor(view), hoverPopover: null };
  view.setState(
    createEditorState(text, {
      owner,
      view,
      livePreview: true,
      added: app.workspace.editorExtensions,
      onUpdate: (update) => {
        if (update.docChanged) app.workspace.trigger("editor-change", owner.editor, owner);
      },
    }),
  );
  return view;
}
