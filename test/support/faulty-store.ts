// Any store with faults: the n-th operation fails or stops, before or after it is done.
import { StoreError, type LockResult, type NoteStore } from "../../src/core/store";
import { Stopped, type Fault } from "./watched-file-system";

/** A store of which one operation goes wrong; `count` says how many there were. */
export interface FaultyStore extends NoteStore {
  readonly operations: readonly string[];
}

/** The store with the fault; null for none. `interfere` is called before each operation. */
export function makeFaulty(
  store: NoteStore,
  fault: Fault | null,
  interfere: (count: number) => void = () => undefined,
): FaultyStore {
  const operations: string[] = [];
  const run = async <T>(name: string, action: () => Promise<T>): Promise<T> => {
    operations.push(name);
    const count = operations.length;
    interfere(count);
    const fail = (): never => {
      throw fault?.mode === "stop" ? new Stopped("the process was stopped") : new StoreError(`${name} was refused.`);
    };
    if (fault && ((count === fault.at && fault.when === "before") || (count > fault.at && fault.mode !== "once")))
      fail();
    const result = await action();
    if (fault && count === fault.at && fault.when !== "before") fail();
    return result;
  };
  return {
    operations,
    read: (path) => run(`read ${path}`, () => store.read(path)),
    write: (change) => run(`write ${change.path}`, () => store.write(change)),
    readState: (name) => run(`readState ${name}`, () => store.readState(name)),
    writeState: (name, text) => run(`writeState ${name}`, () => store.writeState(name, text)),
    removeState: (name) => run(`removeState ${name}`, () => store.removeState(name)),
    listState: (folder) => run(`listState ${folder}`, () => store.listState(folder)),
    lock: () =>
      run("lock", async (): Promise<LockResult> => {
        const lock = await store.lock();
        return lock.held ? { held: true, release: () => run("release", () => lock.release()) } : lock;
      }),
    digest: (text) => store.digest(text),
  };
}
