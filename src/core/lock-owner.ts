import { parseState, printable } from "./journal";
import { isCount, isText, objectOf, orNull } from "./shape";

/** Who holds a lock, as its file says it. The plugin and the command line read each other's. */
export interface LockOwner {
  /** Process id; 0 where there is none to ask: it is the app. */
  readonly pid: number;
  /** Name of the machine. */
  readonly host: string;
  /** Different for every lock that was ever taken. Letters, digits and `-`. */
  readonly token: string;
  /** When the process started, in the machine's own words, to tell it from a later one with its id; null if unknown. */
  readonly started: string | null;
}

const isOwner = objectOf<LockOwner>({ pid: isCount, host: isText, token: isText, started: orNull(isText) });

/** Name of the command line's lock in `.backlog-cards/`. */
export const LOCK = "lock";

/**
 * How the names of the app's locks begin; each device has one of its own, since the app has no way to create a file only where
 * there is none. Whoever wants the folder writes his lock first and looks for the others' then: so two never have it at once.
 */
const APP_LOCK = "app-lock";

/** How long a lock of the app counts after it was written, in milliseconds. Held, it is written again and again. */
export const APP_LOCK_LIFE = 10_000;

/** The name of a device's lock. `device`: letters and digits. */
export function nameAppLock(device: string): string {
  return `${APP_LOCK}.${device}`;
}

/** Whether a file in `.backlog-cards/` is a lock of the app, of whichever device. */
export function isAppLock(name: string): boolean {
  return name === APP_LOCK || name.startsWith(`${APP_LOCK}.`);
}

/** Whether a lock of the app that was written at `written` holds at `now`; both by one clock, which may have been put back. */
export function isAppLockLive(written: number, now: number): boolean {
  return Math.abs(now - written) < APP_LOCK_LIFE;
}

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
  if (owner === null) return `The lock ${path} says nothing of who holds it. ${wayOut}`;
  const holder = owner.pid === 0 ? "The app" : `Process ${owner.pid} on ${printable(owner.host)}`;
  return `${holder} is moving tasks here: try again when it is done. ${wayOut}`;
}
