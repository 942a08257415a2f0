// What every NoteStore keeps, whatever it stands on. The memory store and the disk store are both held to it, and any
// other: the tests of core/move.ts then say something about each.
import { StoreError, type NoteStore } from "../../src/core/store";

/** A folder that a contract is tried on, and a way into it beside the store. */
export interface ContractPlace {
  /** A store over the folder; each call gives another, as another process would have it. */
  open(): NoteStore;
  /** The note's text; null where there is none. Decoded by other means than the store's. */
  look(path: string): string | null;
  put(path: string, text: string): void;
  /** Puts bytes that are no UTF-8, and a folder, in a note's place. */
  spoil(path: string): void;
  block(path: string): void;
}

/** Runs the contract over the places that `makePlace` gives, an empty one each time. */
export function describeStoreContract(name: string, makePlace: () => ContractPlace): void {
  describe(`${name} keeps the contract of a store`, () => {
    const setUp = () => {
      const place = makePlace();
      return { place, store: place.open() };
    };
    const change = (before: string | null, after: string | null, path = "NOTE.md") => ({
      path,
      before,
      after,
      edits: [],
    });

    test.each([
      ["plain", "# A\n"],
      ["with a byte-order mark", "\ufeff# A\n"],
      ["with CRLF, lone CR and trailing spaces", "a\r\nb\rc  \nd"],
      ["with characters beyond the first plane and U+FFFD", "😀 \u{10ffff} \ufffd \u0000 \u2028"],
      ["empty", ""],
    ])("a text %s is read as it was put, and put as it was written", async (_, text) => {
      const { place, store } = setUp();
      place.put("NOTE.md", text);
      expect(await store.read("NOTE.md")).toEqual({ kind: "text", text });
      expect(await store.write(change(null, text, "OTHER.md"))).toBe("written");
      expect(place.look("OTHER.md")).toBe(text);
    });

    test("a note that is not there is absent, and one that is no UTF-8 is said to be none", async () => {
      const { place, store } = setUp();
      place.spoil("NOTE.md");
      expect(await store.read("ABSENT.md")).toEqual({ kind: "absent" });
      expect(await store.read("NOTE.md")).toEqual({ kind: "not-utf8" });
    });

    test("a folder in a note's place is refused, read or written", async () => {
      const { place, store } = setUp();
      place.block("NOTE.md");
      await expect(store.read("NOTE.md")).rejects.toThrow(/NOTE\.md is a folder/);
      await expect(store.write(change("a", "b"))).rejects.toBeInstanceOf(StoreError);
      await expect(store.write(change(null, "b"))).rejects.toBeInstanceOf(StoreError);
    });

    test.each([
      ["replaces what it saw", "a", "a", "b", "written", "b"],
      ["replaces nothing else", "a2", "a", "b", "stale", "a2"],
      ["replaces no note that went away", null, "a", "b", "stale", null],
      ["creates what was not there", null, null, "b", "written", "b"],
      ["creates nothing over a note", "a", null, "b", "stale", "a"],
      ["creates nothing over an empty note", "", null, "b", "stale", ""],
      ["removes what it saw", "a", "a", null, "written", null],
      ["removes nothing else", "a2", "a", null, "stale", "a2"],
      ["removes nothing that went away", null, "a", null, "stale", null],
      ["replaces by the empty text", "a", "a", "", "written", ""],
      ["tells texts apart that differ in a byte-order mark only", "\ufeffa", "a", "b", "stale", "\ufeffa"],
      ["tells texts apart that differ in line ends only", "a\r\n", "a\n", "b", "stale", "a\r\n"],
    ])("a write %s", async (_, there, before, after, result, left) => {
      const { place, store } = setUp();
      if (there !== null) place.put("NOTE.md", there);
      expect(await store.write(change(before, after))).toBe(result);
      expect(place.look("NOTE.md")).toBe(left);
    });

    test("half a character is never written", async () => {
      const { place, store } = setUp();
      place.put("NOTE.md", "a");
      await expect(store.write(change("a", "b\ud83d"))).rejects.toBeInstanceOf(StoreError);
      expect(place.look("NOTE.md")).toBe("a");
    });

    test("a note that is no UTF-8 is never written", async () => {
      const { place, store } = setUp();
      place.spoil("NOTE.md");
      expect(await store.write(change("a", "b"))).toBe("stale");
      expect(await store.write(change(null, "b"))).toBe("stale");
      expect(await store.read("NOTE.md")).toEqual({ kind: "not-utf8" });
    });

    test("a note in a folder of the folder is created with it", async () => {
      const { place, store } = setUp();
      expect(await store.write(change(null, "b", "sub/NOTE.md"))).toBe("written");
      expect(place.look("sub/NOTE.md")).toBe("b");
    });

    test("no path leads out of the folder", async () => {
      const { store } = setUp();
      await expect(store.write(change(null, "b", "../NOTE.md"))).rejects.toBeInstanceOf(StoreError);
    });

    test("states are kept by name, listed in order, and gone when removed", async () => {
      const { place, store } = setUp();
      expect(await store.listState("")).toEqual([]);
      expect(await store.listState("ledger")).toEqual([]);
      expect(await store.readState("journal.json")).toBeNull();
      const lock = await store.lock();
      if (!lock.held) throw new Error("the lock is free");
      await store.writeState("journal.json", "1\n");
      await store.writeState("journal.json", "2 😀");
      await store.writeState("ledger/000002.json", "b");
      await store.writeState("ledger/000001.json", "a");
      await lock.release();
      const other = place.open();
      expect(await other.readState("journal.json")).toBe("2 😀");
      expect(await other.listState("ledger")).toEqual(["000001.json", "000002.json"]);
      expect(await other.listState("")).toEqual(expect.arrayContaining(["journal.json", "ledger"]));
      await other.removeState("journal.json");
      await other.removeState("journal.json");
      expect(await store.readState("journal.json")).toBeNull();
    });

    test("one store at a time holds the lock; the other is told who does", async () => {
      const { place, store } = setUp();
      const first = await store.lock();
      const second = await place.open().lock();
      expect(first.held).toBe(true);
      expect(second).toEqual({ held: false, owner: expect.stringMatching(/moving tasks here.*\.$/s) });
      if (first.held) await first.release();
      expect((await place.open().lock()).held).toBe(true);
    });

    test("the digest is SHA-256 of the UTF-8 bytes", async () => {
      const { store } = setUp();
      expect(await store.digest("é")).toBe("4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c");
    });
  });
}
