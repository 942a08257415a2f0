// Pins what the plugin does when it is loaded: all of it is registered at once and without touching the vault, the settings
// are read, and only then may anything be drawn. Whatever is done in `onload` delays the start of the app for everybody. The
// app's package holds types only, so its classes are stand-ins here; the browser tests run the real thing.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { App, Command, PluginManifest } from "obsidian";
import BacklogCardsPlugin from "../src/main";

const mockRegistered: string[] = [];
const mockCommands: Command[] = [];
const mockChildren: object[] = [];

jest.mock(
  "obsidian",
  () => {
    const none = (): undefined => undefined;
    class MockPlugin {
      app: App;
      constructor(app: App) {
        this.app = app;
      }
      addCommand = (command: Command) => mockCommands.push(command);
      addSettingTab = () => mockRegistered.push("settings tab");
      addStatusBarItem = () => {
        mockRegistered.push("status bar");
        return { addClass: none, setAttrs: none, hide: none, toggle: none, setText: none };
      };
      registerEditorExtension = () => mockRegistered.push("editor extension");
      registerMarkdownPostProcessor = () => mockRegistered.push("post-processor");
      registerDomEvent = () => mockRegistered.push("event of an element");
      registerEvent = () => mockRegistered.push("event");
      register = () => mockRegistered.push("ending");
      addChild = (child: object) => mockChildren.push(child);
      loadData = () => new Promise((resolve) => setTimeout(() => resolve({ statusBar: false }), 0));
    }
    const names = [
      "PluginSettingTab",
      "FuzzySuggestModal",
      "Modal",
      "ConfirmationModal",
      "Component",
      "MarkdownRenderChild",
    ];
    const stubs = names.map((name) => [name, function Stub() {}] as const);
    return { ...Object.fromEntries(stubs), Plugin: MockPlugin, setTooltip: none };
  },
  { virtual: true },
);

/** An app whose vault must not be asked for anything. */
function createApp(): App {
  const vault = new Proxy(
    {},
    {
      get: (_vault, name) => {
        throw new Error(`vault.${String(name)} is asked`);
      },
    },
  );
  const source = {
    on: () => ({}),
    offref: () => undefined,
    iterateAllLeaves: () => undefined,
    getActiveFile: () => null,
    onLayoutReady: () => undefined,
  };
  return { vault, workspace: source, metadataCache: source } as unknown as App;
}

async function load(): Promise<void> {
  const plugin = new BacklogCardsPlugin(createApp(), {} as PluginManifest);
  const loading = plugin.onload();
  mockRegistered.push("onload returned");
  await loading;
}

beforeEach(() => {
  for (const list of [mockRegistered, mockCommands, mockChildren]) list.length = 0;
});

test("everything is registered before onload first waits, and the vault is asked for nothing", async () => {
  await load();
  const before = mockRegistered.slice(0, mockRegistered.indexOf("onload returned"));
  expect(new Set(before)).toEqual(
    new Set([
      "ending",
      "editor extension",
      "post-processor",
      "status bar",
      "event of an element",
      "event",
      "settings tab",
    ]),
  );
  expect(mockRegistered.at(-1)).toBe("onload returned");
});

test("the folders are watched only once the settings are known", async () => {
  const loading = load();
  await Promise.resolve();
  expect(mockChildren).toEqual([]);
  await loading;
  expect(mockChildren).toHaveLength(1);
});

test("the commands have names that need no manual, an icon, and no hotkey", async () => {
  await load();
  expect(mockCommands.map(({ id, name }) => `${id}: ${name}`)).toEqual([
    "next-task: Go to next task",
    "previous-task: Go to previous task",
    "next-incomplete-task: Go to next incomplete task",
    "edit-task: Edit current task",
    "copy-task-id: Copy task ID",
    "set-status: Set status of current task",
    "tick-criterion: Tick criterion of current task",
    "open-backlog: Open backlog of this folder",
    "open-todo: Open todo note of this folder",
    "open-archive: Open archive of this folder",
    "promote-next: Promote next batch",
    "promote-group: Promote from group…",
    "archive-finished: Archive finished tasks",
    "return-task: Return task to backlog",
    "undo-move: Undo last move",
    "recover-move: Recover interrupted move",
    "start-backlog: Start a backlog in a folder",
  ]);
  for (const command of mockCommands) {
    expect(command).toHaveProperty("icon");
    expect(command).not.toHaveProperty("hotkeys");
  }
});

test("main stays a list of what there is", () => {
  expect(readFileSync(join(__dirname, "../src/main.ts"), "utf8").split("\n").length).toBeLessThanOrEqual(120);
});
