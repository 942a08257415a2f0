// The disk with somebody watching every operation, who may fail it, stop it half-way, or do something of his own before it.
import { nodeFileSystem, type FileSystem } from "../../src/cli/file-system";

/** One operation on the disk, before it is done. */
export interface Operation {
  /** 1 for the first. */
  readonly count: number;
  readonly name: keyof FileSystem;
  /** The file concerned: of a renaming or a link, the new name. */
  readonly path: string;
  /** Whether it can change anything on the disk. */
  readonly changes: boolean;
}

/** What the watcher does; an error that it throws is the operation's. */
export interface Watcher {
  before?(operation: Operation): void;
  /** Asked of a `write`: true for only half of the bytes; `after` then follows. */
  halves?(operation: Operation): boolean;
  after?(operation: Operation): void;
}

const READING: readonly (keyof FileSystem)[] = [
  "readFile",
  "readFolder",
  "inspect",
  "inspectLink",
  "resolve",
  "checkWritable",
];

/** The disk, without waiting for it: what is on it after a power cut is not what these tests are about. */
export const quickFileSystem: FileSystem = {
  ...nodeFileSystem,
  flush: () => undefined,
  flushFolder: () => undefined,
};

/** A disk of which every operation is shown to the watcher. */
export function watchFileSystem(fs: FileSystem, watcher: Watcher): FileSystem {
  let count = 0;
  const paths = new Map<number, string>();
  const watch =
    <A extends readonly unknown[], R>(
      name: keyof FileSystem,
      pathOf: (args: A) => string,
      run: (args: A, operation: Operation) => R,
    ) =>
    (...args: A): R => {
      count++;
      const operation = { count, name, path: pathOf(args), changes: !READING.includes(name) };
      watcher.before?.(operation);
      const result = run(args, operation);
      watcher.after?.(operation);
      return result;
    };
  const first = (args: readonly [string, ...unknown[]]) => args[0];
  const second = (args: readonly [string, string, ...unknown[]]) => args[1];
  const opened = (args: readonly [number, ...unknown[]]) => paths.get(args[0]) ?? "";
  return {
    readFile: watch("readFile", first, (args: [string, number?]) => fs.readFile(...args)),
    readFolder: watch("readFolder", first, (args: [string]) => fs.readFolder(...args)),
    inspect: watch("inspect", first, (args: [string]) => fs.inspect(...args)),
    inspectLink: watch("inspectLink", first, (args: [string]) => fs.inspectLink(...args)),
    resolve: watch("resolve", first, (args: [string]) => fs.resolve(...args)),
    checkWritable: watch("checkWritable", first, (args: [string]) => {
      fs.checkWritable(...args);
    }),
    create: watch("create", first, (args: [string, number]) => {
      const file = fs.create(...args);
      paths.set(file, args[0]);
      return file;
    }),
    write: watch("write", opened, ([file, bytes]: [number, Uint8Array], operation) => {
      const half = watcher.halves?.(operation) ?? false;
      fs.write(file, half ? bytes.subarray(0, bytes.length >> 1) : bytes);
    }),
    setMode: watch("setMode", opened, (args: [number, number]) => {
      fs.setMode(...args);
    }),
    setOwner: watch("setOwner", opened, (args: [number, number, number]) => {
      fs.setOwner(...args);
    }),
    flush: watch("flush", opened, (args: [number]) => {
      fs.flush(...args);
    }),
    close: watch("close", opened, (args: [number]) => {
      fs.close(...args);
    }),
    flushFolder: watch("flushFolder", first, (args: [string]) => {
      fs.flushFolder(...args);
    }),
    link: watch("link", second, (args: [string, string]) => {
      fs.link(...args);
    }),
    replace: watch("replace", second, (args: [string, string, string | null]) => fs.replace(...args)),
    remove: watch("remove", first, (args: [string]) => {
      fs.remove(...args);
    }),
    makeFolder: watch("makeFolder", first, (args: [string]) => {
      fs.makeFolder(...args);
    }),
  };
}

/** An error as the operating system gives it. */
export function systemError(code: string): Error {
  return Object.assign(new Error(`${code}: made by a test`), { code, syscall: "test" });
}

/** What a process that is stopped throws from every operation on: nothing is expected to catch it. */
export class Stopped extends Error {
  override readonly name = "Stopped";
}

/** Which operation goes wrong, and how. */
export interface Fault {
  readonly at: number;
  /** `half`: of a write, half of its bytes; of every other operation the same as `after`. */
  readonly when: "before" | "half" | "after";
  /** `once`: the system refuses this operation; `always`: and every later one; `stop`: the process is gone. */
  readonly mode: "once" | "always" | "stop";
}

/** A watcher that lets one operation go wrong. */
export function makeFault({ at, when, mode }: Fault, code = "EIO"): Watcher {
  const fail = (): never => {
    throw mode === "stop" ? new Stopped("the process was stopped") : systemError(code);
  };
  return {
    before: ({ count }) => {
      if ((count === at && when === "before") || (count > at && mode !== "once")) fail();
    },
    halves: ({ count }) => count === at && when === "half",
    after: ({ count }) => {
      if (count === at && when !== "before") fail();
    },
  };
}
