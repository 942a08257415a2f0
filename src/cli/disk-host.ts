import type { Call, CallResult } from "../calls/call";
import type { CallHost } from "../calls/host";
import { readCompanions, readFolderNotes } from "./folder-notes";
import { findFolders, findFoldersBelow, nameCall, nameStart, openFolder } from "./folders";
import { findLockRefusal, isMovePending } from "./pending-move";

/** The disk as calls see it, from the current folder of the process. The store, which most calls do without, is loaded late. */
export const diskHost: CallHost = {
  openFolder: async (path) => openFolder(path),
  findFolders: async (paths) => findFolders(paths),
  findFoldersBelow: async ({ path }) => findFoldersBelow(path),
  readNotes: async (folder) => readFolderNotes(folder),
  readCompanions: async (folder) => readCompanions(folder),
  storeOf: async ({ path }) => (await import("./disk-store")).createDiskStore(path),
  isMovePending: async (folder) => isMovePending(folder),
  findLockRefusal,
  nameCall,
  nameStart,
};

/** A call that is made on the disk. */
export function onDisk<Args extends readonly unknown[]>(
  run: (host: CallHost, call: Call, ...args: Args) => Promise<CallResult>,
): (call: Call, ...args: Args) => Promise<CallResult> {
  return (call, ...args) => run(diskHost, call, ...args);
}
