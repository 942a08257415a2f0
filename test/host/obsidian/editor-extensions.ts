import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { codeFolding, foldKeymap, indentUnit } from "@codemirror/language";
import { search, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { dropCursor, EditorView, keymap, type ViewUpdate } from "@codemirror/view";
import {
  editorEditorField,
  editorInfoField,
  editorLivePreviewField,
  livePreviewState,
  type MarkdownFileInfo,
} from "./editor-fields";
import { headingLines } from "./heading-lines";

/** What plugins added to every editor: exchanged by `Workspace.updateOptions`. */
export const pluginExtensions = new Compartment();

/** What live preview adds to an editor. Assumption: going in and out of it reconfigures the editor, in one transaction. */
export const livePreviewExtensions = new Compartment();

/** The extensions of live preview, on or off. Observation: the app marks the editor by a class. */
export const describeLivePreview = (on: boolean): Extension =>
  on ? EditorView.editorAttributes.of({ class: "is-live-preview" }) : [];

/** What an editor is made of. */
export interface EditorParts {
  readonly owner: MarkdownFileInfo;
  readonly view: EditorView;
  readonly livePreview: boolean;
  /** What plugins added. */
  readonly added: readonly Extension[];
  onUpdate(update: ViewUpdate): void;
}

/**
 * The state of an editor, with everything the host's editors have. Sources: the fields are documented; history, folding, find,
 * several selections and line wrapping are the app's as it is used; the selection is the browser's own (observation). Vim is
 * left out.
 */
export function createEditorState(
  text: string,
  { owner, view, livePreview, added, onUpdate }: EditorParts,
): EditorState {
  return EditorState.create({
    doc: text,
    extensions: [
      editorInfoField.init(() => owner),
      editorEditorField.init(() => view),
      editorLivePreviewField.init(() => livePreview),
      livePreviewState,
      history(),
      search({ top: true }),
      codeFolding(),
      headingLines,
      dropCursor(),
      EditorState.allowMultipleSelections.of(true),
      EditorState.tabSize.of(4),
      indentUnit.of("\t"),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({
        "aria-label": "Note",
        spellcheck: "true",
        autocorrect: "on",
        autocapitalize: "on",
      }),
      keymap.of([...searchKeymap, ...historyKeymap, ...foldKeymap, ...defaultKeymap, indentWithTab]),
      livePreviewExtensions.of(describeLivePreview(livePreview)),
      pluginExtensions.of([...added]),
      EditorView.updateListener.of(onUpdate),
    ],
  });
}
