import { join } from "node:path";
import type { FoundFolder } from "../calls/host";
import { JOURNAL } from "../core/journal";
import { describeOwner, LOCK, readOwner } from "../core/lock-owner";
import type { Refusal } from "../core/refusal";
import { NEXT, STATE_FOLDER } from "../core/state-files";
import { nodeFileSystem } from "./file-system";
import { findStats } from "./folders";
import { readTextIfThere } from "./read-text";

/** Whether a move was interrupted in a folder, or is under way. */
export function isMovePending(folder: FoundFolder): boolean {
  const journal = join(folder.path, STATE_FOLDER, JOURNAL);
  return findStats(journal) !== null || findStats(journal + NEXT) !== null;
}

/** The refusal where another process holds the lock of a folder just now; null where none does. Nothing is taken or waited for. */
export async function findLockRefusal(folder: FoundFolder): Promise<Refusal | null> {
  const states = join(folder.path, STATE_FOLDER);
  if (findStats(states) === null) return null;
  const path = join(states, LOCK);
  const text = readTextIfThere(path);
  const owner = text === null ? null : readOwner(text);
  const { findAppLock, nodeProcesses } = await import("./lock");
  const held = text !== null && (owner === null || nodeProcesses.isAlive(owner));
  const message = held ? describeOwner(owner, path) : findAppLock(nodeFileSystem, states, Date.now());
  return message === null ? null : { code: "move-in-progress", message };
}
