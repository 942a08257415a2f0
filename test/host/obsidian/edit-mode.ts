import { EditorSelection } from "@codemirror/state";
import { EditorView, type ViewUpdate } from "@codemirror/view";
import { Editor } from "./editor";
import { createEditorState, describeLivePreview, livePreviewExtensions, pluginExtensions } from "./editor-extensions";
import { editorLivePreviewField, setLivePreview } from "./editor-fields";
import { describeChanges } from "./line-merge";
import type { MarkdownView } from "./markdown-view";
import { Menu } from "./menu";

/**
 * The editor of a view of a note, in source mode or live preview. Sources: typing `MarkdownSubView`; the elements as seen in the
 * app, where the text stands below the note's name in one scrolled element.
 */
export class EditMode {
  readonly containerEl: HTMLElement;
  readonly cm: EditorView;
  readonly editor: Editor;
  /** Whether the next text is shown in live preview; what the editor's own field says follows. */
  livePreview = true;
  private readonly titleEl: HTMLElement;

  constructor(private readonly view: MarkdownView) {
    this.containerEl = view.contentEl.createDiv("markdown-source-view cm-s-obsidian mod-cm6 is-readable-line-width");
    this.cm = new EditorView({ parent: this.containerEl });
    const sizer = this.cm.scrollDOM.createDiv("cm-sizer");
    this.titleEl = sizer.createDiv("inline-title");
    sizer.createDiv("cm-contentContainer").append(this.cm.contentDOM);
    this.editor = new Editor(this.cm);
    this.setLivePreview(true);
    this.cm.contentDOM.addEventListener("contextmenu", (event) => this.openMenu(event));
    this.cm.contentDOM.addEventListener("paste", (event) => this.announce("editor-paste", event), true);
    this.cm.contentDOM.addEventListener("drop", (event) => this.announce("editor-drop", event), true);
  }

  get(): string {
    return this.cm.state.doc.toString();
  }

  /**
   * Shows a text. With `clear` it is another note: a new state, nothing to undo. Without, it came from elsewhere: the least
   * changes, as one transaction of the user event `set` (EDITOR.md, "Writing"), the scroll place kept.
   */
  set(text: string, clear: boolean): void {
    const { cm, livePreview } = this;
    if (clear) {
      const added = this.view.app.workspace.editorExtensions;
      const onUpdate = (update: ViewUpdate) => this.onUpdate(update);
      cm.setState(createEditorState(text, { owner: this.view, view: cm, livePreview, added, onUpdate }));
      this.titleEl.textContent = this.view.getDisplayText();
      return;
    }
    const changes = describeChanges(this.get(), text);
    if (changes.length > 0) cm.dispatch({ changes, userEvent: "set" });
  }

  /** Goes in or out of live preview, in one transaction and with the same text. */
  setLivePreview(on: boolean): void {
    this.livePreview = on;
    this.containerEl.toggleClass("is-live-preview", on);
    if (this.cm.state.field(editorLivePreviewField, false) !== !on) return;
    this.cm.dispatch({
      effects: [setLivePreview.of(on), livePreviewExtensions.reconfigure(describeLivePreview(on))],
    });
  }

  updateOptions(): void {
    const added = [...this.view.app.workspace.editorExtensions];
    this.cm.dispatch({ effects: pluginExtensions.reconfigure(added) });
  }

  /** Lines and parts of lines above the upper edge, counted from 0. */
  getScroll(): number {
    const { cm } = this;
    const top = cm.scrollDOM.getBoundingClientRect().top - cm.documentTop;
    if (top <= 0) return 0;
    const block = cm.lineBlockAtHeight(top);
    return cm.state.doc.lineAt(block.from).number - 1 + Math.min(1, (top - block.top) / Math.max(1, block.height));
  }

  applyScroll(scroll: number): void {
    const line = this.cm.state.doc.line(Math.max(1, Math.min(Math.floor(scroll) + 1, this.cm.state.doc.lines)));
    this.cm.dispatch({ effects: EditorView.scrollIntoView(line.from, { y: "start" }) });
  }

  /** Puts the cursor at a line, counted from 0, and shows it. */
  goToLine(line: number): void {
    const { from } = this.cm.state.doc.line(Math.max(1, Math.min(line + 1, this.cm.state.doc.lines)));
    this.cm.dispatch({
      selection: EditorSelection.cursor(from),
      effects: EditorView.scrollIntoView(from, { y: "center" }),
    });
  }

  destroy(): void {
    this.cm.destroy();
  }

  private onUpdate(update: ViewUpdate): void {
    if (!update.docChanged) return;
    const set = update.transactions.every((transaction) => !transaction.docChanged || transaction.isUserEvent("set"));
    if (!set) this.view.requestSave();
    this.view.app.workspace.trigger("editor-change", this.editor, this.view);
  }

  private announce(name: string, event: Event): void {
    this.view.app.workspace.trigger(name, event, this.editor, this.view);
    if (event.defaultPrevented) event.stopPropagation();
  }

  private openMenu(event: MouseEvent): void {
    event.preventDefault();
    const menu = new Menu();
    this.view.app.workspace.trigger("editor-menu", menu, this.editor, this.view);
    menu.showAtMouseEvent(event);
  }
}
