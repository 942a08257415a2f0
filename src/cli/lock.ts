import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import {
  describeOwner,
  isAppLock,
  isAppLockLive,
  LOCK,
  readOwner,
  writeOwner,
  type LockOwner,
} from "../core/lock-owner";
import type { LockResult } from "../core/store";
import { errorCode, inspectThere, type FileSystem } from "./file-system";
import { randomName, removeQuietly, TEMPORARY, writeNewFile } from "./temporary-file";

/** The processes of this machine, as the lock asks for them. */
export interface ProcessTable {
  /** This process, with a token of its own each time. */
  describeSelf(): LockOwner;
  /** Whether the owner may still be at work. An owner that can't be asked counts as at work. */
  isAlive(owner: LockOwner): boolean;
}

/** How often a held lock is looked at, in milliseconds. */
const PAUSE = 30;

/** How many dead claims on dead locks are cleared in one attempt. */
const DEPTH = 8;

/**
 * Takes the lock of a folder `.backlog-cards/`, waiting up to `wait` milliseconds for a live owner. A dead owner's is
 * taken over at once. Then the app is looked for: it writes its lock first, and looks for this one then (core/lock-owner.ts).
 * Throws Node's errors where the system refuses.
 */
export async function takeLock(
  fs: FileSystem,
  folder: string,
  wait: number,
  processes: ProcessTable,
): Promise<LockResult> {
  const path = `${folder}/${LOCK}`;
  const self = processes.describeSelf();
  const text = writeOwner(self);
  const end = Date.now() + wait;
  for (;;) {
    const attempt = tryTake({ fs, folder, text, processes }, path, DEPTH);
    if (attempt === "taken") break;
    if (Date.now() >= end) return { held: false, owner: describeOwner(attempt, path) };
    await sleep(PAUSE);
  }
  const release = (): void => {
    // A person may have deleted the lock, and another process taken it since: then it is not ours to remove.
    if (readText(fs, path) === text) fs.remove(path);
  };
  try {
    const app = await waitForApp(fs, folder, end);
    if (app === null) return { held: true, release: async () => release() };
    release();
    return { held: false, owner: app };
  } catch (error) {
    release();
    throw error;
  }
}

/** Waits until the app has no lock in a folder; says who holds it where it still has one at the end. */
async function waitForApp(fs: FileSystem, folder: string, end: number): Promise<string | null> {
  // By the clock of the disk, which may be another machine's.
  const shift = (inspectThere(fs, `${folder}/${LOCK}`)?.written ?? Date.now()) - Date.now();
  for (;;) {
    const app = findAppLock(fs, folder, Date.now() + shift);
    if (app === null || Date.now() >= end) return app;
    await sleep(PAUSE);
  }
}

/** Who holds a live lock of the app in a folder `.backlog-cards/`, in a sentence; null where there is none. `now`: as `isAppLockLive`. */
export function findAppLock(fs: FileSystem, folder: string, now: number): string | null {
  for (const name of fs.readFolder(folder)) {
    const path = `${folder}/${name}`;
    if (!isAppLock(name) || !isAppLockLive(inspectThere(fs, path)?.written ?? -Infinity, now)) continue;
    const text = readText(fs, path);
    if (text !== null) return describeOwner(readOwner(text), path);
  }
  return null;
}

/** Removes what dead processes left beside a lock: claims, and files not yet linked. Only for the one who holds the lock. */
export function sweepLocks(fs: FileSystem, folder: string, processes: ProcessTable): void {
  for (const name of fs.readFolder(folder)) {
    const path = `${folder}/${name}`;
    // An app that writes its lock anew just now misses it when it looks, and tries again.
    if (isAppLock(name) && !isAppLockLive(inspectThere(fs, path)?.written ?? Date.now(), Date.now())) {
      removeQuietly(fs, path);
    }
    if (!name.startsWith(`${LOCK}.`)) continue;
    const text = readText(fs, path);
    const owner = text === null ? null : readOwner(text);
    if (owner === null || !processes.isAlive(owner)) removeQuietly(fs, path);
  }
}

interface Taker {
  readonly fs: FileSystem;
  readonly folder: string;
  /** What this process writes into a lock. */
  readonly text: string;
  readonly processes: ProcessTable;
}

/**
 * Takes the lock at `path`, or says who holds it (null: it can't be read). A dead owner's lock with token T is replaced
 * only by the one who holds the lock `lock.T`, and only while it still is T's: so it is never replaced twice. A dead
 * holder of `lock.T` is dealt with in the same way.
 */
function tryTake(taker: Taker, path: string, depth: number): "taken" | LockOwner | null {
  const { fs, folder, processes } = taker;
  const found = readText(fs, path);
  if (found === null) return createLock(taker, path) ? "taken" : readOwner(readText(fs, path) ?? "");
  const owner = readOwner(found);
  if (owner === null || depth === 0 || processes.isAlive(owner)) return owner;
  const claim = `${folder}/${LOCK}.${owner.token}`;
  if (tryTake(taker, claim, depth - 1) !== "taken") return owner;
  try {
    if (readText(fs, path) !== found) return owner;
    fs.replace(writeTemporary(taker), path, null);
    return "taken";
  } catch (error) {
    if (errorCode(error) === "ENOENT") return owner;
    throw error;
  } finally {
    removeQuietly(fs, claim);
  }
}

/** Creates a lock that is not there yet, all of it at once; false where another was faster. */
function createLock(taker: Taker, path: string): boolean {
  const { fs } = taker;
  const temporary = writeTemporary(taker);
  try {
    fs.link(temporary, path);
    return true;
  } catch (error) {
    // Whoever holds the lock may have swept the temporary file while it was half written: there is a next attempt.
    if (["EEXIST", "ENOENT"].includes(errorCode(error) ?? "")) return false;
    if (!isWithoutLinks(error)) throw error;
    return createDirectly(taker, path);
  } finally {
    removeQuietly(fs, temporary);
  }
}

/** Without hard links the lock exists before it says whose it is: for that moment others take it for a live one. */
function createDirectly({ fs, text }: Taker, path: string): boolean {
  try {
    writeNewFile(fs, path, Buffer.from(text), null);
    return true;
  } catch (error) {
    if (errorCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** Whether the file system says that it has no hard links, or none for this file. */
export function isWithoutLinks(error: unknown): boolean {
  return ["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EXDEV", "EMLINK", "EACCES"].includes(errorCode(error) ?? "");
}

function writeTemporary({ fs, folder, text }: Taker): string {
  const path = `${folder}/${LOCK}.${randomName()}${TEMPORARY}`;
  writeNewFile(fs, path, Buffer.from(text), null);
  return path;
}

function readText(fs: FileSystem, path: string): string | null {
  try {
    // A lock is a line; whatever is longer is none.
    return new TextDecoder().decode(fs.readFile(path, 4096));
  } catch (error) {
    if (errorCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** The processes that Node and, on Linux, `/proc` know of. */
export const nodeProcesses: ProcessTable = {
  describeSelf: () => ({
    pid: process.pid,
    host: hostname(),
    token: `${process.pid}-${randomName()}`,
    started: describeStart(process.pid),
  }),
  isAlive: ({ pid, host, started }) => {
    if (host !== hostname() || pid === 0) return true;
    const [, machine, boot, space, time] = /^(\S*) (\S*) (\S*) (\d+)$/.exec(started ?? "") ?? [];
    const here = describeSystem();
    if (here !== null && machine !== undefined) {
      if (machine !== here.machine) return true;
      if (boot !== here.boot) return false;
      if (space !== here.space) return true;
      return readStartTime(pid) === time;
    }
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      return errorCode(error) !== "ESRCH";
    }
  },
};

/** Machine, boot, process space and start time of a process, with blanks between; null where the system tells none. */
function describeStart(pid: number): string | null {
  const system = describeSystem();
  const time = readStartTime(pid);
  return system === null || time === null ? null : `${system.machine} ${system.boot} ${system.space} ${time}`;
}

interface SystemIdentity {
  readonly machine: string;
  readonly boot: string;
  /** Processes of one container do not see those of another. */
  readonly space: string;
}

function describeSystem(): SystemIdentity | null {
  const boot = readWord(() => readFileSync("/proc/sys/kernel/random/boot_id", "utf8"));
  const space = readWord(() => readlinkSync("/proc/self/ns/pid"));
  if (boot === null || space === null) return null;
  return { machine: readWord(() => readFileSync("/etc/machine-id", "utf8")) ?? boot, boot, space };
}

/**
 * When a process started, in ticks since the machine did; null where there is no such process, or only its remains.
 *
 * ```text
 * 4711 (node (x) y) S 1 4711 … 123456 …
 *                   ^ state    ^ the 20th word from there
 * ```
 */
function readStartTime(pid: number): string | null {
  const line = readWord(() => readFileSync(`/proc/${pid}/stat`, "utf8"));
  const words = line?.slice(line.lastIndexOf(")") + 2).split(" ") ?? [];
  return words[0] === "Z" || words[0] === "X" ? null : (words[19] ?? null);
}

/** What the system says, without the white space around it; null where it says nothing. */
function readWord(read: () => string): string | null {
  try {
    const word = read().trim();
    return word === "" ? null : word;
  } catch (error) {
    if (errorCode(error) === null) throw error;
    return null;
  }
}
