import { parseState, STATE_LIMIT } from "./journal";
import { isText, objectOf, oneOf, orNull, textLike } from "./shape";
import { StoreError, type NoteRead } from "./store";

/** A note as it was before it is written in place: whoever is stopped half-way leaves no more than a part of it. */
export interface KeptNote {
  readonly version: 1;
  /** Relative to the backlog folder, `/` between segments. */
  readonly path: string;
  /** Null where the note is created. */
  readonly before: string | null;
  readonly after: string;
}

/** Name of the kept note among the states of a store: there while a note is written in place, under the lock. */
export const KEPT = "kept.json";

const isKept = objectOf<KeptNote>({
  version: oneOf(1),
  // Data from outside: it leads to a note inside the folder, and to nothing whose name starts with a dot.
  path: textLike(/^(?![/.])(?:[^/\\:\p{Cc}]|\/(?![/.]))+\.md$/u),
  before: orNull(isText),
  after: isText,
});

/** The state that keeps a note. Throws a StoreError where it would be longer than any state. */
export function writeKept({ path, before, after }: Omit<KeptNote, "version">): string {
  const text = JSON.stringify({ version: 1, path, before, after } satisfies KeptNote);
  if (text.length <= STATE_LIMIT) return text;
  throw new StoreError(`${path} is too long to be written safely (${after.length} characters): split it.`);
}

/** What a state says; null for null, and for one that keeps no note that this version knows. Total. */
export function readKept(text: string | null): KeptNote | null {
  const kept = text === null ? null : parseState(text);
  return isKept(kept) ? kept : null;
}

/**
 * Whether a note of these bytes was being written when somebody was stopped: it holds the first part of the text after, even
 * nothing or the half of a character; or of the text before, which was being put back. It counts as `before` then.
 *
 *     before  # Backlog…
 *     after   # Backlog, promoted…
 *     bytes   # Backlog, pro
 *                           ^
 */
export function isCutOff({ before, after }: Pick<KeptNote, "before" | "after">, bytes: Uint8Array): boolean {
  const texts = [after, ...(before === null ? [] : [before])].map((text) => new TextEncoder().encode(text));
  const starts = texts.filter((text) => isStart(bytes, text));
  return starts.length > 0 && !starts.some((text) => text.length === bytes.length);
}

/** What a note that is cut off is read as: what it was before. */
export function readBefore({ before }: Pick<KeptNote, "before">): NoteRead {
  return before === null ? { kind: "absent" } : { kind: "text", text: before };
}

/** Whether a note holds these bytes, all of them. */
export function holdsText(bytes: Uint8Array, text: string): boolean {
  const encoded = new TextEncoder().encode(text);
  return bytes.length === encoded.length && isStart(bytes, encoded);
}

function isStart(bytes: Uint8Array, text: Uint8Array): boolean {
  return bytes.length <= text.length && bytes.every((byte, index) => byte === text[index]);
}
