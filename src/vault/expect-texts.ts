/**
 * Told that a note is about to get one of these texts, as an editor holds them, so that the editors that the app shows it in
 * leave it out of their undo history; gives the way to say that it was written.
 */
export type ExpectTexts = (path: string, texts: readonly string[]) => () => void;
