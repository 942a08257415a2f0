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

/** Does what the page asks of the disk. Rejects with the system's code; a word that is no operation gives `EINVAL`. */
export async function callDisk(
  disk: VaultDisk,
  turns: DiskTurns,
  faults: DiskFaults,
  operation: DiskOperation,
  query: URLSearchParams,
  body: Uint8Array,
): Promise<DiskAnswer> {
  const path = query.get("path") ?? "";
  const options = JSON.parse(query.get("options") ?? "{}") as DiskOptions;
  await faults.pass(operation, path);
  return turns.take(async (turn) => ({ value: await perform(disk, operation, path, options, body), turn }));
}

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
