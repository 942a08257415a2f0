// Pins that a change of one setting loses nothing else of the file, whoever wrote it and whenever, and that changes are
// written one after the other.
import type { Plugin } from "obsidian";
import { SettingsStore } from "../../src/features/settings-store";

const mockNotices: string[] = [];

jest.mock(
  "obsidian",
  () => ({
    Notice: function Notice(message: string) {
      mockNotices.push(message);
    },
  }),
  { virtual: true },
);

/** A plugin whose `data.json` is a variable. */
function createPlugin(file: { text: string | null }, save?: () => void): Plugin {
  return {
    loadData: async () => (file.text === null ? null : (JSON.parse(file.text) as unknown)),
    saveData: async (data: unknown) => {
      await Promise.resolve();
      save?.();
      file.text = JSON.stringify(data);
    },
  } as unknown as Plugin;
}

const parse = (file: { readonly text: string | null }): unknown => JSON.parse(file.text ?? "null");

let errors: jest.SpyInstance;

beforeEach(() => {
  mockNotices.length = 0;
  errors = jest.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => errors.mockRestore());

test("the settings in force are the defaults until the file is read", async () => {
  const store = new SettingsStore(createPlugin({ text: '{"statusBar":false}' }));
  expect([store.loaded, store.settings.statusBar]).toEqual([false, true]);
  await store.load();
  expect([store.loaded, store.settings.statusBar]).toEqual([true, false]);
});

test("a change writes that setting, and leaves the rest of the file as it is at that moment", async () => {
  const file: { text: string | null } = { text: null };
  const store = new SettingsStore(createPlugin(file));
  await store.load();
  file.text = '{"future":{"a":1},"rules":{"limit":"wrong"}}';
  await store.change("rules.order", "priority");
  expect(parse(file)).toEqual({ future: { a: 1 }, rules: { limit: "wrong", order: "priority" } });
  expect(store.settings.rules).toEqual({ order: "priority" });
});

test("changes at the same moment are all kept", async () => {
  const file: { text: string | null } = { text: null };
  const store = new SettingsStore(createPlugin(file));
  await Promise.all([
    store.change("rules.limit", 2),
    store.change("statusBar", false),
    store.change("names.todo", "N.md"),
  ]);
  expect(parse(file)).toEqual({ rules: { limit: 2 }, statusBar: false, names: { todo: "N.md" } });
});

test("those who asked are told of every change, until they end it", async () => {
  const store = new SettingsStore(createPlugin({ text: null }));
  const heard: boolean[] = [];
  const end = store.subscribe(() => heard.push(store.settings.statusBar));
  await store.load();
  await store.change("statusBar", false);
  end();
  await store.change("statusBar", true);
  expect(heard).toEqual([true, false]);
});

test.each(["{", "[1]", '"text"'])("the damaged file %s is neither followed nor written over", async (text) => {
  const file: { text: string | null } = { text };
  const store = new SettingsStore(createPlugin(file));
  await store.load();
  await store.change("statusBar", false);
  expect(file.text).toBe(text);
  expect([store.loaded, store.settings.statusBar]).toEqual([true, true]);
  expect(mockNotices.join()).toContain("Mend or delete its data.json.");
});

test("a change that cannot be saved does not count, and the person is told; the next one can", async () => {
  let full = true;
  const file: { text: string | null } = { text: null };
  const save = (): void => {
    if (full) throw new Error("no space left");
  };
  const store = new SettingsStore(createPlugin(file, save));
  await store.change("statusBar", false);
  expect([file.text, store.settings.statusBar]).toEqual([null, true]);
  expect(mockNotices).toEqual(["The setting could not be saved. It stays as it was."]);
  full = false;
  await store.change("statusBar", false);
  expect(store.settings.statusBar).toBe(false);
});
