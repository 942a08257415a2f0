import { parseState, printable } from "./journal";
import { isCount, isText, objectOf, orNull } from "./shape";

/** Who holds a lock, as its file says it. The plugin and the command line read each other's. */
export interface LockOwner {
  /** Process id; 0 where there is none to ask (a phone). */
  readonly pid: number;
  /** Name of the machine. */
  readonly host: string;
  /** Different for every lock that was ever taken. Letters, digits and `-`. */
  readonly token: string;
  /** When the process started, in the machine's own words, to tell it from a later one with its id; null if unknown. */
  readonly started: string | null;
}

const isOwner = objectOf<LockOwner>({ pid: isCount, host: isText, token: isText, started: orNull(isText) });

/** Name of the lock in `.backlog-cards/`. */
export const LOCK = "lock";

/** What a lock's text says; null where it is none: empty, cut off, or written by something else. Total. */
export function readOwner(text: string): LockOwner | null {
  const owner = parseState(text);
  return isOwner(owner) && /^[\w-]{1,64}$/.test(owner.token) ? { ...owner } : null;
}

/** The text of a lock. */
export function writeOwner({ pid, host, token, started }: LockOwner): string {
  return `${JSON.stringify({ pid, host, token, started })}\n`;
}

/** Who holds the lock, and what to do about it. Null: the lock's file can't be read. `path` is that file. */
export function describeOwner(owner: LockOwner | null, path: string): string {
  const wayOut = `If you are sure that no move is under way, delete ${path}.`;
  return owner === null
    ? `The lock ${path} says nothing of who holds it. ${wayOut}`
    : `Process ${owner.pid} on ${printable(owner.host)} is moving tasks here: try again when it is done. ${wayOut}`;
}
