import { parseState, STATE_LIMIT } from "./journal";
import { toLineFeeds } from "./line-ends";
import { isText, objectOf, oneOf, orNull, textLike } from "./shape";
import { STATE_FOLDER } from "./state-files";
import { StoreError, type NoteRead, type NoteStore } from "./store";

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

/** The folder among the states for what notes held that were cut off and then changed. */
export const SET_ASIDE = "cut-off";

/** So much of a text, in UTF-16 code units, is its end at most: enough to tell it from the end of another task block. */
const END = 200;

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

/**
 * Whether what a note held before may stand nowhere any more but in what is kept of it: somebody changed the note, or took it
 * away, after its writing was stopped. Where its end is there, of either text, what was changed was the whole.
 *
 * @param bytes what the note holds now; null where there is no such note.
 */
export function isChangedSince(kept: Pick<KeptNote, "before" | "after">, bytes: Uint8Array | null): boolean {
  const { before, after } = kept;
  if (before === null || before.trim() === "") return false;
  if (bytes === null) return true;
  if (isCutOff(kept, bytes) || holdsText(bytes, before) || holdsText(bytes, after)) return false;
  const text = toLineFeeds(new TextDecoder().decode(bytes));
  return ![before, after].some((whole) => text.includes(endOf(toLineFeeds(whole).trimEnd())));
}

/** Of a short text the second half. */
function endOf(text: string): string {
  return text.slice(-Math.min(END, Math.ceil(text.length / 2)));
}

/**
 * Puts what a note held before into a file among the states, which nothing here ever removes. Gives the StoreError that says
 * so: whoever asked for a move looks at the note first. Once is as good as twice.
 *
 * @param nameFile what people call a file of the folder.
 */
export async function setAside(
  store: Pick<NoteStore, "digest" | "writeState">,
  { path, before }: Pick<KeptNote, "path" | "before">,
  nameFile: (path: string) => string,
): Promise<StoreError> {
  const text = before ?? "";
  const name = `${SET_ASIDE}/${(await store.digest(text)).slice(0, 12)}.md`;
  await store.writeState(name, text);
  const what = `${nameFile(path)} was being written when the app was stopped, and was changed since.`;
  const where = nameFile(`${STATE_FOLDER}/${name}`);
  return new StoreError(`${what} What it held before is in ${where}: take from there what is missing, then try again.`);
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
