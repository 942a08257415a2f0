import type { EditorView } from "@codemirror/view";

/** The editors that have the cards' extension at this moment, in the order in which they got it. */
export class LiveEditors implements Iterable<EditorView> {
  readonly #views = new Set<EditorView>();

  add(view: EditorView): void {
    this.#views.add(view);
  }

  delete(view: EditorView): void {
    this.#views.delete(view);
  }

  /** Over a copy: an editor may come or go meanwhile. */
  [Symbol.iterator](): Iterator<EditorView> {
    return [...this.#views][Symbol.iterator]();
  }
}
