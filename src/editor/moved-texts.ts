import { EditorState, Transaction, type Extension, type Text } from "@codemirror/state";
import { editorInfoField } from "obsidian";

/** How long after a write an editor may take to show it, in milliseconds. */
const LATEST = 10_000;

interface Expected {
  readonly texts: readonly string[];
  /** When it is no longer waited for; null while it is being written. */
  until: number | null;
}

/** The texts that moves are writing into notes or wrote just now, by the notes' paths. */
export class MovedTexts {
  readonly #expected = new Map<string, Expected>();

  /** Tells that a note is about to get one of these texts; gives the way to say that it was written. */
  expect(path: string, texts: readonly string[]): () => void {
    for (const [known, { until }] of this.#expected) {
      if (until !== null && until < Date.now()) this.#expected.delete(known);
    }
    const expected: Expected = { texts, until: null };
    this.#expected.set(path, expected);
    return () => {
      expected.until = Date.now() + LATEST;
    };
  }

  /**
   * Whether what the app shows in an editor of the note is a move's doing: while it is written whatever is shown, since it may
   * be merged with what is typed; afterwards those texts alone.
   */
  covers(path: string, doc: Text): boolean {
    const expected = this.#expected.get(path);
    if (expected === undefined) return false;
    const { texts, until } = expected;
    if (until === null) return true;
    return Date.now() < until && texts.some((text) => doc.length === text.length && doc.toString() === text);
  }
}

/**
 * Keeps what the app shows of a move out of an editor's undo history: half a move must not be taken back there. It adds an
 * annotation and nothing else; a transaction that it is not about goes by untouched.
 */
export function movedTexts(texts: MovedTexts): Extension {
  return EditorState.transactionExtender.of((transaction) => {
    if (!transaction.docChanged || !transaction.isUserEvent("set")) return null;
    const path = transaction.startState.field(editorInfoField, false)?.file?.path;
    if (path === undefined || !texts.covers(path, transaction.newDoc)) return null;
    return { annotations: Transaction.addToHistory.of(false) };
  });
}
