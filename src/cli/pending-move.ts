import { join } from "node:path";
import { JOURNAL } from "../core/journal";
import { describeOwner, LOCK, readOwner } from "../core/lock-owner";
import type { Refusal } from "../core/refusal";
import { readTextIfThere } from "./read-text";
import { findStats, nameCall, type FoundFolder } from "./folders";
import { STATE_FOLDER } from "./state-folder";

/** A sentence where a move was interrupted in a folder, or is under way; null where none is. */
export function describePendingMove(folder: FoundFolder): string | null {
  if (!findStats(join(folder.path, STATE_FOLDER, JOURNAL))) return null;
  const call = nameCall("recover", folder);
  return `A move in ${folder.path} is under way or was interrupted: \`${call}\` finishes it or takes it back.`;
}

/** The refusal where another process holds the lock of a folder just now; null where none does. Nothing is taken or waited for. */
export async function findLockRefusal(folder: FoundFolder): Promise<Refusal | null> {
  const path = join(folder.path, STATE_FOLDER, LOCK);
  const text = readTextIfThere(path);
  if (text === null) return null;
  const owner = readOwner(text);
  const { nodeProcesses } = await import("./lock");
  if (owner !== null && !nodeProcesses.isAlive(owner)) return null;
  return { code: "move-in-progress", message: describeOwner(owner, path) };
}
