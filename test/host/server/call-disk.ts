import { createDiskError } from "./confine-path";
import type { DiskFaults } from "./disk-faults";
import type { DiskOperation, DiskOptions } from "./disk-protocol";
import type { DiskTurns } from "./disk-turns";
import type { VaultDisk } from "./vault-disk";

/** What a call gives. */
export interface DiskAnswer {
  /** Bytes of a read, entries, or the stat of what was written; null where there is nothing to say. */
  readonly value: unknown;
  /** Its number in the order of all that the server does and sees. */
  readonly turn: number;
}

/** What the page's calls go to. */
export interface DiskParts {
  readonly disk: VaultDisk;
  readonly turns: DiskTurns;
  readonly faults: DiskFaults;
}

/**
 * Does what the page asks of the disk. Rejects with the system's code; a word that is no operation gives `EINVAL`. For a page
 * that is dead or has ended nothing more is done, and it gives null: there is nobody to be answered.
 *
 * @param ended when the page has ended.
 */
export async function callDisk(
  { disk, turns, faults }: DiskParts,
  operation: DiskOperation,
  query: URLSearchParams,
  body: Uint8Array,
  ended: AbortSignal,
): Promise<DiskAnswer | null> {
  const path = query.get("path") ?? "";
  const options = JSON.parse(query.get("options") ?? "{}") as DiskOptions;
  const { extent, end, done } = await faults.pass({ operation, path, page: query.get("page") ?? "" });
  const answer = ended.aborted
    ? null
    : await turns.take(async (turn) => {
        if (extent === "whole") return { value: await perform(disk, operation, path, options, body), turn };
        if (extent !== "none" && isWrite(operation)) {
          const end = extent === "half" ? body.length >> 1 : extent;
          await perform(disk, operation, path, options, body.subarray(0, end));
        }
        return null;
      });
  done?.();
  if (end instanceof Error) throw end;
  return end === "answer" ? answer : null;
}

const isWrite = (operation: DiskOperation): boolean => operation === "write" || operation === "append";

async function perform(
  disk: VaultDisk,
  operation: DiskOperation,
  path: string,
  options: DiskOptions,
  body: Uint8Array,
): Promise<unknown> {
  switch (operation) {
    case "tree":
      return await disk.readTree();
    case "list":
      return await disk.list(path);
    case "stat":
      return await disk.stat(path);
    case "read":
      return await disk.read(path);
    case "write":
      await disk.write(path, body, options);
      return await disk.stat(path);
    case "append":
      await disk.append(path, body);
      return await disk.stat(path);
    case "mkdir":
      await disk.mkdir(path);
      return await disk.stat(path);
    case "rename":
      await disk.rename(path, options.to ?? "");
      return await disk.stat(options.to ?? "");
    case "copy":
      await disk.copy(path, options.to ?? "");
      return await disk.stat(options.to ?? "");
    case "remove":
      await disk.remove(path);
      return null;
    case "rmdir":
      await disk.rmdir(path, options.recursive ?? false);
      return null;
    case "trash":
      await disk.trash(path);
      return null;
    default:
      throw createDiskError("EINVAL", `no such operation, '${String(operation)}'`);
  }
}
