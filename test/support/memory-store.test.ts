// The memory store is a fake: it is held to the contract that the disk store keeps.
import { MemoryPlace, MemoryStore } from "./memory-store";
import { describeStoreContract } from "./store-contract";

describeStoreContract("the memory store", () => {
  const place = new MemoryPlace();
  return {
    open: () => new MemoryStore(place),
    look: (path) => place.texts()[path] ?? null,
    put: (path, text) => void place.notes.set(path, text),
    spoil: (path) => void place.notes.set(path, { odd: "not-utf8" }),
    block: (path) => void place.notes.set(path, { odd: "folder" }),
  };
});
