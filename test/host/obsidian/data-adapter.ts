import type * as api from "obsidian";
import type { DiskClient, DiskReply } from "../disk-client";
import type { DiskEntry, DiskOptions, DiskStat } from "../server/disk-protocol";
import { KnownTree, type TreeEvent } from "./known-tree";

/**
 * The vault's folder, dot folders included. Source: typing `DataAdapter`; EDITOR.md, "Writing": what concerns one file happens
 * one after another, so `process` is serialized; there is no way to create a file only where there is none.
 */
export class DataAdapter implements api.DataAdapter {
  /** What the page knows of the disk. */
  readonly tree: KnownTree;
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #listeners = new Set<(event: TreeEvent) => void>();
  readonly #abandoned: ((path: string) => void)[] = [];

  constructor(
    private readonly client: DiskClient,
    private readonly name: string,
  ) {
    this.tree = new KnownTree((event) => {
      for (const listener of this.#listeners) listener(event);
    });
    this.client.onNever = (path) => {
      this.tree.abandon(path);
      for (const listener of this.#abandoned) listener(path);
    };
  }

  /** Calls back with the path of every call that is never answered, because a test's disk takes this page for dead. */
  onAbandon(listener: (path: string) => void): void {
    this.#abandoned.push(listener);
  }

  /** Calls back for every change, also in dot folders; returns the way to stop it. */
  onChange(listener: (event: TreeEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Learns what is there, and from then on what changes. */
  async load(): Promise<void> {
    const early: Parameters<KnownTree["receive"]>[0][] = [];
    let receive = (change: (typeof early)[number]): void => void early.push(change);
    await this.client.listen((change) => receive(change));
    const { value, turn } = await this.client.call("tree", "");
    this.tree.load(value as readonly DiskEntry[], turn);
    receive = (change) => this.tree.receive(change);
    early.forEach(receive);
  }

  getName(): string {
    return this.name;
  }

  async exists(path: string): Promise<boolean> {
    return (await this.stat(path)) !== null;
  }

  async stat(path: string): Promise<api.Stat | null> {
    const stat = (await this.client.call("stat", path)).value as DiskStat | null;
    return stat && { ...stat, ctime: Math.round(stat.ctime), mtime: Math.round(stat.mtime) };
  }

  async list(path: string): Promise<api.ListedFiles> {
    const entries = (await this.client.call("list", path)).value as readonly DiskEntry[];
    const pick = (type: DiskStat["type"]): string[] =>
      entries.filter((entry) => entry.stat.type === type).map((entry) => entry.path);
    return { files: pick("file"), folders: pick("folder") };
  }

  async read(path: string): Promise<string> {
    return decode(await this.readBinary(path));
  }

  async readBinary(path: string): Promise<ArrayBuffer> {
    return (await this.client.call("read", path)).value as ArrayBuffer;
  }

  async write(path: string, text: string, options?: api.DataWriteOptions): Promise<void> {
    await this.#queue([path], () => this.#write("write", path, text, options));
  }

  async writeBinary(path: string, bytes: ArrayBuffer, options?: api.DataWriteOptions): Promise<void> {
    await this.#queue([path], () => this.#write("write", path, bytes, options));
  }

  async append(path: string, text: string, options?: api.DataWriteOptions): Promise<void> {
    await this.#queue([path], () => this.#write("append", path, text, options));
  }

  async appendBinary(path: string, bytes: ArrayBuffer, options?: api.DataWriteOptions): Promise<void> {
    await this.#queue([path], () => this.#write("append", path, bytes, options));
  }

  /** Nothing is written where the callback throws. */
  async process(path: string, change: (text: string) => string, options?: api.DataWriteOptions): Promise<string> {
    return this.#queue([path], async () => {
      const text = change(await this.read(path));
      await this.#write("write", path, text, options);
      return text;
    });
  }

  getResourcePath(path: string): string {
    return new URL(`vault/${path.split("/").map(encodeURIComponent).join("/")}`, document.baseURI).href;
  }

  async mkdir(path: string): Promise<void> {
    await this.#queue([path], async () => {
      this.#wrote(path, await this.client.call("mkdir", path));
    });
  }

  /** The host has no bin of the system. */
  async trashSystem(_path: string): Promise<boolean> {
    return false;
  }

  async trashLocal(path: string): Promise<void> {
    await this.#remove("trash", path);
  }

  async rmdir(path: string, recursive: boolean): Promise<void> {
    await this.#remove("rmdir", path, { recursive });
  }

  async remove(path: string): Promise<void> {
    await this.#remove("remove", path);
  }

  async rename(path: string, to: string): Promise<void> {
    await this.#queue([path, to], async () => {
      const { turn } = await this.client.call("rename", path, { to });
      this.tree.renamed(path, to, turn);
    });
  }

  async copy(path: string, to: string): Promise<void> {
    await this.#queue([path, to], async () => {
      this.#wrote(to, await this.client.call("copy", path, { to }));
    });
  }

  async #write(
    operation: "write" | "append",
    path: string,
    content: string | ArrayBuffer,
    options: api.DataWriteOptions = {},
  ): Promise<void> {
    const times: DiskOptions = { ...options };
    this.#wrote(path, await this.client.call(operation, path, times, content));
  }

  #wrote(path: string, { value, turn }: DiskReply): void {
    // Another program may have removed it again.
    if (value !== null) this.tree.wrote(path, value as DiskStat, turn);
  }

  async #remove(operation: "trash" | "rmdir" | "remove", path: string, options?: DiskOptions): Promise<void> {
    await this.#queue([path], async () => {
      const { turn } = await this.client.call(operation, path, options);
      this.tree.removed(path, turn);
    });
  }

  /** Runs an operation after all that was asked for before at the same paths. */
  #queue<T>(paths: readonly string[], operation: () => Promise<T>): Promise<T> {
    const before = Promise.all(paths.map((path) => this.#queues.get(path) ?? Promise.resolve()));
    const run = before.then(() => this.tree.operate(paths, operation));
    const done = run.catch(() => undefined);
    for (const path of paths) {
      this.#queues.set(path, done);
      void done.then(() => {
        if (this.#queues.get(path) === done) this.#queues.delete(path);
      });
    }
    return run;
  }
}

/** Bytes as the app reads them: what is no UTF-8 becomes U+FFFD, a byte order mark stays. */
function decode(bytes: ArrayBuffer): string {
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes);
}
