import { Notice } from "obsidian";

/** How long a sentence that says what to do stays, in milliseconds: as long as it takes to read it. */
const TO_READ = 8000;

/** Says in a corner of the window that something was done. */
export function confirmDone(sentence: string): void {
  new Notice(sentence);
}

/** Says in a corner of the window why something was not done, and what to do. */
export function refuse(sentence: string): void {
  new Notice(sentence, TO_READ);
}

/**
 * Tells of a failure: the person in one sentence, the console with what is known of it.
 *
 * @param sentence what could not be done, and what became of the notes.
 */
export function reportFailure(sentence: string, error: unknown): void {
  console.error(sentence, error);
  new Notice(sentence, TO_READ);
}
